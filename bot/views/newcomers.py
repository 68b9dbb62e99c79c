"""Newcomers as coordinators see them, and the answers that newcomers get."""

from typing import ClassVar

from bot.domain.model import ActorState, BookingState, MemberState
from bot.domain.results.applications import Kind
from bot.domain.results.people import Asking, Newcomer
from bot.views.booking_buttons import Book
from bot.views.booking_calendar import calendar
from bot.views.menus import go
from bot.views.people import mention
from bot.views.press import Press
from bot.views.queue_buttons import onwards
from bot.views.screen import Button, Line, Screen, button, t
from bot.views.start import coming_line


class ShowNewcomer(Press):
    """A newcomer, as it stands now."""

    code: ClassVar[str] = "pn"
    member_id: int


class Approve(Press):
    """«Ja»."""

    code: ClassVar[str] = "py"
    member_id: int


class AskReason(Press):
    """«Nej», and then why."""

    code: ClassVar[str] = "px"
    member_id: int


class RefuseWithoutReason(Press):
    """No, and no more is said."""

    code: ClassVar[str] = "pr"
    draft_id: int


class AskWhichKnown(Press):
    """«Samma som en annan», and then which."""

    code: ClassVar[str] = "pq"
    member_id: int


class ApproveAs(Press):
    """Yes, for this known actor."""

    code: ClassVar[str] = "pk"
    draft_id: int
    actor_id: int


def newcomer(n: Newcomer) -> Screen:
    """Who wants to act for whom, with the answers; or how it was answered."""
    if n.member.state is not MemberState.REQUESTED:
        return Screen([_answered(n)], [onwards(Kind.NEWCOMER, n.member.id)])
    ids = {"member_id": n.member.id}
    rows = [
        [button(t("people.approve"), Approve(**ids)), button(t("people.refuse"), AskReason(**ids))],
        [button(t("people.same_as"), AskWhichKnown(**ids))],
    ]
    return Screen([_question(n), *_similar(n), *_asked_for(n)], rows)


def _question(n: Newcomer) -> Line:
    fields = {"person": mention(n.person), "actor": n.actor.name, "kind": t(f"actor_kind.{n.actor.kind}")}
    is_new = n.actor.state is ActorState.REQUESTED
    return t("people.newcomer_new", **fields) if is_new else t("people.newcomer", **fields)


def _similar(n: Newcomer) -> list[Line]:
    return [t("people.similar", names=[actor.name for actor in n.similar])] if n.similar else []


def _asked_for(n: Newcomer) -> list[Line]:
    if not n.bookings:
        return []
    return [t("people.asked_for"), *(coming_line(view, several=False) for view in n.bookings)]


def _answered(n: Newcomer) -> Line:
    fields = {"person": n.person.name, "actor": n.actor.name}
    if n.answered_by is not None and n.answered_by.id == n.person.id:
        return t("people.withdrawn", **fields)
    key = "people.approved_by" if n.member.state is MemberState.ACTIVE else "people.refused_by"
    return t(key, by=n.answered_by.name if n.answered_by else t("people.someone"), **fields)


def reason(a: Asking) -> Screen:
    """Why not? The newcomer reads it."""
    buttons = [
        [button(t("people.without_reason"), RefuseWithoutReason(draft_id=a.draft.id))],
        [button(t("common.back"), ShowNewcomer(member_id=a.newcomer.member.id))],
    ]
    return Screen([t("people.why_not", person=a.newcomer.person.name, actor=a.newcomer.actor.name)], buttons)


def which_known(a: Asking) -> Screen:
    """Ask which known actor it is."""
    found = [[button(x.name, ApproveAs(draft_id=a.draft.id, actor_id=x.id))] for x in a.candidates]
    back: list[list[Button]] = [[button(t("common.back"), ShowNewcomer(member_id=a.newcomer.member.id))]]
    if found:
        question: Line = t("people.which_known", actor=a.newcomer.actor.name)
    elif a.wrote is not None:
        question = t("people.none_like", wrote=a.wrote)
    else:
        question = t("people.write_known", actor=a.newcomer.actor.name)
    return Screen([question], [*found, *back])


def approved(n: Newcomer) -> Screen:
    """For the newcomer: yes, with what became booked and its calendar files."""
    booked = [view for view in n.bookings if view.booking.state is BookingState.BOOKED]
    lines: list[Line] = [t("people.you_are_approved", actor=n.actor.name)]
    if booked:
        lines += [t("people.now_booked"), *(coming_line(view, several=False) for view in booked)]
    rows = [[button(t("go.boka"), Book(actor_id=n.actor.id)), go("bokningar")]]
    return Screen(lines, rows, below=[calendar(view) for view in booked])


def refused(n: Newcomer, why: str | None) -> Screen:
    """For the newcomer: no, why, and whom to ask."""
    lines: list[Line] = [t("people.you_are_refused", actor=n.actor.name)]
    if why:
        lines.append(t("people.refused_because", reason=why))
    return Screen([*lines, t("people.refused_then")], [[go("kontakt"), go("start")]])
