"""The evaluation of an activity: one answer for all of its owner's people, changed as long as they like."""

from datetime import datetime
from typing import Any

from bot.domain import evaluation as rules
from bot.domain.answers import UnknownChoice, parse_number
from bot.domain.errors import NotFound, Outdated
from bot.domain.evaluation import COMMENT_MAX, EVALUATION, AnsweredByActor, NotOverYet
from bot.domain.membership import short_text
from bot.domain.model import ActivityEvaluation, BookingState, BookingView, Draft, GivenBy, Localised, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import evaluated
from bot.domain.results.evaluations import Evaluating
from bot.domain.seat import Seat
from bot.services import askings, methods, naming, notices, plans, rights
from bot.services.dialogues import close_draft, open_draft, own_draft

KIND = "evaluation"
WRITTEN = frozenset({"came_written", "comment"})
"""Questions that are answered in words."""
ASKED = frozenset({*rules.QUESTIONS, *rules.OPTIONAL, "came_written"})


async def _own(
    work: UnitOfWork, person: Person, booking_id: int, *, now: datetime, read: bool = False
) -> tuple[BookingView, GivenBy]:
    """An activity that is over, and for whom the person answers: their own actor, or as the arena's coordinator.

    Raises NotFound, NotAllowed, Outdated, NotOverYet, AnsweredByActor (unless `read`).
    """
    view = await work.bookings.view(booking_id)
    given_by = GivenBy.ACTOR
    if not await rights.represents(work, person, view.actor.id):
        await rights.require_coordinator(work, person, view.edition.arena_id)
        given_by = GivenBy.COORDINATOR
    if view.booking.state is not BookingState.BOOKED:
        raise Outdated(what="bookings", id=booking_id)
    if view.slot.ends_at > now:
        raise NotOverYet
    known = await work.evaluations.of(view.activity.id)
    if given_by is GivenBy.COORDINATOR and known is not None and known.given_by is GivenBy.ACTOR and not read:
        raise AnsweredByActor
    return view, given_by


async def evaluate(
    work: UnitOfWork, seat: Seat, booking_id: int, question: str | None = None, *, now: datetime
) -> Evaluating:
    """Ask a question, or the first that has no answer; a coordinator sees an actor's own answer.

    Raises NotFound, NotAllowed, NotOverYet, UnknownChoice, AnsweredByActor.
    """
    if question is not None and question not in ASKED:
        raise UnknownChoice
    view, given_by = await _own(work, seat.person, booking_id, now=now, read=question is None)
    return await _ask(work, seat, view, given_by, question, now=now)


async def _ask(
    work: UnitOfWork, seat: Seat, view: BookingView, given_by: GivenBy, question: str | None = None, *, now: datetime
) -> Evaluating:
    known = await work.evaluations.of(view.activity.id)
    locked = given_by is GivenBy.COORDINATOR and known is not None and known.given_by is GivenBy.ACTOR
    asked = None if locked else question or rules.next_question(known)
    draft = None
    if asked in WRITTEN:
        data = {"booking_id": view.booking.id, "revision": known.revision if known else 0}
        draft = await open_draft(work, seat, KIND, asked, data, awaits_text=True, now=now)
    other = known.person_id if known is not None and known.person_id != seat.person.id else None
    when = evaluated(view.edition)
    is_done = asked is None and given_by is GivenBy.ACTOR
    return Evaluating(
        view,
        known,
        asked,
        draft,
        groups=await groups_of(work, view.edition.arena_id),
        answered_by=await work.people.find(other) if other is not None else None,
        for_actor=given_by is GivenBy.COORDINATOR,
        locked=locked,
        with_edition=given_by is GivenBy.ACTOR and when is not None and when.asked_at <= now,
        unnamed=is_done and await naming.ask_again(work, view.activity.id, now=now),
        has_method=not await methods.is_unshared(work, view),
    )


async def groups_of(work: UnitOfWork, arena_id: int) -> dict[int, Localised]:
    """The arena's target groups by id, in their order."""
    groups = await work.target_groups.list_of(arena_id)
    return {group.id: group.name for group in groups if group.archived_at is None}


async def came(
    work: UnitOfWork, seat: Seat, booking_id: int, revision: int, number: int | None, *, now: datetime
) -> Evaluating:
    """How many came; None: it was not held, and has no scores.

    Raises NotFound, NotAllowed, NotOverYet, UnknownChoice, Outdated, AnsweredByActor.
    """
    if number is None:
        nothing: dict[str, Any] = {"satisfied": None, "worth": None, "groups_came": None, "led_to": None}
        return await _keep(work, seat, booking_id, revision, now=now, held=False, came=None, **nothing)
    number = rules.require_came(number)
    return await _keep(work, seat, booking_id, revision, now=now, held=True, came=number)


async def answer(
    work: UnitOfWork, seat: Seat, booking_id: int, revision: int, name: str, value: int | str, *, now: datetime
) -> Evaluating:
    """Keep a pressed answer and ask what is next.

    Raises NotFound, NotAllowed, NotOverYet, UnknownChoice, Outdated, AnsweredByActor.
    """
    if name not in {"satisfied", "worth", "again"}:
        raise UnknownChoice
    kept: dict[str, Any] = {name: rules.require_answer(name, value)}
    return await _keep(work, seat, booking_id, revision, now=now, **kept)


async def choose_group(
    work: UnitOfWork, seat: Seat, booking_id: int, group_id: int, *, on: bool, now: datetime
) -> Evaluating:
    """A target group came, or did not. Raises NotFound, NotAllowed, NotOverYet, UnknownChoice, AnsweredByActor."""
    view, _ = await _own(work, seat.person, booking_id, now=now)
    groups = await groups_of(work, view.edition.arena_id)
    if group_id not in groups:
        raise UnknownChoice
    known = await work.evaluations.of(view.activity.id)
    came_already = (known.groups_came if known else None) or ()
    chosen = [each for each in groups if (on if each == group_id else each in came_already)]
    revision = known.revision if known else 0
    return await _keep(work, seat, booking_id, revision, now=now, stay="groups_came", groups_came=chosen or None)


async def choose_led_to(
    work: UnitOfWork, seat: Seat, booking_id: int, key: str, *, on: bool, now: datetime
) -> Evaluating:
    """It led to something, or did not. Raises NotFound, NotAllowed, NotOverYet, UnknownChoice, AnsweredByActor."""
    view, _ = await _own(work, seat.person, booking_id, now=now)
    known = await work.evaluations.of(view.activity.id)
    chosen = rules.with_led_to(known.led_to if known else None, key, on=on)
    revision = known.revision if known else 0
    return await _keep(work, seat, booking_id, revision, now=now, stay="led_to", led_to=list(chosen) or None)


async def write(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> Evaluating:
    """Keep what was written: how many came, or the free line.

    Raises NotFound, NotAllowed, NotANumber, NameMissing, TextTooLong, AnsweredByActor.
    """
    if draft.step == "comment":
        return await _take(work, seat, draft, now=now, comment=short_text(text, COMMENT_MAX))
    return await _take(work, seat, draft, now=now, held=True, came=parse_number(text))


async def leave(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Evaluating:
    """Write nothing; a free line that was written before is taken away. Raises NotFound, NotAllowed."""
    draft = await own_draft(work, seat, draft_id, KIND)
    if draft.step == "comment":
        return await _take(work, seat, draft, now=now, comment=None)
    view, given_by = await _own(work, seat.person, int(draft.data["booking_id"]), now=now)
    await close_draft(work, draft, now=now)
    return await _ask(work, seat, view, given_by, now=now)


async def _take(work: UnitOfWork, seat: Seat, draft: Draft, *, now: datetime, **answers: Any) -> Evaluating:
    """What was written belongs to what is answered now: nobody takes words back for a colleague's press."""
    view, _ = await _own(work, seat.person, int(draft.data["booking_id"]), now=now)
    known = await work.evaluations.of(view.activity.id)
    await close_draft(work, draft, now=now)
    return await _keep(work, seat, view.booking.id, known.revision if known else 0, now=now, **answers)


async def _keep(
    work: UnitOfWork,
    seat: Seat,
    booking_id: int,
    revision: int,
    *,
    now: datetime,
    stay: str | None = None,
    **answers: Any,
) -> Evaluating:
    """Keep answers and ask what is next, or the same again (`stay`). Raises Outdated when another was first."""
    view, given_by = await _own(work, seat.person, booking_id, now=now)
    known = await work.evaluations.of(view.activity.id)
    if (known.revision if known else 0) != revision:
        raise Outdated(what="activity_evaluations", id=booking_id)
    answers["given_by"] = given_by
    if known is None or known.comment is None or "comment" in answers:  # else the line stays its writer's own
        answers |= {"person_id": seat.person.id, "answered_at": now}
    if known is None:
        changed = await work.evaluations.add(activity_id=view.activity.id, actor_id=view.actor.id, **answers)
    else:
        changed = await work.evaluations.change(known, **answers)
    if rules.is_whole(changed) and not rules.is_whole(known):
        await _completed(work, seat.person, view, changed, now=now)
    return await _ask(work, seat, view, given_by, stay, now=now)


async def _completed(
    work: UnitOfWork, person: Person, view: BookingView, evaluation: ActivityEvaluation, *, now: datetime
) -> None:
    """Who answers was asked; the others who were asked see that it is answered; nobody is reminded."""
    subject = rules.activity_subject(view.activity.id)
    asked = await work.askings.list_of(EVALUATION, subject)
    if not asked:
        own = person.id if evaluation.given_by is GivenBy.ACTOR else None
        await askings.note(work, EVALUATION, subject, actor_id=view.actor.id, person_id=own, now=now)
    others = [await work.people.get(each.person_id) for each in asked if each.person_id is not None]
    members = [each for each in others if await rights.represents(work, each, view.actor.id)]
    key = f"evaluated:{view.activity.id}"
    await notices.tell_all(work, members, "evaluated", key=key, but=person.id, booking_id=view.booking.id)
    await plans.replan(work, view.booking.id, now=now)
    await work.acts.add(
        at=now,
        person_id=person.id,
        act="activity.evaluated",
        subject=f"booking:{view.booking.id}",
        detail={"given_by": evaluation.given_by.value},
    )


async def was_evaluated(work: UnitOfWork, reader: Person, booking_id: int) -> Evaluating | None:
    """What a colleague answered, for who was asked too; None when the reader has no right to it any more."""
    try:
        view = await work.bookings.view(booking_id)
    except NotFound:
        return None
    known = await work.evaluations.of(view.activity.id)
    if known is None or not await rights.represents(work, reader, view.actor.id):
        return None
    by = await work.people.find(known.person_id) if known.person_id is not None else None
    return Evaluating(view, known, None, groups=await groups_of(work, view.edition.arena_id), answered_by=by)
