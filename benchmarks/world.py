"""What the database holds before the bot starts, written through storage."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Integer, bindparam, func, insert, literal, literal_column, select

from bot import seed
from bot.domain.announcements import Audience, AudienceKind, State
from bot.domain.model import ActorKind, BookingState, Edition
from bot.domain.outgoing import Outgoing
from bot.domain.ports.unit_of_work import UnitOfWork
from storage import migrate, schema
from storage.engine import open_database
from storage.unit_of_work import SqlUnitOfWork
from storage.units import DatabaseUnits

COORDINATOR: Final = 1_000
A_PERSON: Final = 1_000_000
A_RECIPIENT: Final = 2_000_000
A_CHAT: Final = 3_000_000
CARD: Final = 500
"""The message that is everybody's card, and their chat's last."""
SLOTS: Final = 60
A_DAY: Final = 10
AT_ONCE: Final = 5_000

Fill = Callable[[SqlUnitOfWork, datetime], Awaitable[None]]


async def fill(folder: Path, *steps: Fill) -> None:
    """A new database in a folder, with what these write."""
    folder.mkdir(parents=True)  # noqa: ASYNC240  # nothing runs beside it
    url = f"sqlite:///{folder}/arenabot.db"
    await migrate.upgrade(url)
    database = await open_database(url)
    units = DatabaseUnits(database)
    now = datetime.now(UTC)
    try:
        for step in (_region, *steps):
            async with units.begin() as work:
                await step(work, now)
    finally:
        await database.close()


async def _region(work: SqlUnitOfWork, now: datetime) -> None:
    """The arenas and a coordinator."""
    await seed.install(work)
    coordinator = await _person(work, COORDINATOR, now)
    await work.coordinators.add(person_id=coordinator, arena_id=None, granted_at=now)


def people(count: int) -> Fill:
    """People who act for an actor each that has a booking, and who are choosing a slot of the edition that is open.

    Their drafts have the ids 1, 2, …, and so have the sixty slots that they choose among.
    """

    async def write(work: SqlUnitOfWork, now: datetime) -> None:
        arena = (await work.arenas.list_all())[0]
        opened = await _edition(work, arena.id, "I sommar", now)
        await _slots(work, opened, SLOTS)
        booked = await _edition(work, arena.id, "I höst", now)
        slots = await _slots(work, booked, count)
        for number in range(count):
            user_id = A_PERSON + number
            person = await _person(work, user_id, now)
            actor = await _actor(work, f"Kommun {number}", ActorKind.MUNICIPALITY, person, now)
            await _booking(work, booked, actor, person, slots[number], now)
            await _dialogue(work, opened, actor, person, user_id, now)

    return write


def announcement(recipients: int) -> Fill:
    """An announcement that is due, with its progress on the coordinator's card."""

    async def write(work: SqlUnitOfWork, now: datetime) -> None:
        coordinator = await work.people.with_user_id(COORDINATOR)
        assert coordinator is not None
        crowd = None
        for number in range(recipients):
            person = await _person(work, A_RECIPIENT + number, now)
            if crowd is None:
                crowd = await _actor(work, "Alla", ActorKind.COMPANY, person, now)
            else:
                await work.members.add(actor_id=crowd, person_id=person, state="active", since_at=now)
        said = {"method": "sendMessage", "params": {"text": "Scenen i Stora tältet har flyttats till Norra hamnen."}}
        await work.announcements.add(
            created_by=coordinator.id,
            content={"sv": said, "en": said},
            audience=Audience(AudienceKind.KINDS, actor_kinds=(ActorKind.COMPANY,)).stored(),
            receipts=False,
            state=State.SCHEDULED,
            send_at=now,
            card_id=await _card(work, COORDINATOR),
        )

    return write


def outbox(count: int) -> Fill:
    """Messages that wait, each to a chat of its own."""

    async def write(work: SqlUnitOfWork, _now: datetime) -> None:
        params = {"text": "Scenen i Stora tältet har flyttats till Norra hamnen."}
        for number in range(count):
            call = {"method": "sendMessage", "params": params}
            await work.outbox.add(Outgoing("call", call, chat_id=A_CHAT + number))

    return write


def reminders(count: int, *, due: int = 0) -> Fill:
    """So many planned, a minute apart from tomorrow on; and some that are due."""

    async def write(work: SqlUnitOfWork, now: datetime) -> None:
        coordinator = await work.people.with_user_id(COORDINATOR)
        assert coordinator is not None
        for first, many, from_at in ((0, due, now - timedelta(days=1)), (due, count, now + timedelta(days=1))):
            for start in range(first, first + many, AT_ONCE):
                await work.session.run(
                    _plan,
                    person_id=coordinator.id,
                    start=start,
                    until=min(start + AT_ONCE, first + many),
                    from_at=from_at.replace(tzinfo=None).isoformat(" ", "microseconds"),
                )

    return write


_numbers = select(bindparam("start", type_=Integer).label("n")).cte("numbers", recursive=True)
_numbers = _numbers.union_all(select(_numbers.c.n + 1).where(_numbers.c.n + 1 < bindparam("until")))
_plan = insert(schema.reminders).from_select(
    ("kind", "subject", "person_id", "due_at", "state"),
    select(
        literal("slot_day"),
        literal("booking:") + _numbers.c.n,
        bindparam("person_id", type_=Integer),
        func.strftime(
            literal_column("'%Y-%m-%d %H:%M:%f000'"),
            bindparam("from_at"),
            func.printf(literal("+%d minutes"), _numbers.c.n % literal_column("500000")),
        ),
        literal_column("'planned'"),
    ),
    include_defaults=False,
)


async def _person(work: UnitOfWork, user_id: int, now: datetime) -> int:
    person = await work.people.add(
        user_id=user_id,
        name=f"P{user_id}",
        language="sv",
        language_chosen=True,
        contact_asked_at=now,
        muted=frozenset(),
        created_at=now,
    )
    return person.id


async def _actor(work: UnitOfWork, name: str, kind: ActorKind, person: int, now: datetime) -> int:
    actor = await work.actors.add(name=name, kind=kind, aliases=(), state="active", created_at=now)
    await work.members.add(actor_id=actor.id, person_id=person, state="active", since_at=now)
    return actor.id


async def _edition(work: UnitOfWork, arena_id: int, name: str, now: datetime) -> Edition:
    return await work.editions.add(
        arena_id=arena_id,
        name={"sv": name, "en": name},
        year=now.year,
        preliminary=False,
        place={"sv": "Luleå", "en": "Luleå"},
        zone="Europe/Stockholm",
        allocation="first_come",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=100),
        official_programme=False,
        published=True,
        on_site={},
    )


async def _slots(work: UnitOfWork, edition: Edition, count: int) -> list[int]:
    stage = await work.stages.add(edition_id=edition.id, name="Scenen", address="Storgatan 1")
    assert edition.closes_at is not None
    first = edition.closes_at.replace(hour=6, minute=0, second=0, microsecond=0) + timedelta(days=30)
    ids = []
    for number in range(count):
        day, hour = divmod(number, A_DAY)
        starts_at = first + timedelta(days=day, hours=hour)
        ends_at = starts_at + timedelta(minutes=45)
        slot = await work.slots.add(stage_id=stage.id, starts_at=starts_at, ends_at=ends_at, state="open")
        ids.append(slot.id)
    return ids


async def _booking(work: UnitOfWork, edition: Edition, actor: int, person: int, slot: int, now: datetime) -> None:
    activity = await work.activities.add(
        edition_id=edition.id,
        actor_id=actor,
        title=f"Samtal {slot}",
        kind="seminar",
        answers={},
        unlocked=frozenset(),
        reported="unknown",
        uid=f"{slot}@benchmark",
        sequence=0,
    )
    await work.activities.follow(activity.id, person)
    values: dict[str, Any] = {"state": BookingState.BOOKED, "rank": 1, "created_at": now, "booked_at": now}
    await work.bookings.add(activity_id=activity.id, slot_id=slot, person_id=person, **values)


async def _dialogue(work: UnitOfWork, edition: Edition, actor: int, person: int, chat_id: int, now: datetime) -> None:
    await work.drafts.add(
        chat_id=chat_id,
        person_id=person,
        card_id=await _card(work, chat_id),
        kind="booking",
        step="day",
        data={"edition_id": edition.id, "actor_id": actor},
        awaits_text=False,
        open=True,
        created_at=now,
        updated_at=now,
    )


async def _card(work: UnitOfWork, chat_id: int) -> int:
    await work.chats.saw({chat_id: CARD})
    return await work.chats.card_of(chat_id, CARD)  # a message that nobody knew becomes a card
