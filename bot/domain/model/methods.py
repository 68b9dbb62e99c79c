"""How actors did it, and what others ask them about it."""

from datetime import datetime

from bot.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Method:
    """«Så gjorde vi»: what an activity's owner did, what worked and what they would change; perhaps a file.

    The file is Telegram's own, `file_kind` is "document" or "photo". `person_id` is who wrote it, which nobody is shown.
    """

    id: int
    activity_id: int
    actor_id: int
    person_id: int | None
    did: str
    worked: str
    change: str
    file_id: str | None
    file_name: str | None
    file_kind: str | None
    shared_at: datetime
    withdrawn_at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class MethodQuestion:
    """A question to a method's author. `actor_id` and `person_id` ask; an asker without actor is a coordinator."""

    id: int
    method_id: int
    actor_id: int | None
    person_id: int | None
    text: str | None
    answer: str | None
    answered_by: int | None
    asked_at: datetime
    answered_at: datetime | None
    revision: int
