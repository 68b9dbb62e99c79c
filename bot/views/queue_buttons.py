"""Buttons that lead from other cards to what waits for coordinators, and to actors."""

from typing import ClassVar

from bot.views.press import Press


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
