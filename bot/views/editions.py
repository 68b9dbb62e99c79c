"""A coordinator's editions: the list, one edition, and every datum of it on sheets that are edited in place."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from bot.domain.model import Allocation, Edition, Field
from bot.domain.results.editions import (
    ArenaEditions,
    Asked,
    EditionCard,
    FeeList,
    FieldList,
    SheetCard,
    Start,
    WhichDates,
    Written,
)
from bot.views import coordinate, times
from bot.views.amount import Amount
from bot.views.coordinators import Coordinators
from bot.views.edition_buttons import Coordinate, Editions, OpenEdition, OpenSheet, Stages
from bot.views.press import Press
from bot.views.programme import OpenProgramme
from bot.views.report_buttons import ShowOutturn
from bot.views.screen import Button, File, L, Screen, button, columns, t
from bot.views.screen import Line as TextLine
from bot.views.sheets import ListFees, ListFields, Put, sheet, until


class New(Press):
    """A new edition: of which arena."""

    code: ClassVar[str] = "en"


class NewFor(Press):
    """A new edition of an arena."""

    code: ClassVar[str] = "eb"
    arena_id: int


class NewFrom(Press):
    """A new edition made from an earlier one, or from nothing."""

    code: ClassVar[str] = "ef"
    arena_id: int
    source_id: int | None


class Undated(Press):
    """The dates are not known yet."""

    code: ClassVar[str] = "eu"
    draft_id: int


class Add(Press):
    """Something new: "field", "fee", or the "deadline" of all fields."""

    code: ClassVar[str] = "ey"
    edition_id: int
    what: str


class FetchAll(Press):
    """The edition as a workbook."""

    code: ClassVar[str] = "ez"
    edition_id: int


# The list, one edition, a new one


def editions(arenas: Sequence[ArenaEditions]) -> Screen:
    """The arenas' editions."""
    rows: list[list[Button]] = []
    lines: list[TextLine] = [t("editions.which"), ""]
    for each in arenas:
        lines.append(t("editions.arena", arena=L(each.arena.name), n=len(each.editions)))
        rows += [[button(L(e.name), OpenEdition(edition_id=e.id))] for e in each.editions]
    last = [button(t("editions.new"), New()), button(t("editions.back_to_start"), Coordinate())]
    return Screen(lines, [*rows, last, [button(t("coordinators.open"), Coordinators())]])


def which_arena(arenas: Sequence[ArenaEditions]) -> Screen:
    """Of which arena a new edition is."""
    rows = [[button(L(each.arena.name), NewFor(arena_id=each.arena.id))] for each in arenas]
    return Screen([t("editions.which_arena")], [*rows, [button(t("editions.back"), Editions())]])


def start(result: Start) -> Screen:
    """From the latest edition or from nothing."""
    nothing = button(t("editions.from_nothing"), NewFrom(arena_id=result.arena.id, source_id=None))
    rows = [[nothing], [button(t("editions.back"), Editions())]]
    if result.latest is None:
        return Screen([t("editions.first", arena=L(result.arena.name))], rows)
    source = NewFrom(arena_id=result.arena.id, source_id=result.latest.id)
    rows.insert(0, [button(t("editions.from", edition=L(result.latest.name)), source)])
    return Screen([t("editions.from_which", edition=L(result.latest.name))], rows)


def which_dates(result: WhichDates) -> Screen:
    """The new edition's dates."""
    was = None
    if result.source is not None and result.source.starts_on is not None:
        last = result.source.ends_on or result.source.starts_on
        was = t("editions.was", edition=L(result.source.name), days=times.Days(result.source.starts_on, last))
    return Screen(
        [t("editions.ask_dates", arena=L(result.arena.name)), was],
        [[button(t("editions.undated"), Undated(draft_id=result.draft.id))], [button(t("editions.back"), Editions())]],
    )


def _allocation(e: Edition, now: datetime) -> TextLine:
    state = coordinate.booking_state(e, now)
    if e.allocation is Allocation.NONE:
        return state
    return coordinate.dots([t(f"option.allocation.{e.allocation}"), state])


def edition(card: EditionCard, *, now: datetime) -> Screen:
    """One edition with the doors to all of it."""
    e = card.edition
    lines: list[TextLine] = [
        coordinate.dots([t("coordinate.edition", edition=L(e.name)), coordinate.dates(e)]),
        L(e.place),
        _allocation(e, now),
        coordinate.dots([t("editions.slots", n=card.slots), t("editions.stages", n=card.stages)]),
        t("editions.outside", n=card.outside) if card.outside else None,
        *coordinate.clashes(card.clashes),
        coordinate.dots(
            [t("editions.fields", n=card.fields), t("editions.fees", n=len(card.fees)) if card.fees else None]
        ),
    ]
    publish = Put(sheet="rules", name="published", record_id=e.id, value="1")
    doors = [
        button(t("sheet.place"), OpenSheet(sheet="place", record_id=e.id)),
        button(t("sheet.rules"), OpenSheet(sheet="rules", record_id=e.id)),
        button(t("editions.stages_and_slots"), Stages(edition_id=e.id)),
        button(t("editions.the_fields"), ListFields(edition_id=e.id, archived=0)),
        button(t("editions.the_fees"), ListFees(edition_id=e.id)),
        button(t("sheet.evaluation"), OpenSheet(sheet="evaluation", record_id=e.id)),
        button(t("reports.outturn"), ShowOutturn(edition_id=e.id)),
        button(t("sheet.arena"), OpenSheet(sheet="arena", record_id=card.arena.id)),
    ]
    return Screen(
        lines,
        [
            [] if e.published else [button(t("editions.publish"), publish)],
            *columns(doors, 2),
            [
                button(t("editions.fetch"), FetchAll(edition_id=e.id)),
                button(t("coordinate.programme"), OpenProgramme(edition_id=e.id)),
            ],
            [button(t("editions.back"), Editions())],
        ],
    )


def workbook(edition: Edition, person_id: int) -> Screen:
    """«Hämta allt»: the file below a line that says what it holds."""
    file = File("edition_workbook", {"edition_id": edition.id, "person_id": person_id})
    return Screen([t("editions.fetched", edition=L(edition.name))], below=[file])


# Fields and fees


def fields(result: FieldList) -> Screen:
    """An edition's fields, each with its deadline."""
    zone = result.edition.zone
    lines: list[TextLine] = [t("editions.fields_away" if result.shows_archived else "editions.fields_in_use"), ""]
    deadlines = {field.deadline_at for field in result.fields}
    same = deadlines.pop() if len(deadlines) == 1 else None
    lines += [_field(field, None if same else zone) for field in result.fields]
    lines += ["", t("editions.same_deadline", at=until(same, zone))] if same else []
    rows = columns([button(L(field.label), OpenSheet(sheet="field", record_id=field.id)) for field in result.fields], 2)
    ids = {"edition_id": result.edition.id}
    if result.shows_archived:
        return Screen(lines, [*rows, [button(t("editions.back_to_fields"), ListFields(**ids, archived=0))]])
    away = (
        [button(t("editions.show_away", n=result.archived), ListFields(**ids, archived=1))] if result.archived else []
    )
    new = [button(t("editions.new_field"), Add(**ids, what="field"))]
    all_by = [button(t("editions.all_deadlines"), Add(**ids, what="deadline"))]
    return Screen(lines, [*rows, new, all_by, away, [button(t("editions.back_to_edition"), OpenEdition(**ids))]])


def _field(field: Field, zone: str | None) -> TextLine:
    """A field; its deadline where a zone is given."""
    deadline = t("editions.by", at=until(field.deadline_at, zone)) if field.deadline_at and zone else None
    return coordinate.dots(
        [
            L(field.label),
            t(f"option.kind.{field.kind}"),
            t("editions.is_required") if field.required else None,
            t("editions.is_official") if field.official else None,
            deadline,
        ]
    )


def fees(result: FeeList) -> Screen:
    """An edition's fee steps."""
    zone, ids = result.edition.zone, {"edition_id": result.edition.id}
    steps = [
        (step, t("editions.step", amount=Amount(step.amount), until=until(step.until_at, zone)))
        for step in result.steps
    ]
    lines: list[TextLine] = [t("editions.fee_steps") if steps else t("editions.no_fee_steps"), ""]
    lines += [coordinate.dots([text, t("editions.is_preliminary") if s.preliminary else None]) for s, text in steps]
    rows = [[button(text, OpenSheet(sheet="fee", record_id=step.id))] for step, text in steps]
    new = [button(t("editions.new_fee"), Add(**ids, what="fee"))]
    return Screen(lines, [*rows, new, [button(t("editions.back_to_edition"), OpenEdition(**ids))]])


def asked(result: Asked) -> Screen:
    """What is asked for something new."""
    back: Press = ListFields(edition_id=result.edition.id, archived=0)
    if result.draft.step == "fee":
        back = ListFees(edition_id=result.edition.id)
    return Screen([t(f"ask.new_{result.draft.step}")], [[button(t("editions.leave"), back)]])


def written(result: Written, *, now: datetime) -> Screen:
    """What a text led to."""
    match result:
        case SheetCard():
            return sheet(result)
        case EditionCard():
            return edition(result, now=now)
        case FieldList():
            return fields(result)
        case FeeList():
            return fees(result)
