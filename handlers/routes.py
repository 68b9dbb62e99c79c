"""What leads to which handler."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from telegram import Update

from bot.context import BotContext
from bot.views.press import Press

type Handler = Callable[[Update, BotContext], Awaitable[None]]
type Presenter = Callable[[BotContext, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Routes:
    """One module's part of the table.

    `texts` and `files` name the kind of draft that awaits words or a file; `own` the bot's own updates (answers to
    calls such as getFile); `present` shows a thing's present state when a card is old, by its table's name.
    """

    presses: Mapping[type[Press], Handler] = field(default_factory=dict)
    texts: Mapping[str, Handler] = field(default_factory=dict)
    files: Mapping[str, Handler] = field(default_factory=dict)
    own: Mapping[str, Handler] = field(default_factory=dict)
    present: Mapping[str, Presenter] = field(default_factory=dict)
    payloads: Mapping[str, Handler] = field(default_factory=dict)
    """Deep links, by the prefix of their payload."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its names (Swedish first), who has it in their menu, and its handler. The menu's words are the
    text `command.<first name>`."""

    names: tuple[str, str]
    handler: Handler
    coordinators: bool = False
    in_menu: bool = True
