"""Actors as coordinators see and keep them."""

from collections.abc import Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.domain.model import Actor, ActorKind, BookingState, BookingView, Edition, Person
from bot.domain.paste import PastedRow
from bot.domain.results.actors import (
    ActorCard,
    ActorList,
    AskedDouble,
    AskedField,
    Invitation,
    Letters,
    Merging,
    Pasted,
    Saved,
    WhichEdition,
)
from bot.domain.results.bookings import CoInvitation
from bot.views.booking import Book
from bot.views.bookings import AnswerCo, title
from bot.views.bookings_buttons import ShowBooking
from bot.views.coordinators import Coordinators
from bot.views.edition_buttons import Coordinate
from bot.views.invitations import when
from bot.views.people import mention
from bot.views.press import Press
from bot.views.queue_buttons import Actors, ShowActor
from bot.views.screen import Button, File, L, Line, Reader, Screen, Words, button, columns, plain, t
from bot.views.times import At, DayMonth
from bot.views.workbook import Sheet, xlsx

_ZONE = ZoneInfo("Europe/Stockholm")  # links know no edition
_SHOWN = 8
"""Pasted rows that are shown one by one."""
_BOOKINGS = 12
"""Bookings of an actor that are told of: a message takes 4,096 characters."""
_LONGEST = 50
"""Characters that are shown of a pasted cell."""


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


# Found


def listed(result: ActorList) -> Screen:
    """A page of actors, or those like what was written."""
    rows = [[button(actor.name, ShowActor(actor_id=actor.id))] for actor in result.actors]
    if result.wrote is not None:
        found = t("actors.found", wrote=result.wrote) if rows else t("actors.none_found", wrote=result.wrote)
        return Screen([found], [*rows, [button(t("actors.all"), Actors())], [button(t("actors.add"), AddActors())]])
    lines: list[Line] = [
        t("actors.count", n=result.count),
        t("actors.unreachable", n=result.unreachable) if result.unreachable else None,
        t("actors.write_to_search"),
    ]
    return Screen(lines, [*rows, _pages(result), *_list_buttons(result)])


def _pages(result: ActorList) -> list[Button]:
    before = [button(t("actors.previous"), Actors(page=result.page - 1))] if result.page else []
    after = [button(t("actors.following"), Actors(page=result.page + 1))] if result.page + 1 < result.pages else []
    return [*before, *after]


def _list_buttons(result: ActorList) -> list[list[Button]]:
    invite = [button(t("actors.invite_all", n=result.unreachable), InviteAll())] if result.unreachable else []
    return [
        [button(t("actors.add"), AddActors())],
        invite,
        [button(t("coordinators.open"), Coordinators()), button(t("actors.overview"), Coordinate())],
    ]


# One


def card(c: ActorCard) -> Screen:
    """An actor: who acts for it, how to reach it besides, what it has, and what can be done."""
    actor = c.actor
    contact = [x for x in (actor.contact_name, actor.contact_phone, actor.contact_email) if x]
    lines: list[Line] = [
        t("actors.removed", person=c.removed.name, actor=actor.name) if c.removed is not None else None,
        t("actors.heading", actor=actor.name, kind=t(f"actor_kind.{actor.kind}")),
        t("actors.aliases", names=list(actor.aliases)) if actor.aliases else None,
        *(_person(person) for person in c.people),
        None if c.people else t("actors.nobody"),
        t("actors.contact", contact=contact) if contact else None,
        *(_booking(view, actor) for view in c.bookings[:_BOOKINGS]),
        t("actors.more_bookings", n=len(c.bookings) - _BOOKINGS) if len(c.bookings) > _BOOKINGS else None,
        *(t("actors.asked", title=title(asked.view), owner=asked.view.actor.name) for asked in c.asked),
    ]
    return Screen(lines, _card_buttons(c))


def _person(person: Person) -> Line:
    known: list[Words] = [mention(person), *(x for x in (person.phone, person.email) if x)]
    return t("actors.person", known=known)


def _booking(view: BookingView, actor: Actor) -> Line:
    keys = {BookingState.APPLIED: "actors.applied", BookingState.REQUESTED: "actors.requested"}
    key = "actors.joint" if view.actor.id != actor.id else keys.get(view.booking.state, "actors.booked")
    return t(key, when=At(view.slot.starts_at, view.edition.zone), title=title(view), owner=view.actor.name)


def _card_buttons(c: ActorCard) -> list[list[Button]]:
    ids = {"actor_id": c.actor.id}
    views = [
        [button(t("actors.see", title=title(view)), ShowBooking(booking_id=view.booking.id))] for view in c.bookings[:6]
    ]
    answers = [
        [
            button(t(f"actors.co_{yes}", title=title(asked.view)), _answer_co(asked, yes == "yes"))
            for yes in ("yes", "no")
        ]
        for asked in c.asked
    ]
    removals = [
        [button(t("actors.remove_member", person=p.name), RemoveMember(**ids, person_id=p.id))] for p in c.people
    ]
    merge = [button(t("actors.merge"), AskDouble(**ids))] if c.may_merge else []
    return [
        [button(t("actors.book_for"), BookFor(**ids)), button(t("actors.invite"), InviteActor(**ids))],
        *views,
        *answers,
        [button(t("actors.edit"), EditActor(**ids)), *merge],
        *removals,
        [button(t("actors.back"), Actors())],
    ]


def _answer_co(asked: CoInvitation, accepts: bool) -> AnswerCo:  # noqa: FBT001  # the answer itself
    return AnswerCo(co_organiser_id=asked.co_organiser_id, revision=asked.revision, yes=int(accepts))


def book_where(w: WhichEdition) -> Screen:
    """In which edition to book for the actor."""
    rows = [[button(L(e.name), Book(edition_id=e.id, actor_id=w.actor.id))] for e in w.editions]
    text = t("actors.book_where", actor=w.actor.name) if rows else t("actors.book_nowhere")
    return Screen([text], [*rows, _back(w.actor.id)])


def _back(actor_id: int) -> list[Button]:
    return [button(t("common.back"), ShowActor(actor_id=actor_id))]


def edit(c: ActorCard) -> Screen:
    """What of it to change."""
    actor = c.actor
    fields = ("name", "kind", "aliases", "contact_name", "contact_email", "contact_phone")
    buttons = [button(t(f"actors.field_{f}"), AskActorField(actor_id=actor.id, what=f)) for f in fields]
    lines: list[Line] = [t("actors.what_to_change", actor=actor.name)]
    return Screen(lines, [*columns(buttons, 2), _back(actor.id)])


def ask_field(asked: AskedField) -> Screen:
    """Ask for it, with what is kept now."""
    actor, what = asked.actor, asked.draft.step
    if what == "kind":
        kinds = [button(t(f"actor_kind.{k}"), SetActorKind(actor_id=actor.id, kind=k)) for k in ActorKind]
        return Screen([t("actors.ask_kind", actor=actor.name)], [*columns(kinds, 2), _back(actor.id)])
    value = getattr(actor, what)
    kept = list(value) if isinstance(value, tuple) else value
    lines: list[Line] = [t(f"actors.ask_{what}", actor=actor.name), t("actors.kept_now", value=kept) if kept else None]
    clear = [button(t("actors.clear"), ClearActorField(draft_id=asked.draft.id))] if kept and what != "name" else []
    return Screen(lines, [clear, _back(actor.id)])


def member_removed(actor: Actor) -> Screen:
    """For the person: the right is gone."""
    return Screen([t("actors.you_are_removed", actor=actor.name)])


# Invited


def invite_where(w: WhichEdition) -> Screen:
    """To which edition, or in general."""
    ids = {"actor_id": w.actor.id}
    rows = [[button(L(e.name), InviteTo(**ids, edition_id=e.id))] for e in w.editions]
    general = [button(t("actors.invite_in_general"), InviteTo(**ids, edition_id=None))]
    return Screen([t("actors.invite_where", actor=w.actor.name)], [*rows, general, _back(w.actor.id)])


def invited(made: Invitation, address: str) -> Screen:
    """The link, to copy; the text to forward comes below."""
    until = DayMonth(made.link.expires_at.astimezone(_ZONE).date())
    lines: list[Line] = [t("actors.invited", actor=made.link.actor.name, until=until), "", address]
    return Screen(lines, [[Button(t("people.copy_link"), copy=address)], _back(made.link.actor.id)])


def letter(actor: str, edition: Edition | None, inviter: Person, address: str) -> Words:
    """A text to forward: what it is about, the link, that it needs Telegram, and whom to turn to without."""
    to = t("actors.letter_to", edition=L(edition.name), when=when(edition)) if edition is not None else ""
    return t("actors.letter", actor=actor, to=to, link=address, without=_without_telegram(edition, inviter))


def _without_telegram(edition: Edition | None, inviter: Person) -> Words:
    phone = inviter.phone or (edition.on_site.get("phone") if edition is not None else None)
    reach = [str(x) for x in (inviter.name, phone, inviter.email) if x]
    return t("actors.letter_reach", reach=reach) if phone or inviter.email else t("actors.letter_reply")


def to_forward(made: Invitation, address: str) -> Screen:
    """The text as a message of its own."""
    return Screen([letter(made.link.actor.name, made.edition, made.inviter, address)])


def invite_all_where(editions: Sequence[Edition]) -> Screen:
    """To which edition all who have nobody are invited."""
    rows = [[button(L(e.name), InviteAllTo(edition_id=e.id))] for e in editions]
    general = [button(t("actors.invite_in_general"), InviteAllTo(edition_id=None))]
    return Screen([t("actors.invite_all_where")], [*rows, general, [button(t("common.back"), Actors())]])


def letters(made: Letters, inviter: Person, base: str) -> Screen:
    """How many there are, with the file below; `base` is a link less its token."""
    ids = {
        "tokens": [list(pair) for pair in made.tokens],
        "edition_id": made.edition.id if made.edition is not None else None,
        "person_id": inviter.id,
        "base": base,
    }
    lines: list[Line] = [
        t("actors.letters", n=len(made.tokens)),
        t("actors.letters_without", n=made.without_email) if made.without_email else None,
    ]
    file = File("invitation_letters", ids, caption=t("actors.letters_caption"))
    return Screen(lines, [[button(t("actors.back"), Actors())]], below=[file])


def letters_file(
    links: Sequence[tuple[Actor, str]], edition: Edition | None, inviter: Person, reader: Reader
) -> tuple[str, bytes]:
    """The workbook for a mail merge: name, contact, e-mail, link and text."""
    headings = [plain(t(f"actors.column_{c}"), reader) for c in ("name", "contact", "email", "link", "text")]
    rows = [
        [
            actor.name,
            actor.contact_name or "",
            actor.contact_email or "",
            address,
            plain(letter(actor.name, edition, inviter, address), reader),
        ]
        for actor, address in links
    ]
    name = plain(t("actors.letters_sheet"), reader)
    return f"{name} {reader.now:%Y-%m-%d}.xlsx", xlsx([Sheet(name, headings, rows)], made_at=reader.now, title=name)


# Merged


def ask_double(asked: AskedDouble) -> Screen:
    """Which one is it the same as."""
    rows = [[button(a.name, PickDouble(draft_id=asked.draft.id, actor_id=a.id))] for a in asked.candidates]
    if asked.wrote is not None and not rows:
        return Screen([t("actors.none_found", wrote=asked.wrote)], [_back(asked.actor.id)])
    return Screen([t("actors.which_double", actor=asked.actor.name)], [*rows, _back(asked.actor.id)])


def merging(m: Merging) -> Screen:
    """What moves, before the yes."""
    rows = [_back(m.actor.id), [button(t("actors.merge"), Merge(draft_id=m.draft_id))]]
    return Screen([t("actors.merge_question", actor=m.actor.name, into=m.into.name), *_moves(m)], rows)


def _moves(m: Merging) -> list[Line]:
    return [
        t("actors.moves_bookings", n=m.activities) if m.activities else None,
        t("actors.moves_people", names=[p.name for p in m.people]) if m.people else None,
    ]


def merged(m: Merging) -> Screen:
    """They are one."""
    rows = [[button(t("matters.see_actor"), ShowActor(actor_id=m.into.id))], [button(t("actors.back"), Actors())]]
    return Screen([t("actors.merged", actor=m.actor.name, into=m.into.name), *_moves(m)], rows)


# Added


def ask_rows() -> Screen:
    """A name, or rows from a spreadsheet."""
    return Screen([t("actors.ask_rows")], [[button(t("actors.back"), Actors())]])


def pasted(p: Pasted) -> Screen:
    """The rows as they were read, what is wrong with them, and the way to save them."""
    lines: list[Line] = [t("actors.rows_read", n=len(p.rows)), ""]
    for row in p.rows[:_SHOWN]:
        lines += _row(row)
    hidden = p.rows[_SHOWN:]
    left_out = sum(not row.can_be_saved for row in hidden)
    lines += [
        t("actors.rows_more", n=len(hidden)) if hidden else None,
        t("actors.rows_left_out", n=left_out) if left_out else None,
    ]
    return Screen([*lines, "", *_kindless(p)], _paste_buttons(p))


def _row(row: PastedRow) -> list[Line]:
    known: list[Words] = [t(f"actor_kind.{row.kind}")] if row.kind is not None else []
    known += [x[:_LONGEST] for x in (row.contact, row.email, row.phone) if x]
    return [
        t("actors.row" if row.can_be_saved else "actors.row_left_out", number=row.number, name=row.name[:_LONGEST]),
        t("actors.row_known", known=known) if known else None,
        *(t(f"actors.problem_{f.problem}", **_short(f.fields)) for f in row.problems),
    ]


def _short(fields: dict[str, object]) -> dict[str, str]:
    return {name: str(value)[:_LONGEST] for name, value in fields.items()}


def _kindless(p: Pasted) -> list[Line]:
    if not p.kindless:
        return []
    if p.kind is None:
        return [t("actors.which_kind", n=p.kindless)]
    return [t("actors.kind_chosen", n=p.kindless, kind=t(f"actor_kind.{p.kind}"))]


def _paste_buttons(p: Pasted) -> list[list[Button]]:
    ids = {"draft_id": p.draft.id}
    kinds = [button(t(f"actor_kind.{k}"), SetPasteKind(**ids, kind=k)) for k in ActorKind] if p.kindless else []
    ready = bool(p.savable) and not (p.kindless and p.kind is None)
    save = [button(t("actors.save_rows", n=len(p.savable)), SavePaste(**ids))] if ready else []
    again = [button(t("actors.paste_again"), DropPaste(**ids)), button(t("actors.back"), Actors())]
    return [*columns(kinds, 2), save, again]


def saved(result: Saved) -> Screen:
    """They are there."""
    rows = [[button(a.name, ShowActor(actor_id=a.id))] for a in result.actors[:6]]
    return Screen([t("actors.saved", n=len(result.actors))], [*rows, [button(t("actors.back"), Actors())]])
