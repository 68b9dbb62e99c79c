"""A coordinator's editions: made from last year's or from nothing, and every datum of theirs edited."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.attributes import Days, Setting, UnknownOption, shifted
from bot.domain.model import Allocation, Arena, Draft, Edition, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.editions import ArenaEditions, EditionCard, Start, WhichDates
from bot.domain.seat import Seat
from bot.domain.standard import fields_for
from bot.domain.year import Clash, clashes_of
from bot.services import rights
from bot.services.dialogues import close_draft, open_draft, own_draft

KIND = "edition"
QUESTIONS = frozenset({KIND, "slots", "earlier_result", "report_years", "report_comment", "financing", "outturn"})
"""Kinds of draft that a coordinator leaves by going elsewhere."""


async def leave_question(work: UnitOfWork, person: Person, chat_id: int, *, now: datetime) -> None:
    """What the person writes next is no answer any more to what was asked of editions, slots and reports."""
    draft = await work.drafts.awaiting_text(chat_id, person.id)
    if draft is not None and draft.kind in QUESTIONS:
        await close_draft(work, draft, now=now)


async def list_editions(work: UnitOfWork, person: Person) -> list[ArenaEditions]:
    """The arenas that the person runs, each with its editions. Raises NotAllowed."""
    await rights.require_any_coordinator(work, person)
    return [
        ArenaEditions(arena, await work.editions.list_of(arena.id))
        for arena in await work.arenas.list_all()
        if await rights.coordinates(work, person, arena.id)
    ]


async def open_edition(work: UnitOfWork, person: Person, edition_id: int) -> EditionCard:
    """An edition with what there is of it. Raises NotFound, NotAllowed."""
    edition = await work.editions.get(edition_id)
    await rights.require_coordinator(work, person, edition.arena_id)
    return await _edition_card(work, edition)


async def _edition_card(work: UnitOfWork, edition: Edition) -> EditionCard:
    statuses = await work.slots.list_of(edition.id)
    days = {s.slot.starts_at.astimezone(edition.tz).date() for s in statuses}
    first, last = edition.starts_on, edition.ends_on
    outside = {day for day in days if first is not None and last is not None and not first <= day <= last}
    return EditionCard(
        edition,
        await work.arenas.get(edition.arena_id),
        len(await work.stages.list_of(edition.id)),
        len(statuses),
        sum(s.slot.starts_at.astimezone(edition.tz).date() in outside for s in statuses),
        len(await work.fields.list_of(edition.id)),
        await work.fee_steps.list_of(edition.id),
        await clashes(work, edition),
    )


async def clashes(work: UnitOfWork, edition: Edition) -> Sequence[Clash]:
    """Those with other arenas' editions, drafts too: of these a coordinator sees name and days, whichever arenas are theirs."""
    return clashes_of(edition, await work.editions.list_all())


# A new edition


async def start_edition(work: UnitOfWork, person: Person, arena_id: int) -> Start:
    """Whether to make it from the latest one or from nothing. Raises NotFound, NotAllowed."""
    await rights.require_coordinator(work, person, arena_id)
    editions = await work.editions.list_of(arena_id)
    return Start(await work.arenas.get(arena_id), editions[0] if editions else None)


async def ask_dates(work: UnitOfWork, seat: Seat, arena_id: int, source_id: int | None, *, now: datetime) -> WhichDates:
    """Ask for the new edition's dates. Raises NotFound, NotAllowed."""
    await rights.require_coordinator(work, seat.person, arena_id)
    source = None if source_id is None else await work.editions.get(source_id)
    if source is not None and source.arena_id != arena_id:
        raise UnknownOption
    data = {"arena_id": arena_id, "source_id": source_id}
    draft = await open_draft(work, seat, KIND, "dates", data, awaits_text=True, now=now)
    return WhichDates(draft, await work.arenas.get(arena_id), source)


async def make_without_dates(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> EditionCard:
    """Make the edition though its dates are not known yet. Raises NotFound, NotAllowed."""
    return await make(work, seat, await own_draft(work, seat, draft_id, KIND), None, now=now)


async def make(work: UnitOfWork, seat: Seat, draft: Draft, dates: str | None, *, now: datetime) -> EditionCard:
    """Make the edition that the draft is about, on the dates written (None: not known yet).

    Raises NotFound, NotAllowed, DateInPast, and as `parse_days`.
    """
    arena = await work.arenas.get(int(draft.data["arena_id"]))
    await rights.require_coordinator(work, seat.person, arena.id)
    source_id = draft.data.get("source_id")
    source = None if source_id is None else await work.editions.get(int(source_id))
    zone = ZoneInfo(source.zone if source else arena.zone)
    setting = Setting(zone, source.year + 1 if source else None, now)
    year = setting.year or setting.today.year + 1
    columns: dict[str, Any] = {"starts_on": None, "ends_on": None, "year": year, "preliminary": True}
    if dates is not None:
        attribute = Days("dates")
        columns = attribute.columns(None, attribute.read(dates, setting), "sv")
    edition = await (_copy(work, source, columns) if source else _create(work, arena, columns))
    await close_draft(work, draft, now=now)
    await work.acts.add(
        at=now,
        person_id=seat.person.id,
        act="edition.made",
        subject=f"edition:{edition.id}",
        detail={"from": source_id},
    )
    return await _edition_card(work, edition)


async def _create(work: UnitOfWork, arena: Arena, columns: Mapping[str, Any]) -> Edition:
    """A new edition from nothing; what it is called, and whether the activities are reported elsewhere, as before."""
    earlier = next(iter(await work.editions.list_of(arena.id)), None)
    renamed = earlier if earlier is not None and earlier.year != columns["year"] else None
    names = renamed.name if renamed else arena.name
    official_programme = earlier is not None and earlier.official_programme
    edition = await work.editions.add(
        arena_id=arena.id,
        name={lang: _renamed(name, renamed.year if renamed else 0, columns["year"]) for lang, name in names.items()},
        place=arena.place,
        zone=arena.zone,
        allocation=Allocation.FIRST_COME,
        official_programme=official_programme,
        published=False,
        on_site={},
        **columns,
    )
    for position, standard in enumerate(fields_for(official_programme=official_programme)):
        await work.fields.add(edition_id=edition.id, position=position, **standard.columns())
    return edition


async def _copy(work: UnitOfWork, source: Edition, columns: Mapping[str, Any]) -> Edition:
    """A new edition with all of the source's; what has a date moves as many days as the first day does."""
    starts_on = columns["starts_on"]
    days = (starts_on - source.starts_on).days if starts_on and source.starts_on else None

    def moved(at: datetime | None) -> datetime | None:
        return None if days is None else shifted(at, days, source.tz)

    edition = await work.editions.add(
        arena_id=source.arena_id,
        name={lang: _renamed(name, source.year, columns["year"]) for lang, name in source.name.items()},
        place=source.place,
        latitude=source.latitude,
        longitude=source.longitude,
        zone=source.zone,
        allocation=source.allocation,
        opens_at=moved(source.opens_at),
        closes_at=moved(source.closes_at),
        answers_at=moved(source.answers_at),
        official_programme=source.official_programme,
        published=False,
        on_site=source.on_site,
        evaluated_at=moved(source.evaluated_at),
        evaluation_reminded_at=moved(source.evaluation_reminded_at),
        evaluated_together=source.evaluated_together,
        **columns,
    )
    for field in await work.fields.list_of(source.id):
        kept = {name: getattr(field, name) for name in _FIELD_COLUMNS}
        await work.fields.add(edition_id=edition.id, deadline_at=moved(field.deadline_at), **kept)
    for step in await work.fee_steps.list_of(source.id):
        until_at = moved(step.until_at)
        if until_at is not None:
            await work.fee_steps.add(edition_id=edition.id, until_at=until_at, amount=step.amount, preliminary=True)
    await _copy_stages(work, source, edition, days)
    return edition


_FIELD_COLUMNS = ("key", "label", "kind", "max_length", "choices", "official", "required", "position", "archived")
_STAGE_COLUMNS = ("name", "address", "entrance", "equipment", "latitude", "longitude")


def _renamed(name: str, was: int, year: int) -> str:
    return name.replace(str(was), str(year)) if was and str(was) in name else f"{name} {year}"


async def _copy_stages(work: UnitOfWork, source: Edition, edition: Edition, days: int | None) -> None:
    """The stages, and the slots of those days that the new edition has."""
    stages: dict[int, int] = {}
    for stage in await work.stages.list_of(source.id):
        copy = await work.stages.add(edition_id=edition.id, **{name: getattr(stage, name) for name in _STAGE_COLUMNS})
        stages[stage.id] = copy.id
    if days is None or edition.ends_on is None:
        return
    for status in await work.slots.list_of(source.id):
        starts_at = shifted(status.slot.starts_at, days, edition.tz)
        assert starts_at is not None  # noqa: S101  # None only where None was given
        if starts_at.astimezone(edition.tz).date() <= edition.ends_on:
            await work.slots.add(
                stage_id=stages[status.stage.id],
                starts_at=starts_at,
                ends_at=starts_at + (status.slot.ends_at - status.slot.starts_at),
                state=status.slot.state,
                reason=status.slot.reason,
            )
