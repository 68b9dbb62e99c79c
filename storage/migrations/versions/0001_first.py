"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "actors",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("contact_email", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into_id"], ["actors.id"], name=op.f("fk_actors_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actors")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_actors_merged_into_id"), "actors", ["merged_into_id"], unique=False)
    op.create_table(
        "arenas",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("goal", sa.JSON(), nullable=False),
        sa.Column("target_groups", sa.JSON(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("partners", sa.JSON(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arenas")),
        sa.UniqueConstraint("key", name=op.f("uq_arenas_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "cards",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cards_message", "cards", ["chat_id", "message_id"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_inbox_aside",
        "inbox",
        ["state", "handled_at"],
        unique=False,
        sqlite_where=sa.text("state = 'aside'"),
        postgresql_where=sa.text("state = 'aside'"),
    )
    op.create_index(
        "ix_inbox_handled",
        "inbox",
        ["handled_at"],
        unique=False,
        sqlite_where=sa.text("handled_at IS NOT NULL"),
        postgresql_where=sa.text("handled_at IS NOT NULL"),
    )
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("uq_inbox_update", "inbox", ["update_id"], unique=True)
    op.create_table(
        "operations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operations")),
        sa.UniqueConstraint("key", name=op.f("uq_operations_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_operations_used", "operations", ["used_at"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("contact_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("muted", sa.JSON(), nullable=False),
        sa.Column("held_as_newcomer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("user_id", name=op.f("uq_people_user_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sent_files",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_files")),
        sa.UniqueConstraint("key", name=op.f("uq_sent_files_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "acts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_acts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_acts_person_id"), "acts", ["person_id"], unique=False)
    op.create_table(
        "announcements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("arena_id", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("receipts", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("card_id", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["arena_id"], ["arenas.id"], name=op.f("fk_announcements_arena_id")),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_announcements_card_id")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_announcements_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_announcements_arena_id"), "announcements", ["arena_id"], unique=False)
    op.create_index(op.f("ix_announcements_created_by"), "announcements", ["created_by"], unique=False)
    op.create_table(
        "chats",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("last_message_id", sa.BigInteger(), nullable=False),
        sa.Column("unreachable_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unreachable_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_chats_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_chats_chat_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_chats_person_id"), "chats", ["person_id"], unique=False)
    op.create_table(
        "coordinators",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("arena_id", sa.BigInteger(), nullable=True),
        sa.Column("granted_by", sa.BigInteger(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["arena_id"], ["arenas.id"], name=op.f("fk_coordinators_arena_id")),
        sa.ForeignKeyConstraint(["granted_by"], ["people.id"], name=op.f("fk_coordinators_granted_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_coordinators_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordinators")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_coordinators_arena_id"), "coordinators", ["arena_id"], unique=False)
    op.create_index(op.f("ix_coordinators_person_id"), "coordinators", ["person_id"], unique=False)
    op.create_index(
        "uq_coordinators_all",
        "coordinators",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("arena_id IS NULL"),
        postgresql_where=sa.text("arena_id IS NULL"),
    )
    op.create_index(
        "uq_coordinators_arena",
        "coordinators",
        ["person_id", "arena_id"],
        unique=True,
        sqlite_where=sa.text("arena_id IS NOT NULL"),
        postgresql_where=sa.text("arena_id IS NOT NULL"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("card_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("awaits_text", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_drafts_card_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drafts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_drafts_card_id"), "drafts", ["card_id"], unique=False)
    op.create_index("ix_drafts_person", "drafts", ["chat_id", "person_id"], unique=False)
    op.create_index(op.f("ix_drafts_person_id"), "drafts", ["person_id"], unique=False)
    op.create_index(
        "uq_drafts_awaits_text",
        "drafts",
        ["chat_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("awaits_text AND open"),
        postgresql_where=sa.text("awaits_text AND open"),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("arena_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("preliminary", sa.Boolean(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("allocation", sa.String(length=20), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answers_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("official_programme", sa.Boolean(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("on_site", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["arena_id"], ["arenas.id"], name=op.f("fk_editions_arena_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_editions_arena_id"), "editions", ["arena_id"], unique=False)
    op.create_table(
        "members",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_members_actor_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_members_decided_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_members_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("actor_id", "person_id", name=op.f("uq_members_actor_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_members_actor_id"), "members", ["actor_id"], unique=False)
    op.create_index(op.f("ix_members_person_id"), "members", ["person_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("card_id", sa.BigInteger(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wait_seconds", sa.Float(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("uncertain_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=40), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_outbox_card_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outbox_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_card",
        "outbox",
        ["card_id"],
        unique=False,
        sqlite_where=sa.text("card_id IS NOT NULL"),
        postgresql_where=sa.text("card_id IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_card_waiting",
        "outbox",
        ["card_id", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_outbox_chat_waiting",
        "outbox",
        ["chat_id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_outbox_claimed",
        "outbox",
        ["claimed_by"],
        unique=False,
        sqlite_where=sa.text("state = 'claimed'"),
        postgresql_where=sa.text("state = 'claimed'"),
    )
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["state", "done_at"],
        unique=False,
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    )
    op.create_index(
        "ix_outbox_done",
        "outbox",
        ["done_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NOT NULL"),
        postgresql_where=sa.text("done_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["priority", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reminders_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("kind", "subject", "person_id", "due_at", name=op.f("uq_reminders_kind")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_reminders_due",
        "reminders",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_index(
        "ix_reminders_over",
        "reminders",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state != 'planned'"),
        postgresql_where=sa.text("state != 'planned'"),
    )
    op.create_index("ix_reminders_person", "reminders", ["person_id", "due_at"], unique=False)
    op.create_index("ix_reminders_subject", "reminders", ["subject"], unique=False)
    op.create_table(
        "activities",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("unlocked", sa.JSON(), nullable=False),
        sa.Column("reported", sa.String(length=10), nullable=False),
        sa.Column("uid", sa.String(length=80), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_activities_actor_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_activities_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("uid", name=op.f("uq_activities_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_activities_actor_id"), "activities", ["actor_id"], unique=False)
    op.create_index(op.f("ix_activities_edition_id"), "activities", ["edition_id"], unique=False)
    op.create_table(
        "fee_steps",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("preliminary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_fee_steps_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_steps")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fee_steps_edition_id"), "fee_steps", ["edition_id"], unique=False)
    op.create_table(
        "fields",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("max_length", sa.Integer(), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_fields_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fields")),
        sa.UniqueConstraint("edition_id", "key", name=op.f("uq_fields_edition_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fields_edition_id"), "fields", ["edition_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("edition_id", sa.BigInteger(), nullable=True),
        sa.Column("arena_ids", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spent_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_invitations_actor_id")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_invitations_created_by")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_invitations_edition_id")),
        sa.ForeignKeyConstraint(["spent_by"], ["people.id"], name=op.f("fk_invitations_spent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_invitations_actor_id"), "invitations", ["actor_id"], unique=False)
    op.create_index(op.f("ix_invitations_edition_id"), "invitations", ["edition_id"], unique=False)
    op.create_table(
        "recipients",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("announcement_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"], name=op.f("fk_recipients_announcement_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_recipients_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipients")),
        sa.UniqueConstraint("announcement_id", "person_id", name=op.f("uq_recipients_announcement_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_recipients_announcement_id"), "recipients", ["announcement_id"], unique=False)
    op.create_index(op.f("ix_recipients_person_id"), "recipients", ["person_id"], unique=False)
    op.create_table(
        "stages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("entrance", sa.Text(), nullable=True),
        sa.Column("equipment", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_stages_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stages")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stages_edition_id"), "stages", ["edition_id"], unique=False)
    op.create_table(
        "co_organisers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_co_organisers_activity_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_co_organisers_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_organisers")),
        sa.UniqueConstraint("activity_id", "actor_id", name=op.f("uq_co_organisers_activity_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_co_organisers_activity_id"), "co_organisers", ["activity_id"], unique=False)
    op.create_index(op.f("ix_co_organisers_actor_id"), "co_organisers", ["actor_id"], unique=False)
    op.create_table(
        "evaluations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("satisfied", sa.Integer(), nullable=True),
        sa.Column("worth", sa.String(length=10), nullable=True),
        sa.Column("again", sa.String(length=10), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_evaluations_activity_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_evaluations_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluations")),
        sa.UniqueConstraint("activity_id", "person_id", name=op.f("uq_evaluations_activity_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evaluations_activity_id"), "evaluations", ["activity_id"], unique=False)
    op.create_index(op.f("ix_evaluations_person_id"), "evaluations", ["person_id"], unique=False)
    op.create_table(
        "followers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_followers_activity_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_followers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followers")),
        sa.UniqueConstraint("activity_id", "person_id", name=op.f("uq_followers_activity_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_followers_activity_id"), "followers", ["activity_id"], unique=False)
    op.create_index(op.f("ix_followers_person_id"), "followers", ["person_id"], unique=False)
    op.create_table(
        "slots",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("stage_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_slots_stage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_slots_stage_id"), "slots", ["stage_id"], unique=False)
    op.create_index("ix_slots_stage_starts", "slots", ["stage_id", "starts_at"], unique=False)
    op.create_table(
        "bookings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("slot_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_before", sa.String(length=20), nullable=True),
        sa.Column("offered_to", sa.BigInteger(), nullable=True),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("ended_why", sa.String(length=20), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_bookings_activity_id")),
        sa.ForeignKeyConstraint(["offered_to"], ["actors.id"], name=op.f("fk_bookings_offered_to")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_bookings_person_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["bookings.id"], name=op.f("fk_bookings_replaces_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_bookings_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_bookings_activity_id"), "bookings", ["activity_id"], unique=False)
    op.create_index(op.f("ix_bookings_person_id"), "bookings", ["person_id"], unique=False)
    op.create_index(op.f("ix_bookings_replaces_id"), "bookings", ["replaces_id"], unique=False)
    op.create_index(op.f("ix_bookings_slot_id"), "bookings", ["slot_id"], unique=False)
    op.create_index(
        "ix_bookings_until",
        "bookings",
        ["until_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('held', 'requested', 'cancelling')"),
        postgresql_where=sa.text("state IN ('held', 'requested', 'cancelling')"),
    )
    op.create_index(
        "uq_bookings_slot_taken",
        "bookings",
        ["slot_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('held', 'requested', 'booked', 'cancelling')"),
        postgresql_where=sa.text("state IN ('held', 'requested', 'booked', 'cancelling')"),
    )
    op.create_table(
        "errands",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("arena_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_errands_actor_id")),
        sa.ForeignKeyConstraint(["arena_id"], ["arenas.id"], name=op.f("fk_errands_arena_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_errands_booking_id")),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name=op.f("fk_errands_done_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errands")),
        sa.UniqueConstraint("key", name=op.f("uq_errands_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_errands_actor_id"), "errands", ["actor_id"], unique=False)
    op.create_index(op.f("ix_errands_arena_id"), "errands", ["arena_id"], unique=False)
    op.create_index(op.f("ix_errands_booking_id"), "errands", ["booking_id"], unique=False)
    op.create_table(
        "matters",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("arena_id", sa.BigInteger(), nullable=True),
        sa.Column("edition_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("booking_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_matters_actor_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_matters_answered_by")),
        sa.ForeignKeyConstraint(["arena_id"], ["arenas.id"], name=op.f("fk_matters_arena_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_matters_booking_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_matters_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_matters_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matters")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_matters_actor_id"), "matters", ["actor_id"], unique=False)
    op.create_index(op.f("ix_matters_arena_id"), "matters", ["arena_id"], unique=False)
    op.create_index(op.f("ix_matters_booking_id"), "matters", ["booking_id"], unique=False)
    op.create_index(op.f("ix_matters_edition_id"), "matters", ["edition_id"], unique=False)
    op.create_index(op.f("ix_matters_person_id"), "matters", ["person_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        # SQLite looks through these rows from the first for each row that it adds: the busiest tables come first.
        for table in ("inbox", "outbox", "cards", "chats"):
            op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', 0)")  # noqa: S608  # our own names


def downgrade() -> None:
    op.drop_index(op.f("ix_matters_person_id"), table_name="matters")
    op.drop_index(op.f("ix_matters_edition_id"), table_name="matters")
    op.drop_index(op.f("ix_matters_booking_id"), table_name="matters")
    op.drop_index(op.f("ix_matters_arena_id"), table_name="matters")
    op.drop_index(op.f("ix_matters_actor_id"), table_name="matters")
    op.drop_table("matters")
    op.drop_index(op.f("ix_errands_booking_id"), table_name="errands")
    op.drop_index(op.f("ix_errands_arena_id"), table_name="errands")
    op.drop_index(op.f("ix_errands_actor_id"), table_name="errands")
    op.drop_table("errands")
    op.drop_index(
        "uq_bookings_slot_taken",
        table_name="bookings",
        sqlite_where=sa.text("state IN ('held', 'requested', 'booked', 'cancelling')"),
        postgresql_where=sa.text("state IN ('held', 'requested', 'booked', 'cancelling')"),
    )
    op.drop_index(
        "ix_bookings_until",
        table_name="bookings",
        sqlite_where=sa.text("state IN ('held', 'requested', 'cancelling')"),
        postgresql_where=sa.text("state IN ('held', 'requested', 'cancelling')"),
    )
    op.drop_index(op.f("ix_bookings_slot_id"), table_name="bookings")
    op.drop_index(op.f("ix_bookings_replaces_id"), table_name="bookings")
    op.drop_index(op.f("ix_bookings_person_id"), table_name="bookings")
    op.drop_index(op.f("ix_bookings_activity_id"), table_name="bookings")
    op.drop_table("bookings")
    op.drop_index("ix_slots_stage_starts", table_name="slots")
    op.drop_index(op.f("ix_slots_stage_id"), table_name="slots")
    op.drop_table("slots")
    op.drop_index(op.f("ix_followers_person_id"), table_name="followers")
    op.drop_index(op.f("ix_followers_activity_id"), table_name="followers")
    op.drop_table("followers")
    op.drop_index(op.f("ix_evaluations_person_id"), table_name="evaluations")
    op.drop_index(op.f("ix_evaluations_activity_id"), table_name="evaluations")
    op.drop_table("evaluations")
    op.drop_index(op.f("ix_co_organisers_actor_id"), table_name="co_organisers")
    op.drop_index(op.f("ix_co_organisers_activity_id"), table_name="co_organisers")
    op.drop_table("co_organisers")
    op.drop_index(op.f("ix_stages_edition_id"), table_name="stages")
    op.drop_table("stages")
    op.drop_index(op.f("ix_recipients_person_id"), table_name="recipients")
    op.drop_index(op.f("ix_recipients_announcement_id"), table_name="recipients")
    op.drop_table("recipients")
    op.drop_index(op.f("ix_invitations_edition_id"), table_name="invitations")
    op.drop_index(op.f("ix_invitations_actor_id"), table_name="invitations")
    op.drop_table("invitations")
    op.drop_index(op.f("ix_fields_edition_id"), table_name="fields")
    op.drop_table("fields")
    op.drop_index(op.f("ix_fee_steps_edition_id"), table_name="fee_steps")
    op.drop_table("fee_steps")
    op.drop_index(op.f("ix_activities_edition_id"), table_name="activities")
    op.drop_index(op.f("ix_activities_actor_id"), table_name="activities")
    op.drop_table("activities")
    op.drop_index("ix_reminders_subject", table_name="reminders")
    op.drop_index("ix_reminders_person", table_name="reminders")
    op.drop_index(
        "ix_reminders_over",
        table_name="reminders",
        sqlite_where=sa.text("state != 'planned'"),
        postgresql_where=sa.text("state != 'planned'"),
    )
    op.drop_index(
        "ix_reminders_due",
        table_name="reminders",
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.drop_table("reminders")
    op.drop_index(
        "ix_outbox_waiting",
        table_name="outbox",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(
        "ix_outbox_done",
        table_name="outbox",
        sqlite_where=sa.text("done_at IS NOT NULL"),
        postgresql_where=sa.text("done_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_outbox_dead",
        table_name="outbox",
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    )
    op.drop_index(
        "ix_outbox_claimed",
        table_name="outbox",
        sqlite_where=sa.text("state = 'claimed'"),
        postgresql_where=sa.text("state = 'claimed'"),
    )
    op.drop_index(
        "ix_outbox_chat_waiting",
        table_name="outbox",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(
        "ix_outbox_card_waiting",
        table_name="outbox",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(
        "ix_outbox_card",
        table_name="outbox",
        sqlite_where=sa.text("card_id IS NOT NULL"),
        postgresql_where=sa.text("card_id IS NOT NULL"),
    )
    op.drop_table("outbox")
    op.drop_index(op.f("ix_members_person_id"), table_name="members")
    op.drop_index(op.f("ix_members_actor_id"), table_name="members")
    op.drop_table("members")
    op.drop_index(op.f("ix_editions_arena_id"), table_name="editions")
    op.drop_table("editions")
    op.drop_index(
        "uq_drafts_awaits_text",
        table_name="drafts",
        sqlite_where=sa.text("awaits_text AND open"),
        postgresql_where=sa.text("awaits_text AND open"),
    )
    op.drop_index(op.f("ix_drafts_person_id"), table_name="drafts")
    op.drop_index("ix_drafts_person", table_name="drafts")
    op.drop_index(op.f("ix_drafts_card_id"), table_name="drafts")
    op.drop_table("drafts")
    op.drop_index(
        "uq_coordinators_arena",
        table_name="coordinators",
        sqlite_where=sa.text("arena_id IS NOT NULL"),
        postgresql_where=sa.text("arena_id IS NOT NULL"),
    )
    op.drop_index(
        "uq_coordinators_all",
        table_name="coordinators",
        sqlite_where=sa.text("arena_id IS NULL"),
        postgresql_where=sa.text("arena_id IS NULL"),
    )
    op.drop_index(op.f("ix_coordinators_person_id"), table_name="coordinators")
    op.drop_index(op.f("ix_coordinators_arena_id"), table_name="coordinators")
    op.drop_table("coordinators")
    op.drop_index(op.f("ix_chats_person_id"), table_name="chats")
    op.drop_table("chats")
    op.drop_index(op.f("ix_announcements_created_by"), table_name="announcements")
    op.drop_index(op.f("ix_announcements_arena_id"), table_name="announcements")
    op.drop_table("announcements")
    op.drop_index(op.f("ix_acts_person_id"), table_name="acts")
    op.drop_table("acts")
    op.drop_table("sent_files")
    op.drop_table("people")
    op.drop_index("ix_operations_used", table_name="operations")
    op.drop_table("operations")
    op.drop_index("uq_inbox_update", table_name="inbox")
    op.drop_index(
        "ix_inbox_waiting",
        table_name="inbox",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(
        "ix_inbox_handled",
        table_name="inbox",
        sqlite_where=sa.text("handled_at IS NOT NULL"),
        postgresql_where=sa.text("handled_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_inbox_aside",
        table_name="inbox",
        sqlite_where=sa.text("state = 'aside'"),
        postgresql_where=sa.text("state = 'aside'"),
    )
    op.drop_table("inbox")
    op.drop_index("ix_cards_message", table_name="cards")
    op.drop_table("cards")
    op.drop_table("arenas")
    op.drop_index(op.f("ix_actors_merged_into_id"), table_name="actors")
    op.drop_table("actors")
