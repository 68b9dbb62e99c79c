"""The picture of an edition's days: free, taken, theirs."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.domain.frozen import dataclass
from bot.domain.model import BookingState, SlotState
from bot.domain.ports.arenas import SlotStatus
from bot.domain.results.booking import Days as DaysState
from bot.domain.results.booking import WhichDay
from bot.views.day_columns import Box, Column, State
from bot.views.screen import File, L, Reader, plain, t
from bot.views.times import Day


def local_day(status: SlotStatus, zone: str) -> date:
    """The day of a slot where it takes place."""
    return status.slot.starts_at.astimezone(ZoneInfo(zone)).date()


def picture_of(result: WhichDay) -> File:
    """The picture of the days."""
    return File("days", {"edition_id": result.edition.id, "actor_id": result.actor.id}, photo=True)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What `pictures.days` draws: whoever is shown the same shares a picture."""

    title: str
    subtitle: str
    columns: Sequence[Column]
    zone: str
    words: Mapping[State, str]


def drawing(state: DaysState, reader: Reader) -> Drawing:
    """An edition's days: free, taken, theirs."""
    edition = state.edition
    stages = list(dict.fromkeys(s.stage.name for s in state.statuses))
    several = len(stages) > 1
    columns = [
        Column(
            plain(Day(day), reader),
            plain(t("booking.picture_count", n=sum(s.is_free for s in slots)), reader),
            [_box(state, s, several=several) for s in slots],
        )
        for day, slots in ((d, list(g)) for d, g in groupby(state.statuses, key=lambda s: local_day(s, edition.zone)))
    ]
    words_ = {kind: plain(t(f"booking.picture_{kind.value}"), reader) for kind in State}
    return Drawing(plain(L(edition.name), reader), " · ".join(stages), columns, edition.zone, words_)


def _box(state: DaysState, status: SlotStatus, *, several: bool) -> Box:
    stage = status.stage.name if several else None
    kind, text = _kind(state, status)
    return Box(status.slot.starts_at, status.slot.ends_at, kind, text or stage)


def _kind(state: DaysState, status: SlotStatus) -> tuple[State, str | None]:
    title = status.title or (status.actor.name if status.actor else None)
    if status.slot.id in state.taken:
        return State.YOURS, title
    if status.booking is not None:
        held = status.booking.state is BookingState.HELD
        return (State.HELD, None) if held else (State.TAKEN, status.actor.name if status.actor else None)
    if status.slot.id in state.applied:
        return State.APPLIED, None
    if status.slot.state is SlotState.BLOCKED:
        return State.BLOCKED, status.slot.reason
    return State.FREE, None
