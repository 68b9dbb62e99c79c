"""Inline mode: queries, results, what is chosen and edited."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.client import Group, Person, RequestRefused, Telegram
from tests.sandbox.conftest import BotClient, keyboard

SLOT = {
    "type": "article",
    "id": "slot-7",
    "title": "tis 29 juni",
    "input_message_content": {"message_text": "<b>tis 29 juni</b> är ledig", "parse_mode": "HTML"},
    "reply_markup": keyboard("Boka"),
}


async def answered(bot: BotClient, results: list[dict[str, Any]]) -> dict[str, Any]:
    """The bot answers the next inline query."""
    query: dict[str, Any] = (await bot.updates(timeout=5))[-1]["inline_query"]
    await bot.call("answerInlineQuery", inline_query_id=query["id"], results=results, next_offset="20")
    return query


async def test_a_result_is_chosen_sent_pressed_and_edited(
    telegram: Telegram, bot: BotClient, group: Group, anna: Person
) -> None:
    await telegram.bot(supports_inline_queries=True, inline_feedback=True)
    answering = asyncio.create_task(answered(bot, [SLOT]))
    asked = await anna.asks_inline("juni", to=group)
    query = await answering
    assert (query["query"], query["offset"], query["chat_type"]) == ("juni", "", "group")
    assert ([one["id"] for one in asked.results], asked.next_offset) == (["slot-7"], "20")
    sent = await anna.chooses(asked, "slot-7", to=group)
    assert (sent["text"], sent["from"]["id"], sent["via_bot"]["is_bot"]) == ("tis 29 juni är ledig", anna.id, True)
    message, chosen = (await bot.updates())[-2:]
    assert message["message"]["via_bot"]["username"] == "arenabot_bot"
    inline_message_id = chosen["chosen_inline_result"]["inline_message_id"]
    await anna.touches(sent, "Boka")
    press = (await bot.updates())[-1]["callback_query"]
    assert (press["inline_message_id"], "message" in press) == (inline_message_id, False)
    assert await bot.call("editMessageText", inline_message_id=inline_message_id, text="bokad") is True
    assert (await group.messages())[-1]["text"] == "bokad"
    refusal = await bot.refusal("editMessageText", inline_message_id="nonsense", text="x")
    assert refusal == "Bad Request: MESSAGE_ID_INVALID"


async def test_a_bot_without_inline_mode_is_not_asked(anna: Person) -> None:
    with pytest.raises(RequestRefused, match="no inline mode"):
        await anna.asks_inline("x")


async def test_results_and_queries_are_checked(telegram: Telegram, bot: BotClient, anna: Person) -> None:
    await telegram.bot(supports_inline_queries=True)
    query_id = (await telegram.post(f"people/{anna.id}/inline", {"query": ""}))["inline_query_id"]
    given: dict[str, Any] = {"inline_query_id": query_id}
    many = [{**SLOT, "id": str(number)} for number in range(51)]
    for results, reason in (
        (many, "RESULTS_TOO_MUCH"),
        ([SLOT, SLOT], "RESULT_ID_DUPLICATE"),
        ([{**SLOT, "id": "x" * 65}], "RESULT_ID_INVALID"),
        ([{**SLOT, "input_message_content": {"message_text": " "}}], "message text is empty"),
    ):
        assert await bot.refusal("answerInlineQuery", **given, results=results) == f"Bad Request: {reason}"
    assert await bot.refusal("answerInlineQuery", inline_query_id="1", results=[]) == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_a_button_can_begin_an_inline_query(telegram: Telegram, bot: BotClient, anna: Person) -> None:
    await telegram.bot(supports_inline_queries=True)
    markup = {"inline_keyboard": [[{"text": "Sök", "switch_inline_query_current_chat": "juni"}]]}
    card = await bot.call("sendMessage", chat_id=anna.id, text="Sök", reply_markup=markup)
    pressed = await anna.opens(card, "Sök")
    query = (await bot.updates())[-1]["inline_query"]
    assert (query["id"], query["query"], query["chat_type"]) == (pressed["inline_query_id"], "juni", "sender")
