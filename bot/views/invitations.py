"""Invitations as they are opened, accepted or meant for somebody else."""

from datetime import timedelta
from typing import ClassVar

from bot.domain.model import Edition
from bot.domain.results.people import Accepted, Declined, Invited, Room
from bot.views.booking_buttons import Book
from bot.views.language import switch
from bot.views.menus import go
from bot.views.press import Press
from bot.views.screen import L, Line, Screen, Words, button, t
from bot.views.start import AboutData, HowItWorks
from bot.views.times import DayMonth, Days


class AcceptInvitation(Press):
    """«Ja, det är jag»."""

    code: ClassVar[str] = "sy"
    draft_id: int


class DeclineInvitation(Press):
    """«Nej, fel person»."""

    code: ClassVar[str] = "sx"
    draft_id: int


class LeaveUnsaid(Press):
    """«Jag vet inte» who is right."""

    code: ClassVar[str] = "su"
    draft_id: int


def invited(i: Invited, language: str) -> Screen:
    """Who invites whom to what, and whether this is the right person."""
    yes = button(t("start.yes_me"), AcceptInvitation(draft_id=i.draft.id))
    no = button(t("start.wrong_person"), DeclineInvitation(draft_id=i.draft.id))
    return Screen([t("start.hello"), *_invitation(i)], [[yes], [no], switch(language, i.draft.id)])


def _invitation(i: Invited) -> list[Line]:
    if i.actor is None:
        arenas: Words = (
            t("start.all_arenas") if not i.arenas else t("start.arenas", names=[L(a.name) for a in i.arenas])
        )
        return [t("start.invited_coordinator", arenas=arenas), t("start.coordinator_right"), t("start.is_it_you")]
    if i.inviter is not None:
        key = "start.invited_to_take_over" if i.kind == "pass_on" else "start.invited_by_colleague"
        return [t(key, inviter=i.inviter.name, actor=i.actor.name), t("start.is_it_you")]
    if i.edition is None:
        return [t("start.invited", actor=i.actor.name), t("start.are_you_contact", actor=i.actor.name)]
    edition = t("start.invited_to", actor=i.actor.name, edition=L(i.edition.name), when=when(i.edition))
    return [edition, t("start.are_you_contact", actor=i.actor.name)]


def when(edition: Edition) -> Words:
    """An edition's days and place, and whether they are preliminary."""
    if edition.starts_on is None or edition.ends_on is None:
        return t("start.when_unknown", place=L(edition.place))
    key = "start.when_preliminary" if edition.preliminary else "start.when"
    return t(key, days=Days(edition.starts_on, edition.ends_on), place=L(edition.place))


def accepted(a: Accepted) -> Screen:
    """The right is the person's: what can be done with it now."""
    if a.actor is None:
        arenas: Words = (
            t("start.all_arenas") if not a.arenas else t("start.arenas", names=[L(x.name) for x in a.arenas])
        )
        rows = [[go("samordna")], [go("hjalp"), button(t("start.about_data"), AboutData())]]
        return Screen([t("start.coordinator_now", arenas=arenas), t("start.kept_coordinator")], rows)
    book = button(t("go.boka"), Book(edition_id=a.edition_id, actor_id=a.actor.id))
    first = go("arenor") if a.room is not None and not a.room.is_open else book
    rows = [[first], [button(t("start.how"), HowItWorks()), button(t("start.about_data"), AboutData())]]
    return Screen([t("start.accepted", actor=a.actor.name), _room(a.room), t("start.kept")], rows)


def _room(room: Room | None) -> Line:
    if room is None:
        return None
    edition = room.edition
    if room.is_open:
        if edition.closes_at is None:
            return t("start.room", free=room.free, n=room.slots)
        last = (edition.closes_at - timedelta(seconds=1)).astimezone(edition.tz).date()
        return t("start.room_until", until=DayMonth(last), free=room.free, n=room.slots)
    if edition.opens_at is not None and not room.is_over:
        return t("start.opens", day=DayMonth(edition.opens_at.astimezone(edition.tz).date()))
    return t("start.closed") if room.is_over else t("start.not_open_yet")


def declined(d: Declined) -> Screen:
    """Ask who is right, then."""
    ask = t("start.who_is_right", actor=d.actor.name) if d.actor is not None else t("start.who_is_right_coordinator")
    return Screen([ask], [[button(t("start.do_not_know"), LeaveUnsaid(draft_id=d.draft.id))]])


def thanked() -> Screen:
    """Coordinators know; the person may go on as somebody else."""
    return Screen([t("start.wrong_person_thanks")], [[go("start"), go("arenor")]])
