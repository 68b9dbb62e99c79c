"""A booking's life after the yes: shown, moved, cancelled, restored, taken over."""

from datetime import datetime

from bot.domain import answers, policy
from bot.domain.errors import NotAllowed, Outdated
from bot.domain.model import Actor, Allocation, Booking, BookingState, BookingView, CoOrganiserState, FieldKind
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.booking import WhichDay
from bot.domain.results.bookings import AskedToCoordinator, BookingCard, BookingList, Cancelled, Touched
from bot.domain.seat import Seat
from bot.services import booking as dialogue
from bot.services import endings, matters, notices, plans, rights
from bot.services.dialogues import close_draft, open_draft, own_draft


async def list_mine(work: UnitOfWork, seat: Seat, *, now: datetime) -> BookingList:
    """The bookings of every actor that the person acts for, those that they co-organise too; what is ahead first."""
    actors = await work.actors.list_of(seat.person.id)
    return BookingList([(actor, policy.ahead_first(await _seen_by(work, seat, actor), now)) for actor in actors])


async def _seen_by(work: UnitOfWork, seat: Seat, actor: Actor) -> list[BookingView]:
    """An actor's bookings; a newcomer whom nobody has confirmed sees only their own."""
    views = await work.bookings.list_of_actor(actor.id)
    own = [view for view in views if view.booking.person_id == seat.person.id]
    return views if len(own) < len(views) and await rights.represents(work, seat.person, actor.id) else own


async def show(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> BookingCard:
    """One booking as it is now. Raises NotFound, NotAllowed."""
    view = await rights.require_booking(work, seat.person, booking_id, owner=False)
    for_owner = await rights.acts_for(work, seat.person, view.actor.id)
    coordinates = await rights.coordinates(work, seat.person, view.edition.arena_id)
    fields = await work.fields.list_of(view.edition.id)
    applied = view.booking.state is BookingState.APPLIED
    rivals = await work.bookings.list_applied_for(view.slot.id) if applied else []
    own = await work.actors.list_of(seat.person.id)
    return BookingCard(
        view,
        answers.lacking(fields, view.activity, now),
        sum(rival.activity.id != view.activity.id for rival in rivals),
        owns=for_owner or coordinates,
        on_behalf=not for_owner and coordinates,
        several_actors=len(own) > 1,
        closed=not view.edition.is_open(now),
        files=[
            question
            for question in answers.questions(fields, view.activity, now)
            if question.field.kind is FieldKind.FILE and question.answer
        ],
    )


async def start_move(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> WhichDay | AskedToCoordinator:
    """Choose another slot: the days again. By application a new application is made, and the old slot is kept until
    that is granted. After booking has closed it is a matter for coordinators. Raises NotFound, NotAllowed.
    """
    view = await _movable(work, seat, booking_id)
    if not view.edition.is_open(now) and not await rights.coordinates(work, seat.person, view.edition.arena_id):
        await matters.open_matter(work, seat.person, "move", view, now=now)
        return AskedToCoordinator(view)
    data = {
        "edition_id": view.edition.id,
        "actor_id": view.actor.id,
        "activity_id": view.activity.id,
        "title_asked": True,
        "kind_asked": True,
        **(
            {"replaces_id": booking_id}
            if view.edition.allocation is Allocation.APPLICATION
            else {"moves_id": booking_id}
        ),
    }
    draft = await open_draft(work, seat, dialogue.KIND, "day", data, now=now)
    return await dialogue.list_days(work, seat, draft.id)


async def _movable(work: UnitOfWork, seat: Seat, booking_id: int) -> BookingView:
    view = await rights.require_booking(work, seat.person, booking_id)
    if view.booking.state not in {BookingState.BOOKED, BookingState.REQUESTED, BookingState.APPLIED}:
        raise Outdated(what="bookings", id=booking_id)
    return view


async def touched(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> Touched:
    """Whom a cancellation would touch. Raises NotFound, NotAllowed, Outdated."""
    view = await _cancellable(work, seat, booking_id)
    accepted = [
        name for co, name in view.co_organisers if co.state in {CoOrganiserState.ACCEPTED, CoOrganiserState.NAMED}
    ]
    people = [p for p in await work.activities.list_followers(view.activity.id) if p.id != seat.person.id]
    coordinates = await rights.coordinates(work, seat.person, view.edition.arena_id)
    closed = not view.edition.is_open(now) and not coordinates
    applied = view.booking.state is BookingState.APPLIED
    offered = not applied and await endings.next_heir(work, view) is not None
    whose = {actor.id for actor in await work.actors.list_of(seat.person.id)} != {view.actor.id}
    return Touched(view, accepted, people, now + policy.UNDO, closed, offered, whose)


async def _cancellable(work: UnitOfWork, seat: Seat, booking_id: int) -> BookingView:
    view = await rights.require_booking(work, seat.person, booking_id)
    if view.booking.state in {BookingState.ENDED, BookingState.CANCELLING, BookingState.HELD}:
        raise Outdated(what="bookings", id=booking_id)
    return view


async def cancel(
    work: UnitOfWork, seat: Seat, booking_id: int, revision: int, *, now: datetime
) -> Cancelled | AskedToCoordinator:
    """Cancel. For ten minutes «Ångra» restores it wholly and nobody else is told; reminders are silent at once.

    After booking has closed it is a matter that coordinators decide. Raises NotFound, NotAllowed, Outdated.
    """
    view = await _cancellable(work, seat, booking_id)
    if view.booking.revision != revision:
        raise Outdated(what="bookings", id=booking_id)
    if not view.edition.is_open(now) and not await rights.coordinates(work, seat.person, view.edition.arena_id):
        await matters.open_matter(work, seat.person, "cancel", view, now=now)
        return AskedToCoordinator(view)
    applied = view.booking.state is BookingState.APPLIED  # takes no slot, so none is kept for ten minutes
    await work.bookings.change(
        view.booking,
        state=BookingState.ENDED if applied else BookingState.CANCELLING,
        state_before=view.booking.state,
        ended_why="withdrawn" if applied else None,
        until_at=now + policy.UNDO,
        offered_to=None,
    )
    await plans.replan(work, booking_id, now=now)
    await _record(work, seat, "booking.cancelled", booking_id, now=now)
    await matters.settle_of_booking(work, seat.person, booking_id, "cancel", now=now)
    return Cancelled(await work.bookings.view(booking_id), now + policy.UNDO)


async def undo(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> BookingCard:
    """Restore what was cancelled, within its ten minutes. Raises NotFound, NotAllowed, UndoTooLate."""
    view = await rights.require_booking(work, seat.person, booking_id)
    booking = view.booking
    undoable = booking.state is BookingState.CANCELLING and booking.offered_to is None
    withdrawn = booking.state is BookingState.ENDED and booking.ended_why == "withdrawn"
    if (
        not (undoable or withdrawn)
        or booking.until_at is None
        or booking.until_at <= now
        or booking.state_before is None
    ):
        raise policy.UndoTooLate
    until = booking.created_at + policy.REQUEST if booking.state_before is BookingState.REQUESTED else None
    await work.bookings.change(booking, state=booking.state_before, state_before=None, ended_why=None, until_at=until)
    await plans.replan(work, booking_id, now=now, since=booking.until_at - policy.UNDO)
    await _record(work, seat, "booking.restored", booking_id, now=now)
    return await show(work, seat, booking_id, now=now)


async def take_over(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> BookingCard:
    """A co-organiser takes over what the owner cancelled: it becomes the owner. Raises NotAllowed, OfferOver."""
    view, booking = await _offered(work, seat, booking_id, now=now)
    assert booking.offered_to is not None  # noqa: S101  # told by _offered
    heir = booking.offered_to
    owners = await work.people.list_of_actor(view.actor.id)
    await work.activities.change(view.activity, actor_id=heir, sequence=view.activity.sequence + 1)
    for co_organiser, _ in view.co_organisers:
        if co_organiser.actor_id == heir:
            await work.co_organisers.remove(co_organiser.id)
    await work.bookings.change(booking, state=BookingState.BOOKED, state_before=None, until_at=None, offered_to=None)
    await work.activities.follow(view.activity.id, seat.person.id)
    await plans.replan(work, booking_id, now=now, since=now - policy.OFFER - policy.UNDO)
    await _record(work, seat, "booking.taken_over", booking_id, now=now)
    key = f"taken-over:{booking_id}:{heir}"
    coordinators = await work.people.list_coordinators(view.edition.arena_id)
    others = {person.id: person for person in [*coordinators, *await work.activities.list_followers(view.activity.id)]}
    await notices.tell_all(
        work, others.values(), "booking_taken_over", key=key, but=seat.person.id, booking_id=booking_id
    )
    left = [person for person in owners if person.id not in others and person.id != seat.person.id]
    await notices.tell_all(work, left, "booking_passed_on", key=key, booking_id=booking_id)
    return await show(work, seat, booking_id, now=now)


async def decline(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> None:
    """The co-organiser does not want what the owner cancelled. Raises NotAllowed, OfferOver."""
    _, booking = await _offered(work, seat, booking_id, now=now)
    await endings.decline_offer(work, booking, now=now)


async def _offered(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> tuple[BookingView, Booking]:
    view = await work.bookings.view(booking_id)
    booking = view.booking
    if booking.state is not BookingState.CANCELLING or booking.offered_to is None or policy.is_over(booking, now):
        raise policy.OfferOver
    if not await rights.represents(work, seat.person, booking.offered_to):
        raise NotAllowed
    return view, booking


async def finish_move(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> BookingCard:
    """Move to the slot that the dialogue chose. Raises as `move`."""
    draft = await own_draft(work, seat, draft_id, dialogue.KIND)
    await close_draft(work, draft, now=now)
    return await move(work, seat, int(draft.data["moves_id"]), int(draft.data["slot_id"]), now=now)


async def move(work: UnitOfWork, seat: Seat, booking_id: int, slot_id: int, *, now: datetime) -> BookingCard:
    """Move a booking to a free slot of its edition at once; its people and coordinators are told.

    Raises NotFound, NotAllowed, BookingClosed, SlotTaken, SlotNotBookable, Outdated.
    """
    view = await _movable(work, seat, booking_id)
    await dialogue.require_open(work, seat, view.edition, now=now)
    for stage_slot in sorted({view.slot.id, slot_id}):
        await work.slots.get(stage_slot, lock=True)
    status = await work.slots.status(slot_id)
    policy.require_bookable(status, view.edition, now)
    if status.booking is not None:
        await endings.end_overdue(work, status.booking, now=now)
    await work.bookings.change(view.booking, slot_id=slot_id)
    await work.activities.change(view.activity, sequence=view.activity.sequence + 1, ready_at=None)
    await plans.replan(work, booking_id, now=now)
    await _record(work, seat, "booking.moved", booking_id, now=now)
    await matters.settle_of_booking(work, seat.person, booking_id, "move", now=now)
    await tell_moved(work, view, but=seat.person.id)
    return await show(work, seat, booking_id, now=now)


async def tell_moved(work: UnitOfWork, before: BookingView, *, but: int = 0) -> None:
    """Let a moved booking's people and the arena's coordinators know: from when, to when as it is when they read."""
    ids = {"booking_id": before.booking.id, "from_at": before.slot.starts_at.isoformat()}
    key = f"moved:{before.booking.id}:{before.booking.revision}"
    people = await work.activities.list_followers(before.activity.id)
    await notices.tell_all(work, people, "booking_moved", key=key, but=but, **ids)
    coordinators = await work.people.list_coordinators(before.edition.arena_id)
    told = {person.id for person in people}
    staff = [c for c in coordinators if c.id not in told]
    await notices.tell_all(work, staff, "booking_moved_staff", key=f"{key}:staff", but=but, **ids)


async def _record(work: UnitOfWork, seat: Seat, act: str, booking_id: int, *, now: datetime) -> None:
    await work.acts.add(at=now, person_id=seat.person.id, act=act, subject=f"booking:{booking_id}", detail={})
