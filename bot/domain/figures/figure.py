"""A figure, its key and the number by which it is found again; docs/resultat.md says what each counts."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.domain.frozen import dataclass

FAMILIES: Final[Mapping[int, tuple[str, ...]]] = MappingProxyType(
    {
        1: (
            "issues.current",
            "issues.named",
            "issues.activities",
            "activities.consensus",
            "stances.statements",
            "stances.actors",
            "stances.older",
            "stances.decided",
            "stances.official",
            "stances.by_issue",
            "joint.planned",
            "joint.under_way",
            "joint.done",
            "joint.given_up",
            "joint.late",
            "joint.actors",
        ),
        2: (
            "activities.knowledge",
            "activities.all",
            "activities.over",
            "activities.held",
            "activities.not_held",
            "activities.unanswered",
            "visitors.total",
            "visitors.activities",
            "groups.meant",
            "groups.came",
            "outcomes",
            "named.purpose",
            "named.issue",
            "named.group",
            "activities.answered_for",
        ),
        3: ("activities.methods", "methods.shared", "methods.actors", "methods.asked_about", "methods.questions"),
        4: (
            "contacts.asked",
            "contacts.exchanged",
            "ambassadors",
            "activities.joint",
            "actors.together",
        ),
        5: (
            "editions.over",
            "editions.level",
            "own.activities",
            "own.blocks",
            "own.activities.level",
            "own.blocks.level",
            "activities.level",
            "visitors.level",
            "frame",
            "outturn",
            "others.activities.level",
            "outturn.editions",
        ),
        6: (
            "actors.others",
            "actors.new",
            "actors.returning",
            "actors.public",
            "actors.private",
            "actors.association",
            "actors.absent",
            "others.activities",
            "slots.offered",
            "slots.asked",
            "slots.booked",
            "slots.used",
            "municipalities",
            "municipalities.actors",
            "satisfied",
            "worth",
            "again",
            "edition.satisfied",
            "edition.help",
            "trend",
            "earlier",
            "actors.new.kind",
            "actors.returning.kind",
        ),
    }
)
"""The families of figures of each result, in the order of their numbers: the first of result 1 is 1.1."""

MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {family: f"{result}.{at}" for result, families in FAMILIES.items() for at, family in enumerate(families, 1)}
)


@dataclass(frozen=True, slots=True)
class Basis:
    """What answers a figure rests on: asked, answered, and how many of these lie in groups that may be shown."""

    asked: int
    answered: int
    shown: int

    @property
    def left_out(self) -> int:
        """How many of the answers may not be shown."""
        return self.answered - self.shown


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of a family, or of one part of it (an issue, a target group, a municipality).

    `value` None is a figure that cannot be given: `withheld` where too few answered, else nothing was measured. `of` is
    what it is a part of.
    """

    family: str
    value: float | None
    part: str | None = None
    name: Mapping[str, str] | None = None
    """What the part is called, where it is not one of the program's own words."""
    of: float | None = None
    basis: Basis | None = None
    withheld: bool = False

    @property
    def key(self) -> str:
        """Its name: the family, and the part."""
        return self.family if self.part is None else f"{self.family}.{self.part}"

    @property
    def mark(self) -> str:
        """The number of its family."""
        return MARKS[self.family]
