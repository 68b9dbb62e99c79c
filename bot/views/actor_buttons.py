"""Buttons of actors as coordinators keep them."""

from typing import ClassVar

from bot.domain.model import ActorKind
from bot.views.press import Press
from bot.views.queue_buttons import ShowActor
from bot.views.screen import Button, button, t


class BookFor(Press):
    """«Boka åt dem»."""

    code: ClassVar[str] = "ob"
    actor_id: int


class EditActor(Press):
    """«Ändra uppgifter»: what of it."""

    code: ClassVar[str] = "oe"
    actor_id: int


class AskActorField(Press):
    """Another name, kind, contact and so on."""

    code: ClassVar[str] = "of"
    actor_id: int
    what: str


class SetActorKind(Press):
    """This kind of organisation."""

    code: ClassVar[str] = "ok"
    actor_id: int
    kind: ActorKind


class SetMunicipality(Press):
    """Its seat is in this municipality, by its place in the list."""

    code: ClassVar[str] = "oy"
    actor_id: int
    number: int


class ClearActorField(Press):
    """Take away what is kept."""

    code: ClassVar[str] = "ox"
    draft_id: int


class RemoveMember(Press):
    """Take a person's right away."""

    code: ClassVar[str] = "or"
    actor_id: int
    person_id: int


class InviteActor(Press):
    """«Bjud in»."""

    code: ClassVar[str] = "oi"
    actor_id: int


class InviteTo(Press):
    """Invite to this edition, or in general."""

    code: ClassVar[str] = "ot"
    actor_id: int
    edition_id: int | None


class InviteAll(Press):
    """Invite all who have nobody in Telegram."""

    code: ClassVar[str] = "ol"


class InviteAllTo(Press):
    """Invite them to this edition, or in general."""

    code: ClassVar[str] = "ow"
    edition_id: int | None


class AskDouble(Press):
    """«Slå ihop»: with which."""

    code: ClassVar[str] = "om"
    actor_id: int


class PickDouble(Press):
    """With this one."""

    code: ClassVar[str] = "od"
    draft_id: int
    actor_id: int


class Merge(Press):
    """Merge them."""

    code: ClassVar[str] = "og"
    draft_id: int


class AddActors(Press):
    """Add one, or many by pasting."""

    code: ClassVar[str] = "on"


class SetPasteKind(Press):
    """Rows without a kind become this."""

    code: ClassVar[str] = "op"
    draft_id: int
    kind: ActorKind


class SavePaste(Press):
    """Save the rows."""

    code: ClassVar[str] = "os"
    draft_id: int


class DropPaste(Press):
    """Begin the paste anew."""

    code: ClassVar[str] = "oz"
    draft_id: int


def back_to_actor(actor_id: int) -> list[Button]:
    """The way back to the actor."""
    return [button(t("common.back"), ShowActor(actor_id=actor_id))]
