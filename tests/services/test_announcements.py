from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain import announcement_content as content
from bot.domain.announcements import AlreadyConfirmed, AudienceKind, NoAudience, TimePassed
from bot.domain.errors import NotAllowed, NotFound, Outdated
from bot.domain.model import Actor, BookingState, Draft, Edition, Person
from bot.domain.outgoing import Dead, Delivery, Dropped, Outcome, Sent
from bot.domain.ports.announcements import Tally
from bot.domain.ports.delivery import Finished
from bot.domain.results.announcements import (
    AskCorrection,
    ChooseActors,
    ChooseAudience,
    Preview,
    Size,
    Status,
    WhichLanguage,
)
from bot.domain.seat import Seat
from bot.services import addressing, announcement_messages, announcements, audiences, sending
from bot.services import announcement_reports as reports
from handlers.sending import tick
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World, do_due, on_both_databases

TEXT = {"text": "Välkomna till genomgången"}

work = on_both_databases


@dataclass
class Stage:
    """An edition with two booked actors, one of which has two people; one person acts for both."""

    coordinator: Person
    seat: Seat
    edition: Edition
    both: Person
    english: Person
    actors: tuple[Actor, Actor]


@pytest.fixture
async def stage(work: SqlUnitOfWork, world: World) -> Stage:
    karin = await world.coordinator()
    edition = await world.edition()
    both, english = await world.person("Anna"), await world.person("Emma", language="en")
    actors = (await world.actor("Luleå kommun"), await world.actor("Kiruna kommun"))
    for actor, person in ((actors[0], both), (actors[1], both), (actors[1], english)):
        await member(work, actor, person)
    slots = await world.slots(edition, 4)
    for actor, slot_id in zip(actors, slots, strict=False):
        await world.booking(edition, actor, slot_id, both, BookingState.BOOKED)
    return Stage(karin, await world.seat(karin), edition, both, english, actors)


async def member(work: SqlUnitOfWork, actor: Actor, person: Person, state: str = "active") -> None:
    await work.members.add(actor_id=actor.id, person_id=person.id, state=state, since_at=NOW)


async def written(work: SqlUnitOfWork, seat: Seat, message: Mapping[str, Any] = TEXT) -> ChooseAudience:
    asked = await announcements.start(work, seat, now=NOW)
    result = await announcements.take(work, seat, asked.draft, message, now=NOW)
    assert isinstance(result, ChooseAudience)
    return result


async def previewed(work: SqlUnitOfWork, stage: Stage, kind: AudienceKind = AudienceKind.BOOKED) -> Preview:
    draft = (await written(work, stage.seat)).draft
    edition_id = None if kind is AudienceKind.ALL else stage.edition.id
    result = await addressing.pick_audience(work, stage.seat, draft.id, kind, edition_id, now=NOW)
    assert isinstance(result, Preview)
    return result


async def sent(work: SqlUnitOfWork, stage: Stage, *, receipts: bool = False) -> Status:
    draft = (await previewed(work, stage)).draft
    if receipts:
        draft = (await announcements.toggle_receipts(work, stage.seat, draft.id, on=True, now=NOW)).draft
    return await announcements.confirm(work, stage.seat, draft.id, at_once=True, now=NOW)


async def rows(work: SqlUnitOfWork) -> list[Any]:
    found = await work.session.rows(
        select(schema.outbox).where(schema.outbox.c.kind == "announcement").order_by(schema.outbox.c.id)
    )
    return list(found)


async def deliver(work: SqlUnitOfWork, *outcomes: Outcome) -> list[dict[str, Any] | None]:
    """Claim what waits of announcements and let it end so, in order; gives what would have been sent."""
    said: list[dict[str, Any] | None] = []
    waiting = [row for row in await rows(work) if row.state == "waiting"]
    for row, outcome in zip(waiting, outcomes, strict=True):
        claimed = await claim(work, row)
        message = await announcement_messages.message_for(work, claimed)
        said.append(None if message is None else dict(message.content))
        finished = [Finished(claimed, outcome)]
        for ended in await work.outbox.record(finished, now=NOW):
            await announcement_messages.delivered(ended, work, now=NOW)
    return said


async def claim(work: SqlUnitOfWork, row: Any) -> Delivery:
    await work.session.run(schema.outbox.update().where(schema.outbox.c.id == row.id).values(state="claimed"))
    ids = (row.id, row.kind, row.payload, row.chat_id, row.person_id, row.card_id, row.priority)
    return Delivery(*ids, attempts=0, steps=0, uncertain=False, expires_at=None)


async def tally(work: SqlUnitOfWork, status: Status) -> Tally:
    return await work.recipients.tally(status.announcement.id)


async def state(work: SqlUnitOfWork, status: Status) -> tuple[str, bool]:
    one = await work.announcements.get(status.announcement.id)
    return one.state, one.ended_at is not None


# Whom it is for


async def test_booked_lacking_and_waiting_are_counted_by_actor_and_person(
    work: SqlUnitOfWork, world: World, stage: Stage
) -> None:
    waiting = await world.actor("Bodens kommun")
    slots = await world.slots(stage.edition, 1)
    await world.booking(stage.edition, waiting, slots[0], stage.both, BookingState.REQUESTED)
    result = await written(work, stage.seat)
    assert (result.edition, list(result.options), result.everybody) == (
        stage.edition,
        [
            (AudienceKind.BOOKED, Size(2, {"sv": 1, "en": 1})),
            (AudienceKind.WAITING, Size(1, {}, alone=1)),
        ],
        Size(3, {"sv": 1, "en": 1}, alone=1),
    )


async def test_those_who_lack_a_required_answer_are_meant(work: SqlUnitOfWork, world: World, stage: Stage) -> None:
    await work.fields.add(
        edition_id=stage.edition.id,
        key="description",
        label={"sv": "Beskrivning"},
        kind="text",
        choices=[],
        official=True,
        required=True,
        position=1,
        archived=False,
    )
    views = await work.bookings.list_of_edition(stage.edition.id)
    await work.activities.change(views[0].activity, answers={"description": "Om vind"})
    options = dict(await audiences.options(work, stage.edition, now=NOW))
    assert options[AudienceKind.LACKING] == Size(1, {"sv": 1, "en": 1})


async def test_by_application_those_who_were_refused_have_applied_too(
    work: SqlUnitOfWork, world: World, stage: Stage
) -> None:
    edition = await world.edition(allocation="application")
    slot, *_ = await world.slots(edition, 1)
    first = await world.booking(edition, stage.actors[0], slot, stage.both, BookingState.APPLIED)
    await world.booking(edition, stage.actors[1], slot, stage.both, BookingState.APPLIED)
    await work.bookings.change(first, state=BookingState.ENDED, ended_why="refused")
    sizes = {kind: size.actors for kind, size in await audiences.options(work, edition, now=NOW)}
    assert sizes == {AudienceKind.APPLIED: 2, AudienceKind.WAITING: 1}


async def test_who_has_turned_announcements_off_gets_those_about_own_bookings_alone(
    work: SqlUnitOfWork, stage: Stage
) -> None:
    await work.people.change(stage.english, muted=frozenset({"announcements"}))
    about_all = await previewed(work, stage, AudienceKind.ALL)
    about_own = await previewed(work, stage)
    assert (about_all.size, about_own.size) == (Size(2, {"sv": 1}, muted=1), Size(2, {"sv": 1, "en": 1}))


async def test_a_coordinator_of_one_arena_may_write_to_its_actors_alone(
    work: SqlUnitOfWork, world: World, stage: Stage
) -> None:
    other = await world.actor("Bodens kommun")
    seat = await world.seat(await world.coordinator("Lars", stage.edition.arena_id))
    result = await written(work, seat)
    assert result.everybody is None
    for kind in (AudienceKind.ALL, AudienceKind.KINDS, AudienceKind.CHOSEN):
        with pytest.raises(NotAllowed):
            await addressing.pick_audience(work, seat, result.draft.id, kind, None, now=NOW)
    chosen = await addressing.pick_audience(work, seat, result.draft.id, AudienceKind.CHOSEN, stage.edition.id, now=NOW)
    assert isinstance(chosen, ChooseActors)
    assert [a.name for a in chosen.actors] == ["Kiruna kommun", "Luleå kommun"]
    await addressing.toggle_actor(work, seat, result.draft.id, other.id, 0, on=True, now=NOW)
    with pytest.raises(NoAudience):
        await addressing.chosen(work, seat, result.draft.id, now=NOW)


async def test_single_actors_are_found_by_a_part_of_their_name(work: SqlUnitOfWork, stage: Stage) -> None:
    draft = (await written(work, stage.seat)).draft
    await addressing.pick_audience(work, stage.seat, draft.id, AudienceKind.CHOSEN, None, now=NOW)
    draft = await work.drafts.get(draft.id)
    found = await announcements.take(work, stage.seat, draft, {"text": "kiru"}, now=NOW)
    assert isinstance(found, ChooseActors)
    assert (list(found.actors), found.query) == ([stage.actors[1]], "kiru")
    await addressing.toggle_actor(work, stage.seat, draft.id, stage.actors[1].id, 0, on=True, now=NOW)
    preview = await addressing.chosen(work, stage.seat, draft.id, now=NOW)
    assert (preview.size, list(preview.names)) == (Size(1, {"sv": 1, "en": 1}), ["Kiruna kommun"])


async def test_who_is_no_coordinator_any_more_gets_no_further(work: SqlUnitOfWork, stage: Stage) -> None:
    draft = (await previewed(work, stage)).draft
    await demote(work, stage.coordinator)
    for step in (
        announcements.confirm(work, stage.seat, draft.id, at_once=True, now=NOW),
        announcements.toggle_receipts(work, stage.seat, draft.id, on=True, now=NOW),
        announcements.take(work, stage.seat, draft, TEXT, now=NOW),
        announcements.start(work, stage.seat, now=NOW),
        reports.list_earlier(work, stage.coordinator, 0),
    ):
        with pytest.raises(NotAllowed):
            await step
    assert await work.announcements.list_all() == []


async def demote(work: SqlUnitOfWork, person: Person) -> None:
    for right in await work.coordinators.list_of(person.id):
        await work.coordinators.remove(right.id)


async def test_an_unfinished_one_is_offered_and_goes_on_where_it_was(work: SqlUnitOfWork, stage: Stage) -> None:
    draft = (await previewed(work, stage)).draft
    asked = await announcements.start(work, stage.seat, now=NOW + timedelta(minutes=1))
    assert asked.unfinished is not None
    assert asked.unfinished.id == draft.id
    again = await announcements.resume(work, stage.seat, draft.id, now=NOW + timedelta(minutes=2))
    assert isinstance(again, Preview)
    assert (again.size, again.fresh) == (Size(2, {"sv": 1, "en": 1}), True)
    assert await work.drafts.awaiting_text(stage.seat.chat_id, stage.coordinator.id) is None


# Sending


async def test_everybody_gets_it_once_in_a_row_of_their_own(work: SqlUnitOfWork, stage: Stage) -> None:
    status = await sent(work, stage)
    one = status.announcement.id
    assert [(r.key, r.person_id, r.chat_id, r.payload, r.priority) for r in await rows(work)] == [
        (f"announcement:{one}:{p.id}", p.id, p.user_id, {"announcement_id": one}, 2)
        for p in (stage.both, stage.english)
    ]
    assert await tally(work, status) == Tally(queued=2)


async def test_it_is_done_when_all_have_ended_and_says_whom_it_did_not_reach(
    work: SqlUnitOfWork, world: World, stage: Stage
) -> None:
    alone = await work.actors.add(
        name="Älvsbyns kommun",
        kind="municipality",
        aliases=(),
        state="active",
        contact_phone="0929-000 00",
        created_at=NOW,
    )
    slots = await world.slots(stage.edition, 1)
    await world.booking(stage.edition, alone, slots[0], stage.both, BookingState.BOOKED)
    await work.people.change(stage.english, phone="070-000 00 03")
    status = await sent(work, stage)
    said = await deliver(work, Sent((41,)), Dead("403 Forbidden: bot was blocked by the user", unreachable=True))
    assert said == [{"method": "sendMessage", "params": {"text": TEXT["text"], "entities": []}}] * 2
    await do_due(work, sending.list_due, sending.start_due, now=NOW)
    assert await state(work, status) == ("done", True)
    report = await sending.show(work, stage.seat, status.announcement.id)
    assert (report.tally, [(u.name, u.reason, u.phone) for u in report.unreached]) == (
        Tally(sent=1, failed=1),
        [("Emma", "blocked", "070-000 00 03"), ("Älvsbyns kommun", "nobody", "0929-000 00")],
    )
    errands = await work.errands.list_open()
    assert [(e.kind, e.actor_id, e.detail["text"]) for e in errands] == [("announcement", alone.id, TEXT["text"])]


async def test_content_is_frozen_with_the_yes_and_the_audience_when_it_starts(
    work: SqlUnitOfWork, world: World, stage: Stage
) -> None:
    draft = (await previewed(work, stage)).draft
    await announcements.ask_time(work, stage.seat, draft.id, now=NOW)
    draft = await work.drafts.get(draft.id)
    later = await announcements.take(work, stage.seat, draft, {"text": "i morgon kl. 9"}, now=NOW)
    assert isinstance(later, Preview)
    assert later.send_at == datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
    status = await announcements.confirm(work, stage.seat, draft.id, at_once=False, now=NOW)
    assert (await sending.next_due_at(work), await rows(work)) == (later.send_at, [])
    new = await world.person("Ny")
    await member(work, stage.actors[0], new)
    assert await do_due(work, sending.list_due, sending.start_due, now=NOW) == []
    await do_due(work, sending.list_due, sending.start_due, now=later.send_at)
    assert (await state(work, status), len(await rows(work))) == (("sending", False), 3)


async def test_a_time_that_has_passed_is_refused(work: SqlUnitOfWork, stage: Stage) -> None:
    draft = (await previewed(work, stage)).draft
    await announcements.ask_time(work, stage.seat, draft.id, now=NOW)
    with pytest.raises(TimePassed):
        await announcements.take(
            work, stage.seat, await work.drafts.get(draft.id), {"text": "2027-01-10 kl. 9"}, now=NOW
        )


async def test_a_second_yes_shows_what_the_first_one_did(work: SqlUnitOfWork, stage: Stage) -> None:
    draft = (await previewed(work, stage)).draft
    await announcements.confirm(work, stage.seat, draft.id, at_once=True, now=NOW)
    with pytest.raises(AlreadyConfirmed):
        await announcements.confirm(work, stage.seat, draft.id, at_once=True, now=NOW)
    assert len(await work.announcements.list_all()) == 1


async def test_pausing_takes_back_what_nobody_has_and_resuming_sends_it(work: SqlUnitOfWork, stage: Stage) -> None:
    status = await sent(work, stage)
    first = await claim(work, (await rows(work))[0])
    await sending.control(work, stage.seat, status.announcement.id, "pause", now=NOW)
    assert (await tally(work, status), await announcement_messages.message_for(work, first)) == (
        Tally(planned=1, queued=1),
        None,
    )
    for ended in await work.outbox.record([Finished(first, Dropped("not wanted any more"))], now=NOW):
        await announcement_messages.delivered(ended, work, now=NOW)
    assert (await tally(work, status), await rows(work), await sending.next_due_at(work)) == (
        Tally(planned=2),
        [],
        None,
    )
    await sending.control(work, stage.seat, status.announcement.id, "resume", now=NOW)
    await deliver(work, Sent((41,)), Sent((42,)))
    assert await tally(work, status) == Tally(sent=2)


async def test_what_was_stopped_reaches_nobody_more_and_tells_how_many_it_reached(
    work: SqlUnitOfWork, stage: Stage
) -> None:
    status = await sent(work, stage)
    first = await claim(work, (await rows(work))[0])
    await sending.control(work, stage.seat, status.announcement.id, "stop", now=NOW)
    assert await state(work, status) == ("stopped", False)
    for ended in await work.outbox.record([Finished(first, Sent((41,)))], now=NOW):
        await announcement_messages.delivered(ended, work, now=NOW)
    await do_due(work, sending.list_due, sending.start_due, now=NOW)
    await sending.control(work, stage.seat, status.announcement.id, "resume", now=NOW)
    assert (await state(work, status), await tally(work, status)) == (("stopped", True), Tally(planned=1, sent=1))
    assert [r.state for r in await rows(work)] == ["done"]


async def test_what_a_demoted_coordinator_scheduled_is_not_sent_and_the_others_hear_of_it(
    work: SqlUnitOfWork, world: World, stage: Stage
) -> None:
    draft = (await previewed(work, stage)).draft
    await announcements.ask_time(work, stage.seat, draft.id, now=NOW)
    await announcements.take(work, stage.seat, await work.drafts.get(draft.id), {"text": "i morgon kl. 9"}, now=NOW)
    status = await announcements.confirm(work, stage.seat, draft.id, at_once=False, now=NOW)
    colleague = await world.coordinator("Lars", stage.edition.arena_id)
    await demote(work, stage.coordinator)
    await do_due(work, sending.list_due, sending.start_due, now=NOW + timedelta(days=2))
    told = await work.session.rows(select(schema.outbox.c.person_id).where(schema.outbox.c.kind == "notice"))
    assert (await state(work, status), await rows(work), [r.person_id for r in told]) == (
        ("cancelled", True),
        [],
        [colleague.id],
    )


async def test_a_right_lost_while_it_goes_out_stops_it(work: SqlUnitOfWork, stage: Stage) -> None:
    status = await sent(work, stage)
    await demote(work, stage.coordinator)
    await do_due(work, sending.list_due, sending.start_due, now=NOW)
    assert (await state(work, status), await rows(work)) == (("stopped", True), [])


async def test_many_are_fed_in_batches(
    work: SqlUnitOfWork, world: World, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    for number in range(5):
        await member(work, stage.actors[0], await world.person(f"Person {number}"))
    status = await sent(work, stage)
    fed = [(await tally(work, status)).queued]
    while await sending.has_more(work, [status.announcement.id]):
        await do_due(work, sending.list_due, sending.start_due, now=NOW)
        fed.append((await tally(work, status)).queued)
    assert fed == [2, 4]
    await deliver(work, *(Sent((n,)) for n in range(1, 5)))
    assert await sending.has_more(work, [status.announcement.id])


async def test_progress_is_drawn_once_however_many_batches_are_fed(
    work: SqlUnitOfWork, world: World, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    for number in range(7):
        await member(work, stage.actors[0], await world.person(f"Person {number}"))
    await sent(work, stage)
    await work.chats.move_cards({stage.seat.card_id: 40})  # it is there
    drawn = select(schema.outbox.c.id).where(schema.outbox.c.kind == "progress")
    more, cards = [], []
    for _ in range(4):
        more.append(await do_due(work, sending.list_due, tick, now=NOW))
        cards.append(len(await work.session.rows(drawn)))
        await work.session.run(schema.outbox.delete().where(schema.outbox.c.kind == "progress"))
        waiting = [row for row in await rows(work) if row.state == "waiting"]
        await deliver(work, *(Sent((row.id,)) for row in waiting))
    assert (more, cards) == ([False, True, True, False], [1, 0, 0, 1])


# Receipts, reminders and corrections


async def test_only_those_who_have_not_read_it_are_reminded_and_their_receipt_counts_for_both(
    work: SqlUnitOfWork, stage: Stage
) -> None:
    status = await sent(work, stage, receipts=True)
    await deliver(work, Sent((41,)), Sent((42,)))
    await do_due(work, sending.list_due, sending.start_due, now=NOW)
    await announcement_messages.acknowledge(work, stage.both, status.announcement.id, 41, now=NOW)
    unread = await reports.list_unread(work, stage.seat, status.announcement.id, 0)
    assert [u.name for u in unread.people] == ["Emma"]
    report = await sending.show(work, stage.seat, status.announcement.id)
    shown = (report.announcement.id, report.announcement.revision)
    reminder = await sending.remind(work, stage.seat, *shown, now=NOW)
    with pytest.raises(Outdated):
        await sending.remind(work, stage.seat, *shown, now=NOW)
    [row] = [r for r in await rows(work) if r.state == "waiting"]
    message = await announcement_messages.message_for(work, await claim(work, row))
    assert message is not None
    assert (row.person_id, message.reply_to, message.receipts) == (stage.english.id, 42, True)
    await announcement_messages.acknowledge(work, stage.english, reminder.announcement.id, 43, now=NOW)
    again = await sending.show(work, stage.seat, status.announcement.id)
    assert again.tally.read == 2
    with pytest.raises(NoAudience):
        await sending.remind(work, stage.seat, again.announcement.id, again.announcement.revision, now=NOW)


async def test_a_receipt_from_who_did_not_get_it_is_refused(work: SqlUnitOfWork, world: World, stage: Stage) -> None:
    status = await sent(work, stage, receipts=True)
    with pytest.raises(NotFound):
        await announcement_messages.acknowledge(work, await world.person("Ingen"), status.announcement.id, 9, now=NOW)


async def test_a_correction_edits_what_each_one_got(work: SqlUnitOfWork, stage: Stage) -> None:
    status = await sent(work, stage, receipts=True)
    await deliver(work, Sent((41,)), Sent((42,)))
    await do_due(work, sending.list_due, sending.start_due, now=NOW)
    await announcement_messages.acknowledge(work, stage.both, status.announcement.id, 41, now=NOW)
    draft = await correcting(work, stage, status, "Välkomna kl. 17")
    _, count = await announcements.confirm_correction(work, stage.seat, draft.id, now=NOW)
    assert count == 2
    waiting = [r for r in await rows(work) if r.state == "waiting"]
    messages = [await announcement_messages.message_for(work, await claim(work, row)) for row in waiting]
    assert [(m.content, m.receipts) for m in messages if m is not None] == [
        (
            {
                "method": "editMessageText",
                "params": {"text": "Välkomna kl. 17", "entities": [], "message_id": message_id},
            },
            receipts,
        )
        for message_id, receipts in ((41, False), (42, True))
    ]


async def correcting(work: SqlUnitOfWork, stage: Stage, status: Status, text: str) -> Draft:
    await announcements.start_correcting(work, stage.seat, status.announcement.id, None, now=NOW)
    draft = await work.drafts.awaiting_text(stage.seat.chat_id, stage.coordinator.id)
    assert draft is not None
    await announcements.take(work, stage.seat, draft, {"text": text}, now=NOW)
    return draft


async def test_after_180_days_nothing_can_be_corrected_and_no_message_ids_are_kept(
    work: SqlUnitOfWork, stage: Stage
) -> None:
    status = await sent(work, stage)
    await deliver(work, Sent((41,)), Sent((42,)))
    await do_due(work, sending.list_due, sending.start_due, now=NOW)
    forgotten = [
        await announcement_messages.forget_old(work, days=180, now=NOW + timedelta(days=days)) for days in (180, 181)
    ]
    draft = await correcting(work, stage, status, "Nytt")
    _, count = await announcements.confirm_correction(work, stage.seat, draft.id, now=NOW + timedelta(days=181))
    assert (forgotten, count) == ([0, 2], 0)


# Several languages


async def test_the_corrected_language_alone_is_edited(work: SqlUnitOfWork, stage: Stage) -> None:
    draft = (await previewed(work, stage)).draft
    await announcements.write(work, stage.seat, draft.id, "en", now=NOW)
    await announcements.take(work, stage.seat, await work.drafts.get(draft.id), {"text": "Welcome"}, now=NOW)
    status = await announcements.confirm(work, stage.seat, draft.id, at_once=True, now=NOW)
    await deliver(work, Sent((41,)), Sent((42,)))
    await do_due(work, sending.list_due, sending.start_due, now=NOW)
    one = status.announcement.id
    which = await announcements.start_correcting(work, stage.seat, one, None, now=NOW)
    assert isinstance(which, WhichLanguage)
    asked = await announcements.start_correcting(work, stage.seat, one, "en", now=NOW)
    assert isinstance(asked, AskCorrection)
    await announcements.take(work, stage.seat, asked.draft, {"text": "Most welcome"}, now=NOW)
    _, count = await announcements.confirm_correction(work, stage.seat, asked.draft.id, now=NOW)
    assert (count, [r.person_id for r in await rows(work) if r.state == "waiting"]) == (1, [stage.english.id])


async def test_readers_get_their_language_and_the_first_one_where_it_lacks(work: SqlUnitOfWork, stage: Stage) -> None:
    preview = await previewed(work, stage)
    assert list(preview.missing) == ["en"]
    await announcements.write(work, stage.seat, preview.draft.id, "en", now=NOW)
    draft = await work.drafts.get(preview.draft.id)
    whole = await announcements.take(work, stage.seat, draft, {"text": "Welcome"}, now=NOW)
    assert isinstance(whole, Preview)
    assert (list(whole.missing), {k: content.words_of(v) for k, v in whole.contents.items()}) == (
        [],
        {"sv": TEXT["text"], "en": "Welcome"},
    )
    await announcements.confirm(work, stage.seat, draft.id, at_once=True, now=NOW)
    said = await deliver(work, Sent((41,)), Sent((42,)))
    assert [s and s["params"]["text"] for s in said] == [TEXT["text"], "Welcome"]
