"""Where actors stand on a statement: answered by their people or entered for them, changed, and told to colleagues."""

from datetime import datetime

from bot.domain.answers import UnknownChoice
from bot.domain.attributes import text_within
from bot.domain.errors import NotAllowed, NotFound, Outdated, StepSkipped
from bot.domain.issues import RESERVATION_MAX, SOURCE_MAX, asking
from bot.domain.matching import closest
from bot.domain.membership import NAME_MAX, short_text
from bot.domain.model import Actor, Draft, GivenBy, Person, Position, Stance, Statement
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.issues import StanceDraft, StanceHistory, StanceSaved, Standing
from bot.domain.results.pages import page_of
from bot.domain.seat import Seat
from bot.services import issues, notices, reminding, rights, stance_plans
from bot.services.dialogues import advance, close_draft, open_draft, own_draft
from bot.services.issues import PAGE, STANCE_KIND, own_actors, require_taking_part

BY_COORDINATOR = "coordinator"


async def standing(work: UnitOfWork, seat: Seat, issue_id: int, page: int, *, now: datetime) -> Standing:
    """Where each actor stands, for those who take part. Raises NotFound, NotAllowed."""
    issue = await work.issues.get(issue_id)
    own = await require_taking_part(work, seat.person)
    await issues.leave(work, seat.person, seat.chat_id, now=now)
    point = await issues.standpoint(work, issue, own)
    if point is None:
        raise NotFound(what="statements", id=issue_id)
    known = {actor.id: actor for actor in await work.actors.list_known()}
    current = await work.stances.list_current([point.statement.id])
    order = list(Position)
    rows = [(s, known[s.actor_id].name) for s in current if s.actor_id in known]
    rows.sort(key=lambda row: (order.index(row[0].position), not row[0].decided, row[1].casefold()))
    page_ = page_of(rows, page, PAGE)
    earlier = {s.actor_id: len(await work.stances.list_of(s.statement_id, s.actor_id)) - 1 for s, _ in page_.items}
    return Standing(issue, point, page_, earlier, await rights.coordinates(work, seat.person, None))


async def history(work: UnitOfWork, person: Person, statement_id: int, actor_id: int) -> StanceHistory:
    """All that an actor has answered. Raises NotFound, NotAllowed."""
    await require_taking_part(work, person)
    statement = await work.statements.get(statement_id)
    actor = await work.actors.get(actor_id)
    issue = await work.issues.get(statement.issue_id)
    return StanceHistory(issue, actor, await work.stances.list_of(statement_id, actor_id))


# An actor's own people


async def begin(
    work: UnitOfWork, seat: Seat, statement_id: int, version: int, position: str, *, now: datetime
) -> StanceDraft:
    """A position was pressed under a statement as it read then.

    Raises NotFound, NotAllowed, UnknownChoice, and Outdated when actors have been asked about another wording since.
    """
    statement = await work.statements.get(statement_id)
    if position not in set(Position):
        raise UnknownChoice
    own = await own_actors(work, seat.person)
    if not own:
        raise NotAllowed
    if version < asking(await work.statement_versions.list_of([statement_id])).version:
        raise Outdated(what="issues", id=statement.issue_id)
    await issues.leave(work, seat.person, seat.chat_id, now=now)
    data = {"statement_id": statement_id, "version": version, "position": position, "by": GivenBy.ACTOR.value}
    only = {"actor_id": own[0].id} if len(own) == 1 else {}
    step = "decided" if only else "actor"
    draft = await open_draft(work, seat, STANCE_KIND, step, {**data, **only}, now=now)
    return await _shown(work, seat.person, draft)


async def _shown(work: UnitOfWork, person: Person, draft: Draft, found: list[Actor] | None = None) -> StanceDraft:
    statement = await work.statements.get(int(draft.data["statement_id"]))
    issue = await work.issues.get(statement.issue_id)
    actor = await work.actors.get(int(draft.data["actor_id"])) if "actor_id" in draft.data else None
    position = Position(draft.data["position"]) if "position" in draft.data else None
    own = await own_actors(work, person) if draft.data["by"] == GivenBy.ACTOR else []
    return StanceDraft(draft, issue, statement, position, actor, own, found or [])


async def _opened(work: UnitOfWork, seat: Seat, draft_id: int) -> Draft:
    draft = await own_draft(work, seat, draft_id, STANCE_KIND)
    if draft.data["by"] == GivenBy.COORDINATOR:
        await rights.require_coordinator(work, seat.person, None)
    elif "actor_id" in draft.data and not await rights.represents(work, seat.person, int(draft.data["actor_id"])):
        raise NotAllowed
    return draft


async def choose_actor(work: UnitOfWork, seat: Seat, draft_id: int, actor_id: int, *, now: datetime) -> StanceDraft:
    """For which actor it is. Raises NotFound, NotAllowed."""
    draft = await _opened(work, seat, draft_id)
    actor = await work.actors.get(actor_id)
    if draft.data["by"] == GivenBy.COORDINATOR:
        step = "position"
    elif await rights.represents(work, seat.person, actor.id):
        step = "decided"
    else:
        raise NotAllowed
    return await _shown(work, seat.person, await advance(work, draft, step, now=now, actor_id=actor.id))


async def decide(
    work: UnitOfWork, seat: Seat, draft_id: int, *, decided: bool, now: datetime
) -> StanceDraft | StanceSaved:
    """Whether the organisation has decided it; a reservation is then asked for in words. Raises NotFound, NotAllowed."""
    draft = await _opened(work, seat, draft_id)
    if draft.data["by"] != GivenBy.ACTOR or "actor_id" not in draft.data:
        raise StepSkipped
    if draft.data["position"] == Position.RESERVED:
        draft = await advance(work, draft, "reservation", awaits_text=True, now=now, decided=decided)
        return await _shown(work, seat.person, draft)
    return await _save(work, seat, await advance(work, draft, "save", now=now, decided=decided), now=now)


async def take(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> StanceDraft | StanceSaved:
    """What was written: a reservation, an actor's name, or where a decision stands.

    Raises NotFound, NotAllowed, NameMissing, TextTooLong.
    """
    draft = await _opened(work, seat, draft.id)
    match draft.step:
        case "actor":
            known = await work.actors.list_known()
            found = closest(short_text(text, NAME_MAX), known)
            draft = await advance(work, draft, "actor", awaits_text=True, now=now)
            return await _shown(work, seat.person, draft, found)
        case "reservation" if draft.data["by"] == GivenBy.COORDINATOR:
            words = text_within(text, RESERVATION_MAX)
            draft = await advance(work, draft, "source", awaits_text=True, now=now, reservation=words)
            return await _shown(work, seat.person, draft)
        case "source":
            words = text_within(text, SOURCE_MAX)
            return await _save(work, seat, await advance(work, draft, "save", now=now, source=words), now=now)
        case _:
            words = text_within(text, RESERVATION_MAX)
            return await _save(work, seat, await advance(work, draft, "save", now=now, reservation=words), now=now)


# A coordinator for an actor: only what it has decided


async def enter(work: UnitOfWork, seat: Seat, issue_id: int, *, now: datetime) -> StanceDraft:
    """Ask of which actor a decision is to be entered. Raises NotFound, NotAllowed."""
    await rights.require_coordinator(work, seat.person, None)
    statement = await _statement_of(work, issue_id)
    await issues.leave(work, seat.person, seat.chat_id, now=now)
    ids = {"statement_id": statement.id, "version": statement.version}
    data = {**ids, "by": GivenBy.COORDINATOR.value, "decided": True}
    draft = await open_draft(work, seat, STANCE_KIND, "actor", data, awaits_text=True, now=now)
    return await _shown(work, seat.person, draft)


async def _statement_of(work: UnitOfWork, issue_id: int) -> Statement:
    await work.issues.get(issue_id)
    statement = await work.statements.of(issue_id)
    if statement is None:
        raise NotFound(what="statements", id=issue_id)
    return statement


async def enter_position(work: UnitOfWork, seat: Seat, draft_id: int, position: str, *, now: datetime) -> StanceDraft:
    """What the actor has decided; then a reservation's words, and where it stands.

    Raises NotFound, NotAllowed, UnknownChoice, StepSkipped.
    """
    if position not in set(Position):
        raise UnknownChoice
    draft = await _opened(work, seat, draft_id)
    if draft.data["by"] != GivenBy.COORDINATOR or "actor_id" not in draft.data:
        raise StepSkipped
    step = "reservation" if position == Position.RESERVED else "source"
    draft = await advance(work, draft, step, awaits_text=True, now=now, position=position, reservation=None)
    return await _shown(work, seat.person, draft)


async def _save(work: UnitOfWork, seat: Seat, draft: Draft, *, now: datetime) -> StanceSaved:
    """Keep it as the actor's answer that holds; its other people are told.

    Raises Outdated when actors have been asked about another wording since it was begun.
    """
    data = draft.data
    statement = await work.statements.get(int(data["statement_id"]), lock=True)
    if data["version"] < asking(await work.statement_versions.list_of([statement.id])).version:
        raise Outdated(what="issues", id=statement.issue_id)
    actor = await work.actors.get(int(data["actor_id"]))
    position = Position(data["position"])
    before = await work.stances.current(statement.id, actor.id)
    if before is not None:
        await work.stances.change(before, replaced_at=now)
    stance: Stance = await work.stances.add(
        statement_id=statement.id,
        actor_id=actor.id,
        version=statement.version,
        position=position,
        reservation=data.get("reservation") if position is Position.RESERVED else None,
        decided=bool(data["decided"]),
        source=data.get("source"),
        given_by=GivenBy(data["by"]),
        person_id=seat.person.id,
        given_at=now,
    )
    await close_draft(work, draft, now=now)
    await reminding.replan(work, stance_plans.RULES, statement.id, now=now)
    people = [p for p in await work.people.list_of_actor(actor.id) if p.id != seat.person.id]
    await notices.tell_all(work, people, "stance_given", key=f"stance:{stance.id}", stance_id=stance.id)
    await work.acts.add(
        at=now,
        person_id=seat.person.id,
        act="stance.given",
        subject=f"statement:{statement.id}",
        detail={"actor_id": actor.id, "position": position.value, "decided": stance.decided},
    )
    return StanceSaved(await work.issues.get(statement.issue_id), stance, actor, len(people))


async def told(work: UnitOfWork, stance_id: int) -> StanceSaved | None:
    """What an actor's other people are told; None when it holds no longer."""
    stance = await work.stances.get(stance_id)
    if stance.replaced_at is not None:
        return None
    statement = await work.statements.get(stance.statement_id)
    return StanceSaved(await work.issues.get(statement.issue_id), stance, await work.actors.get(stance.actor_id), 0)
