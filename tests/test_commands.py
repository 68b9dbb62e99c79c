"""The table of commands, the menus and the documentation tell the same."""

import re
from pathlib import Path

import pytest

from bot.domain.languages import SWEDISH_READERS
from bot.texts import LANGUAGES, catalogue
from bot.views import menus
from handlers import registry
from handlers.routes import Command

DOCUMENT = Path(__file__).parent.parent / "docs" / "kommandon.md"
ROW = re.compile(r"^\| `/(\w+)` \| `/(\w+)` \| (\w+) \| \S.* \|$", re.MULTILINE)


def documented() -> set[tuple[str, str, bool]]:
    return {(sv, en, who == "samordnare") for sv, en, who in ROW.findall(DOCUMENT.read_text(encoding="utf-8"))}


def test_every_command_is_documented_and_no_other() -> None:
    assert documented() == {(*c.names, c.coordinators) for c in registry.COMMANDS}


def test_the_menu_shows_every_command() -> None:
    in_table = {(c.names, c.coordinators) for c in registry.COMMANDS if c.in_menu}
    assert {(e.names, e.coordinators) for e in menus.ENTRIES} == in_table


@pytest.mark.parametrize("command", registry.COMMANDS, ids=lambda c: c.names[0])
def test_a_command_is_described_in_every_language_within_telegrams_limits(command: Command) -> None:
    words = [catalogue(language)[f"command.{command.names[0]}"][0] for language in LANGUAGES]
    assert [1 <= len(w) <= 256 for w in words] == [True, True]
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in command.names)


def test_everybodys_menu_is_in_their_telegrams_language() -> None:
    calls = list(menus.default_menus())
    shown = {params.get("language_code"): [c["command"] for c in params["commands"]][:2] for _, params in calls}
    assert {method for method, _ in calls} == {"setMyCommands"}
    swedish: dict[str | None, list[str]] = {code: ["boka", "bokningar"] for code in SWEDISH_READERS}
    assert shown == swedish | {None: ["book", "bookings"]}


def test_a_coordinators_own_menu_begins_with_what_waits() -> None:
    row = menus.own_menu(7, "en", coordinators=True)
    params = row.payload["params"]
    assert (row.chat_id, params["scope"]) == (7, {"type": "chat", "chat_id": 7})
    assert params["commands"][0] == {"command": "coordinate", "description": "What waits for an answer"}
