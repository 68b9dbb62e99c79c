"""What the arenas are for: issues and where actors stand on them, what is done together, and what came of it.

Rows that a figure counts outlive the person behind them: `person_id` is emptied when somebody is forgotten, the actor,
the outcome and the date stay.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)

from storage.schema.base import at, partial_index, ref, table

target_groups = table(
    "target_groups",
    ref("arena_id", "arenas"),
    Column("name", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    at("archived_at"),
)

issues = table(
    "issues",
    Column("title", JSON, nullable=False),
    Column("paragraph", JSON, nullable=False),
    Column("from_year", Integer, nullable=False),
    Column("to_year", Integer),
    Column("example", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    at("created_at", nullable=False),
    at("archived_at"),
    Column("revision", Integer, nullable=False),
)

issue_followers = table(
    "issue_followers",
    ref("issue_id", "issues"),
    ref("person_id", "people"),
    at("since_at", nullable=False),
    UniqueConstraint("issue_id", "person_id"),
)

namings = table(
    "namings",
    ref("activity_id", "activities", index=False),
    Column("proposal", Text),
    at("proposed_at"),
    at("asked_at"),
    at("skipped_at"),
    at("asked_again_at"),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("activity_id"),
)

aims = table(
    "aims",
    ref("activity_id", "activities"),
    ref("issue_id", "issues", nullable=True),
    Column("purpose", String(20)),
    ref("target_group_id", "target_groups", nullable=True),
    Column("named_by", String(12), nullable=False),
    at("named_at", nullable=False),
    UniqueConstraint("activity_id", "issue_id"),
    UniqueConstraint("activity_id", "purpose", name="uq_aims_purpose"),
    UniqueConstraint("activity_id", "target_group_id", name="uq_aims_target_group"),
)

statements = table(
    "statements",
    ref("issue_id", "issues", index=False),
    Column("text", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("issue_id"),
)

statement_versions = table(
    "statement_versions",
    ref("statement_id", "statements"),
    Column("version", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("text", JSON, nullable=False),
    Column("what_changed", JSON),
    ref("person_id", "people", nullable=True, index=False),
    at("written_at", nullable=False),
)

stances = table(
    "stances",
    ref("statement_id", "statements"),
    ref("actor_id", "actors"),
    Column("version", Integer, nullable=False),
    Column("position", String(12), nullable=False),
    Column("reservation", Text),
    Column("decided", Boolean, nullable=False),
    Column("source", Text),
    Column("given_by", String(12), nullable=False),
    ref("person_id", "people", nullable=True, index=False),
    at("given_at", nullable=False),
    at("replaced_at"),
    partial_index("uq_stances_current", "statement_id", "actor_id", unique=True, where="replaced_at IS NULL"),
)

joint_actions = table(
    "joint_actions",
    ref("issue_id", "issues"),
    ref("lead_actor_id", "actors"),
    ref("person_id", "people", nullable=True),
    Column("what", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", String(12), nullable=False),
    Column("outcome", Text),
    at("created_at", nullable=False),
    at("done_at"),
    Column("revision", Integer, nullable=False),
)

joint_actors = table(
    "joint_actors",
    ref("joint_action_id", "joint_actions", index=False),
    ref("actor_id", "actors"),
    Column("state", String(12), nullable=False),
    at("invited_at", nullable=False),
    at("answered_at"),
    ref("person_id", "people", nullable=True, index=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("joint_action_id", "actor_id"),
)

askings = table(
    "askings",
    Column("kind", String(20), nullable=False),
    Column("subject", String(60), nullable=False),
    ref("actor_id", "actors", nullable=True),
    ref("person_id", "people", nullable=True),
    at("asked_at", nullable=False),
    at("reminded_at"),
    Index("ix_askings_subject", "subject", "kind"),
)

methods = table(
    "methods",
    ref("activity_id", "activities", index=False),
    ref("actor_id", "actors"),
    ref("person_id", "people", nullable=True, index=False),
    Column("did", Text, nullable=False),
    Column("worked", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("file_id", Text),
    Column("file_name", Text),
    Column("file_kind", String(12)),
    at("shared_at", nullable=False),
    at("withdrawn_at"),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("activity_id"),
)

method_questions = table(
    "method_questions",
    ref("method_id", "methods"),
    ref("actor_id", "actors", nullable=True, index=False),
    ref("person_id", "people", nullable=True),
    Column("text", Text),
    Column("answer", Text),
    ref("answered_by", "people", nullable=True, index=False),
    at("asked_at", nullable=False),
    at("answered_at"),
    Column("revision", Integer, nullable=False),
)

consents = table(
    "consents",
    ref("person_id", "people"),
    Column("kind", String(20), nullable=False),
    at("given_at", nullable=False),
    UniqueConstraint("person_id", "kind"),
)

contact_requests = table(
    "contact_requests",
    ref("from_person_id", "people", nullable=True),
    ref("from_actor_id", "actors", nullable=True, index=False),
    ref("to_person_id", "people", nullable=True),
    ref("to_actor_id", "actors", nullable=True, index=False),
    ref("edition_id", "editions", nullable=True, index=False),
    ref("issue_id", "issues", nullable=True, index=False),
    Column("why", Text),
    Column("from_shares", JSON),
    Column("to_shares", JSON),
    Column("state", String(12), nullable=False),
    at("asked_at", nullable=False),
    at("answered_at"),
    Column("revision", Integer, nullable=False),
)

ambassadors = table(
    "ambassadors",
    ref("edition_id", "editions"),
    ref("person_id", "people", nullable=True),
    ref("actor_id", "actors", nullable=True, index=False),
    Column("answer", String(12), nullable=False),
    at("answered_at", nullable=False),
    at("withdrawn_at"),
    UniqueConstraint("edition_id", "person_id"),
)

activity_evaluations = table(
    "activity_evaluations",
    ref("activity_id", "activities", index=False),
    ref("actor_id", "actors"),
    ref("person_id", "people", nullable=True, index=False),
    Column("held", Boolean),
    Column("came", Integer),
    Column("satisfied", Integer),
    Column("worth", Integer),
    Column("again", String(10)),
    Column("groups_came", JSON),
    Column("led_to", JSON),
    Column("comment", Text),
    Column("given_by", String(12), nullable=False),
    at("answered_at", nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("activity_id"),
)

edition_evaluations = table(
    "edition_evaluations",
    ref("edition_id", "editions"),
    ref("person_id", "people", nullable=True),
    ref("actor_id", "actors", nullable=True, index=False),
    Column("satisfied", Integer),
    Column("help", Integer),
    Column("change", Text),
    at("answered_at", nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("edition_id", "person_id"),
)

earlier_results = table(
    "earlier_results",
    ref("arena_id", "arenas"),
    Column("year", Integer, nullable=False),
    Column("measure", String(20), nullable=False),
    Column("value", Float, nullable=False),
    Column("out_of", Float, nullable=False),
    Column("answers", Integer),
    Column("source", Text, nullable=False),
    ref("person_id", "people", nullable=True, index=False),
    at("entered_at", nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("arena_id", "year", "measure"),
)

financings = table(
    "financings",
    Column("financier", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("from_year", Integer, nullable=False),
    Column("to_year", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("revision", Integer, nullable=False),
)

outturns = table(
    "outturns",
    ref("edition_id", "editions", index=False),
    Column("amount", BigInteger, nullable=False),
    Column("source", Text, nullable=False),
    ref("person_id", "people", nullable=True, index=False),
    at("entered_at", nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("edition_id"),
)

result_comments = table(
    "result_comments",
    Column("scope", String(40), nullable=False),
    Column("result", Integer, nullable=False),
    Column("text", Text, nullable=False),
    ref("person_id", "people", nullable=True, index=False),
    at("written_at", nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("scope", "result"),
)

erasures = table(
    "erasures",
    at("erased_at", nullable=False),
    Column("why", String(20), nullable=False),
    Column("counts", JSON, nullable=False),
)
