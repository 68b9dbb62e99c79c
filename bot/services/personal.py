"""/minadata: all that is kept about a person, and their right to be forgotten."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.model import MemberState, Person
from bot.domain.outgoing import Outgoing, Priority
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.personal import Forgetting, OwnData
from bot.services import coordinators, people, rights
from bot.services.coordinators import LastCoordinator
from bot.services.dialogues import close_draft

MATTERS: Final = "matters"
ACCEPTED: Final = "accepted"
SENT: Final = "sent"
_MONTH: Final = timedelta(days=365.25 / 12)


async def own_data(work: UnitOfWork, person: Person) -> OwnData:
    """What is kept about the person, counted."""
    counts = {table: len(rows) for table, rows in (await own_rows(work, person)).items()}
    ties = await people.ties_of(work, person)
    return OwnData(person, [tie.actor for tie in ties], await rights.is_coordinator(work, person), counts)


async def own_rows(work: UnitOfWork, person: Person) -> dict[str, list[dict[str, Any]]]:
    """All rows about the person by table, as they may see them: a request that was refused looks unanswered.

    A row that is theirs in several ways is one, with all that any of them shows.
    """
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for part in await work.personal.kept_of(person):
        asked = part.column == "from_person_id"
        of_table = found.setdefault(part.table, {})
        for row in part.rows:
            seen = _unanswered(row) if asked and row["state"] != ACCEPTED else row
            of_table[row["id"]] = {**of_table.get(row["id"], {}), **seen}
    return {table: list(rows.values()) for table, rows in found.items()}


def _unanswered(request: Mapping[str, Any]) -> dict[str, Any]:
    """A contact request as its asker sees it until it is accepted."""
    return {**request, "state": SENT, "answered_at": None}


async def ask_to_forget(work: UnitOfWork, person: Person, *, kept_by_law: frozenset[str], now: datetime) -> Forgetting:
    """What follows when the person is forgotten: for whom alone they act, with what is ahead. Raises LastCoordinator."""
    await _require_successor(work, person)
    alone = [
        (tie.actor, sum(view.slot.ends_at > now for view in await work.bookings.list_of_actor(tie.actor.id)))
        for tie in await people.ties_of(work, person)
        if tie.is_active and not tie.colleagues
    ]
    return Forgetting(alone, MATTERS in kept_by_law)


async def _require_successor(work: UnitOfWork, person: Person) -> None:
    """Somebody must run all arenas. Raises LastCoordinator."""
    everything = [right for right in await work.coordinators.list_all() if right.arena_id is None]
    if everything and all(right.person_id == person.id for right in everything):
        raise LastCoordinator


async def forget(work: UnitOfWork, person: Person, chat_id: int, *, now: datetime) -> None:
    """Take back every right and open dialogue at once; the rest follows when the farewell has gone out.

    Coordinators are told of actors that nobody acts for any more, and of a coordinator less. Raises LastCoordinator.
    """
    await _require_successor(work, person)
    for member in await work.members.list_of_person(person.id):
        if member.state is not MemberState.ENDED:
            await people.leave(work, person, member.actor_id, now=now)
    await coordinators.leave(work, person, now=now)
    for draft in await work.drafts.list_open(chat_id, person.id):
        await close_draft(work, draft, now=now)
    params = {"scope": {"type": "chat", "chat_id": person.user_id}}
    menu = {"method": "deleteMyCommands", "params": params}
    await work.outbox.add(Outgoing("call", menu, chat_id=person.user_id, priority=Priority.NOTICE))
    await work.acts.add(at=now, person_id=person.id, act="person.forgotten", subject=f"person:{person.id}", detail={})
    await work.people.change(person, forget_at=now)


async def list_due(work: UnitOfWork, *, now: datetime, but: Collection[int]) -> list[int]:  # noqa: ARG001  # as what is due is asked for
    """The first who asked to be forgotten and has got the farewell, less these."""
    for person in await work.personal.list_to_forget():
        if person.id not in but and await work.personal.is_silent(person):
            return [person.id]
    return []


async def erase_due(work: UnitOfWork, ids: Sequence[int], *, kept_by_law: frozenset[str], now: datetime) -> bool:
    """Erase these; there may be more."""
    for person_id in ids:
        await work.personal.erase(await work.people.get(person_id), keep=kept_by_law, now=now)
    return True


async def expire(
    work: UnitOfWork, *, request_months: int, line_months: int, kept_by_law: frozenset[str], now: datetime
) -> int:
    """Empty contact requests and free lines that are older than they are kept; gives how many."""
    return await work.personal.expire(
        requests_before=now - request_months * _MONTH,
        lines_before=now - line_months * _MONTH,
        keep=kept_by_law,
        now=now,
    )
