"""How the bot is: what waits, what was sent, what went wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.frozen import dataclass
from bot.domain.outgoing import Priority


@dataclass(frozen=True, slots=True)
class Fault:
    """A message that was given up or something due that fails (`kind` tells which), or an update that could not be
    handled (None), and why.
    """

    at: datetime
    kind: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits and what was sent, as the database has it. Ages and silences are seconds of the database's time.

    `received_at` is when the oldest update that waits came (the domain's time), `oldest_seconds` how long the oldest
    row has waited, `silent_seconds` for how long Telegram has asked for silence, `lately` what was sent in a minute;
    `dead` and `aside` are of a day, `failing` is what was due and fails still, `faults` the last of them all.
    """

    updates: int
    received_at: datetime | None
    rows: Mapping[Priority, int]
    oldest_seconds: float | None
    silent_seconds: float
    lately: int
    dead: int
    aside: int
    failing: int
    faults: Sequence[Fault]


@dataclass(frozen=True, slots=True)
class Health:
    """The backlog, and for how many seconds the oldest update has waited (None: none does)."""

    backlog: Backlog
    update_seconds: float | None
