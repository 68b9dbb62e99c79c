"""What people say to each other."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, String, Text, UniqueConstraint

from storage.schema.base import at, partial_index, ref, table

matters = table(
    "matters",
    Column("kind", String(30), nullable=False),
    ref("arena_id", "arenas", nullable=True),
    ref("edition_id", "editions", nullable=True),
    ref("actor_id", "actors", nullable=True),
    ref("booking_id", "bookings", nullable=True),
    ref("person_id", "people"),
    Column("text", Text, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("message_id", BigInteger),
    Column("state", String(20), nullable=False),
    Column("answer", Text),
    ref("answered_by", "people", nullable=True, index=False),
    at("answered_at"),
    at("created_at", nullable=False),
    Column("revision", Integer, nullable=False),
)

errands = table(
    "errands",
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(30), nullable=False),
    ref("arena_id", "arenas", nullable=True),
    ref("actor_id", "actors"),
    ref("booking_id", "bookings", nullable=True),
    Column("detail", JSON, nullable=False),
    at("created_at", nullable=False),
    at("done_at"),
    ref("done_by", "people", nullable=True, index=False),
)

announcements = table(
    "announcements",
    ref("created_by", "people"),
    ref("arena_id", "arenas", nullable=True),
    Column("content", JSON, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("receipts", Boolean, nullable=False),
    Column("state", String(20), nullable=False),
    at("send_at"),
    at("started_at"),
    at("ended_at"),
    ref("card_id", "cards", nullable=True, index=False),
    Column("revision", Integer, nullable=False),
)

recipients = table(
    "recipients",
    ref("announcement_id", "announcements"),
    ref("person_id", "people"),
    Column("language", String(8), nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("message_id", BigInteger),
    at("sent_at"),
    at("read_at"),
    UniqueConstraint("announcement_id", "person_id"),
)

reminders = table(
    "reminders",
    Column("kind", String(30), nullable=False),
    Column("subject", String(60), nullable=False),
    ref("person_id", "people", nullable=True, index=False),
    at("due_at", nullable=False),
    Column("state", String(20), nullable=False),
    UniqueConstraint("kind", "subject", "person_id", "due_at"),
    partial_index("ix_reminders_due", "due_at", where="state = 'planned'"),
    partial_index("ix_reminders_over", "due_at", where="state != 'planned'"),
    Index("ix_reminders_person", "person_id", "due_at"),
    Index("ix_reminders_subject", "subject"),
)

acts = table(
    "acts",
    at("at", nullable=False),
    ref("person_id", "people", nullable=True),
    Column("act", String(40), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("detail", JSON, nullable=False),
)
