"""Errands: whom coordinators mail or ring, with a text that is ready."""

from datetime import datetime
from typing import ClassVar

from bot.domain.model import BookingView, CoOrganiserState, Errand, JointActorState
from bot.domain.results.applications import ErrandView, Kind
from bot.domain.results.joint import JointInvitation
from bot.domain.text import telegram_length
from bot.views.booking_calendar import calendar
from bot.views.booking_parts import title, when
from bot.views.bookings_buttons import AnswerCo
from bot.views.joint_buttons import AnswerJoint
from bot.views.matters import QUOTED, quotation
from bot.views.press import Press
from bot.views.queue_buttons import ShowActor, onwards
from bot.views.screen import Button, File, L, Line, Reader, Screen, Words, button, plain, t
from bot.views.times import At, Day


class ShowErrand(Press):
    """An errand as it is now."""

    code: ClassVar[str] = "we"
    errand_id: int


class FinishErrand(Press):
    """«Klart»."""

    code: ClassVar[str] = "wd"
    errand_id: int


class ReopenErrand(Press):
    """«Ångra»."""

    code: ClassVar[str] = "wu"
    errand_id: int


MAILS = frozenset(
    {
        "slot_moved",
        "slot_cancelled",
        "booking_cancelled",
        "place_changed",
        "co_invited",
        "application_granted",
        "application_refused",
        "application_asked",
    }
)
"""Kinds of errand that have a letter of their own."""

_WITH_CALENDAR = frozenset(
    {"slot_moved", "slot_cancelled", "booking_cancelled", "place_changed", "application_granted"}
)

_REMINDERS = ("slot", "deadline", "fee", "evaluation")


def errand(e: ErrandView) -> Screen:
    """Whom to mail or ring, with a text that is ready and the calendar file where it is about a booking."""
    ids = {"errand_id": e.errand.id}
    lines: list[Line] = [t("errands.to", actor=e.actor.name), *contact_lines(e), ""]
    if e.errand.done_at is not None:
        by = e.done_by.name if e.done_by is not None else t("matters.somebody")
        rows = [
            [button(t("errands.undo"), ReopenErrand(**ids))],
            onwards(Kind.ERRAND, e.errand.id),
        ]
        return Screen([t("errands.done", by=by, actor=e.actor.name)], rows)
    below = [calendar(e.view)] if e.view is not None and _has_calendar(e) else []
    if telegram_length(str(e.errand.detail.get("text", ""))) > QUOTED:
        below.append(File("errand_letter", {"errand_id": e.errand.id}, caption=t("errands.whole")))
    rows = [
        _answer_for(e),
        [button(t("errands.finish"), FinishErrand(**ids))],
        [button(t("matters.see_actor"), ShowActor(actor_id=e.actor.id))],
    ]
    return Screen([*lines, t("errands.letter", text=_letter(e, QUOTED))], rows, below=below)


def _answer_for(e: ErrandView) -> list[Button]:
    """Yes and no for an actor that was asked to arrange together and has nobody in Telegram to answer."""
    if e.joint is not None and e.joint.part.state is JointActorState.INVITED:
        return [
            button(t(label), AnswerJoint(part_id=e.joint.part.id, revision=e.joint.part.revision, yes=yes))
            for label, yes in (("errands.co_yes", 1), ("errands.co_no", 0))
        ]
    asked = e.errand.detail.get("co_organiser_id")
    for co, _ in e.view.co_organisers if e.view is not None else ():
        if co.id == asked and co.state is CoOrganiserState.INVITED:
            ids = {"co_organiser_id": co.id, "revision": co.revision}
            both = (("errands.co_yes", 1), ("errands.co_no", 0))
            return [button(t(label), AnswerCo(**ids, yes=yes)) for label, yes in both]
    return []


def contact_lines(e: ErrandView) -> list[Line]:
    """How to reach the actor outside Telegram."""
    actor = e.actor
    known = [actor.contact_name, actor.contact_email, actor.contact_phone]
    return [t("errands.reach", contact=[x for x in known if x]) if any(known) else t("errands.no_contact")]


def _has_calendar(e: ErrandView) -> bool:
    return e.errand.kind in _WITH_CALENDAR or str(e.errand.detail.get("reminder", "")).startswith("slot")


def letter_file(e: ErrandView, reader: Reader) -> tuple[str, bytes]:
    """The whole text as a file: name and bytes."""
    return f"{e.actor.name}.txt", plain(_letter(e, None), reader).encode()


def _letter(e: ErrandView, units: int | None) -> Words:
    """The text, ready for mail; what somebody wrote in it is cut to so many UTF-16 units."""
    return t("errands.mail", body=_body(e, units), actor=e.actor.name)


def _body(e: ErrandView, units: int | None) -> Words:
    detail, view = e.errand.detail, e.view
    said = str(detail.get("text", ""))
    said = said if units is None else quotation(said, units)
    if e.joint is not None:
        return _joint_body(e.errand, e.joint)
    if view is None:
        return said
    reason, winner = detail.get("reason"), detail.get("winner")
    return t(
        f"errands.mail_{_letter_kind(e)}",
        title=title(view),
        when=when(view),
        stage=view.stage.name,
        address=view.stage.address,
        owner=view.actor.name,
        was=_was(e, view),
        why=t("errands.because", reason=str(reason)) if reason else "",
        winner=t("errands.went_to", actor=str(winner)) if winner else "",
        text=said,
        lacking=[L(field.label) for field in e.lacking],
    )


def _joint_body(errand: Errand, joint: JointInvitation) -> Words:
    """Whether the actor takes part in a joint action, or that the date of the one that it leads comes."""
    asks = errand.kind == "joint_invited"
    key = "errands.mail_joint_lead" if asks and joint.is_to_lead else "errands.mail_joint_invited"
    return t(
        key if asks else "errands.mail_reminder_joint",
        what=joint.view.action.what,
        issue=L(joint.view.issue.title),
        owner=joint.view.leading[1],
        day=Day(joint.view.action.due_on),
    )


def _letter_kind(e: ErrandView) -> str:
    if e.errand.kind in MAILS:
        return e.errand.kind
    reminder = str(e.errand.detail.get("reminder", "")).partition("_")[0]
    return f"reminder_{reminder}" if reminder in _REMINDERS else "other"


def _was(e: ErrandView, view: BookingView) -> Words:
    was_at = e.errand.detail.get("was_starts_at")
    return At(datetime.fromisoformat(str(was_at)), view.edition.zone) if was_at else ""
