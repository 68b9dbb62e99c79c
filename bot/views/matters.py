"""Matters and errands as coordinators answer them, and the answers as people get them."""

from datetime import datetime
from typing import ClassVar

from bot.domain.model import BookingView, CoOrganiserState
from bot.domain.results.applications import Answering, ErrandView, Kind, MatterView
from bot.domain.text import cut_at_word, telegram_length
from bot.views.bookings import AnswerCo, calendar, title, when
from bot.views.bookings_buttons import MyBookings, ShowBooking
from bot.views.menus import go
from bot.views.people import mention
from bot.views.press import Press
from bot.views.queue_buttons import Queue, ShowActor, ShowMatter
from bot.views.screen import Button, File, L, Line, Reader, Screen, Words, button, plain, t
from bot.views.times import At


class AnswerMatter(Press):
    """«Svara»."""

    code: ClassVar[str] = "wa"
    matter_id: int


class CloseMatter(Press):
    """«Klart»: nothing is to be answered."""

    code: ClassVar[str] = "wc"
    once: ClassVar[bool] = True
    matter_id: int
    revision: int


class GrantWish(Press):
    """«Godkänn», «Öppna fältet»."""

    code: ClassVar[str] = "wg"
    once: ClassVar[bool] = True
    matter_id: int
    revision: int


class RefuseWish(Press):
    """«Avslå», and then why."""

    code: ClassVar[str] = "wr"
    matter_id: int


class LeaveMatter(Press):
    """Leave an answer unwritten."""

    code: ClassVar[str] = "wl"
    draft_id: int
    matter_id: int


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


KINDS = frozenset({"question", "changed", "cannot", "move", "cancel", "unlock", "wrong_person", "nobody_left", "reply"})
"""Kinds of matter that have a sentence of their own."""
_QUOTED, _QUOTED_ANSWERED = 3000, 1000
"""UTF-16 units of a question that are shown: a message takes 4,096 with what stands around it."""
_GRANTED = {"unlock": "matters.open_field", "cancel": "matters.grant_cancel", "move": "matters.grant_move"}


def matter(m: MatterView) -> Screen:
    """Who wants what, with the booking in view and the ways to answer; or who answered."""
    lines = _about(m)
    if m.matter.state != "open":
        return Screen([t("matters.late") if m.late else None, *lines, _answered(m)], _onwards(m))
    ids = {"matter_id": m.matter.id, "revision": m.matter.revision}
    answer = button(t("matters.answer"), AnswerMatter(matter_id=m.matter.id))
    if m.matter.kind in _GRANTED:
        yes = button(t(_GRANTED[m.matter.kind]), GrantWish(**ids))
        rows = [[yes], [button(t("matters.refuse"), RefuseWish(matter_id=m.matter.id)), answer]]
    else:
        rows = [[answer, button(t("matters.close"), CloseMatter(**ids))]]
    return Screen(lines, [*rows, *_see(m)])


def _about(m: MatterView) -> list[Line]:
    kind = m.matter.kind if m.matter.kind in KINDS else "other"
    question = m.matter.detail.get("question")
    return [
        t(f"matters.kind_{kind}", person=mention(m.person), actor=_actor(m), field=_field(m)),
        _booking(m.view),
        t("matters.in_edition", edition=L(m.edition.name)) if m.edition is not None and m.view is None else None,
        t("matters.you_asked", question=str(question)) if question else None,
        t("matters.quoted", text=_shortened(m.matter.text, _QUOTED if m.matter.state == "open" else _QUOTED_ANSWERED))
        if m.matter.text
        else None,
        _phone(m),
    ]


def _shortened(text: str, units: int) -> str:
    cut = cut_at_word(text, units, measure=telegram_length)
    return text if cut == text else f"{cut} …"


def _actor(m: MatterView) -> Words:
    return m.actor.name if m.actor is not None else t("matters.no_actor")


def _field(m: MatterView) -> Words:
    label = m.matter.detail.get("label")
    return L(label) if isinstance(label, dict) else t("matters.a_field")


def _booking(view: BookingView | None) -> Line:
    return None if view is None else t("matters.booking", title=title(view), when=when(view), stage=view.stage.name)


def _phone(m: MatterView) -> Line:
    return t("matters.phone", phone=m.person.phone) if m.person.phone else None


def _answered(m: MatterView) -> Line:
    by = m.answered_by.name if m.answered_by is not None else t("matters.somebody")
    granted = m.matter.detail.get("granted")
    if granted is not None:
        key = "matters.granted_by" if granted else "matters.refused_by"
        return t(key, by=by, text=m.matter.answer)
    if m.matter.answer is None:
        return t("matters.closed_by", by=by)
    return t("matters.answered_by", by=by, text=m.matter.answer)


def _see(m: MatterView) -> list[list[Button]]:
    if m.view is not None:
        return [[button(t("matters.see_booking"), ShowBooking(booking_id=m.view.booking.id))]]
    if m.actor is not None:
        return [[button(t("matters.see_actor"), ShowActor(actor_id=m.actor.id))]]
    return []


def _onwards(m: MatterView) -> list[list[Button]]:
    return [[button(t("applications.next"), Queue(kind=Kind.MATTER, item_id=m.matter.id)), go("samordna")]]


def answering(a: Answering) -> Screen:
    """Ask for the answer, or why not."""
    key = "matters.why_not" if a.draft.step == "refuse" else "matters.write_answer"
    back = LeaveMatter(draft_id=a.draft.id, matter_id=a.about.matter.id)
    return Screen([*_about(a.about), "", t(key, person=a.about.person.name)], [[button(t("common.back"), back)]])


# What the others are told


def settled(m: MatterView) -> Screen:
    """To the other coordinators: who answered, and what."""
    return Screen([_answered(m), *_about(m)], [[button(t("matters.show"), ShowMatter(matter_id=m.matter.id))]])


def answer(m: MatterView) -> Screen:
    """To the person: the answer, as a reply to what they wrote."""
    rows = [
        [button(t("bookings.show"), ShowBooking(booking_id=m.view.booking.id))] if m.view is not None else [],
        [go("kontakt", t("matters.ask_more")), button(t("go.bokningar"), MyBookings())],
    ]
    return Screen(_answer(m), rows)


def _answer(m: MatterView) -> list[Line]:
    by = m.answered_by.name if m.answered_by is not None else t("matters.somebody")
    granted = m.matter.detail.get("granted")
    if granted is None:
        return [t("matters.your_answer", by=by), m.matter.answer]
    key = f"matters.your_{m.matter.kind}_{'granted' if granted else 'refused'}"
    return [t(key, field=_field(m), by=by), _booking(m.view), m.matter.answer]


# Errands

MAILS = frozenset(
    {
        "slot_moved",
        "slot_cancelled",
        "place_changed",
        "co_invited",
        "application_granted",
        "application_refused",
        "application_asked",
    }
)
"""Kinds of errand that have a letter of their own."""
_WITH_CALENDAR = frozenset({"slot_moved", "slot_cancelled", "place_changed", "application_granted"})
_REMINDERS = ("slot", "deadline", "fee", "evaluation")


def errand(e: ErrandView) -> Screen:
    """Whom to mail or ring, with a text that is ready and the calendar file where it is about a booking."""
    ids = {"errand_id": e.errand.id}
    lines: list[Line] = [t("errands.to", actor=e.actor.name), *contact_lines(e), ""]
    if e.errand.done_at is not None:
        by = e.done_by.name if e.done_by is not None else t("matters.somebody")
        rows = [
            [button(t("errands.undo"), ReopenErrand(**ids))],
            [button(t("applications.next"), Queue(kind=Kind.ERRAND, item_id=e.errand.id)), go("samordna")],
        ]
        return Screen([t("errands.done", by=by, actor=e.actor.name)], rows)
    below = [calendar(e.view)] if e.view is not None and _has_calendar(e) else []
    if telegram_length(str(e.errand.detail.get("text", ""))) > _QUOTED:
        below.append(File("errand_letter", {"errand_id": e.errand.id}, caption=t("errands.whole")))
    rows = [
        _answer_for(e),
        [button(t("errands.finish"), FinishErrand(**ids))],
        [button(t("matters.see_actor"), ShowActor(actor_id=e.actor.id))],
    ]
    return Screen([*lines, t("errands.letter", text=_letter(e, _QUOTED))], rows, below=below)


def _answer_for(e: ErrandView) -> list[Button]:
    """Yes and no for an actor that was asked to arrange together and has nobody in Telegram to answer."""
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
    said = said if units is None else _shortened(said, units)
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


def _letter_kind(e: ErrandView) -> str:
    if e.errand.kind in MAILS:
        return e.errand.kind
    reminder = str(e.errand.detail.get("reminder", "")).partition("_")[0]
    return f"reminder_{reminder}" if reminder in _REMINDERS else "other"


def _was(e: ErrandView, view: BookingView) -> Words:
    was_at = e.errand.detail.get("was_starts_at")
    return At(datetime.fromisoformat(str(was_at)), view.edition.zone) if was_at else ""
