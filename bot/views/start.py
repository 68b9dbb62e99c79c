"""First contact, the home card, and help."""

from collections.abc import Sequence
from typing import ClassVar

from bot.domain.model import ActorKind, BookingState, BookingView
from bot.domain.results.people import Cancelled, Home, Joining, Newcomer
from bot.domain.text import cut_at_word
from bot.views.booking_buttons import Book, Resume
from bot.views.language import switch
from bot.views.menus import go
from bot.views.people import JoinAnother, MyDetails
from bot.views.press import Press
from bot.views.screen import Button, Line, Screen, button, columns, t
from bot.views.times import Hour, Span

KINDS = tuple(kind for kind in ActorKind if kind is not ActorKind.REGION)
"""What a newcomer's organisation may be; the region itself is known."""
_NEXT = 3
_LABEL = 40


class HowItWorks(Press):
    """«Så går det till»."""

    code: ClassVar[str] = "sw"


class AboutData(Press):
    """«Om dina uppgifter»."""

    code: ClassVar[str] = "sd"


class PickOrganisation(Press):
    """The organisation is this known one."""

    code: ClassVar[str] = "sp"
    draft_id: int
    actor_id: int


class NoneOfThese(Press):
    """The organisation is none of those offered."""

    code: ClassVar[str] = "sn"
    draft_id: int


class AskAgain(Press):
    """Write another name."""

    code: ClassVar[str] = "sa"
    draft_id: int


class PickOrganisationKind(Press):
    """What kind of organisation it is."""

    code: ClassVar[str] = "sk"
    draft_id: int
    kind: ActorKind


def _look() -> list[Button]:
    return [go("arenor"), button(t("start.about_data"), AboutData())]


def joining(j: Joining, language: str) -> Screen:
    """Which organisation: its name, which of those known, or what kind it is."""
    match j.draft.step:
        case "name":
            greeting: list[Line] = [t("start.hello")] if j.first else []
            kept = [t("start.kept")] if j.first else []
            rows = [_look(), switch(language, j.draft.id)]
            return Screen([*greeting, t("start.which_organisation"), *kept], rows)
        case "pick":
            found = [
                [button(actor.name, PickOrganisation(draft_id=j.draft.id, actor_id=actor.id))] for actor in j.candidates
            ]
            none = button(
                t("start.none_of_these", wrote=cut_at_word(j.wrote, _LABEL)), NoneOfThese(draft_id=j.draft.id)
            )
            question = t("start.is_it_this") if len(j.candidates) == 1 else t("start.is_it_one_of_these")
            return Screen([question], [*found, [none]])
        case _:
            kinds = [
                button(t(f"actor_kind.{kind}"), PickOrganisationKind(draft_id=j.draft.id, kind=kind)) for kind in KINDS
            ]
            again = [button(t("start.ask_again"), AskAgain(draft_id=j.draft.id))]
            return Screen([t("start.which_kind", name=j.wrote)], [*columns(kinds, 2), again])


def asked(n: Newcomer) -> Screen:
    """A coordinator has been asked; what can be done meanwhile."""
    lines = [t("start.asked", actor=n.actor.name), t("start.meanwhile")]
    return Screen(lines, [[_book(actor_id=n.actor.id)], _look()])


def _book(*, edition_id: int | None = None, actor_id: int | None = None) -> Button:
    return button(t("go.boka"), Book(edition_id=edition_id, actor_id=actor_id))


def home(h: Home) -> Screen:
    """Whom the person acts for, what comes next, and where one can go."""
    acting = [tie.actor.name for tie in h.ties if tie.is_active]
    waiting = [tie.actor.name for tie in h.ties if not tie.is_active]
    several = len(h.ties) > 1
    lines: list[Line] = [
        t("start.acts_for", actors=acting) if acting else None,
        t("start.waits_for", actors=waiting) if waiting else None,
        t("start.coordinates") if h.coordinates else None,
        *_held(h),
        *_coming(h.coming, several=several),
    ]
    if h.ties and not h.coming and h.held is None:
        lines.append(t("start.nothing_booked"))
    return Screen(lines, _home_rows(h))


def _held(h: Home) -> list[Line]:
    if h.held is None or h.held.booking.until_at is None:
        return []
    zone = h.held.edition.zone
    span = Span(h.held.slot.starts_at, h.held.slot.ends_at, zone)
    return [t("start.held", when=span, until=Hour(h.held.booking.until_at, zone))]


def _coming(views: Sequence[BookingView], *, several: bool) -> list[Line]:
    if not views:
        return []
    more = len(views) - _NEXT
    lines: list[Line] = ["", t("start.coming"), *(coming_line(view, several=several) for view in views[:_NEXT])]
    return [*lines, t("start.more", n=more)] if more > 0 else lines


def coming_line(view: BookingView, *, several: bool) -> Line:
    """A booking on one line: when, what, for whom when the person acts for several, and whether it is decided."""
    key = {
        BookingState.REQUESTED: "start.line_requested",
        BookingState.APPLIED: "start.line_applied",
    }.get(view.booking.state, "start.line_booked")
    title = view.activity.title or view.actor.name
    if several and view.activity.title is not None:
        title = f"{title} ({view.actor.name})"
    return t(key, when=Span(view.slot.starts_at, view.slot.ends_at, view.edition.zone), title=title)


def _home_rows(h: Home) -> list[list[Button]]:
    resume = (
        [button(t("start.resume"), Resume(draft_id=h.held_draft_id))] if h.held and h.held_draft_id is not None else []
    )
    coordinate = [go("samordna"), go("utskick")] if h.coordinates else []
    book = [_book()] if h.ties else [button(t("people.join_another"), JoinAnother())]
    details = [button(t("people.my_details"), MyDetails()), go("hjalp")]
    return [coordinate, resume, book, [go("bokningar"), go("arenor")], [go("program"), go("fragor")], details]


def how_it_works() -> Screen:
    """From a free slot to the event, in a few lines."""
    return Screen([t("start.how_it_works")], [[_book()], [go("arenor"), go("hjalp")]])


def about_data() -> Screen:
    """What is kept about a person, why, for how long and who sees it."""
    return Screen(
        [t("start.about_data_long")],
        [[button(t("people.my_details"), MyDetails())], [go("kontakt"), go("start")]],
    )


def help_card(*, coordinates: bool, language: str) -> Screen:
    """What one can do here."""
    lines: list[Line] = [t("start.help")]
    rows = [
        [_book(), go("bokningar")],
        [go("arenor"), go("program")],
        [go("fragor"), go("paminnelser")],
        [go("natverk"), go("metoder")],
        [go("kontakt")],
    ]
    if coordinates:
        lines += ["", t("start.help_coordinator")]
        rows.insert(0, [go("samordna"), go("utskick")])
    return Screen(lines, [*rows, [button(t("people.my_details"), MyDetails()), *switch(language)]])


def cancelled(c: Cancelled) -> Screen:
    """What /avbryt has ended, and the slot that was let go."""
    lines: list[Line] = [t("start.cancelled") if c.closed else t("start.nothing_to_cancel")]
    if c.let_go is not None:
        slot = c.let_go.slot
        lines.append(t("start.let_go", when=Span(slot.starts_at, slot.ends_at, c.let_go.edition.zone)))
    if c.held is not None and c.held.booking.until_at is not None:
        zone = c.held.edition.zone
        span = Span(c.held.slot.starts_at, c.held.slot.ends_at, zone)
        lines.append(t("start.still_held", when=span, until=Hour(c.held.booking.until_at, zone)))
    return Screen(lines, [[go("boka"), go("bokningar")], [go("start"), go("hjalp")]])
