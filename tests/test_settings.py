"""Settings: what the environment may say, and that docs/settings.md tells the same."""

import os
import re
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.settings import PREFIX, Settings, load
from bot.startup import SENTENCES, StartupError

DOCUMENT = Path(__file__).parents[1] / "docs" / "settings.md"
TOKEN = "123456789:AAFakeTokenOfTheTestsThatOpensNothing0"
NOWHERE = Path("no-such-folder/.env")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def shown_default(name: str) -> str:
    """How the document shows a default."""
    value = getattr(Settings(_env_file=None), name)
    if value is None:
        return "–"
    return f"`{str(value).lower() if isinstance(value, bool) else f'{value:g}' if isinstance(value, float) else value}`"


def rows_of(heading: str) -> list[tuple[str, ...]]:
    """The cells of the table below a heading, without the table's own head."""
    section = DOCUMENT.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in table[2:]]


def refusal(error: pytest.ExceptionInfo[StartupError]) -> tuple[str, str]:
    return error.value.code, error.value.sentence


def test_the_document_lists_every_setting_with_its_default_and_nothing_else() -> None:
    fields = Settings.model_fields.items()
    assert rows_of("Settings") == [
        (f"`{PREFIX}{name.upper()}`", shown_default(name), field.description) for name, field in fields
    ]


def test_the_document_lists_every_command_and_nothing_else() -> None:
    assert rows_of("Commands") == [(f"`{command.name}`", command.does) for command in COMMANDS]


def test_the_document_lists_every_reason_not_to_start_and_nothing_else() -> None:
    assert rows_of("When it does not start") == [(f"`{code}`", says) for code, says in SENTENCES.items()]


def test_every_setting_that_is_documented_can_be_set_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARENABOT_TOKEN", TOKEN)
    monkeypatch.setenv("ARENABOT_INBOX_HOURS", "30")
    monkeypatch.setenv("ARENABOT_FLOOD_ENABLED", "false")
    assert load(NOWHERE) == Settings(
        _env_file=None,
        token=TOKEN,
        inbox_hours=30,
        flood_enabled=False,
    )


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("ARENABOT_WINDOW=7\nARENABOT_INBOX_HOURS=50\nOTHER_PROGRAM=1\n", encoding="utf-8")
    monkeypatch.setenv("ARENABOT_WINDOW", "8")
    settings = load(file)
    assert (settings.window, settings.inbox_hours) == (8, 50)


def test_beside_a_local_telegram_the_file_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("ARENABOT_DATABASE_URL=postgresql://real/one\n", encoding="utf-8")
    monkeypatch.setenv("ARENABOT_SANDBOX_ADDRESS", "http://127.0.0.1:8080/")
    settings = load(file)
    assert (settings.database_url, settings.api_base) == ("sqlite:///data/arenabot.db", "http://127.0.0.1:8080")


def test_the_database_is_in_the_data_folder_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARENABOT_DATA_FOLDER", "/srv/arenabot")
    assert load(NOWHERE).database_url == "sqlite:////srv/arenabot/arenabot.db"


@pytest.mark.parametrize("where", ["environment", "file"])
def test_an_unknown_setting_is_refused(where: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    if where == "file":
        file.write_text("ARENABOT_TOKEM=1\n", encoding="utf-8")
    else:
        monkeypatch.setenv("ARENABOT_TOKEM", "1")
    with pytest.raises(StartupError) as error:
        load(file)
    assert refusal(error) == (
        "unknown_setting",
        "ARENABOT_TOKEM is an unknown setting: correct or remove it; docs/settings.md lists those there are.",
    )


@pytest.mark.parametrize(
    ("variables", "what"),
    [
        ({"INBOX_HOURS": "soon"}, "ARENABOT_INBOX_HOURS: Input should be a valid integer"),
        ({"DATABASE_URL": "mysql://h/d"}, "ARENABOT_DATABASE_URL: is neither sqlite:///path nor postgresql://"),
        ({"API_BASE": "telegram"}, "ARENABOT_API_BASE: is no http address"),
        ({"MODE": "webhook"}, "ARENABOT_MODE=webhook needs ARENABOT_WEBHOOK_URL, an https address"),
        (
            {"MODE": "webhook", "WEBHOOK_URL": "https://bot.example/", "WEBHOOK_SECRET": "short"},
            "ARENABOT_MODE=webhook needs ARENABOT_WEBHOOK_SECRET",
        ),
        ({"SANDBOX_ADDRESS": "http://192.0.2.1:80"}, "ARENABOT_SANDBOX_ADDRESS must be on this machine"),
        (
            {"SANDBOX_ADDRESS": "http://127.0.0.1:80", "API_BASE": "https://api.telegram.org"},
            "ARENABOT_SANDBOX_ADDRESS and ARENABOT_API_BASE name different servers",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    variables: dict[str, str], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(StartupError) as error:
        load(NOWHERE)
    code, sentence = refusal(error)
    assert code == "setting_invalid"
    assert sentence.startswith(f"A setting cannot be used: {what}")


@pytest.mark.parametrize(
    ("token", "code"),
    [(None, "no_token"), ("", "no_token"), ("abc", "token_malformed"), (f" {TOKEN}", "token_malformed")],
)
def test_a_token_that_is_absent_or_malformed_is_refused(token: str | None, code: str) -> None:
    with pytest.raises(StartupError) as error:
        Settings(_env_file=None, token=token).bot_token()
    assert error.value.code == code


def test_secrets_are_not_shown_with_the_settings() -> None:
    settings = Settings(
        _env_file=None, token=TOKEN, database_url="postgresql://bot:canary-password@host/name", webhook_secret="c" * 40
    )
    assert not re.search(f"{TOKEN}|canary|cccc", f"{settings!r}{settings}")


def test_a_token_with_a_fault_elsewhere_is_not_shown_in_the_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARENABOT_TOKEN", TOKEN)
    monkeypatch.setenv("ARENABOT_MODE", "webhook")
    with pytest.raises(StartupError) as error:
        load(NOWHERE)
    assert TOKEN not in error.value.sentence
