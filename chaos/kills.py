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
OF_THE_RECIPIENTS: Final = 0.05
"""How much of an announcement a life sends, on the average, before it is killed."""
LONG_LIVES: Final = 20
LONG_SECONDS: Final = 11.5
"""One in so many lives lasts so long: a PostgreSQL bot takes its predecessors' claims only then."""
TICK_SECONDS: Final = 3.0
"""How long an announcement that is due may wait to be begun."""
SHORTEST, LONGEST = 0.05, 0.4
"""Seconds from people's first words to the kill that ends a long life."""
OF_AN_ANNOUNCEMENT: Final = (0.1, 0.5)
"""What share of an announcement is sent before the old version is stopped."""
DEPLOYED_SECONDS: Final = 60.0
A_KILL_SECONDS: Final = 2.4
"""About what a kill takes, with the start that follows."""


async def run(databases: Databases, kills: int, report: Report) -> None:
    """So many kills at work, and what was lost by them."""
    plan = Plan.scaled(kills, A_KILL_SECONDS * kills, announcements=1)
    async with world.opened(databases, plan, seed=kills) as ours:
        at_work, tries = 0, 0
        while at_work < kills and tries < 2 * kills:
            tries += 1
            upto = plan.people * (at_work + 1) // kills
            if databases.kind == "postgresql" and at_work % LONG_LIVES == LONG_LIVES // 4:
                at_work += await _long_life(ours, upto)
                continue
            ours.people.admit(upto)
            messages = ours.chance.uniform(0, 2) * OF_THE_RECIPIENTS * plan.recipients
            at_work += await ours.live(round(messages), LIFE_SECONDS)
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


async def _long_life(ours: World, upto: int) -> bool:
    """A life in which claims are taken over; there is new work shortly before its kill."""
    begun = ours.people.begun
    ours.people.admit((begun + upto) // 2)
    spoke = await ours.wake()
    await asyncio.sleep(LONG_SECONDS - TICK_SECONDS)
    await ours.announce()
    await asyncio.sleep(TICK_SECONDS)
    ours.people.admit(upto)
    await asyncio.sleep(ours.chance.uniform(SHORTEST, LONGEST))
    return await ours.kill() and spoke


async def _deploy(ours: World) -> tuple[bool, float]:
    """A new version in the middle of an announcement: stopped as systemd stops it, and started again.

    Gives whether it was in the middle, and in how many seconds the old version was gone.
    """
    begun = len(ours.record.announced)
    enough = begun + ours.chance.uniform(*OF_AN_ANNOUNCEMENT) * ours.plan.recipients
    await ours.wake()
    await ours.announce()
    sends = await ours.until(lambda: len(ours.record.announced) > enough, DEPLOYED_SECONDS)
    seconds = await ours.bot.stop()
    await ours.telegram.mark()
    return sends and ours.is_announcing, seconds


def tell(name: str, ours: World, found: checks.Found, report: Report, *, waits: bool = True) -> None:
    """What holds whatever happened."""
    record, plan, people = ours.record, ours.plan, ours.people
    report.line(f"{name}_updates_lost", found.updates_lost + found.updates_aside, "=", 0)
    report.line(f"{name}_bookings_unlike_confirmed", len(found.booked ^ people.booked), "=", 0)
    report.line(f"{name}_slots_taken_twice", found.slots_taken_twice, "=", 0)
    report.line(f"{name}_reminders_lost", checks.reminders_lost(record, plan), "=", 0)
    report.line(f"{name}_announcements_lost", checks.announcements_lost(record, plan), "=", 0)
    report.line(f"{name}_rows_given_up", found.rows.get("dead", 0), "=", 0)
    report.line(f"{name}_dialogues_stuck", len(people.unfinished), "=", 0)
    if waits:
        report.line(f"{name}_replies_waited_for_in_vain", ours.nudged, "=", 0)
        report.line(f"{name}_ended_by_itself", ours.deaths, "=", 0)
    report.line(f"{name}_events_missed", record.gaps, "=", 0)
    report.note(f"{name}: outbox {found.rows}, {len(people.booked)} booked, {people.acts} acts")
