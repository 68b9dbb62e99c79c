"""Logging: to standard error, without tokens, without anybody's messages."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Final, Literal

TOKEN: Final = re.compile(r"[0-9]{5,20}(?::|%3[Aa])[A-Za-z0-9_-]{30,64}")
PASSWORD: Final = re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]+@")
REDACTED: Final = "<token>"
NOISY: Final = ("httpx", "httpcore", "aiohttp.access", "alembic", "apscheduler", "telegram", "aiosqlite", "asyncio")


def redact(text: str) -> str:
    """Strike out what looks like a bot token and the passwords of addresses."""
    return PASSWORD.sub(r"\1:<password>@", TOKEN.sub(REDACTED, text))


class RedactingFormatter(logging.Formatter):
    """A line of text: time (UTC), level, logger, message; redacted whole, tracebacks too."""

    converter = staticmethod(lambda seconds: datetime.fromtimestamp(seconds or 0, UTC).timetuple())

    def __init__(self) -> None:
        super().__init__("%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """Render and redact."""
        return redact(super().format(record))


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
        if record.exc_info:
            line["traceback"] = redact(self.formatException(record.exc_info))
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
