"""Chats, cards and dialogues."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, String, Text

from storage.schema.base import at, partial_index, ref, table

chats = table(
    "chats",
    Column("chat_id", BigInteger, nullable=False, unique=True),
    ref("person_id", "people", nullable=True),
    Column("last_message_id", BigInteger, nullable=False),
    at("unreachable_at"),
    Column("unreachable_why", Text),
)

cards = table(
    "cards",
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    Index("ix_cards_message", "chat_id", "message_id"),
)

drafts = table(
    "drafts",
    Column("chat_id", BigInteger, nullable=False),
    ref("person_id", "people"),
    ref("card_id", "cards", nullable=True),
    Column("kind", String(30), nullable=False),
    Column("step", String(40), nullable=False),
    Column("data", JSON, nullable=False),
    Column("awaits_text", Boolean, nullable=False),
    Column("open", Boolean, nullable=False),
    at("created_at", nullable=False),
    at("updated_at", nullable=False),
    Column("revision", Integer, nullable=False),
    Index("ix_drafts_person", "chat_id", "person_id"),
    partial_index("uq_drafts_awaits_text", "chat_id", "person_id", unique=True, where="awaits_text AND open"),
)
