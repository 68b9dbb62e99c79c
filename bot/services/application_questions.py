"""A question to an applicant, and the answer."""

from datetime import datetime

from bot.domain.errors import NotAllowed
from bot.domain.model import BookingView, Draft, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.applications import AskedWhy
from bot.domain.seat import Seat
from bot.services import errands, matters, rights
from bot.services.applications import coordinated, record
from bot.services.dialogues import close_draft, open_draft


async def ask_what(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> AskedWhy:
    """Ask the coordinator for the question. Raises NotFound, NotAllowed."""
    view = await coordinated(work, seat.person, booking_id)
    draft = await open_draft(work, seat, matters.KIND, "ask", {"booking_id": booking_id}, awaits_text=True, now=now)
    return AskedWhy(draft, view)


async def ask_applicant(work: UnitOfWork, person: Person, draft: Draft, text: str, *, now: datetime) -> BookingView:
    """Pass the question on to the applicant's people; the answer comes back as a matter.

    Raises NotFound, NotAllowed, NameMissing, TextTooLong.
    """
    question = matters.written(text)
    view = await coordinated(work, person, int(draft.data["booking_id"]))
    await close_draft(work, draft, now=now)
    matter = await work.matters.add(
        kind="to_actor",
        arena_id=view.edition.arena_id,
        edition_id=view.edition.id,
        actor_id=view.actor.id,
        booking_id=view.booking.id,
        person_id=person.id,
        text=question,
        detail={},
        state=matters.ASKED,
        created_at=now,
    )
    await record(work, person, "application.asked", view.booking.id, now=now, matter_id=matter.id)
    key = f"asked:{matter.id}"
    await errands.inform(work, view, "application_asked", key=key, now=now, matter_id=matter.id, text=question)
    return view


async def ask_reply(work: UnitOfWork, seat: Seat, matter_id: int, *, now: datetime) -> AskedWhy:
    """«Svara»: await the actor's answer to a coordinator's question. Raises NotFound, NotAllowed."""
    matter = await work.matters.get(matter_id)
    if matter.kind != "to_actor" or matter.booking_id is None:
        raise NotAllowed
    view = await rights.require_booking(work, seat.person, matter.booking_id, owner=False)
    draft = await open_draft(work, seat, matters.KIND, "reply", {"matter_id": matter.id}, awaits_text=True, now=now)
    return AskedWhy(draft, view)


async def reply(
    work: UnitOfWork, person: Person, draft: Draft, text: str, message_id: int | None, *, now: datetime
) -> BookingView:
    """The actor's answer, as a matter for the arena's coordinators. Raises NotAllowed, NameMissing, TextTooLong."""
    said = matters.written(text)
    asked = await work.matters.get(int(draft.data["matter_id"]), lock=True)
    assert asked.booking_id is not None  # noqa: S101  # told by ask_reply
    view = await rights.require_booking(work, person, asked.booking_id, owner=False)
    await close_draft(work, draft, now=now)
    if asked.state == matters.ASKED:
        await work.matters.change(asked, state=matters.ANSWERED, answer=said, answered_by=person.id, answered_at=now)
    detail = {"question": asked.text}
    await matters.open_matter(work, person, "reply", view, now=now, text=said, detail=detail, message_id=message_id)
    return view
