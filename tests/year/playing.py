"""Plays a plan: its setting is stored, and then people act in chat, with the real bot over HTTP."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

from bot.sandbox import Sandbox, SandboxSettings
from bot.sandbox.client import Telegram
from bot.seed import install
from storage.engine import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.chat.conftest import beside
from tests.year.chat import Chat
from tests.year.diary import Diary, Done, Plan
from tests.year.setting import Edition, Setting, local

FIRST_ID = 700_100_001
"""Of people in Telegram; no other number looks like it."""


@asynccontextmanager
async def played(plan: Plan, database_url: str, folder: Path) -> AsyncIterator[tuple[Diary, Chat]]:
    """A year that has been played, with everybody still there."""
    await store(plan, database_url)
    people = folder / "people.json"
    known = [{"id": i, "first_name": name, "started": True} for i, name in enumerate(plan.setting.people, FIRST_ID)]
    people.write_text(json.dumps({"people": [{**one, "language_code": "sv"} for one in known]}), "utf-8")
    starts = local(plan.starts)
    settings = SandboxSettings(people=people, initial_now=starts, frozen=True, strict=True, limits=False)
    async with (
        Sandbox(settings) as sandbox,
        beside(sandbox, database_url, folder).bot(),
        Telegram(sandbox.address, deadline=60) as telegram,
    ):
        chat = Chat(telegram, {person.name: person for person in await telegram.people()}, plan.setting)
        yield await _play(plan, chat), chat


async def _play(plan: Plan, chat: Chat) -> Diary:
    done = []
    for day in plan.days:
        now = local(day.at)
        await chat.telegram.clock.move(to=now.astimezone(UTC))
        for act in day.acts:
            await act.play(chat)
            done.append(Done(now, act))
    await chat.telegram.clock.move(to=local(plan.ends).astimezone(UTC))
    return Diary(plan.setting, done, local(plan.ends))


async def store(plan: Plan, database_url: str) -> None:
    """Actors, people, editions and slots, as before anybody has done anything."""
    database = await open_database(database_url)
    try:
        async with database.begin() as session:
            await _store(SqlUnitOfWork(session), plan.setting, plan.starts)
    finally:
        await database.close()


async def _store(work: SqlUnitOfWork, setting: Setting, starts: str) -> None:
    now = local(starts).astimezone(UTC)
    arenas = {arena.key: arena for arena in await install(work)}
    people = {}
    for user_id, name in enumerate(setting.people, FIRST_ID):
        words = {"language": "sv", "language_chosen": True, "muted": frozenset()}
        people[name] = await work.people.add(user_id=user_id, name=name, contact_asked_at=now, created_at=now, **words)
    for name in setting.coordinators:
        await work.coordinators.add(person_id=people[name].id, arena_id=None, granted_at=now)
    for actor in setting.actors:
        made = await work.actors.add(
            name=actor.name,
            kind=actor.kind,
            municipality=actor.municipality,
            aliases=(),
            state="active",
            created_at=now,
        )
        for name in actor.people:
            await work.members.add(actor_id=made.id, person_id=people[name].id, state="active", since_at=now)
    for edition in setting.editions:
        await _edition(work, edition, arenas[edition.arena].id)


async def _edition(work: SqlUnitOfWork, edition: Edition, arena_id: int) -> None:
    asked: dict[str, Any] = {"evaluated_together": edition.asked_on is not None}
    if edition.asked_on is not None:
        asked["evaluated_at"] = local(f"{edition.asked_on} 10.00").astimezone(UTC)
    stored = await work.editions.add(
        arena_id=arena_id,
        name={"sv": edition.name, "en": edition.name},
        year=edition.year,
        starts_on=edition.first,
        ends_on=edition.last,
        preliminary=False,
        place={"sv": "På plats", "en": "On site"},
        zone="Europe/Stockholm",
        allocation="application" if edition.applied_for else "first_come",
        opens_at=edition.opens.astimezone(UTC),
        closes_at=edition.closes.astimezone(UTC),
        answers_at=(edition.closes + timedelta(days=1)).astimezone(UTC) if edition.applied_for else None,
        official_programme=False,
        published=True,
        on_site={},
        **asked,
    )
    stage = await work.stages.add(edition_id=stored.id, name="Scenen", address="Gatan 1")
    for slot in edition.slots:
        at = slot.day, slot.hour
        await work.slots.add(
            stage_id=stage.id,
            starts_at=edition.starts(slot).astimezone(UTC),
            ends_at=edition.ends(slot).astimezone(UTC),
            state="blocked" if at in edition.own else "cancelled" if at in edition.called_off else "open",
            reason="Regionens mottagning" if at in edition.own else None,
        )
