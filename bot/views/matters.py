"""Matters as coordinators answer them, and the answers as people get them."""

from typing import ClassVar

from bot.domain.model import BookingView
from bot.domain.results.applications import Answering, Kind, MatterView
from bot.domain.text import shortened, telegram_length
from bot.views.booking_parts import title, when
from bot.views.bookings_buttons import MyBookings, ShowBooking
from bot.views.issue_buttons import ChooseIssue, SettleIssue
from bot.views.menus import go
from bot.views.people import mention
from bot.views.press import Press
from bot.views.queue_buttons import ShowActor, ShowMatter, onwards
from bot.views.screen import Button, L, Line, Screen, Words, button, t


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


KINDS = frozenset(
    {
        "question",
        "changed",
        "cannot",
        "move",
        "cancel",
        "unlock",
        "wrong_person",
        "nobody_left",
        "reply",
        "issue_proposed",
    }
)
"""Kinds of matter that have a sentence of their own."""
QUOTED = 3000
"""UTF-16 units of a question that are shown: a message takes 4,096 with what stands around it."""
_QUOTED_ANSWERED = 1000
_GRANTED = {"unlock": "matters.open_field", "cancel": "matters.grant_cancel", "move": "matters.grant_move"}


def matter(m: MatterView) -> Screen:
    """Who wants what, with the booking in view and the ways to answer; or who answered."""
    lines = _about(m)
    if m.matter.state != "open":
        return Screen(
            [t("matters.late") if m.late else None, *lines, _answered(m)], [onwards(Kind.MATTER, m.matter.id)]
        )
    ids = {"matter_id": m.matter.id, "revision": m.matter.revision}
    answer = button(t("matters.answer"), AnswerMatter(matter_id=m.matter.id))
    if m.matter.kind in _GRANTED:
        yes = button(t(_GRANTED[m.matter.kind]), GrantWish(**ids))
        rows = [[yes], [button(t("matters.refuse"), RefuseWish(matter_id=m.matter.id)), answer]]
    else:
        rows = [*_proposal(m), [answer, button(t("matters.close"), CloseMatter(**ids))]]
    return Screen(lines, [*rows, *_see(m)])


def _proposal(m: MatterView) -> list[list[Button]]:
    """A proposed issue becomes one of the list, or a new one."""
    if m.matter.kind != "issue_proposed":
        return []
    new = SettleIssue(matter_id=m.matter.id, revision=m.matter.revision, issue_id=None)
    choose = button(t("naming.choose_issue"), ChooseIssue(matter_id=m.matter.id))
    return [[choose], [button(t("naming.make_issue"), new)]]


def _about(m: MatterView) -> list[Line]:
    kind = m.matter.kind if m.matter.kind in KINDS else "other"
    question = m.matter.detail.get("question")
    return [
        t(f"matters.kind_{kind}", person=mention(m.person), actor=_actor(m), field=_field(m)),
        _booking(m.view),
        t("matters.in_edition", edition=L(m.edition.name)) if m.edition is not None and m.view is None else None,
        t("matters.you_asked", question=str(question)) if question else None,
        t("matters.quoted", text=quotation(m.matter.text, QUOTED if m.matter.state == "open" else _QUOTED_ANSWERED))
        if m.matter.text
        else None,
        _phone(m),
    ]


def quotation(text: str, units: int) -> str:
    """What somebody wrote, cut at a word to so many UTF-16 units."""
    return shortened(text, units, measure=telegram_length)


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
