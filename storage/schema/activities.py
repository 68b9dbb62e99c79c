"""What they do there."""

from sqlalchemy import JSON, Column, Integer, String, Text, UniqueConstraint

from storage.schema.base import UtcDateTime, at, partial_index, ref, table

activities = table(
    "activities",
    ref("edition_id", "editions"),
    ref("actor_id", "actors"),
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

bookings = table(
    "bookings",
    ref("activity_id", "activities"),
    ref("slot_id", "slots"),
    ref("person_id", "people", nullable=True),
    Column("state", String(20), nullable=False),
    Column("rank", Integer, nullable=False),
    at("until_at"),
    at("created_at", nullable=False),
    at("booked_at"),
    Column("state_before", String(20)),
    ref("offered_to", "actors", nullable=True, index=False),
    ref("replaces_id", "bookings", nullable=True),
    Column("ended_why", String(20)),
    Column("revision", Integer, nullable=False),
    partial_index(
        "uq_bookings_slot_taken", "slot_id", unique=True, where="state IN ('held', 'requested', 'booked', 'cancelling')"
    ),
    partial_index("ix_bookings_until", "until_at", where="state IN ('held', 'requested', 'cancelling')"),
)

co_organisers = table(
    "co_organisers",
    ref("activity_id", "activities"),
    ref("actor_id", "actors", nullable=True),
    Column("name", Text),
    Column("state", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("activity_id", "actor_id"),
)

followers = table(
    "followers",
    ref("activity_id", "activities"),
    ref("person_id", "people"),
    UniqueConstraint("activity_id", "person_id"),
)

evaluations = table(
    "evaluations",
    ref("activity_id", "activities"),
    ref("person_id", "people"),
    Column("satisfied", Integer),
    Column("worth", String(10)),
    Column("again", String(10)),
    Column("comment", Text),
    at("answered_at", nullable=False),
    UniqueConstraint("activity_id", "person_id"),
)
"""Each person's answers of the first release: copied to `activity_evaluations`, then read by nobody, and emptied of a person
when they are forgotten.
"""
