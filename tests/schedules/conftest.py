import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.errors import DatabaseUnavailable
from bot.domain.outgoing import Outgoing, Response
from bot.domain.ports.delivery import Finished
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.pacing import ChatPace, Pace
from bot.sandbox import Sandbox, SandboxSettings
from bot.transport import Transport
from schedules import deliveries
from schedules.answers import Answers
from schedules.bell import Bell
from schedules.deliveries import Deliveries
from schedules.files import Make
from schedules.flood import FloodGate
from schedules.intake import Intake
from schedules.polling import Polling
from schedules.receipt import Receiver
from schedules.sending import Render, Sending
from storage.engine import Database, Session, open_database
from storage.units import DatabaseUnits

TOKEN = "1000000001:a-token-of-tests"
KINDS = ("call", "card", "file", "notice", "announcement")
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@dataclass
class StandingClock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class Handlers:
    """What stands behind intake here: echoes, and does as the text says."""

    seen: list[Mapping[str, Any]] = field(default_factory=list)
    received_at: list[datetime] = field(default_factory=list)
    apologies: list[str] = field(default_factory=list)

    async def handle(self, update: Mapping[str, Any], work: UnitOfWork, received_at: datetime) -> Response:
        self.seen.append(update)
        self.received_at.append(received_at)
        if "own" in update:
            return Response()
        if "callback_query" in update:
            query = update["callback_query"]
            if query["data"] == "poison":
                raise RuntimeError("poison")
            chat_id = query["message"]["chat"]["id"]
            card_id = await work.chats.card_of(chat_id, query["message"]["message_id"])
            answer = ("answerCallbackQuery", {"callback_query_id": query["id"], "text": "yes"})
            return Response([card(chat_id, card_id, f"pressed {query['data']}")], [answer])
        message = update.get("message")
        if message is None or "text" not in message:
            return Response()
        if message["text"] == "poison":
            await work.outbox.add(text_to(message["chat"]["id"], "undone"))
            raise RuntimeError("poison")
        return Response([text_to(message["chat"]["id"], f"echo {message['text']}")])

    async def apologise(self, update: Mapping[str, Any], error_id: str, work: UnitOfWork) -> None:
        self.apologies.append(error_id)
        message = update.get("message") or update["callback_query"]["message"]
        await work.outbox.add(text_to(message["chat"]["id"], "sorry"))

    async def tell_flooded(self, update: Mapping[str, Any], work: UnitOfWork) -> None:
        await work.outbox.add(text_to(update["message"]["chat"]["id"], "slower"))


class Unheard:
    """A database whose answer to a commit is lost the next `lost` times: it is done, and nobody knows."""

    def __init__(self, database: Database, lost: int) -> None:
        self.database = database
        self.lost = lost
        self.read = database.read
        self.close = database.close

    @asynccontextmanager
    async def begin(self, *, urgent: bool = False) -> AsyncIterator[Session]:
        async with self.database.begin(urgent=urgent) as session:
            yield session
        if self.lost:
            self.lost -= 1
            raise DatabaseUnavailable("no answer to COMMIT")


class Taking:
    """A Telegram that takes every call, and notes what came when, by a clock."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.calls: list[tuple[str, Mapping[str, Any], float]] = []
        self._came = asyncio.Event()

    async def call(self, method: str, params: Mapping[str, Any], **_rest: Any) -> dict[str, int]:
        self.calls.append((method, params, self._clock()))
        self._came.set()
        return {"message_id": 41}

    async def until(self, count: int) -> None:
        """Wait for so many calls."""
        async with asyncio.timeout(15):
            while len(self.calls) < count:
                self._came.clear()
                await self._came.wait()


def text_to(chat_id: int, text: str, **fields: Any) -> Outgoing:
    return Outgoing("call", {"method": "sendMessage", "params": {"chat_id": chat_id, "text": text}}, chat_id, **fields)


def card(chat_id: int, card_id: int, text: str) -> Outgoing:
    keys = {"inline_keyboard": [[{"text": "Press", "callback_data": "x"}]]}
    return Outgoing("card", {"params": {"text": text, "reply_markup": keys}}, chat_id, card_id=card_id)


@dataclass
class Bot:
    """Intake and sender around the handlers, composed as the bot's own root does it."""

    units: DatabaseUnits
    clock: StandingClock
    handlers: Handlers
    transport: Any
    polling: Polling
    intake: Intake
    deliveries: Deliveries
    answers: Answers
    finished: list[Finished]
    committed: Bell

    async def says(self, *rows: Outgoing) -> None:
        async with self.units.begin() as work:
            for row in rows:
                await work.outbox.add(row)
        self.deliveries.wake()

    @asynccontextmanager
    async def running(self, *, source: bool = True) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(part.run()) for part in (self.intake, self.deliveries)]
        if source:
            tasks.append(asyncio.create_task(self.polling.run()))
        try:
            yield
        finally:
            for part in (self.polling, self.intake, self.deliveries, self.answers):
                await part.stop()
            for task in tasks:
                async with asyncio.timeout(5):
                    await task


def compose(
    database: Database,
    transport: Any,
    *,
    flood: FloodGate | None = None,
    render: Mapping[str, Render] | None = None,
    make: Mapping[str, Make] | None = None,
    window: int = 32,
    time_limit: float = 10,
    hold: Collection[str] = (),
    pace: Pace | None = None,
    chat_pace: ChatPace | None = None,
    handlers: Handlers | None = None,
    take_over_after: float = 0.0,
) -> Bot:
    units, clock, handlers = DatabaseUnits(database), StandingClock(), handlers or Handlers()
    pace, chat_pace = pace or Pace(1000), chat_pace or ChatPace(1000, 1000)
    finished: list[Finished] = []
    stored, handled, committed = Bell(), Bell(), Bell()
    answers = Answers(transport)

    async def note(row: Finished, _work: UnitOfWork) -> None:
        finished.append(row)

    sending = Sending(
        transport,
        units,
        clock,
        pace=pace,
        chat_pace=chat_pace,
        render=render or {},
        make=make or {},
        time_limit=time_limit,
        hold=hold,
    )
    deliveries = Deliveries(
        units,
        clock,
        sending,
        pace=pace,
        chat_pace=chat_pace,
        window=window,
        committed=committed.ring,
        answered=stored.ring,
        take_over_after=take_over_after,
        hold=hold,
        finished=dict.fromkeys(KINDS, note),
    )
    intake = Intake(
        units,
        handlers.handle,
        apologise=handlers.apologise,
        answer=answers.send,
        moved=deliveries.moved,
        committed=handled.ring,
        finished=dict.fromkeys(KINDS, note),
    )
    stored.heard_by(intake.wake)
    handled.heard_by(deliveries.wake, committed.ring)
    receiver = Receiver(
        units, clock, flood=flood, tell_flooded=handlers.tell_flooded, wake=stored.ring, at_once=intake.at_once
    )
    polling = Polling(transport, receiver, wait_seconds=5)
    return Bot(units, clock, handlers, transport, polling, intake, deliveries, answers, finished, committed)


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row whose wait is over is found at once: the look is no more than the net, and tests wait for nothing else."""
    monkeypatch.setattr(deliveries, "LOOK_SECONDS", 0.05)


@pytest.fixture
def sandbox_settings() -> SandboxSettings:
    return SandboxSettings(token=TOKEN, limits=False, strict=True)


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    """One database is enough here: tests/storage tries both."""
    opened = await open_database(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
async def transport(sandbox: Sandbox) -> AsyncIterator[Transport]:
    opened = Transport(TOKEN, sandbox.address)
    yield opened
    await opened.close()


@pytest.fixture
def bot(database: Database, transport: Transport) -> Bot:
    return compose(database, transport)


def texts(messages: Sequence[Mapping[str, Any]]) -> list[str]:
    return [message["text"] for message in messages if not message["out"]]
