"""What leads to which handler."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, TypeAlias

from telegram import Update

from bot.context import BotContext
from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass
from bot.domain.model import Person
from bot.domain.outgoing import ToDraw
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.views.press import Press
from bot.views.screen import Screen

Handler: TypeAlias = Callable[[Update, BotContext], Awaitable[None]]
Presenter: TypeAlias = Callable[[BotContext, int], Awaitable[None]]
Remedy: TypeAlias = Callable[[BotContext, Any], Awaitable[None]]
Notice: TypeAlias = Callable[[UnitOfWork, Person, Mapping[str, Any], datetime], Awaitable[Screen | None]]
Maker: TypeAlias = Callable[[UnitOfWork, Mapping[str, Any], datetime], Awaitable[tuple[str, bytes] | ToDraw]]


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
    remedies: Mapping[type[DomainError], Remedy] = field(default_factory=dict)
    """What to offer when a rule said no: called with the error, after the update's writes were undone."""
    notices: Mapping[str, Notice] = field(default_factory=dict)
    """What others are told, rendered when it is sent: (work, reader, ids, now) → a screen, or None when it is no
    longer so."""
    makers: Mapping[str, Maker] = field(default_factory=dict)
    """Files made when they are sent: (work, ids, now) → name and bytes, or what is to be drawn. `ids["language"]` is the
    reader's."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its names (Swedish first), who has it in their menu, and its handler. The menu's words are the
    text `command.<first name>`.
    """

    names: tuple[str, str]
    handler: Handler
    coordinators: bool = False
    in_menu: bool = True
