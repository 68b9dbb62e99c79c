"""What the evaluations' cards show: to those who answer, and to coordinators."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from bot.domain.figures import Figure
from bot.domain.frozen import dataclass
from bot.domain.model import (
    ActivityEvaluation,
    Ambassador,
    Arena,
    BookingView,
    Draft,
    EarlierResult,
    Edition,
    EditionEvaluation,
    Localised,
    Person,
)


@dataclass(frozen=True, slots=True)
class Evaluating:
    """An activity's evaluation: what is answered, and the question that is asked (None: the whole answer is shown).

    `groups` are the arena's target groups by id; `answered_by` is who answered, where that is somebody else than the
    reader; `for_actor`: a coordinator answers for the actor; `locked`: the answer is the actor's own, and only shown;
    `with_edition`: the edition's own evaluation is under way; `unnamed`: what it argued for is not named; `has_method`:
    how it was done is shared.
    """

    view: BookingView
    evaluation: ActivityEvaluation | None
    question: str | None
    draft: Draft | None = None
    groups: Mapping[int, Localised] = field(default_factory=dict)
    answered_by: Person | None = None
    for_actor: bool = False
    locked: bool = False
    with_edition: bool = False
    unnamed: bool = False
    has_method: bool = False

    @property
    def revision(self) -> int:
        """What the card's buttons carry; 0 where nothing is answered."""
        return self.evaluation.revision if self.evaluation is not None else 0


@dataclass(frozen=True, slots=True)
class EvaluatingEdition:
    """A person's evaluation of an edition and the question that is asked (None: all is answered).

    `activities` are those of theirs that nobody has evaluated, `unshared` those that were held and of which nobody has
    shared how they did it.
    """

    edition: Edition
    evaluation: EditionEvaluation | None
    question: str | None
    draft: Draft | None
    ambassador: Ambassador | None
    activities: Sequence[BookingView]
    unshared: Sequence[BookingView]


@dataclass(frozen=True, slots=True)
class EditionResults:
    """An edition's figures beside those of the year before and what was measured elsewhere, latest first."""

    edition: Edition
    figures: Mapping[str, Figure]
    before: Edition | None
    figures_before: Mapping[str, Figure] | None
    earlier: Sequence[EarlierResult]
    groups: Mapping[int, Localised]
    others: bool
    """Whether the reader has other editions to look at."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A page of an edition's activities, each with what was answered."""

    edition: Edition
    activities: Sequence[tuple[BookingView, ActivityEvaluation | None]]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class FreeLines:
    """A page of what was written about an edition: whose activity it is about (None: the edition), and the words."""

    edition: Edition
    lines: Sequence[tuple[BookingView | None, str]]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Willing:
    """Who said yes to being an ambassador for the edition's arena, each with their actor's name."""

    edition: Edition
    arena: Arena
    people: Sequence[tuple[Person, str | None]]


@dataclass(frozen=True, slots=True)
class EarlierResults:
    """What was measured elsewhere of an arena; `draft` awaits another one of `measure`."""

    arena: Arena
    edition_id: int
    results: Sequence[EarlierResult]
    draft: Draft | None = None
    measure: str | None = None
