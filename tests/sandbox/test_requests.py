"""How requests may arrive."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.sandbox import Sandbox
from bot.sandbox.client import Person, Telegram
from tests.sandbox.conftest import TOKEN, BotClient, keyboard


async def _json(answer: aiohttp.ClientResponse) -> Any:
    return await answer.json()


@pytest.mark.parametrize("way", ["query of GET", "query of POST", "form", "json", "multipart"])
async def test_parameters_arrive_in_every_way(bot: BotClient, anna: Person, way: str) -> None:
    markup = '{"inline_keyboard":[[{"text":"Ja","callback_data":"ja"}]]}'
    given = {"chat_id": str(anna.id), "text": "Hej å", "reply_markup": markup}
    url, session = bot.url("sendMessage"), bot.session
    if way == "query of GET":
        body = await _json(await session.get(url, params=given))
    elif way == "query of POST":
        body = await _json(await session.post(url, params=given))
    elif way == "form":
        body = await _json(await session.post(url, data=given))
    elif way == "json":
        body = await _json(await session.post(url, json=given))
    else:
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in given.items():
            form.add_field(name, value)
        body = await _json(await session.post(url, data=form))
    assert (body["result"]["text"], body["result"]["reply_markup"]) == ("Hej å", keyboard("Ja"))


async def test_a_query_may_be_as_long_as_the_longest_text(bot: BotClient, anna: Person) -> None:
    given = {"chat_id": str(anna.id), "text": "å" * 4096}
    body = await _json(await bot.session.post(bot.url("sendMessage"), params=given))
    assert body["result"]["text"] == given["text"]


async def test_a_multipart_file_name_may_be_unquoted_and_not_ascii(bot: BotClient, anna: Person) -> None:
    body = (
        f'--xx\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n{anna.id}\r\n'
        "--xx\r\nContent-Disposition: form-data; name=document; filename=tider_för_året.csv\r\n"
        "Content-Type: text/csv\r\n\r\na;b\r\n--xx--\r\n"
    ).encode()
    headers = {"Content-Type": "multipart/form-data; boundary=xx"}
    answer = await _json(await bot.session.post(bot.url("sendDocument"), data=body, headers=headers))
    assert answer["result"]["document"]["file_name"] == "tider_för_året.csv"
    assert await anna.content(answer["result"]) == b"a;b"


async def test_the_first_value_wins_and_the_query_goes_before_the_body(bot: BotClient, anna: Person) -> None:
    url = bot.url("sendMessage") + f"?chat_id={anna.id}&text=first&text=second"
    assert (await _json(await bot.session.post(url, data={"text": "third"})))["result"]["text"] == "first"


async def test_an_integer_reads_its_leading_digits(bot: BotClient, anna: Person) -> None:
    given = {"chat_id": f"{anna.id}abc", "text": "x"}
    body = await _json(await bot.session.post(bot.url("sendMessage"), data=given))
    assert body["result"]["chat"]["id"] == anna.id


async def test_a_boolean_is_true_for_true_yes_and_1(bot: BotClient, anna: Person) -> None:
    protected = {}
    for said in ("true", "True", "Yes", "1", "false", "no", "0", "2", "on"):
        given = {"chat_id": anna.id, "text": "x", "protect_content": said}
        body = await _json(await bot.session.post(bot.url("sendMessage"), data=given))
        protected[said] = "has_protected_content" in body["result"]
    assert [said for said, is_protected in protected.items() if is_protected] == ["true", "True", "Yes", "1"]


async def test_the_token_may_be_percent_encoded_and_methods_are_case_insensitive(bot: BotClient) -> None:
    url = f"{bot.address}/bot{TOKEN.replace(':', '%3A')}/GETme"
    async with bot.session.get(URL(url, encoded=True)) as answer:
        assert (await answer.json())["result"]["username"] == "arenabot_bot"


async def test_a_wrong_token_is_401_and_an_unknown_method_404(bot: BotClient) -> None:
    for token in ("1:x", "nonsense", TOKEN[:-1], f"{TOKEN}x"):
        async with bot.session.get(bot.url("getMe", token=token)) as answer:
            assert (answer.status, await answer.json()) == (
                401,
                {"ok": False, "error_code": 401, "description": "Unauthorized"},
            )
    async with bot.session.get(bot.url("getTea")) as answer:
        assert (answer.status, await answer.json()) == (
            404,
            {"ok": False, "error_code": 404, "description": "Not Found"},
        )


async def test_a_method_that_is_not_served_says_so(bot: BotClient) -> None:
    assert await bot.refusal("sendDice", chat_id=1) == "Bad Request: the local Telegram does not serve sendDice"


@pytest.mark.parametrize(
    ("method", "name", "asks", "asks_not"),
    [
        ("sendMessage", "message_thread_id", {"message_thread_id": 7}, {"message_thread_id": 0}),
        ("sendMessage", "allow_paid_broadcast", {"allow_paid_broadcast": True}, {"allow_paid_broadcast": False}),
        (
            "sendMessage",
            "quote",
            {"reply_parameters": {"message_id": 1, "quote": "hej"}},
            {"reply_parameters": {"message_id": 1}},
        ),
    ],
)
async def test_what_a_parameter_asks_in_vain_is_refused_and_named(
    bot: BotClient, anna: Person, method: str, name: str, asks: dict[str, Any], asks_not: dict[str, Any]
) -> None:
    given = {"chat_id": anna.id, "text": "x"}
    assert await bot.refusal(method, **given, **asks) == f"Bad Request: the local Telegram does not serve {name}"
    assert (await bot.call(method, **given, **asks_not))["text"] == "x"


async def test_a_file_that_would_be_used_for_nothing_is_refused(bot: BotClient, anna: Person) -> None:
    files = {"document": ("a.txt", b"x"), "thumbnail": ("a.png", b"x")}
    refused = await bot.upload("sendDocument", anna.id, files)
    assert refused["description"] == "Bad Request: the local Telegram does not serve thumbnail"


async def test_an_unknown_parameter_is_ignored_and_logged_and_refused_when_strict(
    bot: BotClient, telegram: Telegram, anna: Person
) -> None:
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja", "colour": "red"}]]}
    given = {"chat_id": anna.id, "text": "x", "tea": 1, "reply_markup": markup}
    assert (await bot.call("sendMessage", **given))["reply_markup"] == keyboard("Ja")
    unknown = [call["unknown"] for call in await telegram.calls("sendMessage")]
    assert unknown == [["tea", "reply_markup.inline_keyboard.colour"]]
    await telegram.limits(strict=True)
    assert "unknown parameters: tea" in await bot.refusal("sendMessage", **given)


async def test_older_parameters_work_beside_their_successors(bot: BotClient, anna: Person) -> None:
    first = await bot.call("sendMessage", chat_id=anna.id, text="1")
    reply = await bot.call("sendMessage", chat_id=anna.id, text="2", reply_to_message_id=first["message_id"])
    assert reply["reply_to_message"]["text"] == "1"
    lenient = {"reply_to_message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await bot.call("sendMessage", chat_id=anna.id, text="3", **lenient)
    plain = await bot.call("sendMessage", chat_id=anna.id, text="x.se", disable_web_page_preview=True)
    assert plain["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    ("method", "given", "description"),
    [
        ("sendMessage", {}, "message text is empty"),
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"text": "x", "chat_id": 1}, "chat not found"),
        ("sendMessage", {"text": "\ud800", "chat_id": 1}, "strings must be encoded in UTF-8"),
        ("sendPhoto", {"chat_id": 1}, "there is no photo in the request"),
        ("sendVenue", {"chat_id": 1, "title": "x", "address": "y"}, "latitude is empty"),
        ("getFile", {}, "file_id not specified"),
        (
            "sendMessage",
            {"text": "x", "chat_id": 1, "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        ("sendMessage", {"text": "x", "chat_id": 1, "reply_markup": "[]"}, "object expected as reply markup"),
        ("setMyName", {"name": "x" * 65}, "BOT_TITLE_INVALID"),
    ],
)
async def test_what_is_missing_or_malformed_is_refused(
    bot: BotClient, method: str, given: dict[str, Any], description: str
) -> None:
    assert await bot.refusal(method, **given) == f"Bad Request: {description}"


async def test_other_hosts_and_origins_are_refused(bot: BotClient) -> None:
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
        async with bot.session.get(f"{bot.address}/control/state", headers=headers) as answer:
            assert answer.status == 403
    async with bot.session.get(f"{bot.address}/control/state", headers={"Origin": bot.address}) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")


async def conversation(bot: BotClient, *requests: str) -> bytes:
    """What comes back when all is written at once, until the server closes the connection."""
    where = URL(bot.address)
    reader, writer = await asyncio.open_connection(where.host, where.port)
    writer.write("".join(f"{request}\r\nHost: localhost\r\n\r\n" for request in requests).encode())
    async with asyncio.timeout(5):
        read = await reader.read()
    writer.close()
    return read


async def test_calls_behind_a_long_poll_on_one_connection_wait_for_it_and_are_all_answered(
    bot: BotClient, anna: Person, sandbox: Sandbox
) -> None:
    poll = f"GET /bot{TOKEN}/getUpdates?timeout=20 HTTP/1.1"
    last = f"GET /bot{TOKEN}/getMe HTTP/1.1\r\nConnection: close"
    conversing = asyncio.create_task(conversation(bot, poll, last))
    await sandbox.polled()
    await anna.sends("hej")
    told = await conversing
    assert (told.count(b"HTTP/1.1 200 OK"), told.index(b"hej") < told.index(b"can_join_groups")) == (2, True)


@pytest.mark.parametrize("request_line", ["HTTP/1.0", "HTTP/1.1\r\nConnection: close"])
async def test_a_client_that_wants_no_lasting_connection_has_it_closed(bot: BotClient, request_line: str) -> None:
    head, _, body = (await conversation(bot, f"GET /bot{TOKEN}/getMe {request_line}")).partition(b"\r\n\r\n")
    assert (head.split(b" ")[1], json.loads(body)["result"]["username"]) == (b"200", "arenabot_bot")
