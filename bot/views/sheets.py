"""Sheets: the attributes of an edition, an arena, a stage, a field or a fee step, edited in place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from bot.domain.attributes import (
    DAY_ENDS,
    LANGUAGES,
    Attribute,
    Choices,
    Days,
    Flag,
    Line,
    Localised,
    Moment,
    Money,
    Number,
    Option,
    Point,
    Years,
    Zone,
)
from bot.domain.results.editions import (
    Question,
    SheetCard,
)
from bot.views import coordinate, times
from bot.views.amount import Amount
from bot.views.edition_buttons import Editions, OpenEdition, OpenSheet, OpenStage
from bot.views.issue_buttons import ShowIssue, TargetGroups
from bot.views.press import Press
from bot.views.report_buttons import RemoveFinancing, ShowFrame
from bot.views.reports import years
from bot.views.screen import Button, L, Screen, T, Words, button, columns, t
from bot.views.screen import Line as TextLine


class Ask(Press):
    """Give an attribute another value, in a language where it has several."""

    code: ClassVar[str] = "ea"
    sheet: str
    name: str
    record_id: int
    language: str


class Put(Press):
    """Give an attribute the value that the button holds."""

    code: ClassVar[str] = "ev"
    sheet: str
    name: str
    record_id: int
    value: str


class Clear(Press):
    """Empty an attribute."""

    code: ClassVar[str] = "ex"
    sheet: str
    name: str
    record_id: int
    language: str


class ListFields(Press):
    """An edition's fields: in use, or (1) put away."""

    code: ClassVar[str] = "ew"
    edition_id: int
    archived: int


class ListFees(Press):
    """An edition's fee steps."""

    code: ClassVar[str] = "eg"
    edition_id: int


class RemoveFee(Press):
    """Take a fee step away."""

    code: ClassVar[str] = "er"
    step_id: int


def label(sheet: str, attribute: Attribute) -> T:
    """What an attribute is called."""
    return t(f"attribute.{sheet}.{attribute.name}")


def sheet(card: SheetCard) -> Screen:
    """A record's attributes with their values, each with a button that changes it."""
    name, record = card.sheet.name, card.record
    lines: list[TextLine] = [t("editions.saved") if card.saved else None, t("editions.title", title=_title(card)), ""]
    lines += [
        t("editions.datum", label=label(name, a), value=value(a, a.of(record), card.zone)) for a in card.attributes
    ]
    lines += coordinate.clashes(card.clashes)
    rows = columns([_change(card, attribute) for attribute in card.attributes], 2)
    return Screen(lines, [*rows, _remove(card), [_back(card)]])


def _remove(card: SheetCard) -> list[Button]:
    match card.sheet.name:
        case "fee":
            return [button(t("editions.remove_fee"), RemoveFee(step_id=card.record.id))]
        case "financing":
            press = RemoveFinancing(financing_id=card.record.id, revision=card.record.revision)
            return [button(t("reports.remove_financing"), press)]
    return []


def _title(card: SheetCard) -> Words:
    match card.sheet.name:
        case "issue":
            return L(card.record.title)
        case "stage":
            return str(card.record.name)
        case "field":
            return L(card.record.label)
        case "fee":
            return t("editions.fee_step")
        case "financing":
            return str(card.record.financier)
    return L(card.record.name)


def _change(card: SheetCard, attribute: Attribute) -> Button:
    name, record_id = card.sheet.name, card.record.id
    if isinstance(attribute, Flag):
        on = bool(attribute.of(card.record))
        text = t("editions.flag", label=label(name, attribute), value=value(attribute, on, card.zone))
        return button(text, Put(sheet=name, name=attribute.name, record_id=record_id, value="0" if on else "1"))
    press = Ask(sheet=name, name=attribute.name, record_id=record_id, language=LANGUAGES[0])
    return button(label(name, attribute), press)


def _back(card: SheetCard) -> Button:  # noqa: PLR0911  # a way back for each sheet
    match card.sheet.name:
        case "arena":
            return button(t("editions.back"), Editions())
        case "issue":
            return button(t("issues.back_to_issue"), ShowIssue(issue_id=card.record.id))
        case "target_group":
            return button(t("issues.back_to_groups"), TargetGroups(arena_id=card.record.arena_id))
        case "stage":
            return button(t("editions.back_to_stage"), OpenStage(stage_id=card.record.id))
        case "field":
            return button(t("editions.back_to_fields"), ListFields(edition_id=card.record.edition_id, archived=0))
        case "fee":
            return button(t("editions.back_to_fees"), ListFees(edition_id=card.record.edition_id))
        case "financing":
            return button(t("reports.back_to_frame"), ShowFrame())
    return button(t("editions.back_to_edition"), OpenEdition(edition_id=card.record.id))


def until(at: datetime, zone: str) -> Words:
    """An instant; a day's end as the day alone."""
    local = at.astimezone(ZoneInfo(zone))
    return times.Day(local.date()) if local.time() == DAY_ENDS else times.At(at, zone)


def value(attribute: Attribute, present: Any, zone: str, language: str | None = None) -> Words:  # noqa: C901, PLR0911  # one for each kind of attribute
    """An attribute's value as people read it."""
    match attribute:
        case Flag():
            return t("editions.yes" if present else "editions.no")
        case _ if not present and not (isinstance(attribute, Number | Money) and present == 0):
            return t("editions.unset")
        case Days():
            return times.Days(*present)
        case Moment():
            return until(present, zone)
        case Money():
            return t("reports.kronor", amount=Amount(present))
        case Years():
            return years(*present)
        case Localised():
            return _localised(present, language)
        case Point():
            return t("editions.point", latitude=f"{present[0]:.4f}", longitude=f"{present[1]:.4f}")
        case Zone():
            return str(present)
        case Option():
            return t(f"option.{attribute.name}.{present}")
        case Choices():
            return t("editions.choices", choices=[L(choice) for choice in present])
    return str(present)


def _localised(present: Any, language: str | None) -> Words:
    if language is not None:
        return present.get(language) or t("editions.unset")
    return L(present) if present.get("en") else t("editions.swedish_only", words=L(present))


def question(q: Question) -> Screen:
    """What is asked for one attribute."""
    card, attribute, name = q.card, q.attribute, q.card.sheet.name
    ids = {"sheet": name, "name": attribute.name, "record_id": card.record.id}
    language = q.language if isinstance(attribute, Localised) else None
    present = value(attribute, attribute.of(card.record), card.zone, language)
    lines: list[TextLine] = [
        t("editions.now", label=label(name, attribute), value=present),
        t(f"ask.{language}") if language else None,
        prompt(attribute),
        t("editions.touches", n=q.touches) if q.touches else None,
    ]
    rows = columns(
        [button(coordinate.line(value(attribute, v, card.zone)), Put(**ids, value=v)) for v in _options(attribute)], 2
    )
    if isinstance(attribute, Moment) and not attribute.last:
        rows.append([button(t("editions.from_now"), Put(**ids, value="now"))])
    if language:
        other = next(lang for lang in LANGUAGES if lang != language)
        rows.append([button(t(f"editions.in_{other}"), Ask(**ids, language=other))])
    if attribute.optional or (language and language != LANGUAGES[0]):
        rows.append([button(t("editions.clear"), Clear(**ids, language=q.language))])
    return Screen(lines, [*rows, [button(t("editions.leave"), OpenSheet(sheet=name, record_id=card.record.id))]])


def _options(attribute: Attribute) -> Sequence[str]:
    return attribute.options if isinstance(attribute, Option) else ()


def prompt(attribute: Attribute) -> T:
    """How a value is written."""
    fields: dict[str, Any] = {}
    if isinstance(attribute, Line | Localised):
        fields = {"limit": attribute.limit}
    elif isinstance(attribute, Number):
        fields = {"least": attribute.least, "most": attribute.most}
    kind = "line" if isinstance(attribute, Line) else type(attribute).__name__.lower()
    return t(f"ask.{kind}", **fields)
