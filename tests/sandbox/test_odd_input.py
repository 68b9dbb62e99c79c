"""Whatever is sent is answered in the envelope, and nothing breaks."""

import json
import random
from typing import Any

import pytest

from bot.sandbox.client import Person, Telegram
from bot.sandbox.facts import Facts, load_facts
from bot.sandbox.methods import served
from tests.sandbox.conftest import BotClient

_ODD: tuple[Any, ...] = (
    *(0, -1, 1, 2, 10**30, -(10**30), 1.5, float("nan"), float("inf"), True, None, "", "1", "x", "\0", "\ud800"),
    *("😀" * 5000, "[", "{}", "[[]]", "null", [], [[]], {}, [{}], {"type": "x"}, {"type": []}, {"type": "photo"}),
    *("http://[", "attach://x", "2026", "HTML", "<b>", "9" * 400),
)


def _value(facts: Facts, types: tuple[str, ...], depth: int, chance: random.Random, people: list[int]) -> Any:
    """Mostly of the right shape, now and then odd."""
    if chance.random() < 0.25 or depth > 4:
        return chance.choice(_ODD)
    kind = chance.choice(facts.candidates(types))
    if kind.startswith("Array of "):
        inner = (kind.removeprefix("Array of "),)
        return [_value(facts, inner, depth + 1, chance, people) for _ in range(chance.randint(0, 3))]
    if kind in facts.types:
        fields = facts.types[kind].items()
        return {
            name: _value(facts, field.types, depth + 1, chance, people)
            for name, field in fields
            if field.required or chance.random() < 0.2
        }
    plain: dict[str, list[Any]] = {"Integer": [1, 2, *people], "Float": [1.5], "Boolean": [True, False]}
    return chance.choice(plain.get(kind, ["x", "<b>å</b>", "HTML", "chat", "default", "photo"]))


@pytest.mark.parametrize("seed", range(4))
async def test_any_request_is_answered_in_the_envelope(bot: BotClient, anna: Person, seed: int) -> None:
    facts, chance = load_facts(), random.Random(seed)
    for method in sorted({*served(), "getUpdates"} - {"logOut", "setWebhook"}) * 6:
        given = {
            name: _value(facts, field.types, 0, chance, [anna.id])
            for name, field in facts.methods[method].items()
            if name != "timeout" and (field.required or chance.random() < 0.3)
        }
        if "chat_id" in given and chance.random() < 0.8:
            given["chat_id"] = anna.id
        async with bot.session.post(
            bot.url(method), data=json.dumps(given), headers={"Content-Type": "application/json"}
        ) as answer:
            assert answer.status < 500, (method, given)
            assert (await answer.json())["ok"] is (answer.status == 200)


@pytest.mark.parametrize("seed", range(2))
async def test_any_steering_is_answered(telegram: Telegram, bot: BotClient, anna: Person, seed: int) -> None:
    chance = random.Random(seed)
    fields: tuple[str, ...] = (
        "text",
        "message_id",
        "data",
        "reply_to_message_id",
        "chat_id",
        "payload",
        "latitude",
        "longitude",
        "first_name",
    )
    fields += (
        "phone_number",
        "id",
        "to",
        "by_seconds",
        "now",
        "enabled",
        "per_second",
        "per_chat_burst",
        "times",
        "method",
    )
    fields += ("answer", "seen", "next", "handled", "blocked", "language_code", "username", "update_id")
    acts = ("start", "send", "location", "contact", "edit", "press", "read")
    paths = [
        "people",
        *(f"people/{anna.id}/{act}" for act in acts),
        "people/x/send",
        "people/99999999999999999999/send",
    ]
    paths += ["clock/move", "clock/set", "faults", "limits", "updates"]
    for path in paths * 40:
        body = {name: chance.choice(_ODD) for name in chance.sample(fields, 5)}
        if path == "faults":
            body = {**{name: value for name, value in body.items() if name in {"times", "answer"}}, "method": "getTea"}
        content = json.dumps(chance.choice((body, body, body, [], "x")))
        async with bot.session.post(f"{bot.address}/control/{path}", data=content) as answer:
            assert answer.status < 500, (path, body)
    for path in ("chats/x/messages", "chats/1/messages?limit=x", "events?after=x", "queries/x", "calls?limit=-5"):
        async with bot.session.get(f"{bot.address}/control/{path}") as answer:
            assert answer.status < 500, path
