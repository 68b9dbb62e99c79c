"""Why a command cannot start: a code, its fields and one sentence each for the command line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

BAD_START: Final = 2  # exit status of a command that cannot start

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bad_command": "Cannot do that: {what}. `arenabot --help` lists the commands.",
        "no_token": "There is no bot token: get one from @BotFather in Telegram and set ARENABOT_TOKEN"
        " (or run `make demo`, which needs none).",
        "token_malformed": "ARENABOT_TOKEN does not look like a bot token (123456789:letters and digits):"
        " copy it again from @BotFather.",
        "token_refused": "Telegram refuses ARENABOT_TOKEN: copy it again, or make a new one, in @BotFather.",
        "telegram_unreachable": "No answer from {address}: check the network, a firewall or ARENABOT_API_BASE.",
        "database_unreachable": "Cannot use the database {database}: start it or correct ARENABOT_DATABASE_URL ({reason}).",
        "database_newer": "The database {database} was made by a newer Arenabot: install that release or a later one.",
        "database_other": "The database {database} has not this release's schema: run `arenabot migrate` first, or install the"
        " release that made it.",
        "no_such_scope": "There is no report of {what}: name an edition as ARENA-YEAR (almedalen-2027), a year, or years (2027-2029).",
        "report_folder": "Cannot write in the folder {path}: choose another with --out ({reason}).",
        "already_running": "Another bot already uses {path}: stop it, or choose another ARENABOT_DATA_FOLDER.",
        "demo_running": "Another demo already uses {path}: stop it, or choose another folder with DATA=.",
        "unknown_setting": "{name} is an unknown setting: correct or remove it; docs/settings.md lists those there are.",
        "setting_invalid": "A setting cannot be used: {what}. See docs/settings.md.",
        "port_in_use": "Port {port} is in use: choose another one, `PORT={other}` after make or `--port {other}` after arenabot.",
        "webhook_port_in_use": "Port {port} is in use: stop what uses it or choose another ARENABOT_WEBHOOK_PORT.",
        "folder_read_only": "Cannot write in the folder {path}: give the bot the right to, or choose another"
        " (ARENABOT_DATA_FOLDER; DATA= in the demo).",
        "sandbox_unusable": "The local Telegram cannot start: {reason}.",
        "bot_refused": "The bot did not start: what it says stands above.",
        "bot_keeps_stopping": "The bot stopped {times} times in a row at start: what it said stands above.",
    }
)


class StartupError(Exception):
    """The command cannot do its work until somebody changes something; `sentence` says what."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields

    @property
    def sentence(self) -> str:
        """One English line that says what to do."""
        return " ".join(SENTENCES[self.code].format(**self.fields).split())

    def __str__(self) -> str:
        return self.sentence
