"""What stands behind a button: a typed value in at most 64 bytes, untrusted when it comes back."""

from functools import cache
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.errors import DomainError

MAX_BYTES = 64
MAX_NUMBER = 2**63 - 1
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class UnknownButton(DomainError):
    """The data is none of ours, or from a version that is gone."""


def base36(number: int) -> str:
    """An integer in as few characters as `int(text, 36)` reads back."""
    if number < 0:
        return "-" + base36(-number)
    head, last = divmod(number, 36)
    return (base36(head) if head else "") + _DIGITS[last]


class Press(BaseModel):
    """Base of all buttons: `code.field.field…`, integers in base 36, an empty part is None.

    Subclasses set `code` (short, unique) and have fields of type int, str (no dots) or either with None. One that changes
    the object whose `revision` it carries is good `once`: when it comes again, which Telegram's apps make happen, it is
    told what it was told the first time.
    """

    # 150 kinds of buttons, of which a start needs none: each is worked out when it is first drawn or pressed
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    code: ClassVar[str]
    once: ClassVar[bool] = False

    def pack(self) -> str:
        """The callback data. Raises ValueError past 64 bytes."""
        parts = [self.code]
        for name in _fields(type(self)):
            value = getattr(self, name)
            parts.append("" if value is None else base36(value) if isinstance(value, int) else str(value))
        data = ".".join(parts)
        if len(data.encode()) > MAX_BYTES:
            raise ValueError(f"{data!r} is longer than a button holds")
        return data

    @classmethod
    def parse(cls, data: str | None) -> Self:
        """The value behind the data. Raises UnknownButton."""
        code, *parts = (data or "").split(".")
        fields = cls.model_fields
        if code != cls.code or len(parts) != len(fields):
            raise UnknownButton
        values: dict[str, Any] = {}
        try:
            for (name, field), part in zip(fields.items(), parts, strict=True):
                is_number = field.annotation in (int, int | None, bool)
                values[name] = None if part == "" else _number(part) if is_number else part
            return cls.model_validate(values)
        except (ValueError, ValidationError) as error:
            raise UnknownButton from error


@cache
def _fields(kind: type[Press]) -> tuple[str, ...]:
    return tuple(kind.model_fields)


def _number(part: str) -> int:
    """An integer that databases hold. Raises ValueError."""
    number = int(part, 36)
    if abs(number) > MAX_NUMBER:
        raise ValueError(part)
    return number


def code_of(data: str) -> str:
    """The code with which callback data begins."""
    return data.partition(".")[0]
