"""What the local Telegram is started with."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class SandboxSettings:
    """Everything that a composition root decides.

    `port` 0 takes any free one. Without `state` nothing outlives the server. `initial_now` (aware) is where the clock
    starts when the state is new. `strict` refuses parameters that the Bot API does not know.
    """

    token: str = "1000000001:local-telegram-token-of-no-secrecy"  # noqa: S105 - it opens nothing but this server
    host: str = "127.0.0.1"
    port: int = 0
    bot_first_name: str = "Arenabot"
    bot_username: str = "arenabot_bot"
    state: Path | None = None
    people: Path | None = None
    initial_now: datetime | None = None
    frozen: bool = False
    strict: bool = False
    limits: bool = True
