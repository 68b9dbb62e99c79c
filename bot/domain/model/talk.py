"""What is said: dialogues, matters, errands, announcements and reminders; and who did what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.errors import StepSkipped
from bot.domain.frozen import dataclass


class Answered(dict[str, Any]):
    """A dialogue's answers so far; one that is asked for too early is refused."""

    def __missing__(self, key: str) -> Any:
        """Raise StepSkipped."""
        raise StepSkipped


@dataclass(frozen=True, slots=True)
class Draft:
    """A dialogue's state: its kind, the step it waits at and the answers so far. At most one awaits text."""

    id: int
    chat_id: int
    person_id: int
    card_id: int | None
    kind: str
    step: str
    data: Mapping[str, Any]
    awaits_text: bool
    open: bool
    created_at: datetime
    updated_at: datetime
    revision: int

    def __post_init__(self) -> None:
        """Buttons may be pressed in any order, drawn or not."""
        object.__setattr__(self, "data", Answered(self.data))


@dataclass(frozen=True, slots=True)
class Matter:
    """A question or a change that waits for a coordinator."""

    id: int
    kind: str
    arena_id: int | None
    edition_id: int | None
    actor_id: int | None
    booking_id: int | None
    person_id: int
    text: str
    detail: Mapping[str, Any]
    message_id: int | None
    state: str
    answer: str | None
    answered_by: int | None
    answered_at: datetime | None
    created_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do by mail or phone for an actor with nobody in Telegram."""

    id: int
    key: str
    kind: str
    arena_id: int | None
    actor_id: int
    booking_id: int | None
    detail: Mapping[str, Any]
    created_at: datetime
    done_at: datetime | None
    done_by: int | None


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a coordinator sends to many: content by language, frozen when confirmed; the audience as it was chosen."""

    id: int
    created_by: int
    arena_id: int | None
    content: Mapping[str, Any]
    audience: Mapping[str, Any]
    receipts: bool
    state: str
    send_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    card_id: int | None
    revision: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person whom an announcement goes to, and how it went."""

    id: int
    announcement_id: int
    person_id: int
    language: str
    state: str
    reason: str | None
    message_id: int | None
    sent_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something the bot will say by itself: what (`kind`, `subject`), whom, when.

    Without a person it is for an actor with nobody in Telegram: a coordinator passes it on.
    """

    id: int
    kind: str
    subject: str
    person_id: int | None
    due_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what."""

    id: int
    at: datetime
    person_id: int | None
    act: str
    subject: str
    detail: Mapping[str, Any]
