"""Stages, their slots day by day, and what is done to slots."""

from datetime import date
from itertools import groupby
from typing import ClassVar

from bot.domain.dates import local_day
from bot.domain.model import Edition, SlotState
from bot.domain.ports.arenas import SlotStatus
from bot.domain.results.slots import (
    AskedSlots,
    AskedStage,
    RemovingFree,
    SlotsPreview,
    StageList,
    StageSlots,
)
from bot.views import times
from bot.views.coordinate import dots
from bot.views.edition_buttons import OpenEdition, OpenSheet, OpenSlot, OpenStage, Stages
from bot.views.press import Press, UnknownButton
from bot.views.screen import Button, L, Screen, Words, button, t
from bot.views.screen import Line as TextLine


class NewStage(Press):
    """One more stage."""

    code: ClassVar[str] = "gn"
    edition_id: int


class RemoveStage(Press):
    """Take a stage away."""

    code: ClassVar[str] = "gr"
    stage_id: int


class OpenDay(Press):
    """A stage's slots on a day, by its ordinal."""

    code: ClassVar[str] = "gt"
    stage_id: int
    day: int


class AddSlots(Press):
    """More slots on a stage."""

    code: ClassVar[str] = "ga"
    stage_id: int


class SaveSlots(Press):
    """Save the slots that are shown."""

    code: ClassVar[str] = "gk"
    draft_id: int


class RemoveFree(Press):
    """Ask before a day's free slots are taken away."""

    code: ClassVar[str] = "gf"
    stage_id: int
    day: int


class RemoveFreeNow(Press):
    """Take away a day's free slots."""

    code: ClassVar[str] = "gd"
    stage_id: int
    day: int


class Drop(Press):
    """Leave things as they are."""

    code: ClassVar[str] = "gq"
    draft_id: int


def day_of(ordinal: int) -> date:
    """The day behind a button. Raises UnknownButton."""
    try:
        return date.fromordinal(ordinal)
    except (ValueError, OverflowError) as error:
        raise UnknownButton from error


def span_of(status: SlotStatus, edition: Edition) -> times.Span:
    """A slot's day and hours."""
    return times.Span(status.slot.starts_at, status.slot.ends_at, edition.zone)


# Stages


def stages(result: StageList) -> Screen:
    """An edition's stages."""
    lines: list[TextLine] = [t("slots.stages", edition=L(result.edition.name)), ""]
    rows: list[list[Button]] = []
    for stage, statuses in result.stages:
        free = sum(s.is_free for s in statuses)
        counted = [t("slots.count", n=len(statuses)), t("slots.free", n=free)] if statuses else [t("slots.none_yet")]
        lines.append(dots([t("slots.stage", stage=stage.name), stage.address, *counted]))
        rows.append([button(stage.name, OpenStage(stage_id=stage.id))])
    if not result.stages:
        lines.append(t("slots.no_stages"))
    ids = {"edition_id": result.edition.id}
    rows.append([button(t("slots.new_stage"), NewStage(**ids))])
    return Screen(lines, [*rows, [button(t("slots.back_to_edition"), OpenEdition(**ids))]])


def asked_stage(result: AskedStage) -> Screen:
    """A new stage's name and address."""
    back = button(t("slots.leave"), Stages(edition_id=result.edition.id))
    return Screen([t("slots.ask_stage", edition=L(result.edition.name))], [[back]])


def stage(result: StageSlots) -> Screen:
    """A stage's days, or one of them."""
    return _days(result) if result.day is None else _day(result, result.day)


def _days(result: StageSlots) -> Screen:
    zone, stage_id = result.edition.tz, result.stage.id
    lines: list[TextLine] = [
        t("slots.added", n=result.just_added) if result.just_added else None,
        dots([t("slots.stage", stage=result.stage.name), result.stage.address]),
        t("slots.entrance", entrance=result.stage.entrance) if result.stage.entrance else None,
        t("slots.equipment", equipment=result.stage.equipment) if result.stage.equipment else None,
        None if result.statuses else t("slots.none_yet_here"),
    ]
    rows: list[list[Button]] = []
    for day, group in groupby(result.statuses, key=lambda s: local_day(s.slot.starts_at, zone)):
        statuses = list(group)
        label = t("slots.day", day=times.Day(day), free=sum(s.is_free for s in statuses), n=len(statuses))
        rows.append([button(label, OpenDay(stage_id=stage_id, day=day.toordinal()))])
    remove = [] if result.statuses else [button(t("slots.remove_stage"), RemoveStage(stage_id=stage_id))]
    return Screen(
        lines,
        [
            *rows,
            [
                button(t("slots.add"), AddSlots(stage_id=stage_id)),
                button(t("slots.edit_stage"), OpenSheet(sheet="stage", record_id=stage_id)),
            ],
            remove,
            [button(t("slots.back_to_stages"), Stages(edition_id=result.edition.id))],
        ],
    )


def _day(result: StageSlots, day: date) -> Screen:
    rows = [[button(_label(s, result.edition), OpenSlot(slot_id=s.slot.id))] for s in result.statuses]
    removable = sum(s.is_free and not s.applicants for s in result.statuses)
    stage_id = result.stage.id
    remove = RemoveFree(stage_id=stage_id, day=day.toordinal())
    return Screen(
        [t("slots.on_day", stage=result.stage.name, day=times.Day(day))],
        [
            *rows,
            [button(t("slots.remove_free", n=removable), remove)] if removable > 1 else [],
            [
                button(t("slots.add"), AddSlots(stage_id=stage_id)),
                button(t("slots.back_to_days"), OpenStage(stage_id=stage_id)),
            ],
        ],
    )


def _label(status: SlotStatus, edition: Edition) -> Words:
    hours = times.Hours(status.slot.starts_at, status.slot.ends_at, edition.zone)
    return t("slots.label", hours=hours, what=state(status))


def state(status: SlotStatus) -> Words:
    """Who has a slot, or what else it is."""
    if status.slot.state is SlotState.BLOCKED:
        return t("slots.blocked", why=status.slot.reason)
    if status.slot.state is SlotState.CANCELLED:
        return t("slots.removed")
    if status.booking is not None and status.actor is not None:
        return status.actor.name
    return t("slots.applied", n=status.applicants) if status.applicants else t("slots.is_free")


def removing_free(result: RemovingFree) -> Screen:
    """Whether a day's free slots are to go."""
    day, stage_id = result.day.toordinal(), result.stage.id
    keep = button(t("slots.keep"), OpenDay(stage_id=stage_id, day=day))
    remove = button(t("slots.remove_n", n=result.count), RemoveFreeNow(stage_id=stage_id, day=day))
    return Screen(
        [t("slots.removing_free", n=result.count, stage=result.stage.name, day=times.Day(result.day))],
        [[keep], [remove]],
    )


# New slots


def asked_slots(result: AskedSlots) -> Screen:
    """How new slots are written."""
    return Screen(
        [t("slots.ask_slots", stage=result.stage.name), t("slots.ask_slots_example"), t("slots.ask_slot_example")],
        [[button(t("slots.leave"), OpenStage(stage_id=result.stage.id))]],
    )


def preview(result: SlotsPreview) -> Screen:
    """New slots by day, before they are saved."""
    zone = result.edition.tz
    lines: list[TextLine] = [t("slots.preview", n=len(result.spans), stage=result.stage.name), ""]
    for day, group in groupby(result.spans, key=lambda s: local_day(s.starts_at, zone)):
        hours = [times.Hours(s.starts_at, s.ends_at, result.edition.zone) for s in group]
        lines.append(t("slots.preview_day", day=times.Day(day), hours=hours))
    return Screen(
        [*lines, "", t("slots.preview_change")],
        [
            [button(t("slots.save", n=len(result.spans)), SaveSlots(draft_id=result.draft.id))],
            [button(t("slots.leave"), Drop(draft_id=result.draft.id))],
        ],
    )
