"""Steering: faults, limits, people, events, the state on disk, the typed client."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.client import Person, RequestRefused, Telegram
from tests.sandbox.conftest import BotClient, keyboard


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


async def test_the_client_reaches_the_log_words_walks_and_what_waits(
    telegram: Telegram, bot: BotClient, anna: Person
) -> None:
    message = await bot.call("sendMessage", chat_id=anna.id, text="Tis 29 juni")
    await telegram.faults.add("getMe", answer={"error_code": 500})
    await bot.envelope("getMe")
    assert [call["method"] for call in await telegram.calls_about(message)] == ["sendMessage"]
    assert await telegram.search(anna.id, "29 JUNI") == [message["message_id"]]
    assert (await telegram.walks(), await telegram.faults.ambiguous()) == ([], 1)
    assert (await telegram.clock.told())["waiting_for"] == []


async def test_a_path_that_is_not_there_says_so_in_json(telegram: Telegram) -> None:
    with pytest.raises(RequestRefused) as refused:
        await telegram.get("nothing")
    assert (refused.value.status, refused.value.reason) == (404, "Not Found")
