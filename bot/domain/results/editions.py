"""What editing editions has come to."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from bot.domain.answers import COLUMNS
from bot.domain.attributes import Attribute, UnknownOption
from bot.domain.frozen import dataclass
from bot.domain.model import Arena, Draft, Edition, FeeStep, Field, FieldKind
from bot.domain.sheets import Sheet
from bot.domain.year import Clash

HOME = "Europe/Stockholm"
"""The zone of what belongs to no arena."""


@dataclass(frozen=True, slots=True)
class ArenaEditions:
    """An arena that the person runs, with its editions, latest first."""

    arena: Arena
    editions: Sequence[Edition]


@dataclass(frozen=True, slots=True)
class EditionCard:
    """An edition with what there is of it. `outside` counts slots that lie outside its days."""

    edition: Edition
    arena: Arena
    stages: int
    slots: int
    outside: int
    fields: int
    fees: Sequence[FeeStep]
    clashes: Sequence[Clash] = ()
    """Other arenas' editions that share days with it."""


@dataclass(frozen=True, slots=True)
class Start:
    """A new edition: of which arena, and from which earlier one it can be made."""

    arena: Arena
    latest: Edition | None


@dataclass(frozen=True, slots=True)
class WhichDates:
    """A new edition's dates are awaited."""

    draft: Draft
    arena: Arena
    source: Edition | None


@dataclass(frozen=True, slots=True)
class SheetCard:
    """A record's attributes. `edition` is None for an arena's words and its target groups, `arena` for an issue too;
    `saved` when it has just changed; `clashes` are told where an edition's days are.
    """

    sheet: Sheet
    record: Any
    arena: Arena | None
    edition: Edition | None
    saved: bool = False
    clashes: Sequence[Clash] = ()

    @property
    def zone(self) -> str:
        """Where its times are local."""
        if self.edition is not None:
            return self.edition.zone
        return self.arena.zone if self.arena is not None else HOME

    @property
    def attributes(self) -> list[Attribute]:
        """Those that matter: a length for texts, choices for what chooses; title and kind keep their shape."""
        if not isinstance(self.record, Field):
            return list(self.sheet.attributes)
        unused = set() if self.record.kind in {FieldKind.CHOICE, FieldKind.CHOICES} else {"choices"}
        unused |= set() if self.record.kind is FieldKind.TEXT else {"max_length"}
        unused |= {"kind", "choices"} if self.record.key in COLUMNS else set()
        return [attribute for attribute in self.sheet.attributes if attribute.name not in unused]

    def attribute(self, name: str) -> Attribute:
        """The attribute of that name, if it matters. Raises UnknownOption."""
        for attribute in self.attributes:
            if attribute.name == name:
                return attribute
        raise UnknownOption


@dataclass(frozen=True, slots=True)
class Question:
    """A value is awaited: pressed or, with a draft, written. `touches` counts bookings whose people will be told."""

    card: SheetCard
    attribute: Attribute
    language: str
    draft: Draft
    touches: int = 0


@dataclass(frozen=True, slots=True)
class FieldList:
    """An edition's fields: those in use, or those put away."""

    edition: Edition
    fields: Sequence[Field]
    archived: int
    shows_archived: bool


@dataclass(frozen=True, slots=True)
class FeeList:
    """An edition's fee steps."""

    edition: Edition
    steps: Sequence[FeeStep]


@dataclass(frozen=True, slots=True)
class Asked:
    """Words are awaited for something new: what (`step`), and for which edition."""

    draft: Draft
    edition: Edition


Written: TypeAlias = SheetCard | EditionCard | FieldList | FeeList
"""What a text can lead to."""
