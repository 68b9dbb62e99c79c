"""The documents name only what is there: links, paths, names, commands, settings."""

import importlib
import re
from pathlib import Path
from typing import Any, Final

import pytest

from bot.__main__ import COMMANDS
from bot.settings import Settings
from handlers import registry

ROOT: Final = Path(__file__).parents[1]
DOCUMENTS: Final = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
MADE: Final = frozenset({"data/", ".venv/bin/python"})
"""What making or running the bot brings about."""
ELSEWHERE: Final = frozenset({"/newbot", "/data"})
"""A command of @BotFather's, and the image's volume."""

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def code_in(text: str) -> set[str]:
    """What stands between single backticks, fenced blocks left out."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)))


def anchors_of(text: str) -> set[str]:
    """The headings as addresses within a page."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def exists(name: str, document: Path) -> bool:
    return name in MADE or any((base / name).exists() for base in (ROOT, document.parent))


@every_document
def test_links_lead_somewhere(document: Path) -> None:
    text = text_of(document)
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    dead = []
    for target in targets:
        path, _, anchor = target.partition("#")
        if target.startswith("https://"):
            continue
        page = document.parent / path if path else document
        if not page.exists() or (anchor and anchor not in anchors_of(text_of(page))):
            dead.append(target)
    assert dead == []


@every_document
def test_paths_that_are_named_exist(document: Path) -> None:
    paths = {name for name in code_in(text_of(document)) if re.fullmatch(r"[\w.-]+(/[\w.-]+)*/?", name) and "/" in name}
    assert {path for path in paths if not exists(path, document)} == set()


@every_document
def test_names_of_the_code_exist(document: Path) -> None:
    names = {n for n in code_in(text_of(document)) if re.fullmatch(r"(bot|handlers|schedules|storage)(\.\w+)+", n)}
    assert {name for name in names if not found(name)} == set()


def found(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            value: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            value = getattr(value, part, None) or getattr(value, "__annotations__", {}).get(part)
        return value is not None
    return False


@every_document
def test_what_is_to_be_typed_works(document: Path) -> None:
    text = text_of(document)
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", text)) - targets == set()
    commands = set(re.findall(r"`(?:arenabot|\S*python -m bot) ([a-z][a-z-]*)", text))
    assert commands - {command.name for command in COMMANDS} == set()
    settings = {f"ARENABOT_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"ARENABOT_[A-Z]\w*", text)) - settings == set()


@pytest.mark.parametrize("name", ["README.md", "docs/handbok.md", "docs/kommandon.md"])
def test_commands_of_the_chat_are_the_products(name: str) -> None:
    known = {f"/{name}" for command in registry.COMMANDS for name in command.names}
    named = {each for each in code_in(text_of(ROOT / name)) if re.fullmatch(r"/[a-z]+", each)}
    assert named - known - ELSEWHERE == set()


@every_document
def test_no_path_of_a_single_machine_is_named(document: Path) -> None:
    assert re.findall(r"(?<![\w.])/(?:home|root|work|Users|mnt|opt|srv|tmp)/\S*", text_of(document)) == []


def test_everything_to_install_beforehand_is_one_line() -> None:
    assert re.findall(r"apt(?:-get)? install (.*)", text_of(ROOT / "README.md")) == ["git make python3 python3-venv"]


def test_decisions_are_numbered_and_whole() -> None:
    for page in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = text_of(page)
        number = int(page.name.partition("-")[0])
        assert text.startswith(f"# {number}. "), page.name
        parts = re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE)
        assert parts == ["Status", "Context", "Decision", "Consequences"], page.name
