"""A local Telegram that requests made at random are sent to."""

import json
from contextlib import AsyncExitStack, suppress
from typing import Any

import aiohttp

from bot.sandbox import Sandbox, SandboxSettings
from bot.sandbox.client import Group, Person, RequestRefused, Telegram
from bot.sandbox.groups import RIGHTS
from tests.sandbox.conftest import TOKEN, BotClient, keyboard, picture
from tests.sandbox.fuzzing import PEOPLE, Act, Request

ARTICLE = {
    "type": "article",
    "id": "1",
    "title": "x",
    "input_message_content": {"message_text": "x"},
    "reply_markup": keyboard("Ja"),
}


class Fuzzed:
    """The server, three people, a group and a supergroup; `known` holds what requests can only name."""

    telegram: Telegram
    bot: BotClient
    people: list[Person]
    group: Group
    card: dict[str, Any]

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}
        self._open = AsyncExitStack()

    async def start(self) -> None:
        """Serves until it is stopped."""
        sandbox = await self._open.enter_async_context(Sandbox(SandboxSettings(token=TOKEN, limits=False)))
        self.telegram = await self._open.enter_async_context(Telegram(sandbox.address))
        self.bot = BotClient(sandbox.address, await self._open.enter_async_context(aiohttp.ClientSession()))
        self.people = [await self.telegram.new_person(f"P{number}", id=number) for number in PEOPLE]
        await self.telegram.bot(supports_inline_queries=True, inline_feedback=True)

    async def stop(self) -> None:
        """Lets go of it."""
        await self._open.aclose()

    async def begin(self) -> None:
        """As at first, whatever was done before: texts, a file, a card that was pressed, an inline result."""
        await self.telegram.reset()
        anna, *_ = self.people
        for person in self.people:
            await person.unblocks()
            await person.starts()
        self.group, supergroup = await self._new_group("group"), await self._new_group("supergroup")
        pinned = [await self._pinned(group) for group in (self.group, supergroup)]
        text = await anna.sends("hej")
        document = await anna.uploads(b"x", "a.txt")
        photo = await self.bot.upload("sendPhoto", anna.id, {"photo": ("a.png", picture(8))})
        in_group = await self.bot.call("sendMessage", chat_id=self.group.id, text="hej")
        self.card = await self.bot.call("sendMessage", chat_id=anna.id, text="?", reply_markup=keyboard("Ja"))
        query = await self.telegram.post(f"people/{anna.id}/inline", {"query": "x"})
        query_id = query["inline_query_id"]
        await self.bot.call("answerInlineQuery", inline_query_id=query_id, results=[ARTICLE])
        await self.telegram.post(f"people/{anna.id}/choose", {"inline_query_id": query_id, "result_id": "1"})
        chosen = [update for update in await self.bot.updates() if "chosen_inline_result" in update]
        self.known = {
            "$group": self.group.id,
            "$supergroup": supergroup.id,
            "$pinned": pinned[-1],
            "$bot": self.bot_id,
            "$text": text["message_id"],
            "$document": document["message_id"],
            "$photo": photo["result"]["message_id"],
            "$card": self.card["message_id"],
            "$in_group": in_group["message_id"],
            "$file": document["document"]["file_id"],
            "$photo_file": photo["result"]["photo"][-1]["file_id"],
            "$press": await anna.touches(self.card, "Ja"),
            "$query": query_id,
            "$inline": chosen[0]["chosen_inline_result"]["inline_message_id"],
        }

    async def _new_group(self, kind: str) -> Group:
        """One in which the bot may do everything, and one of the people is an administrator."""
        group = await self.telegram.group("G", *self.people, type=kind)
        every_right: dict[str, Any] = dict.fromkeys(RIGHTS, True)
        await group.sets(self.bot_id, "administrator", **every_right)
        await group.sets(self.people[-1].id, "administrator")
        return group

    async def _pinned(self, group: Group) -> int:
        """The id of a message that the bot has pinned there."""
        sent = await self.bot.call("sendMessage", chat_id=group.id, text="fäst")
        await self.bot.call("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])
        message_id: int = sent["message_id"]
        return message_id

    @property
    def bot_id(self) -> int:
        """The bot's own id."""
        return int(TOKEN.partition(":")[0])

    async def act(self, act: Act) -> None:
        """Something that people do, as far as an app would let them."""
        anna, eva, *_ = self.people
        with suppress(RequestRefused):
            match act:
                case Act.WRITE:
                    await anna.sends("/boka")
                case Act.WRITE_IN_GROUP:
                    await eva.sends("/boka", to=self.group)
                case Act.PRESS:
                    await anna.touches(self.card, "Ja")
                case Act.BLOCK:
                    await anna.blocks()
                case Act.LEAVE:
                    await self.group.sets(eva.id, "left", by=eva)
                case Act.KICK:
                    await self.group.sets(self.bot_id, "kicked")
                case Act.MIGRATE:
                    await self.group.migrates()

    async def send(self, request: Request) -> tuple[int, dict[str, Any]]:
        """The HTTP status and the envelope."""
        parameters = self._filled(request.parameters)
        url, session = self.bot.url(request.method), self.bot.session
        if request.way == "json" and "attach://file" not in str(parameters):
            sending = session.post(url, data=json.dumps(parameters), headers={"Content-Type": "application/json"})
        elif request.way == "query" and "attach://file" not in str(parameters):
            sending = session.get(url, params=_as_texts(parameters))
        else:
            has_file = request.way == "multipart" or "attach://file" in str(parameters)
            form = aiohttp.FormData(_as_texts(parameters), default_to_multipart=has_file)
            if has_file:
                form.add_field("file", request.file, filename="a.gif")
            sending = session.post(url, data=form)
        async with sending as answer:
            return answer.status, await answer.json()

    async def updates(self) -> list[dict[str, Any]]:
        """All that waits for the bot."""
        found: list[dict[str, Any]] = await self.bot.updates()
        while found and (more := await self.bot.updates(offset=found[-1]["update_id"] + 1)):
            found += more
        return found

    async def messages(self) -> list[dict[str, Any]]:
        """All that there are, as the bot may see them."""
        shown = []
        for chat in (await self.telegram.state())["chats"]:
            for message in (await self.telegram.get(f"chats/{chat['id']}/messages?limit=500"))["messages"]:
                is_inline = "inline_keyboard" in message.get("reply_markup", {})
                hidden = {"out"} if is_inline else {"out", "reply_markup"}
                shown.append({name: value for name, value in message.items() if name not in hidden})
        return shown

    def _filled(self, value: Any) -> Any:
        """With what is known in the place of its names."""
        match value:
            case str():
                return self.known.get(value, value)
            case list():
                return [self._filled(one) for one in value]
            case dict():
                return {name: self._filled(one) for name, one in value.items()}
        return value


def _as_texts(parameters: dict[str, Any]) -> dict[str, str]:
    """As they stand in a form: objects in JSON."""
    return {
        name: (value if isinstance(value, str) else json.dumps(value)).encode("utf-8", "replace").decode()
        for name, value in parameters.items()
        if value is not None
    }
