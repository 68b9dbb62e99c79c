"""How announcements went: whom they reached, who has acknowledged them, and what was announced before."""

from collections.abc import Sequence
from typing import Any

from bot.domain import announcement_content as content
from bot.domain.announcements import Audience
from bot.domain.errors import NotAllowed
from bot.domain.model import Actor, Announcement, Person
from bot.domain.ports.announcements import Tally
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.announcements import Earlier, Names, Status, Unreached
from bot.domain.seat import Seat
from bot.services import audiences, rights

LISTED = 5
"""Names that a report holds; the others are a page away."""
PAGE = 8


async def require_own(work: UnitOfWork, person: Person, announcement_id: int, *, lock: bool = False) -> Announcement:
    """An announcement that the person may handle. Raises NotFound, NotAllowed."""
    announcement = await work.announcements.get(announcement_id, lock=lock)
    await rights.require_coordinator(work, person, announcement.arena_id)
    return announcement


async def status_of(work: UnitOfWork, announcement: Announcement) -> Status:
    """How it stands, with the first of those whom it did not reach."""
    audience = Audience.from_stored(announcement.audience)
    edition = await audiences.edition_of(work, audience)
    tally = await work.recipients.tally(announcement.id)
    said = content.in_language(announcement.content, "sv")
    has_ended = announcement.ended_at is not None
    return Status(
        announcement,
        audience,
        edition,
        await audiences.names(work, audience),
        tally,
        content.words_of(said),
        edition.zone if edition is not None else audiences.HOME,
        await _unreached(work, announcement, tally, 0, LISTED) if has_ended else (),
        _unreached_total(announcement, tally),
        len(_alone(announcement)),
        correctable=has_ended and tally.sent > 0 and content.is_correctable(said),
    )


def _alone(announcement: Announcement) -> Sequence[int]:
    return tuple(announcement.audience.get("alone") or ())


def _unreached_total(announcement: Announcement, tally: Tally) -> int:
    """People that could not be sent to, and actors with nobody in Telegram."""
    return tally.failed + len(_alone(announcement))


async def _unreached(
    work: UnitOfWork, announcement: Announcement, tally: Tally, skip: int, limit: int
) -> list[Unreached]:
    """Those who could not be sent to, then the actors with nobody in Telegram."""
    failed = await work.recipients.list_failed(announcement.id, skip=skip, limit=limit)
    people = await _named(work, [(person, str(recipient.reason)) for recipient, person in failed])
    first = max(skip - tally.failed, 0)
    ids = _alone(announcement)[first : first + limit - len(people)]
    actors = [await work.actors.get(actor_id) for actor_id in ids]
    return people + [Unreached(a.name, (), "nobody", a.contact_phone, a.contact_email) for a in actors]


async def _named(work: UnitOfWork, people: Sequence[tuple[Person, str]]) -> list[Unreached]:
    actors = await work.recipients.actors_of([person.id for person, _ in people])
    return [_person(person, actors[person.id], reason) for person, reason in people]


def _person(person: Person, actors: Sequence[Actor], reason: str) -> Unreached:
    """A person with how else to reach them: their own phone and e-mail, or those that their actor has."""
    phone = person.phone or next((a.contact_phone for a in actors if a.contact_phone), None)
    email = person.email or next((a.contact_email for a in actors if a.contact_email), None)
    return Unreached(person.name, tuple(a.name for a in actors), reason, phone, email)


def _pages(total: int) -> int:
    return max(-(-total // PAGE), 1)


async def list_unreached(work: UnitOfWork, seat: Seat, announcement_id: int, page: int) -> Names:
    """A page of those whom it did not reach. Raises NotFound, NotAllowed."""
    one = await require_own(work, seat.person, announcement_id)
    tally = await work.recipients.tally(one.id)
    total = _unreached_total(one, tally)
    page = min(max(page, 0), _pages(total) - 1)
    return Names(one, await _unreached(work, one, tally, page * PAGE, PAGE), page, _pages(total), total)


async def list_unread(work: UnitOfWork, seat: Seat, announcement_id: int, page: int) -> Names:
    """A page of those who have not acknowledged it. Raises NotFound, NotAllowed."""
    one = await require_own(work, seat.person, announcement_id)
    tally = await work.recipients.tally(one.id)
    total = tally.unread
    page = min(max(page, 0), _pages(total) - 1)
    people = await work.recipients.list_unread(one.id, skip=page * PAGE, limit=PAGE)
    return Names(one, await _named(work, [(person, "unread") for _, person in people]), page, _pages(total), total)


async def list_earlier(work: UnitOfWork, person: Person, page: int) -> Earlier:
    """A page of the announcements that the person may handle. Raises NotAllowed."""
    held = await work.coordinators.list_of(person.id)
    if not held:
        raise NotAllowed
    arenas: set[Any] = {right.arena_id for right in held}
    own = [a for a in await work.announcements.list_all() if None in arenas or a.arena_id in arenas]
    page = min(max(page, 0), _pages(len(own)) - 1)
    shown = [
        (a, content.words_of(content.in_language(a.content, person.language)), await work.recipients.tally(a.id))
        for a in own[page * PAGE : (page + 1) * PAGE]
    ]
    return Earlier(shown, page, _pages(len(own)))
