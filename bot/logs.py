"""Logging: to standard error, without tokens, without anybody's name or words."""

import copy
import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Final, Literal

TOKEN: Final = re.compile(r"[0-9]{5,20}(?::|%3[Aa])[A-Za-z0-9_-]{30,64}")
PASSWORD: Final = re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]+@")
REDACTED: Final = "<token>"
NOISY: Final = ("httpx", "httpcore", "aiohttp.access", "alembic", "apscheduler", "telegram", "aiosqlite", "asyncio")


def redact(text: str) -> str:
    """Strike out what looks like a bot token and the passwords of addresses."""
    return PASSWORD.sub(r"\1:<password>@", TOKEN.sub(REDACTED, text))


def trace(error: BaseException) -> str:
    """Where an error came from, what led to it first: kinds and lines of code, nothing that it says. People's words may
    stand in that, such as a value that a database refused.
    """
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = "".join(traceback.format_tb(error.__traceback__))
    parts = [
        *([trace(earlier)] if earlier is not None else []),
        f"Traceback (most recent call last):\n{lines}{type(error).__module__}.{type(error).__qualname__}",
        *([trace(each) for each in error.exceptions] if isinstance(error, BaseExceptionGroup) else []),
    ]
    return "\n\n".join(parts)


class RedactingFormatter(logging.Formatter):
    """A line of text: time (UTC), level, logger, message; redacted whole, and below it where an error came from."""

    converter = staticmethod(lambda seconds: datetime.fromtimestamp(seconds or 0, UTC).timetuple())

    def __init__(self) -> None:
        super().__init__("%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """Render and redact."""
        own = copy.copy(record)
        own.exc_text = None  # another handler's way to tell the error
        return redact(super().format(own))

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's name
        """Without what the error says."""
        return trace(ei[1])


class JsonFormatter(logging.Formatter):
    """One JSON object a line with the same content."""

    def format(self, record: logging.LogRecord) -> str:
        """Render and redact."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["traceback"] = redact(trace(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def set_up(level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO", *, as_json: bool = False) -> None:
    """Send every logger's lines to standard error; libraries that tell each request only from WARNING on.

    Redaction sits in the handler's formatter, the last place that every line passes, whichever library wrote it.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if as_json else RedactingFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(capture=True)
