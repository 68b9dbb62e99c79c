"""Intake and delivery."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Integer, String, Text, text

from storage.schema.base import at, ref, table

inbox = table(
    "inbox",
    Column("update_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger),
    Column("user_id", BigInteger),
    Column("payload", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", Text),
    at("received_at", nullable=False),
    at("handled_at"),
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

operations = table(
    "operations",
    Column("key", String(120), nullable=False, unique=True),
    Column("answer", JSON),
    at("used_at", nullable=False),
    Index("ix_operations_used", "used_at"),
)

outbox = table(
    "outbox",
    Column("key", String(120), unique=True),
    Column("chat_id", BigInteger),
    ref("person_id", "people", nullable=True, index=False),
    ref("card_id", "cards", nullable=True, index=False),
    Column("priority", Integer, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("payload", JSON, nullable=False),
    at("created_at", nullable=False),
    at("expires_at"),
    at("not_before"),
    Column("wait_seconds", Float),
    Column("attempts", Integer, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("uncertain", Boolean, nullable=False),
    at("uncertain_at"),
    Column("claimed_by", String(40)),
    at("claimed_at"),
    Column("state", String(12), nullable=False),
    Column("error", Text),
    Column("message_id", BigInteger),
    at("done_at"),
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

failures = table(
    "failures",
    Column("kind", String(20), nullable=False),
    Column("item_id", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
    at("failed_at", nullable=False),
    Index("uq_failures_item", "kind", "item_id", unique=True),
)

sent_files = table(
    "sent_files",
    Column("key", String(120), nullable=False, unique=True),
    Column("file_id", Text, nullable=False),
    at("sent_at", nullable=False),
)
