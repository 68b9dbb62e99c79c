"""Every datum of an edition edited in chat: one mechanism for them all, and its fields and fee steps."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import answers
from bot.domain.attributes import LANGUAGES, Attribute, Entry, Flag, Localised, Setting, UnknownOption, line_within
from bot.domain.edition_rules import (
    FieldAnswered,
    require_closing_after_opening,
    require_evaluation_in_order,
    require_zone_free,
)
from bot.domain.model import (
    Arena,
    Draft,
    Edition,
    FeeStep,
    Field,
    FieldKind,
    Financing,
    Issue,
    Person,
    Stage,
    TargetGroup,
)
from bot.domain.ports.records import Repository
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.editions import Asked, FeeList, FieldList, Question, SheetCard, Written
from bot.domain.seat import Seat
from bot.domain.sheets import SHEETS, Sheet, read_fees
from bot.domain.standard import OFFICIAL_FIELDS
from bot.services import editions, rights, slot_news
from bot.services.dialogues import close_draft, open_draft
from bot.services.editions import KIND
from bot.services.replanning import replan_edition

NEW = frozenset({"field", "fee", "deadline"})
"""What can be added with a text."""


def _repository(work: UnitOfWork, sheet: Sheet) -> Repository[Any]:
    repositories: dict[str, Repository[Any]] = {
        "arenas": work.arenas,
        "editions": work.editions,
        "stages": work.stages,
        "fields": work.fields,
        "fee_steps": work.fee_steps,
        "issues": work.issues,
        "target_groups": work.target_groups,
        "financings": work.financings,
    }
    return repositories[sheet.table]


async def open_sheet(work: UnitOfWork, person: Person, name: str, record_id: int) -> SheetCard:
    """A record's attributes. Raises UnknownOption, NotFound, NotAllowed."""
    if name not in SHEETS:
        raise UnknownOption
    sheet = SHEETS[name]
    record = await _repository(work, sheet).get(record_id)
    arena: Arena | None
    edition: Edition | None = None
    if isinstance(record, Arena):
        arena = record
    elif isinstance(record, Issue | Financing):
        arena = None
    elif isinstance(record, TargetGroup):
        arena = await work.arenas.get(record.arena_id)
    else:
        edition = record if isinstance(record, Edition) else await work.editions.get(record.edition_id)
        arena = await work.arenas.get(edition.arena_id)
    await rights.require_coordinator(work, person, None if arena is None else arena.id)
    return await _card(work, SheetCard(sheet, record, arena, edition))


async def _card(work: UnitOfWork, card: SheetCard) -> SheetCard:
    """With what an edition's days clash with, where they are edited."""
    if card.sheet.name != "place":
        return card
    return replace(card, clashes=await editions.clashes(work, card.record))


async def ask(
    work: UnitOfWork, seat: Seat, sheet: str, name: str, record_id: int, language: str, *, now: datetime
) -> Question:
    """Ask for an attribute's value; what is not chosen with a press is awaited as text.

    Raises UnknownOption, NotFound, NotAllowed.
    """
    card = await open_sheet(work, seat.person, sheet, record_id)
    attribute = card.attribute(name)
    if language not in LANGUAGES or isinstance(attribute, Flag):
        raise UnknownOption
    data = {"sheet": sheet, "name": name, "id": record_id, "language": language}
    draft = await open_draft(work, seat, KIND, "value", data, awaits_text=True, now=now)
    touched = await slot_news.booked_ahead(work, card.record, now=now) if _is_address(card, attribute) else []
    return Question(card, attribute, language, draft, len(touched))


def _is_address(card: SheetCard, attribute: Attribute) -> bool:
    """What those who have booked, and their calendars, are told of."""
    return isinstance(card.record, Stage) and attribute.name == "address"


async def put(
    work: UnitOfWork,
    person: Person,
    sheet: str,
    name: str,
    record_id: int,
    value: str | None,
    *,
    now: datetime,
    language: str = "sv",
) -> SheetCard:
    """Give an attribute the value that was written or pressed; None empties it.

    Raises UnknownOption, NotFound, NotAllowed, and what the attribute's `read` raises.
    """
    card = await open_sheet(work, person, sheet, record_id)
    attribute = card.attribute(name)
    if value is None and not (attribute.optional or (isinstance(attribute, Localised) and language != LANGUAGES[0])):
        raise UnknownOption
    setting = Setting(ZoneInfo(card.zone), card.edition.year if card.edition else None, now)
    read = None if value is None else attribute.read(value, setting)
    columns = attribute.columns(card.record, read, language)
    await _require_sound(work, card, columns)
    was = {column: getattr(card.record, column) for column in columns}
    record = await _repository(work, card.sheet).change(card.record, **columns)
    edition = record if isinstance(record, Edition) else card.edition
    if _is_address(card, attribute) and read != card.record.address:
        await slot_news.tell_of_place(work, record, now=now)
    if edition is not None:
        await _follow_up(work, edition, attribute, columns, now=now)
    await work.acts.add(
        at=now,
        person_id=person.id,
        act=f"{card.sheet.table}.changed",
        subject=f"{card.sheet.table}:{record_id}",
        detail=_noted(attribute, was, columns),
    )
    return await _card(work, SheetCard(card.sheet, record, card.arena, edition, saved=True))


def _noted(attribute: Attribute, was: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """What changed; of whom to reach no more than that: a name and a number are kept until they are changed."""
    if isinstance(attribute, Entry):
        return {"fields": [attribute.name]}
    return {"was": {k: _stored(v) for k, v in was.items()}, "is": {k: _stored(v) for k, v in columns.items()}}


def _stored(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float) else str(value)


async def _require_sound(work: UnitOfWork, card: SheetCard, columns: Mapping[str, Any]) -> None:
    if isinstance(card.record, Edition):
        edition = card.record
        require_closing_after_opening(
            columns.get("opens_at", edition.opens_at), columns.get("closes_at", edition.closes_at), edition.zone
        )
        if columns.keys() & {"evaluated_at", "evaluation_reminded_at"}:
            require_evaluation_in_order(
                edition,
                columns.get("evaluated_at", edition.evaluated_at),
                columns.get("evaluation_reminded_at", edition.evaluation_reminded_at),
            )
        if columns.get("zone", edition.zone) != edition.zone:
            require_zone_free(await work.slots.list_of(edition.id))
    elif isinstance(card.record, Field) and columns.get("kind", card.record.kind) != card.record.kind:
        for view in await work.bookings.list_of_edition(card.record.edition_id):
            if answers.answer_of(view.activity, card.record.key) not in (None, "", []):
                raise FieldAnswered(field=dict(card.record.label))


async def _follow_up(
    work: UnitOfWork, edition: Edition, attribute: Attribute, columns: Mapping[str, Any], *, now: datetime
) -> None:
    """What a changed datum brings with it: the official fields, and new times for reminders."""
    if attribute.name == "official_programme":
        await _use_official_fields(work, edition, used=bool(columns["official_programme"]))
    await replan_edition(work, edition.id, now=now)


async def _use_official_fields(work: UnitOfWork, edition: Edition, *, used: bool) -> None:
    """Put the official programme's fields to use, or away; those never used get the others' first deadline."""
    fields = await work.fields.list_every(edition.id)
    for field in fields:
        if field.official:
            await work.fields.change(field, archived=not used)
    if used:
        known = {field.key for field in fields}
        deadline_at = min((f.deadline_at for f in fields if f.deadline_at), default=None)
        for standard in OFFICIAL_FIELDS:
            if standard.key not in known:
                await _add_field(work, edition, deadline_at=deadline_at, **standard.columns())


# Fields and fees


async def _add_field(work: UnitOfWork, edition: Edition, **columns: Any) -> Field:
    position = 1 + max((f.position for f in await work.fields.list_every(edition.id)), default=-1)
    return await work.fields.add(edition_id=edition.id, position=position, **columns)


async def list_fields(work: UnitOfWork, person: Person, edition_id: int, *, archived: bool = False) -> FieldList:
    """An edition's fields in use, or those put away. Raises NotFound, NotAllowed."""
    edition = await work.editions.get(edition_id)
    await rights.require_coordinator(work, person, edition.arena_id)
    fields = await work.fields.list_every(edition_id)
    away = sum(field.archived for field in fields)
    return FieldList(edition, [field for field in fields if field.archived == archived], away, archived)


async def list_fees(work: UnitOfWork, person: Person, edition_id: int) -> FeeList:
    """An edition's fee steps. Raises NotFound, NotAllowed."""
    edition = await work.editions.get(edition_id)
    await rights.require_coordinator(work, person, edition.arena_id)
    return FeeList(edition, await work.fee_steps.list_of(edition_id))


async def remove_fee(work: UnitOfWork, person: Person, step_id: int, *, now: datetime) -> FeeList:
    """Take a fee step away. Raises NotFound, NotAllowed."""
    step: FeeStep = await work.fee_steps.get(step_id)
    edition = await work.editions.get(step.edition_id)
    await rights.require_coordinator(work, person, edition.arena_id)
    await work.fee_steps.remove(step_id)
    await replan_edition(work, edition.id, now=now)
    await work.acts.add(
        at=now,
        person_id=person.id,
        act="fee_steps.removed",
        subject=f"editions:{edition.id}",
        detail={"until_at": str(step.until_at), "amount": step.amount},
    )
    return FeeList(edition, await work.fee_steps.list_of(edition.id))


async def ask_new(work: UnitOfWork, seat: Seat, edition_id: int, step: str, *, now: datetime) -> Asked:
    """Ask for a new field's label ("field"), fee steps ("fee") or the last day of all fields ("deadline").

    Raises UnknownOption, NotFound, NotAllowed.
    """
    if step not in NEW:
        raise UnknownOption
    edition = await work.editions.get(edition_id)
    await rights.require_coordinator(work, seat.person, edition.arena_id)
    draft = await open_draft(work, seat, KIND, step, {"edition_id": edition_id}, awaits_text=True, now=now)
    return Asked(draft, edition)


async def take(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> Written:
    """Take what was written (or a location as "latitude, longitude") for the step that the draft waits at.

    Raises NotFound, NotAllowed, and what the value's reader raises.
    """
    if draft.step == "dates":
        return await editions.make(work, seat, draft, text, now=now)
    data = draft.data
    await close_draft(work, draft, now=now)
    if draft.step == "value":
        name, language = str(data["name"]), str(data["language"])
        return await put(work, seat.person, str(data["sheet"]), name, int(data["id"]), text, now=now, language=language)
    edition = await work.editions.get(int(data["edition_id"]))
    await rights.require_coordinator(work, seat.person, edition.arena_id)
    setting = Setting(edition.tz, edition.year, now)
    if draft.step == "field":
        return await _new_field(work, seat.person, edition, text, now=now)
    if draft.step == "fee":
        for amount, until_at in read_fees(text, setting):
            await work.fee_steps.add(edition_id=edition.id, amount=amount, until_at=until_at, preliminary=True)
        result: Written = FeeList(edition, await work.fee_steps.list_of(edition.id))
    else:
        deadline_at = SHEETS["field"].attribute("deadline_at").read(text, setting)
        for field in await work.fields.list_of(edition.id):
            await work.fields.change(field, deadline_at=deadline_at)
        result = await list_fields(work, seat.person, edition.id)
    await replan_edition(work, edition.id, now=now)
    await work.acts.add(
        at=now,
        person_id=seat.person.id,
        act=f"editions.{draft.step}",
        subject=f"editions:{edition.id}",
        detail={"text": text},
    )
    return result


async def _new_field(work: UnitOfWork, person: Person, edition: Edition, text: str, *, now: datetime) -> SheetCard:
    """One of the arena's own, a text of 300 characters until its sheet says otherwise."""
    known = {field.key for field in await work.fields.list_every(edition.id)}
    key = next(k for k in (f"own{number}" for number in range(1, len(known) + 2)) if k not in known)
    field = await _add_field(
        work,
        edition,
        key=key,
        label={"sv": line_within(text, 60)},
        kind=FieldKind.TEXT,
        max_length=300,
        choices=[],
        official=False,
        required=False,
        archived=False,
    )
    await replan_edition(work, edition.id, now=now)
    return await open_sheet(work, person, "field", field.id)
