"""«Så gjorde vi» on both databases: told by the owner, read and asked about by others, answered once, gone when withdrawn."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.answers import FileWanted, UnknownChoice
from bot.domain.errors import DomainError, NotAllowed, NotFound, Outdated, StepSkipped
from bot.domain.evaluation import NotOverYet
from bot.domain.figures import of_years
from bot.domain.figures.report import compute
from bot.domain.membership import TextTooLong
from bot.domain.methods import LINE_MAX, Narrowing, NobodyToAsk, QuestionsMany
from bot.domain.model import Activity, Actor, BookingState, Edition, Issue, MemberState, MethodQuestion
from bot.domain.results.methods import AnsweringQuestion, MethodCard, QuestionView, Telling
from bot.domain.seat import Seat
from bot.services import announcements, merging, methods
from bot.services import method_questions as questions
from bot.services import method_telling as telling
from bot.views import method_questions as question_views
from bot.views import methods as views
from bot.views.screen import Kept, Reader, message
from handlers.methods import method_answered, method_asked
from storage import schema
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from storage.units import DatabaseUnits
from tests.services.conftest import NOW, World, on_both_databases
from tests.services.test_networks import said

AFTER = datetime(2027, 7, 1, 12, tzinfo=UTC)
LATER = AFTER + timedelta(hours=1)
LINES = ("Vi frågade publiken först.", "Alla vågade prata.", "Kortare inledning.")
FILE = {"file_id": "f1", "name": "körschema.pdf", "size": 9, "kind": "document"}

work = on_both_databases


class Fair:
    """Anna and Bo of Luleå, whose activity was on 29 June; Dan of Kiruna reads; Karin runs the arena."""

    def __init__(self, work: SqlUnitOfWork, world: World) -> None:
        self.work, self.world = work, world
        self.edition: Edition
        self.luleå: Actor
        self.kiruna: Actor
        self.activity: Activity
        self.slots: list[int]

    async def begin(self) -> "Fair":
        self.edition = await self.world.edition()
        self.slots = await self.world.slots(self.edition, 12)
        self.luleå, self.kiruna = await self.world.actor("Luleå kommun"), await self.world.actor("Kiruna kommun")
        self.anna, self.bo = await self.joins("Anna", self.luleå), await self.joins("Bo", self.luleå)
        self.dan = await self.joins("Dan", self.kiruna)
        self.karin = await self.world.seat(await self.world.coordinator(arena_id=self.edition.arena_id))
        self.activity = await self.holds(self.luleå)
        return self

    async def joins(self, name: str, actor: Actor, state: MemberState = MemberState.ACTIVE) -> Seat:
        person = await self.world.person(name)
        await self.work.members.add(actor_id=actor.id, person_id=person.id, state=state, since_at=NOW)
        return await self.world.seat(person)

    async def leaves(self, seat: Seat) -> None:
        for member in await self.work.members.list_of_person(seat.person.id):
            await self.work.members.change(member, state=MemberState.ENDED)

    async def holds(self, actor: Actor, kind: str = "conversation", issue: Issue | None = None) -> Activity:
        slot_id, owner = self.slots.pop(0), self.anna.person
        booking = await self.world.booking(self.edition, actor, slot_id, owner, BookingState.BOOKED)
        activity = await self.work.activities.get(booking.activity_id)
        if issue is not None:
            await self.work.session.run(
                schema.aims.insert().values(activity_id=activity.id, issue_id=issue.id, named_by="actor", named_at=NOW)
            )
        return await self.work.activities.change(activity, kind=kind)

    async def tells(self, seat: Seat | None = None, activity: Activity | None = None) -> MethodCard:
        who, about = seat or self.anna, activity or self.activity
        step: Telling | MethodCard = await telling.start(self.work, who, about.id, now=AFTER)
        for line in LINES:
            assert isinstance(step, Telling)
            step = await telling.write(self.work, who, step.draft, line, now=AFTER)
        assert isinstance(step, MethodCard)
        return step

    async def asks(self, seat: Seat, method_id: int, text: str = "Hur då?", *, now: datetime = AFTER) -> MethodQuestion:
        begun = await questions.ask(self.work, seat, method_id, now=now)
        await questions.write(self.work, seat, begun.draft, text, now=now)
        return (await self.work.method_questions.list_of_person(seat.person.id))[0]

    async def answers(self, seat: Seat, question: MethodQuestion, text: str) -> QuestionView:
        begun = await questions.ask_answer(self.work, seat, question.id, now=LATER)
        assert isinstance(begun, AnsweringQuestion)
        done = await questions.write(self.work, seat, begun.draft, text, now=LATER)
        assert isinstance(done, QuestionView)
        return done

    async def told(self, name: str) -> list[int]:
        rows = await self.work.session.rows(schema.outbox.select().order_by(schema.outbox.c.id))
        return [row.person_id for row in rows if row.payload.get("name") == name]


@pytest.fixture
async def fair(work: SqlUnitOfWork, world: World) -> Fair:
    """An activity that has taken place."""
    return await Fair(work, world).begin()


async def refused(asking: Awaitable[Any]) -> type[DomainError] | None:
    """Why something may not be done, if it may not."""
    try:
        await asking
    except DomainError as refusal:
        return type(refusal)
    return None


# Told


async def test_three_lines_are_shared_under_the_actors_name_and_others_read_them(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    step = await telling.start(work, fair.anna, fair.activity.id, now=AFTER)
    assert isinstance(step, Telling)
    assert said(views.step(step), AFTER) == [
        f"Så gjorde vi: <b>{fair.activity.title}</b>",
        "Tre rader. Andra aktörer och samordnarna kan läsa dem, i ert namn och inte i ditt.",
        "",
        "1 av 3. Vad gjorde ni? Högst 300 tecken.",
        "«Inte nu»",
    ]
    card = await fair.tells()
    assert (card.said, card.owns, card.asks, card.lifts) == ("shared", True, False, False)
    read = await methods.show(work, fair.dan, card.shared.method.id, now=LATER)
    assert said(views.card(read), LATER) == [
        f"<b>{fair.activity.title}</b>",
        "Luleå kommun · Norrbotten i Almedalen 2027",
        "Samtal",
        "",
        "Vi gjorde: Vi frågade publiken först.",
        "Det fungerade: Alla vågade prata.",
        "Det skulle vi ändra: Kortare inledning.",
        "«Fråga dem»",
        "«‹ Så gjorde vi»",
    ]


async def test_all_but_the_first_line_can_be_skipped(fair: Fair, work: SqlUnitOfWork) -> None:
    step = await telling.start(work, fair.anna, fair.activity.id, now=AFTER)
    assert isinstance(step, Telling)
    with pytest.raises(StepSkipped):
        await telling.skip(work, fair.anna, step.draft.id, now=AFTER)
    with pytest.raises(TextTooLong):
        await telling.write(work, fair.anna, step.draft, "x" * (LINE_MAX + 1), now=AFTER)
    step = await telling.write(work, fair.anna, step.draft, LINES[0], now=AFTER)
    for _ in range(2):
        assert isinstance(step, Telling)
        step = await telling.skip(work, fair.anna, step.draft.id, now=AFTER)
    assert isinstance(step, MethodCard)
    method = step.shared.method
    assert (method.did, method.worked, method.change, method.person_id) == (LINES[0], "", "", fair.anna.person.id)


async def test_a_colleague_changes_lines_and_the_file_is_kept_replaced_and_taken_away(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    method_id = (await fair.tells()).shared.method.id
    with pytest.raises(UnknownChoice):
        await telling.ask_change(work, fair.bo, method_id, "shared_at", now=LATER)
    line = await telling.ask_change(work, fair.bo, method_id, "worked", now=LATER)
    card = await telling.write(work, fair.bo, line.draft, "Frågorna kom först.", now=LATER)
    assert isinstance(card, MethodCard)
    assert (card.said, card.shared.method.worked) == ("changed", "Frågorna kom först.")
    asked = await telling.ask_change(work, fair.bo, method_id, "file", now=LATER)
    with pytest.raises(FileWanted):
        await telling.write(work, fair.bo, asked.draft, "filen", now=LATER)
    card = await telling.take_file(work, fair.bo, asked.draft, FILE, now=LATER)
    kept = card.shared.method
    assert (kept.file_id, kept.file_name, kept.file_kind) == ("f1", "körschema.pdf", "document")
    shown = views.with_file(await methods.show_file(work, fair.dan, method_id, now=LATER))
    assert [(each.file_id, each.photo) for each in shown.below if isinstance(each, Kept)] == [("f1", False)]
    asked = await telling.ask_change(work, fair.anna, method_id, "file", now=LATER)
    gone = await telling.skip(work, fair.anna, asked.draft.id, now=LATER)
    assert isinstance(gone, MethodCard)
    assert gone.shared.method.file_id is None
    assert await refused(methods.show_file(work, fair.dan, method_id, now=LATER)) is Outdated


async def test_a_file_that_no_file_was_asked_for_is_no_line(fair: Fair, work: SqlUnitOfWork) -> None:
    step = await telling.start(work, fair.anna, fair.activity.id, now=AFTER)
    assert isinstance(step, Telling)
    with pytest.raises(StepSkipped):
        await telling.take_file(work, fair.anna, step.draft, FILE, now=AFTER)


async def test_only_what_took_place_can_be_told_of(fair: Fair, work: SqlUnitOfWork) -> None:
    assert await refused(telling.start(work, fair.anna, fair.activity.id, now=NOW)) is NotOverYet
    await work.evaluations.add(
        activity_id=fair.activity.id, actor_id=fair.luleå.id, held=False, given_by="actor", answered_at=AFTER
    )
    assert await refused(telling.start(work, fair.anna, fair.activity.id, now=AFTER)) is NotAllowed
    assert await refused(telling.start(work, fair.anna, 999, now=AFTER)) is NotFound
    assert (await methods.browse(work, fair.anna, now=AFTER)).unshared == []


async def test_of_two_colleagues_who_tell_at_once_the_first_stands(fair: Fair, work: SqlUnitOfWork) -> None:
    begun = await telling.start(work, fair.bo, fair.activity.id, now=AFTER)
    assert isinstance(begun, Telling)
    second = await telling.write(work, fair.bo, begun.draft, "Något annat", now=AFTER)
    assert isinstance(second, Telling)
    last = await telling.skip(work, fair.bo, second.draft.id, now=AFTER)
    assert isinstance(last, Telling)
    first = (await fair.tells()).shared.method
    with pytest.raises(Outdated) as raised:
        await telling.skip(work, fair.bo, last.draft.id, now=AFTER)
    assert raised.value.fields == {"what": "methods", "id": first.id}
    again = await telling.start(work, fair.bo, fair.activity.id, now=LATER)
    assert isinstance(again, MethodCard)
    assert (again.shared.method, again.said) == (first, None)


async def test_who_is_not_the_owners_active_contact_can_neither_tell_nor_change(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    method = (await fair.tells()).shared.method
    other = await fair.holds(fair.luleå)
    newcomer = await fair.joins("Nils", fair.luleå, MemberState.REQUESTED)
    follower = await fair.world.seat(await fair.world.person("Frida"))
    await work.activities.follow(other.id, follower.person.id)
    left = await fair.joins("Lisa", fair.luleå)
    begun = await telling.start(work, left, other.id, now=AFTER)
    assert isinstance(begun, Telling)
    await fair.leaves(left)
    assert await refused(telling.write(work, left, begun.draft, LINES[0], now=AFTER)) is NotAllowed
    for seat in (newcomer, follower, left, fair.dan, fair.karin):
        assert [
            await refused(telling.start(work, seat, other.id, now=AFTER)),
            await refused(telling.ask_change(work, seat, method.id, "did", now=AFTER)),
            await refused(telling.set_shared(work, seat, method.id, method.revision, on=False, now=AFTER)),
        ] == [NotAllowed] * 3
    assert await work.methods.of(fair.activity.id) == method


# Withdrawn


async def test_what_is_withdrawn_says_so_on_every_old_button_and_can_be_shared_again(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    card = await fair.tells()
    method = card.shared.method
    begun = await questions.ask(work, fair.dan, method.id, now=AFTER)
    gone = await telling.set_shared(work, fair.bo, method.id, method.revision, on=False, now=AFTER)
    assert said(views.card(gone), AFTER)[0] == "Tillbakadraget. Ingen annan ser det längre."
    assert await refused(telling.set_shared(work, fair.bo, method.id, method.revision, on=False, now=AFTER)) is Outdated
    assert (await methods.browse(work, fair.dan, now=AFTER)).page.items == []
    assert said(views.card(await methods.show(work, fair.dan, method.id, now=AFTER)), AFTER) == [
        f"<b>{fair.activity.title}</b>",
        "Luleå kommun · Norrbotten i Almedalen 2027",
        "De har dragit tillbaka det.",
        "«‹ Så gjorde vi»",
    ]
    assert [
        await refused(questions.ask(work, fair.dan, method.id, now=AFTER)),
        await refused(questions.write(work, fair.dan, begun.draft, "Hur?", now=AFTER)),
        await refused(methods.show_file(work, fair.dan, method.id, now=AFTER)),
        await refused(methods.lift(work, fair.karin.person, method.id)),
    ] == [Outdated] * 4
    back = await telling.set_shared(work, fair.anna, method.id, gone.shared.method.revision, on=True, now=LATER)
    assert (back.said, back.shared.method.withdrawn_at, back.shared.method.shared_at) == ("shared", None, AFTER)
    assert [each.method.id for each in (await methods.browse(work, fair.dan, now=LATER)).page.items] == [method.id]


# Read


async def test_the_list_is_narrowed_by_arena_kind_and_issue(fair: Fair, work: SqlUnitOfWork) -> None:
    issue = await work.issues.add(
        title={"sv": "Elnät"}, paragraph={}, from_year=2026, example=False, position=1, created_at=NOW
    )
    told = [fair.activity, await fair.holds(fair.luleå, "workshop", issue), await fair.holds(fair.luleå, "workshop")]
    for activity in told:
        await fair.tells(activity=activity)

    async def found(narrowing: Narrowing) -> list[int]:
        return [e.activity.id for e in (await methods.browse(work, fair.dan, narrowing, now=AFTER)).page.items]

    first, second, third = [activity.id for activity in told]
    assert await found(Narrowing()) == [third, second, first]
    assert await found(Narrowing(arena_id=fair.edition.arena_id)) == [third, second, first]
    assert await found(Narrowing(arena_id=fair.edition.arena_id + 1)) == []
    assert await found(Narrowing(kind="workshop")) == [third, second]
    assert await found(Narrowing(kind="workshop", issue_id=issue.id)) == [second]
    kinds = await methods.narrow(work, fair.dan, "kind", Narrowing(), now=AFTER)
    assert kinds.kinds == [("workshop", 2), ("conversation", 1)]
    by_issue = await methods.narrow(work, fair.dan, "issue", Narrowing(kind="conversation"), now=AFTER)
    assert said(views.narrower(by_issue)) == ["Här finns inget att välja på.", "«‹ Tillbaka»"]
    with pytest.raises(UnknownChoice):
        await methods.narrow(work, fair.dan, "actor", Narrowing(), now=AFTER)


async def test_the_list_turns_its_pages_and_names_what_the_reader_could_tell_of(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    for _ in range(methods.PAGE):
        await fair.tells(activity=await fair.holds(fair.luleå))
    first = await methods.browse(work, fair.anna, now=AFTER)
    assert (len(first.page.items), first.page.count) == (5, 1)
    assert [view.activity.id for view in first.unshared] == [fair.activity.id]
    await fair.tells()
    second = await methods.browse(work, fair.anna, Narrowing(), 1, now=AFTER)
    assert (len(second.page.items), second.page.count, second.unshared) == (1, 2, [])


async def test_who_takes_no_part_reads_nothing(fair: Fair, work: SqlUnitOfWork) -> None:
    method_id = (await fair.tells()).shared.method.id
    stranger = await fair.world.seat(await fair.world.person("Sven"))
    listed = await methods.browse(work, stranger, now=AFTER)
    assert said(views.listed(listed))[1:] == [
        "Här berättar aktörerna för varandra hur de gjorde. Du företräder ingen än; skriv /start så ordnar vi det.",
        "«‹ Hem»",
    ]
    assert await refused(methods.show(work, stranger, method_id, now=AFTER)) is NotAllowed
    assert await refused(methods.narrow(work, stranger, "arena", Narrowing(), now=AFTER)) is NotAllowed
    assert await refused(questions.ask(work, stranger, method_id, now=AFTER)) is NotAllowed


# Asked about


async def test_a_question_comes_under_the_askers_actors_name_and_the_answer_back(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    method_id = (await fair.tells()).shared.method.id
    begun = await questions.ask(work, fair.dan, method_id, now=AFTER)
    assert said(question_views.asking(begun))[1] == (
        "Luleå kommun ser att frågan kommer från Kiruna kommun. Ditt namn syns inte."
    )
    sent = await questions.write(work, fair.dan, begun.draft, "Hur fick ni dem\natt våga?", now=AFTER)
    assert isinstance(sent, MethodCard)
    assert sent.said == "asked"
    assert await fair.told("method_asked") == [fair.anna.person.id, fair.bo.person.id]
    (question,) = await work.method_questions.list_of_person(fair.dan.person.id)
    told = await method_asked(work, fair.bo.person, {"question_id": question.id}, AFTER)
    assert said(told, AFTER) == [
        f"Kiruna kommun frågar om <b>{fair.activity.title}</b>:",
        "”Hur fick ni dem",
        "att våga?”",
        "«Svara»",
        "«Visa raderna»",
    ]
    done = await fair.answers(fair.bo, question, "Vi började med en lek.")
    assert (done.late, done.question.answered_by, done.question.answered_at) == (False, fair.bo.person.id, LATER)
    assert await fair.told("method_answered") == [fair.dan.person.id]
    back = await method_answered(work, fair.dan.person, {"question_id": question.id}, LATER)
    assert said(back, LATER) == [
        f"Luleå kommun har svarat om <b>{fair.activity.title}</b>.",
        "Du frågade: ”Hur fick ni dem",
        "att våga?”",
        "<b>Luleå kommun:</b> ”Vi började med en lek.”",
        "«Visa raderna»",
    ]


async def test_one_answers_and_a_colleague_sees_who(fair: Fair, work: SqlUnitOfWork) -> None:
    question = await fair.asks(fair.dan, (await fair.tells()).shared.method.id)
    begun = await questions.ask_answer(work, fair.anna, question.id, now=LATER)
    assert isinstance(begun, AnsweringQuestion)
    await fair.answers(fair.bo, question, "Med en lek.")
    assert await method_asked(work, fair.anna.person, {"question_id": question.id}, LATER) is None
    late = await questions.write(work, fair.anna, begun.draft, "Med tålamod.", now=LATER)
    assert isinstance(late, QuestionView)
    assert said(question_views.answered(late), LATER)[0] == "Bo har redan svarat."
    kept = await work.method_questions.get(question.id)
    assert (kept.answer, kept.answered_by) == ("Med en lek.", fair.bo.person.id)
    assert await fair.told("method_answered") == [fair.dan.person.id]


async def test_a_question_waits_on_the_authors_card_until_it_is_answered(fair: Fair, work: SqlUnitOfWork) -> None:
    method_id = (await fair.tells()).shared.method.id
    question = await fair.asks(fair.dan, method_id, "Hur många var ni?")
    card = views.card(await methods.show(work, fair.anna, method_id, now=LATER))
    assert "1 fråga väntar på ert svar." in said(card, LATER)
    assert "«Svara: Hur många var ni?»" in said(card, LATER)
    await fair.answers(fair.anna, question, "Tre.")
    assert (await methods.show(work, fair.bo, method_id, now=LATER)).waiting == []


async def test_who_asks_chooses_for_whom_and_a_coordinator_asks_as_one(fair: Fair, work: SqlUnitOfWork) -> None:
    method_id = (await fair.tells()).shared.method.id
    pajala = await fair.world.actor("Pajala kommun")
    await work.members.add(actor_id=pajala.id, person_id=fair.dan.person.id, state=MemberState.ACTIVE, since_at=NOW)
    begun = await questions.ask(work, fair.dan, method_id, pajala.id, now=AFTER)
    assert (begun.asker, begun.others) == (pajala, [fair.kiruna])
    assert await refused(questions.ask(work, fair.dan, method_id, fair.luleå.id, now=AFTER)) is NotAllowed
    by_karin = await questions.ask(work, fair.karin, method_id, now=AFTER)
    assert by_karin.asker is None
    question = await fair.asks(fair.karin, method_id)
    assert said(await method_asked(work, fair.anna.person, {"question_id": question.id}, AFTER))[0] == (
        f"En samordnare på Region Norrbotten frågar om <b>{fair.activity.title}</b>:"
    )


async def test_who_may_not_ask_or_answer_is_told_why(fair: Fair, work: SqlUnitOfWork) -> None:
    method_id = (await fair.tells()).shared.method.id
    assert await refused(questions.ask(work, fair.bo, method_id, now=AFTER)) is NotAllowed
    question = await fair.asks(fair.dan, method_id)
    newcomer = await fair.joins("Nils", fair.luleå, MemberState.REQUESTED)
    answering = await questions.ask_answer(work, fair.bo, question.id, now=AFTER)
    assert isinstance(answering, AnsweringQuestion)
    await fair.leaves(fair.bo)
    for seat in (fair.bo, newcomer, fair.dan, fair.karin):
        assert await refused(questions.ask_answer(work, seat, question.id, now=AFTER)) is NotAllowed
    assert await refused(questions.write(work, fair.bo, answering.draft, "Så här.", now=AFTER)) is NotAllowed
    assert await method_asked(work, fair.bo.person, {"question_id": question.id}, AFTER) is None
    begun = await questions.ask(work, fair.dan, method_id, now=AFTER)
    await fair.leaves(fair.dan)
    assert await refused(questions.write(work, fair.dan, begun.draft, "Hur?", now=AFTER)) is NotAllowed
    await fair.leaves(fair.anna)
    assert await refused(questions.ask(work, fair.karin, method_id, now=AFTER)) is NobodyToAsk
    card = await methods.show(work, fair.karin, method_id, now=AFTER)
    assert (card.asks, card.nobody) == (False, True)
    assert "Ingen hos Luleå kommun är i Telegram än" in message(views.card(card), Reader("sv", AFTER))["text"]


async def test_a_person_asks_five_times_a_day_and_no_more(fair: Fair, work: SqlUnitOfWork) -> None:
    method_id = (await fair.tells()).shared.method.id
    for _ in range(5):
        await fair.asks(fair.dan, method_id)
    assert await refused(questions.ask(work, fair.dan, method_id, now=AFTER)) is QuestionsMany
    await fair.asks(fair.dan, method_id, now=AFTER + timedelta(hours=24))


async def test_of_two_answers_at_once_one_is_kept_and_told(database: Database) -> None:
    units = DatabaseUnits(database)
    async with units.begin() as work:
        fair = await Fair(work, World(work)).begin()
        question = await fair.asks(fair.dan, (await fair.tells()).shared.method.id)
        begun = [await questions.ask_answer(work, seat, question.id, now=LATER) for seat in (fair.anna, fair.bo)]

    async def answers(seat: Seat, begun: AnsweringQuestion | QuestionView, text: str) -> bool:
        assert isinstance(begun, AnsweringQuestion)
        async with units.begin() as work:
            done = await questions.write(work, seat, begun.draft, text, now=LATER)
            assert isinstance(done, QuestionView)
            return done.late

    seats, texts = (fair.anna, fair.bo), ("Annas", "Bos")
    late = await asyncio.gather(*map(answers, seats, begun, texts))
    assert sorted(late) == [False, True]
    first = late.index(False)
    async with units.read() as work:
        kept = await work.method_questions.get(question.id)
        assert (kept.answer, kept.answered_by) == (texts[first], seats[first].person.id)
        rows = await work.session.rows(schema.outbox.select())
        assert [row.person_id for row in rows if row.payload.get("name") == "method_answered"] == [fair.dan.person.id]


# Lifted


async def test_a_coordinator_of_the_arena_lifts_it_in_an_announcement_with_its_words(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    method_id = (await fair.tells()).shared.method.id
    other = await fair.world.coordinator("Olof", (await fair.world.edition()).arena_id)
    assert await refused(methods.lift(work, other, method_id)) is NotAllowed
    assert await refused(methods.lift(work, fair.anna.person, method_id)) is NotAllowed
    assert (await methods.show(work, fair.karin, method_id, now=AFTER)).lifts
    shared = await methods.lift(work, fair.karin.person, method_id)
    words = views.lifted(shared, Reader("sv", AFTER))
    assert words["sv"].splitlines() == [
        f"Så gjorde Luleå kommun med {fair.activity.title} (Norrbotten i Almedalen 2027)",
        "",
        "Vi gjorde: Vi frågade publiken först.",
        "Det fungerade: Alla vågade prata.",
        "Det skulle vi ändra: Kortare inledning.",
        "",
        "Under /metoder finns fler, och där kan du fråga Luleå kommun.",
    ]
    begun = await announcements.begin_with(work, fair.karin, words, now=AFTER)
    contents = begun.draft.data["contents"]
    assert {language: content["params"]["text"] for language, content in contents.items()} == words
    assert await refused(announcements.begin_with(work, fair.dan, words, now=AFTER)) is NotAllowed


# What stays, and what goes


async def shown(work: SqlUnitOfWork) -> dict[str, tuple[Any, Any]]:
    """The figures about methods."""
    report = compute(await work.report.source(), of_years(2027, 2027), now=LATER)
    return {key: (f.value, f.of) for key, f in report.figures.items() if key.startswith("methods.")}


async def test_figures_count_what_was_told_and_asked_and_stay_when_people_are_forgotten(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    method = (await fair.tells()).shared.method
    withdrawn = (await fair.tells(activity=await fair.holds(fair.luleå))).shared.method
    await telling.set_shared(work, fair.anna, withdrawn.id, withdrawn.revision, on=False, now=LATER)
    await fair.tells(fair.dan, await fair.holds(fair.kiruna))
    await fair.answers(fair.anna, await fair.asks(fair.dan, method.id, "hemligt"), "också hemligt")
    await fair.asks(fair.karin, method.id, "hemligt också")
    counted = {
        "methods.shared": (2, None),
        "methods.actors": (2, None),
        "methods.asked_about": (1, 2),
        "methods.questions": (2, None),
    }
    assert await shown(work) == counted
    for seat in (fair.anna, fair.dan):
        await work.personal.erase(seat.person, keep=frozenset(), now=LATER)
    assert await shown(work) == counted
    rows = await work.session.rows(schema.method_questions.select().order_by(schema.method_questions.c.id))
    emptied = [(row.text, row.answer, row.person_id, row.answered_by) for row in rows]
    assert emptied == [(None, None, None, None), ("hemligt också", None, fair.karin.person.id, None)]
    kept = await work.methods.of(fair.activity.id)
    assert kept is not None
    assert (kept.person_id, kept.did) == (None, LINES[0])


async def test_a_name_in_what_was_told_goes_with_its_owner(fair: Fair, work: SqlUnitOfWork) -> None:
    method_id = (await fair.tells()).shared.method.id
    line = await telling.ask_change(work, fair.bo, method_id, "did", now=AFTER)
    await telling.write(work, fair.bo, line.draft, "Anna ledde samtalet.", now=AFTER)
    await fair.asks(fair.dan, method_id, "Hur gjorde Anna?")
    await work.personal.erase(fair.anna.person, keep=frozenset(), now=LATER)
    method = await work.methods.get(method_id)
    (question,) = await work.method_questions.list_waiting(method_id)
    assert (method.did, question.text) == ("– ledde samtalet.", "Hur gjorde –?")


async def test_words_older_than_they_are_kept_are_emptied_and_can_no_more_be_answered(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    question = await fair.asks(fair.dan, (await fair.tells()).shared.method.id)
    before = await shown(work)
    await work.personal.expire(requests_before=LATER, lines_before=LATER, keep=frozenset(), now=LATER)
    assert await shown(work) == before
    assert await refused(questions.ask_answer(work, fair.anna, question.id, now=LATER)) is Outdated
    assert await refused(method_asked(work, fair.anna.person, {"question_id": question.id}, LATER)) is Outdated


async def test_what_two_doubles_told_and_asked_is_the_remaining_actors(fair: Fair, work: SqlUnitOfWork) -> None:
    method_id = (await fair.tells()).shared.method.id
    chief = await fair.world.seat(await fair.world.coordinator("Greta"))
    into = await fair.world.actor("Luleå")
    begun = await merging.ask_double(work, chief, fair.luleå.id, now=AFTER)
    await merging.preview(work, chief, begun.draft.id, into.id, now=AFTER)
    await merging.merge(work, chief, begun.draft.id, now=AFTER)
    card = await methods.show(work, fair.anna, method_id, now=AFTER)
    assert (card.owns, card.shared.actor.id) == (True, into.id)
