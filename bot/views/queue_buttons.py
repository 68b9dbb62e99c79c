"""Buttons that lead from other cards to what waits for coordinators, and to actors."""

from typing import ClassVar

from bot.domain.results.applications import Kind
from bot.views.menus import go
from bot.views.press import Press
from bot.views.screen import Button, button, t


class Queue(Press):
    """What waits, one card at a time: the first, or the one after this (its kind and id)."""

    code: ClassVar[str] = "cq"
    kind: str | None = None
    item_id: int | None = None


class Actors(Press):
    """The actors by name, a page at a time."""

    code: ClassVar[str] = "ca"
    page: int | None = None


class ShowActor(Press):
    """One actor."""

    code: ClassVar[str] = "oa"
    actor_id: int


class ShowMatter(Press):
    """A matter as it is now."""

    code: ClassVar[str] = "ws"
    matter_id: int


def onwards(kind: Kind, item_id: int) -> list[Button]:
    """From something that is answered to what waits next, or to the overview."""
    return [button(t("applications.next"), Queue(kind=kind, item_id=item_id)), go("samordna")]
