"""The commands' menu by language and role, and buttons that do what a command does."""

from collections.abc import Iterator
from typing import Any, ClassVar

from bot.domain.frozen import dataclass
from bot.domain.languages import SWEDISH_READERS
from bot.domain.outgoing import Outgoing, Priority
from bot.texts import LANGUAGES, render
from bot.views.press import Press
from bot.views.screen import Button, Words, button, t


@dataclass(frozen=True, slots=True)
class Entry:
    """A command in the menu: its names by language (Swedish, English), and whether only coordinators have it."""

    names: tuple[str, str]
    coordinators: bool = False


ENTRIES = (
    Entry(("samordna", "coordinate"), coordinators=True),
    Entry(("utskick", "announce"), coordinators=True),
    Entry(("rapport", "report"), coordinators=True),
    Entry(("halsa", "health"), coordinators=True),
    Entry(("boka", "book")),
    Entry(("bokningar", "bookings")),
    Entry(("arenor", "arenas")),
    Entry(("program", "programme")),
    Entry(("fragor", "issues")),
    Entry(("metoder", "methods")),
    Entry(("natverk", "network")),
    Entry(("ar", "year")),
    Entry(("paminnelser", "reminders")),
    Entry(("kontakt", "contact")),
    Entry(("hjalp", "help")),
    Entry(("sprak", "language")),
    Entry(("minadata", "mydata")),
    Entry(("avbryt", "cancel")),
    Entry(("start", "start")),
)


class Go(Press):
    """Do what a command does, by its Swedish name."""

    code: ClassVar[str] = "sg"
    where: str


def go(where: str, label: Words | None = None) -> Button:
    """A button that does what a command does, with the command's own label unless another is given."""
    return button(label or t(f"go.{where}"), Go(where=where))


def _commands(language: str, *, coordinators: bool) -> list[dict[str, str]]:
    place = LANGUAGES.index(language)
    return [
        {"command": entry.names[place], "description": str(render(language, f"command.{entry.names[0]}"))}
        for entry in ENTRIES
        if coordinators or not entry.coordinators
    ]


def default_menus() -> Iterator[tuple[str, dict[str, Any]]]:
    """The calls (method, parameters) that give everybody the menu of their Telegram's language; English by default."""
    scope = {"type": "all_private_chats"}
    yield "setMyCommands", {"scope": scope, "commands": _commands("en", coordinators=False)}
    for code in SWEDISH_READERS:
        commands = _commands("sv", coordinators=False)
        yield "setMyCommands", {"scope": scope, "language_code": code, "commands": commands}


def own_menu(chat_id: int, language: str, *, coordinators: bool) -> Outgoing:
    """A row that gives one chat the menu of its person's language and role."""
    params = {
        "scope": {"type": "chat", "chat_id": chat_id},
        "commands": _commands(language, coordinators=coordinators),
    }
    return Outgoing("call", {"method": "setMyCommands", "params": params}, chat_id=chat_id, priority=Priority.NOTICE)
