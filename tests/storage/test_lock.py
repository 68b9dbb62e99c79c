import asyncio
from pathlib import Path

import asyncpg
import pytest

from bot.domain.errors import DatabaseUnavailable
from storage.lock import AlreadyRunning, sole_process


async def test_a_second_process_is_refused_until_the_first_has_gone(database_url: str) -> None:
    async with sole_process(database_url, "1000"):
        with pytest.raises(AlreadyRunning):
            async with sole_process(database_url, "1000"):
                pass
    async with sole_process(database_url, "1000") as lost:
        assert not lost.is_set()


async def test_bots_on_one_server_do_not_stand_in_each_others_way(postgresql_url: str) -> None:
    async with sole_process(postgresql_url, "1000"), sole_process(postgresql_url, "2000") as lost:
        assert not lost.is_set()


async def test_a_link_to_the_file_is_the_same_database(sqlite_url: str, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(sqlite_url.removeprefix("sqlite:///"))
    async with sole_process(sqlite_url, "1000"):
        with pytest.raises(AlreadyRunning):
            async with sole_process(f"sqlite:///{link}", "1000"):
                pass


async def test_a_lock_whose_connection_dies_is_told_as_lost(postgresql_url: str) -> None:
    async with sole_process(postgresql_url, "1000") as lost:
        other = await asyncpg.connect(postgresql_url)
        await other.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        await other.close()
        async with asyncio.timeout(10):
            await lost.wait()


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql://nobody@127.0.0.1:1/nothing"])
async def test_a_database_that_cannot_be_reached_gives_no_lock(url: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        async with sole_process(url, "1000"):
            pass
