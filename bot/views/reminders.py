"""What reminders say, and what a press on them leads to."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.domain.dates import local_day
from bot.domain.evaluation import EDITION_SCORES, next_of_edition
from bot.domain.model import BookingView, Edition, Reported
from bot.domain.remind import Kind
from bot.domain.results.issues import StatementAsked
from bot.domain.results.joint import JointView
from bot.domain.results.reminders import (
    About,
    AskedChange,
    EditionOver,
    FeeAhead,
    HoldEnding,
    Item,
    JointAhead,
    JointDone,
    Lacking,
    Noted,
    Reminded,
    SlotAhead,
    ToAnswer,
    ToEvaluate,
)
from bot.domain.text import shortened
from bot.views import joint, stances
from bot.views.amount import Amount
from bot.views.booking_buttons import Release, Resume
from bot.views.booking_parts import title, when
from bot.views.bookings_buttons import ShowBooking
from bot.views.edition_evaluations import ambassador_button, more_button, scores, share_button, to_evaluate
from bot.views.evaluation_buttons import EvaluateEdition
from bot.views.evaluations import how_many
from bot.views.form import AskLacking
from bot.views.issue_buttons import ShowIssue
from bot.views.joint_buttons import ShowJoint
from bot.views.menus import go
from bot.views.press import Press
from bot.views.reminder_buttons import Changed, NotYet, Open, Ready, Report, Snooze
from bot.views.screen import Button, L, Line, Screen, Words, button, t
from bot.views.times import At, Day, Hour, Near

HOME = "Europe/Stockholm"
"""The zone of what is about no edition."""
LABEL_MAX = 40
"""Characters of a title on a button."""
LINES_MAX = 20
BUTTONS_MAX = 8
"""Bookings that a message with many of them names, and has buttons for."""


def _lasts(at: datetime, view: BookingView) -> Words:
    """Until when, by day where it is the end of one."""
    local = at.astimezone(view.edition.tz)
    if local.time() >= time(23, 59) or local.time() == time(0):
        return Day(local_day(at - timedelta(microseconds=1), view.edition.tz))
    return At(at, view.edition.zone)


def reminder(result: Reminded) -> Screen:
    """One message: a booking in full, or a line and a button for each of several."""
    abouts = {item.subject: item.about for item in result.items}
    if len(abouts) == 1:
        lines, rows = _in_full(result)
        sign = "⏳" if isinstance(result.items[0], HoldEnding) else "🔔"
        return Screen([t("reminders.signed", sign=sign, text=lines[0]), *lines[1:]], rows)
    lines = [t("reminders.signed", sign="🔔", text=t("reminders.several", n=len(abouts))), ""]
    lines += [_short(item, several=result.several_actors) for item in result.items[:LINES_MAX]]
    if len(result.items) > LINES_MAX:
        lines.append(t("reminders.and_more", n=len(result.items) - LINES_MAX))
    rows = [[button(_label(about), _opens(about))] for about in abouts.values()]
    for item in result.items:
        rows += to_evaluate(item.activities) if isinstance(item, EditionOver) else []
    return Screen(lines, rows[:BUTTONS_MAX])


def called(about: About) -> Words:
    """What it is about, by name."""
    match about:
        case Edition():
            return L(about.name)
        case JointView():
            return about.action.what
        case StatementAsked():
            return L(about.issue.title)
        case _:
            return title(about)


def _label(about: About) -> Words:
    name = called(about)
    return shortened(name, LABEL_MAX) if isinstance(name, str) else name


def zone_of(about: About) -> str:
    """Whose wall time is said of it."""
    match about:
        case Edition():
            return about.zone
        case BookingView():
            return about.edition.zone
        case _:
            return HOME


def actor_of(about: About) -> str | None:
    """Whose it is, for readers who act for several; None: their own."""
    return about.actor.name if isinstance(about, BookingView) else None


def _opens(about: About) -> Press:
    """One of several, with its own buttons."""
    match about:
        case Edition():
            return EvaluateEdition(edition_id=about.id)
        case JointView():
            return ShowJoint(joint_id=about.action.id)
        case StatementAsked():
            return ShowIssue(issue_id=about.issue.id)
        case _:
            return Open(booking_id=about.booking.id)


def _in_full(result: Reminded) -> tuple[list[Line], list[list[Button]]]:
    """Everything about one of them."""
    actor = actor_of(result.items[0].about)
    lines: list[Line] = [t("booking.for_actor", actor=actor)] if result.several_actors and actor else []
    rows: list[list[Button]] = []
    for number, item in enumerate(result.items):
        lines += [""] if number else []
        lines += [line for line in _lines(item) if line is not None]
        rows += _rows(item)
    return lines, rows


def _lines(item: Item) -> list[Line]:  # noqa: PLR0911  # one for each kind of item
    match item:
        case SlotAhead():
            return _slot(item)
        case Lacking(view, by_deadline):
            return [
                t("reminders.lacks", what=[L(q.field.label) for q in lacking], title=title(view), by=_lasts(at, view))
                for at, lacking in by_deadline
            ]
        case FeeAhead():
            return [t("reminders.fee_question", fee=_fee(item), title=title(item.view))]
        case HoldEnding(view):
            return [t("reminders.hold_ends", when=when(view), until=_hold_until(view))]
        case ToEvaluate(view):
            return [t("reminders.evaluate", title=title(view)), t("evaluation.ask_came")]
        case EditionOver():
            return _over(item)
        case JointAhead():
            return joint.ahead_lines(item)
        case JointDone(joint_view):
            return joint.done_lines(joint_view)
        case ToAnswer(asked):
            return stances.asked_lines(asked)


def _slot(item: SlotAhead) -> list[Line]:
    view = item.view
    starts_at, zone = view.slot.starts_at, view.edition.zone
    at: Words = At(starts_at, zone) if item.kind is Kind.SLOT_WEEK else Near(starts_at, zone)
    stage, on_site = view.stage, view.edition.on_site
    technology = view.activity.answers.get("technology") or stage.equipment
    close = item.kind is not Kind.SLOT_WEEK
    return [
        t("reminders.your_turn", when=at, stage=stage.name, title=title(view)),
        t("reminders.place", address=stage.address, entrance=stage.entrance)
        if stage.entrance
        else t("reminders.address", address=stage.address),
        t("reminders.technology", what=technology) if technology else None,
        t("reminders.phone", phone=on_site["phone"]) if close and on_site.get("phone") else None,
        t("reminders.is_ready") if view.activity.ready_at is not None else None,
    ]


def _fee(item: FeeAhead) -> Words:
    step, following = item.step, item.following
    cost = t("reminders.fee_costs", amount=Amount(step.amount)) if step.amount else t("reminders.fee_free")
    then: Words = t("reminders.fee_then", amount=Amount(following.amount)) if following else t("reminders.fee_last")
    preliminary = step.preliminary or (following is not None and following.preliminary)
    said = t("reminders.fee_preliminary") if preliminary else ""
    return t("reminders.fee", cost=cost, until=_lasts(step.until_at, item.view), then=then, preliminary=said)


def _hold_until(view: BookingView) -> Hour:
    return Hour(view.booking.until_at or view.slot.starts_at, view.edition.zone)


def _over(item: EditionOver) -> list[Line]:
    question = next_of_edition(item.evaluation)
    asked = t(f"evaluation.ask_edition_{question}") if question in EDITION_SCORES else None
    return [
        t("reminders.edition_again" if item.again else "reminders.edition_over", edition=L(item.edition.name)),
        asked,
        t("evaluation.activities_too", n=len(item.activities)) if item.activities else None,
    ]


def _over_rows(item: EditionOver) -> list[list[Button]]:
    edition, question = item.edition, next_of_edition(item.evaluation)
    first = [scores(edition, question)] if question in EDITION_SCORES else []
    is_asked = item.ambassador is None and not item.again  # once
    ambassador = [ambassador_button(edition)] if is_asked else []
    share = share_button(edition, item.unshared)
    return [*first, *to_evaluate(item.activities), ambassador, share, [more_button(edition)]]


def _rows(item: Item) -> list[list[Button]]:
    match item:
        case EditionOver():
            return _over_rows(item)
        case JointAhead():
            return joint.ahead_rows(item)
        case JointDone(joint_view):
            return joint.done_rows(joint_view)
        case ToAnswer(asked):
            return stances.asked_rows(asked)
        case _:
            return _booking_rows(item)


def _booking_rows(item: SlotAhead | Lacking | FeeAhead | HoldEnding | ToEvaluate) -> list[list[Button]]:
    ids = {"booking_id": item.view.booking.id}
    match item:
        case SlotAhead(view, kind):
            ready = kind is not Kind.SLOT_WEEK and view.activity.ready_at is None
            last = [] if kind is not Kind.SLOT_WEEK else [button(t("reminders.show"), ShowBooking(**ids))]
            return [
                [button(t("reminders.ready"), Ready(**ids))] if ready else [],
                [button(t("reminders.changed"), Changed(**ids))],
                last,
            ]
        case Lacking(can_wait=can_wait):
            snooze = [button(t("reminders.snooze"), Snooze(**ids))] if can_wait else []
            return [[button(t("reminders.fill_in_now"), AskLacking(**ids))], snooze]
        case FeeAhead():
            return [
                [button(t("reminders.reported"), Report(**ids, answer=Reported.YES))],
                [button(t("reminders.not_yet"), NotYet(**ids))],
                [button(t("reminders.will_not_report"), Report(**ids, answer=Reported.NO))],
            ]
        case HoldEnding(draft_id=draft_id):
            return _hold_rows(draft_id)
        case ToEvaluate(view, evaluation):
            return how_many(view, evaluation.revision if evaluation is not None else 0)


def _hold_rows(draft_id: int | None) -> list[list[Button]]:
    if draft_id is None:
        return [[go("boka")]]
    return [
        [button(t("reminders.go_on"), Resume(draft_id=draft_id))],
        [button(t("reminders.release"), Release(draft_id=draft_id))],
    ]


def _short(item: Item, *, several: bool) -> Line:
    """One line of a message about several bookings."""
    line, actor = _short_line(item), actor_of(item.about)
    return t("reminders.of_actor", actor=actor, line=line) if several and actor else line


def _short_line(item: Item) -> Words:
    match item:
        case EditionOver():
            return t("reminders.short_edition", edition=L(item.edition.name))
        case JointAhead() | JointDone():
            return joint.short_line(item)
        case ToAnswer(asked):
            return t("stances.short_asked", title=L(asked.issue.title))
        case _:
            return _short_booking(item)


def _short_booking(item: SlotAhead | Lacking | FeeAhead | HoldEnding | ToEvaluate) -> Words:
    view, name = item.view, title(item.view)
    match item:
        case SlotAhead():
            return t("reminders.short_slot", when=At(view.slot.starts_at, view.edition.zone), title=name)
        case Lacking(by_deadline=by_deadline):
            what = [L(q.field.label) for _, lacking in by_deadline for q in lacking]
            return t("reminders.short_lacks", what=what, title=name, by=_lasts(by_deadline[0][0], view))
        case FeeAhead():
            return t("reminders.short_fee", title=name, fee=_fee(item))
        case HoldEnding():
            return t("reminders.hold_ends", when=when(view), until=_hold_until(view))
        case ToEvaluate():
            return t("reminders.short_evaluate", title=name)


# After a press


def noted(result: Noted) -> Screen:
    """What was noted, and what else stands about the booking."""
    view, again_at = result.view, result.again_at
    key = f"{result.said}_last" if result.said == "not_yet" and again_at is None else result.said
    at = Near(again_at or view.slot.starts_at, view.edition.zone)
    said: Line = t(f"reminders.noted_{key}", when=at, stage=view.stage.name, title=title(view))
    lines, rows = _in_full(result.rest) if result.rest is not None else ([], [])
    own = _after(result.said, view.booking.id)
    show = [] if rows else [[button(t("reminders.show"), ShowBooking(booking_id=view.booking.id))]]
    return Screen([said, *([""] if lines else []), *lines], [*own, *rows, *show])


def _after(said: str, booking_id: int) -> Sequence[Sequence[Button]]:
    """What takes a press back, or says it later."""
    if said in {"reported_yes", "reported_no"}:
        return [[button(t("reminders.undo"), Report(booking_id=booking_id, answer=Reported.UNKNOWN))]]
    if said == "not_yet":
        return [[button(t("reminders.reported"), Report(booking_id=booking_id, answer=Reported.YES))]]
    return []


def asked_change(result: AskedChange) -> Screen:
    """What has changed, or why the new time does not suit."""
    key = "reminders.ask_change" if result.matter is None else "reminders.move_refused"
    rows = [[button(t("reminders.show"), ShowBooking(booking_id=result.view.booking.id))]]
    return Screen([t(key, title=title(result.view), edition=L(result.view.edition.name))], rows)
