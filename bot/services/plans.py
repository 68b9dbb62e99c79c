"""Which reminders a booking calls for, and to whom; recomputed whenever anything about it moves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import answers, remind
from bot.domain.evaluation import is_whole
from bot.domain.frozen import dataclass
from bot.domain.model import BookingState, BookingView, Errand, Person, Reminder, Reported
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Deadline, Kind, Planned
from bot.domain.results.reminders import FeeAhead, HoldEnding, Item, Lacking, SlotAhead, ToEvaluate
from bot.services import reminding
from bot.services.reminding import AGAIN, ERRAND, TOPICS, Wanted, kind_of

PREFIX = "booking"
WITH_EDITION = frozenset({Kind.EVALUATION_AGAIN})
"""Asked of people on the edition's own card; actors with nobody in Telegram are asked by a coordinator."""


@dataclass(frozen=True, slots=True)
class Organiser:
    """An actor that arranges an activity, and its people whose own the booking is: who follow it, or all where none
    does. Nobody at all when the actor has none in Telegram.
    """

    actor_id: int
    people: Sequence[Person]


def subject_of(booking_id: int) -> str:
    """How reminders name their booking."""
    return reminding.subject_of(PREFIX, booking_id)


def booking_of(subject: str) -> int:
    """The booking behind a reminder's subject."""
    return reminding.parsed(subject)[1]


async def organisers(work: UnitOfWork, view: BookingView, *, reachable: bool = False) -> list[Organiser]:
    """The owner first, then the co-organisers that accepted; `reachable` leaves out who has blocked the bot."""
    following = {person.id for person in await work.activities.list_followers(view.activity.id)}
    found = []
    for actor_id, _ in view.organisers:
        people = await work.people.list_of_actor(actor_id)
        if reachable:
            people = [person for person in people if await work.chats.is_reachable(person.user_id)]
        found.append(Organiser(actor_id, [p for p in people if p.id in following] or people))
    return found


def concerned(kind: Kind, arranging: Sequence[Organiser]) -> Sequence[Organiser]:
    """To whom a kind goes: ahead of a slot to all who arrange, the rest to the owner's."""
    return arranging if TOPICS[kind] == "slot" else arranging[:1]


class BookingRules:
    """A booking's reminders: ahead of its slot, of deadlines and fees, when its hold ends, and its evaluation."""

    prefix = PREFIX

    async def load(self, work: UnitOfWork, ids: Collection[int]) -> Mapping[int, BookingView]:
        """As `Rules` says."""
        return {view.booking.id: view for view in await work.bookings.list_views(ids)}

    async def of_actor(self, work: UnitOfWork, actor_id: int) -> Collection[int]:
        """What an actor owns or co-organises."""
        return [view.booking.id for view in await work.bookings.list_of_actor(actor_id)]

    def zone(self, about: BookingView) -> ZoneInfo:
        """The edition's."""
        return about.edition.tz

    async def wanted(
        self, work: UnitOfWork, about: BookingView, now: datetime, *, reachable: bool = False
    ) -> list[Wanted]:
        """As `Rules` says."""
        booking = about.booking
        if booking.state is BookingState.HELD and booking.until_at is not None and booking.person_id is not None:
            return [Wanted(remind.for_hold(booking.until_at), booking.person_id)]
        if booking.state is not BookingState.BOOKED:
            return []
        planned = await _planned(work, about, now)
        arranging = await organisers(work, about, reachable=reachable)
        if is_whole(await work.evaluations.of(about.activity.id)):
            planned = [p for p in planned if TOPICS[p.kind] != "evaluation"]
        with_edition = WITH_EDITION | ({Kind.EVALUATION} if about.edition.evaluated_together else set())
        return [
            Wanted(p, person_id)
            for p in planned
            for person_id in _to_whom(p.kind, concerned(p.kind, arranging))
            if person_id is None or p.kind not in with_edition
        ]

    async def item(
        self, work: UnitOfWork, person: Person, about: BookingView, said: Sequence[Planned], *, now: datetime
    ) -> Item | None:
        """As `Rules` says."""
        last = max(said)
        match last.kind:
            case Kind.SLOT_WEEK | Kind.SLOT_DAY | Kind.SLOT_HOUR:
                return SlotAhead(about, last.kind)
            case Kind.DEADLINE_WEEK | Kind.DEADLINE_DAY:
                return await _lacking(work, about, max(datetime.fromisoformat(p.subject) for p in said), now=now)
            case Kind.FEE_WEEK | Kind.FEE_DAY:
                steps = sorted(await work.fee_steps.list_of(about.edition.id), key=lambda step: step.until_at)
                ahead = [step for step in steps if step.until_at >= datetime.fromisoformat(last.subject)]
                return FeeAhead(about, ahead[0], ahead[1] if len(ahead) > 1 else None)
            case Kind.HOLD_ENDS:
                drafts = await work.drafts.list_open(person.user_id, person.id)
                ids = (draft.id for draft in drafts if draft.data.get("booking_id") == about.booking.id)
                return HoldEnding(about, next(ids, None))
            case Kind.EVALUATION | Kind.EVALUATION_AGAIN:
                return ToEvaluate(about, await work.evaluations.of(about.activity.id))
            case _:
                return None

    async def leave(self, work: UnitOfWork, reminder: Reminder, about: BookingView, *, now: datetime) -> None:
        """Each organiser that it is meant for and that nobody can be reached of is a coordinator's to write to.

        A letter that still waits about the same topic becomes this one.
        """
        kind = kind_of(reminder)
        detail: dict[str, object] = {"reminder": kind.value}
        waiting = {(errand.actor_id, topic): errand for errand, topic in await open_errands(work, about)}
        for organiser in concerned(kind, await organisers(work, about, reachable=True)):
            errand = waiting.get((organiser.actor_id, TOPICS[kind]))
            if organiser.people:
                continue
            if errand is not None:
                await work.errands.change(errand, detail=detail)
            else:
                await work.errands.add_once(
                    key=f"reminder:{reminder.id}:{organiser.actor_id}",
                    kind=ERRAND,
                    actor_id=organiser.actor_id,
                    arena_id=about.edition.arena_id,
                    booking_id=about.booking.id,
                    detail=detail,
                    created_at=now,
                )

    async def forget(self, work: UnitOfWork, about: BookingView, wants: Sequence[Wanted], now: datetime) -> None:
        """No coordinator writes about what is cancelled for good, done or past."""
        if about.booking.state is BookingState.CANCELLING:
            return
        topics = {TOPICS[w.planned.kind] for w in wants if w.planned.until_at > now}
        for errand, topic in await open_errands(work, about):
            if topic not in topics:
                await work.errands.remove(errand.id)

    def keeps(self, reminder: Reminder, about: BookingView) -> bool:
        """What is to be said once more outlives a cancellation that can be undone."""
        return reminder.kind.startswith(AGAIN) and about.booking.state is not BookingState.ENDED


RULES = BookingRules()


def _to_whom(kind: Kind, concerned_by_it: Iterable[Organiser]) -> list[int | None]:
    ids: dict[int | None, None] = {}
    for organiser in concerned_by_it:
        if not organiser.people:
            ids[None] = None
        for person in organiser.people:
            if TOPICS[kind] not in person.muted:
                ids[person.id] = None
    return list(ids)


async def _planned(work: UnitOfWork, view: BookingView, now: datetime) -> list[Planned]:
    """A booked activity's reminders, each naming its deadline or fee step by its instant."""
    fields = await work.fields.list_of(view.edition.id)
    deadlines = {q.field.deadline_at for q in answers.lacking(fields, view.activity, now)}
    steps: set[datetime] = set()
    if view.edition.official_programme and view.activity.reported is Reported.UNKNOWN:
        steps = {step.until_at for step in await work.fee_steps.list_of(view.edition.id)}
    return remind.plan(
        view.slot.starts_at,
        view.edition.tz,
        deadlines=[Deadline(at.isoformat(), at) for at in sorted(at for at in deadlines if at is not None)],
        fee_steps=[Deadline(at.isoformat(), at) for at in sorted(steps)],
        evaluation=remind.for_activity(view.slot.ends_at, view.edition),
    )


async def _lacking(work: UnitOfWork, view: BookingView, until: datetime, *, now: datetime) -> Lacking | None:
    """What lacks of that which is to be there by an instant, by its deadline."""
    by_deadline: dict[datetime, list[answers.Question]] = {}
    for question in answers.lacking(await work.fields.list_of(view.edition.id), view.activity, now):
        deadline_at = question.field.deadline_at
        if deadline_at is not None and now < deadline_at <= until:
            by_deadline.setdefault(deadline_at, []).append(question)
    tomorrow = remind.tomorrow(now, view.edition.tz)
    return Lacking(view, sorted(by_deadline.items()), can_wait=until > tomorrow) if by_deadline else None


async def open_errands(work: UnitOfWork, view: BookingView) -> list[tuple[Errand, str]]:
    """What of a booking's reminders waits to be passed on by a coordinator, each with its topic."""
    return [
        (errand, TOPICS[Kind(str(errand.detail["reminder"]))])
        for errand in await work.errands.list_open()
        if errand.kind == ERRAND and errand.booking_id == view.booking.id
    ]


async def replan(work: UnitOfWork, booking_id: int, *, now: datetime, since: datetime | None = None) -> None:
    """Make the planned reminders of a booking those that it calls for (see `reminding.replan`)."""
    await reminding.replan(work, RULES, booking_id, now=now, since=since)


async def replan_edition(work: UnitOfWork, edition_id: int, *, now: datetime) -> None:
    """The same for all bookings of an edition: a deadline, a fee step or the zone has changed."""
    for view in await work.bookings.list_of_edition(edition_id):
        await replan(work, view.booking.id, now=now)


async def replan_activity(work: UnitOfWork, activity_id: int, *, now: datetime) -> None:
    """The same for an activity's bookings: who arranges or follows it has changed."""
    for booking in await work.bookings.list_of_activity(activity_id):
        await replan(work, booking.id, now=now)
