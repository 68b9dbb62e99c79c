"""What one transaction does alike on both databases."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, ClassVar, TypeVar

from sqlalchemy.sql.base import Executable

from bot.domain.errors import DatabaseUnavailable
from storage.compiled import Compiled, DialectName, Row, Upsert, compiled_for
from storage.errors import ConstraintRefused

T = TypeVar("T")


class Transaction(ABC):
    """A transaction on a driver's connection. After a failure nothing more runs in it, and it is not committed.

    PostgreSQL refuses further statements by itself, and then takes COMMIT for ROLLBACK without a word; SQLite goes on.
    Only a constraint's refusal can be survived, by leaving the savepoint around it.
    """

    dialect: ClassVar[DialectName]

    def __init__(self) -> None:
        self.known: dict[str, dict[int, Any]] = {}
        self._failure: Exception | None = None
        self._savepoints = 0
        self._unmade: list[str] = []

    async def rows(self, statement: Executable | Upsert, /, **values: Any) -> list[Row]:
        """All rows."""
        compiled = compiled_for(statement, self.dialect)
        if compiled.writes:
            await self._before_write(compiled)
        raw = await self._tried(self._fetch, compiled.text, compiled.parameters(values), long=compiled.is_long)
        return compiled.rows(raw)

    async def row(self, statement: Executable | Upsert, /, **values: Any) -> Row | None:
        """The first row, or None."""
        rows = await self.rows(statement, **values)
        return rows[0] if rows else None

    async def run(self, statement: Executable | Upsert, /, **values: Any) -> int:
        """How many rows were touched."""
        compiled = compiled_for(statement, self.dialect)
        if compiled.writes:
            await self._before_write(compiled)
        return await self._tried(self._touch, compiled.text, compiled.parameters(values), long=compiled.is_long)

    async def run_many(self, statement: Executable | Upsert, values: Sequence[Mapping[str, Any]], /) -> None:
        """Run it once with each set of values, all in one go."""
        if values:
            compiled = compiled_for(statement, self.dialect)
            if compiled.writes:
                await self._before_write(compiled)
            await self._tried(self._touch_many, compiled.text, [compiled.parameters(each) for each in values])

    async def _before_write(self, compiled: Compiled) -> None:
        """What was known of the table counts no more; savepoints are made before the first write within them."""
        if compiled.target is None:
            self.known.clear()
        else:
            self.known.pop(compiled.target, None)
        while self._unmade:
            await self._tried(self._touch, f"SAVEPOINT {self._unmade[0]}", ())
            del self._unmade[0]

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo what is written within when it raises."""
        self._savepoints += 1
        name = f"s{self._savepoints}"
        self._unmade.append(name)
        try:
            yield
        except BaseException:
            if self._is_made(name) and (self._failure is None or isinstance(self._failure, ConstraintRefused)):
                self._failure = None
                self.known.clear()
                await self._tried(self._touch, f"ROLLBACK TO {name}", ())
                await self._tried(self._touch, f"RELEASE {name}", ())
            raise
        if self._is_made(name):
            await self._tried(self._touch, f"RELEASE {name}", ())

    def _is_made(self, name: str) -> bool:
        """Whether a savepoint that ends was made; it is not, where nothing was written in it."""
        if name not in self._unmade:
            return True
        self._unmade.remove(name)
        return False

    async def commit(self) -> None:
        """Make it true. Raises what failed in it, however that was taken."""
        await self._tried(self._commit)

    async def _tried(self, ask: Callable[..., Awaitable[T]], *args: Any, **options: Any) -> T:
        if self._failure is not None:
            raise self._failure
        try:
            return await ask(*args, **options)
        except Exception as error:
            self._failure = error
            raise
        except BaseException:
            self._failure = DatabaseUnavailable("a statement was interrupted")
            raise

    @abstractmethod
    async def _fetch(self, text: str, parameters: Sequence[Any], *, long: bool = False) -> Sequence[Sequence[Any]]:
        """Run it and give its rows, the driver's errors as ours. Nothing else stands still while a `long` one runs."""

    @abstractmethod
    async def _touch(self, text: str, parameters: Sequence[Any], *, long: bool = False) -> int:
        """Run it and tell how many rows it touched, likewise."""

    @abstractmethod
    async def _touch_many(self, text: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Run it with each of these, likewise."""

    @abstractmethod
    async def _commit(self) -> None:
        """COMMIT, errors likewise; raises DatabaseUnavailable where the database had rolled back by itself."""
