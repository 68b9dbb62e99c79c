"""What several actors do together for an issue."""

from datetime import date, datetime
from enum import StrEnum

from bot.domain.frozen import dataclass


class JointState(StrEnum):
    """How far it has come."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    GIVEN_UP = "given_up"

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done."""
        return self in {JointState.DONE, JointState.GIVEN_UP}


class JointActorState(StrEnum):
    """An invited actor accepts or declines in its own chat."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class JointAction:
    """What is done together under an issue, who leads it, by when (a day in Swedish time), and what came of it.

    `done_at` is when it ended: was done, or given up.
    """

    id: int
    issue_id: int
    lead_actor_id: int
    person_id: int | None
    what: str
    due_on: date
    state: JointState
    outcome: str | None
    created_at: datetime
    done_at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class JointActor:
    """An actor's part in a joint action; the first one that accepted started it."""

    id: int
    joint_action_id: int
    actor_id: int
    state: JointActorState
    invited_at: datetime
    answered_at: datetime | None
    person_id: int | None
    revision: int
