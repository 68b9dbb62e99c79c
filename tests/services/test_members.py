from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.membership import NameMissing, TextTooLong, TooManyWaiting
from bot.domain.model import ActorKind, ActorState, BookingState, MemberState
from bot.services import joining, members, people
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World


async def told(work: SqlUnitOfWork) -> list[tuple[str, int]]:
    """Who is told what, in order: the notice's name and the person's id."""
    rows = await work.session.rows(
        select(schema.outbox.c.payload, schema.outbox.c.person_id).order_by(schema.outbox.c.id)
    )
    return [(row.payload["name"], row.person_id) for row in rows]


async def test_a_newcomer_is_offered_the_known_organisation_by_its_acronym(work: SqlUnitOfWork, world: World) -> None:
    ltu = await world.actor("Luleå tekniska universitet")
    await world.actor("Kiruna kommun")
    seat = await world.seat(await world.person("Anna"))
    draft = (await joining.start_joining(work, seat, now=NOW)).draft
    named = await joining.name_organisation(work, draft, "LTU", now=NOW)
    assert (named.draft.step, named.wrote, list(named.candidates)) == ("pick", "LTU", [ltu])


async def test_an_unknown_organisation_is_asked_for_its_kind_at_once(work: SqlUnitOfWork, world: World) -> None:
    await world.actor("Kiruna kommun")
    seat = await world.seat(await world.person("Anna"))
    draft = (await joining.start_joining(work, seat, now=NOW)).draft
    named = await joining.name_organisation(work, draft, "  Vindkraft\nAB ", now=NOW)
    assert (named.draft.step, named.wrote, list(named.candidates)) == ("kind", "Vindkraft AB", [])


@pytest.mark.parametrize(("text", "error"), [("\u200b\x00", NameMissing), ("å" * 101, TextTooLong)])
async def test_a_name_that_cannot_be_one_is_refused(
    work: SqlUnitOfWork, world: World, text: str, error: type[Exception]
) -> None:
    seat = await world.seat(await world.person("Anna"))
    draft = (await joining.start_joining(work, seat, now=NOW)).draft
    with pytest.raises(error):
        await joining.name_organisation(work, draft, text, now=NOW)


async def test_asking_to_act_for_a_known_actor_tells_every_coordinator_once(work: SqlUnitOfWork, world: World) -> None:
    one, other = await world.coordinator("Karin"), await world.coordinator("Lars", (await world.edition()).arena_id)
    actor = await world.actor("Luleå kommun")
    anna = await world.person("Anna")
    seat = await world.seat(anna)
    for _ in range(2):
        draft = (await joining.start_joining(work, seat, now=NOW)).draft
        asked = await joining.join_known(work, seat, draft.id, actor.id, now=NOW)
        assert (asked.member.state, asked.actor) == (MemberState.REQUESTED, actor)
    assert await told(work) == [("newcomer", one.id), ("newcomer", other.id)]
    assert [d.kind for d in await work.drafts.list_open(seat.chat_id, anna.id)] == []


async def test_a_new_organisation_waits_with_its_person(work: SqlUnitOfWork, world: World) -> None:
    anna = await world.person("Anna")
    seat = await world.seat(anna)
    draft = (await joining.start_joining(work, seat, now=NOW)).draft
    await joining.name_organisation(work, draft, "Vindkraft AB", now=NOW)
    asked = await joining.join_new(work, seat, draft.id, ActorKind.COMPANY, now=NOW)
    assert (asked.actor.name, asked.actor.kind, asked.actor.state) == (
        "Vindkraft AB",
        ActorKind.COMPANY,
        ActorState.REQUESTED,
    )
    again = await joining.join_new(work, seat, draft.id, ActorKind.COMPANY, now=NOW)
    assert again.member == asked.member
    assert await work.actors.list_known() == []
    assert [tie.is_active for tie in await people.ties_of(work, anna)] == [False]


async def test_a_forged_choice_of_an_actor_that_was_refused_is_not_found(work: SqlUnitOfWork, world: World) -> None:
    gone = await world.actor("Borta AB", ActorState.REFUSED)
    seat = await world.seat(await world.person("Anna"))
    draft = (await joining.start_joining(work, seat, now=NOW)).draft
    with pytest.raises(NotFound):
        await joining.join_known(work, seat, draft.id, gone.id, now=NOW)


async def test_a_person_waits_for_three_organisations_at_most(work: SqlUnitOfWork, world: World) -> None:
    seat = await world.seat(await world.person("Anna"))
    actors = [await world.actor(f"Aktör {n}") for n in "abcd"]
    for actor in actors[:3]:
        draft = (await joining.start_joining(work, seat, now=NOW)).draft
        await joining.join_known(work, seat, draft.id, actor.id, now=NOW)
    draft = (await joining.start_joining(work, seat, now=NOW)).draft
    with pytest.raises(TooManyWaiting):
        await joining.join_known(work, seat, draft.id, actors[3].id, now=NOW)


async def newcomer_with_booking(
    work: SqlUnitOfWork, world: World, state: BookingState = BookingState.REQUESTED
) -> tuple[int, int]:
    """A newcomer's tie to a requested actor and what they took for it: the ids."""
    edition, anna = await world.edition(), await world.person("Anna")
    actor = await world.actor("Pitea kommun", ActorState.REQUESTED)
    member = await members.set_member(work, None, actor, anna, MemberState.REQUESTED, by=None, now=NOW)
    booking = await world.booking(edition, actor, (await world.slots(edition, 1))[0], anna, state)
    return member.id, booking.id


async def test_a_yes_books_what_the_newcomer_had_confirmed(work: SqlUnitOfWork, world: World) -> None:
    karin = await world.coordinator()
    member_id, booking_id = await newcomer_with_booking(work, world)
    answered = await members.approve_member(work, karin, member_id, now=NOW)
    booking = await work.bookings.get(booking_id)
    assert (answered.member.state, answered.actor.state, answered.answered_by) == (
        MemberState.ACTIVE,
        ActorState.ACTIVE,
        karin,
    )
    assert (booking.state, booking.until_at, booking.booked_at) == (BookingState.BOOKED, None, NOW)
    assert await told(work) == [("member_approved", answered.person.id)]


async def test_a_yes_comes_too_late_for_what_has_waited_48_hours(work: SqlUnitOfWork, world: World) -> None:
    karin = await world.coordinator()
    member_id, booking_id = await newcomer_with_booking(work, world)
    await members.approve_member(work, karin, member_id, now=NOW + timedelta(hours=48))
    assert (await work.bookings.get(booking_id)).state is BookingState.REQUESTED


async def test_a_second_answer_changes_nothing_and_shows_the_first(work: SqlUnitOfWork, world: World) -> None:
    karin, lars = await world.coordinator("Karin"), await world.coordinator("Lars")
    member_id, _ = await newcomer_with_booking(work, world)
    await members.approve_member(work, karin, member_id, now=NOW)
    second = await members.refuse_member(work, lars, member_id, "Nej", now=NOW)
    assert (second.member.state, second.answered_by) == (MemberState.ACTIVE, karin)
    assert [name for name, _ in await told(work)] == ["member_approved"]


async def test_the_same_as_a_known_actor_moves_what_was_begun_to_it(work: SqlUnitOfWork, world: World) -> None:
    karin, known = await world.coordinator(), await world.actor("Piteå kommun")
    member_id, booking_id = await newcomer_with_booking(work, world)
    before = await members.find_newcomer(work, member_id)
    answered = await members.approve_member(work, karin, member_id, as_actor_id=known.id, now=NOW)
    merged = await work.actors.get(before.actor.id)
    view = await work.bookings.view(booking_id)
    assert list(before.similar) == [known]
    assert (answered.actor, merged.state, merged.merged_into_id) == (known, ActorState.MERGED, known.id)
    assert (view.actor, view.booking.state) == (known, BookingState.BOOKED)


@pytest.mark.parametrize("state", [BookingState.HELD, BookingState.REQUESTED, BookingState.APPLIED])
async def test_a_no_ends_what_was_asked_for_and_says_why(
    work: SqlUnitOfWork, world: World, state: BookingState
) -> None:
    karin = await world.coordinator()
    member_id, booking_id = await newcomer_with_booking(work, world, state)
    answered = await members.refuse_member(work, karin, member_id, "Skriv via\nregionen", now=NOW)
    row = await work.session.row(select(schema.outbox.c.payload))
    assert row is not None
    assert row.payload == {"name": "member_refused", "member_id": member_id, "reason": "Skriv via regionen"}
    assert (answered.member.state, answered.actor.state) == (MemberState.ENDED, ActorState.REFUSED)
    assert (await work.bookings.get(booking_id)).state is BookingState.ENDED


async def test_only_a_coordinator_answers(work: SqlUnitOfWork, world: World) -> None:
    member_id, _ = await newcomer_with_booking(work, world)
    anna = (await members.find_newcomer(work, member_id)).person
    for answer in (
        members.approve_member(work, anna, member_id, now=NOW),
        members.refuse_member(work, anna, member_id, None, now=NOW),
        members.show_newcomer(work, anna, member_id, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            await answer


async def test_a_coordinator_who_goes_back_is_not_asked_for_a_reason_any_more(
    work: SqlUnitOfWork, world: World
) -> None:
    karin = await world.coordinator()
    member_id, _ = await newcomer_with_booking(work, world)
    seat = await world.seat(karin)
    await members.ask_reason(work, seat, member_id, now=NOW)
    await members.show_newcomer(work, karin, member_id, now=NOW)
    assert await work.drafts.awaiting_text(seat.chat_id, karin.id) is None


async def test_one_who_was_refused_may_ask_again(work: SqlUnitOfWork, world: World) -> None:
    karin, actor, anna = await world.coordinator(), await world.actor("Luleå kommun"), await world.person("Anna")
    seat = await world.seat(anna)
    draft = (await joining.start_joining(work, seat, now=NOW)).draft
    first = await joining.join_known(work, seat, draft.id, actor.id, now=NOW)
    await members.refuse_member(work, karin, first.member.id, None, now=NOW)
    later = NOW + timedelta(hours=1)
    draft = (await joining.start_joining(work, seat, now=later)).draft
    again = await joining.join_known(work, seat, draft.id, actor.id, now=later)
    assert (again.member.id, again.member.state) == (first.member.id, MemberState.REQUESTED)
    assert [name for name, _ in await told(work)] == ["newcomer", "member_refused", "newcomer"]


async def test_a_newcomer_sees_only_their_own_of_a_known_actors_bookings(work: SqlUnitOfWork, world: World) -> None:
    edition, actor = await world.edition(), await world.actor("Luleå kommun")
    bo, anna = await world.person("Bo"), await world.person("Anna")
    await members.set_member(work, None, actor, bo, MemberState.ACTIVE, by=None, now=NOW)
    await members.set_member(work, None, actor, anna, MemberState.REQUESTED, by=None, now=NOW)
    first, second = await world.slots(edition, 2)
    booked = await world.booking(edition, actor, first, bo, BookingState.BOOKED)
    asked = await world.booking(edition, actor, second, anna, BookingState.REQUESTED)
    coming = {
        person.name: [v.booking.id for v in (await people.go_home(work, await world.seat(person), now=NOW)).coming]
        for person in (anna, bo)
    }
    assert coming == {"Anna": [asked.id], "Bo": [booked.id, asked.id]}


async def test_the_last_to_leave_opens_a_matter_for_coordinators(work: SqlUnitOfWork, world: World) -> None:
    karin, actor = await world.coordinator(), await world.actor("Luleå kommun")
    anna, bo = await world.person("Anna"), await world.person("Bo")
    for person in (anna, bo):
        await members.set_member(work, None, actor, person, MemberState.ACTIVE, by=None, now=NOW)
    first = await people.leave(work, anna, actor.id, now=NOW)
    assert [p.name for p in first.tie.colleagues] == ["Bo"]
    assert await work.matters.list_open() == []
    await people.leave(work, bo, actor.id, now=NOW)
    assert [(m.kind, m.actor_id, m.person_id) for m in await work.matters.list_open()] == [
        ("nobody_left", actor.id, bo.id)
    ]
    assert await told(work) == [("matter_opened", karin.id)]
    await people.leave(work, bo, actor.id, now=NOW)
    assert len(await work.matters.list_open()) == 1


async def test_cancelling_lets_go_of_what_the_latest_dialogue_holds(work: SqlUnitOfWork, world: World) -> None:
    edition, actor, anna = await world.edition(), await world.actor("Luleå kommun"), await world.person("Anna")
    seat = await world.seat(anna)
    held = await world.booking(edition, actor, (await world.slots(edition, 1))[0], anna, BookingState.HELD)
    await work.drafts.add(
        chat_id=seat.chat_id,
        person_id=anna.id,
        kind="booking",
        step="title",
        data={"booking_id": held.id},
        awaits_text=True,
        open=True,
        created_at=NOW,
        updated_at=NOW,
    )
    await joining.start_joining(work, seat, now=NOW)
    first = await people.cancel_dialogue(work, anna, seat.chat_id, now=NOW)
    assert (first.closed, first.let_go, first.held is not None) == (True, None, True)
    second = await people.cancel_dialogue(work, anna, seat.chat_id, now=NOW)
    assert (second.closed, second.let_go is not None, second.held) == (True, True, None)
    assert (await work.bookings.get(held.id)).state is BookingState.ENDED
    assert not (await people.cancel_dialogue(work, anna, seat.chat_id, now=NOW)).closed
