"""Evaluations on both databases: one answer for an activity, each person's of an edition, and who was asked."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.answers import NotANumber, UnknownChoice
from bot.domain.errors import NotAllowed, NotFound, Outdated
from bot.domain.evaluation import AMBASSADOR, EDITION, EVALUATION, AnsweredByActor, NotAnEarlierResult, NotOverYet
from bot.domain.figures import Basis, Figure
from bot.domain.model import Actor, Booking, BookingState, Edition, GivenBy, MemberState, Person
from bot.domain.outgoing import Dead, Priority
from bot.domain.ports.delivery import Finished
from bot.domain.results.evaluations import Evaluating
from bot.domain.results.reminders import EditionOver, Reminded, ToEvaluate
from bot.domain.seat import Seat
from bot.services import edition_evaluations as of_edition
from bot.services import evaluation_results as results
from bot.services import evaluations, plans, reminders, replanning
from bot.views.edition_evaluations import evaluating
from bot.views.reminders import reminder
from bot.views.screen import Reader, Screen, keyboard
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World, on_both_databases
from tests.services.test_reminders import Days, stockholm

AFTER = stockholm(7, 1, 12)
ASKED, REMINDED = stockholm(7, 5, 10), stockholm(8, 16, 10)

work = on_both_databases


class Fair:
    """Anna and Bo of Luleå, whose activity was on 29 June; Karin runs the arena."""

    def __init__(self, work: SqlUnitOfWork, world: World) -> None:
        self.work, self.world = work, world
        self.edition: Edition
        self.actor: Actor
        self.slots: list[int]

    async def begin(self, **fields: object) -> "Fair":
        self.edition = await self.world.edition(starts_on=date(2027, 6, 28), ends_on=date(2027, 6, 30), **fields)
        self.actor = await self.world.actor("Luleå kommun")
        self.slots = await self.world.slots(self.edition, 6)
        self.anna, self.bo = await self.person("Anna"), await self.person("Bo")
        self.karin = await self.world.coordinator(arena_id=self.edition.arena_id)
        return self

    async def person(self, name: str, actor: Actor | None = None) -> Person:
        person = await self.world.person(name)
        actor_id = (actor or self.actor).id
        await self.work.members.add(actor_id=actor_id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
        return person

    async def books(self, slot: int = 0, actor: Actor | None = None, person: Person | None = None) -> Booking:
        booking = await self.world.booking(
            self.edition, actor or self.actor, self.slots[slot], person or self.anna, BookingState.BOOKED
        )
        await replanning.replan_edition(self.work, self.edition.id, now=NOW)
        return booking

    async def answers(self, seat: Seat, booking: Booking, *, came: int = 30, satisfied: int = 4) -> Evaluating:
        now = {"now": AFTER}
        done = await evaluations.came(self.work, seat, booking.id, 0, came, **now)
        done = await evaluations.answer(self.work, seat, booking.id, done.revision, "satisfied", satisfied, **now)
        done = await evaluations.answer(self.work, seat, booking.id, done.revision, "worth", 5, **now)
        return await evaluations.answer(self.work, seat, booking.id, done.revision, "again", "yes", **now)

    async def told(self, name: str) -> list[int]:
        rows = await self.work.session.rows(schema.outbox.select().order_by(schema.outbox.c.id))
        return [row.person_id for row in rows if row.payload.get("name") == name]

    async def asked(self, kind: str) -> list[tuple[str, int | None, datetime, datetime | None]]:
        rows = await self.work.session.rows(schema.askings.select().order_by(schema.askings.c.id))
        return [(row.subject, row.person_id, row.asked_at, row.reminded_at) for row in rows if row.kind == kind]


@pytest.fixture
async def fair(work: SqlUnitOfWork, world: World) -> Fair:
    """An edition whose activities are asked about on the day after each."""
    return await Fair(work, world).begin(closes_at=None)


@pytest.fixture
async def together(work: SqlUnitOfWork, world: World) -> Fair:
    """An edition whose activities are asked about with its own evaluation, on its own dates."""
    return await Fair(work, world).begin(
        closes_at=None, evaluated_together=True, evaluated_at=ASKED, evaluation_reminded_at=REMINDED
    )


async def test_one_answer_for_all_of_an_actors_people_and_the_others_see_it(fair: Fair, work: SqlUnitOfWork) -> None:
    booking = await fair.books()
    anna, bo = await fair.world.seat(fair.anna), await fair.world.seat(fair.bo)
    await Days(work).pass_until(stockholm(6, 30, 10))
    subject = f"activity:{booking.activity_id}"
    day_after = stockholm(6, 30, 10)
    assert await fair.asked(EVALUATION) == [(subject, p.id, day_after, None) for p in (fair.anna, fair.bo)]
    done = await fair.answers(anna, booking)
    assert done.question is None
    assert await fair.told("evaluated") == [fair.bo.id]
    seen = await evaluations.evaluate(work, bo, booking.id, now=AFTER)
    assert (seen.question, seen.answered_by, seen.evaluation) == (None, fair.anna, done.evaluation)
    changed = await evaluations.answer(work, bo, booking.id, seen.revision, "satisfied", 2, now=AFTER)
    kept = changed.evaluation
    assert kept is not None
    assert (kept.held, kept.came, kept.satisfied, kept.worth, kept.again) == (True, 30, 2, 5, "yes")
    assert (kept.person_id, kept.given_by, kept.actor_id) == (fair.bo.id, GivenBy.ACTOR, fair.actor.id)
    assert await fair.told("evaluated") == [fair.bo.id]  # once


async def test_a_press_on_a_card_that_a_colleague_has_answered_since_changes_nothing(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    booking = await fair.books()
    anna, bo = await fair.world.seat(fair.anna), await fair.world.seat(fair.bo)
    await evaluations.came(work, anna, booking.id, 0, 30, now=AFTER)
    with pytest.raises(Outdated) as raised:
        await evaluations.came(work, bo, booking.id, 0, 80, now=AFTER)
    assert raised.value.fields == {"what": "activity_evaluations", "id": booking.id}
    kept = await work.evaluations.of(booking.activity_id)
    assert kept is not None
    assert (kept.came, kept.person_id) == (30, fair.anna.id)


async def test_what_was_not_held_has_no_scores_and_is_answered_in_two_presses(fair: Fair, work: SqlUnitOfWork) -> None:
    booking = await fair.books()
    anna = await fair.world.seat(fair.anna)
    done = await fair.answers(anna, booking)
    assert done.evaluation is not None
    gone = await evaluations.came(work, anna, booking.id, done.revision, None, now=AFTER)
    assert gone.evaluation is not None
    assert gone.evaluation == replace(
        done.evaluation, held=False, came=None, satisfied=None, worth=None, revision=gone.revision
    )
    assert gone.question is None  # what they said of next time stands
    second = await fair.books(1)
    first = await evaluations.came(work, anna, second.id, 0, None, now=AFTER)
    assert first.question == "again"


async def test_any_number_can_be_written_and_what_was_written_counts_though_a_colleague_pressed_meanwhile(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    booking = await fair.books()
    anna, bo = await fair.world.seat(fair.anna), await fair.world.seat(fair.bo)
    asked = await evaluations.evaluate(work, anna, booking.id, "came_written", now=AFTER)
    assert asked.draft is not None
    for wrong in ("många", "-3", "10001", "1,5"):
        with pytest.raises(NotANumber):
            await evaluations.write(work, anna, asked.draft, wrong, now=AFTER)
    await evaluations.came(work, bo, booking.id, 0, 30, now=AFTER)
    kept = (await evaluations.write(work, anna, asked.draft, "37", now=AFTER)).evaluation
    assert kept is not None
    assert (kept.held, kept.came) == (True, 37)


async def test_nothing_is_led_to_by_itself_alone_and_groups_are_the_arenas(fair: Fair, work: SqlUnitOfWork) -> None:
    booking = await fair.books()
    anna = await fair.world.seat(fair.anna)
    group = await work.target_groups.add(arena_id=fair.edition.arena_id, name={"sv": "Andra regioner"}, position=1)
    done = await fair.answers(anna, booking)
    for key in ("press", "talks", "nothing", "contacts"):
        done = await evaluations.choose_led_to(work, anna, booking.id, key, on=True, now=AFTER)
    assert done.question == "led_to"
    for _ in range(2):  # pressed twice, or on a card that was not changed yet
        done = await evaluations.choose_group(work, anna, booking.id, group.id, on=True, now=AFTER)
    assert done.evaluation is not None
    assert (done.evaluation.led_to, done.evaluation.groups_came) == (("contacts",), (group.id,))
    with pytest.raises(UnknownChoice):
        await evaluations.choose_group(work, anna, booking.id, group.id + 1, on=True, now=AFTER)
    done = await evaluations.choose_led_to(work, anna, booking.id, "contacts", on=False, now=AFTER)
    assert done.evaluation is not None
    assert done.evaluation.led_to is None  # nothing said is no answer


async def test_a_coordinator_answers_for_an_actor_until_it_answers_itself(fair: Fair, work: SqlUnitOfWork) -> None:
    booking = await fair.books()
    karin, anna = await fair.world.seat(fair.karin), await fair.world.seat(fair.anna)
    entered = await fair.answers(karin, booking, came=12)
    assert entered.evaluation is not None
    assert (entered.for_actor, entered.evaluation.given_by) == (True, GivenBy.COORDINATOR)
    assert await fair.asked(EVALUATION) == [(f"activity:{booking.activity_id}", None, AFTER, None)]
    own = await evaluations.came(work, anna, booking.id, entered.revision, 14, now=AFTER)
    assert own.evaluation is not None
    assert own.evaluation.given_by is GivenBy.ACTOR
    assert (await evaluations.evaluate(work, karin, booking.id, now=AFTER)).locked
    with pytest.raises(AnsweredByActor):
        await evaluations.came(work, karin, booking.id, own.revision, 99, now=AFTER)
    elsewhere = await fair.world.seat(await fair.world.coordinator("Ove", (await fair.world.edition()).arena_id))
    stranger = await fair.world.seat(await fair.world.person("Någon"))
    for other in (elsewhere, stranger):
        with pytest.raises(NotAllowed):
            await evaluations.evaluate(work, other, booking.id, now=AFTER)


async def test_nothing_is_answered_before_it_is_over(fair: Fair, work: SqlUnitOfWork) -> None:
    booking = await fair.books()
    anna = await fair.world.seat(fair.anna)
    with pytest.raises(NotOverYet):
        await evaluations.came(work, anna, booking.id, 0, 5, now=stockholm(6, 29, 8, 30))
    with pytest.raises(NotOverYet):
        await of_edition.show(work, anna, fair.edition.id, now=stockholm(6, 30, 23))


async def test_an_edition_is_asked_about_once_and_reminded_of_once_with_its_activities(
    together: Fair, work: SqlUnitOfWork
) -> None:
    booking = await together.books()
    elsewhere = await together.world.actor("Bodens kommun")
    await together.person("Silent", elsewhere)
    anna, bo = await together.world.seat(together.anna), await together.world.seat(together.bo)
    days = Days(work)
    sent = await days.pass_until(stockholm(8, 1, 12))
    meant = [together.anna.id, together.bo.id]
    assert [line for line in sent if line[0] > stockholm(6, 29, 12)] == [(ASKED, p, ["edition"]) for p in meant]
    subject = f"edition:{together.edition.id}"
    assert await together.asked(EDITION) == [(subject, p, ASKED, None) for p in meant]
    assert await together.asked(AMBASSADOR) == [(subject, p, ASKED, None) for p in meant]
    activity = f"activity:{booking.activity_id}"
    assert await together.asked(EVALUATION) == [(activity, p, ASKED, None) for p in meant]
    for name in ("satisfied", "help"):
        await of_edition.score(work, anna, together.edition.id, name, 4, now=stockholm(8, 1, 12))
    await together.answers(bo, booking)
    sent = await days.pass_until(stockholm(9, 30, 12))
    assert sent == [(REMINDED, together.bo.id, ["edition_again"])]  # Anna has said all, and Bo only of the activity
    assert await together.asked(EDITION) == [
        (subject, together.anna.id, ASKED, None),
        (subject, together.bo.id, ASKED, REMINDED),
    ]


async def test_without_dates_of_its_own_an_edition_is_asked_about_after_two_weeks(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    await fair.books()
    sent = await Days(work).pass_until(stockholm(9, 30, 12))
    assert [(at, kinds) for at, person, kinds in sent if person == fair.bo.id][-3:] == [
        (stockholm(6, 30, 10), ["evaluation"]),
        (stockholm(7, 14, 10), ["edition"]),
        (stockholm(7, 28, 10), ["edition_again"]),
    ]


async def test_what_was_asked_about_on_the_day_after_is_put_once_more_on_the_editions_date(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    booking = await fair.books()
    asked, reminded = stockholm(7, 14, 10), stockholm(7, 28, 10)
    days = Days(work)
    await days.pass_until(asked)
    due = [r for r in await work.reminders.list_of(f"edition:{fair.edition.id}") if r.person_id == fair.bo.id]
    said = await reminders.what_stands(work, fair.bo, [r.id for r in due], now=asked)
    assert said is not None
    assert [item.activities for item in said.items if isinstance(item, EditionOver)] == [[]]
    await days.pass_until(stockholm(9, 30, 12))
    subject = f"activity:{booking.activity_id}"
    day_after = stockholm(6, 30, 10)
    assert await fair.asked(EVALUATION) == [(subject, p.id, day_after, reminded) for p in (fair.anna, fair.bo)]


async def test_who_answered_of_the_edition_before_it_was_asked_about_is_only_reminded_of_activities(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    await fair.books()
    anna = await fair.world.seat(fair.anna)
    for name in ("satisfied", "help"):
        await of_edition.score(work, anna, fair.edition.id, name, 4, now=AFTER)
    sent = await Days(work).pass_until(stockholm(9, 30, 12))
    assert [(at, kinds) for at, person, kinds in sent if person == fair.anna.id and at > AFTER] == [
        (stockholm(7, 28, 10), ["edition_again"])
    ]


async def test_a_message_says_what_still_holds(together: Fair, work: SqlUnitOfWork) -> None:
    booking = await together.books()
    days = Days(work)
    await days.pass_until(ASKED)
    due = [r for r in await work.reminders.list_of(f"edition:{together.edition.id}") if r.person_id == together.anna.id]
    said = await reminders.what_stands(work, together.anna, [r.id for r in due], now=ASKED)
    assert said is not None
    view = await work.bookings.view(booking.id)
    assert said.items == [EditionOver(together.edition, None, [view], [view], None, again=False)]
    await together.answers(await together.world.seat(together.bo), booking)
    said = await reminders.what_stands(work, together.anna, [r.id for r in due], now=ASKED)
    assert said is not None
    assert said.items == [EditionOver(together.edition, None, [], [view], None, again=False)]


async def test_who_turned_it_off_or_blocked_the_bot_is_not_asked(together: Fair, work: SqlUnitOfWork) -> None:
    await together.books()
    await work.people.change(together.anna, muted=frozenset({"evaluation"}))
    await work.chats.saw({together.bo.user_id: 1})
    await work.chats.lost(together.bo.user_id, "blocked")
    assert [line for line in await Days(work).pass_until(stockholm(9, 30, 12)) if line[0] >= ASKED] == []
    assert await together.asked(EDITION) == []


async def test_what_could_not_be_delivered_was_not_asked(fair: Fair, work: SqlUnitOfWork) -> None:
    booking = await fair.books()
    await Days(work).pass_until(stockholm(6, 30, 10))
    row = (await work.outbox.claim("me", Priority.NOTICE, 100, except_chats=()))[-1]
    assert row.person_id == fair.bo.id
    await reminders.undelivered(Finished(row, Dead("blocked")), work, now=AFTER)
    assert [person for _, person, _, _ in await fair.asked(EVALUATION)] == [fair.anna.id]
    seen = await results.results(work, fair.karin, fair.edition.id, now=AFTER)
    assert seen.figures["activities.held"].basis == Basis(1, 0, 0)
    assert booking is not None


async def test_an_actor_with_nobody_in_telegram_is_asked_by_a_coordinator(together: Fair, work: SqlUnitOfWork) -> None:
    alone = await together.world.actor("Älvsbyns kommun")
    booking = await together.books(actor=alone)
    await Days(work).pass_until(stockholm(9, 30, 12))
    [errand] = await work.errands.list_open()
    assert (errand.actor_id, errand.detail) == (alone.id, {"reminder": "evaluation_again"})
    assert await together.asked(EVALUATION) == [(f"activity:{booking.activity_id}", None, ASKED, REMINDED)]


async def test_ambassadors_are_asked_once_and_stop_with_one_press(fair: Fair, work: SqlUnitOfWork) -> None:
    await fair.books()
    anna, bo = await fair.world.seat(fair.anna), await fair.world.seat(fair.bo)
    edition_id = fair.edition.id
    await of_edition.be_ambassador(work, anna, edition_id, yes=True, now=AFTER)
    await of_edition.be_ambassador(work, bo, edition_id, yes=False, now=AFTER)
    willing = await results.list_ambassadors(work, fair.karin, edition_id)
    assert willing.people == [(fair.anna, "Luleå kommun")]
    assert [a.edition_id for a in await work.ambassadors.list_of_person(fair.anna.id)] == [edition_id]
    await of_edition.stop_being_ambassador(work, fair.anna, edition_id, now=AFTER)
    assert (await results.list_ambassadors(work, fair.karin, edition_id)).people == []
    seen = await results.results(work, fair.karin, edition_id, now=AFTER)
    assert seen.figures["ambassadors"] == Figure("ambassadors", 0, of=2, basis=Basis(2, 2, 2))
    with pytest.raises(NotFound):
        await of_edition.stop_being_ambassador(work, fair.bo, edition_id, now=AFTER)
    assert sorted(p for _, p, _, _ in await fair.asked(AMBASSADOR) if p) == [fair.anna.id, fair.bo.id]


async def test_who_did_not_take_part_evaluates_no_edition(fair: Fair, work: SqlUnitOfWork) -> None:
    await fair.books()
    other = await fair.person("Doris", await fair.world.actor("Bodens kommun"))
    seat = await fair.world.seat(other)
    with pytest.raises(NotAllowed):
        await of_edition.score(work, seat, fair.edition.id, "satisfied", 5, now=AFTER)
    with pytest.raises(NotAllowed):
        await of_edition.be_ambassador(work, seat, fair.edition.id, yes=True, now=AFTER)


async def test_coordinators_see_answers_as_they_come_and_last_years_beside_them(
    fair: Fair, work: SqlUnitOfWork
) -> None:
    anna, bo = await fair.world.seat(fair.anna), await fair.world.seat(fair.bo)
    first, second = await fair.books(0), await fair.books(1)
    await fair.answers(anna, first, came=30, satisfied=4)
    done = await evaluations.came(work, anna, second.id, 0, None, now=AFTER)
    await evaluations.answer(work, anna, second.id, done.revision, "again", "no", now=AFTER)
    await of_edition.score(work, bo, fair.edition.id, "satisfied", 5, now=AFTER)
    before = await work.editions.add(
        **{
            name: getattr(fair.edition, name)
            for name in (
                "arena_id",
                "name",
                "place",
                "zone",
                "allocation",
                "official_programme",
                "published",
                "on_site",
            )
        },
        year=2026,
        preliminary=False,
        starts_on=date(2026, 6, 22),
        ends_on=date(2026, 6, 24),
    )
    seen = await results.results(work, fair.karin, fair.edition.id, now=AFTER)
    keys = ("activities.held", "activities.not_held", "visitors.total", "activities.answered_for")
    assert [seen.figures[key].value for key in keys] == [1, 1, 30, 0]
    scores = ("satisfied", "worth", "edition.satisfied", "edition.help")
    assert [seen.figures[key].value for key in scores] == [4, 5, 5, None]
    assert [seen.figures[key].basis for key in ("activities.held", *scores)] == [
        Basis(2, 2, 2),
        *[Basis(2, 1, 1)] * 2,
        Basis(1, 1, 1),
        Basis(1, 0, 0),
    ]
    assert [seen.figures[f"again.{said}"].value for said in ("yes", "perhaps", "no")] == [1, 0, 1]
    assert seen.before == before
    assert seen.figures_before is not None
    assert seen.figures_before["activities.held"].basis == Basis(0, 0, 0)


async def test_a_free_line_is_for_its_own_arenas_coordinators(fair: Fair, work: SqlUnitOfWork) -> None:
    booking = await fair.books()
    anna = await fair.world.seat(fair.anna)
    asked = await evaluations.evaluate(work, anna, booking.id, "comment", now=AFTER)
    assert asked.draft is not None
    await evaluations.write(work, anna, asked.draft, "Mer fika", now=AFTER)
    await of_edition.score(work, anna, fair.edition.id, "satisfied", 3, now=AFTER)
    card = await of_edition.score(work, anna, fair.edition.id, "help", 3, now=AFTER)
    assert card.draft is not None
    await of_edition.write(work, anna, card.draft, "Fler stolar", now=AFTER)
    view = await work.bookings.view(booking.id)
    lines = await results.list_free_lines(work, fair.karin, fair.edition.id, 0, now=AFTER)
    assert lines.lines == [(view, "Mer fika"), (None, "Fler stolar")]
    other = await fair.world.coordinator("Ove", (await fair.world.edition()).arena_id)
    for asking in (
        results.list_free_lines(work, other, fair.edition.id, 0, now=AFTER),
        evaluations.evaluate(work, await fair.world.seat(other), booking.id, now=AFTER),
        results.list_answers(work, other, fair.edition.id, 0, now=AFTER),
        results.list_ambassadors(work, other, fair.edition.id),
        results.results(work, other, fair.edition.id, now=AFTER),
        results.list_earlier(work, other, fair.edition.id),
    ):
        with pytest.raises(NotAllowed):
            await asking


async def test_a_free_line_stays_its_writers_when_a_colleague_answers_the_rest(fair: Fair, work: SqlUnitOfWork) -> None:
    booking = await fair.books()
    asked = await evaluations.evaluate(work, await fair.world.seat(fair.anna), booking.id, "comment", now=AFTER)
    assert asked.draft is not None
    await evaluations.write(work, await fair.world.seat(fair.anna), asked.draft, "Mer fika", now=AFTER)
    known = await work.evaluations.of((await work.bookings.view(booking.id)).activity.id)
    assert known is not None
    bo = await fair.world.seat(fair.bo)
    await evaluations.answer(work, bo, booking.id, known.revision, "satisfied", 4, now=AFTER)
    kept = await work.evaluations.of((await work.bookings.view(booking.id)).activity.id)
    assert kept is not None
    assert (kept.comment, kept.person_id, kept.satisfied) == ("Mer fika", fair.anna.id, 4)


def labels(screen: Screen) -> list[str]:
    rows = keyboard(screen.rows, Reader("sv", AFTER))["inline_keyboard"]
    return [key["text"] for row in rows for key in row]


async def said_of(fair: Fair, person: Person, at: datetime) -> Reminded:
    """What a person is told of the edition."""
    due = [r for r in await fair.work.reminders.list_of(f"edition:{fair.edition.id}") if r.person_id == person.id]
    said = await reminders.what_stands(fair.work, person, [r.id for r in due if r.due_at <= at], now=at)
    assert said is not None
    return said


async def offered(fair: Fair, person: Person, at: datetime) -> list[str]:
    """The labels of what an edition's message offers a person beside its questions."""
    message = reminder(await said_of(fair, person, at))
    return [label for label in labels(message) if label in {"Bli ambassadör?", "Så gjorde vi"}]


async def test_a_message_about_several_things_has_a_button_for_each_activity_that_an_edition_asks_about(
    together: Fair, work: SqlUnitOfWork
) -> None:
    elsewhere = await Fair(work, together.world).begin(closes_at=None)
    alone = await work.bookings.view((await elsewhere.books()).id)
    first, second = [await work.bookings.view((await together.books(slot)).id) for slot in range(2)]
    await Days(work).pass_until(ASKED)
    said = await said_of(together, together.anna, ASKED)
    assert labels(reminder(Reminded([*said.items, ToEvaluate(alone, None)], several_actors=False))) == [
        together.edition.name["sv"],
        alone.activity.title,
        *(f"Svara om {view.activity.title}" for view in (first, second)),
    ]


async def test_an_editions_message_asks_for_ambassadors_once_and_offers_to_tell_how_it_was_done(
    together: Fair, work: SqlUnitOfWork
) -> None:
    await together.books()
    days = Days(work)
    await days.pass_until(ASKED)
    assert await offered(together, together.anna, ASKED) == ["Bli ambassadör?", "Så gjorde vi"]
    await days.pass_until(REMINDED)
    assert await offered(together, together.anna, REMINDED) == ["Så gjorde vi"]


async def test_who_has_answered_that_already_is_not_asked_to_be_an_ambassador(
    together: Fair, work: SqlUnitOfWork
) -> None:
    await together.books()
    anna, bo = await together.world.seat(together.anna), await together.world.seat(together.bo)
    for seat, yes in ((anna, True), (bo, False)):
        await of_edition.be_ambassador(work, seat, together.edition.id, yes=yes, now=AFTER)
    await Days(work).pass_until(ASKED)
    for person in (together.anna, together.bo):
        assert await offered(together, person, ASKED) == ["Så gjorde vi"]


async def test_what_is_told_or_was_not_held_is_not_offered_to_be_told_and_of_several_one_is_chosen(
    together: Fair, work: SqlUnitOfWork
) -> None:
    first, second, third = [await together.books(slot) for slot in range(3)]
    anna = await together.world.seat(together.anna)

    async def choices() -> list[int]:
        card = await of_edition.show(work, anna, together.edition.id, "method", now=ASKED)
        if card.question != "method":
            return []
        titles = [view.activity.title for view in card.unshared]
        assert labels(evaluating(card)) == [*titles, "‹ Tillbaka"]
        return [view.booking.id for view in card.unshared]

    await Days(work).pass_until(ASKED)
    assert await choices() == [first.id, second.id, third.id]
    await evaluations.came(work, anna, third.id, 0, None, now=ASKED)
    assert await choices() == [first.id, second.id]
    ids = {"actor_id": together.actor.id, "shared_at": ASKED, "did": "Vi bjöd på fika", "worked": "", "change": ""}
    await work.methods.add(activity_id=first.activity_id, **ids)
    assert await choices() == [second.id]
    assert await offered(together, together.anna, ASKED) == ["Bli ambassadör?", "Så gjorde vi"]
    await work.methods.add(activity_id=second.activity_id, **ids)
    assert await choices() == []
    assert await offered(together, together.anna, ASKED) == ["Bli ambassadör?"]


async def test_what_was_measured_elsewhere_is_entered_with_its_source(fair: Fair, work: SqlUnitOfWork) -> None:
    karin = await fair.world.seat(fair.karin)
    for line in (
        "2022: 8,0 av 10, ytans enkät",
        "2023: 7.9 of 10, the survey",
        "2023: 7,8 av 10, 118 svar, ytans enkät",
    ):
        asked = await results.ask_earlier(work, karin, fair.edition.id, "satisfied", now=NOW)
        assert asked.draft is not None
        with pytest.raises(NotAnEarlierResult):
            await results.take_earlier(work, karin, asked.draft, "8 av 10", now=NOW)
        await results.take_earlier(work, karin, asked.draft, line, now=NOW)
    listed = (await results.list_earlier(work, fair.karin, fair.edition.id)).results
    assert [(r.year, r.measure, r.value, r.out_of, r.answers, r.source) for r in listed] == [
        (2023, "satisfied", 7.8, 10, 118, "ytans enkät"),
        (2022, "satisfied", 8.0, 10, None, "ytans enkät"),
    ]
    left = await results.remove_earlier(work, fair.karin, fair.edition.id, listed[0].id, now=NOW)
    assert [r.year for r in left.results] == [2022]


async def test_nobody_is_asked_about_what_is_answered(fair: Fair, work: SqlUnitOfWork) -> None:
    booking = await fair.books()
    now = datetime(2027, 6, 29, 12, tzinfo=UTC)
    anna = await fair.world.seat(fair.anna)
    done = await evaluations.came(work, anna, booking.id, 0, 7, now=now)
    sent = await Days(work).pass_until(stockholm(6, 30, 10))
    assert [line[1] for line in sent if line[2] == ["evaluation"]] == [
        fair.anna.id,
        fair.bo.id,
    ]  # it is begun, not done
    standing = await reminders.what_stands_of(work, fair.bo, booking.id, now=stockholm(6, 30, 11))
    assert standing is not None
    assert standing.items == [ToEvaluate(await work.bookings.view(booking.id), done.evaluation)]
    for name, value in (("satisfied", 4), ("worth", 4), ("again", "yes")):
        done = await evaluations.answer(work, anna, booking.id, done.revision, name, value, now=AFTER)
    assert await reminders.what_stands_of(work, fair.bo, booking.id, now=stockholm(6, 30, 11)) is None
    await plans.replan(work, booking.id, now=AFTER)
