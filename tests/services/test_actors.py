from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.domain.contact import BadEmail
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.membership import hash_of
from bot.domain.model import ActorKind, ActorState, BookingState, CoOrganiserState, MemberState, Person
from bot.domain.municipalities import MUNICIPALITIES, own_municipality
from bot.domain.results.actors import Pasted, Saved
from bot.domain.seat import Seat
from bot.services import (
    actor_invitations,
    actor_paste,
    actors,
    co_organisers,
    coordinators,
    invitations,
    merging,
    rights,
)
from bot.services.actors import NameTaken, UnknownField
from bot.services.coordinators import LastCoordinator
from bot.views.actor_invitations import letters_file
from bot.views.actors import card as actor_card
from bot.views.screen import Reader, message
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World

ACTIVE, ENDED = MemberState.ACTIVE, MemberState.ENDED


@pytest.fixture
async def karin(world: World) -> Seat:
    """A coordinator of all arenas."""
    return await world.seat(await world.coordinator("Karin"))


async def acts(work: SqlUnitOfWork) -> list[tuple[str, str]]:
    rows = await work.session.rows(select(schema.acts).order_by(schema.acts.c.id))
    return [(row.act, row.subject) for row in rows]


async def test_actors_come_a_page_at_a_time_in_the_order_of_their_names(
    work: SqlUnitOfWork, world: World, karin: Seat
) -> None:
    for number in range(10):
        await world.actor(f"Aktör {number}")
    await world.actor("Östra")
    second = await actors.list_actors(work, karin, 1, now=NOW)
    assert [a.name for a in second.actors] == ["Aktör 8", "Aktör 9", "Östra"]
    assert (second.page, second.pages, second.count, second.unreachable) == (1, 2, 11, 11)
    assert (await actors.list_actors(work, karin, 99, now=NOW)).page == 1


async def test_a_part_of_a_name_or_an_acronym_finds_the_actor(work: SqlUnitOfWork, world: World, karin: Seat) -> None:
    ltu = await world.actor("Luleå tekniska universitet")
    await world.actor("Kiruna kommun")
    assert list((await actors.search(work, karin.person, "LTU")).actors) == [ltu]
    assert list((await actors.search(work, karin.person, "tekniska univ")).actors) == [ltu]


async def test_only_coordinators_see_actors_and_only_those_of_all_arenas_merge(
    work: SqlUnitOfWork, world: World
) -> None:
    anna, lars = await world.person("Anna"), await world.coordinator("Lars", (await world.edition()).arena_id)
    actor = await world.actor("Luleå kommun")
    with pytest.raises(NotAllowed):
        await actors.show_actor(work, await world.seat(anna), actor.id, now=NOW)
    seat = await world.seat(lars)
    assert not (await actors.show_actor(work, seat, actor.id, now=NOW)).may_merge
    with pytest.raises(NotAllowed):
        await merging.ask_double(work, seat, actor.id, now=NOW)


async def _write(work: SqlUnitOfWork, seat: Seat, actor_id: int, what: str, text: str) -> None:
    asked = await actors.ask_field(work, seat, actor_id, what, now=NOW)
    await actors.write_field(work, seat, asked.draft, text, now=NOW)


async def test_an_actor_is_edited_and_each_change_recorded(work: SqlUnitOfWork, world: World, karin: Seat) -> None:
    actor = await world.actor("Lulea kommun")
    await _write(work, karin, actor.id, "name", "Luleå kommun")
    await _write(work, karin, actor.id, "aliases", "Stadshuset, LK")
    await _write(work, karin, actor.id, "contact_email", "mailto:kommunen@example.org")
    await actors.set_kind(work, karin, actor.id, ActorKind.REGION, now=NOW)
    kept = await work.actors.get(actor.id)
    assert (kept.name, kept.aliases, kept.contact_email, kept.kind) == (
        "Luleå kommun",
        ("Stadshuset", "LK"),
        "kommunen@example.org",
        ActorKind.REGION,
    )
    assert await acts(work) == [("actor.changed", f"actor:{actor.id}")] * 4


async def test_a_name_that_another_has_and_a_bad_address_are_refused(
    work: SqlUnitOfWork, world: World, karin: Seat
) -> None:
    actor = await world.actor("Luleå kommun")
    await world.actor("Luleå tekniska universitet", aliases=("LTU",))
    with pytest.raises(NameTaken):
        await _write(work, karin, actor.id, "name", "ltu")
    with pytest.raises(BadEmail):
        await _write(work, karin, actor.id, "contact_email", "kommunen")


async def test_what_is_kept_can_be_taken_away(work: SqlUnitOfWork, world: World, karin: Seat) -> None:
    actor = await work.actors.change(await world.actor("LKAB"), contact_phone="0980-710 00")
    asked = await actors.ask_field(work, karin, actor.id, "contact_phone", now=NOW)
    card = await actors.clear_field(work, karin, asked.draft.id, now=NOW)
    assert card.actor.contact_phone is None


async def _member(work: SqlUnitOfWork, actor_id: int, person: Person, state: MemberState = ACTIVE) -> None:
    await work.members.add(actor_id=actor_id, person_id=person.id, state=state, since_at=NOW)


async def test_an_actors_municipality_is_pressed_and_a_municipalitys_own_is_known(
    work: SqlUnitOfWork, world: World, karin: Seat
) -> None:
    lkab = await world.actor("LKAB")
    kept = await actors.set_municipality(work, karin, lkab.id, MUNICIPALITIES.index("Kiruna"), now=NOW)
    assert kept.actor.municipality == "Kiruna"
    asked = await actors.ask_field(work, karin, lkab.id, "municipality", now=NOW)
    cleared = await actors.clear_field(work, karin, asked.draft.id, now=NOW)
    assert cleared.actor.municipality is None
    for number in (-1, 14):
        with pytest.raises(UnknownField):
            await actors.set_municipality(work, karin, lkab.id, number, now=NOW)
    names = ("Haparanda stad", "Bodens kommun", "Älvsbyns kommun", "Region Norrbotten")
    named = [own_municipality(name, ActorKind.MUNICIPALITY) for name in names]
    assert named == ["Haparanda", "Boden", "Älvsbyn", None]
    assert own_municipality("Luleå tekniska universitet", ActorKind.UNIVERSITY) is None


async def test_a_persons_right_ends_at_once_and_the_booking_stays(
    work: SqlUnitOfWork, world: World, karin: Seat
) -> None:
    edition, actor, anna = await world.edition(), await world.actor("Luleå kommun"), await world.person("Anna")
    await _member(work, actor.id, anna)
    slot_id = (await world.slots(edition, 1))[0]
    booking = await world.booking(edition, actor, slot_id, anna, BookingState.BOOKED)
    card = await actors.remove_member(work, karin, actor.id, anna.id, now=NOW)
    assert (list(card.people), card.removed) == ([], anna)
    assert not await rights.acts_for(work, anna, actor.id)
    assert (await work.bookings.get(booking.id)).state is BookingState.BOOKED


async def test_doubles_become_one_with_everything_that_either_had(
    work: SqlUnitOfWork, world: World, karin: Seat
) -> None:
    edition = await world.edition()
    lkab, double = await world.actor("LKAB"), await world.actor("Luossavaara", aliases=("L-K",))
    double = await work.actors.change(double, contact_email="info@example.org")
    anna, bo = await world.person("Anna"), await world.person("Bo")
    await _member(work, double.id, anna)
    await _member(work, double.id, bo)
    await _member(work, lkab.id, bo, ENDED)
    slots = await world.slots(edition, 3)
    own = await world.booking(edition, double, slots[0], anna, BookingState.BOOKED)
    joint = await world.booking(edition, await world.actor("Kiruna kommun"), slots[1], bo, BookingState.BOOKED)
    for activity_id, actor, state in (
        (own.activity_id, lkab, CoOrganiserState.ACCEPTED),
        (joint.activity_id, double, CoOrganiserState.ACCEPTED),
        (joint.activity_id, lkab, CoOrganiserState.INVITED),
    ):
        await work.co_organisers.add(activity_id=activity_id, actor_id=actor.id, state=state)
    token = (await invitations.invite_contact(work, karin.person, double.id, None, now=NOW)).token
    await work.errands.add_once(
        key="e", kind="co_invited", actor_id=double.id, arena_id=None, booking_id=None, detail={}, created_at=NOW
    )

    asked = await merging.ask_double(work, karin, double.id, now=NOW)
    shown = await merging.preview(work, karin, asked.draft.id, lkab.id, now=NOW)
    assert (shown.activities, list(shown.people)) == (1, [anna, bo])
    await merging.merge(work, karin, asked.draft.id, now=NOW)

    kept, gone = await work.actors.get(lkab.id), await work.actors.get(double.id)
    assert (gone.state, gone.merged_into_id) == (ActorState.MERGED, lkab.id)
    assert (kept.aliases, kept.contact_email) == (("Luossavaara", "L-K"), "info@example.org")
    assert await work.people.list_of_actor(lkab.id) == [anna, bo]
    assert [v.booking.id for v in await work.bookings.list_of_actor(lkab.id)] == [own.id, joint.id]
    assert await work.co_organisers.list_of(own.activity_id) == []
    assert [(c.actor_id, c.state) for c in await work.co_organisers.list_of(joint.activity_id)] == [
        (lkab.id, CoOrganiserState.ACCEPTED)
    ]
    invitation = await work.invitations.with_hash(hash_of(token))
    assert invitation is not None
    assert (invitation.actor_id, [e.actor_id for e in await work.errands.list_open()]) == (lkab.id, [lkab.id])
    assert (await actors.show_actor(work, karin, double.id, now=NOW)).actor == kept


async def test_an_actor_is_not_merged_with_itself_or_with_one_that_is_gone(
    work: SqlUnitOfWork, world: World, karin: Seat
) -> None:
    actor, refused = await world.actor("LKAB"), await world.actor("Ingen", ActorState.REFUSED)
    asked = await merging.ask_double(work, karin, actor.id, now=NOW)
    for into in (actor, refused):
        with pytest.raises(NotFound):
            await merging.preview(work, karin, asked.draft.id, into.id, now=NOW)


async def test_nothing_pasted_is_saved_before_the_yes_and_doubles_never(
    work: SqlUnitOfWork, world: World, karin: Seat
) -> None:
    await world.actor("Piteå kommun")
    draft = await actor_paste.start_paste(work, karin, now=NOW)
    shown = await actor_paste.add_rows(
        work, karin, draft, "Namn;Slag;E-post\nBoliden;Företag;info@example.org", now=NOW
    )
    shown = await actor_paste.add_rows(work, karin, shown.draft, "Piteå Kommun;Kommun;\nNorrsken;;", now=NOW)
    assert ([row.name for row in shown.savable], shown.kindless) == (["Boliden", "Norrsken"], 1)
    assert [a.name for a in await work.actors.list_known()] == ["Piteå kommun"]
    assert isinstance(await actor_paste.save_rows(work, karin, draft.id, now=NOW), Pasted)
    await actor_paste.choose_kind(work, karin, draft.id, ActorKind.ASSOCIATION, now=NOW)
    saved = await actor_paste.save_rows(work, karin, draft.id, now=NOW)
    assert isinstance(saved, Saved)
    assert [(a.name, a.kind, a.contact_email) for a in saved.actors] == [
        ("Boliden", ActorKind.COMPANY, "info@example.org"),
        ("Norrsken", ActorKind.ASSOCIATION, None),
    ]


async def test_all_who_have_nobody_get_a_link_that_works_and_is_kept_hashed(
    work: SqlUnitOfWork, world: World, karin: Seat
) -> None:
    edition, lulea, kiruna = (
        await world.edition(),
        await world.actor("Luleå kommun"),
        await world.actor("Kiruna kommun"),
    )
    await _member(work, lulea.id, await world.person("Anna"))
    made = await actor_invitations.invite_unreachable(work, karin.person, edition.id, now=NOW)
    assert ([actor_id for actor_id, _ in made.tokens], made.without_email) == ([kiruna.id], 1)
    token = made.tokens[0][1]
    sara = await world.seat(await world.person("Sara"))
    opened = await invitations.open_invitation(work, sara, token, now=NOW)
    assert opened is not None
    assert (opened.actor, opened.edition) == (kiruna, edition)
    stored = (await work.session.rows(select(schema.invitations)))[0]
    assert (stored.token_hash, token in str(tuple(stored))) == (hash_of(token), False)


async def test_the_file_for_a_mail_merge_holds_name_address_link_and_text(world: World, karin: Seat) -> None:
    edition, actor = await world.edition(), await world.actor("=Kiruna kommun")
    name, content = letters_file([(actor, "https://t.me/bot?start=i_x")], edition, karin.person, Reader("sv", NOW))
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows()]  # type: ignore[union-attr]  # a workbook has a sheet
    assert name == "Inbjudningar 2027-01-11.xlsx"
    assert rows[0] == ["Namn", "Kontakt", "E-post", "Länk", "Text"]
    assert (rows[1][0], rows[1][3]) == ("=Kiruna kommun", "https://t.me/bot?start=i_x")
    assert "Telegram" in str(rows[1][4])


async def test_a_right_that_is_taken_away_is_gone_at_once(work: SqlUnitOfWork, world: World, karin: Seat) -> None:
    lars = await world.coordinator("Lars", (await world.edition()).arena_id)
    right = (await work.coordinators.list_of(lars.id))[0]
    removed = await coordinators.remove_right(work, karin.person, right.id, now=NOW)
    assert removed.holder == lars
    assert not await rights.is_coordinator(work, lars)
    assert (await coordinators.remove_right(work, karin.person, right.id, now=NOW)).holder is None


async def test_the_last_coordinator_of_all_arenas_stays(work: SqlUnitOfWork, world: World, karin: Seat) -> None:
    await world.coordinator("Lars", (await world.edition()).arena_id)
    own = (await work.coordinators.list_of(karin.person.id))[0]
    with pytest.raises(LastCoordinator):
        await coordinators.remove_right(work, karin.person, own.id, now=NOW)
    await world.coordinator("Eva")
    left = await coordinators.remove_right(work, karin.person, own.id, now=NOW)
    assert (left.holder, left.left) == (karin.person, None)


async def test_only_who_runs_all_arenas_invites_coordinators_or_takes_rights_away(
    work: SqlUnitOfWork, world: World, karin: Seat
) -> None:
    edition = await world.edition()
    lars = await world.coordinator("Lars", edition.arena_id)
    with pytest.raises(NotAllowed):
        await coordinators.invite(work, lars, edition.arena_id, now=NOW)
    with pytest.raises(NotAllowed):
        await coordinators.remove_right(work, lars, (await work.coordinators.list_of(lars.id))[0].id, now=NOW)
    made = await coordinators.invite(work, karin.person, edition.arena_id, now=NOW)
    eva = await world.seat(await world.person("Eva"))
    opened = await invitations.open_invitation(work, eva, made.token, now=NOW + timedelta(days=1))
    assert opened is not None
    await invitations.accept(work, eva, opened.draft.id, now=NOW + timedelta(days=1))
    assert await rights.coordinates(work, eva.person, edition.arena_id)
    assert not await rights.coordinates(work, eva.person, None)


async def test_a_coordinator_answers_for_an_actor_that_is_asked_to_arrange_together(
    work: SqlUnitOfWork, world: World, karin: Seat
) -> None:
    edition, anna, alvsbyn = await world.edition(), await world.person("Anna"), await world.actor("Älvsbyns kommun")
    slot_id = (await world.slots(edition, 1))[0]
    booking = await world.booking(edition, await world.actor("LKAB"), slot_id, anna, BookingState.BOOKED)
    asked = await work.co_organisers.add(
        activity_id=booking.activity_id, actor_id=alvsbyn.id, state=CoOrganiserState.INVITED
    )
    card = await actors.show_actor(work, karin, alvsbyn.id, now=NOW)
    assert [(i.co_organiser_id, i.revision) for i in card.asked] == [(asked.id, asked.revision)]
    assert "Tillfrågade av LKAB" in str(message(actor_card(card), Reader("sv", NOW))["text"])
    await co_organisers.answer(work, karin, asked.id, asked.revision, accepts=True, now=NOW)
    card = await actors.show_actor(work, karin, alvsbyn.id, now=NOW)
    assert ([v.booking.id for v in card.bookings], list(card.asked)) == ([booking.id], [])
