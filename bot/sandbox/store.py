"""The state of the local Telegram: one SQLite file, or memory, with what every call asks for held beside it.

SQLite is called directly and not from a thread: each statement takes microseconds, and a transaction that no other
task can interrupt needs no locks. Write-ahead logging keeps all that was answered through a kill.
"""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from bot.sandbox.errors import StateUnusable

_SCHEMA = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS person (id INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS chat (id INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS chat_group (id INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS message (
    chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL, from_id INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (chat_id, message_id));
CREATE TABLE IF NOT EXISTS bot_update (
    id INTEGER PRIMARY KEY, created_at REAL NOT NULL, lane INTEGER NOT NULL, json TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS bot_update_by_time ON bot_update (created_at);
CREATE INDEX IF NOT EXISTS bot_update_by_lane ON bot_update (lane, id);
CREATE TABLE IF NOT EXISTS query (id TEXT PRIMARY KEY, created_at REAL NOT NULL, json TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS query_by_time ON query (created_at);
CREATE TABLE IF NOT EXISTS file (id TEXT PRIMARY KEY, path TEXT NOT NULL, json TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS file_by_path ON file (path);
CREATE TABLE IF NOT EXISTS content (path TEXT PRIMARY KEY, bytes BLOB NOT NULL);
"""

_SET_ASIDE = 100
TABLES = ("setting", "counter", "person", "chat", "chat_group", "message", "bot_update", "query", "file")


class Store:
    """Rows of JSON by key. Everything that writes happens between `begin` and `keep`."""

    def __init__(self, path: Path | None) -> None:
        """Raises StateUnusable when the file is in use, cannot be written or is no state of ours."""
        self.when_forgotten: list[Callable[[], None]] = []
        self._before: dict[str, int] = {}
        self._reserved: dict[str, int] = {}
        try:
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=0.2)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA wal_autocheckpoint = 4000")
            self._db.executescript(_SCHEMA)
            self._renew()
            self._settings = {name: json.loads(value) for name, value in self.rows("SELECT * FROM setting")}
            self._counters: dict[str, int] = dict(self.rows("SELECT * FROM counter"))
        except sqlite3.Error as error:
            raise StateUnusable(f"{path}: {error}") from error

    def _renew(self) -> None:
        """A state of before there were groups said only whether a message was the bot's."""
        if any(column[1] == "from_bot" for column in self.rows("PRAGMA table_info(message)")):
            self._db.executescript("""
                ALTER TABLE message RENAME COLUMN from_bot TO from_id;
                UPDATE message SET from_id = CASE from_id WHEN 1 THEN 0 ELSE chat_id END;""")

    def close(self) -> None:
        """Folds the log into the file and lets go of it."""
        self._db.executemany("INSERT OR REPLACE INTO counter VALUES (?, ?)", list(self._counters.items()))
        self._db.close()

    def begin(self) -> None:
        """All that is written from here on stays, or nothing of it."""
        self._db.execute("BEGIN IMMEDIATE")

    def keep(self) -> None:
        """It stays."""
        self._before.clear()
        self._db.execute("COMMIT")

    def undo(self) -> None:
        """Nothing of it does."""
        self._db.execute("ROLLBACK")
        self._counters |= self._before
        self._before.clear()
        self._reserved.clear()
        self.forget()

    def forget(self) -> None:
        """Reads anew what is held in memory, after it was changed or undone in the database."""
        self._settings = {name: json.loads(value) for name, value in self.rows("SELECT * FROM setting")}
        for cleared in self.when_forgotten:
            cleared()

    def execute(self, statement: str, *values: Any) -> int:
        """Runs one statement; how many rows it touched."""
        return self._db.execute(statement, values).rowcount

    def row(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row, if any."""
        found: tuple[Any, ...] | None = self._db.execute(query, values).fetchone()
        return found

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows."""
        return self._db.execute(query, values).fetchall()

    def setting(self, name: str, default: Any = None) -> Any:
        """A named value of the server's own."""
        return self._settings.get(name, default)

    def set_setting(self, name: str, value: Any) -> None:
        """Keeps a named value; None forgets it."""
        if value is None:
            self._settings.pop(name, None)
            self.execute("DELETE FROM setting WHERE name = ?", name)
        else:
            self._settings[name] = value
            self.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", name, packed(value))

    def next_id(self, counter: str, first: int = 1) -> int:
        """The next number of a series that never repeats one."""
        value = self._counters[counter] + 1 if counter in self._counters else first
        self.set_counter(counter, value)
        return value

    def set_counter(self, counter: str, value: int) -> None:
        """The series goes on after `value`. Numbers are set aside by the hundred: after a kill some are left out."""
        self._before.setdefault(counter, self._counters.get(counter, value - 1))
        self._counters[counter] = value
        if value > self._reserved.get(counter, 0):
            self._reserved[counter] = value + _SET_ASIDE
            self.execute("INSERT OR REPLACE INTO counter VALUES (?, ?)", counter, value + _SET_ASIDE)

    def counter(self, name: str) -> int:
        """The last number that was given out, 0 at first."""
        return self._counters.get(name, 0)


def packed(value: Any) -> bytes:
    """Compact JSON in UTF-8."""
    try:
        return orjson.dumps(value)
    except TypeError:  # half a surrogate pair, numbers beyond 64 bits
        return json.dumps(value, separators=(",", ":")).encode()
