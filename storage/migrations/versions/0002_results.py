"""What the arenas are for: issues, stances, joint actions, methods, networks, evaluations and the report."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "failures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failures")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_failures_item", "failures", ["kind", "item_id"], unique=True)
    op.create_table(
        "erasures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "financings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("financier", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("to_year", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_financings")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "issues",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("paragraph", sa.JSON(), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("to_year", sa.Integer(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issues")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "askings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_askings_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_askings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_askings")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_askings_actor_id"), "askings", ["actor_id"], unique=False)
    op.create_index(op.f("ix_askings_person_id"), "askings", ["person_id"], unique=False)
    op.create_index("ix_askings_subject", "askings", ["subject", "kind"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("person_id", "kind", name=op.f("uq_consents_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_consents_person_id"), "consents", ["person_id"], unique=False)
    op.create_table(
        "earlier_results",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("arena_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("out_of", sa.Float(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["arena_id"], ["arenas.id"], name=op.f("fk_earlier_results_arena_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_earlier_results_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_results")),
        sa.UniqueConstraint("arena_id", "year", "measure", name=op.f("uq_earlier_results_arena_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_earlier_results_arena_id"), "earlier_results", ["arena_id"], unique=False)
    op.create_table(
        "issue_followers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("issue_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_issue_followers_issue_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_issue_followers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_followers")),
        sa.UniqueConstraint("issue_id", "person_id", name=op.f("uq_issue_followers_issue_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_issue_followers_issue_id"), "issue_followers", ["issue_id"], unique=False)
    op.create_index(op.f("ix_issue_followers_person_id"), "issue_followers", ["person_id"], unique=False)
    op.create_table(
        "joint_actions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("issue_id", sa.BigInteger(), nullable=False),
        sa.Column("lead_actor_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_joint_actions_issue_id")),
        sa.ForeignKeyConstraint(["lead_actor_id"], ["actors.id"], name=op.f("fk_joint_actions_lead_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_joint_actions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_actions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_joint_actions_issue_id"), "joint_actions", ["issue_id"], unique=False)
    op.create_index(op.f("ix_joint_actions_lead_actor_id"), "joint_actions", ["lead_actor_id"], unique=False)
    op.create_index(op.f("ix_joint_actions_person_id"), "joint_actions", ["person_id"], unique=False)
    op.create_table(
        "result_comments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("result", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_result_comments_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_comments")),
        sa.UniqueConstraint("scope", "result", name=op.f("uq_result_comments_scope")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "statements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("issue_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_statements_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("issue_id", name=op.f("uq_statements_issue_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "target_groups",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("arena_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["arena_id"], ["arenas.id"], name=op.f("fk_target_groups_arena_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_groups")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_target_groups_arena_id"), "target_groups", ["arena_id"], unique=False)
    op.create_table(
        "ambassadors",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_ambassadors_actor_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_ambassadors_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ambassadors_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ambassadors")),
        sa.UniqueConstraint("edition_id", "person_id", name=op.f("uq_ambassadors_edition_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ambassadors_edition_id"), "ambassadors", ["edition_id"], unique=False)
    op.create_index(op.f("ix_ambassadors_person_id"), "ambassadors", ["person_id"], unique=False)
    op.create_table(
        "contact_requests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("from_person_id", sa.BigInteger(), nullable=True),
        sa.Column("from_actor_id", sa.BigInteger(), nullable=True),
        sa.Column("to_person_id", sa.BigInteger(), nullable=True),
        sa.Column("to_actor_id", sa.BigInteger(), nullable=True),
        sa.Column("edition_id", sa.BigInteger(), nullable=True),
        sa.Column("issue_id", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("from_shares", sa.JSON(), nullable=True),
        sa.Column("to_shares", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_contact_requests_edition_id")),
        sa.ForeignKeyConstraint(["from_actor_id"], ["actors.id"], name=op.f("fk_contact_requests_from_actor_id")),
        sa.ForeignKeyConstraint(["from_person_id"], ["people.id"], name=op.f("fk_contact_requests_from_person_id")),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_contact_requests_issue_id")),
        sa.ForeignKeyConstraint(["to_actor_id"], ["actors.id"], name=op.f("fk_contact_requests_to_actor_id")),
        sa.ForeignKeyConstraint(["to_person_id"], ["people.id"], name=op.f("fk_contact_requests_to_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_requests")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_requests_from_person_id"), "contact_requests", ["from_person_id"], unique=False)
    op.create_index(op.f("ix_contact_requests_to_person_id"), "contact_requests", ["to_person_id"], unique=False)
    op.create_table(
        "edition_evaluations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("satisfied", sa.Integer(), nullable=True),
        sa.Column("help", sa.Integer(), nullable=True),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_edition_evaluations_actor_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_edition_evaluations_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_edition_evaluations_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_evaluations")),
        sa.UniqueConstraint("edition_id", "person_id", name=op.f("uq_edition_evaluations_edition_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_edition_evaluations_edition_id"), "edition_evaluations", ["edition_id"], unique=False)
    op.create_index(op.f("ix_edition_evaluations_person_id"), "edition_evaluations", ["person_id"], unique=False)
    op.create_table(
        "joint_actors",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("joint_action_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_joint_actors_actor_id")),
        sa.ForeignKeyConstraint(
            ["joint_action_id"], ["joint_actions.id"], name=op.f("fk_joint_actors_joint_action_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_joint_actors_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_actors")),
        sa.UniqueConstraint("joint_action_id", "actor_id", name=op.f("uq_joint_actors_joint_action_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_joint_actors_actor_id"), "joint_actors", ["actor_id"], unique=False)
    op.create_table(
        "outturns",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_outturns_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outturns_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outturns")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_outturns_edition_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stances",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("statement_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(length=12), nullable=False),
        sa.Column("reservation", sa.Text(), nullable=True),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("given_by", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_stances_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_stances_person_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["statements.id"], name=op.f("fk_stances_statement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stances")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stances_actor_id"), "stances", ["actor_id"], unique=False)
    op.create_index(op.f("ix_stances_statement_id"), "stances", ["statement_id"], unique=False)
    op.create_index(
        "uq_stances_current",
        "stances",
        ["statement_id", "actor_id"],
        unique=True,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table(
        "statement_versions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("statement_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("what_changed", sa.JSON(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_statement_versions_person_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["statements.id"], name=op.f("fk_statement_versions_statement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_versions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_statement_versions_statement_id"), "statement_versions", ["statement_id"], unique=False)
    op.create_table(
        "activity_evaluations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=True),
        sa.Column("came", sa.Integer(), nullable=True),
        sa.Column("satisfied", sa.Integer(), nullable=True),
        sa.Column("worth", sa.Integer(), nullable=True),
        sa.Column("again", sa.String(length=10), nullable=True),
        sa.Column("groups_came", sa.JSON(), nullable=True),
        sa.Column("led_to", sa.JSON(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("given_by", sa.String(length=12), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_activity_evaluations_activity_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_activity_evaluations_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_activity_evaluations_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_evaluations")),
        sa.UniqueConstraint("activity_id", name=op.f("uq_activity_evaluations_activity_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_activity_evaluations_actor_id"), "activity_evaluations", ["actor_id"], unique=False)
    op.create_table(
        "aims",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("issue_id", sa.BigInteger(), nullable=True),
        sa.Column("purpose", sa.String(length=20), nullable=True),
        sa.Column("target_group_id", sa.BigInteger(), nullable=True),
        sa.Column("named_by", sa.String(length=12), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_aims_activity_id")),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_aims_issue_id")),
        sa.ForeignKeyConstraint(["target_group_id"], ["target_groups.id"], name=op.f("fk_aims_target_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aims")),
        sa.UniqueConstraint("activity_id", "issue_id", name=op.f("uq_aims_activity_id")),
        sa.UniqueConstraint("activity_id", "purpose", name="uq_aims_purpose"),
        sa.UniqueConstraint("activity_id", "target_group_id", name="uq_aims_target_group"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_aims_activity_id"), "aims", ["activity_id"], unique=False)
    op.create_index(op.f("ix_aims_issue_id"), "aims", ["issue_id"], unique=False)
    op.create_index(op.f("ix_aims_target_group_id"), "aims", ["target_group_id"], unique=False)
    op.create_table(
        "methods",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("worked", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("file_kind", sa.String(length=12), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_methods_activity_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_methods_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_methods_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_methods")),
        sa.UniqueConstraint("activity_id", name=op.f("uq_methods_activity_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_methods_actor_id"), "methods", ["actor_id"], unique=False)
    op.create_table(
        "namings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_namings_activity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_namings")),
        sa.UniqueConstraint("activity_id", name=op.f("uq_namings_activity_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "method_questions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("method_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_method_questions_actor_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_method_questions_answered_by")),
        sa.ForeignKeyConstraint(["method_id"], ["methods.id"], name=op.f("fk_method_questions_method_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_method_questions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method_questions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_method_questions_method_id"), "method_questions", ["method_id"], unique=False)
    op.create_index(op.f("ix_method_questions_person_id"), "method_questions", ["person_id"], unique=False)
    op.add_column("actors", sa.Column("municipality", sa.String(length=40), nullable=True))
    op.add_column("arenas", sa.Column("level", sa.String(length=20), nullable=True))
    op.add_column("editions", sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("editions", sa.Column("evaluation_reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("editions", sa.Column("evaluated_together", sa.Boolean(), nullable=True))
    op.add_column("people", sa.Column("forget_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("people", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(_LAST_ANSWERS)
    op.execute(_PURPOSES[op.get_bind().dialect.name])
    # What has served keeps no words from now on, and what had served before neither.
    op.execute("UPDATE outbox SET payload = '{}' WHERE done_at IS NOT NULL")
    op.execute("UPDATE inbox SET payload = '{}' WHERE state IN ('handled', 'refused')")


_LAST_ANSWERS = """
INSERT INTO activity_evaluations
    (activity_id, actor_id, person_id, satisfied, again, comment, given_by, answered_at, revision)
SELECT activity_id, actor_id, person_id, satisfied, again, NULLIF(comment, ''), 'actor', answered_at, 1
FROM (
    SELECT e.activity_id, a.actor_id, e.person_id, e.satisfied, e.again, e.comment, e.answered_at,
           ROW_NUMBER() OVER (PARTITION BY e.activity_id ORDER BY e.answered_at DESC, e.id DESC) AS latest
    FROM evaluations AS e JOIN activities AS a ON a.id = e.activity_id
) AS answers
WHERE latest = 1
"""
"""One answer for all of an actor's people: the last one. Whether it was worth it had another scale and is left out."""

_PURPOSES = {
    "sqlite": """
INSERT INTO aims (activity_id, purpose, named_by, named_at)
SELECT DISTINCT a.id, j.value, 'actor', CURRENT_TIMESTAMP
FROM activities AS a, json_each(a.answers, '$.purpose') AS j
WHERE json_type(a.answers, '$.purpose') = 'array' AND j.value IN ('consensus', 'knowledge', 'methods')
""",
    "postgresql": """
INSERT INTO aims (activity_id, purpose, named_by, named_at)
SELECT DISTINCT a.id, j.value, 'actor', CURRENT_TIMESTAMP
FROM (SELECT id, answers FROM activities WHERE json_typeof(answers -> 'purpose') = 'array') AS a
CROSS JOIN LATERAL json_array_elements_text(a.answers -> 'purpose') AS j(value)
WHERE j.value IN ('consensus', 'knowledge', 'methods')
""",
}
"""What forms were answered with for purposes is what their activities name."""


def downgrade() -> None:
    op.drop_column("people", "erased_at")
    op.drop_column("people", "forget_at")
    op.drop_column("editions", "evaluated_together")
    op.drop_column("editions", "evaluation_reminded_at")
    op.drop_column("editions", "evaluated_at")
    op.drop_column("arenas", "level")
    op.drop_column("actors", "municipality")
    op.drop_index(op.f("ix_method_questions_person_id"), table_name="method_questions")
    op.drop_index(op.f("ix_method_questions_method_id"), table_name="method_questions")
    op.drop_table("method_questions")
    op.drop_table("namings")
    op.drop_index(op.f("ix_methods_actor_id"), table_name="methods")
    op.drop_table("methods")
    op.drop_index(op.f("ix_aims_target_group_id"), table_name="aims")
    op.drop_index(op.f("ix_aims_issue_id"), table_name="aims")
    op.drop_index(op.f("ix_aims_activity_id"), table_name="aims")
    op.drop_table("aims")
    op.drop_index(op.f("ix_activity_evaluations_actor_id"), table_name="activity_evaluations")
    op.drop_table("activity_evaluations")
    op.drop_index(op.f("ix_statement_versions_statement_id"), table_name="statement_versions")
    op.drop_table("statement_versions")
    op.drop_index(
        "uq_stances_current",
        table_name="stances",
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.drop_index(op.f("ix_stances_statement_id"), table_name="stances")
    op.drop_index(op.f("ix_stances_actor_id"), table_name="stances")
    op.drop_table("stances")
    op.drop_table("outturns")
    op.drop_index(op.f("ix_joint_actors_actor_id"), table_name="joint_actors")
    op.drop_table("joint_actors")
    op.drop_index(op.f("ix_edition_evaluations_person_id"), table_name="edition_evaluations")
    op.drop_index(op.f("ix_edition_evaluations_edition_id"), table_name="edition_evaluations")
    op.drop_table("edition_evaluations")
    op.drop_index(op.f("ix_contact_requests_to_person_id"), table_name="contact_requests")
    op.drop_index(op.f("ix_contact_requests_from_person_id"), table_name="contact_requests")
    op.drop_table("contact_requests")
    op.drop_index(op.f("ix_ambassadors_person_id"), table_name="ambassadors")
    op.drop_index(op.f("ix_ambassadors_edition_id"), table_name="ambassadors")
    op.drop_table("ambassadors")
    op.drop_index(op.f("ix_target_groups_arena_id"), table_name="target_groups")
    op.drop_table("target_groups")
    op.drop_table("statements")
    op.drop_table("result_comments")
    op.drop_index(op.f("ix_joint_actions_person_id"), table_name="joint_actions")
    op.drop_index(op.f("ix_joint_actions_lead_actor_id"), table_name="joint_actions")
    op.drop_index(op.f("ix_joint_actions_issue_id"), table_name="joint_actions")
    op.drop_table("joint_actions")
    op.drop_index(op.f("ix_issue_followers_person_id"), table_name="issue_followers")
    op.drop_index(op.f("ix_issue_followers_issue_id"), table_name="issue_followers")
    op.drop_table("issue_followers")
    op.drop_index(op.f("ix_earlier_results_arena_id"), table_name="earlier_results")
    op.drop_table("earlier_results")
    op.drop_index(op.f("ix_consents_person_id"), table_name="consents")
    op.drop_table("consents")
    op.drop_index("ix_askings_subject", table_name="askings")
    op.drop_index(op.f("ix_askings_person_id"), table_name="askings")
    op.drop_index(op.f("ix_askings_actor_id"), table_name="askings")
    op.drop_table("askings")
    op.drop_table("issues")
    op.drop_table("financings")
    op.drop_table("erasures")
