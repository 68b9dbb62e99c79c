"""Negative controls: with a safety off the harness must see what is lost."""

from sqlalchemy import text

from chaos import checks, world
from chaos.databases import Databases
from chaos.plan import Plan
from chaos.report import Report
from chaos.safeties import OFF
from chaos.world import World
from chaos.worst import MANY
from storage.engine import open_database

PLAN = Plan(people=51, recipients=400, reminders=20, announcements=1, spread=5)
KILLS = 3
FEWEST, MOST = 10, 60
"""Messages that a life sends before its kill: fewer than are claimed at a time."""
LIFE_SECONDS = 5.0
SILENCE_SECONDS = 6.0

HALF = {"sqlite": ("booking", "inbox"), "postgresql": ("outbox", "undo")}


async def run(databases: Databases, kills: int, report: Report) -> None:
    """Each safety taken off in turn; where there are few kills, each on one database."""
    for safety in OFF if kills >= MANY else HALF[databases.kind]:
        async with world.opened(databases, PLAN, seed=7, launched=True, safety_off=[safety]) as ours:
            if safety == "booking":
                await _drop_guard(ours.url)
            for number in range(KILLS if safety in {"inbox", "outbox"} else 0):
                ours.people.admit(PLAN.people * (number + 1) // KILLS)
                await ours.live(ours.chance.randrange(FEWEST, MOST), LIFE_SECONDS)
            await ours.finish(silence=SILENCE_SECONDS, nudges=0)
            found, is_off = await world.close(ours), ours.bot.came_upon_what_is_off
        name = f"{databases.kind}_control_{safety}"
        report.line(f"{name}_is_off", is_off, "=", 1)
        report.line(f"{name}_lost", _lost(safety, ours, found), ">", 0)


def _lost(safety: str, ours: World, found: checks.Found) -> int:
    match safety:
        case "booking":
            return found.slots_taken_twice
        case "inbox":
            return found.updates_lost
        case "outbox":
            return checks.announcements_lost(ours.record, ours.plan) + checks.reminders_lost(ours.record, ours.plan)
        case _:
            return len(found.booked ^ ours.people.booked)


async def _drop_guard(url: str) -> None:
    database = await open_database(url)
    async with database.begin() as session:
        await session.run(text("DROP INDEX uq_bookings_slot_taken"))
    await database.close()
