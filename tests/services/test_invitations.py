from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.contact import BadEmail, BadPhone
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.membership import (
    InvitationExpired,
    InvitationIsYours,
    InvitationUnknown,
    InvitationUsed,
    hash_of,
)
from bot.domain.model import Actor, ActorState, BookingState, MemberState, Person
from bot.services import contacts, invitations, members, rights
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World


async def contact_of(work: SqlUnitOfWork, world: World, actor: Actor, name: str = "Bo") -> Person:
    person = await world.person(name)
    await members.set_member(work, None, actor, person, MemberState.ACTIVE, by=None, now=NOW)
    return person


async def accepted_by(work: SqlUnitOfWork, world: World, person: Person, token: str) -> None:
    seat = await world.seat(person)
    opened = await invitations.open_invitation(work, seat, token, now=NOW)
    assert opened is not None
    await invitations.accept(work, seat, opened.draft.id, now=NOW)


async def test_only_a_hash_of_the_token_is_kept_and_the_link_fits_telegram(work: SqlUnitOfWork, world: World) -> None:
    actor, karin = await world.actor("Luleå kommun"), await world.coordinator()
    link = await invitations.invite_contact(work, karin, actor.id, None, now=NOW)
    row = await work.session.row(select(schema.invitations))
    assert row is not None
    assert row.token_hash == hash_of(link.token)
    assert link.token not in str(tuple(row))
    assert len(invitations.payload(link.token)) <= 64


async def test_yes_makes_a_contact_person_and_spends_the_link(work: SqlUnitOfWork, world: World) -> None:
    actor, karin, anna = await world.actor("Luleå kommun"), await world.coordinator(), await world.person("Anna")
    edition = await world.edition()
    slots = await world.slots(edition, 3)
    await world.booking(edition, actor, slots[0], karin, BookingState.BOOKED)
    link = await invitations.invite_contact(work, karin, actor.id, edition.id, now=NOW)
    seat = await world.seat(anna)
    opened = await invitations.open_invitation(work, seat, link.token, now=NOW)
    assert opened is not None
    assert (opened.actor, opened.edition, opened.inviter) == (actor, edition, None)
    accepted = await invitations.accept(work, seat, opened.draft.id, now=NOW)
    assert accepted.room is not None
    assert (accepted.actor, accepted.edition_id) == (actor, edition.id)
    assert (accepted.room.free, accepted.room.slots, accepted.room.is_open) == (2, 3, True)
    assert await rights.represents(work, anna, actor.id)
    assert await invitations.accept(work, seat, opened.draft.id, now=NOW) == accepted
    assert await invitations.open_invitation(work, seat, link.token, now=NOW) is None


async def test_two_who_opened_the_same_link_race_and_one_gets_it(work: SqlUnitOfWork, world: World) -> None:
    actor, karin = await world.actor("Luleå kommun"), await world.coordinator()
    link = await invitations.invite_contact(work, karin, actor.id, None, now=NOW)
    seats = [await world.seat(await world.person(name)) for name in ("Anna", "Bo")]
    opened = [await invitations.open_invitation(work, seat, link.token, now=NOW) for seat in seats]
    assert opened[0] is not None
    assert opened[1] is not None
    await invitations.accept(work, seats[0], opened[0].draft.id, now=NOW)
    with pytest.raises(InvitationUsed):
        await invitations.accept(work, seats[1], opened[1].draft.id, now=NOW)
    assert [p.name for p in await work.people.list_of_actor(actor.id)] == ["Anna"]


async def test_what_was_opened_by_one_cannot_be_accepted_by_another(work: SqlUnitOfWork, world: World) -> None:
    actor, karin = await world.actor("Luleå kommun"), await world.coordinator()
    link = await invitations.invite_contact(work, karin, actor.id, None, now=NOW)
    opened = await invitations.open_invitation(work, await world.seat(await world.person("Anna")), link.token, now=NOW)
    assert opened is not None
    with pytest.raises(NotFound):
        await invitations.accept(work, await world.seat(await world.person("Bo")), opened.draft.id, now=NOW)


async def test_a_link_that_is_no_longer_good_says_why(work: SqlUnitOfWork, world: World) -> None:
    actor, karin, anna = await world.actor("Luleå kommun"), await world.coordinator(), await world.person("Anna")
    seat, link = await world.seat(anna), await invitations.invite_contact(work, karin, actor.id, None, now=NOW)
    with pytest.raises(InvitationUnknown):
        await invitations.open_invitation(work, seat, link.token[:-1], now=NOW)
    with pytest.raises(InvitationExpired):
        await invitations.open_invitation(work, seat, link.token, now=NOW + timedelta(days=60))
    with pytest.raises(InvitationIsYours):
        await invitations.open_invitation(work, await world.seat(karin), link.token, now=NOW)
    await accepted_by(work, world, anna, link.token)
    with pytest.raises(InvitationUsed):
        await invitations.open_invitation(work, await world.seat(await world.person("Bo")), link.token, now=NOW)


async def test_no_leaves_the_link_valid_and_tells_coordinators_who_is_right(work: SqlUnitOfWork, world: World) -> None:
    actor, karin, anna = await world.actor("Luleå kommun"), await world.coordinator(), await world.person("Anna")
    link = await invitations.invite_contact(work, karin, actor.id, None, now=NOW)
    seat = await world.seat(anna)
    opened = await invitations.open_invitation(work, seat, link.token, now=NOW)
    assert opened is not None
    declined = await invitations.decline(work, seat, opened.draft.id, now=NOW)
    assert (declined.draft.step, declined.draft.awaits_text) == ("who", True)
    assert await invitations.decline(work, seat, opened.draft.id, now=NOW) == declined
    await invitations.tell_who(work, declined.draft, "Fråga Bo på kansliet", now=NOW)
    assert [(m.kind, m.text, m.actor_id) for m in await work.matters.list_open()] == [
        ("wrong_person", "Fråga Bo på kansliet", actor.id)
    ]
    await accepted_by(work, world, await world.person("Bo"), link.token)


async def test_an_invitation_follows_an_actor_that_was_merged(work: SqlUnitOfWork, world: World) -> None:
    old, known, karin = await world.actor("LTU"), await world.actor("Universitetet"), await world.coordinator()
    link = await invitations.invite_contact(work, karin, old.id, None, now=NOW)
    await work.actors.change(old, state=ActorState.MERGED, merged_into_id=known.id)
    anna = await world.person("Anna")
    await accepted_by(work, world, anna, link.token)
    assert await work.actors.list_of(anna.id) == [known]


async def test_an_invitation_confirms_a_newcomer_and_books_what_waited(work: SqlUnitOfWork, world: World) -> None:
    actor, karin, anna = await world.actor("Luleå kommun"), await world.coordinator(), await world.person("Anna")
    edition = await world.edition()
    await members.set_member(work, None, actor, anna, MemberState.REQUESTED, by=None, now=NOW)
    booking = await world.booking(edition, actor, (await world.slots(edition, 1))[0], anna, BookingState.REQUESTED)
    link = await invitations.invite_contact(work, karin, actor.id, None, now=NOW)
    await accepted_by(work, world, anna, link.token)
    assert (await work.bookings.get(booking.id)).state is BookingState.BOOKED


async def test_passing_the_task_on_gives_reminders_to_the_successor_and_ends_the_givers(
    work: SqlUnitOfWork, world: World
) -> None:
    actor, anna = await world.actor("Luleå kommun"), await world.person("Anna")
    bo, edition = await contact_of(work, world, actor), await world.edition()
    booking = await world.booking(edition, actor, (await world.slots(edition, 1))[0], bo, BookingState.BOOKED)
    await work.activities.follow(booking.activity_id, bo.id)
    link = await invitations.pass_on(work, bo, actor.id, now=NOW)
    assert await rights.represents(work, bo, actor.id)
    await accepted_by(work, world, anna, link.token)
    assert [p.name for p in await work.people.list_of_actor(actor.id)] == ["Anna"]
    assert [p.name for p in await work.activities.list_followers(booking.activity_id)] == ["Anna"]
    row = await work.session.row(select(schema.outbox.c.payload, schema.outbox.c.person_id))
    assert row is not None
    assert (row.payload, row.person_id) == (
        {"name": "passed_on", "actor_id": actor.id, "taker_id": anna.id},
        bo.id,
    )


async def test_a_colleague_is_invited_by_a_contact_person_only(work: SqlUnitOfWork, world: World) -> None:
    actor, anna, claimant = await world.actor("Luleå kommun"), await world.person("Anna"), await world.person("Cia")
    bo = await contact_of(work, world, actor)
    await members.set_member(work, None, actor, claimant, MemberState.REQUESTED, by=None, now=NOW)
    link = await invitations.invite_colleague(work, bo, actor.id, now=NOW)
    opened = await invitations.open_invitation(work, await world.seat(anna), link.token, now=NOW)
    assert opened is not None
    assert opened.inviter == bo
    with pytest.raises(NotFound):
        await invitations.invite_colleague(work, anna, actor.id, now=NOW)
    with pytest.raises(NotAllowed):
        await invitations.invite_colleague(work, claimant, actor.id, now=NOW)


async def test_a_coordinators_link_gives_the_right_it_names(work: SqlUnitOfWork, world: World) -> None:
    karin, anna, arena_id = await world.coordinator(), await world.person("Anna"), (await world.edition()).arena_id
    token = await invitations.invite_coordinator(work, karin, [arena_id], now=NOW)
    await accepted_by(work, world, anna, token)
    assert [right.arena_id for right in await work.coordinators.list_of(anna.id)] == [arena_id]
    with pytest.raises(NotAllowed):
        await invitations.invite_coordinator(work, anna, [], now=NOW)


async def test_the_first_coordinators_link_gives_all_arenas_and_ends_the_one_before(
    work: SqlUnitOfWork, world: World
) -> None:
    anna = await world.person("Anna")
    earlier = await invitations.first_coordinator_link(work, NOW)
    token = await invitations.first_coordinator_link(work, NOW + timedelta(minutes=1))
    later = NOW + timedelta(minutes=1)
    with pytest.raises(InvitationExpired):
        await invitations.open_invitation(work, await world.seat(anna), earlier, now=later)
    await accepted_by(work, world, anna, token)
    assert [right.arena_id for right in await work.coordinators.list_of(anna.id)] == [None]


async def test_phone_and_e_mail_are_asked_for_once(work: SqlUnitOfWork, world: World) -> None:
    anna = await world.person("Anna")
    question = await contacts.begin_contact(work, anna, anna.user_id, now=NOW)
    assert question is not None
    assert question.draft.step == "phone"
    with pytest.raises(BadPhone):
        await contacts.answer_contact(work, question.draft, "ring mig", now=NOW)
    question = await contacts.answer_contact(work, question.draft, "070-123 45 67", now=NOW)
    assert question.draft.step == "email"
    with pytest.raises(BadEmail):
        await contacts.answer_contact(work, question.draft, "anna@kommun", now=NOW)
    question = await contacts.answer_contact(work, question.draft, "anna@kommun.se", now=NOW)
    assert (question.draft.step, question.draft.open) == ("done", False)
    kept = await work.people.get(anna.id)
    assert (kept.phone, kept.email) == ("070-123 45 67", "anna@kommun.se")
    assert await contacts.begin_contact(work, anna, anna.user_id, now=NOW) is None


async def test_both_questions_can_be_skipped_and_changed_later(work: SqlUnitOfWork, world: World) -> None:
    anna = await world.person("Anna")
    seat, question = await world.seat(anna), await contacts.begin_contact(work, anna, anna.user_id, now=NOW)
    assert question is not None
    question = await contacts.skip_contact(work, seat, question.draft.id, now=NOW)
    question = await contacts.skip_contact(work, seat, question.draft.id, now=NOW)
    assert (question.draft.step, question.person.phone) == ("done", None)
    question = await contacts.change_contact(work, seat, "phone", now=NOW)
    question = await contacts.answer_contact(work, question.draft, "+46 920 28 40 00", now=NOW)
    assert (question.draft.step, question.person.phone) == ("done", "+46 920 28 40 00")
    question = await contacts.change_contact(work, seat, "phone", now=NOW)
    question = await contacts.forget_contact(work, seat, question.draft.id, now=NOW)
    assert (question.draft.step, question.person.phone) == ("done", None)
