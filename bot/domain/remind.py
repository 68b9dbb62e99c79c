"""When reminders fall due. Days and clock times are wall time in the edition's zone, hours and minutes elapsed time.

"The day before at 09.00" is 09.00 on both nights when summer time changes; "an hour before" is always sixty minutes.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.dates import at_local, local_day
from bot.domain.frozen import dataclass
from bot.domain.model import Edition

MORNING = time(9)
EVALUATION = time(10)
QUIET_FROM, QUIET_UNTIL = time(21), time(7)
HOLD_NOTICE = timedelta(minutes=3)


class Kind(StrEnum):
    """What a reminder is about."""

    SLOT_WEEK = "slot_week"
    SLOT_DAY = "slot_day"
    SLOT_HOUR = "slot_hour"
    DEADLINE_WEEK = "deadline_week"
    DEADLINE_DAY = "deadline_day"
    FEE_WEEK = "fee_week"
    FEE_DAY = "fee_day"
    HOLD_ENDS = "hold_ends"
    EVALUATION = "evaluation"
    EVALUATION_AGAIN = "evaluation_again"
    EDITION = "edition"
    EDITION_AGAIN = "edition_again"
    JOINT_WEEK = "joint_week"
    JOINT_DAY = "joint_day"
    JOINT_DONE = "joint_done"
    STANCE = "stance"


URGENT = frozenset({Kind.SLOT_HOUR, Kind.HOLD_ENDS})
"""Kinds that quiet hours do not hold: later they would help nobody."""


@dataclass(frozen=True, slots=True, order=True)
class Planned:
    """A reminder to be: when it falls due and until when it helps (both UTC), its kind and what it is about.

    `subject` names the deadline or fee step; it is empty for what is about the slot itself.
    """

    due_at: datetime
    kind: Kind
    until_at: datetime
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant (UTC) by which something is to be done, or through which a fee holds, and a key that tells it."""

    key: str
    at: datetime


def wall(day: date, clock: time, zone: ZoneInfo, *, days: int = 0) -> datetime:
    """The instant (UTC) of a clock time some days from a local day."""
    return at_local(day + timedelta(days=days), clock, zone)


def audible(due_at: datetime, zone: ZoneInfo) -> datetime:
    """The first instant from `due_at` on that lies outside quiet hours (21–07 in `zone`), for what can wait."""
    local = due_at.astimezone(zone)
    if local.time() >= QUIET_FROM:
        return wall(local.date(), QUIET_UNTIL, zone, days=1)
    if local.time() < QUIET_UNTIL:
        return wall(local.date(), QUIET_UNTIL, zone)
    return due_at


def is_quiet(at: datetime, zone: ZoneInfo) -> bool:
    """Whether an instant lies in quiet hours."""
    return audible(at, zone) != at


def for_slot(starts_at: datetime, zone: ZoneInfo) -> list[Planned]:
    """Ahead of a slot: 7 days and the day before, both at 09.00 local, and 1 elapsed hour."""
    day = local_day(starts_at, zone)
    hour_before = starts_at - timedelta(hours=1)
    day_before = wall(day, MORNING, zone, days=-1)
    return [
        Planned(wall(day, MORNING, zone, days=-7), Kind.SLOT_WEEK, day_before),
        Planned(day_before, Kind.SLOT_DAY, hour_before),
        Planned(hour_before, Kind.SLOT_HOUR, starts_at),
    ]


def _ahead(deadlines: Iterable[Deadline], zone: ZoneInfo, week: Kind, day: Kind) -> list[Planned]:
    planned = []
    for deadline in deadlines:
        last = _last_day(deadline.at, zone)
        day_before = wall(last, MORNING, zone, days=-1)
        planned += [
            Planned(wall(last, MORNING, zone, days=-7), week, day_before, deadline.key),
            Planned(day_before, day, deadline.at, deadline.key),
        ]
    return planned


def _last_day(at: datetime, zone: ZoneInfo) -> date:
    """The last local day before an instant: a deadline at midnight belongs to the day that it ends."""
    return local_day(at - timedelta(microseconds=1), zone)


def for_deadlines(deadlines: Iterable[Deadline], zone: ZoneInfo) -> list[Planned]:
    """Ahead of each deadline of fields: 7 days and 1 day, at 09.00 local."""
    return _ahead(deadlines, zone, Kind.DEADLINE_WEEK, Kind.DEADLINE_DAY)


def for_fees(steps: Iterable[Deadline], zone: ZoneInfo) -> list[Planned]:
    """Ahead of each end of a fee step: 7 days and 1 day, at 09.00 local."""
    return _ahead(steps, zone, Kind.FEE_WEEK, Kind.FEE_DAY)


def for_hold(until_at: datetime) -> Planned:
    """3 minutes before a hold ends."""
    return Planned(until_at - HOLD_NOTICE, Kind.HOLD_ENDS, until_at)


def for_evaluation(ends_at: datetime, zone: ZoneInfo) -> Planned:
    """After an event: at 10.00 local on the day after it ended; it helps for two weeks."""
    day = local_day(ends_at, zone) + timedelta(days=1)
    return Planned(wall(day, EVALUATION, zone), Kind.EVALUATION, wall(day, EVALUATION, zone, days=14))


@dataclass(frozen=True, slots=True)
class Evaluated:
    """When an edition is evaluated: asked about and reminded of (both UTC)."""

    asked_at: datetime
    reminded_at: datetime


def evaluated(edition: Edition) -> Evaluated | None:
    """When all who took part in an edition are asked about it, and reminded once; None: its days are not known.

    What the edition does not say itself: two weeks after its last day and two weeks after that, at 10.00 local.
    """
    if edition.ends_on is None:
        return None
    asked_at = edition.evaluated_at or wall(edition.ends_on, EVALUATION, edition.tz, days=14)
    again = wall(local_day(asked_at, edition.tz), EVALUATION, edition.tz, days=14)
    reminded_at = edition.evaluation_reminded_at or again
    return Evaluated(asked_at, reminded_at if reminded_at > asked_at else again)


def for_edition(edition: Edition) -> list[Planned]:
    """The question about an edition, which helps until it is asked once more, and that, which helps for a month."""
    when = evaluated(edition)
    if when is None:
        return []
    return [
        Planned(when.asked_at, Kind.EDITION, when.reminded_at),
        Planned(when.reminded_at, Kind.EDITION_AGAIN, when.reminded_at + timedelta(days=30)),
    ]


def asks_of_activities(edition: Edition, kind: Kind) -> bool:
    """Whether an edition's own message asks about its activities too: what was asked about on the day after is put once
    more, with the edition's reminder.
    """
    return kind is Kind.EDITION_AGAIN or bool(edition.evaluated_together)


def for_activity(ends_at: datetime, edition: Edition) -> list[Planned]:
    """The question about an activity: on the day after it or, where the edition says so, with the edition's own; and
    once more with that of the edition.
    """
    when = evaluated(edition)
    day_after = for_evaluation(ends_at, edition.tz)
    if when is None:
        return [day_after]
    again = Planned(when.reminded_at, Kind.EVALUATION_AGAIN, when.reminded_at + timedelta(days=30))
    if edition.evaluated_together:
        return [Planned(when.asked_at, Kind.EVALUATION, when.reminded_at), again]
    return [day_after, again] if again.due_at > day_after.due_at else [day_after]


JOINT_HELPS = timedelta(days=14)
"""How long after its date, and after it was done, a message about a joint action helps."""


def for_joint(due_on: date, zone: ZoneInfo) -> list[Planned]:
    """Ahead of a joint action's date: a week before and on the day itself, both at 09.00 local."""
    on_the_day = wall(due_on, MORNING, zone)
    return [
        Planned(wall(due_on, MORNING, zone, days=-7), Kind.JOINT_WEEK, on_the_day),
        Planned(on_the_day, Kind.JOINT_DAY, on_the_day + JOINT_HELPS),
    ]


def for_joint_done(done_at: datetime, zone: ZoneInfo) -> Planned:
    """When a joint action is done: at once, or in the morning."""
    due_at = audible(done_at, zone)
    return Planned(due_at, Kind.JOINT_DONE, due_at + JOINT_HELPS)


def plan(
    starts_at: datetime,
    zone: ZoneInfo,
    *,
    deadlines: Sequence[Deadline] = (),
    fee_steps: Sequence[Deadline] = (),
    evaluation: Sequence[Planned] = (),
) -> list[Planned]:
    """All reminders of a booking, in order of time, past ones too: the sender knows what still helps.

    What would fall within quiet hours and can wait is moved to 07.00.
    """
    planned = [
        *for_slot(starts_at, zone),
        *for_deadlines(deadlines, zone),
        *for_fees(fee_steps, zone),
        *evaluation,
    ]
    return sorted(p if p.kind in URGENT else _audible(p, zone) for p in planned)


def _audible(planned: Planned, zone: ZoneInfo) -> Planned:
    return Planned(audible(planned.due_at, zone), planned.kind, planned.until_at, planned.subject)


def tomorrow(now: datetime, zone: ZoneInfo) -> datetime:
    """When «Påminn mig i morgon» is due: 09.00 local on the next day."""
    return wall(local_day(now, zone), MORNING, zone, days=1)
