import pytest

from bot.domain.errors import NotFound
from bot.domain.membership import NameMissing, TextTooLong
from bot.domain.model import BookingState, MemberState
from bot.domain.results.questions import AskedQuestion, Contact
from bot.services import arenas, questions
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World


async def test_a_second_press_finds_the_question_sent(work: SqlUnitOfWork, world: World) -> None:
    await world.coordinator("Karin")
    seat = await world.seat(await world.person("Anna"))
    kept = await questions.keep_unknown(work, seat, "Går det?", None, message_id=7, now=NOW)
    first = await questions.forward(work, seat, kept.draft.id, None, now=NOW)
    again = await questions.forward(work, seat, kept.draft.id, None, now=NOW)
    assert (first, first.names) == (again, ["Karin"])
    matters = await work.matters.list_open()
    assert [(m.kind, m.text, m.message_id, m.state) for m in matters] == [("question", "Går det?", 7, "open")]


async def test_another_persons_question_cannot_be_sent(work: SqlUnitOfWork, world: World) -> None:
    anna, bo = await world.seat(await world.person("Anna")), await world.seat(await world.person("Bo"))
    kept = await questions.keep_unknown(work, anna, "Går det?", None, message_id=7, now=NOW)
    with pytest.raises(NotFound):
        await questions.forward(work, bo, kept.draft.id, None, now=NOW)


@pytest.mark.parametrize(("text", "error"), [(" \x00 ", NameMissing), ("x" * 2001, TextTooLong)])
async def test_a_question_has_words_and_an_end(
    work: SqlUnitOfWork, world: World, text: str, error: type[Exception]
) -> None:
    seat = await world.seat(await world.person("Anna"))
    with pytest.raises(error):
        await questions.keep_unknown(work, seat, text, None, message_id=7, now=NOW)


async def test_with_several_bookings_in_an_arena_the_question_asks_which(work: SqlUnitOfWork, world: World) -> None:
    edition, actor, person = await world.edition(), await world.actor("Luleå kommun"), await world.person("Anna")
    await work.members.add(actor_id=actor.id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
    slots = await world.slots(edition, 2)
    ids = [(await world.booking(edition, actor, slot, person, BookingState.BOOKED)).id for slot in slots]
    asked = await questions.begin(work, await world.seat(person), now=NOW)
    assert isinstance(asked, AskedQuestion)
    assert (asked.view, [view.booking.id for view in asked.choices]) == (None, ids)


async def test_a_newcomer_whom_nobody_has_confirmed_sees_only_what_they_took(work: SqlUnitOfWork, world: World) -> None:
    edition, actor = await world.edition(), await world.actor("Luleå kommun")
    anna, bo = await world.person("Anna"), await world.person("Bo")
    await work.members.add(actor_id=actor.id, person_id=bo.id, state=MemberState.REQUESTED, since_at=NOW)
    first, second = await world.slots(edition, 2)
    await world.booking(edition, actor, first, anna, BookingState.BOOKED)
    own = await world.booking(edition, actor, second, bo, BookingState.REQUESTED)
    assert [view.booking.id for view in await arenas.list_own(work, bo, now=NOW)] == [own.id]


async def test_coordinators_are_listed_with_their_arenas(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition()
    await world.edition()
    await world.coordinator("Karin", edition.arena_id)
    await world.coordinator("Anna")
    contact = await questions.begin(work, await world.seat(await world.person("Bo")), now=NOW)
    assert isinstance(contact, Contact)
    assert [(c.name, [a.id for a in c.arenas]) for c in contact.coordinators] == [
        ("Anna", []),
        ("Karin", [edition.arena_id]),
    ]
