"""Every handler is three hops: read the button, ask one service, show what a view makes of it."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from handlers import registry
from tests.test_texts import ROOT

HANDLERS = sorted((ROOT / "handlers").glob("*.py"))
PLUMBING = {"dispatch", "registry", "routes", "system"}
MAY_IMPORT = ("asyncio", "collections.abc", "contextlib", "dataclasses", "datetime", "functools", "typing", "zoneinfo")
REPOSITORY = re.compile(r"context\.work\.(\w+)")
LONGEST = 15
"""Lines of a handler's body."""


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def functions(file: Path) -> Iterator[ast.AsyncFunctionDef | ast.FunctionDef]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
            yield node


def body(function: ast.AsyncFunctionDef | ast.FunctionDef) -> list[ast.stmt]:
    """Its statements, less the docstring."""
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


@pytest.mark.parametrize("file", HANDLERS, ids=lambda file: file.stem)
def test_handlers_reach_storage_by_no_way_of_their_own(file: Path) -> None:
    allowed = ("bot.", "handlers.", "telegram", *MAY_IMPORT)
    strange = {name for name in imported(file) if not name.startswith(allowed) and name not in {"bot", "handlers"}}
    assert strange == set()
    assert [name for name in imported(file) if name.startswith(("bot.transport", "bot.sandbox", "bot.app"))] == []


@pytest.mark.parametrize("file", [f for f in HANDLERS if f.stem not in PLUMBING], ids=lambda file: file.stem)
def test_handlers_are_short_and_ask_services_rather_than_repositories(file: Path) -> None:
    long = {f.name: lines for f in functions(file) if (lines := f.end_lineno or 0) - body(f)[0].lineno + 1 > LONGEST}
    assert long == {}
    asking_repositories = {
        f.name
        for f in functions(file)
        if [argument.arg.strip("_") for argument in f.args.args] == ["update", "context"]
        and set(REPOSITORY.findall(ast.unparse(f))) - {"outbox", "chats"}  # what is said, and whether it can be
    }
    assert asking_repositories == set()


@pytest.mark.parametrize("file", [f for f in HANDLERS if f.stem not in PLUMBING], ids=lambda file: file.stem)
def test_handlers_say_nothing_in_words_of_their_own(file: Path) -> None:
    nodes = list(ast.walk(tree(file)))
    prose = {node.value for node in nodes if isinstance(node, ast.Expr)}
    said = {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and node not in prose and " " in str(node.value).strip()
    }
    assert said == set()


def test_every_route_leads_to_a_handler_of_the_handlers_folder() -> None:
    tables = (registry.ROUTES.presses, registry.ROUTES.texts, registry.ROUTES.files, registry.ROUTES.payloads)
    found = list(chain.from_iterable(table.values() for table in tables))
    assert {handler.__module__.partition(".")[0] for handler in found} == {"handlers"}


def test_only_the_root_and_storage_itself_know_storage() -> None:
    files = chain.from_iterable((ROOT / folder).rglob("*.py") for folder in ("bot", "handlers", "schedules"))
    knowing = {
        str(file.relative_to(ROOT)) for file in files if any(n.split(".")[0] == "storage" for n in imported(file))
    }
    assert knowing == {"bot/app.py", "bot/report.py"}, "the report is made in a process of its own"


def test_only_storage_knows_its_database_libraries() -> None:
    libraries = {"sqlalchemy", "aiosqlite", "asyncpg", "alembic", "sqlite3"}
    files = chain.from_iterable((ROOT / folder).rglob("*.py") for folder in ("bot", "handlers", "schedules"))
    outside = {
        str(file.relative_to(ROOT))
        for file in files
        if "sandbox" not in file.relative_to(ROOT).parts and libraries & {name.split(".")[0] for name in imported(file)}
    }
    assert outside == {"bot/preflight.py"}, (
        "which asks whether a database can be reached, before there is anything else"
    )


@pytest.mark.parametrize("name", ["document", "sheets", "six", "summary", "tables", "wording"])
def test_no_view_of_the_report_adds_anything_up(name: str) -> None:
    used = {
        node.id
        for node in ast.walk(tree(ROOT / "bot" / "views" / "report" / f"{name}.py"))
        if isinstance(node, ast.Name)
    }
    assert used & {"sum", "Counter", "fsum", "mean"} == set()
