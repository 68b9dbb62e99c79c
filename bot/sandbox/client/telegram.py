"""The local Telegram as a whole."""

from typing import Any
from urllib.parse import quote

from bot.sandbox.client.connection import DEADLINE_SECONDS, Connection
from bot.sandbox.client.groups import Group
from bot.sandbox.client.people import Person
from bot.sandbox.client.shown import Message
from bot.sandbox.client.steering import Clock, FaultList


class Telegram(Connection):
    """The local Telegram at an address. `deadline` is in seconds of real time."""

    def __init__(self, address: str, *, deadline: float = DEADLINE_SECONDS) -> None:
        super().__init__(address, deadline=deadline)
        self.clock = Clock(self)
        self.faults = FaultList(self)

    async def person(self, first_name: str, *, language: str | None = None, **fields: Any) -> Person:
        """The person of that first name, made if there is none; `fields` as `POST /control/people` takes them."""
        for known in await self.people():
            if known.name == first_name and "id" not in fields:
                return known
        return await self.new_person(first_name, language=language, **fields)

    async def new_person(self, first_name: str, *, language: str | None = None, **fields: Any) -> Person:
        """A new person, whoever else has that name."""
        made = await self.post("people", {"first_name": first_name, "language_code": language, **fields})
        return Person(self, made["id"], made["first_name"])

    async def people(self) -> list[Person]:
        """Everyone."""
        return [Person(self, one["id"], one["first_name"]) for one in (await self.state())["people"]]

    async def group(self, title: str, creator: Person, *members: Person, **fields: Any) -> Group:
        """A new group; `fields` as `POST /control/groups` takes them (`type`, `username`, `bot`)."""
        body = {"title": title, "person_id": creator.id, "members": [one.id for one in members], **fields}
        made = await self.post("groups", body)
        return Group(self, made["id"], made["title"])

    async def groups(self) -> list[Group]:
        """All of them."""
        chats = (await self.state())["chats"]
        return [Group(self, chat["id"], chat["title"]) for chat in chats if chat["type"] != "private"]

    async def state(self) -> dict[str, Any]:
        """What `GET /control/state` tells."""
        state: dict[str, Any] = await self.get("state")
        return state

    async def snapshot(self) -> dict[str, Any]:
        """The whole state, as `GET /control/snapshot` tells it."""
        snapshot: dict[str, Any] = await self.get("snapshot")
        return snapshot

    async def calls(self, method: str | None = None) -> list[dict[str, Any]]:
        """The bot's requests so far, of one method or of all, oldest first."""
        calls = (await self.get("calls?limit=2000"))["calls"]
        return [call for call in calls if method is None or call["method"] == method]

    async def calls_about(self, message: Message) -> list[dict[str, Any]]:
        """The requests that sent, changed or removed a message."""
        path = f"chats/{message['chat']['id']}/messages/{message['message_id']}/calls"
        calls: list[dict[str, Any]] = (await self.get(path))["calls"]
        return calls

    async def search(self, chat_id: int, text: str) -> list[int]:
        """The ids of a chat's messages that hold the words, the newest first."""
        found: list[int] = (await self.get(f"chats/{chat_id}/search?text={quote(text)}"))["message_ids"]
        return found

    async def walks(self) -> list[dict[str, Any]]:
        """What the file of people leads somebody new through."""
        walks: list[dict[str, Any]] = (await self.get("walks"))["walks"]
        return walks

    async def methods(self) -> dict[str, Any]:
        """Which methods of the tables are `served` and which `not_served`, and what parameters are refused or ignored."""
        methods: dict[str, Any] = await self.get("methods")
        return methods

    async def limits(self, **settings: Any) -> dict[str, Any]:
        """Changes `enabled`, `per_second`, `per_chat_burst`, `group_per_minute`, `strict`; what then holds."""
        changed: dict[str, Any] = await self.post("limits", settings)
        return changed

    async def bot(self, **settings: bool) -> dict[str, Any]:
        """Changes what BotFather would be told, as `POST /control/bot` takes it; the bot then."""
        changed: dict[str, Any] = await self.post("bot", settings)
        return changed

    async def inject(self, update: dict[str, Any]) -> dict[str, Any]:
        """Queues a raw update for the bot."""
        queued: dict[str, Any] = await self.post("updates", update)
        return queued

    async def reset(self) -> None:
        """Forgets everything but people."""
        await self.post("reset", {})
