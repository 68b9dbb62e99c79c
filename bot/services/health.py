"""How the bot is, for coordinators and for whoever runs it."""

from datetime import datetime

from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.health import Health
from bot.services import rights


async def show(work: UnitOfWork, person: Person, *, now: datetime) -> Health:
    """The health of intake and delivery. Raises NotAllowed for who runs no arena."""
    await rights.require_any_coordinator(work, person)
    return await look(work, now=now)


async def look(work: UnitOfWork, *, now: datetime) -> Health:
    """The same, unasked. What was received at `now`, the question itself for one, is being handled and does not wait."""
    backlog = await work.backlog.look()
    waits = backlog.received_at is not None and backlog.received_at < now
    return Health(backlog, (now - backlog.received_at).total_seconds() if waits and backlog.received_at else None)
