"""Kill -9 at random moments, while everybody works."""

from typing import Final

from chaos import checks, world
from chaos.databases import Databases
from chaos.plan import Plan
from chaos.report import Report
from chaos.world import World

WINDOW: Final = 32
LIVES_SECONDS: Final = 40.0
LIFE_SECONDS: Final = 1.6
"""A life's longest work, of which each lasts a random part; longer where there are few lives."""
LONG_LIVES: Final = 20
LONG_SECONDS: Final = 11.5
"""One in so many lives lasts so long: a PostgreSQL bot takes its predecessors' claims only then."""
A_KILL_SECONDS: Final = 2.6
"""About what a kill takes, with the start that follows."""


async def run(databases: Databases, kills: int, report: Report) -> None:
    """So many kills at work, and what was lost by them."""
    plan = Plan(1000, 5000, 1000, announcements=max(2, kills // 8), spread=A_KILL_SECONDS * kills)
    async with world.opened(databases, plan, seed=kills) as ours:
        at_work, tries, longest = 0, 0, max(LIFE_SECONDS, LIVES_SECONDS / kills)
        while at_work < kills and tries < 2 * kills:
            tries += 1
            ours.people.admit(plan.people * (at_work + 1) // kills)
            long = databases.kind == "postgresql" and at_work % LONG_LIVES == LONG_LIVES // 4
            at_work += await ours.live(LONG_SECONDS if long else ours.chance.uniform(0, longest))
        await ours.finish()
        found = await world.close(ours)
    name = f"{databases.kind}_kills"
    report.line(f"{name}_at_work", at_work, "≥", kills)
    tell(name, ours, found, report)
    doubles = ours.record.doubles()
    report.line(f"{name}_doubles_at_a_kill_at_most", max(doubles[:-2], default=0), "≤", WINDOW)
    report.line(f"{name}_doubles_without_a_kill", sum(doubles[-2:]), "=", 0)
    report.note(f"{name}: {checks.mean(doubles[:-2])} doubles a kill, {ours.record.count} messages")


def tell(name: str, ours: World, found: checks.Found, report: Report) -> None:
    """What holds whatever happened."""
    record, plan, people = ours.record, ours.plan, ours.people
    report.line(f"{name}_updates_lost", found.updates_lost + found.updates_aside, "=", 0)
    report.line(f"{name}_bookings_unlike_confirmed", len(found.booked ^ people.booked), "=", 0)
    report.line(f"{name}_slots_taken_twice", found.slots_taken_twice, "=", 0)
    report.line(f"{name}_reminders_lost", checks.reminders_lost(record, plan), "=", 0)
    report.line(f"{name}_announcements_lost", checks.announcements_lost(record, plan), "=", 0)
    report.line(f"{name}_dialogues_stuck", len(people.unfinished), "=", 0)
    report.line(f"{name}_replies_waited_for_in_vain", ours.nudged, "=", 0)
    report.line(f"{name}_events_missed", record.gaps, "=", 0)
    report.note(f"{name}: outbox {found.rows}, {len(people.booked)} booked, {people.acts} acts")
