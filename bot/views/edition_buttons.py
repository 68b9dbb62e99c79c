"""Buttons that lead between a coordinator's cards: the overview, editions, stages and slots."""

from typing import ClassVar

from bot.views.press import Press


class Coordinate(Press):
    """What waits, and the editions to come."""

    code: ClassVar[str] = "cc"


class Editions(Press):
    """The arenas that the person runs, with their editions."""

    code: ClassVar[str] = "ee"


class OpenEdition(Press):
    """One edition."""

    code: ClassVar[str] = "ec"
    edition_id: int


class OpenSheet(Press):
    """A record's attributes."""

    code: ClassVar[str] = "es"
    sheet: str
    record_id: int


class Stages(Press):
    """An edition's stages."""

    code: ClassVar[str] = "gs"
    edition_id: int


class OpenStage(Press):
    """A stage's days."""

    code: ClassVar[str] = "go"
    stage_id: int


class OpenSlot(Press):
    """One slot."""

    code: ClassVar[str] = "gv"
    slot_id: int
