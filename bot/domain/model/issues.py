"""What the arenas argue for: issues, what an activity names, and where actors stand."""

from datetime import datetime
from enum import StrEnum

from bot.domain.frozen import dataclass
from bot.domain.model.arenas import Localised
from bot.domain.model.evaluations import GivenBy


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """One of the groups that an arena is for."""

    id: int
    arena_id: int
    name: Localised
    position: int
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Issue:
    """A prioritised advocacy issue, in force from a year to a year (None: until further notice).

    `example` marks one that came with the installation to show what an issue can be.
    """

    id: int
    title: Localised
    paragraph: Localised
    from_year: int
    to_year: int | None
    example: bool
    position: int
    created_at: datetime
    archived_at: datetime | None
    revision: int

    def is_in_force(self, year: int) -> bool:
        """Whether it can be named by what takes place in a year."""
        return self.archived_at is None and self.from_year <= year <= (self.to_year or year)


class Purpose(StrEnum):
    """What an activity is for: the project's three kinds."""

    CONSENSUS = "consensus"
    KNOWLEDGE = "knowledge"
    METHODS = "methods"


@dataclass(frozen=True, slots=True)
class Naming:
    """Whether an activity's people were asked what it is for: when, skipped, asked once more; an issue they proposed."""

    id: int
    activity_id: int
    proposal: str | None
    asked_at: datetime | None
    skipped_at: datetime | None
    asked_again_at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class Aim:
    """One thing that an activity names: an issue, a purpose or a target group, and who named it."""

    id: int
    activity_id: int
    issue_id: int | None
    purpose: Purpose | None
    target_group_id: int | None
    named_by: GivenBy
    named_at: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """What actors are asked to stand behind under an issue, as it reads now."""

    id: int
    issue_id: int
    text: Localised
    version: int
    revision: int


class VersionKind(StrEnum):
    """How a statement came to read as it does: a correction asks nobody."""

    FIRST = "first"
    CORRECTION = "correction"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class StatementVersion:
    """A statement as it read from an instant on."""

    id: int
    statement_id: int
    version: int
    kind: VersionKind
    text: Localised
    what_changed: Localised | None
    person_id: int | None
    written_at: datetime


class Position(StrEnum):
    """Where an actor stands."""

    BEHIND = "behind"
    RESERVED = "reserved"
    ABSTAINS = "abstains"


@dataclass(frozen=True, slots=True)
class Stance:
    """An actor's answer to a statement (`version` is how it read), until `replaced_at` if another came.

    `decided`: the organisation has decided it; otherwise it is an official's assessment. `source` tells where a decision
    stands that a coordinator entered.
    """

    id: int
    statement_id: int
    actor_id: int
    version: int
    position: Position
    reservation: str | None
    decided: bool
    source: str | None
    given_by: GivenBy
    person_id: int | None
    given_at: datetime
    replaced_at: datetime | None
