"""Intake and delivery."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Integer, String, Text

from storage.schema.base import at, partial_index, ref, table

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
    partial_index("ix_inbox_handled", "handled_at", where="handled_at IS NOT NULL"),
    partial_index("ix_inbox_aside", "state", "handled_at", where="state = 'aside'"),
    partial_index("ix_inbox_waiting", "id", where="state = 'waiting'"),
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
    partial_index("ix_outbox_waiting", "priority", "id", where="state = 'waiting'"),
    partial_index("ix_outbox_claimed", "claimed_by", where="state = 'claimed'"),
    partial_index("ix_outbox_chat_waiting", "chat_id", where="state = 'waiting'"),
    partial_index("ix_outbox_card", "card_id", where="card_id IS NOT NULL"),
    partial_index("ix_outbox_card_waiting", "card_id", "id", where="state = 'waiting'"),
    partial_index("ix_outbox_dead", "state", "done_at", where="state = 'dead'"),
    partial_index("ix_outbox_done", "done_at", where="done_at IS NOT NULL"),
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
