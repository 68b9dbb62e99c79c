"""Whatever a bot or a name says stays text; what other sites ask is refused."""

from typing import Any

import aiohttp
import pytest
from playwright.async_api import Route, expect
from yarl import URL

from bot.sandbox import Sandbox
from bot.sandbox.client import Person, Telegram
from tests.page.conftest import BareBot, Screens

MARKUP = '<img src=x onerror="window.hit=1"><script>window.hit=1</script><svg onload="window.hit=1">'
SCHEMES = (
    "javascript:window.hit=1",
    "JaVaScRiPt:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:x",
)


async def test_markup_in_names_texts_buttons_files_and_answers_stays_text(
    telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    person = await telegram.person(MARKUP[:60], language="sv", note=MARKUP)
    await person.starts()
    buttons = {"inline_keyboard": [[{"text": MARKUP, "callback_data": "x"}]]}
    await bot.call("sendMessage", chat_id=person.id, text=MARKUP, reply_markup=buttons)
    await bot.call(
        "sendMessage",
        chat_id=person.id,
        text="svar",
        reply_markup={"keyboard": [[{"text": MARKUP}]], "input_field_placeholder": "<b>"},
    )
    await bot.uploads(
        "sendDocument",
        "document",
        f"{MARKUP[:40]}.html",
        b"<script>window.hit=1</script>",
        chat_id=str(person.id),
        caption=MARKUP,
    )
    await bot.call("sendVenue", chat_id=person.id, latitude=1, longitude=1, title=MARKUP, address=MARKUP)
    await bot.call("sendMessage", chat_id=person.id, text="sist")
    await bot.call("setMyCommands", commands=[{"command": "x", "description": MARKUP[:200]}])
    screen = await screens.open(bot.address)
    await screen.page.locator("button.person").click()
    pane = screen.page.locator(".pane")
    await expect(pane.locator(".bubble", has_text="sist")).to_be_visible()
    assert await pane.locator(".text", has_text=MARKUP).count() == 2
    await pane.locator(".inline-keyboard .key").first.click()
    query = await bot.update("callback_query")
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text=MARKUP)
    await expect(pane.locator(".toast")).to_have_text(MARKUP)
    await pane.get_by_role("button", name="Kommandon").click()
    await screen.page.get_by_role("button", name="För utvecklare").click()
    await screen.page.locator(".call", has_text="sendVenue").locator("summary").click()
    found = "[window.hit, document.querySelectorAll('img[src=x], svg[onload], body script, [onerror]').length]"
    assert await screen.page.evaluate(found) == [None, 0]


async def test_an_address_that_could_run_is_no_link(anna: Person, bot: BareBot, screens: Screens) -> None:
    sent = await bot.call("sendMessage", chat_id=anna.id, text="hit")
    screen = await screens.open(bot.address)
    messages = [
        {
            **sent,
            "entities": [{"type": "text_link", "offset": 0, "length": 3, "url": url}],
            "reply_markup": {"inline_keyboard": [[{"text": "knapp", "url": url}]]},
        }
        for url in (*SCHEMES, "https://example.org/")
    ]
    shown = """async (messages) => {
      const { renderMessage } = await import("/static/message.js");
      const act = { botName: "arenabot_bot", link: () => false };
      const words = { t: (key) => key, date: String, time: String };
      return messages.map((message) => {
        const place = document.createElement("div");
        place.append(...renderMessage(message, { language: words, act, group: false, personId: 0 }).filter(Boolean));
        return [place.querySelectorAll("a[href]").length, place.textContent.includes("knapp")];
      });
    }"""
    assert await screen.page.evaluate(shown, messages) == [*[[0, True] for _ in SCHEMES], [2, True]]


async def test_entities_that_reach_outside_the_text_repeat_and_lose_nothing(
    anna: Person, bot: BareBot, screens: Screens
) -> None:
    screen = await screens.open(bot.address)
    drawn = """async ([text, entities]) => {
      const { renderText } = await import("/static/entities.js");
      const place = document.createElement("div");
      place.append(...renderText(text, entities, { link: () => false }, { showSpoiler: "" }));
      return place.textContent;
    }"""
    odd: list[dict[str, Any]] = [
        {"type": "bold", "offset": -5, "length": 8},
        {"type": "italic", "offset": 2, "length": 900},
        {"type": "pre", "offset": 1, "length": 3},
        {"type": "never heard of", "offset": 0, "length": 2},
        {"type": "text_link", "offset": 3, "length": 2},
    ]
    assert await screen.page.evaluate(drawn, ["a😀b<c>&amp;", odd]) == "a😀b<c>&amp;"


async def test_the_policy_lets_nothing_from_elsewhere_run(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, session.get(sandbox.address) as answer:
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["img-src"] == "'self' blob:"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.xml", "a.js"])
async def test_a_file_that_could_run_is_only_ever_saved(anna: Person, bot: BareBot, name: str) -> None:
    content = b"<svg xmlns='http://www.w3.org/2000/svg'><script>window.hit=1</script></svg>"
    sent = await bot.uploads("sendDocument", "document", name, content, chat_id=str(anna.id))
    media = f"{bot.address}/control/chats/{anna.id}/messages/{sent['message_id']}/media"
    async with bot.session.get(media) as answer:
        assert await answer.read() == content
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_page_of_another_site_can_neither_read_nor_do_anything(
    sandbox: Sandbox, telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    context = await screens.browser.new_context()
    screens.contexts.append(context)
    page = await context.new_page()

    async def serve(route: Route) -> None:
        await route.fulfill(body="<!doctype html><title>evil</title>", content_type="text/html")

    await context.route("http://evil.example/**", serve)
    await page.goto("http://evil.example/")
    tries = """async ([address, token]) => {
      const outcome = (asked) => asked.then((answer) => answer.status, () => "refused");
      const image = (src) => new Promise((done) => { const one = new Image(); one.onload = one.onerror = () => done(one.naturalWidth); one.src = src; });
      const body = JSON.stringify({ first_name: "Mallory" });
      return [
        await outcome(fetch(`${address}/control/state`)),
        await outcome(fetch(`${address}/control/people`, { method: "POST", body, headers: { "Content-Type": "application/json" } })),
        (await outcome(fetch(`${address}/control/people`, { method: "POST", body, mode: "no-cors" }))) === 200,
        await image(`${address}/bot${token}/setMyName?name=Mallory`),
      ];
    }"""
    assert await page.evaluate(tries, [sandbox.address, bot.token]) == ["refused", "refused", False, 0]
    assert [person.name for person in await telegram.people()] == []
    assert (await bot.call("getMyName"))["name"] != "Mallory"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Host": "localhost.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_requests_for_other_hosts_and_from_other_origins_are_refused(
    sandbox: Sandbox, bot: BareBot, headers: dict[str, str]
) -> None:
    for path in ("/control/state", "/control/events", "/static/app.js", f"/bot{bot.token}/getMe"):
        async with bot.session.get(sandbox.address + path, headers=headers) as answer:
            assert answer.status == 403, path
    async with bot.session.post(
        f"{sandbox.address}/control/people", json={"first_name": "M"}, headers=headers
    ) as answer:
        assert answer.status == 403


async def test_a_link_to_the_page_can_be_followed(sandbox: Sandbox, bot: BareBot) -> None:
    async with bot.session.get(sandbox.address, headers={"Sec-Fetch-Site": "cross-site"}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("name", ["%00", "..%2Fserver.py", "..%2Fstatic%2Fapp.js", "%2Fetc%2Fpasswd", "none.js", "%ff"])
async def test_no_file_but_the_pages_own_is_served(sandbox: Sandbox, bot: BareBot, name: str) -> None:
    async with bot.session.get(URL(f"{sandbox.address}/static/{name}", encoded=True)) as answer:
        assert answer.status == 404
