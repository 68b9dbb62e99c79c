"""Telegram's answers and what to do about them, from status, description and parameters."""

from collections.abc import Collection
from typing import Final

from bot.domain.outgoing import Dead, Delivery, Migrated, Outcome, Retry
from bot.domain.ports.delivery import NotSent, Refused, Uncertain

LONGEST_PAUSE: Final = 300.0
UNAUTHORISED_PAUSE: Final = 60.0

AS_WANTED: Final = ("message is not modified", "message to delete not found", "query is too old", "query id is invalid")
GONE: Final = ("message to edit not found", "message can't be edited")
LOST_FILE: Final = ("wrong file identifier", "wrong remote file", "file_id")


def is_as_wanted(error: Refused) -> bool:
    """Whether things are as the call would have made them, or as they need no call any more."""
    return error.code == 400 and _says(error, AS_WANTED)  # noqa: PLR2004  # Telegram's codes are HTTP's


def is_gone(error: Refused) -> bool:
    """Whether the message that was to be edited is not there."""
    return error.code == 400 and _says(error, GONE)  # noqa: PLR2004  # likewise


def is_lost_file(error: Refused) -> bool:
    """Whether a file that Telegram once had must be sent anew."""
    return error.code == 400 and _says(error, LOST_FILE)  # noqa: PLR2004  # likewise


def _says(error: Refused, words: tuple[str, ...]) -> bool:
    description = error.description.lower()
    return any(each in description for each in words)


def pause_of(attempts: int) -> float:
    """Seconds before another try: doubling from one to five minutes."""
    return min(2.0 ** min(attempts, 16), LONGEST_PAUSE)


def outcome_of(
    error: Refused | NotSent | Uncertain, row: Delivery, *, steps: int, hold: Collection[str] = ()
) -> Outcome:
    """What becomes of a row; `steps` of its calls are done. What may have arrived is not sent again if its kind is held."""
    if isinstance(error, NotSent):
        return Retry(pause_of(row.attempts), f"not sent: {error}", steps=steps)
    if isinstance(error, Uncertain):
        if row.kind in hold:
            return Dead(f"held, no answer: {error}")
        return Retry(pause_of(row.attempts), f"no answer: {error}", uncertain=True, steps=steps)
    return _of_refusal(error, row, steps=steps)


def _of_refusal(error: Refused, row: Delivery, *, steps: int) -> Outcome:
    match error:
        case Refused(migrate_to=int(chat_id)):
            return Migrated(chat_id)
        case Refused(code=429):
            return Retry(error.retry_after or pause_of(row.attempts), str(error), steps=steps, counted=False)
        case Refused(code=401):
            return Retry(UNAUTHORISED_PAUSE, str(error), steps=steps, counted=False)
        case Refused(code=403):
            return Dead(str(error), unreachable=True)
        case Refused(code=400, description=text) if "chat not found" in text.lower() and row.attempts == 0:
            return Retry(pause_of(0), str(error), steps=steps)
    return Dead(str(error))
