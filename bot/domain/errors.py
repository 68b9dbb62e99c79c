"""What can go wrong, as nouns of the condition: a code and its fields, no prose (that lives in bot/texts)."""

from typing import Any, ClassVar


class DomainError(Exception):
    """A rule said no; it undoes what the update wrote and becomes one message in the reader's language.

    `code` names the text `error.<code>`; `fields` are the values it mentions.
    """

    code: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Every error that is raised has a code of its own."""
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            cls.code = "".join("_" + c.lower() if c.isupper() else c for c in cls.__name__).lstrip("_")

    def __init__(self, **fields: Any) -> None:
        super().__init__(self.code)
        self.fields = fields


class NotFound(DomainError):
    """What the button or link names is not there, or not for this person."""


class NotAllowed(DomainError):
    """The person may not do this (any more)."""


class Outdated(DomainError):
    """The thing has changed since the card was drawn; the present state is shown instead."""


class StepSkipped(DomainError):
    """The button goes on from a question of the dialogue that has not been answered yet."""


class DatabaseUnavailable(Exception):  # a condition, not a fault of the update
    """The database cannot be used now (connection, full, locked, I/O, deadlock); try the same work again later."""
