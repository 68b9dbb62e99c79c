"""People, and their private chats with the bot."""

import json
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequest, Forbidden
from bot.sandbox.store import packed

if TYPE_CHECKING:
    from bot.sandbox.world import World

FIRST_PERSON_ID = 5_000_000_001  # beyond 32 bits, as Telegram's are
_PERSON = {
    "last_name": None,
    "username": None,
    "language_code": None,
    "note": None,
    "blocked": False,
    "deactivated": False,
    "started": False,
}

Person = dict[str, Any]


class Chats:
    """Reads and writes people and chats; a private chat has its person's id."""

    def __init__(self, world: "World") -> None:
        self._world = world

    def people(self) -> list[Person]:
        """Everyone, in the order of their ids."""
        return [json.loads(row[0]) for row in self._world.store.rows("SELECT json FROM person ORDER BY id")]

    def person(self, person_id: int) -> Person | None:
        """One person, if known."""
        row = self._world.store.row("SELECT json FROM person WHERE id = ?", person_id)
        return json.loads(row[0]) if row else None

    def new_person(self, fields: dict[str, Any]) -> Person:
        """Adds a person; without an id the next free one."""
        store = self._world.store
        person_id = fields.get("id")
        while person_id is None or (fields.get("id") is None and self.person(person_id)):
            person_id = store.next_id("person", FIRST_PERSON_ID)
        person: Person = {"id": person_id, "first_name": fields["first_name"]}
        person |= {name: fields.get(name, default) for name, default in _PERSON.items()}
        self.save_person(person)
        return person

    def save_person(self, person: Person) -> None:
        """Keeps a person and tells of the change."""
        self._world.store.execute("INSERT OR REPLACE INTO person VALUES (?, ?)", person["id"], packed(person))
        self._world.tell("person", person)

    def user(self, person: Person) -> dict[str, Any]:
        """The person as a Bot API User."""
        user: dict[str, Any] = {"id": person["id"], "is_bot": False, "first_name": person["first_name"]}
        for name in ("last_name", "username", "language_code"):
            if person[name]:
                user[name] = person[name]
        return user

    def private_chat(self, person: Person) -> dict[str, Any]:
        """The person's chat as a Bot API Chat."""
        chat = {"id": person["id"], "type": "private", "first_name": person["first_name"]}
        return chat | {name: person[name] for name in ("last_name", "username") if person[name]}

    def state(self, chat_id: int) -> dict[str, Any]:
        """What is kept of a chat besides its messages: `read`, `pinned`, `menu_button`."""
        row = self._world.store.row("SELECT json FROM chat WHERE id = ?", chat_id)
        return json.loads(row[0]) if row else {"read": 0, "pinned": []}

    def save_state(self, chat_id: int, state: dict[str, Any]) -> None:
        """Keeps it."""
        self._world.store.execute("INSERT OR REPLACE INTO chat VALUES (?, ?)", chat_id, packed(state))

    def known(self, chat_id: int | str | None) -> Person:
        """The person behind a chat id that the bot gave; raises BadRequest when there is none."""
        if chat_id is None:
            raise BadRequest("chat_id is empty")
        person = self.person(chat_id) if isinstance(chat_id, int) else None
        if person is None:
            raise BadRequest("chat not found")
        return person

    def writable(self, chat_id: int | str | None) -> Person:
        """As `known`, when the bot may write to them; raises Forbidden when it may not."""
        person = self.known(chat_id)
        if person["deactivated"]:
            raise Forbidden("user is deactivated")
        if not person["started"]:
            raise Forbidden("bot can't initiate conversation with a user")
        if person["blocked"]:
            raise Forbidden("bot was blocked by the user")
        return person

    def member_update(self, person: Person, *, was: str, now: str) -> None:
        """Tells the bot that it was blocked or let in again."""
        bot = self._world.bot_user()
        self._world.updates.add(
            "my_chat_member",
            {
                "chat": self.private_chat(person),
                "from": self.user(person),
                "date": self._world.timestamp(),
                "old_chat_member": _membership(bot, was),
                "new_chat_member": _membership(bot, now),
            },
            lane=person["id"],
        )

    def summary(self, person: Person) -> dict[str, Any]:
        """A line of the list of chats."""
        store, chat_id = self._world.store, person["id"]
        unread = store.row(
            "SELECT count(*) FROM message WHERE chat_id = ? AND message_id > ? AND from_bot = 1",
            chat_id,
            self.state(chat_id)["read"],
        )
        last = self._world.messages.page(chat_id, limit=1)
        return {
            "id": chat_id,
            "type": "private",
            "title": " ".join(filter(None, (person["first_name"], person["last_name"]))),
            "person_ids": [chat_id],
            "unread": unread[0] if unread else 0,
            "last_message": last[0] if last else None,
        }


def _membership(bot: dict[str, Any], status: str) -> dict[str, Any]:
    member = {"user": bot, "status": status}
    return member | {"until_date": 0} if status == "kicked" else member
