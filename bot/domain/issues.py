"""Rules of issues: how much may be named, how long words may be, how stances are counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Final, Protocol

from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass
from bot.domain.model import Aim, Position, StatementVersion, VersionKind

TITLE_MAX, PARAGRAPH_MAX, GROUP_MAX = 80, 600, 60
STATEMENT_MAX, RESERVATION_MAX, SOURCE_MAX = 400, 300, 200
PROPOSAL_MAX = 200
ISSUES_MAX = 3
"""Issues that one activity names at most."""
ASKED: Final = "stance"
"""The kind of `askings`: which actors were asked about a statement's version, and when."""


def statement_subject(statement_id: int, version: int) -> str:
    """How `askings` name a version that asked."""
    return f"statement:{statement_id}:{version}"


class TooManyIssues(DomainError):
    """An activity names no more than `limit`."""


class IssueNotInForce(DomainError):
    """The issue is archived, or of other years than the edition."""


class GroupOfAnotherArena(DomainError):
    """The target group is not one of the arena's own, or is archived."""


class NothingChanged(DomainError):
    """The statement would read as it does."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many actors stand where: what organisations have decided and what officials assess are kept apart."""

    decided: Mapping[Position, int] = field(default_factory=dict)
    assessed: Mapping[Position, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All that have answered."""
        return sum(self.decided.values()) + sum(self.assessed.values())


class Stood(Protocol):
    """An actor's answer to a statement."""

    @property
    def decided(self) -> bool:
        """By the organisation; else it is an official's assessment."""

    @property
    def position(self) -> str:
        """Where the actor stands."""


class Worded(Protocol):
    """A version of a statement."""

    @property
    def version(self) -> int:
        """Its number."""

    @property
    def kind(self) -> str:
        """The first, a change or a correction."""


def tally(stances: Iterable[Stood]) -> Tally:
    """Count answers that hold."""
    counted = Counter((stance.decided, stance.position) for stance in stances)
    return Tally(
        {position: counted[True, position] for position in Position},
        {position: counted[False, position] for position in Position},
    )


def is_older(version: int, versions: Iterable[Worded]) -> bool:
    """Whether a statement has been changed since a version; a correction is no change."""
    return any(later.kind == VersionKind.CHANGE and later.version > version for later in versions)


def asking(versions: Sequence[StatementVersion]) -> StatementVersion:
    """The latest of a statement's versions that actors were asked about: a correction asks nobody."""
    return [version for version in versions if version.kind is not VersionKind.CORRECTION][-1]


@dataclass(frozen=True, slots=True)
class Named:
    """What an activity names: issues and target groups by id, purposes by word."""

    issues: Sequence[int] = ()
    purposes: Sequence[str] = ()
    groups: Sequence[int] = ()

    @property
    def is_whole(self) -> bool:
        """Whether each of the three is named."""
        return bool(self.issues and self.purposes and self.groups)


def named(aims: Iterable[Aim]) -> Named:
    """One activity's aims by what they are."""
    known = list(aims)
    return Named(
        [aim.issue_id for aim in known if aim.issue_id is not None],
        [aim.purpose.value for aim in known if aim.purpose is not None],
        [aim.target_group_id for aim in known if aim.target_group_id is not None],
    )
