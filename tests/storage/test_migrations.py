import asyncio
import sqlite3
from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.domain.errors import DatabaseUnavailable
from storage import migrate, revisions
from storage.schema import metadata


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection)
    found: list[object] = compare_metadata(context, metadata)
    return found


async def differences_at(url: str) -> list[object]:
    if url.startswith("sqlite"):
        engine = create_engine(url)
        try:
            with engine.connect() as connection:
                return differences(connection)
        finally:
            engine.dispose()

    async def connect() -> object:
        return await asyncpg.connect(url)

    asynchronous = create_async_engine("postgresql+asyncpg://", poolclass=NullPool, async_creator=connect)
    try:
        async with asynchronous.connect() as other:
            return await other.run_sync(differences)
    finally:
        await asynchronous.dispose()


async def test_a_migrated_database_has_the_schemas_tables(database_url: str) -> None:
    assert await differences_at(database_url) == []


async def test_migrating_again_changes_nothing(database_url: str) -> None:
    await migrate.upgrade(database_url)
    assert await differences_at(database_url) == []


async def test_two_that_migrate_one_new_file_at_once_both_succeed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    await asyncio.gather(migrate.upgrade(url), migrate.upgrade(url))
    assert await differences_at(url) == []


async def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "half.db"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE theirs (id); CREATE INDEX ix_outbox_waiting ON theirs (id)")
    connection.close()
    with pytest.raises(DatabaseUnavailable):
        await migrate.upgrade(f"sqlite:///{path}")
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",), ("ix_outbox_waiting",)]
    connection.close()


async def test_a_database_of_a_later_release_is_refused(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(migrate.DatabaseNewer):
        await migrate.upgrade(sqlite_url)


def test_only_the_newest_revision_may_read_the_living_schema() -> None:
    script = ScriptDirectory.from_config(revisions.configuration())
    older = [each for each in script.walk_revisions() if each.revision != revisions.newest()]
    assert [each.revision for each in older if "storage.schema" in Path(each.path).read_text("utf-8")] == []


def test_what_counts_as_the_newest_revision_is_the_last_one_there_is() -> None:
    assert revisions.newest() == migrate.NEWEST


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql://nobody@127.0.0.1:1/nothing"])
async def test_a_database_that_cannot_be_reached_is_told_so(url: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        await migrate.upgrade(url)
