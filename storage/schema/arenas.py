"""What the region offers."""

from sqlalchemy import JSON, Boolean, Column, Date, Float, Index, Integer, String, Text, UniqueConstraint

from storage.schema.base import at, ref, table

arenas = table(
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
    Column("level", String(20)),
)

editions = table(
    "editions",
    ref("arena_id", "arenas"),
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
    at("opens_at"),
    at("closes_at"),
    at("answers_at"),
    Column("official_programme", Boolean, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("on_site", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    at("evaluated_at"),
    at("evaluation_reminded_at"),
    Column("evaluated_together", Boolean),
)

fee_steps = table(
    "fee_steps",
    ref("edition_id", "editions"),
    at("until_at", nullable=False),
    Column("amount", Integer, nullable=False),
    Column("preliminary", Boolean, nullable=False),
)

fields = table(
    "fields",
    ref("edition_id", "editions"),
    Column("key", String(40), nullable=False),
    Column("label", JSON, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("max_length", Integer),
    Column("choices", JSON, nullable=False),
    at("deadline_at"),
    Column("official", Boolean, nullable=False),
    Column("required", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("archived", Boolean, nullable=False),
    UniqueConstraint("edition_id", "key"),
)

stages = table(
    "stages",
    ref("edition_id", "editions"),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("entrance", Text),
    Column("equipment", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("revision", Integer, nullable=False),
)

slots = table(
    "slots",
    ref("stage_id", "stages"),
    at("starts_at", nullable=False),
    at("ends_at", nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("revision", Integer, nullable=False),
    Index("ix_slots_stage_starts", "stage_id", "starts_at"),
)
