"""/kontakt: who the coordinators are, and a question to them."""

from collections.abc import Sequence
from typing import ClassVar

from bot.domain.model import Arena, BookingView, Edition
from bot.domain.results.questions import AskedQuestion, Colleague, Contact, Sent
from bot.domain.text import shortened
from bot.views.menus import go
from bot.views.press import Press
from bot.views.screen import Button, L, Line, Screen, T, Words, button, t
from bot.views.times import At

_LABEL = 30
_NAMES = 4


class AskArena(Press):
    """Ask a question about an arena; None: about something else."""

    code: ClassVar[str] = "ja"
    arena_id: int | None = None


class AskAbout(Press):
    """Ask a question about a booking."""

    code: ClassVar[str] = "jb"
    booking_id: int


class AskElsewhere(Press):
    """Choose what the question is about among all arenas."""

    code: ClassVar[str] = "jo"


class DropQuestion(Press):
    """Ask nothing after all."""

    code: ClassVar[str] = "jx"
    draft_id: int


def ask_coordinator(booking_id: int, label: Words | None = None) -> Button:
    """A button for other cards: a question about this booking."""
    return button(label or t("contact.ask"), AskAbout(booking_id=booking_id))


def on_site_line(edition: Edition) -> Line:
    """The coordinators' phone on site of an edition, with who answers where that is known; None without a phone."""
    phone, name = edition.on_site.get("phone"), edition.on_site.get("name")
    if not phone:
        return None
    if not name or str(name) in edition.name.get("sv", ""):
        return t("contact.on_site", edition=L(edition.name), phone=str(phone))
    return t("contact.on_site_named", edition=L(edition.name), phone=str(phone), name=str(name))


def contact(result: Contact) -> Screen:
    """Who they are and where they are reached; what the question is about."""
    lines = [*_who(result), "", t("contact.what_about") if len(result.arenas) > 1 else t("contact.just_ask")]
    return Screen(lines, [*_arena_buttons(result), [go("start")]])


def _who(result: Contact) -> list[Line]:
    lines: list[Line] = [t("contact.heading") if result.coordinators else t("contact.nobody")]
    lines += [_colleague(c) for c in result.coordinators]
    phones = [line for line in map(on_site_line, result.editions) if line is not None]
    return [*lines, *(["", *phones] if phones else [])]


def _colleague(colleague: Colleague) -> Line:
    if not colleague.arenas:
        return t("contact.for_all", name=colleague.name)
    return t("contact.for_some", name=colleague.name, arenas=[L(a.name) for a in colleague.arenas])


def _arena_buttons(result: Contact) -> list[list[Button]]:
    rows = [[button(t("contact.about", arena=L(a.name)), AskArena(arena_id=a.id))] for a in result.arenas]
    return [*rows, [button(t("contact.about_else"), AskElsewhere())]]


def elsewhere(arenas: Sequence[Arena]) -> Screen:
    """All arenas, and none of them."""
    rows = [[button(L(a.name), AskArena(arena_id=a.id))] for a in arenas]
    none = [button(t("contact.none_of_them"), AskArena())]
    return Screen([t("contact.what_about")], [*rows, none, [go("start")]])


def asked(result: AskedQuestion) -> Screen:
    """Write the question; which booking it is about, when there are several."""
    who = [*_who(result.contact), ""] if result.contact else []
    prompt = t("contact.write", arena=L(result.arena.name)) if result.arena else t("contact.write_any")
    about = t("contact.in_view", booking=_booking(result.view)) if result.view else None
    rows = [[button(_label(view), AskAbout(booking_id=view.booking.id))] for view in result.choices]
    pick = t("contact.pick_booking") if rows else None
    last = [
        *([button(t("contact.about_else"), AskElsewhere())] if result.contact else []),
        button(t("contact.drop"), DropQuestion(draft_id=result.draft.id)),
    ]
    return Screen([*who, prompt, about, pick], [*rows, last])


def _title(view: BookingView) -> str:
    return view.activity.title or view.actor.name


def _booking(view: BookingView) -> T:
    return t("contact.booking", title=_title(view), when=At(view.slot.starts_at, view.edition.zone))


def _label(view: BookingView) -> T:
    when = At(view.slot.starts_at, view.edition.zone)
    return t("contact.booking", title=shortened(_title(view), _LABEL), when=when)


def sent(result: Sent) -> Screen:
    """The question waits for these coordinators."""
    lines: list[Line] = [
        _to(result),
        t("contact.in_view", booking=_booking(result.view)) if result.view else None,
        t("contact.answer_comes"),
    ]
    return Screen(lines, [[go("bokningar"), go("start")]])


def _to(result: Sent) -> Line:
    names = _names(result.names)
    if result.arena is None:
        return t("contact.sent_any", names=names) if names else t("contact.sent_waits")
    if not names:
        return t("contact.sent_arena_waits", arena=L(result.arena.name))
    return t("contact.sent", names=names, arena=L(result.arena.name))


def _names(names: Sequence[str]) -> list[Words]:
    more = len(names) - _NAMES
    shown: list[Words] = list(names[:_NAMES])
    return [*shown, t("contact.more", n=more)] if more > 0 else shown


def dropped() -> Screen:
    """Nothing was sent."""
    return Screen([t("contact.dropped")], [[go("start"), go("hjalp")]])


def text_only() -> Screen:
    """A question is written, not photographed."""
    return Screen([t("contact.text_only")])
