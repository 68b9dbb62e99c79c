"""Whatever is asked of the control interface is answered, and nothing breaks."""

import json
import random
from typing import Any

import pytest

from bot.sandbox.client import Person, Telegram
from tests.sandbox.conftest import BotClient
from tests.sandbox.fuzzing import ODD

FIELDS = (
    *("text", "message_id", "data", "reply_to_message_id", "chat_id", "payload", "latitude", "longitude", "first_name"),
    *("phone_number", "id", "to", "by_seconds", "now", "enabled", "per_second", "per_chat_burst", "times", "method"),
    *("answer", "blocked", "language_code", "username", "update_id", "title", "person_id", "members", "type"),
    *("user_id", "status", "rights", "by", "query", "inline_query_id", "result_id"),
)
ACTS = ("start", "send", "location", "contact", "edit", "press", "read", "inline", "choose")
QUESTIONS = ("chats/x/messages", "chats/1/messages?limit=x", "events?after=x", "queries/x", "calls?limit=-5")


@pytest.mark.parametrize("seed", range(2))
async def test_any_steering_is_answered(telegram: Telegram, bot: BotClient, anna: Person, seed: int) -> None:
    chance = random.Random(seed)
    group = await telegram.group("G", anna)
    paths = [
        *(f"people/{anna.id}/{act}" for act in ACTS),
        *("people", "people/x/send", "people/99999999999999999999/send", "groups", f"groups/{group.id}/members"),
        *("clock/move", "clock/set", "faults", "limits", "bot", "updates", "queries/x/again"),
    ]
    for path in paths * 30:
        body: dict[str, Any] = {name: chance.choice(ODD) for name in chance.sample(FIELDS, 5)}
        if path == "faults":
            body = {**{name: value for name, value in body.items() if name in {"times", "answer"}}, "method": "getTea"}
        content = json.dumps(chance.choice((body, body, body, [], "x")))
        async with bot.session.post(f"{bot.address}/control/{path}", data=content) as answer:
            assert answer.status < 500, (path, body)
    for path in QUESTIONS:
        async with bot.session.get(f"{bot.address}/control/{path}") as answer:
            assert answer.status < 500, path


async def test_an_agent_of_the_clock_that_reports_nonsense_is_refused(bot: BotClient) -> None:
    for body in (
        {"agent": 7},
        {"agent": "x", "handled": "y"},
        {"agent": "x", "next": "y"},
        {"agent": "x", "seen": [1]},
    ):
        async with bot.session.post(f"{bot.address}/control/clock/agent", json=body) as answer:
            assert answer.status == 400, body
