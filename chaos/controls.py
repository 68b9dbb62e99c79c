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

PLAN = Plan(people=51, recipients=400, reminders=20, announcements=2, spread=12)
KILLS = 3
SILENCE_SECONDS = {"sqlite": 4.0, "postgresql": 12.0}


HALF = {"sqlite": ("booking", "inbox"), "postgresql": ("outbox", "undo")}


async def run(databases: Databases, kills: int, report: Report) -> None:
    """Each safety taken off in turn; where there are few kills, each on one database."""
    for safety in OFF if kills >= MANY else HALF[databases.kind]:
        async with world.opened(databases, PLAN, seed=7, launched=True, safety_off=[safety]) as ours:
            if safety == "booking":
                await _drop_guard(ours.url)
            for number in range(KILLS if safety in {"inbox", "outbox"} else 0):
                ours.people.admit(PLAN.people * (number + 1) // KILLS)
                await ours.live(ours.chance.randrange(10, 200), 1.0)
            await ours.finish(silence=SILENCE_SECONDS[databases.kind], nudges=0)
            found = await world.close(ours)
        report.line(f"{databases.kind}_control_{safety}_lost", _lost(safety, ours, found), ">", 0)


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
