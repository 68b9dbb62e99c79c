"""What came of activities and editions, as those who took part answered, and who was asked."""

from datetime import datetime
from enum import StrEnum

from bot.domain.frozen import dataclass


class GivenBy(StrEnum):
    """Who gave an answer: the actor's own people, or a coordinator for them."""

    ACTOR = "actor"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class ActivityEvaluation:
    """One answer for all of the owner's people. What is None is not answered.

    `satisfied` and `worth` are 1–5, `again` is yes, perhaps or no; `groups_came` are ids of target groups, `led_to` keys
    of `evaluation.LED_TO`. An activity that was not held has no scores and nobody came. `person_id` is who answered last.
    """

    id: int
    activity_id: int
    actor_id: int
    person_id: int | None
    held: bool | None
    came: int | None
    satisfied: int | None
    worth: int | None
    again: str | None
    groups_came: tuple[int, ...] | None
    led_to: tuple[str, ...] | None
    comment: str | None
    given_by: GivenBy
    answered_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class EditionEvaluation:
    """One person's answers about an edition: satisfied with the arena and with the help, 1–5, and what to change."""

    id: int
    edition_id: int
    person_id: int | None
    actor_id: int | None
    satisfied: int | None
    help: int | None
    change: str | None
    answered_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody was asked something: what (`kind`), about what (`subject`), and when they were reminded.

    Without a person a coordinator was left to ask an actor that has nobody in Telegram, or the person is forgotten.
    """

    id: int
    kind: str
    subject: str
    actor_id: int | None
    person_id: int | None
    asked_at: datetime
    reminded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ambassador:
    """What a person answered to "will you be an ambassador for this arena?": yes or no; withdrawn at any time."""

    id: int
    edition_id: int
    person_id: int | None
    actor_id: int | None
    answer: str
    answered_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """What was measured elsewhere: `value` of `out_of` in a year, by how many (where known), and the source."""

    id: int
    arena_id: int
    year: int
    measure: str
    value: float
    out_of: float
    answers: int | None
    source: str
    person_id: int | None
    entered_at: datetime
    revision: int
