"""Whose rules a reminder follows, and what is planned anew for people, whatever it is about."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import edition_rules, joint_plans, plans, reminding, stance_plans
from bot.services.reminding import Rules

RULES: Mapping[str, Rules[Any]] = MappingProxyType(
    {rules.prefix: rules for rules in (plans.RULES, edition_rules.RULES, joint_plans.RULES, stance_plans.RULES)}
)
"""All rules, by the prefix of their subjects."""


async def replan_actor(work: UnitOfWork, actor_id: int, *, now: datetime) -> None:
    """Plan anew what concerns an actor: its people have changed."""
    for rules in RULES.values():
        for subject_id in await rules.of_actor(work, actor_id):
            await reminding.replan(work, rules, subject_id, now=now)


async def replan_person(work: UnitOfWork, person: Person, *, now: datetime) -> None:
    """The same for all actors of a person: they turned a kind on or off."""
    for actor in await work.actors.list_of(person.id):
        await replan_actor(work, actor.id, now=now)


async def replan_edition(work: UnitOfWork, edition_id: int, *, now: datetime) -> None:
    """Plan anew what concerns an edition and all its bookings: a deadline, a fee step, the zone or a date has changed."""
    await reminding.replan(work, edition_rules.RULES, edition_id, now=now)
    await plans.replan_edition(work, edition_id, now=now)


async def list_unplanned(work: UnitOfWork, *, now: datetime, but: Collection[int]) -> list[int]:  # noqa: ARG001  # as what is due is asked for
    """Editions that nothing is planned for yet, less these: those of an earlier release."""
    return [
        edition.id
        for edition in await work.editions.list_published()
        if edition.id not in but
        and not await work.reminders.list_of(reminding.subject_of(edition_rules.PREFIX, edition.id))
    ]


async def plan_editions(work: UnitOfWork, ids: Sequence[int], *, now: datetime) -> None:
    """Plan for these; they were all."""
    for edition_id in ids:
        await reminding.replan(work, edition_rules.RULES, edition_id, now=now)
