"""Who takes part."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, String, Text, UniqueConstraint

from storage.schema.base import at, partial_index, ref, table

actors = table(
    "actors",
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("state", String(20), nullable=False),
    ref("merged_into_id", "actors", nullable=True),
    Column("contact_name", Text),
    Column("contact_email", Text),
    Column("contact_phone", Text),
    at("created_at", nullable=False),
    Column("revision", Integer, nullable=False),
    Column("municipality", String(40)),
)

people = table(
    "people",
    Column("user_id", BigInteger, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("language_chosen", Boolean, nullable=False),
    Column("phone", Text),
    Column("email", Text),
    at("contact_asked_at"),
    Column("muted", JSON, nullable=False),
    at("held_as_newcomer_at"),
    at("created_at", nullable=False),
    at("forget_at"),
    at("erased_at"),
)

members = table(
    "members",
    ref("actor_id", "actors"),
    ref("person_id", "people"),
    Column("state", String(20), nullable=False),
    at("since_at", nullable=False),
    ref("decided_by", "people", nullable=True, index=False),
    UniqueConstraint("actor_id", "person_id"),
)

coordinators = table(
    "coordinators",
    ref("person_id", "people"),
    ref("arena_id", "arenas", nullable=True),
    ref("granted_by", "people", nullable=True, index=False),
    at("granted_at", nullable=False),
    partial_index("uq_coordinators_arena", "person_id", "arena_id", unique=True, where="arena_id IS NOT NULL"),
    partial_index("uq_coordinators_all", "person_id", unique=True, where="arena_id IS NULL"),
)

invitations = table(
    "invitations",
    Column("kind", String(20), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    ref("actor_id", "actors", nullable=True),
    ref("edition_id", "editions", nullable=True),
    Column("arena_ids", JSON, nullable=False),
    ref("created_by", "people", nullable=True, index=False),
    at("created_at", nullable=False),
    at("expires_at", nullable=False),
    at("spent_at"),
    ref("spent_by", "people", nullable=True, index=False),
)
