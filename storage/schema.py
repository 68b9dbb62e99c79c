"""The tables, once, for both databases; Alembic migrates them.

Instants are aware UTC (`UtcDateTime`); days are dates in the edition's own zone. Texts that coordinators edit are
JSON objects by language. Ids are never used twice.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on both databases; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the database UTC; SQLite stores it without an offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Give the code an aware UTC datetime."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _id() -> Column[Any]:
    return Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True)


def _ref(name: str, target: str, *, nullable: bool = False, index: bool = True) -> Column[Any]:
    return Column(name, BigInteger, ForeignKey(f"{target}.id"), nullable=nullable, index=index)


def _at(name: str, *, nullable: bool = True) -> Column[Any]:
    return Column(name, UtcDateTime, nullable=nullable)


def _table(name: str, *columns: Any) -> Table:
    return Table(name, metadata, _id(), *columns, sqlite_autoincrement=True)


# What the region offers

arenas = _table(
    "arenas",
    Column("key", String(40), nullable=False, unique=True),
    Column("name", JSON, nullable=False),
    Column("goal", JSON, nullable=False),
    Column("target_groups", JSON, nullable=False),
    Column("place", JSON, nullable=False),
    Column("cost", JSON, nullable=False),
    Column("criteria", JSON, nullable=False),
    Column("conditions", JSON, nullable=False),
    Column("partners", JSON, nullable=False),
    Column("zone", String(40), nullable=False),
    Column("position", Integer, nullable=False),
)

editions = _table(
    "editions",
    _ref("arena_id", "arenas"),
    Column("name", JSON, nullable=False),
    Column("year", Integer, nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("preliminary", Boolean, nullable=False),
    Column("place", JSON, nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("zone", String(40), nullable=False),
    Column("allocation", String(20), nullable=False),
    _at("opens_at"),
    _at("closes_at"),
    _at("answers_at"),
    Column("official_programme", Boolean, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("on_site", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
)

fee_steps = _table(
    "fee_steps",
    _ref("edition_id", "editions"),
    _at("until_at", nullable=False),
    Column("amount", Integer, nullable=False),
    Column("preliminary", Boolean, nullable=False),
)

fields = _table(
    "fields",
    _ref("edition_id", "editions"),
    Column("key", String(40), nullable=False),
    Column("label", JSON, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("max_length", Integer),
    Column("choices", JSON, nullable=False),
    _at("deadline_at"),
    Column("official", Boolean, nullable=False),
    Column("required", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("archived", Boolean, nullable=False),
    UniqueConstraint("edition_id", "key"),
)

stages = _table(
    "stages",
    _ref("edition_id", "editions"),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("entrance", Text),
    Column("equipment", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("revision", Integer, nullable=False),
)

slots = _table(
    "slots",
    _ref("stage_id", "stages"),
    _at("starts_at", nullable=False),
    _at("ends_at", nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("revision", Integer, nullable=False),
    Index("ix_slots_stage_starts", "stage_id", "starts_at"),
)

# Who takes part

actors = _table(
    "actors",
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("state", String(20), nullable=False),
    _ref("merged_into_id", "actors", nullable=True),
    Column("contact_name", Text),
    Column("contact_email", Text),
    Column("contact_phone", Text),
    _at("created_at", nullable=False),
    Column("revision", Integer, nullable=False),
)

people = _table(
    "people",
    Column("user_id", BigInteger, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("language_chosen", Boolean, nullable=False),
    Column("phone", Text),
    Column("email", Text),
    _at("contact_asked_at"),
    Column("muted", JSON, nullable=False),
    _at("held_as_newcomer_at"),
    _at("created_at", nullable=False),
)

members = _table(
    "members",
    _ref("actor_id", "actors"),
    _ref("person_id", "people"),
    Column("state", String(20), nullable=False),
    _at("since_at", nullable=False),
    _ref("decided_by", "people", nullable=True, index=False),
    UniqueConstraint("actor_id", "person_id"),
)

coordinators = _table(
    "coordinators",
    _ref("person_id", "people"),
    _ref("arena_id", "arenas", nullable=True),
    _ref("granted_by", "people", nullable=True, index=False),
    _at("granted_at", nullable=False),
    Index(
        "uq_coordinators_arena",
        "person_id",
        "arena_id",
        unique=True,
        sqlite_where=text("arena_id IS NOT NULL"),
        postgresql_where=text("arena_id IS NOT NULL"),
    ),
    Index(
        "uq_coordinators_all",
        "person_id",
        unique=True,
        sqlite_where=text("arena_id IS NULL"),
        postgresql_where=text("arena_id IS NULL"),
    ),
)

invitations = _table(
    "invitations",
    Column("kind", String(20), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    _ref("actor_id", "actors", nullable=True),
    _ref("edition_id", "editions", nullable=True),
    Column("arena_ids", JSON, nullable=False),
    _ref("created_by", "people", nullable=True, index=False),
    _at("created_at", nullable=False),
    _at("expires_at", nullable=False),
    _at("spent_at"),
    _ref("spent_by", "people", nullable=True, index=False),
)

# What they do there

activities = _table(
    "activities",
    _ref("edition_id", "editions"),
    _ref("actor_id", "actors"),
    Column("title", Text),
    Column("kind", Text),
    Column("answers", JSON, nullable=False),
    Column("unlocked", JSON, nullable=False),
    Column("reported", String(10), nullable=False),
    Column("uid", String(80), nullable=False, unique=True),
    Column("sequence", Integer, nullable=False),
    Column("ready_at", UtcDateTime),
    Column("revision", Integer, nullable=False),
)

bookings = _table(
    "bookings",
    _ref("activity_id", "activities"),
    _ref("slot_id", "slots"),
    _ref("person_id", "people", nullable=True),
    Column("state", String(20), nullable=False),
    Column("rank", Integer, nullable=False),
    _at("until_at"),
    _at("created_at", nullable=False),
    _at("booked_at"),
    Column("state_before", String(20)),
    _ref("offered_to", "actors", nullable=True, index=False),
    _ref("replaces_id", "bookings", nullable=True),
    Column("ended_why", String(20)),
    Column("revision", Integer, nullable=False),
    Index(
        "uq_bookings_slot_taken",
        "slot_id",
        unique=True,
        sqlite_where=text("state IN ('held', 'requested', 'booked', 'cancelling')"),
        postgresql_where=text("state IN ('held', 'requested', 'booked', 'cancelling')"),
    ),
    Index(
        "ix_bookings_until",
        "until_at",
        sqlite_where=text("state IN ('held', 'requested', 'cancelling')"),
        postgresql_where=text("state IN ('held', 'requested', 'cancelling')"),
    ),
)

co_organisers = _table(
    "co_organisers",
    _ref("activity_id", "activities"),
    _ref("actor_id", "actors", nullable=True),
    Column("name", Text),
    Column("state", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("activity_id", "actor_id"),
)

followers = _table(
    "followers",
    _ref("activity_id", "activities"),
    _ref("person_id", "people"),
    UniqueConstraint("activity_id", "person_id"),
)

evaluations = _table(
    "evaluations",
    _ref("activity_id", "activities"),
    _ref("person_id", "people"),
    Column("satisfied", Integer),
    Column("worth", String(10)),
    Column("again", String(10)),
    Column("comment", Text),
    _at("answered_at", nullable=False),
    UniqueConstraint("activity_id", "person_id"),
)

# What people say to each other

matters = _table(
    "matters",
    Column("kind", String(30), nullable=False),
    _ref("arena_id", "arenas", nullable=True),
    _ref("edition_id", "editions", nullable=True),
    _ref("actor_id", "actors", nullable=True),
    _ref("booking_id", "bookings", nullable=True),
    _ref("person_id", "people"),
    Column("text", Text, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("message_id", BigInteger),
    Column("state", String(20), nullable=False),
    Column("answer", Text),
    _ref("answered_by", "people", nullable=True, index=False),
    _at("answered_at"),
    _at("created_at", nullable=False),
    Column("revision", Integer, nullable=False),
)

errands = _table(
    "errands",
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(30), nullable=False),
    _ref("arena_id", "arenas", nullable=True),
    _ref("actor_id", "actors"),
    _ref("booking_id", "bookings", nullable=True),
    Column("detail", JSON, nullable=False),
    _at("created_at", nullable=False),
    _at("done_at"),
    _ref("done_by", "people", nullable=True, index=False),
)

announcements = _table(
    "announcements",
    _ref("created_by", "people"),
    _ref("arena_id", "arenas", nullable=True),
    Column("content", JSON, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("receipts", Boolean, nullable=False),
    Column("state", String(20), nullable=False),
    _at("send_at"),
    _at("started_at"),
    _at("ended_at"),
    _ref("card_id", "cards", nullable=True, index=False),
    Column("revision", Integer, nullable=False),
)

recipients = _table(
    "recipients",
    _ref("announcement_id", "announcements"),
    _ref("person_id", "people"),
    Column("language", String(8), nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("message_id", BigInteger),
    _at("sent_at"),
    _at("read_at"),
    UniqueConstraint("announcement_id", "person_id"),
)

reminders = _table(
    "reminders",
    Column("kind", String(30), nullable=False),
    Column("subject", String(60), nullable=False),
    _ref("person_id", "people", nullable=True),
    _at("due_at", nullable=False),
    Column("state", String(20), nullable=False),
    UniqueConstraint("kind", "subject", "person_id", "due_at"),
    Index(
        "ix_reminders_due", "due_at", sqlite_where=text("state = 'planned'"), postgresql_where=text("state = 'planned'")
    ),
    Index(
        "ix_reminders_over",
        "due_at",
        sqlite_where=text("state != 'planned'"),
        postgresql_where=text("state != 'planned'"),
    ),
    Index("ix_reminders_subject", "subject"),
)

acts = _table(
    "acts",
    _at("at", nullable=False),
    _ref("person_id", "people", nullable=True),
    Column("act", String(40), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("detail", JSON, nullable=False),
)

# Conversations

chats = _table(
    "chats",
    Column("chat_id", BigInteger, nullable=False, unique=True),
    _ref("person_id", "people", nullable=True),
    Column("last_message_id", BigInteger, nullable=False),
    _at("unreachable_at"),
    Column("unreachable_why", Text),
)

cards = _table(
    "cards",
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    Index("ix_cards_message", "chat_id", "message_id"),
)

drafts = _table(
    "drafts",
    Column("chat_id", BigInteger, nullable=False),
    _ref("person_id", "people"),
    _ref("card_id", "cards", nullable=True),
    Column("kind", String(30), nullable=False),
    Column("step", String(40), nullable=False),
    Column("data", JSON, nullable=False),
    Column("awaits_text", Boolean, nullable=False),
    Column("open", Boolean, nullable=False),
    _at("created_at", nullable=False),
    _at("updated_at", nullable=False),
    Column("revision", Integer, nullable=False),
    Index("ix_drafts_person", "chat_id", "person_id"),
    Index(
        "uq_drafts_awaits_text",
        "chat_id",
        "person_id",
        unique=True,
        sqlite_where=text("awaits_text AND open"),
        postgresql_where=text("awaits_text AND open"),
    ),
)

# Intake and delivery

inbox = _table(
    "inbox",
    Column("update_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger),
    Column("user_id", BigInteger),
    Column("payload", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", Text),
    _at("received_at", nullable=False),
    _at("handled_at"),
    Index("uq_inbox_update", "update_id", unique=True),
    Index(
        "ix_inbox_handled",
        "handled_at",
        sqlite_where=text("handled_at IS NOT NULL"),
        postgresql_where=text("handled_at IS NOT NULL"),
    ),
    Index(
        "ix_inbox_aside",
        "state",
        "handled_at",
        sqlite_where=text("state = 'aside'"),
        postgresql_where=text("state = 'aside'"),
    ),
    Index("ix_inbox_waiting", "id", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
)

operations = _table(
    "operations",
    Column("key", String(120), nullable=False, unique=True),
    Column("answer", JSON),
    _at("used_at", nullable=False),
    Index("ix_operations_used", "used_at"),
)

outbox = _table(
    "outbox",
    Column("key", String(120), unique=True),
    Column("chat_id", BigInteger),
    _ref("person_id", "people", nullable=True, index=False),
    _ref("card_id", "cards", nullable=True, index=False),
    Column("priority", Integer, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("payload", JSON, nullable=False),
    _at("created_at", nullable=False),
    _at("expires_at"),
    _at("not_before"),
    Column("wait_seconds", Float),
    Column("attempts", Integer, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("uncertain", Boolean, nullable=False),
    _at("uncertain_at"),
    Column("claimed_by", String(40)),
    _at("claimed_at"),
    Column("state", String(12), nullable=False),
    Column("error", Text),
    Column("message_id", BigInteger),
    _at("done_at"),
    Index(
        "ix_outbox_waiting",
        "priority",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outbox_claimed",
        "claimed_by",
        sqlite_where=text("state = 'claimed'"),
        postgresql_where=text("state = 'claimed'"),
    ),
    Index(
        "ix_outbox_chat_waiting",
        "chat_id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outbox_card",
        "card_id",
        sqlite_where=text("card_id IS NOT NULL"),
        postgresql_where=text("card_id IS NOT NULL"),
    ),
    Index(
        "ix_outbox_card_waiting",
        "card_id",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outbox_dead",
        "state",
        "done_at",
        sqlite_where=text("state = 'dead'"),
        postgresql_where=text("state = 'dead'"),
    ),
    Index(
        "ix_outbox_done",
        "done_at",
        sqlite_where=text("done_at IS NOT NULL"),
        postgresql_where=text("done_at IS NOT NULL"),
    ),
)

sent_files = _table(
    "sent_files",
    Column("key", String(120), nullable=False, unique=True),
    Column("file_id", Text, nullable=False),
    _at("sent_at", nullable=False),
)
