"""A group, as whoever steers the server sees it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.client.connection import Connection
from bot.sandbox.client.shown import Message

if TYPE_CHECKING:
    from bot.sandbox.client.people import Person


@dataclass
class Group:
    """A group or supergroup."""

    connection: Connection
    id: int
    title: str

    async def told(self) -> dict[str, Any]:
        """What `GET /control/groups/{id}` tells: type, members, `upgraded_to`, and what the list of chats shows."""
        told: dict[str, Any] = await self.connection.get(f"groups/{self.id}")
        return told

    async def sets(self, user_id: int, status: str, *, by: "Person | None" = None, **rights: bool) -> dict[str, Any]:
        """Makes a person, or the bot by its id, `member`, `administrator`, `restricted`, `left` or `kicked`."""
        body = {"user_id": user_id, "status": status, "rights": rights, "by": by.id if by else None}
        member: dict[str, Any] = await self.connection.post(f"groups/{self.id}/members", body)
        return member

    async def renames(self, title: str) -> None:
        """Another title."""
        await self.connection.patch(f"groups/{self.id}", {"title": title})
        self.title = title

    async def migrates(self) -> "Group":
        """Makes it a supergroup, which has another id."""
        new = await self.connection.post(f"groups/{self.id}/migrate", {})
        return Group(self.connection, new["id"], new["title"])

    async def messages(self, *, limit: int = 50) -> list[Message]:
        """The newest messages, oldest first."""
        messages: list[Message] = (await self.connection.get(f"chats/{self.id}/messages?limit={limit}"))["messages"]
        return messages
