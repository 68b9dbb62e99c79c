"""What an activity is for: one card of things to press, and the coordinators' list of those that lack it."""

from collections.abc import Sequence

from bot.domain.issues import ISSUES_MAX, PROPOSAL_MAX, Named
from bot.domain.model import BookingView, Purpose
from bot.domain.official import PURPOSES
from bot.domain.results.issues import ChooseIssue, NamingCard, NamingList
from bot.domain.text import shortened
from bot.views import issue_buttons as buttons
from bot.views.booking_parts import title, when
from bot.views.bookings_buttons import ShowBooking
from bot.views.menus import go
from bot.views.press import Press
from bot.views.queue_buttons import ShowMatter
from bot.views.screen import Button, L, Line, Screen, Words, button, columns, t

LABEL = 40
"""Characters of a title on a button."""


def purpose_name(key: str) -> Words:
    """A purpose in full, as the project calls it."""
    return next((L(choice.words) for choice in PURPOSES if choice.key == key), key)


def card(result: NamingCard) -> Screen:
    """All that can be named, each a press on or off; nothing needs to be saved."""
    if result.done:
        return done(result)
    view = result.view
    first = t("naming.ask_first", title=title(view)) if result.first else None
    lines: list[Line] = [
        _for_whom(result),
        first or t("naming.ask", title=title(view), when=when(view)),
        t("naming.explained", limit=ISSUES_MAX),
        t("naming.proposed", text=result.proposal) if result.proposal else None,
    ]
    return Screen(lines, _rows(result))


def _for_whom(result: NamingCard) -> Line:
    shown = result.as_coordinator or result.several_actors
    return t("booking.for_actor", actor=result.view.actor.name) if shown else None


def _rows(result: NamingCard) -> list[list[Button]]:
    booking_id = result.view.booking.id
    has = result.named
    issues = [
        [_toggle(L(i.title), buttons.ToggleIssue(booking_id=booking_id, issue_id=i.id), on=i.id in has.issues)]
        for i in result.issues
    ]
    purposes = [
        _toggle(t(f"naming.purpose_{p}"), buttons.TogglePurpose(booking_id=booking_id, purpose=p), on=p in has.purposes)
        for p in Purpose
    ]
    groups = [
        _toggle(L(g.name), buttons.ToggleGroup(booking_id=booking_id, group_id=g.id), on=g.id in has.groups)
        for g in result.groups
    ]
    propose = (
        [] if result.as_coordinator else [button(t("naming.propose"), buttons.ProposeIssue(booking_id=booking_id))]
    )
    anything = has.issues or has.purposes or has.groups or result.proposal
    finish = buttons.NamingDone(booking_id=booking_id, on=int(not anything))
    last = button(t("naming.done" if anything or result.as_coordinator else "naming.skip"), finish)
    return [*issues, propose, purposes, *columns(groups, 1), [last]]


def _toggle(label: Words, press: Press, *, on: bool) -> Button:
    return button(t("naming.on", label=label) if on else label, press)


def done(result: NamingCard) -> Screen:
    """What is named, in words."""
    has, booking_id = result.named, result.view.booking.id
    named = [
        _named("naming.issues", [L(i.title) for i in result.issues if i.id in has.issues]),
        _named("naming.purposes", [purpose_name(p) for p in has.purposes]),
        _named("naming.groups", [L(g.name) for g in result.groups if g.id in has.groups]),
        t("naming.proposed", text=result.proposal) if result.proposal else None,
    ]
    if not any(named):
        named = [t("naming.skipped")]
    change = button(t("naming.change"), buttons.NameIt(booking_id=booking_id))
    onwards = (
        button(t("naming.list"), buttons.NamingList())
        if result.as_coordinator
        else button(t("bookings.show"), ShowBooking(booking_id=booking_id))
    )
    return Screen([_for_whom(result), t("naming.heading", title=title(result.view)), *named], [[change], [onwards]])


def _named(key: str, words: Sequence[Words]) -> Line:
    return t(key, what=words) if words else None


def ask_proposal(result: NamingCard) -> Screen:
    """An issue in their own words."""
    back = [button(t("common.back"), buttons.NameIt(booking_id=result.view.booking.id))]
    return Screen([t("naming.ask_proposal", limit=PROPOSAL_MAX)], [back])


def choose(result: ChooseIssue) -> Screen:
    """Which issue a proposed one is."""
    ids = {"matter_id": result.matter_id, "revision": result.revision}
    rows = [[button(L(issue.title), buttons.SettleIssue(**ids, issue_id=issue.id))] for issue in result.issues]
    back = [button(t("common.back"), ShowMatter(matter_id=result.matter_id))]
    return Screen([t("naming.which_issue", text=result.proposal)], [*rows, back])


def listed(result: NamingList) -> Screen:
    """Bookings, those first that lack something."""
    page = result.page
    lines: list[Line] = [
        t("naming.list_heading", n=result.lacking) if result.lacking else t("naming.nothing_lacks"),
        t("issues.page", page=page.number + 1, pages=page.count) if page.count > 1 else None,
        "",
    ]
    rows: list[list[Button]] = []
    for view, has in page.items:
        lines.append(_row(view, has))
        label = t("naming.row_label", sign="✅" if has.is_whole else "⏳", title=shortened(title(view), LABEL))
        rows.append([button(label, buttons.NameIt(booking_id=view.booking.id))])
    turn = [button(t("issues.before"), buttons.NamingList(page=page.number - 1))] if page.number else []
    if page.number + 1 < page.count:
        turn.append(button(t("issues.after"), buttons.NamingList(page=page.number + 1)))
    return Screen(lines, [*rows, turn, [button(t("issues.back"), buttons.ListIssues()), go("samordna")]])


def _row(view: BookingView, has: Named) -> Line:
    kinds = (("issue", has.issues), ("purpose", has.purposes), ("group", has.groups))
    lacks = [t(f"naming.lacks_{name}") for name, named in kinds if not named]
    ids = {"title": title(view), "actor": view.actor.name, "edition": L(view.edition.name)}
    return t("naming.row_lacks", **ids, what=lacks) if lacks else t("naming.row", **ids)
