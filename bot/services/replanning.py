"""Whose rules a reminder follows, and what is planned anew for people, whatever it is about."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import plans, reminding
from bot.services.reminding import Rules

RULES: Mapping[str, Rules[Any]] = MappingProxyType({rules.prefix: rules for rules in (plans.RULES,)})
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
