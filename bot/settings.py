"""What an installation can set: environment variables that begin with ARENABOT_, or lines of an .env file.

Built in main() and handed on, never read at import.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.startup import StartupError

PREFIX: Final = "ARENABOT_"
TELEGRAM: Final = "https://api.telegram.org"
TOKEN_FORM: Final = re.compile(r"[0-9]{5,20}:[A-Za-z0-9_-]{30,64}")
SECRET_FORM: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")
KINDS: Final = frozenset({"call", "card", "file", "notice", "announcement"})
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def _database_in(data: dict[str, Any]) -> str:
    return f"sqlite:///{data.get('data_folder', 'data')}/arenabot.db"


def _api_of(data: dict[str, Any]) -> str:
    return data.get("sandbox_address") or TELEGRAM


def _kinds(value: str) -> frozenset[str]:
    return frozenset(kind.strip() for kind in value.split(",") if kind.strip())


class Settings(BaseSettings):
    """Everything an installation can set; docs/settings.md says the same, and a test compares them."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, hide_input_in_errors=True)

    token: SecretStr | None = Field(None, description="the bot's token, from @BotFather; needed by `run`")
    data_folder: Path = Field(Path("data"), description="folder of the database file and whatever else is kept")
    database_url: str = Field(
        default_factory=_database_in,
        repr=False,
        description="`sqlite:///path` (four slashes for an absolute path) or `postgresql://user:password@host/name`",
    )
    sandbox_address: str | None = Field(
        None, description="address of a local Telegram whose clock the bot follows; set by `demo`, loopback only"
    )
    api_base: str = Field(
        default_factory=_api_of, description="where the Bot API answers; change it for a Bot API server of your own"
    )
    mode: Literal["polling", "webhook"] = Field(
        "polling", description="`polling` fetches updates, `webhook` lets Telegram deliver them"
    )
    webhook_url: str | None = Field(
        None, description="public https address that Telegram delivers to; needed by `webhook`"
    )
    webhook_secret: SecretStr | None = Field(
        None, description="16–256 letters, digits, `_` and `-` that Telegram repeats; needed by `webhook`"
    )
    webhook_listen: str = Field("127.0.0.1", description="address on which webhook deliveries are received")
    webhook_port: int = Field(8443, ge=0, le=65535, description="port on which webhook deliveries are received")
    rate_per_second: float = Field(
        30,
        gt=0,
        description="messages a second to all chats together, evenly paced; Telegram allows 30, paid broadcasts 1000",
    )
    chat_burst: int = Field(
        3, ge=1, le=1000, description="messages that one chat may get at once before one a second applies"
    )
    group_per_minute: int = Field(20, ge=1, le=60_000, description="messages a minute to one group")
    window: int = Field(
        32, ge=1, le=1000, description="messages in flight at most, hence doubles at most after a sudden stop"
    )
    hold_uncertain: str | None = Field(
        None,
        description="kinds of message, with commas between (`call`, `card`, `file`, `notice`, `announcement`), that are not"
        " sent again when nobody knows whether they arrived; all others are",
    )
    flood_enabled: bool = Field(True, description="whether what one person sends too fast is refused")
    flood_limit: int = Field(30, ge=1, description="updates that one person may send within `flood_seconds`")
    flood_seconds: int = Field(10, ge=1, description="seconds over which `flood_limit` counts")
    inbox_hours: int = Field(48, ge=25, le=160, description="hours that handled updates are kept")
    outbox_days: int = Field(30, ge=1, description="days that sent messages are kept in the outbox")
    sent_ids_days: int = Field(180, ge=1, description="days that an announcement can be corrected in every chat")
    contact_request_months: int = Field(
        12, ge=1, description="months until a contact request loses its names and words"
    )
    free_line_months: int = Field(
        24, ge=1, description="months until what was written in free lines (evaluations, questions, matters) is emptied"
    )
    keep_matters: bool = Field(
        False,
        description="whether questions to coordinators and their answers are kept whole, as public records, also when a"
        " person is forgotten",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="`DEBUG`, `INFO`, `WARNING` or `ERROR`"
    )
    log_json: bool = Field(False, description="one JSON object a line instead of text, for log collectors")

    @field_validator("token", "webhook_url", "webhook_secret", "sandbox_address", "hold_uncertain", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("is neither sqlite:///path nor postgresql://user:password@host/name")
        return value

    @field_validator("hold_uncertain")
    @classmethod
    def _known_kinds(cls, value: str | None) -> str | None:
        if value is not None and (odd := _kinds(value) - KINDS):
            raise ValueError(f"knows no kind {min(odd)!r}")
        return value

    @field_validator("sandbox_address", "api_base")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("is no http address")
        return value and value.rstrip("/")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.sandbox_address is not None:
            if urlsplit(self.sandbox_address).hostname not in LOOPBACK:
                raise ValueError("ARENABOT_SANDBOX_ADDRESS must be on this machine (127.0.0.1)")
            if self.api_base != self.sandbox_address:
                raise ValueError("ARENABOT_SANDBOX_ADDRESS and ARENABOT_API_BASE name different servers")
        if self.mode == "webhook":
            if urlsplit(self.webhook_url or "").scheme != "https":
                raise ValueError("ARENABOT_MODE=webhook needs ARENABOT_WEBHOOK_URL, an https address")
            if not SECRET_FORM.fullmatch(self.webhook_secret.get_secret_value() if self.webhook_secret else ""):
                raise ValueError("ARENABOT_MODE=webhook needs ARENABOT_WEBHOOK_SECRET, 16–256 letters, digits, _ and -")
        return self

    def held_kinds(self) -> frozenset[str]:
        """Kinds of message that are not sent again when nobody knows whether they arrived."""
        return _kinds(self.hold_uncertain or "")

    def kept_by_law(self) -> frozenset[str]:
        """Tables that keep their words when a person is forgotten."""
        return frozenset({"matters"} if self.keep_matters else ())

    def bot_token(self) -> str:
        """Give the token in the clear. Raises StartupError: no_token, token_malformed."""
        if self.token is None:
            raise StartupError("no_token")
        token = self.token.get_secret_value()
        if not TOKEN_FORM.fullmatch(token):
            raise StartupError("token_malformed")
        return token


def load(env_file: Path = Path(".env")) -> Settings:
    """Read the environment and the .env file (the environment wins; beside a local Telegram it stands alone).

    Raises StartupError: unknown_setting, setting_invalid.
    """
    if f"{PREFIX}SANDBOX_ADDRESS" in os.environ:  # beside a local Telegram nothing of the real installation counts
        env_file = Path(os.devnull)
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in _ours([*os.environ, *dotenv_values(env_file)]):
        if name.upper() not in known:
            raise StartupError("unknown_setting", name=name)
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = "".join(f"{PREFIX}{part}".upper() for part in first["loc"][:1])
        reason = first["msg"].removeprefix("Value error, ")
        raise StartupError("setting_invalid", what=f"{name}: {reason}" if name else reason) from error


def _ours(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name.upper().startswith(PREFIX))
