"""Steering: faults, limits, people, events, the state on disk, the typed client."""

import asyncio
import json
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox, SandboxSettings, StateUnusable
from bot.sandbox.cli import main
from bot.sandbox.client import Person, RequestRefused, Telegram
from tests.sandbox.conftest import TOKEN, BotClient, keyboard


async def test_beyond_the_rate_of_a_chat_it_is_429_with_retry_after(
    telegram: Telegram, bot: BotClient, anna: Person
) -> None:
    await telegram.limits(enabled=True, per_chat_burst=2)
    for _ in range(2):
        await bot.call("sendMessage", chat_id=anna.id, text="x")
    async with bot.session.post(bot.url("sendMessage"), json={"chat_id": anna.id, "text": "x"}) as answer:
        assert (answer.status, answer.headers["Retry-After"], await answer.json()) == (
            429,
            "1",
            {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 1",
                "parameters": {"retry_after": 1},
            },
        )


async def test_about_thirty_a_second_over_all(telegram: Telegram, bot: BotClient) -> None:
    people = [await telegram.new_person(f"P{number}", started=True) for number in range(45)]
    await telegram.limits(enabled=True)
    answers = await asyncio.gather(*(bot.envelope("sendMessage", chat_id=one.id, text="x") for one in people))
    refused = sum(not answer["ok"] for answer in answers)
    assert 0 < refused <= 15


async def test_faults_happen_to_the_next_calls(telegram: Telegram, bot: BotClient, anna: Person) -> None:
    await telegram.faults.add(
        "sendMessage", times=2, answer={"error_code": 500, "description": "Internal Server Error"}
    )
    assert await bot.call("getMe")
    for _ in range(2):
        assert await bot.refusal("sendMessage", chat_id=anna.id, text="x") == "Internal Server Error"
    await bot.call("sendMessage", chat_id=anna.id, text="ett")
    await telegram.faults.add("sendMessage", lost=True)
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=anna.id, text="förlorat")
    await telegram.faults.add("*", reset=True)
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=anna.id, text="aldrig")
    assert [message["text"] for message in await anna.messages()] == ["/start", "ett", "förlorat"]
    await telegram.faults.add("getMe", hang=30)
    await telegram.faults.clear()
    assert await telegram.faults.waiting() == []


async def test_the_log_of_calls_tells_what_was_asked_and_answered(
    telegram: Telegram, bot: BotClient, anna: Person
) -> None:
    await bot.refusal("sendMessage", chat_id=anna.id, text="<p>", parse_mode="HTML")
    call = (await telegram.calls("sendMessage"))[-1]
    assert (call["parameters"], call["answer"]["error_code"], call["unknown"]) == (
        {"chat_id": anna.id, "text": "<p>", "parse_mode": "HTML"},
        400,
        [],
    )


async def test_events_tell_what_happened_and_go_on_where_a_watcher_was(
    telegram: Telegram, bot: BotClient, anna: Person
) -> None:
    before = (await telegram.state())["event_id"]
    message = await bot.call("sendMessage", chat_id=anna.id, text="ett")
    await bot.call("editMessageText", chat_id=anna.id, message_id=message["message_id"], text="två")
    await bot.call("sendChatAction", chat_id=anna.id, action="typing")
    await bot.call("deleteMessage", chat_id=anna.id, message_id=message["message_id"])

    async def names(headers: dict[str, str], count: int) -> list[str]:
        found: list[str] = []
        async with bot.session.get(f"{bot.address}/control/events", headers=headers) as stream:
            async for line in stream.content:
                if line.startswith(b"event: ") and line != b"event: call\n":
                    found.append(line.decode().removeprefix("event: ").strip())
                if len(found) == count:
                    break
        return found

    assert await names({"Last-Event-ID": str(before)}, 4) == ["message", "edited", "typing", "deleted"]
    assert await names({"Last-Event-ID": "17"}, 1) == ["reset"]


async def test_unread_messages_are_counted_until_they_are_read(
    telegram: Telegram, bot: BotClient, anna: Person
) -> None:
    message = await bot.call("sendMessage", chat_id=anna.id, text="ett")
    assert [chat["unread"] for chat in (await telegram.state())["chats"]] == [1]
    await telegram.post(f"people/{anna.id}/read", {"chat_id": anna.id, "message_id": message["message_id"]})
    assert [chat["unread"] for chat in (await telegram.state())["chats"]] == [0]


async def test_a_deep_link_arrives_as_start_with_its_payload(telegram: Telegram, bot: BotClient) -> None:
    eva = await telegram.person("Eva")
    await eva.starts("abc-123_X")
    message = (await bot.updates())[0]["message"]
    assert (message["text"], "language_code" in message["from"], "username" in message["from"]) == (
        "/start abc-123_X",
        False,
        False,
    )
    with pytest.raises(RequestRefused):
        await eva.starts("x" * 65)


async def test_a_paste_of_10000_signs_becomes_three_messages(bot: BotClient, anna: Person) -> None:
    await anna.sends("å😀" * 5000)
    lengths = [len(update["message"]["text"].encode("utf-16-le")) // 2 for update in await bot.updates()]
    assert (sum(lengths), max(lengths) <= 4096) == (15000, True)


async def test_nul_and_lone_surrogates_arrive_as_an_app_would_send_them(bot: BotClient, anna: Person) -> None:
    await anna.sends("a\0b\ud800c")
    assert (await bot.updates())[0]["message"]["text"] == "a b\ufffdc"


async def test_files_places_and_contacts_of_people_arrive(bot: BotClient, anna: Person) -> None:
    await anna.uploads(b"BEGIN", "plan.pdf", caption="vår presentation")
    await anna.shares_location(57.64, 18.29)
    await anna.shares_contact("+46701234567")
    document, place, contact = [update["message"] for update in await bot.updates()]
    assert (document["document"]["file_name"], document["caption"]) == ("plan.pdf", "vår presentation")
    assert place["location"] == {"latitude": 57.64, "longitude": 18.29}
    assert contact["contact"] == {"phone_number": "+46701234567", "first_name": "Anna", "user_id": anna.id}


async def test_a_reset_forgets_everything_but_people(telegram: Telegram, bot: BotClient, anna: Person) -> None:
    await anna.sends("hej")
    await telegram.reset()
    assert [(one["first_name"], one["started"]) for one in (await telegram.state())["people"]] == [("Anna", False)]
    assert (await anna.messages(), await bot.updates()) == ([], [])


async def test_a_restart_goes_on_with_ids_files_updates_and_clock(tmp_path: Path) -> None:
    settings = SandboxSettings(token=TOKEN, state=tmp_path / "telegram.db", limits=False)
    async with Sandbox(settings) as sandbox, Telegram(sandbox.address) as telegram:
        anna = await telegram.person("Anna")
        await anna.starts()
        uploaded = await anna.uploads(b"x", "a.txt")
        await telegram.clock.move(by=timedelta(days=2))
        moved_to = await telegram.clock.now()
        await anna.sends("före")
    async with (
        Sandbox(settings) as sandbox,
        Telegram(sandbox.address) as telegram,
        aiohttp.ClientSession() as session,
    ):
        bot = BotClient(sandbox.address, session)
        assert timedelta() <= await telegram.clock.now() - moved_to < timedelta(seconds=20)
        anna = await telegram.person("Anna")
        assert await anna.content(uploaded) == b"x"
        assert (await anna.sends("efter"))["message_id"] == uploaded["message_id"] + 2
        assert [update["message"]["text"] for update in await bot.updates()] == ["före", "efter"]


async def test_a_kill_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    command = "from bot.sandbox.cli import main; import sys; sys.exit(main(sys.argv[1:]))"
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", command, "--port", "0", "--state", str(tmp_path / "s.db"), "--token", TOKEN,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout is not None
    address = (await asyncio.wait_for(program.stdout.readline(), 20)).decode().strip()
    async with Telegram(address) as telegram:
        anna = await telegram.person("Anna")
        await anna.starts()
        for number in range(20):
            await anna.sends(str(number))
        program.send_signal(signal.SIGKILL)
        await program.wait()
    settings = SandboxSettings(token=TOKEN, state=tmp_path / "s.db")
    async with Sandbox(settings) as sandbox, Telegram(sandbox.address) as telegram:
        messages = await (await telegram.person("Anna")).messages()
    assert [message["text"] for message in messages] == ["/start", *map(str, range(20))]


async def test_people_come_from_a_file_once(tmp_path: Path) -> None:
    people = tmp_path / "people.json"
    people.write_text(json.dumps([{"id": 77, "first_name": "Eva", "blocked": True}, {"first_name": "Åke"}]))
    settings = SandboxSettings(token=TOKEN, state=tmp_path / "s.db", people=people)
    for _ in range(2):
        async with Sandbox(settings) as sandbox, Telegram(sandbox.address) as telegram:
            found = [(one["first_name"], one["blocked"]) for one in (await telegram.state())["people"]]
            assert found == [("Eva", True), ("Åke", False)]


async def test_a_port_or_a_state_in_use_is_an_error_for_whoever_starts_it(
    sandbox: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = int(sandbox.address.rpartition(":")[2])
    with pytest.raises(OSError, match="address already in use"):
        await Sandbox(SandboxSettings(token=TOKEN, port=port)).start()
    async with Sandbox(SandboxSettings(token=TOKEN, state=tmp_path / "s.db")):
        with pytest.raises(StateUnusable, match="locked"):
            await Sandbox(SandboxSettings(token=TOKEN, state=tmp_path / "s.db")).start()
    with pytest.raises(ValueError, match="loopback only"):
        await Sandbox(SandboxSettings(token=TOKEN, host="0.0.0.0")).start()  # noqa: S104 - refused
    assert await asyncio.to_thread(main, ["--port", str(port), "--token", TOKEN]) == 2
    assert capsys.readouterr().err.startswith("arenabot sandbox: ")


async def _greet(bot: BotClient, anna: Person) -> None:
    """A bot of three lines: a card with buttons, changed by each press."""
    offset = 0
    while True:
        for update in await bot.updates(offset=offset, timeout=10):
            offset = update["update_id"] + 1
            if query := update.get("callback_query"):
                which = {"chat_id": anna.id, "message_id": query["message"]["message_id"]}
                await bot.call("editMessageText", **which, text="Den hålls &lt;för&gt; er", parse_mode="HTML")
                await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Klart")
            else:
                await bot.call(
                    "sendMessage", chat_id=anna.id, text="Vilken?", reply_markup=keyboard("tis 29 juni 13.00")
                )


async def test_the_client_reads_like_a_conversation(bot: BotClient, anna: Person) -> None:
    serving = asyncio.create_task(_greet(bot, anna))
    try:
        before = anna.interactions
        await anna.sends("/boka")
        await anna.sees("Vilken?")
        assert await anna.screen() == "Vilken?\n[tis 29 juni 13.00]"
        assert await anna.presses("tis 29 juni") == "Klart"
        await anna.sees("hålls &lt;för&gt; er")
        assert anna.interactions - before == 2
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def test_what_is_not_seen_fails_with_the_chat(bot: BotClient, anna: Person) -> None:
    await bot.call("sendMessage", chat_id=anna.id, text="Något annat", reply_markup=keyboard("Ja"))
    with pytest.raises(AssertionError) as failed:
        await anna.sees("hålls för er", deadline=0.05)
    assert (
        str(failed.value)
        == "'hålls för er' is not to be seen in Anna's chat, which ends so:\n> /start\n---\nNågot annat\n[Ja]"
    )


async def test_the_control_interface_says_what_is_wrong(telegram: Telegram, anna: Person) -> None:
    wrong: list[tuple[str, dict[str, Any], int]] = [
        ("people", {}, 400),
        ("people/9/send", {"text": "x"}, 404),
        (f"people/{anna.id}/send", {"text": ""}, 400),
        (f"people/{anna.id}/press", {"message_id": 1, "text": "Nej"}, 404),
        ("clock/move", {}, 400),
        ("clock/set", {"now": "2027-06-29T12:00"}, 400),
        ("faults", {"method": "getMe", "colour": "red"}, 400),
        ("limits", {"tea": 1}, 400),
    ]
    for path, body, status in wrong:
        with pytest.raises(RequestRefused) as refused:
            await telegram.post(path, body)
        assert (path, refused.value.status) == (path, status)
