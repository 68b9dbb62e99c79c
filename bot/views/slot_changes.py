"""One slot, what is done to it, and what those it touches are told."""

from typing import ClassVar

from bot.domain.dates import local_day
from bot.domain.grid import Span
from bot.domain.model import BookingState, BookingView, Edition, SlotState
from bot.domain.results.slots import (
    Act,
    Asked,
    AskedReason,
    AskedWhen,
    Change,
    Changed,
    Confirming,
    SlotCard,
    SlotsPreview,
    StageSlots,
    Told,
    Touched,
    Written,
)
from bot.views import times
from bot.views.booking_buttons import Book
from bot.views.booking_calendar import calendar
from bot.views.booking_parts import title
from bot.views.bookings_buttons import ShowBooking
from bot.views.change_buttons import ChangeFine, ChangeNotFine
from bot.views.coordinate import dots, line
from bot.views.edition_buttons import OpenSlot
from bot.views.menus import go
from bot.views.press import Press
from bot.views.screen import Line as TextLine
from bot.views.screen import Screen, T, Words, button, t
from bot.views.slots import Drop, OpenDay, preview, span_of, stage, state


class Move(Press):
    """Move a slot, or what is booked in it."""

    code: ClassVar[str] = "gm"
    slot_id: int


class Block(Press):
    """Keep a slot for the region's own use."""

    code: ClassVar[str] = "gb"
    slot_id: int


class CancelSlot(Press):
    """Take a slot away."""

    code: ClassVar[str] = "gx"
    slot_id: int


class Reopen(Press):
    """Open a blocked slot, or put back one that was taken away."""

    code: ClassVar[str] = "gu"
    once: ClassVar[bool] = True
    slot_id: int
    revision: int


class ToSlot(Press):
    """Move what is booked to a free slot."""

    code: ClassVar[str] = "gp"
    draft_id: int
    slot_id: int


class ToStage(Press):
    """Move the slot to another stage."""

    code: ClassVar[str] = "gz"
    draft_id: int
    stage_id: int


class Confirm(Press):
    """Do what is shown, and tell those it touches."""

    code: ClassVar[str] = "gc"
    draft_id: int


def _span(span: Span, edition: Edition) -> times.Span:
    return times.Span(span.starts_at, span.ends_at, edition.zone)


def slot(card: SlotCard) -> Screen:
    """One slot: who has it, who applies, and what can be done."""
    status, slot_ = card.status, card.status.slot
    lines: list[TextLine] = [
        dots([t("slots.title", when=span_of(status, card.edition)), status.stage.name]),
        _holder(card.view) if card.view else line(state(status)),
        *(dots([t("slots.applies", actor=v.actor.name), v.activity.title]) for v in card.applications),
    ]
    day = local_day(slot_.starts_at, card.edition.tz).toordinal()
    back = [button(t("slots.back_to_day"), OpenDay(stage_id=status.stage.id, day=day))]
    if slot_.state is SlotState.OPEN:
        show = [button(t("slots.show_booking"), ShowBooking(booking_id=card.view.booking.id))] if card.view else []
        end = t("slots.call_off") if card.view or card.applications else t("slots.remove")
        return Screen(
            lines,
            [
                show,
                [button(t("slots.move"), Move(slot_id=slot_.id)), button(t("slots.block"), Block(slot_id=slot_.id))],
                [button(end, CancelSlot(slot_id=slot_.id))],
                back,
            ],
        )
    open_again = t("slots.unblock" if slot_.state is SlotState.BLOCKED else "slots.put_back")
    rows = [[button(open_again, Reopen(slot_id=slot_.id, revision=slot_.revision))]]
    if slot_.state is SlotState.BLOCKED:
        rows.append([button(t("slots.remove"), CancelSlot(slot_id=slot_.id))])
    return Screen(lines, [*rows, back])


def _holder(view: BookingView) -> TextLine:
    names = [view.actor.name, *(name for _, name in view.co_organisers)]
    return dots([t(f"slots.{view.booking.state}", names=names), view.activity.title])


def asked_when(result: AskedWhen) -> Screen:
    """The slot's new time, a free slot for what is booked, or another stage."""
    zone, draft_id = result.edition.zone, result.draft.id
    free = [
        [button(times.Span(s.slot.starts_at, s.slot.ends_at, zone), ToSlot(draft_id=draft_id, slot_id=s.slot.id))]
        for s in result.free
    ]
    stages_ = [
        [button(t("slots.to_stage", stage=s.name), ToStage(draft_id=draft_id, stage_id=s.id))] for s in result.stages
    ]
    return Screen(
        [
            t("slots.ask_when", when=span_of(result.status, result.edition), stage=result.status.stage.name),
            t("slots.or_free") if free else None,
        ],
        [*free, *stages_, [button(t("slots.leave"), Drop(draft_id=draft_id))]],
    )


def change(result: Asked) -> Screen:
    """Why, whether, or that it is done."""
    match result:
        case AskedReason(draft, plan):
            why = t("slots.why_block") if plan.act is Act.BLOCK and not plan.touched else t("slots.why")
            return Screen([_what(plan), *_touches(plan), why], [[button(t("slots.leave"), Drop(draft_id=draft.id))]])
        case Confirming(draft, plan, anew):
            return Screen(
                [
                    t("slots.anew") if anew else None,
                    _what(plan),
                    *_touches(plan),
                    t("slots.will_say", reason=plan.reason),
                    t("slots.another_reason"),
                ],
                [
                    [button(t("slots.leave_as_is"), Drop(draft_id=draft.id))],
                    [button(t(f"slots.do_{plan.act}"), Confirm(draft_id=draft.id))],
                ],
            )
        case Changed(plan):
            return _done(plan)


def _what(plan: Change) -> T:
    was = span_of(plan.status, plan.edition)
    fields = {"was": was, "to": _new_time(plan), "stage": plan.stage.name}
    return t(f"slots.what_{plan.act}", **fields)


def _new_time(plan: Change) -> Words:
    return _span(plan.span, plan.edition)


def _touches(plan: Change) -> list[TextLine]:
    return [_touched(each) for each in plan.touched] or [t("slots.touches_nobody")]


def _touched(each: Touched) -> TextLine:
    told = t("slots.told", n=len(each.people)) if each.people else None
    ring: TextLine = None
    if each.unreachable:
        alone = each.unreachable == [each.view.actor.name]
        ring = t("slots.not_in_telegram") if alone else t("slots.to_ring", names=each.unreachable)
    return dots([t("slots.touches", actor=each.view.actor.name), each.view.activity.title, told, ring])


def _done(plan: Change) -> Screen:
    told = sum(len(each.people) for each in plan.touched)
    ring = [name for each in plan.touched for name in each.unreachable]
    lines = [
        t(f"slots.done_{plan.act}", was=span_of(plan.status, plan.edition), to=_new_time(plan), stage=plan.stage.name),
        t("slots.done_told", n=told) if told else None,
        t("slots.done_ring", names=ring) if ring else None,
    ]
    day = local_day(plan.span.starts_at, plan.edition.tz).toordinal()
    rows = [[button(t("slots.back_to_day"), OpenDay(stage_id=plan.stage.id, day=day))]]
    if plan.act is Act.CANCEL or plan.act is Act.BLOCK:
        rows.insert(0, [button(t("slots.see_slot"), OpenSlot(slot_id=plan.status.slot.id))])
    return Screen(lines, rows)


def written(result: Written) -> Screen:
    """What a text led to."""
    match result:
        case StageSlots():
            return stage(result)
        case SlotsPreview():
            return preview(result)
    return change(result)


def dropped(result: StageSlots | SlotCard) -> Screen:
    """Where a dialogue that was left began."""
    return slot(result) if isinstance(result, SlotCard) else stage(result)


def moved(told: Told) -> Screen:
    """Their time was moved, with a new calendar file once it is booked."""
    view, was = told.view, told.was_at
    zone = view.edition.zone
    same_day = local_day(was, view.edition.tz) == local_day(view.slot.starts_at, view.edition.tz)
    to = times.Hour(view.slot.starts_at, zone) if same_day else times.At(view.slot.starts_at, zone)
    booked_ = view.booking.state is BookingState.BOOKED
    lines: list[TextLine] = [
        dots([t("slots.for", title=title(view)), view.actor.name if view.activity.title else None]),
        t("slots.was_moved", was=times.At(was, zone), to=to, stage=view.stage.name),
        t("slots.other_stage", was=told.was_stage) if told.was_stage != view.stage.name else None,
        t("slots.because", reason=told.reason),
        t("slots.new_reminders") if booked_ else None,
    ]
    if view.activity.reported == "yes":
        lines.append(t("slots.official_too"))
    ids = {"booking_id": view.booking.id}
    rows = [[button(t("slots.fine"), ChangeFine(**ids)), button(t("slots.not_fine"), ChangeNotFine(**ids))]]
    return Screen(lines, rows, below=[calendar(view)] if booked_ else [])


def place_changed(view: BookingView) -> Screen:
    """Their stage has another address, with a new calendar file."""
    when = times.Span(view.slot.starts_at, view.slot.ends_at, view.edition.zone)
    return Screen(
        [
            dots([t("slots.for", title=title(view)), view.actor.name if view.activity.title else None]),
            t("slots.place_changed", when=when, stage=view.stage.name, address=view.stage.address),
            t("slots.new_calendar"),
        ],
        [[button(t("slots.show_booking"), ShowBooking(booking_id=view.booking.id))]],
        below=[calendar(view)],
    )


def called_off(told: Told) -> Screen:
    """Their time was taken away: why, the nearest free ones, and a cancelling calendar file if it had been booked."""
    view, free = told.view, told.free
    lines: list[TextLine] = [
        dots([t("slots.for", title=title(view)), view.actor.name if view.activity.title else None]),
        t("slots.was_called_off", was=times.At(told.was_at, view.edition.zone), stage=told.was_stage),
        t("slots.because", reason=told.reason),
        t("slots.nearest", times=[span_of(status, view.edition) for status in free]) if free else None,
    ]
    if view.activity.reported == "yes":
        lines.append(t("slots.official_too"))
    again = Book(edition_id=view.edition.id, actor_id=view.actor.id)
    rows = [[button(t("slots.book_another"), again)] if free else [], [go("kontakt")]]
    return Screen(lines, rows, below=[calendar(view)] if view.booking.booked_at is not None else [])
