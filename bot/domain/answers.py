"""What is asked about an activity: what is answered, what lacks, what is locked, and what an answer may look like."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass
from bot.domain.model import Activity, Field, FieldKind
from bot.domain.text import clean, cut_at_word

COLUMNS = frozenset({"title", "kind"})
"""Fields whose answers are columns of the activity."""
MAX_NUMBER = 10_000


class FieldLocked(DomainError):
    """The field's deadline has passed; a coordinator can open it."""


class AnswerTooLong(DomainError):
    """More characters than the field takes: `n`, `limit`."""


class AnswerEmpty(DomainError):
    """Nothing was left of what was written."""


class NotANumber(DomainError):
    """A whole number was asked for."""


class FileWanted(DomainError):
    """A file was asked for, not words."""


class FileTooBig(DomainError):
    """More than 20 MB."""


class TextWanted(DomainError):
    """Words were asked for, not a file."""


class UnknownChoice(DomainError):
    """None of the field's choices."""


@dataclass(frozen=True, slots=True)
class Question:
    """A field with an activity's answer. `locked`: only a coordinator may change it now."""

    field: Field
    answer: Any
    locked: bool

    @property
    def lacks(self) -> bool:
        """Whether a required answer is missing."""
        return self.field.required and self.answer in (None, "", [])


def answer_of(activity: Activity, key: str) -> Any:
    """What an activity says to a field; None when nothing."""
    return getattr(activity, key) if key in COLUMNS else activity.answers.get(key)


def is_locked(field: Field, activity: Activity, now: datetime) -> bool:
    """Whether the field's deadline has passed and no coordinator has opened it for this activity."""
    return field.deadline_at is not None and field.deadline_at <= now and field.key not in activity.unlocked


def questions(fields: Iterable[Field], activity: Activity, now: datetime) -> list[Question]:
    """All that is asked about an activity, with its answers."""
    return [Question(f, answer_of(activity, f.key), is_locked(f, activity, now)) for f in fields]


def lacking(fields: Iterable[Field], activity: Activity, now: datetime) -> list[Question]:
    """The required fields without an answer, in their order."""
    return [q for q in questions(fields, activity, now) if q.lacks]


def parse_text(field: Field, written: str) -> str:
    """A free answer. Raises AnswerEmpty, AnswerTooLong (`short` is a proposal cut at a word)."""
    text = clean(written)
    if field.key == "title":
        text = " ".join(text.split())
    if not text:
        raise AnswerEmpty
    if field.max_length is not None and len(text) > field.max_length:
        raise AnswerTooLong(n=len(text), limit=field.max_length, short=cut_at_word(text, field.max_length))
    return text


def parse_number(written: str) -> int:
    """A whole number of people or things. Raises NotANumber."""
    text = clean(written)
    if not text.isdecimal() or int(text) > MAX_NUMBER:
        raise NotANumber
    return int(text)


def require_choice(field: Field, key: str) -> str:
    """One of the field's choices. Raises UnknownChoice."""
    if key not in {choice["key"] for choice in field.choices}:
        raise UnknownChoice
    return key


def toggled(chosen: Sequence[str] | None, key: str) -> list[str]:
    """The choices with one added or taken away."""
    now = list(chosen or ())
    return [k for k in now if k != key] if key in now else [*now, key]


def parse_answer(field: Field, written: str) -> Any:
    """What was written as the field's kind of answer. Raises the errors above."""
    return parse_number(written) if field.kind is FieldKind.NUMBER else parse_text(field, written)


def changes(activity: Activity, key: str, answer: Any) -> Mapping[str, Any]:
    """The activity's columns that a new answer changes."""
    return {key: answer} if key in COLUMNS else {"answers": {**activity.answers, key: answer}}
