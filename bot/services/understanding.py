"""A free sentence, read by rule: what to do about it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain import policy
from bot.domain.dates import local_day
from bot.domain.matching import fold, is_same
from bot.domain.model import Arena, BookingState, Draft, Edition, SlotState
from bot.domain.official import KINDS, Choice
from bot.domain.ports.arenas import SlotStatus
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.recognise import Part, Recognised, Wish, recognise
from bot.domain.results.booking import Begun, NoActor, Progress, Unfinished, WhichActor, WhichDay, WhichEdition
from bot.domain.results.people import Joining
from bot.domain.results.understanding import (
    Chat,
    Choosing,
    ForWhom,
    NotUnderstood,
    Suiting,
    Understood,
    Wanted,
)
from bot.domain.seat import Seat
from bot.domain.smalltalk import asks_for_facts, is_question, mentions_times, small_talk
from bot.domain.text import clean
from bot.services import arenas, booking, bookings, confirming, joining, questions, rights

READ = 500
"""Characters within which wishes are looked for; a longer text is a question at most."""
FEW = 3
"""Words that are hardly a question."""
OFFERED = 8
"""Times offered at once."""
NEAREST = 3
_HOURS = {Part.MORNING: time(9), Part.LUNCH: time(12), Part.AFTERNOON: time(14), Part.EVENING: time(18)}
_YEAR = re.compile(r"\s*\b\d{4}$")


async def understand(work: UnitOfWork, seat: Seat, text: str, *, message_id: int | None, now: datetime) -> Understood:
    """What to do about what somebody wrote that no dialogue awaits. Raises NameMissing, TextTooLong."""
    said = clean(text)
    if len(said) > READ:
        return await _pass_on(work, seat, text, None, message_id=message_id, now=now)
    passing = small_talk(said)
    if passing is not None:
        return Chat(passing, known=await _is_known(work, seat))
    return (
        await _named(work, seat, said, now=now)
        or await _kind_in_words(work, seat, said, now=now)
        or await _follow(work, seat, text, said, message_id=message_id, now=now)
    )


async def _is_known(work: UnitOfWork, seat: Seat) -> bool:
    """Whether the person acts for somebody, has asked to, or coordinates."""
    return bool(await work.members.list_of_person(seat.person.id)) or await rights.is_coordinator(work, seat.person)


async def _named(work: UnitOfWork, seat: Seat, said: str, *, now: datetime) -> Joining | None:
    """From a person who acts for nobody, a known organisation's name alone says for whom they would."""
    if not any(is_same(said, actor) for actor in await work.actors.list_known()) or await _is_known(work, seat):
        return None
    asked = await joining.start_joining(work, seat, now=now)
    return await joining.name_organisation(work, asked.draft, said, now=now)


async def _follow(
    work: UnitOfWork, seat: Seat, text: str, said: str, *, message_id: int | None, now: datetime
) -> Understood:
    """Bookings, free times, an arena's card, or the offer to send it on."""
    names = await _names(work)
    found = recognise(said, arenas=names, days=(), today=now.date())
    if found.wish in {Wish.SEE, Wish.CANCEL, Wish.MOVE}:
        return await bookings.list_mine(work, seat, now=now)
    opened = await _opened(work, found.arena, now=now)
    read = [(edition, _read(said, names, edition, now)) for edition in opened]
    if _wants_time(said, found, read):
        return await _offer(work, seat, found, read, now=now)
    if found.arena is not None and not (is_question(said) and not asks_for_facts(said)):
        return await arenas.show_arena(work, seat.person, found.arena, now=now)
    back = await _back_to_booking(work, seat, said, now=now)
    return back or await _pass_on(work, seat, text, found.arena, message_id=message_id, now=now)


async def _held(work: UnitOfWork, seat: Seat, *, now: datetime) -> Draft | None:
    """The booking dialogue that holds a slot for the person."""
    for draft in await work.drafts.list_open(seat.chat_id, seat.person.id):
        held = await work.bookings.find(int(draft.data.get("booking_id") or 0)) if draft.kind == booking.KIND else None
        if held is not None and held.state is BookingState.HELD and not policy.is_over(held, now):
            return draft
    return None


async def _kind_in_words(work: UnitOfWork, seat: Seat, said: str, *, now: datetime) -> Progress | None:
    """The kind of activity, written where a press was awaited."""
    kind = next((key for key, choice in KINDS.items() if _is_named(said, choice)), None)
    draft = await _held(work, seat, now=now) if kind is not None else None
    if draft is None or draft.step != "kind":
        return None
    return await confirming.choose_kind(work, seat, draft.id, kind, now=now)


async def _back_to_booking(work: UnitOfWork, seat: Seat, said: str, *, now: datetime) -> Unfinished | None:
    """A few words that are no question lead back to a booking that waits for a press."""
    if len(said.split()) > FEW or is_question(said):
        return None
    draft = await _held(work, seat, now=now)
    return Unfinished(await booking.progress(work, seat, draft)) if draft is not None else None


def _is_named(said: str, choice: Choice) -> bool:
    names = [choice.sv, choice.en, *choice.sv.split("/"), *choice.en.split("/")]
    return fold(said) in map(fold, names)


async def _pass_on(
    work: UnitOfWork, seat: Seat, text: str, arena_id: int | None, *, message_id: int | None, now: datetime
) -> Understood:
    if await rights.is_coordinator(work, seat.person):
        return NotUnderstood()
    arena = await work.arenas.get(arena_id) if arena_id is not None else None
    return await questions.keep_unknown(work, seat, text, arena, message_id=message_id, now=now)


async def _names(work: UnitOfWork) -> dict[int, list[str]]:
    """What the arenas are called: their names, their editions' without the year, and one-word places."""
    editions = await work.editions.list_published()
    return {
        arena.id: _names_of(arena, [e for e in editions if e.arena_id == arena.id])
        for arena in await work.arenas.list_all()
    }


def _names_of(arena: Arena, editions: Sequence[Edition]) -> list[str]:
    places = [place.partition(",")[0] for place in arena.place.values()]
    named = [_YEAR.sub("", name) for edition in editions for name in edition.name.values()]
    return [*arena.name.values(), arena.key.replace("_", " "), *named, *(p for p in places if p and " " not in p)]


async def _opened(work: UnitOfWork, arena_id: int | None, *, now: datetime) -> list[Edition]:
    """The editions that can be booked now, of the arena that was named."""
    editions = await work.editions.list_published()
    return [e for e in editions if e.is_open(now) and arena_id in {None, e.arena_id}]


def _read(said: str, names: dict[int, list[str]], edition: Edition, now: datetime) -> Recognised:
    return recognise(said, arenas=names, days=_days(edition), today=local_day(now, edition.tz))


def _days(edition: Edition) -> list[date]:
    if edition.starts_on is None:
        return []
    last = edition.ends_on or edition.starts_on
    return [edition.starts_on + timedelta(days=n) for n in range((last - edition.starts_on).days + 1)]


def _wants_time(said: str, found: Recognised, read: Sequence[tuple[Edition, Recognised]]) -> bool:
    """Whether a time is wanted: it says so, names a day of an edition, or a part of the day that is no question about
    something else.
    """
    if found.wish is Wish.BOOK:
        return bool(read) or found.arena is None
    if any(r.day is not None for _, r in read):
        return True
    if not read or (found.part is None and found.hour is None):
        return False
    return mentions_times(said) or not is_question(said)


async def _offer(
    work: UnitOfWork, seat: Seat, found: Recognised, read: Sequence[tuple[Edition, Recognised]], *, now: datetime
) -> Understood:
    """The free times that suit; asked for which edition and actor where that is still open."""
    likely = [pair for pair in read if pair[1].day is not None] or list(read)
    if len(likely) == 1:
        edition, said = likely[0]
        wanted = Wanted(said.day, said.part, said.hour, said.other_day)
        return await suggest(work, seat, edition.id, None, wanted, now=now)
    begun = await booking.start_booking(work, seat, None, None, now=now)
    wanted = Wanted(part=found.part, hour=found.hour)
    if isinstance(begun, WhichEdition):
        days = {said.day for _, said in likely}
        day = days.pop() if len(days) == 1 else None
        return Choosing(replace(begun, editions=[edition for edition, _ in likely]), replace(wanted, day=day))
    return await _begun(work, seat, begun, wanted, now=now)


async def suggest(
    work: UnitOfWork, seat: Seat, edition_id: int, actor_id: int | None, wanted: Wanted, *, now: datetime
) -> Understood:
    """Free times of an edition for an actor, as wanted. Raises NotFound, NotAllowed, BookingClosed."""
    begun = await booking.start_booking(work, seat, edition_id, actor_id, now=now)
    return await _begun(work, seat, begun, wanted, now=now)


async def _begun(work: UnitOfWork, seat: Seat, begun: Begun, wanted: Wanted, *, now: datetime) -> Understood:
    match begun:
        case NoActor() if await rights.is_coordinator(work, seat.person):
            return ForWhom()
        case NoActor():
            return await joining.start_joining(work, seat, now=now)
        case WhichActor() if wanted.anything:
            return Choosing(begun, wanted)
        case WhichDay() if wanted.anything:
            return _suiting(begun, wanted, now=now)
    return begun


def _suiting(choice: WhichDay, wanted: Wanted, *, now: datetime) -> Suiting:
    edition = choice.edition
    free = [s for s in choice.statuses if _is_free(s, now)]
    ask = Recognised(part=wanted.part, hour=wanted.hour)
    suiting = [
        s
        for s in free
        if wanted.outside is None
        and wanted.day in {None, local_day(s.slot.starts_at, edition.tz)}
        and ask.suits(s.slot.starts_at.astimezone(edition.tz).time())
    ]
    if suiting:
        return Suiting(choice, wanted, suiting[:OFFERED], suits=True)
    nearest = sorted(free, key=lambda s: (_distance(s.slot.starts_at, wanted, edition), s.slot.starts_at))[:NEAREST]
    return Suiting(choice, wanted, sorted(nearest, key=lambda s: s.slot.starts_at), suits=False)


def _is_free(status: SlotStatus, now: datetime) -> bool:
    taken = status.booking is not None and not policy.is_over(status.booking, now)
    return status.slot.state is SlotState.OPEN and status.slot.starts_at > now and not taken


def _distance(starts_at: datetime, wanted: Wanted, edition: Edition) -> timedelta:
    """How far a time is from what was wanted: in time, or by the hour of the day when any day would do."""
    hour = wanted.hour or (_HOURS[wanted.part] if wanted.part else time(12))
    day = wanted.day or wanted.outside or local_day(starts_at, edition.tz)
    return abs(starts_at - datetime.combine(day, hour, edition.tz))
