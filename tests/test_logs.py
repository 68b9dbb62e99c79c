"""No token and no password reaches a log, whichever library writes it and however."""

import json
import logging
from collections.abc import Iterator
from typing import Final

import aiohttp
import httpx
import pytest

from bot import __main__ as command_line
from bot import logs

CANARY: Final = "987654321:AACanaryTokenThatMustNeverBeSeen12345"
SECRET: Final = "AACanaryTokenThatMustNeverBeSeen12345"


@pytest.fixture(autouse=True)
def _loggers_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.NOISY}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    logging.captureWarnings(capture=False)


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("logger", ["httpx", "aiohttp.client", "telegram.Bot", "bot.transport", "a.library.of.others"])
def test_a_token_is_struck_out_whoever_logs_it(
    *, logger: str, as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("DEBUG", as_json=as_json)
    log = logging.getLogger(logger)
    log.warning("POST https://api.telegram.org/bot%s/getUpdates", CANARY)
    log.warning("GET /file/bot%s/photos/1.jpg", CANARY.replace(":", "%3A"))
    log.error("settings: %r", {"token": CANARY, "url": "postgresql://bot:canary-password@host/name"})
    written = capsys.readouterr().err
    assert written.count(logs.REDACTED) == 3
    assert SECRET not in written
    assert "canary-password" not in written


def test_a_line_of_json_holds_time_level_logger_and_message(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(as_json=True)
    logging.getLogger("bot.demo").info("update %d handled", 7)
    line = json.loads(capsys.readouterr().err)
    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "INFO", "logger": "bot.demo", "message": "update 7 handled"}


def test_a_line_of_text_begins_with_the_time_in_utc(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    record = logging.LogRecord("bot", logging.INFO, "", 0, "started", None, None)
    record.created, record.msecs = 0.25, 250
    logging.getLogger().handle(record)
    assert capsys.readouterr().err == "1970-01-01T00:00:00.250Z INFO bot: started\n"


async def test_http_clients_do_not_tell_their_requests(
    capsys: pytest.CaptureFixture[str], unused_tcp_port: int
) -> None:
    logs.set_up("DEBUG")
    url = f"http://127.0.0.1:{unused_tcp_port}/bot{CANARY}/getMe"
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(url)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(url)
    assert capsys.readouterr() == ("", "")


def test_an_error_that_nobody_expected_is_logged_without_the_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> None:
        raise RuntimeError(f"https://api.telegram.org/bot{CANARY}/getMe")

    monkeypatch.setattr(command_line, "load", fails)
    assert command_line.main(["doctor"]) == 1
    written = capsys.readouterr().err
    assert logs.REDACTED in written
    assert SECRET not in written


def test_everything_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    logging.getLogger("bot").warning("one line")
    written = capsys.readouterr()
    assert (written.out, written.err.endswith("WARNING bot: one line\n")) == ("", True)


@pytest.mark.parametrize("as_json", [False, True])
def test_an_error_is_told_by_its_kind_and_place_and_not_by_what_it_says(
    *, as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "Åsa Kvist"

    def fails() -> None:
        try:
            {"": 1}[words]
        except KeyError as error:
            raise ValueError(words) from error

    logs.set_up(as_json=as_json)
    with pytest.raises(ValueError, match=words) as caught:
        fails()
    failure = caught.value
    logging.getLogger("bot").error("update 7 is set aside", exc_info=ExceptionGroup(words, [failure]))
    told = (ValueError, failure, failure.__traceback__)
    record = logging.LogRecord("bot", logging.ERROR, "", 0, "again", None, told)
    record.exc_text = f"as another handler told it: {words}"
    logging.getLogger().handle(record)
    written = capsys.readouterr().err
    assert words not in written
    assert [written.count(part) for part in ("builtins.KeyError", "builtins.ValueError", "in fails")] == [2, 2, 4]
