"""Ambassadors on both databases: seen by their arena's coordinators, written to, and gone from both with one press."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain import figures
from bot.domain.announcements import Audience, AudienceKind, NoAudience
from bot.domain.errors import NotAllowed, Outdated
from bot.domain.figures import report
from bot.domain.model import BookingState, Edition, MemberState
from bot.domain.outgoing import Sent
from bot.domain.results.announcements import Preview, Size, Status
from bot.domain.seat import Seat
from bot.services import addressing, announcements, audiences, networks, sending
from bot.services import edition_evaluations as of_edition
from bot.services import evaluation_results as results
from bot.views import networks as views
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World, do_due, on_both_databases
from tests.services.test_announcements import deliver, rows, written
from tests.services.test_networks import said

AFTER = datetime(2027, 7, 1, 10, 0, tzinfo=UTC)

work = on_both_databases


class Arena:
    """Anna of Luleå and Bo of Kiruna took part in two editions of an arena that Karin runs."""

    def __init__(self, work: SqlUnitOfWork, world: World) -> None:
        self.work, self.world = work, world

    async def begin(self) -> "Arena":
        self.edition = await self.world.edition(starts_on=date(2027, 6, 28), ends_on=date(2027, 6, 30))
        self.earlier = await self._edition_before()
        self.anna, self.bo = await self._joins("Anna", "Luleå kommun"), await self._joins("Bo", "Kiruna kommun")
        self.karin = await self.world.seat(await self.world.coordinator(arena_id=self.edition.arena_id))
        return self

    async def _edition_before(self) -> Edition:
        made = await self.world.edition(year=2026, starts_on=date(2026, 6, 22), ends_on=date(2026, 6, 26))
        return await self.work.editions.change(made, arena_id=self.edition.arena_id)

    async def _joins(self, name: str, actor_name: str) -> Seat:
        person, actor = await self.world.person(name), await self.world.actor(actor_name)
        await self.work.members.add(actor_id=actor.id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
        for edition in (self.edition, self.earlier):
            (slot_id,) = await self.world.slots(edition, 1)
            await self.world.booking(edition, actor, slot_id, person, BookingState.BOOKED)
        return await self.world.seat(person)

    async def says(self, seat: Seat, edition: Edition, *, yes: bool = True) -> None:
        await of_edition.be_ambassador(self.work, seat, edition.id, yes=yes, now=AFTER)

    async def stops(self, seat: Seat) -> None:
        await of_edition.stop_being_ambassador(self.work, seat.person, self.edition.id, now=AFTER)

    async def listed(self) -> list[tuple[str, str | None]]:
        """Whom the coordinator sees."""
        willing = await results.list_ambassadors(self.work, self.karin.person, self.edition.id)
        return [(person.name, actor) for person, actor in willing.people]

    async def previewed(self) -> Preview:
        draft = (await written(self.work, self.karin)).draft
        kind = AudienceKind.AMBASSADORS
        preview = await addressing.pick_audience(self.work, self.karin, draft.id, kind, self.edition.id, now=AFTER)
        assert isinstance(preview, Preview)
        return preview

    async def announced(self, *, receipts: bool = False) -> Status:
        draft = (await self.previewed()).draft
        if receipts:
            draft = (await announcements.toggle_receipts(self.work, self.karin, draft.id, on=True, now=AFTER)).draft
        return await announcements.confirm(self.work, self.karin, draft.id, at_once=True, now=AFTER)


@pytest.fixture
async def arena(work: SqlUnitOfWork, world: World) -> Arena:
    """An arena with two editions that are over."""
    return await Arena(work, world).begin()


async def test_the_arenas_coordinators_see_by_name_who_said_yes_and_those_of_another_do_not(
    arena: Arena, work: SqlUnitOfWork, world: World
) -> None:
    await arena.says(arena.anna, arena.earlier)
    await arena.says(arena.anna, arena.edition)
    await arena.says(arena.bo, arena.edition, yes=False)
    assert await arena.listed() == [("Anna", "Luleå kommun")]
    ove = await world.coordinator("Ove", (await world.edition()).arena_id)
    with pytest.raises(NotAllowed):
        await results.list_ambassadors(work, ove, arena.edition.id)
    with pytest.raises(NotAllowed):
        await audiences.require(work, ove, Audience(AudienceKind.AMBASSADORS, arena.edition.id))


async def test_an_announcement_to_them_goes_to_each_of_them_once_and_to_nobody_else(
    arena: Arena, work: SqlUnitOfWork
) -> None:
    with pytest.raises(NoAudience):
        await arena.previewed()
    await arena.says(arena.anna, arena.earlier)
    await arena.says(arena.anna, arena.edition)
    muted = frozenset({"announcements"})
    await work.people.change(arena.anna.person, muted=muted)  # they said yes to these
    offered = dict(await audiences.options(work, arena.edition, now=AFTER))
    assert offered[AudienceKind.AMBASSADORS] == Size(0, {"sv": 1})
    assert (await arena.previewed()).size == Size(0, {"sv": 1})
    await arena.announced()
    assert [row.person_id for row in await rows(work)] == [arena.anna.person.id]


async def test_whoever_stops_is_gone_from_the_list_and_from_what_is_under_way_at_once(
    arena: Arena, work: SqlUnitOfWork
) -> None:
    for seat in (arena.anna, arena.bo):
        await arena.says(seat, arena.earlier)
        await arena.says(seat, arena.edition)
    status = await arena.announced()
    await arena.stops(arena.anna)
    assert await arena.listed() == [("Bo", "Kiruna kommun")]
    assert [row.person_id for row in await rows(work)] == [arena.bo.person.id]
    source = await work.report.source()
    counted = [
        report.compute(source, figures.of_edition(e), now=AFTER, least=1) for e in (arena.earlier, arena.edition)
    ]
    assert [report.value("ambassadors") for report in counted] == [1, 1]
    await deliver(work, Sent((7,)))
    await do_due(work, sending.list_due, sending.start_due, now=AFTER)
    ended = await work.announcements.get(status.announcement.id)
    assert (ended.state, (await work.recipients.tally(ended.id)).sent) == ("done", 1)
    with pytest.raises(Outdated):  # the same press once more shows how it is now
        await arena.stops(arena.anna)


async def test_whoever_stops_is_reminded_of_nothing_that_went_to_them(arena: Arena, work: SqlUnitOfWork) -> None:
    for seat in (arena.anna, arena.bo):
        await arena.says(seat, arena.edition)
    await arena.announced(receipts=True)
    await deliver(work, Sent((7,)), Sent((8,)))
    (first,) = await work.announcements.list_all()
    await arena.stops(arena.anna)
    reminder = await sending.remind(work, arena.karin, first.id, first.revision, now=AFTER)
    waiting = [
        row.person_id for row in await rows(work) if row.payload.get("announcement_id") == reminder.announcement.id
    ]
    assert waiting == [arena.bo.person.id]


async def test_a_no_after_a_later_edition_takes_the_earlier_yes_back(arena: Arena) -> None:
    await arena.says(arena.anna, arena.earlier)
    await arena.says(arena.anna, arena.edition, yes=False)
    assert await arena.listed() == []


async def test_an_ambassador_stops_in_natverk_shown_to_others_or_not(arena: Arena, work: SqlUnitOfWork) -> None:
    await arena.says(arena.anna, arena.edition)
    before = await networks.home(work, arena.anna, now=AFTER)
    assert "«Sluta som ambassadör: Almedalen»" in said(views.home(before))
    await arena.stops(arena.anna)
    after = await networks.home(work, arena.anna, now=AFTER + timedelta(minutes=1))
    assert after == replace(before, ambassador_for=[])
