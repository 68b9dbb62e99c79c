"""Whom an announcement is for, as it is chosen: an edition's audiences, everybody, kinds of actor, or single ones."""

from datetime import datetime

from bot.domain import announcements as rules
from bot.domain.announcements import Audience, AudienceKind
from bot.domain.matching import closest, fold
from bot.domain.model import Actor, ActorKind, Draft
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.announcements import ChooseActors, ChooseAudience, ChooseEdition, ChooseKinds, Preview
from bot.domain.seat import Seat
from bot.services import audiences, rights
from bot.services.announcement_drafts import own_announcement, preview_of
from bot.services.dialogues import advance

PAGE = 8


async def choose_audience(
    work: UnitOfWork, seat: Seat, draft_id: int, edition_id: int | None, *, now: datetime
) -> ChooseAudience:
    """Ask whom it is for: of an edition (None: the next one), or wider. Raises NotFound, NotAllowed."""
    return await audience_choice(work, seat, await own_announcement(work, seat, draft_id), edition_id, now=now)


async def audience_choice(
    work: UnitOfWork, seat: Seat, draft: Draft, edition_id: int | None, *, now: datetime
) -> ChooseAudience:
    """The audiences of an edition (None: the next one that reaches somebody) and the wider ones for who may."""
    found = await audiences.editions_with_somebody(work, seat.person, now=now)
    reached = [edition.id for edition, options in found if any(size.people for _, size in options)]
    wanted = edition_id or next(iter(reached), None)
    edition, options = next((each for each in found if wanted in {None, each[0].id}), (None, []))
    everybody = None
    if await rights.coordinates(work, seat.person, None):
        everybody = await audiences.measure(work, Audience(AudienceKind.ALL), now=now)
    draft = await advance(work, draft, "audience", now=now)
    return ChooseAudience(draft, edition, options, len(found) > 1, everybody)


async def list_editions(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> ChooseEdition:
    """Ask which edition it is about. Raises NotFound, NotAllowed, AlreadyConfirmed."""
    draft = await own_announcement(work, seat, draft_id)
    found = await audiences.editions_with_somebody(work, seat.person, now=now)
    return ChooseEdition(draft, [edition for edition, _ in found])


async def pick_audience(
    work: UnitOfWork, seat: Seat, draft_id: int, kind: AudienceKind, edition_id: int | None, *, now: datetime
) -> ChooseKinds | ChooseActors | Preview:
    """Take the audience; kinds and single actors are asked for. Raises NotFound, NotAllowed, NoAudience."""
    draft = await own_announcement(work, seat, draft_id)
    audience = Audience(kind, edition_id)
    await audiences.require(work, seat.person, audience)
    if kind is AudienceKind.KINDS:
        return await _choose_kinds(work, draft, (), now=now)
    if kind is AudienceKind.CHOSEN:
        before = Audience.from_stored(draft.data["audience"]) if draft.data.get("audience") else None
        chosen = list(before.actor_ids) if before is not None and before.edition_id == edition_id else []
        draft = await advance(
            work, draft, "actors", awaits_text=True, now=now, edition_id=edition_id, chosen=chosen, query=None
        )
        return await actor_choice(work, seat, draft, 0, now=now)
    return await _address(work, seat, draft, audience, now=now)


async def toggle_kind(
    work: UnitOfWork, seat: Seat, draft_id: int, kind: ActorKind, *, on: bool, now: datetime
) -> ChooseKinds:
    """Add a kind of actor, or take it away. Raises NotFound, NotAllowed."""
    draft = await own_announcement(work, seat, draft_id)
    await audiences.require(work, seat.person, Audience(AudienceKind.KINDS))
    chosen = [ActorKind(value) for value in draft.data.get("kinds", ())]
    chosen = [k for k in chosen if k is not kind] + [kind] * on
    return await _choose_kinds(work, draft, tuple(chosen), now=now)


async def _choose_kinds(work: UnitOfWork, draft: Draft, chosen: tuple[ActorKind, ...], *, now: datetime) -> ChooseKinds:
    draft = await advance(work, draft, "kinds", now=now, kinds=[kind.value for kind in chosen])
    audience = Audience(AudienceKind.KINDS, actor_kinds=chosen)
    return ChooseKinds(draft, await audiences.kinds(work), chosen, await audiences.measure(work, audience, now=now))


async def list_actors(
    work: UnitOfWork, seat: Seat, draft_id: int, page: int, *, every: bool, now: datetime
) -> ChooseActors:
    """A page of actors; `every` forgets what was searched for. Raises NotFound, NotAllowed."""
    draft = await own_announcement(work, seat, draft_id)
    query = None if every else draft.data.get("query")
    return await actor_choice(work, seat, draft, page, now=now, query=query)


async def toggle_actor(
    work: UnitOfWork, seat: Seat, draft_id: int, actor_id: int, page: int, *, on: bool, now: datetime
) -> ChooseActors:
    """Add a single actor, or take it away. Raises NotFound, NotAllowed."""
    draft = await own_announcement(work, seat, draft_id)
    chosen = list(draft.data.get("chosen", ()))
    chosen = [i for i in chosen if i != actor_id] + [actor_id] * on
    return await actor_choice(work, seat, draft, page, now=now, query=draft.data.get("query"), chosen=chosen)


async def actor_choice(
    work: UnitOfWork,
    seat: Seat,
    draft: Draft,
    page: int,
    *,
    now: datetime,
    query: str | None = None,
    chosen: list[int] | None = None,
) -> ChooseActors:
    """A page of the actors like `query`, with those that are chosen. Raises NotAllowed."""
    chosen = list(draft.data.get("chosen", ())) if chosen is None else chosen
    audience = Audience(AudienceKind.CHOSEN, draft.data.get("edition_id"), actor_ids=tuple(chosen))
    await audiences.require(work, seat.person, audience)
    actors = _found(await audiences.pool(work, audience, now=now), query)
    draft = await advance(work, draft, "actors", awaits_text=True, now=now, query=query, chosen=chosen)
    pages = max(-(-len(actors) // PAGE), 1)
    page = min(max(page, 0), pages - 1)
    size = await audiences.measure(work, audience, now=now)
    shown = actors[page * PAGE : (page + 1) * PAGE]
    return ChooseActors(draft, shown, frozenset(chosen), size, page, pages, query)


def _found(actors: list[Actor], query: str | None) -> list[Actor]:
    if query is None:
        return actors
    return [a for a in actors if fold(query) in fold(a.name)] or closest(query, actors, PAGE)


async def chosen(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Preview:
    """Go on with the kinds or actors that were chosen. Raises NotFound, NotAllowed, NoAudience."""
    draft = await own_announcement(work, seat, draft_id)
    if draft.step == "kinds":
        kinds = tuple(ActorKind(value) for value in draft.data.get("kinds", ()))
        audience = Audience(AudienceKind.KINDS, actor_kinds=kinds)
    else:
        ids = tuple(draft.data.get("chosen", ()))
        audience = Audience(AudienceKind.CHOSEN, draft.data.get("edition_id"), actor_ids=ids)
    return await _address(work, seat, draft, audience, now=now)


async def _address(work: UnitOfWork, seat: Seat, draft: Draft, audience: Audience, *, now: datetime) -> Preview:
    if (await audiences.measure(work, audience, now=now)).is_nobody:
        raise rules.NoAudience
    draft = await advance(work, draft, "preview", now=now, audience=audience.stored())
    return await preview_of(work, seat, draft, now=now)
