import pytest
from sqlalchemy import select

from bot.domain.errors import NotAllowed
from bot.domain.membership import NameMissing, TextTooLong
from bot.domain.model import Booking, BookingState, Edition, Errand, MemberState, Person
from bot.domain.results.applications import MatterView
from bot.services import application_questions as questions
from bot.services import errands, form, matters, wishes
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World


async def told(work: SqlUnitOfWork) -> list[tuple[str, int, int | None]]:
    """Who is told what, as a reply to which message."""
    rows = await work.session.rows(
        select(schema.outbox.c.payload, schema.outbox.c.person_id).order_by(schema.outbox.c.id)
    )
    return [(row.payload["name"], row.person_id, row.payload.get("reply_to")) for row in rows]


class Asked:
    """Anna of Luleå has a booking; Karin and Lars run its arena."""

    edition: Edition
    booking: Booking
    anna: Person
    karin: Person
    lars: Person

    async def make(self, world: World, **edition: object) -> "Asked":
        work = world.work
        self.edition = await world.edition(**edition)
        self.karin = await world.coordinator("Karin", self.edition.arena_id)
        self.lars = await world.coordinator("Lars", self.edition.arena_id)
        actor, self.anna = await world.actor("Luleå kommun"), await world.person("Anna")
        await work.members.add(actor_id=actor.id, person_id=self.anna.id, state=MemberState.ACTIVE, since_at=NOW)
        slots = await world.slots(self.edition, 2)
        self.booking = await world.booking(self.edition, actor, slots[0], self.anna, BookingState.BOOKED)
        return self


@pytest.fixture
async def asked(world: World) -> Asked:
    return await Asked().make(world)


async def test_one_answers_the_person_gets_a_reply_and_the_others_see_who_did(
    work: SqlUnitOfWork, asked: Asked
) -> None:
    view = await work.bookings.view(asked.booking.id)
    matter = await matters.open_matter(work, asked.anna, "question", view, now=NOW, text="Servering?", message_id=77)
    answered = await matters.answer_matter(work, asked.karin, matter.id, matter.revision, "Ja,\ndet går", now=NOW)
    assert (answered.matter.state, answered.matter.answer) == ("answered", "Ja,\ndet går")
    assert answered.answered_by == asked.karin
    assert await told(work) == [
        ("matter_opened", asked.karin.id, None),
        ("matter_opened", asked.lars.id, None),
        ("matter_settled", asked.lars.id, None),
        ("matter_answered", asked.anna.id, 77),
    ]
    assert await matters.list_waiting(work, asked.lars) == []


async def test_a_second_answer_gets_the_present_state_and_changes_nothing(work: SqlUnitOfWork, asked: Asked) -> None:
    matter = await matters.open_matter(
        work, asked.anna, "question", now=NOW, text="Servering?", arena_id=asked.edition.arena_id
    )
    await matters.answer_matter(work, asked.karin, matter.id, matter.revision, "Ja", now=NOW)
    before = await told(work)
    late = await matters.answer_matter(work, asked.lars, matter.id, matter.revision, "Nej", now=NOW)
    assert (late.late, late.matter.answer, late.answered_by) == (True, "Ja", asked.karin)
    assert await told(work) == before


async def test_a_coordinator_of_another_arena_neither_sees_nor_answers(
    work: SqlUnitOfWork, world: World, asked: Asked
) -> None:
    other = await world.coordinator("Olle", (await world.edition()).arena_id)
    matter = await matters.open_matter(work, asked.anna, "question", now=NOW, arena_id=asked.edition.arena_id)
    assert await matters.list_waiting(work, other) == []
    with pytest.raises(NotAllowed):
        await matters.answer_matter(work, other, matter.id, matter.revision, "Ja", now=NOW)


@pytest.mark.parametrize(("text", "error"), [(" \n", NameMissing), ("å" * 1501, TextTooLong)])
async def test_an_answer_that_cannot_be_one_is_refused(
    work: SqlUnitOfWork, asked: Asked, text: str, error: type[Exception]
) -> None:
    matter = await matters.open_matter(work, asked.anna, "question", now=NOW, arena_id=asked.edition.arena_id)
    with pytest.raises(error):
        await matters.answer_matter(work, asked.karin, matter.id, matter.revision, text, now=NOW)


async def test_a_wish_to_cancel_after_closing_is_done_with_the_coordinators_right(
    work: SqlUnitOfWork, world: World
) -> None:
    asked = await Asked().make(world, closes_at=NOW)
    view = await work.bookings.view(asked.booking.id)
    matter = await matters.open_matter(work, asked.anna, "cancel", view, now=NOW)
    decided = await wishes.grant_wish(work, await world.seat(asked.karin), matter.id, matter.revision, now=NOW)
    assert isinstance(decided, MatterView)
    assert (decided.matter.state, decided.matter.detail) == ("answered", {"granted": True})
    assert (await work.bookings.get(asked.booking.id)).state is BookingState.CANCELLING
    assert [t for t in await told(work) if t[0] == "matter_answered"] == [("matter_answered", asked.anna.id, None)]


async def test_a_refused_wish_tells_why_and_changes_nothing(work: SqlUnitOfWork, world: World) -> None:
    asked = await Asked().make(world, closes_at=NOW)
    view = await work.bookings.view(asked.booking.id)
    matter = await matters.open_matter(work, asked.anna, "cancel", view, now=NOW)
    seat = await world.seat(asked.karin)
    answering = await wishes.ask_why_not(work, seat, matter.id, now=NOW)
    assert not isinstance(answering, MatterView)
    decided = await wishes.refuse_wish(work, seat, answering.draft, "Programmet är tryckt", now=NOW)
    assert (decided.matter.answer, decided.matter.detail) == ("Programmet är tryckt", {"granted": False})
    assert (await work.bookings.get(asked.booking.id)).state is BookingState.BOOKED


async def test_a_locked_field_is_opened_by_the_yes(work: SqlUnitOfWork, world: World, asked: Asked) -> None:
    field = await work.fields.add(
        edition_id=asked.edition.id,
        key="technology",
        label={"sv": "Teknik"},
        kind="text",
        choices=[],
        deadline_at=NOW,
        official=False,
        required=True,
        position=1,
        archived=False,
    )
    anna, karin = await world.seat(asked.anna), await world.seat(asked.karin)
    await form.ask_to_open(work, anna, asked.booking.id, field.id, now=NOW)
    matter = (await work.matters.list_open())[0]
    await wishes.grant_wish(work, karin, matter.id, matter.revision, now=NOW)
    assert (await work.activities.get(asked.booking.activity_id)).unlocked == {"technology"}
    assert await work.matters.list_open() == []


async def test_a_question_to_an_applicant_comes_back_as_a_matter(
    work: SqlUnitOfWork, world: World, asked: Asked
) -> None:
    karin, anna = await world.seat(asked.karin), await world.seat(asked.anna)
    asking = await questions.ask_what(work, karin, asked.booking.id, now=NOW)
    await questions.ask_applicant(work, asked.karin, asking.draft, "Hur många?", now=NOW)
    assert await work.matters.list_open() == []
    question = (await work.session.rows(select(schema.matters)))[0]
    replying = await questions.ask_reply(work, anna, question.id, now=NOW)
    await questions.reply(work, asked.anna, replying.draft, "Fyra", 99, now=NOW)
    back = (await work.matters.list_open())[0]
    assert (back.kind, back.text, dict(back.detail), back.message_id) == (
        "reply",
        "Fyra",
        {"question": "Hur många?"},
        99,
    )


async def _errand(work: SqlUnitOfWork, asked: Asked, actor_id: int) -> Errand:
    await work.errands.add_once(
        key="slot_moved:1",
        kind="slot_moved",
        actor_id=actor_id,
        arena_id=asked.edition.arena_id,
        booking_id=asked.booking.id,
        detail={},
        created_at=NOW,
    )
    return (await work.errands.list_open())[0]


async def test_an_errand_is_ticked_off_once_and_can_be_taken_back(
    work: SqlUnitOfWork, world: World, asked: Asked
) -> None:
    errand = await _errand(work, asked, (await world.actor("Älvsbyns kommun")).id)
    assert (await errands.finish(work, asked.karin, errand.id, now=NOW)).done_by == asked.karin
    assert (await errands.finish(work, asked.lars, errand.id, now=NOW)).done_by == asked.karin
    assert await work.errands.list_open() == []
    await errands.reopen(work, asked.lars, errand.id, now=NOW)
    assert [e.id for e in await work.errands.list_open()] == [errand.id]
    other = await world.coordinator("Olle", (await world.edition()).arena_id)
    with pytest.raises(NotAllowed):
        await errands.finish(work, other, errand.id, now=NOW)
