"""Networks on both databases: off until yes, gone with one press, and a no that cannot be told from silence."""

from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.answers import UnknownChoice
from bot.domain.errors import DomainError, NotAllowed, NotFound, Outdated
from bot.domain.membership import TextTooLong
from bot.domain.model import Actor, ActorState, BookingState, ContactRequest, Issue, MemberState, Person
from bot.domain.networks import AskedBefore, AskedMany, NothingShared, NotShown
from bot.domain.results.networks import Answering, Asking, FellowCard, Via
from bot.domain.seat import Seat
from bot.services import contact_requests as requests
from bot.services import networks, personal
from bot.views import contact_requests as request_views
from bot.views import errors
from bot.views import networks as views
from bot.views import personal as personal_views
from bot.views.screen import Reader, Screen, message, plain
from handlers.networks import contact_asked, contact_exchanged
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World, on_both_databases

WHY = "Vi bygger båda elnät och borde talas vid"
TAKEN_BACK = "Börjar du följa fler frågor syns de också. Du tar tillbaka det med ett tryck, och då syns du inte längre för någon."
LATER = NOW + timedelta(hours=1)
BEFORE_90_DAYS, AFTER_90_DAYS = NOW + timedelta(days=89), NOW + timedelta(days=90)

work = on_both_databases


class Net:
    """Anna of Luleå and Bo of Kiruna follow the same issue and are shown."""

    def __init__(self, work: SqlUnitOfWork, world: World) -> None:
        self.work, self.world = work, world
        self.issue: Issue
        self.luleå: Actor
        self.kiruna: Actor

    async def begin(self) -> "Net":
        self.issue = await self.adds("Elnät")
        self.luleå, self.kiruna = await self.world.actor("Luleå kommun"), await self.world.actor("Kiruna kommun")
        self.anna, self.bo = await self.joins("Anna", self.luleå), await self.joins("Bo", self.kiruna)
        return self

    async def adds(self, title: str, **fields: Any) -> Issue:
        values = {"from_year": 2026, "example": False, "position": 1, "created_at": NOW} | fields
        return await self.work.issues.add(title={"sv": title}, paragraph={}, **values)

    async def joins(self, name: str, actor: Actor, *, shown: bool = True, follows: bool = True, **fields: Any) -> Seat:
        person = await self.world.person(name, **fields)
        await self.work.members.add(actor_id=actor.id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
        if follows:
            await self.work.issues.follow(self.issue.id, person.id, NOW)
        seat = await self.world.seat(person)
        if shown:
            await networks.set_shown(self.work, seat, on=True, now=NOW)
        return seat

    @property
    def via(self) -> Via:
        return Via(issue_id=self.issue.id)

    async def finds(self, seat: Seat, via: Via | None = None, *, now: datetime = NOW) -> list[str]:
        found = await networks.circle(self.work, seat, via or self.via, 0, now=now)
        return [each.person.name for each in found.page.items]

    async def begins(self, seat: Seat, to: Person, *, now: datetime = NOW) -> Asking:
        begun = await requests.ask(self.work, seat, to.id, self.via, now=now)
        return await requests.write(self.work, seat, begun.draft, WHY, now=now)

    async def asks(self, seat: Seat, to: Person, *, now: datetime = NOW) -> ContactRequest:
        begun = await self.begins(seat, to, now=now)
        await requests.send(self.work, seat, begun.draft.id, now=now)
        return (await self.work.contact_requests.list_of_person(seat.person.id))[0]

    async def refuses(self, seat: Seat, request: ContactRequest, *, now: datetime = LATER) -> FellowCard:
        return await requests.refuse(self.work, seat, request.id, request.revision, now=now)

    async def agrees(self, seat: Seat, request: ContactRequest, *, now: datetime = LATER) -> FellowCard:
        answer = await requests.accept(self.work, seat, request.id, now=now)
        return await requests.exchange(self.work, seat, answer.draft.id, now=now)

    async def told(self, person: Person) -> list[str]:
        rows = await self.work.session.rows(schema.outbox.select().order_by(schema.outbox.c.id))
        return [row.payload["name"] for row in rows if row.person_id == person.id and row.kind == "notice"]


@pytest.fixture
async def net(work: SqlUnitOfWork, world: World) -> Net:
    """Two who are shown to one another."""
    return await Net(work, world).begin()


def said(screen: Screen | None, now: datetime = NOW) -> list[str]:
    """A screen's lines, and below them its buttons."""
    assert screen is not None
    shown = message(screen, Reader("sv", now))
    keys = [f"«{key['text']}»" for row in shown.get("reply_markup", {}).get("inline_keyboard", []) for key in row]
    return [*shown["text"].splitlines(), *keys]


async def outcome(asking: Awaitable[Any]) -> list[str]:
    """What a press leads to: the question, or the refusal in words."""
    try:
        result = await asking
    except DomainError as refusal:
        return [plain(errors.sentence(refusal), Reader("sv", NOW))]
    return said(request_views.asking(result))


# Off until yes


async def test_it_is_off_until_a_person_says_yes_and_says_exactly_what_is_shown(
    net: Net, work: SqlUnitOfWork, world: World
) -> None:
    edition = await world.edition()
    (slot_id,) = await world.slots(edition, 1)
    cilla = await net.joins("Cilla <b>", await world.actor("LKAB"), shown=False, phone="070-1", email="c@example.org")
    (lkab,) = await work.actors.list_of(cilla.person.id)
    await world.booking(edition, lkab, slot_id, cilla.person, BookingState.BOOKED)
    home = await networks.home(work, cilla, now=NOW)
    assert said(views.home(home)) == [
        "<b>Nätverk</b>",
        "Hitta andra som följer samma frågor eller kommer till samma arena, och be dem om kontakt.",
        "Det är avstängt för dig. Du syns inte för någon, och ser ingen.",
        "",
        "Säger du ja ser andra aktörers kontaktpersoner, om de också har sagt ja, det här om dig och inget annat:",
        "• Namn: Cilla &lt;b&gt;",
        "• Aktör: LKAB",
        "• Frågor du följer: Elnät",
        "• Dit ni kommer: Norrbotten i Almedalen 2027",
        "",
        TAKEN_BACK,
        "«Visa mig för andra aktörer»",
        "«‹ Hem»",
    ]
    assert await net.finds(net.anna) == ["Bo"]
    await networks.set_shown(work, cilla, on=True, now=NOW)
    assert await net.finds(net.anna) == ["Bo", "Cilla <b>"]
    card = await networks.show(work, net.anna, cilla.person.id, net.via, now=NOW)
    assert said(views.fellow(card)) == [
        "Cilla &lt;b&gt;, LKAB",
        "Följer: Elnät",
        "Kommer till: Norrbotten i Almedalen 2027",
        "«Be om kontakt»",
        "«‹ De andra»",
    ]


async def test_who_is_not_shown_sees_nobody(net: Net, work: SqlUnitOfWork, world: World) -> None:
    cilla = await net.joins("Cilla", await world.actor("LKAB"), shown=False)
    for asking in (
        networks.circle(work, cilla, net.via, 0, now=NOW),
        networks.show(work, cilla, net.bo.person.id, net.via, now=NOW),
        networks.contacts(work, cilla, 0, now=NOW),
        requests.ask(work, cilla, net.bo.person.id, net.via, now=NOW),
    ):
        with pytest.raises(NotShown):
            await asking


async def test_who_acts_for_nobody_is_not_shown_nor_asked_to_be(net: Net, work: SqlUnitOfWork, world: World) -> None:
    stranger = await world.seat(await world.person("Stina"))
    home = await networks.home(work, stranger, now=NOW)
    assert [key for key in said(views.home(home)) if key.startswith("«")] == ["«‹ Hem»"]
    with pytest.raises(NotAllowed):
        await networks.set_shown(work, stranger, on=True, now=NOW)
    member = await work.members.between(net.kiruna.id, net.bo.person.id)
    assert member is not None
    await work.members.change(member, state=MemberState.ENDED)
    assert await net.finds(net.anna) == []
    with pytest.raises(Outdated):
        await networks.show(work, net.anna, net.bo.person.id, net.via, now=NOW)


# Whom they find


async def test_those_who_follow_the_same_issue_in_force_are_found_but_no_colleagues(
    net: Net, work: SqlUnitOfWork, world: World
) -> None:
    other, over = await net.adds("Järnväg"), await net.adds("Gammalt", to_year=2026)
    colleague, gun = await net.joins("Cia", net.luleå), await net.joins("Gun", await world.actor("Gömd AB"))
    (hidden,) = await work.actors.list_of(gun.person.id)
    await work.actors.change(hidden, state=ActorState.REFUSED)
    for issue in (other, over):
        await work.issues.follow(issue.id, net.anna.person.id, NOW)
    assert await net.finds(net.anna) == ["Bo"]
    assert await net.finds(net.bo) == ["Anna", "Cia"]
    assert await net.finds(net.anna, Via(issue_id=other.id)) == []
    for not_theirs in (Via(issue_id=over.id), Via(issue_id=999), Via()):
        with pytest.raises(Outdated):
            await net.finds(net.anna, not_theirs)
    with pytest.raises(Outdated):
        await networks.show(work, net.anna, colleague.person.id, net.via, now=NOW)


async def test_those_who_come_to_the_same_edition_are_found_until_it_is_over(
    net: Net, work: SqlUnitOfWork, world: World
) -> None:
    edition = await world.edition(starts_on=NOW.date() + timedelta(days=1), ends_on=NOW.date() + timedelta(days=2))
    slots = await world.slots(edition, 3)
    dan = await net.joins("Dan", await world.actor("LKAB"), follows=False)
    (lkab,) = await work.actors.list_of(dan.person.id)
    via = Via(edition_id=edition.id)
    await world.booking(edition, net.luleå, slots[0], net.anna.person, BookingState.BOOKED)
    await world.booking(edition, lkab, slots[1], dan.person, BookingState.APPLIED)
    assert await net.finds(net.anna, via) == []
    await world.booking(edition, lkab, slots[2], dan.person, BookingState.BOOKED)
    assert await net.finds(net.anna, via) == ["Dan"]
    home = await networks.home(work, net.anna, now=NOW)
    assert [(e.id, n) for e, n in home.editions] == [(edition.id, 1)]
    with pytest.raises(Outdated):
        await net.finds(net.bo, via)
    with pytest.raises(Outdated):
        await net.finds(net.anna, via, now=NOW + timedelta(days=4))


async def test_long_lists_are_paged(net: Net, work: SqlUnitOfWork, world: World) -> None:
    for number in range(9):
        await net.joins(f"Kim {number}", await world.actor(f"Aktör {number}"))
    assert (await networks.home(work, net.anna, now=NOW)).issues == [(net.issue, 10)]
    last = await networks.circle(work, net.anna, net.via, 1, now=NOW)
    assert said(views.circle(last)) == [
        "De här följer också <b>Elnät</b>",
        "Sida 2 av 2",
        "«Kim 7, Aktör 7»",
        "«Kim 8, Aktör 8»",
        "«‹ Föregående»",
        "«‹ Nätverk»",
    ]


# Asked and answered


async def test_a_request_is_seen_before_it_is_sent_and_a_yes_gives_each_what_both_agreed_to(
    net: Net, work: SqlUnitOfWork
) -> None:
    anna = await work.people.change(net.anna.person, phone="070-1", email="anna@example.org")
    net.anna = replace(net.anna, person=anna)
    begun = await net.begins(net.anna, net.bo.person)
    assert (begun.shares, begun.choices) == (["telegram"], ("telegram", "phone", "email"))
    begun_with_phone = await requests.toggle(work, net.anna, begun.draft.id, "phone", now=NOW)
    assert isinstance(begun_with_phone, Asking)
    assert said(request_views.asking(begun_with_phone)) == [
        "Så här ser Bo frågan:",
        "",
        "Anna, Luleå kommun, vill ha kontakt med dig.",
        f"”{WHY}”",
        "Vid ett ja delas: namn i Telegram, telefon",
        "",
        "Välj vad du delar om svaret blir ja. Vill du ändra raden skriver du en ny.",
        "«✅ Telegram»",
        "«✅ Telefon»",
        "«E-post»",
        "«Skicka frågan»",
        "«‹ Tillbaka»",
    ]
    assert await net.told(net.bo.person) == []
    await requests.send(work, net.anna, begun.draft.id, now=NOW)
    (request,) = await work.contact_requests.list_of_person(anna.id)
    assert await net.told(net.bo.person) == ["contact_asked"]
    notice = await contact_asked(work, net.bo.person, {"request_id": request.id}, NOW)
    assert said(notice) == [
        "Anna, Luleå kommun, vill ha kontakt med dig.",
        f"”{WHY}”",
        "Vid ett ja delas: namn i Telegram, telefon",
        "Säger du nej får den som frågar inte veta det.",
        "«Ja»",
        "«Nej»",
    ]
    assert (await networks.home(work, net.bo, now=LATER)).waiting == 1
    card = await net.agrees(net.bo, request)
    assert said(views.fellow(card)) == [
        "✅ Anna har nu fått det du delar.",
        "",
        "Anna, Luleå kommun",
        "Följer: Elnät",
        "",
        "Så når du Anna:",
        f'• Namn i Telegram: <a href="tg://user?id={anna.user_id}">Anna</a>',
        "• Telefon: 070-1",
        "«‹ Dina kontakter»",
    ]
    assert await net.told(anna) == ["contact_exchanged"]
    assert said(await contact_exchanged(work, anna, {"request_id": request.id}, NOW)) == [
        "✅ Bo, Kiruna kommun, har sagt ja till kontakt.",
        f'• Namn i Telegram: <a href="tg://user?id={net.bo.person.user_id}">Bo</a>',
    ]
    with pytest.raises(Outdated):
        await net.begins(net.anna, net.bo.person, now=AFTER_90_DAYS)


async def test_something_is_shared_of_what_one_has(net: Net, work: SqlUnitOfWork) -> None:
    begun = await net.begins(net.anna, net.bo.person)
    with pytest.raises(NothingShared):
        await requests.toggle(work, net.anna, begun.draft.id, "telegram", now=NOW)
    for not_there in ("phone", "x"):
        with pytest.raises(UnknownChoice):
            await requests.toggle(work, net.anna, begun.draft.id, not_there, now=NOW)
    with pytest.raises(TextTooLong):
        await requests.write(work, net.anna, begun.draft, "a" * 201, now=NOW)
    bo = replace(net.bo, person=await work.people.change(net.bo.person, phone="070-2"))
    await requests.send(work, net.anna, begun.draft.id, now=NOW)
    (request,) = await work.contact_requests.list_of_person(net.anna.person.id)
    answer = await requests.accept(work, bo, request.id, now=NOW)
    both = await requests.toggle(work, bo, answer.draft.id, "phone", now=NOW)
    assert isinstance(both, Answering)
    await requests.toggle(work, bo, answer.draft.id, "telegram", now=NOW)
    await requests.exchange(work, bo, answer.draft.id, now=NOW)
    kept = await work.contact_requests.get(request.id)
    assert (kept.state, kept.from_shares, kept.to_shares) == ("accepted", ("telegram",), ("phone",))
    await work.people.change(bo.person, phone=None)
    card = await networks.show(work, net.anna, net.bo.person.id, net.via, now=LATER)
    assert said(views.fellow(card))[-2:] == ["Bo har tagit bort det som skulle delas.", "«‹ De andra»"]


class Undone(Exception):
    """Takes back what a look wrote."""


async def looks(net: Net, now: datetime) -> dict[str, Any]:
    """All that the asker knows at a time; what looking would write is undone."""
    known: dict[str, Any] = {}
    with suppress(Undone):
        async with net.work.savepoint():
            known = await asker_knows(net, now)
            raise Undone
    return known


async def asker_knows(net: Net, now: datetime) -> dict[str, Any]:
    """Every screen of the asker's, /minadata in words and as JSON, what they were told, and what asking again gives."""
    work, anna, bo = net.work, net.anna, net.bo.person
    own = views.fellow(await networks.show(work, anna, bo.id, net.via, now=now))
    return {
        "home": said(views.home(await networks.home(work, anna, now=now))),
        "list": said(views.circle(await networks.circle(work, anna, net.via, 0, now=now))),
        "card": str(message(own, Reader("sv", now))),
        "contacts": said(views.contacts(await networks.contacts(work, anna, 0, now=now))),
        "in words": said(personal_views.own_data(await personal.own_data(work, anna.person))),
        "as JSON": personal_views.as_json(await personal.own_rows(work, anna.person), now)[1].decode(),
        "told": await net.told(anna.person),
        "asked again": await outcome(requests.ask(work, anna, bo.id, net.via, now=now)),
    }


async def test_a_refused_request_and_an_unanswered_one_are_the_same_to_the_asker(net: Net, work: SqlUnitOfWork) -> None:
    request = await net.asks(net.anna, net.bo.person)
    times = (LATER, BEFORE_90_DAYS, AFTER_90_DAYS)
    unanswered = [await looks(net, now) for now in times]
    await net.refuses(net.bo, request)
    refused = [await looks(net, now) for now in times]
    assert refused == unanswered
    assert [each["asked again"][0] for each in refused] == [
        "Du har redan bett om kontakt. Du kan fråga igen sön 11 april.",
        "Du har redan bett om kontakt. Du kan fråga igen sön 11 april.",
        "Varför vill du ha kontakt med Bo? Skriv en rad, högst 200 tecken.",
    ]
    assert "Be om kontakt" not in refused[1]["card"]
    assert "Be om kontakt" in refused[2]["card"]
    assert (await work.contact_requests.get(request.id)).state == "refused"


async def test_after_a_no_the_asker_may_ask_again_and_the_other_may_still_say_yes(
    net: Net, work: SqlUnitOfWork
) -> None:
    first = await net.asks(net.anna, net.bo.person)
    card = await net.refuses(net.bo, first)
    assert said(views.fellow(card)) == [
        "Du har sagt nej. Anna får inget veta om det.",
        "",
        "Anna, Luleå kommun",
        "Följer: Elnät",
        "",
        "Ville ha kontakt med dig, och du har sagt nej:",
        f"”{WHY}”",
        "Vid ett ja delas: namn i Telegram",
        "«Ja, ändå»",
        "«‹ Dina kontakter»",
    ]
    second = await net.asks(net.anna, net.bo.person, now=AFTER_90_DAYS)
    assert await net.told(net.bo.person) == ["contact_asked", "contact_asked"]
    with pytest.raises(Outdated):  # the first one's card is old
        await requests.accept(work, net.bo, first.id, now=AFTER_90_DAYS)
    await net.refuses(net.bo, second, now=AFTER_90_DAYS)
    await net.agrees(net.bo, second, now=AFTER_90_DAYS)
    assert await net.told(net.anna.person) == ["contact_exchanged"]


async def test_who_is_asked_by_the_other_answers_instead_of_asking(net: Net, work: SqlUnitOfWork) -> None:
    request = await net.asks(net.anna, net.bo.person)
    for answer in (None, net.refuses(net.bo, request)):
        if answer is not None:
            await answer
        with pytest.raises(Outdated) as refusal:
            await requests.ask(work, net.bo, net.anna.person.id, net.via, now=LATER)
        assert refusal.value.fields == {"what": "contact_requests", "id": net.anna.person.id}


async def test_only_the_asked_person_answers_and_only_the_asker_goes_on_with_the_draft(
    net: Net, work: SqlUnitOfWork, world: World
) -> None:
    cilla = await net.joins("Cilla", await world.actor("LKAB"))
    begun = await net.begins(net.anna, net.bo.person)
    with pytest.raises(NotFound):
        await requests.send(work, cilla, begun.draft.id, now=NOW)
    with pytest.raises(NotFound):
        await requests.exchange(work, net.anna, begun.draft.id, now=NOW)
    await requests.send(work, net.anna, begun.draft.id, now=NOW)
    (request,) = await work.contact_requests.list_of_person(net.anna.person.id)
    for seat in (cilla, net.anna):
        with pytest.raises(NotFound):
            await requests.accept(work, seat, request.id, now=NOW)
        with pytest.raises(NotFound):
            await net.refuses(seat, request)
    with pytest.raises(NotFound):
        await requests.send(work, net.anna, begun.draft.id, now=NOW)


async def test_so_many_are_asked_in_a_day_and_a_night_and_no_more(net: Net, work: SqlUnitOfWork, world: World) -> None:
    people = [(await net.joins(f"Kim {n}", await world.actor(f"Aktör {n}"))).person for n in range(6)]
    for hour, person in enumerate(people[:5]):
        await net.asks(net.anna, person, now=NOW + timedelta(hours=hour))
    begun = networks.show(work, net.anna, people[5].id, net.via, now=NOW)
    assert (await begun).may_ask
    with pytest.raises(AskedMany):
        await net.begins(net.anna, people[5], now=NOW + timedelta(hours=23))
    await net.asks(net.anna, people[5], now=NOW + timedelta(hours=24))
    with pytest.raises(AskedBefore):
        await net.begins(net.anna, people[5], now=NOW + timedelta(days=3))


# Withdrawn


async def test_a_consent_taken_back_is_gone_at_the_next_press_from_every_card(net: Net, work: SqlUnitOfWork) -> None:
    begun = await net.begins(net.anna, net.bo.person)
    await networks.set_shown(work, net.bo, on=False, now=NOW)
    for old_card in (
        requests.write(work, net.anna, begun.draft, WHY, now=NOW),
        requests.toggle(work, net.anna, begun.draft.id, "telegram", now=NOW),
        requests.send(work, net.anna, begun.draft.id, now=NOW),
        networks.show(work, net.anna, net.bo.person.id, net.via, now=NOW),
        requests.ask(work, net.anna, net.bo.person.id, net.via, now=NOW),
    ):
        with pytest.raises(Outdated) as refusal:
            await old_card
        assert refusal.value.fields == {"what": "networks", "id": net.anna.person.id}
    assert await net.finds(net.anna) == []
    home = said(views.home(await networks.home(work, net.anna, now=NOW)))
    assert not any("Bo" in line for line in home)
    assert await work.contact_requests.list_of_person(net.anna.person.id) == []
    with pytest.raises(NotShown):
        await net.finds(net.bo)


async def test_a_request_rests_while_the_asker_is_not_shown(net: Net, work: SqlUnitOfWork) -> None:
    request = await net.asks(net.anna, net.bo.person)
    answer = await requests.accept(work, net.bo, request.id, now=NOW)
    await networks.set_shown(work, net.anna, on=False, now=NOW)
    with pytest.raises(Outdated):  # then nothing is sent
        await contact_asked(work, net.bo.person, {"request_id": request.id}, NOW)
    assert (await networks.home(work, net.bo, now=NOW)).waiting == 0
    for old_card in (
        requests.accept(work, net.bo, request.id, now=NOW),
        net.refuses(net.bo, request),
        requests.exchange(work, net.bo, answer.draft.id, now=NOW),
    ):
        with pytest.raises((Outdated, NotFound)):
            await old_card
    assert (await work.contact_requests.get(request.id)).state == "asked"
    await networks.set_shown(work, net.anna, on=True, now=NOW)
    await net.agrees(net.bo, request)
    assert await net.told(net.anna.person) == ["contact_exchanged"]


async def test_who_was_asked_and_hides_is_asked_to_be_shown_before_answering(net: Net, work: SqlUnitOfWork) -> None:
    request = await net.asks(net.anna, net.bo.person)
    await networks.set_shown(work, net.bo, on=False, now=NOW)
    assert await contact_asked(work, net.bo.person, {"request_id": request.id}, NOW) is None
    with pytest.raises(NotShown):
        await requests.accept(work, net.bo, request.id, now=NOW)
    home = said(views.home(await networks.home(work, net.bo, now=NOW)))
    assert "1 person har bett dig om kontakt. Du kan svara när du syns." in home
    await networks.set_shown(work, net.bo, on=True, now=NOW)
    await net.agrees(net.bo, request)
    assert (await work.contact_requests.get(request.id)).state == "accepted"


# Kept, counted, and forgotten


async def test_what_is_written_is_what_the_report_counts_also_when_the_time_is_out(
    net: Net, work: SqlUnitOfWork, world: World
) -> None:
    edition = await world.edition()
    slots = await world.slots(edition, 2)
    await world.booking(edition, net.luleå, slots[0], net.anna.person, BookingState.BOOKED)
    await world.booking(edition, net.kiruna, slots[1], net.bo.person, BookingState.BOOKED)
    begun = await requests.ask(work, net.anna, net.bo.person.id, Via(edition_id=edition.id), now=NOW)
    begun = await requests.write(work, net.anna, begun.draft, WHY, now=NOW)
    await requests.send(work, net.anna, begun.draft.id, now=NOW)
    (request,) = await work.contact_requests.list_of_person(net.anna.person.id)
    await net.agrees(net.bo, request)
    counted = (await work.report.source()).contact_requests
    assert [(r.edition_id, r.state, r.asked_at) for r in counted] == [(edition.id, "accepted", NOW)]
    months = {"request_months": 12, "line_months": 24, "kept_by_law": frozenset[str]()}
    ended = await personal.expire(work, **months, now=NOW + timedelta(days=400))  # type: ignore[arg-type]  # mixed
    assert ended == len(("the request", "who asked, in the record of acts", "who said yes, likewise"))
    kept = await work.contact_requests.get(request.id)
    assert (kept.from_person_id, kept.to_person_id, kept.why) == (None, None, None)
    assert (await work.report.source()).contact_requests == counted
    card = await networks.show(work, net.anna, net.bo.person.id, net.via, now=NOW + timedelta(days=400))
    assert card.may_ask


async def test_who_is_forgotten_is_no_longer_shown_and_the_request_stays_unanswered(
    net: Net, work: SqlUnitOfWork
) -> None:
    request = await net.asks(net.anna, net.bo.person)
    counted = (await work.report.source()).contact_requests
    await personal.forget(work, net.bo.person, net.bo.chat_id, now=LATER)
    assert await net.finds(net.anna) == []
    await work.personal.erase(await work.people.get(net.bo.person.id), keep=frozenset(), now=LATER)
    assert (await work.report.source()).contact_requests == counted
    assert (await networks.contacts(work, net.anna, 0, now=LATER)).page.items == []
    (row,) = (await personal.own_rows(work, net.anna.person))["contact_requests"]
    assert (row["state"], row["answered_at"], row["why"]) == ("sent", None, None)
    assert await contact_exchanged(work, net.anna.person, {"request_id": request.id}, LATER) is None
