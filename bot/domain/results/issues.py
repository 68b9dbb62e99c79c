"""What /fragor shows, and what is asked there."""

from collections.abc import Mapping, Sequence

from bot.domain.frozen import dataclass
from bot.domain.issues import Named, Tally
from bot.domain.model import (
    Actor,
    Arena,
    BookingView,
    Draft,
    Issue,
    Localised,
    Position,
    Stance,
    Statement,
    StatementVersion,
    TargetGroup,
)
from bot.domain.results.pages import Page


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue in the list, with how much there is about it."""

    issue: Issue
    followers: int
    activities: int
    joint: int
    follows: bool


@dataclass(frozen=True, slots=True)
class IssueList:
    """The issues in force, or all others (`rest`); `keeps`: the reader keeps the list; `own_joint`: how many joint
    actions the reader's actors are part of.
    """

    page: Page[IssueLine]
    keeps: bool
    coordinates: bool
    rest: bool
    others: int
    own_joint: int


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where the actors stand on an issue's statement. `earlier` of the answers are to how it read before."""

    statement: Statement
    versions: Sequence[StatementVersion]
    tally: Tally
    earlier: int
    own: Sequence[tuple[Actor, Stance | None]]


@dataclass(frozen=True, slots=True)
class IssueCard:
    """One issue. `takes_part`: the reader acts for an actor or coordinates; `acts`: for an actor."""

    line: IssueLine
    standpoint: Standpoint | None
    takes_part: bool
    acts: bool
    keeps: bool
    said: str | None = None

    @property
    def issue(self) -> Issue:
        """The issue."""
        return self.line.issue


@dataclass(frozen=True, slots=True)
class IssueActivities:
    """Booked activities that name an issue, on all arenas: those ahead first."""

    issue: Issue
    page: Page[BookingView]


@dataclass(frozen=True, slots=True)
class Groups:
    """An arena's target groups."""

    arena: Arena
    groups: Sequence[TargetGroup]


@dataclass(frozen=True, slots=True)
class NamingCard:
    """What a booking names and could name. `as_coordinator`: the reader fills it in for the actor; `first`: it is asked
    for the first time; `proposal`: an issue in the actor's words that waits for coordinators.
    """

    view: BookingView
    named: Named
    issues: Sequence[Issue]
    groups: Sequence[TargetGroup]
    proposal: str | None
    as_coordinator: bool
    several_actors: bool
    first: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class NamingList:
    """Bookings with what they name, those that lack it first; `lacking` of them do."""

    page: Page[tuple[BookingView, Named]]
    lacking: int


@dataclass(frozen=True, slots=True)
class ChooseIssue:
    """A proposed issue, and those that it could be."""

    matter_id: int
    revision: int
    proposal: str
    issues: Sequence[Issue]


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """A statement being written: its words so far, whether there is one already, and how many would be asked."""

    draft: Draft
    issue: Issue
    present: Statement | None
    text: Localised
    what_changed: Localised
    change: bool
    actors: int
    people: int


@dataclass(frozen=True, slots=True)
class StanceDraft:
    """An answer under way, at the step `draft.step`; `found` are actors like what was written."""

    draft: Draft
    issue: Issue
    statement: Statement
    position: Position | None
    actor: Actor | None
    actors: Sequence[Actor] = ()
    found: Sequence[Actor] = ()


@dataclass(frozen=True, slots=True)
class StanceSaved:
    """An answer that holds now."""

    issue: Issue
    stance: Stance
    actor: Actor
    told: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where each actor stands, a page at a time."""

    issue: Issue
    standpoint: Standpoint
    page: Page[tuple[Stance, str]]
    earlier_of: Mapping[int, int]
    keeps: bool


@dataclass(frozen=True, slots=True)
class StanceHistory:
    """All that an actor has answered to a statement."""

    issue: Issue
    actor: Actor
    stances: Sequence[Stance]


@dataclass(frozen=True, slots=True)
class StatementAsked:
    """What actors are asked to stand behind, as a reader's message says it: `actors` of theirs have not answered."""

    issue: Issue
    statement: Statement
    version: StatementVersion
    actors: Sequence[Actor] = ()
