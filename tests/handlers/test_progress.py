"""An announcement's card is edited every two seconds at most, however often and however late its rows are sent."""

from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from bot.domain.announcements import Audience, AudienceKind, State
from bot.domain.model import MemberState
from bot.domain.outgoing import Delivery, Dropped, Held, Outcome, Priority, Retry, Sent
from bot.domain.ports.delivery import Finished
from bot.pacing import ChatPace, Pace
from bot.services import announcement_messages, sending
from handlers.progress import SECONDS, Progress
from handlers.sending import tick
from schedules.sending import Sending
from storage.engine import open_database
from storage.units import DatabaseUnits
from tests.schedules.conftest import StandingClock, Taking
from tests.services.conftest import NOW, World, do_due

RECIPIENTS = 30
STEP = 0.3
STEPS = 60
SILENCE = range(20, 40)
"""Steps in which nothing goes out."""


@pytest.fixture
async def units(sqlite_url: str) -> AsyncIterator[DatabaseUnits]:
    database = await open_database(sqlite_url)
    yield DatabaseUnits(database)
    await database.close()


async def announced(units: DatabaseUnits) -> None:
    """An announcement to thirty people is under way, its card in place."""
    async with units.begin() as work:
        world = World(work)
        karin, actor = await world.coordinator(), await world.actor("Luleå kommun")
        for number in range(RECIPIENTS):
            person = await world.person(f"P{number}")
            await work.members.add(actor_id=actor.id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
        seat = await world.seat(karin)
        await work.chats.move_cards({seat.card_id: 41})  # as the sender's mark does
        content = {"sv": {"method": "sendMessage", "params": {"text": "Välkomna"}}}
        await work.announcements.add(
            created_by=karin.id,
            content=content,
            audience=Audience(AudienceKind.KINDS, actor_kinds=(actor.kind,)).stored(),
            receipts=False,
            state=State.SCHEDULED,
            send_at=NOW,
            card_id=seat.card_id,
        )


async def test_no_two_edits_of_an_announcements_card_are_closer_than_two_seconds(units: DatabaseUnits) -> None:
    clock = [0.0]
    progress, telegram = Progress(monotonic=lambda: clock[0]), Taking(lambda: clock[0])
    sender = Sending(
        telegram,
        units,
        StandingClock(NOW),
        pace=Pace(1e6),
        chat_pace=ChatPace(1000, 1000),
        render={"progress": progress.render},
        make={},
    )
    await announced(units)
    outcomes: list[Outcome] = []
    for step in range(STEPS):
        clock[0] += STEP
        async with units.begin() as work:
            await do_due(work, sending.list_due, tick, now=NOW)
            for row in await work.outbox.claim("me", Priority.ANNOUNCEMENT, 1, except_chats=[]):
                for ended in await work.outbox.record([Finished(row, Sent((row.id,)))], now=NOW):
                    await announcement_messages.delivered(ended, work, now=NOW)
            replies = await work.outbox.claim("me", Priority.REPLY, 9, except_chats=[])
        outcomes += [await _send(row, sender, progress, units, silent=step in SILENCE) for row in replies]
    edited_at = [at for method, _, at in telegram.calls if method == "editMessageText"]
    gaps = [after - before for before, after in pairwise(edited_at)]
    assert len(gaps) >= 3
    assert min(gaps) >= SECONDS
    assert any(isinstance(outcome, Retry) for outcome in outcomes), "none came too early"
    assert all(isinstance(outcome, Sent | Retry | Held | Dropped) for outcome in outcomes)


async def _send(row: Delivery, sender: Sending, progress: Progress, units: DatabaseUnits, *, silent: bool) -> Outcome:
    """Send a row, or keep it; what is to wait is given back at once, since the wait is database time."""
    outcome: Outcome = Held() if silent else await sender.send(row)
    async with units.begin() as work:
        written = Held() if isinstance(outcome, Retry) else outcome
        for ended in await work.outbox.record([Finished(row, written)], now=NOW):
            if ended.row.kind == "progress":
                await progress.finished(ended, work)
    return outcome
