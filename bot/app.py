"""The composition root: the only file that imports every folder."""

import asyncio
import contextlib
import logging
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any, Final, Protocol

from bot import seed
from bot.clock import SandboxClock, WallClock
from bot.domain.errors import DatabaseUnavailable
from bot.domain.ports.delivery import Clock, Finished, Keep, NotSent, Refused, Uncertain
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.pacing import ChatPace, Pace
from bot.services import announcement_messages as messages
from bot.services import endings, invitations, members, personal, reminders, replanning
from bot.services import health as looks
from bot.services import sending as announcements
from bot.settings import Settings
from bot.startup import StartupError
from bot.transport import Transport
from bot.views import health as health_views
from bot.views import menus, reports
from bot.views.screen import Reader, plain
from handlers import registry, system
from handlers import sending as announcing
from handlers.dispatch import Dispatcher, SilentBot
from handlers.progress import Progress
from handlers.report import ReportsSent
from schedules.answers import Answers
from schedules.bell import Bell
from schedules.clock_agent import ClockAgent
from schedules.deliveries import Deliveries
from schedules.due import Do, Due, Find, each_due
from schedules.flood import FloodGate
from schedules.intake import Intake
from schedules.jobs import Run, Tick, Ticks, in_parts
from schedules.pauses import Pauses
from schedules.polling import ALLOWED, Polling
from schedules.receipt import Receiver
from schedules.sending import Sending
from schedules.upkeep import Upkeep
from schedules.webhook import Webhook
from schedules.workshop import Workshop
from storage import migrate as migrations
from storage.engine import open_database
from storage.lock import AlreadyRunning, sole_process
from storage.units import DatabaseUnits

log = logging.getLogger(__name__)
TAKE_OVER_SECONDS: Final = 10.0
"""PostgreSQL may free a lock while its old holder still sends: one send's time limit passes before its claims are taken."""
DUE_SECONDS: Final = 3.0
UPKEEP_SECONDS: Final = 3600.0
WEBHOOK_PATH: Final = "/telegram"


class Part(Protocol):
    """Something that runs until it is stopped."""

    async def run(self) -> None:
        """Work."""

    async def stop(self) -> None:
        """End soon."""


async def run_bot(settings: Settings, *, sandbox: str | None) -> None:
    """Run the bot until cancelled, on Telegram or beside a local one whose clock it follows.

    Raises StartupError: already_running, database_newer, database_unreachable, webhook_port_in_use, token_refused.
    """
    async with AsyncExitStack() as stack:
        token = settings.bot_token()
        lost = await _alone(stack, settings, token)
        units = await stack.enter_async_context(opened(settings))
        transport = Transport(token, settings.api_base)
        stack.push_async_callback(transport.close)
        clock: Clock = SandboxClock(datetime.fromisoformat("2027-01-11T08:00:00+00:00")) if sandbox else WallClock()
        bot = Bot(settings, units, transport, clock, SilentBot(token, await _me(transport)), sandbox)
        await bot.run(lost)


async def migrate(settings: Settings) -> None:
    """Bring the database to this release's schema. Raises StartupError."""
    try:
        await migrations.upgrade(settings.database_url)
    except migrations.DatabaseNewer as error:
        raise StartupError("database_newer", database=_shown(settings)) from error
    except DatabaseUnavailable as error:
        raise StartupError("database_unreachable", database=_shown(settings), reason=error) from error


async def coordinator_link(settings: Settings) -> str:
    """A new one-time link to become a coordinator for all arenas. Raises StartupError."""
    transport = Transport(settings.bot_token(), settings.api_base)
    try:
        username = str((await _me(transport))["username"])
    finally:
        await transport.close()
    async with opened(settings) as units, units.begin() as work:
        return await _link(work, username, WallClock().now())


async def health(settings: Settings) -> list[str]:
    """What `/halsa` says, in English, from the database alone. Raises StartupError."""
    now = WallClock().now()
    async with opened(settings) as units, units.read() as work:
        found = health_views.lines(await looks.look(work, now=now))
    return [plain(line, Reader("en", now)) for line in found if line is not None]


async def _link(work: UnitOfWork, username: str, now: datetime) -> str:
    token = await invitations.first_coordinator_link(work, now)
    return f"https://t.me/{username}?start={invitations.payload(token)}"


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[DatabaseUnits]:
    """The database with this release's schema and at least the four arenas. Raises StartupError."""
    await migrate(settings)
    try:
        database = await open_database(settings.database_url)
    except DatabaseUnavailable as error:
        raise StartupError("database_unreachable", database=_shown(settings), reason=error) from error
    units = DatabaseUnits(database)
    try:
        async with units.begin() as work:
            await seed.install(work)
        yield units
    finally:
        await database.close()


def _shown(settings: Settings) -> str:
    """The database's file, or its address without a password."""
    return settings.database_url.removeprefix("sqlite:///").rpartition("@")[2]


async def _alone(stack: AsyncExitStack, settings: Settings, token: str) -> asyncio.Event:
    try:
        return await stack.enter_async_context(sole_process(settings.database_url, token.partition(":")[0]))
    except AlreadyRunning as error:
        raise StartupError("already_running", path=_shown(settings)) from error
    except DatabaseUnavailable as error:
        raise StartupError("database_unreachable", database=_shown(settings), reason=error) from error


async def _me(transport: Transport) -> dict[str, Any]:
    """The bot's own user. Raises StartupError: token_refused."""
    return dict(await _insist(transport, "getMe", {}))


async def _insist(transport: Transport, method: str, params: Mapping[str, Any]) -> Any:
    """A call's result; waits for Telegram as long as it takes. Raises StartupError: token_refused."""
    pauses = Pauses()
    while True:
        try:
            return await transport.call(method, params)
        except Refused as error:
            if error.code in {401, 404}:
                raise StartupError("token_refused") from error
            log.warning("%s: %s", method, error)
        except (NotSent, Uncertain) as error:
            log.warning("Telegram does not answer (%s)", error)
        await asyncio.sleep(pauses.next())


class Bot:
    """One bot's parts, put together: source → inbox → intake → handlers → outbox → sender, and the ticks."""

    def __init__(
        self,
        settings: Settings,
        units: DatabaseUnits,
        transport: Transport,
        clock: Clock,
        silent: SilentBot,
        sandbox: str | None,
    ) -> None:
        self._settings = settings
        self._units = units
        self._transport = transport
        self._clock = clock
        self._sandbox = sandbox
        self._username = silent.username
        self._bell = Bell()
        self._stored = Bell()
        self._marked = Bell()
        self._answers = Answers(transport)
        self._pace = Pace(settings.rate_per_second)
        self._workshop = Workshop(settings.database_url, ready=self._bell.ring)
        self._deliveries = self._make_deliveries()
        self._intake = self._make_intake(silent)
        self._upkeep = Upkeep(units, Keep(settings.inbox_hours, settings.outbox_days))
        self._ticks = self._make_ticks()
        self._receiver = Receiver(
            units,
            clock,
            flood=FloodGate(settings.flood_limit, settings.flood_seconds) if settings.flood_enabled else None,
            tell_flooded=system.tell_flooded,
            wake=self._stored.ring,
            at_once=self._intake.at_once,
        )
        self._agent = self._make_agent()
        self._stored.heard_by(self._intake.wake)
        self._bell.heard_by(self._deliveries.wake)
        if self._agent is not None:
            self._bell.heard_by(self._agent.changed)
            self._marked.heard_by(self._agent.changed)

    def _make_intake(self, silent: SilentBot) -> Intake:
        dispatcher = Dispatcher(
            silent,
            registry.COMMANDS,
            registry.ROUTES,
            free_text=registry.FREE_TEXT,
            other=registry.OTHER,
            membership=registry.MEMBERSHIP,
            in_group=registry.IN_GROUP,
            kept_by_law=self._settings.kept_by_law(),
        )
        return Intake(
            self._units,
            dispatcher.handle,
            apologise=system.apologise,
            answer=self._answers.send,
            moved=self._deliveries.moved,
            committed=self._bell.ring,
            finished={"announcement": self._announced},
        )

    def _make_deliveries(self) -> Deliveries:
        settings = self._settings
        chat_pace = ChatPace(settings.chat_burst, settings.group_per_minute)
        finished, progress = ReportsSent(self._workshop), Progress(monotonic=time.monotonic)
        sending = Sending(
            self._transport,
            self._units,
            self._clock,
            pace=self._pace,
            chat_pace=chat_pace,
            render={
                "notice": system.Notices(registry.ROUTES.notices).render,
                "announcement": announcing.render_announcement,
                "report": finished.render,
                "progress": progress.render,
            },
            make={**registry.ROUTES.makers, reports.MAKER: finished.file},
            hold=settings.held_kinds(),
        )
        return Deliveries(
            self._units,
            self._clock,
            sending,
            pace=self._pace,
            chat_pace=chat_pace,
            window=settings.window,
            committed=self._marked.ring,
            answered=self._stored.ring,
            finished={
                "announcement": self._announced,
                "notice": self._noticed,
                "report": self._workshop.forget,
                "progress": progress.finished,
            },
            take_over_after=0.0 if settings.database_url.startswith("sqlite") else TAKE_OVER_SECONDS,
            hold=settings.held_kinds(),
        )

    def _make_ticks(self) -> Ticks:
        settings = self._settings
        parts = partial(in_parts, self._units)
        erase = partial(personal.erase_due, kept_by_law=settings.kept_by_law())

        def due(kind: str, find: Find, do: Do) -> Run:
            return each_due(self._units, Due(kind, find, do))

        ticks = (
            Tick("endings", DUE_SECONDS, due("ending", endings.list_due, endings.end_due)),
            Tick("reminders", DUE_SECONDS, due("reminder", reminders.list_due, reminders.send_due)),
            Tick("announcements", DUE_SECONDS, due("announcement", announcements.list_due, announcing.tick)),
            Tick("editions", UPKEEP_SECONDS, due("edition", replanning.list_unplanned, replanning.plan_editions)),
            Tick("upkeep", UPKEEP_SECONDS, self._upkeep.run),
            Tick("erasing", DUE_SECONDS, due("erasure", personal.list_due, erase)),
            Tick(
                "expiring",
                UPKEEP_SECONDS,
                parts(
                    partial(
                        personal.expire,
                        request_months=settings.contact_request_months,
                        line_months=settings.free_line_months,
                        kept_by_law=settings.kept_by_law(),
                    )
                ),
            ),
            Tick(
                "forgetting",
                UPKEEP_SECONDS,
                parts(partial(messages.forget_old, days=settings.sent_ids_days)),
            ),
        )
        return Ticks(
            ticks,
            self._clock,
            caught_up=self._intake.caught_up,
            ticked=self._bell.ring,
            jumped=self._upkeep.cut_waits,
        )

    async def _announced(self, ended: Finished, work: UnitOfWork) -> None:
        await messages.delivered(ended, work, now=self._clock.now())

    async def _noticed(self, ended: Finished, work: UnitOfWork) -> None:
        await reminders.undelivered(ended, work, now=self._clock.now())

    def _make_agent(self) -> ClockAgent | None:
        if self._sandbox is None or not isinstance(self._clock, SandboxClock):
            return None
        return ClockAgent(
            self._sandbox,
            self._clock,
            self._units,
            run_ticks=self._ticks.run_all,
            next_due=(
                lambda work: work.bookings.next_due_at(),
                lambda work: work.reminders.next_due_at(),
                announcements.next_due_at,
            ),
            answers_idle=lambda: self._answers.is_idle,
            hurry=self._deliveries.hurry,
        )

    async def run(self, lost: asyncio.Event) -> None:
        """Work until cancelled. Raises DatabaseUnavailable when the lock is lost, StartupError: webhook_port_in_use."""
        if self._agent is not None:
            await self._agent.synchronise()
        await self._begin()
        source = await self._source()
        parts: list[Part] = [self._deliveries, self._intake, self._ticks, source]
        if self._agent is not None:
            parts.append(self._agent)
        tasks = [asyncio.create_task(part.run(), name=type(part).__name__) for part in parts]
        watch = asyncio.create_task(lost.wait(), name="lock")
        try:
            await asyncio.wait([*tasks, watch], return_when=asyncio.FIRST_COMPLETED)
            if lost.is_set():
                self._deliveries.halt()
                raise DatabaseUnavailable("the connection that keeps other bots away is gone")
            for task in tasks:
                if task.done() and task.exception() is not None:
                    task.result()
        finally:
            watch.cancel()
            await self._stop(parts, tasks)

    async def _stop(self, parts: Sequence[Part], tasks: Sequence["asyncio.Task[None]"]) -> None:
        """Sources first, the sender last; what is under way ends."""
        for part in reversed(parts):
            await part.stop()
        _, late = await asyncio.wait(tasks, timeout=3.5)
        for task in late:
            task.cancel()
        await self._workshop.stop()
        await self._answers.stop()

    async def _begin(self) -> None:
        """Menus, the demo's data, and the first coordinator's link."""
        async with self._units.begin() as work:
            if self._sandbox is not None:
                if await seed.demo(work, now=self._clock.now()):
                    await seed.past(work)
            elif not await work.coordinators.list_all():
                link = await _link(work, self._username, self._clock.now())
                sys.stdout.write(f"The first coordinator's link, good for one person: {link}\n")
                sys.stdout.flush()
        async with self._units.begin() as work:
            for person in await members.all_coordinators(work):
                await work.outbox.add(menus.own_menu(person.user_id, person.language, coordinators=True))
        for method, params in menus.default_menus():
            with contextlib.suppress(Refused, NotSent, Uncertain):
                await self._transport.call(method, params)

    async def _source(self) -> Part:
        settings = self._settings
        if settings.mode == "polling":
            await _insist(self._transport, "deleteWebhook", {})  # while one is set, there is nothing to fetch
            return Polling(self._transport, self._receiver)
        assert settings.webhook_secret is not None and settings.webhook_url is not None  # noqa: S101, PT018  # Settings says so
        secret = settings.webhook_secret.get_secret_value()
        webhook = Webhook(
            self._receiver, secret=secret, path=WEBHOOK_PATH, host=settings.webhook_listen, port=settings.webhook_port
        )
        try:
            await webhook.start()
        except OSError as error:
            raise StartupError("webhook_port_in_use", port=settings.webhook_port) from error
        url = settings.webhook_url.rstrip("/") + WEBHOOK_PATH
        params = {"url": url, "secret_token": secret, "allowed_updates": list(ALLOWED)}
        await _insist(self._transport, "setWebhook", params)
        return webhook
