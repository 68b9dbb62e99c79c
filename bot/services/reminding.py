"""What all reminders have in common, whatever they are about.

A reminder's subject says what it is about: "booking:7", "joint:3". The word before the colon is the prefix of the rules
that it follows. To add a kind of subject:

1. its kinds in `bot.domain.remind.Kind`, each with its topic in `TOPICS` (which a person turns off, unless it is not in
   `results.reminders.MUTABLE`), in `URGENT` if the night does not hold it, in `LASTING` if it helps as long as another;
2. a class with what `Rules` asks for, listed in `bot.services.replanning.RULES`;
3. what a message says: an `Item` in `bot.domain.results.reminders`, a case for it in `bot.views.reminders`.

Then call `replan(work, RULES_OF_IT, id, now=now)` whenever anything about the subject moves, in the same transaction.
Sending, quiet hours, checking again, one message for all that a person is due, muting, who blocked the bot and
/paminnelser then hold for it as for all others.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.domain.frozen import dataclass
from bot.domain.model import Person, Reminder
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Kind, Planned
from bot.domain.results.reminders import About, Item

PLANNED, SENT, DROPPED, POSTPONED = "planned", "sent", "dropped", "postponed"
ERRAND = "reminder"
"""The kind of errand that passes a reminder on."""
AGAIN = "again:"
"""Prefix of the kind of a reminder that is to come once more: a person asked for it, or the night held it."""
TOPICS = {
    Kind.SLOT_WEEK: "slot",
    Kind.SLOT_DAY: "slot",
    Kind.SLOT_HOUR: "slot",
    Kind.DEADLINE_WEEK: "deadline",
    Kind.DEADLINE_DAY: "deadline",
    Kind.FEE_WEEK: "fee",
    Kind.FEE_DAY: "fee",
    Kind.HOLD_ENDS: "hold",
    Kind.EVALUATION: "evaluation",
    Kind.EVALUATION_AGAIN: "evaluation",
    Kind.EDITION: "evaluation",
    Kind.EDITION_AGAIN: "evaluation",
    Kind.JOINT_WEEK: "joint",
    Kind.JOINT_DAY: "joint",
    Kind.JOINT_DONE: "issue",
    Kind.STANCE: "announcements",
}
"""What each kind is about."""
LASTING = {Kind.DEADLINE_WEEK: Kind.DEADLINE_DAY, Kind.FEE_WEEK: Kind.FEE_DAY}
"""Said once more, these help as long as the kind that they are mapped to."""
AboutT = TypeVar("AboutT", bound=About)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reminder that a subject calls for now, and to whom (None: an actor has nobody in Telegram)."""

    planned: Planned
    person_id: int | None


class Rules(Protocol[AboutT]):
    """What one kind of subject calls for, and what its reminders say."""

    @property
    def prefix(self) -> str:
        """The word before the colon of its subjects."""

    async def load(self, work: UnitOfWork, ids: Collection[int]) -> Mapping[int, AboutT]:
        """The subjects as they are now, by id; what is gone is left out."""

    async def of_actor(self, work: UnitOfWork, actor_id: int) -> Collection[int]:
        """Ids of the subjects that an actor's people may be reminded of: they are planned anew when these change."""

    def zone(self, about: AboutT) -> ZoneInfo:
        """Whose quiet hours hold."""

    async def wanted(self, work: UnitOfWork, about: AboutT, now: datetime, *, reachable: bool = False) -> list[Wanted]:
        """All reminders of it as it is now, past ones too, less what people have turned off or done.

        `reachable`: those who have blocked the bot count as not in Telegram.
        """

    async def item(
        self, work: UnitOfWork, person: Person, about: AboutT, said: Sequence[Planned], *, now: datetime
    ) -> Item | None:
        """What a message says of one topic, of all that it was reminded of and still holds; None: nothing."""

    async def leave(self, work: UnitOfWork, reminder: Reminder, about: AboutT, *, now: datetime) -> None:
        """What is due to nobody in Telegram is left to coordinators."""

    async def forget(self, work: UnitOfWork, about: AboutT, wants: Sequence[Wanted], now: datetime) -> None:
        """No coordinator passes on what is cancelled for good, done or past."""

    def keeps(self, reminder: Reminder, about: AboutT) -> bool:
        """Whether a planned reminder that the subject does not call for now stays; it is checked when it is due."""


def subject_of(prefix: str, subject_id: int) -> str:
    """How reminders name what they are about."""
    return f"{prefix}:{subject_id}"


def parsed(subject: str) -> tuple[str, int]:
    """A subject's prefix and id."""
    prefix, _, subject_id = subject.partition(":")
    return prefix, int(subject_id)


def kind_of(reminder: Reminder) -> Kind:
    """What a reminder is, said once more or not."""
    return Kind(reminder.kind.removeprefix(AGAIN))


def called_for(reminder: Reminder, wants: Iterable[Wanted], now: datetime) -> list[Planned]:
    """What of that which a subject calls for now a reminder says, as far as it still helps; nothing: it does not."""
    kind = kind_of(reminder)
    mine = [w.planned for w in wants if w.person_id == reminder.person_id and w.planned.until_at > now]
    if reminder.kind.startswith(AGAIN):
        lasting = [p for p in mine if p.kind is LASTING.get(kind, kind)]
        return sorted(lasting, key=lambda p: p.until_at)[:1]
    return [p for p in mine if (p.kind, p.due_at) == (kind, reminder.due_at)]


async def replan(
    work: UnitOfWork, rules: Rules[AboutT], subject_id: int, *, now: datetime, since: datetime | None = None
) -> None:
    """Make the planned reminders of a subject those that it calls for.

    What is past is not planned anew, save what fell due after `since` and still helps: the subject was away meanwhile.
    """
    about = (await rules.load(work, [subject_id])).get(subject_id)
    wants = [] if about is None else await rules.wanted(work, about, now)
    if about is not None:
        await rules.forget(work, about, wants, now)
    calls_for = {(w.planned.kind.value, w.person_id, w.planned.due_at): w for w in wants}
    subject = subject_of(rules.prefix, subject_id)
    known = set()
    for reminder in await work.reminders.list_of(subject):
        key = (reminder.kind, reminder.person_id, reminder.due_at)
        if reminder.state != PLANNED or key in calls_for or (about is not None and rules.keeps(reminder, about)):
            known.add(key)
        else:
            await work.reminders.remove(reminder.id)
    for key in sorted(calls_for.keys() - known, key=lambda key: (key[2], key[0], key[1] or 0)):
        kind, person_id, due_at = key
        missed = since is not None and due_at > since and calls_for[key].planned.until_at > now
        if due_at > now or missed:
            await work.reminders.plan(kind=kind, subject=subject, person_id=person_id, due_at=due_at)
