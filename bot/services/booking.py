"""The booking dialogue up to the time: which edition, for whom, which day; left, resumed and let go."""

from datetime import datetime

from bot.domain import policy
from bot.domain.errors import Outdated
from bot.domain.model import (
    TAKING,
    Actor,
    BookingState,
    Draft,
    Edition,
)
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.booking import (
    Begun,
    Days,
    Nearest,
    NoActor,
    NothingOpen,
    Progress,
    Unfinished,
    WhichActor,
    WhichDay,
    WhichEdition,
)
from bot.domain.seat import Seat
from bot.services import endings, rights
from bot.services.dialogues import advance, close_draft, open_draft, own_draft

KIND = "booking"


async def start_booking(
    work: UnitOfWork, seat: Seat, edition_id: int | None, actor_id: int | None, *, now: datetime
) -> Begun:
    """Begin with the questions that are still needed: which edition, for which actor, then which day.

    Raises NotAllowed, BookingClosed.
    """
    unfinished = await _unfinished(work, seat, now=now)
    if unfinished is not None:
        return Unfinished(unfinished)
    actors = await work.actors.list_of(seat.person.id)
    if not actors and actor_id is None:
        return NoActor()
    if edition_id is None:
        editions = await work.editions.list_published()
        opened = [e for e in editions if e.is_open(now)]
        if not opened:
            return NothingOpen(editions)
        if len(opened) > 1:
            return WhichEdition(opened, actor_id)
        edition = opened[0]
    else:
        edition = await work.editions.get(edition_id)
    if actor_id is None and len(actors) > 1:
        return WhichActor(edition, actors)
    actor = await rights.require_acting(work, seat.person, actor_id or actors[0].id, edition.arena_id)
    await require_open(work, seat, edition, now=now)
    draft = await open_draft(work, seat, KIND, "day", {"edition_id": edition.id, "actor_id": actor.id}, now=now)
    return await _which_day(work, seat, draft, edition, actor)


async def _unfinished(work: UnitOfWork, seat: Seat, *, now: datetime) -> Progress | None:
    """The dialogue that still holds a slot for the person, brought to the present card."""
    for draft in await work.drafts.list_open(seat.chat_id, seat.person.id):
        booking_id = draft.data.get("booking_id") if draft.kind == KIND else None
        booking = await work.bookings.find(int(booking_id)) if booking_id else None
        if booking is not None and booking.state is BookingState.HELD and not policy.is_over(booking, now):
            return await progress(work, seat, draft)
    return None


async def require_open(work: UnitOfWork, seat: Seat, edition: Edition, *, now: datetime) -> None:
    """Coordinators may book before and after; all others while booking is open. Raises BookingClosed."""
    if not await rights.coordinates(work, seat.person, edition.arena_id):
        policy.require_open(edition, now)


async def _which_day(work: UnitOfWork, seat: Seat, draft: Draft, edition: Edition, actor: Actor) -> WhichDay:
    own = await work.actors.list_of(seat.person.id)
    for_another = actor.id not in {a.id for a in own}
    reachable = not for_another or bool(await work.people.list_of_actor(actor.id))
    statuses = await work.slots.list_of(edition.id)
    return WhichDay(draft, edition, actor, for_another or len(own) > 1, statuses, reachable)


async def list_days(work: UnitOfWork, seat: Seat, draft_id: int) -> WhichDay:
    """The days again, for the draft's edition. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, KIND)
    edition = await work.editions.get(int(draft.data["edition_id"]))
    return await _which_day(work, seat, draft, edition, await work.actors.get(int(draft.data["actor_id"])))


async def resume(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Progress:
    """Go on with a dialogue on the present card, awaiting its text again where it did. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, KIND)
    draft = await advance(work, draft, draft.step, awaits_text=draft.step == "title", now=now, card_id=seat.card_id)
    return await progress(work, seat, draft)


async def release(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> None:
    """Let the held slot go and end the dialogue. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, KIND)
    await let_go(work, draft, now=now)
    await close_draft(work, draft, now=now)


async def nearest_free(work: UnitOfWork, seat: Seat, slot_id: int, *, now: datetime) -> Nearest:
    """The free slots closest to one that somebody else has, for the dialogue that wanted it.

    Raises NotFound, and SlotTaken where no dialogue did.
    """
    wanted = await work.slots.status(slot_id)
    edition = await work.editions.get(wanted.stage.edition_id)
    drafts = await work.drafts.list_open(seat.chat_id, seat.person.id)
    draft = next((d for d in drafts if d.kind == KIND and int(d.data["edition_id"]) == edition.id), None)
    if draft is None:
        raise policy.SlotTaken(slot_id=slot_id)
    return Nearest(draft, edition, policy.nearest(await work.slots.list_free(edition.id, now), wanted, now))


async def progress(work: UnitOfWork, seat: Seat, draft: Draft) -> Progress:
    """Where a dialogue past its slot stands."""
    booking = await work.bookings.find(int(draft.data["booking_id"])) if draft.data.get("booking_id") else None
    own = await work.actors.list_of(seat.person.id)
    actor = await work.actors.get(int(draft.data["actor_id"]))
    status = await work.slots.status(int(draft.data["slot_id"]))
    edition = await work.editions.get(int(draft.data["edition_id"]))
    deadlines = [field.deadline_at for field in await work.fields.list_of(edition.id) if field.deadline_at is not None]
    return Progress(
        draft,
        await work.activities.get(int(draft.data["activity_id"])),
        status,
        edition,
        actor,
        several_actors=len(own) > 1 or actor.id not in {a.id for a in own},
        held_until=booking.until_at if booking is not None and booking.state is BookingState.HELD else None,
        arena=await work.arenas.get(edition.arena_id),
        fill_by=min(deadlines, default=None),
        applicants=status.applicants,
        rank=int(draft.data.get("rank", 1)),
    )


async def let_go(work: UnitOfWork, draft: Draft, *, now: datetime) -> None:
    """End what the dialogue holds, if it holds something."""
    booking_id = draft.data.get("booking_id")
    booking = await work.bookings.find(int(booking_id)) if booking_id else None
    if booking is not None and booking.state is BookingState.HELD:
        await endings.end(work, booking, "released", now=now)


async def second_choice(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> WhichDay:
    """Name a second slot for an application: the days again, with all answers kept.

    Raises NotFound, NotAllowed, Outdated, BookingClosed.
    """
    view = await rights.require_booking(work, seat.person, booking_id)
    if view.booking.state is not BookingState.APPLIED:
        raise Outdated(what="bookings", id=booking_id)
    await require_open(work, seat, view.edition, now=now)
    data = {
        "edition_id": view.edition.id,
        "actor_id": view.actor.id,
        "activity_id": view.activity.id,
        "title_asked": True,
        "kind_asked": True,
        "rank": 2,
    }
    draft = await open_draft(work, seat, KIND, "day", data, now=now)
    return await _which_day(work, seat, draft, view.edition, view.actor)


async def picture(work: UnitOfWork, edition_id: int, actor_id: int) -> Days:
    """What a picture of an edition's days shows an actor: its slots, and which of them it has or asks for."""
    edition = await work.editions.get(edition_id)
    mine = await work.bookings.list_of_actor(actor_id)
    return Days(
        edition,
        await work.slots.list_of(edition_id),
        frozenset(v.slot.id for v in mine if v.booking.state in TAKING),
        frozenset(v.slot.id for v in mine if v.booking.state is BookingState.APPLIED),
    )
