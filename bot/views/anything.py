"""What is answered to anything else: free sentences, and what is no text."""

from collections.abc import Sequence
from typing import ClassVar

from bot.domain.ports.arenas import SlotStatus
from bot.domain.recognise import Part
from bot.domain.results.arenas import ArenaCard
from bot.domain.results.booking import Progress, WhichActor, WhichEdition
from bot.domain.results.bookings import BookingList
from bot.domain.results.people import Joining
from bot.domain.results.questions import Forwarding
from bot.domain.results.understanding import Chat, Choosing, ForWhom, NotUnderstood, Suiting, Understood, Wanted
from bot.domain.smalltalk import SmallTalk
from bot.views import arenas, booking, bookings, confirming, start
from bot.views.booking_buttons import Days, PickSlot
from bot.views.menus import go
from bot.views.people import JoinAnother
from bot.views.press import Press
from bot.views.queue_buttons import Actors
from bot.views.screen import Button, L, Line, Reader, Screen, Words, button, columns, t
from bot.views.times import Day, Hours, Span


class Suggest(Press):
    """Free times as wanted, once the edition and the actor are known: day as its ordinal, hour in minutes."""

    code: ClassVar[str] = "xb"
    edition_id: int
    actor_id: int | None = None
    day: int | None = None
    part: Part | None = None
    minutes: int | None = None


class Forward(Press):
    """Send what was written on to an arena's coordinators; None: of all arenas."""

    code: ClassVar[str] = "xs"
    draft_id: int
    arena_id: int | None = None


class DoNotForward(Press):
    """Leave it."""

    code: ClassVar[str] = "xn"
    draft_id: int


def understood(result: Understood, reader: Reader) -> Screen:  # noqa: C901, PLR0911  # one card for each meaning
    """What a sentence has led to."""
    match result:
        case Chat():
            return small_talk(result)
        case Suiting():
            return suiting(result)
        case Choosing():
            return choosing(result)
        case Progress():
            return confirming.next_question(result)
        case Joining():
            return start.joining(result, reader.language)
        case ForWhom():
            return Screen([t("anything.for_whom")], [[button(t("anything.actors"), Actors())], [go("samordna")]])
        case ArenaCard():
            return arenas.card(result, now=reader.now)
        case BookingList():
            return bookings.listed(result)
        case Forwarding():
            return forwarding(result)
        case NotUnderstood():
            return Screen([t("anything.not_understood")], _ways(coordinates=True))
    return booking.begun(result)


def _ways(*, coordinates: bool = False) -> list[list[Button]]:
    """Where one can go from here."""
    first = [go("samordna"), go("utskick")] if coordinates else []
    return [first, [go("boka"), go("bokningar")], [go("arenor"), go("program")], [go("kontakt"), go("hjalp")]]


def small_talk(result: Chat) -> Screen:
    """A kind word back."""
    if result.kind is SmallTalk.THANKS:
        return Screen([t("anything.thanks")])
    if not result.known:
        who = [button(t("anything.who_are_you"), JoinAnother())]
        return Screen([t("anything.greeting_stranger")], [who, [go("arenor"), go("hjalp")]])
    return Screen([t("anything.greeting")], [[go("boka"), go("bokningar")], [go("arenor"), go("hjalp")]])


def suiting(result: Suiting) -> Screen:
    """The free times as wanted, or those nearest; a press holds one."""
    choice, zone = result.choice, result.choice.edition.zone
    draft_id = choice.draft.id
    whole = result.suits and result.wanted.day is not None
    rows = columns(
        [button(_when(s, zone, hours=whole), PickSlot(draft_id=draft_id, slot_id=s.slot.id)) for s in result.statuses],
        2 if whole else 1,
    )
    whom = t("booking.for_actor", actor=choice.actor.name) if choice.several_actors else None
    where = t("anything.at", edition=L(choice.edition.name))
    others = [button(t("anything.other_days"), Days(draft_id=draft_id))]
    return Screen([whom, where, _found(result, zone)], [*rows, others])


def _when(status: SlotStatus, zone: str, *, hours: bool) -> Words:
    """A time as a label, with how many apply for it."""
    make = Hours if hours else Span
    when = make(status.slot.starts_at, status.slot.ends_at, zone)
    return t("booking.time_applied", hours=when, n=status.applicants) if status.applicants else when


def _found(result: Suiting, zone: str) -> Line:
    wanted = result.wanted
    if wanted.outside is not None:
        return t("anything.outside", day=Day(wanted.outside))
    when = _wanted(wanted)
    if not result.suits:
        return t("anything.nearest", when=when) if result.statuses else t("anything.nothing_free")
    if wanted.day is None:
        return t("anything.suiting_any", when=when)
    return t("anything.suiting", when=when, times=_joined(result.statuses, zone))


def _joined(statuses: Sequence[SlotStatus], zone: str) -> Words:
    """Times as people list them: "13.00–14.00 och 16.15–17.15"."""
    hours: list[Words] = [Hours(s.slot.starts_at, s.slot.ends_at, zone) for s in statuses]
    return hours[0] if len(hours) == 1 else t("anything.listed", first=hours[:-1], last=hours[-1])


def _wanted(wanted: Wanted) -> Words:
    day = Day(wanted.day) if wanted.day is not None else None
    part: Words | None = None
    if wanted.hour is not None:
        part = t("part.hour", hour=f"{wanted.hour:%H.%M}")
    elif wanted.part is not None:
        part = t(f"part.{wanted.part}")
    if day is not None and part is not None:
        return t("anything.day_part", day=day, part=part)
    return day or part or ""


def choosing(result: Choosing) -> Screen:
    """Where, or for whom; what was wanted goes with the answer."""
    match result.which:
        case WhichEdition(editions, actor_id):
            rows = [[button(L(e.name), _suggest(e.id, actor_id, result.wanted))] for e in editions]
            return Screen([t("booking.which_edition")], rows)
        case WhichActor(edition, actors):
            rows = [[button(a.name, _suggest(edition.id, a.id, result.wanted))] for a in actors]
            return Screen([t("anything.at", edition=L(edition.name)), t("booking.which_actor")], rows)


def _suggest(edition_id: int, actor_id: int | None, wanted: Wanted) -> Suggest:
    return Suggest(
        edition_id=edition_id,
        actor_id=actor_id,
        day=wanted.day.toordinal() if wanted.day else None,
        part=wanted.part,
        minutes=wanted.hour.hour * 60 + wanted.hour.minute if wanted.hour else None,
    )


def forwarding(result: Forwarding) -> Screen:
    """Shall it be sent on, and about what."""
    draft_id = result.draft.id
    no = button(t("anything.do_not_forward"), DoNotForward(draft_id=draft_id))
    if len(result.arenas) == 1:
        arena = result.arenas[0]
        yes = button(t("anything.forward"), Forward(draft_id=draft_id, arena_id=arena.id))
        return Screen([t("anything.unknown", arena=L(arena.name))], [[yes, no]])
    rows = [
        [button(t("contact.about", arena=L(a.name)), Forward(draft_id=draft_id, arena_id=a.id))] for a in result.arenas
    ]
    rest = [button(t("anything.forward_any"), Forward(draft_id=draft_id)), no]
    return Screen([t("anything.unknown_about")], [*rows, rest])


def left() -> Screen:
    """Nothing was sent on."""
    return Screen([t("anything.left")], _ways())


def unknown_command(*, waits: bool) -> Screen:
    """The help line; `waits`: a question is still open."""
    return Screen([t("anything.unknown_command"), _still(waits=waits)], [] if waits else _ways())


def _still(*, waits: bool) -> Line:
    return t("anything.still_waiting") if waits else t("anything.write_or_choose")


READABLE = {"voice": "unreadable.voice", "sticker": "unreadable.sticker", "picture": "unreadable.picture"}
READABLE |= {"file": "unreadable.file", "location": "unreadable.location", "contact": "unreadable.contact"}
"""What is said of each kind of message that is no text."""


def cannot_read(kind: str, *, waits: bool) -> Screen:
    """That it cannot be read, and what works; `waits`: a question is still open."""
    text = t(READABLE[kind]) if kind in READABLE else t("unreadable.other")
    return Screen([text, _still(waits=waits)], [] if waits else _ways())
