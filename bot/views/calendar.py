"""Calendar files (.ics, RFC 5545): one event, or a programme of many. Texts come in the reader's language."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from bot.domain.frozen import dataclass


class Method(StrEnum):
    """What the file asks the calendar to do."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Entry:
    """An event: instants UTC, `uid` the same for its whole life, `sequence` higher at each change."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    description: str = ""


def ics(
    entries: Sequence[Entry], *, zone: str, stamp_at: datetime, method: Method = Method.PUBLISH, name: str | None = None
) -> bytes:
    """The file's bytes: times local to `zone` with its rules beside them, stamped `stamp_at` (UTC).

    `name` is shown by calendars that subscribe; METHOD:CANCEL marks each event as cancelled.
    """
    from bot.views import calendar_file  # noqa: PLC0415  # its library is loaded by who makes a file

    return calendar_file.write(entries, zone=zone, stamp_at=stamp_at, method=method, name=name)
