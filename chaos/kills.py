"""Kill -9 at random moments, while everybody works."""

import asyncio
from typing import Final

from chaos import checks, world
from chaos.databases import Databases
from chaos.plan import Plan
from chaos.report import Report
from chaos.world import World

WINDOW: Final = 32
STOP_SECONDS: Final = 5.0
STOPPED: Final = 3
"""Lives at the end that were not killed: until the new version, with it, and what came when all had ended."""
LIFE_SECONDS: Final = 5.0
"""How long a life's work lasts at most; most are over when they have sent their random share."""
DURING_KILLS: Final = 0.7
"""How much of all that is to be sent the lives that are killed share."""
OF_A_DIALOGUE: Final = 4
"""Messages that a booking takes; the rest are edits."""
LONG_LIVES: Final = 20
LONG_SECONDS: Final = 11.5
"""One in so many lives lasts so long: a PostgreSQL bot takes its predecessors' claims only then."""
A_KILL_SECONDS: Final = 2.4
"""About what a kill takes, with the start that follows."""


async def run(databases: Databases, kills: int, report: Report) -> None:
    """So many kills at work, and what was lost by them."""
    plan = Plan.scaled(kills, A_KILL_SECONDS * kills, announcements=max(3, kills // 8))
    async with world.opened(databases, plan, seed=kills) as ours:
        at_work, tries = 0, 0
        sent = plan.announcements * plan.recipients + plan.reminders + OF_A_DIALOGUE * plan.people
        while at_work < kills and tries < 2 * kills:
            tries += 1
            ours.people.admit(plan.people * (at_work + 1) // kills)
            share = ours.chance.uniform(0, 2) * DURING_KILLS * sent / kills
            at_work += await ours.live(round(share), LIFE_SECONDS, least=_least(databases.kind, at_work))
        stopped_at_work, seconds = await _deploy(ours)
        await ours.finish()
        found = await world.close(ours)
    name = f"{databases.kind}_kills"
    report.line(f"{name}_at_work", at_work, "≥", kills)
    tell(name, ours, found, report)
    doubles = ours.record.doubles()
    killed, stopped = doubles[:-STOPPED], doubles[-STOPPED:]
    report.line(f"{name}_doubles_at_a_kill_at_most", max(killed, default=0), "≤", WINDOW)
    report.note(f"{name}: {checks.mean(killed)} doubles a kill, {ours.record.count} messages")
    name = f"{databases.kind}_deploy"
    report.line(f"{name}_at_work", stopped_at_work, "=", 1)
    report.line(f"{name}_stopped_in_seconds", round(seconds, 2), "≤", STOP_SECONDS)
    report.line(f"{name}_doubles", sum(stopped), "=", 0)
    if sum(stopped):
        last = ours.record.marks[-STOPPED]
        report.note(f"{name}: {stopped}, {[each for each in ours.record.repeated() if each[0] > last][:5]}")


def _least(kind: str, number: int) -> float:
    """How long a life lasts at least, in seconds."""
    return LONG_SECONDS if kind == "postgresql" and number % LONG_LIVES == LONG_LIVES // 4 else 0


async def _deploy(ours: World) -> tuple[bool, float]:
    """A new version in the middle of an announcement: stopped as systemd stops it, and started again."""
    before = ours.record.count
    await ours.bot.start()
    await ours.until(lambda: ours.record.count > before, world.FIRST_WORD_SECONDS)
    await asyncio.sleep(1)
    at_work = ours.is_announcing and ours.bot.is_alive
    seconds = await ours.bot.stop()
    await ours.telegram.mark()
    return at_work, seconds


def tell(name: str, ours: World, found: checks.Found, report: Report, *, waits: bool = True) -> None:
    """What holds whatever happened."""
    record, plan, people = ours.record, ours.plan, ours.people
    report.line(f"{name}_updates_lost", found.updates_lost + found.updates_aside, "=", 0)
    report.line(f"{name}_bookings_unlike_confirmed", len(found.booked ^ people.booked), "=", 0)
    report.line(f"{name}_slots_taken_twice", found.slots_taken_twice, "=", 0)
    report.line(f"{name}_reminders_lost", checks.reminders_lost(record, plan), "=", 0)
    report.line(f"{name}_announcements_lost", checks.announcements_lost(record, plan), "=", 0)
    report.line(f"{name}_dialogues_stuck", len(people.unfinished), "=", 0)
    if waits:
        report.line(f"{name}_replies_waited_for_in_vain", ours.nudged, "=", 0)
        report.line(f"{name}_ended_by_itself", ours.deaths, "=", 0)
    report.line(f"{name}_events_missed", record.gaps, "=", 0)
    report.note(f"{name}: outbox {found.rows}, {len(people.booked)} booked, {people.acts} acts")
