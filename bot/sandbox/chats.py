"""People, and the chats that the bot can be in: a person's private one, or a group."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

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

Person: TypeAlias = dict[str, Any]
Group: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat, which has its person's id, or a group. `shown` is the Bot API's Chat."""

    id: int
    shown: dict[str, Any]
    person: Person | None = None
    group: Group | None = None

    @property
    def is_supergroup(self) -> bool:
        """Whether it numbers its messages itself."""
        return self.group is not None and self.group["type"] == "supergroup"


class Chats:
    """Reads and writes people; finds chats by what the bot or a person calls them."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._people: dict[int, Person] = {}
        self._private: dict[int, Chat] = {}
        world.store.when_forgotten += [self._people.clear, self._private.clear]

    def people(self) -> list[Person]:
        """Everyone, in the order of their ids."""
        return [json.loads(row[0]) for row in self._world.store.rows("SELECT json FROM person ORDER BY id")]

    def person(self, person_id: int) -> Person | None:
        """One person, if known."""
        if (held := self._people.get(person_id)) is not None:
            return held
        row = self._world.store.row("SELECT json FROM person WHERE id = ?", person_id)
        if row is None:
            return None
        found: Person = self._people.setdefault(person_id, json.loads(row[0]))
        return found

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
        self._people[person["id"]] = person
        self._private.pop(person["id"], None)
        self._world.store.execute("INSERT OR REPLACE INTO person VALUES (?, ?)", person["id"], packed(person))
        self._world.tell("person", dict(person))

    def user(self, person: Person) -> dict[str, Any]:
        """The person as a Bot API User."""
        user: dict[str, Any] = {"id": person["id"], "is_bot": False, "first_name": person["first_name"]}
        for name in ("last_name", "username", "language_code"):
            if person[name]:
                user[name] = person[name]
        return user

    def private(self, person: Person) -> Chat:
        """A person's chat with the bot."""
        if (held := self._private.get(person["id"])) is not None:
            return held
        shown = {"id": person["id"], "type": "private", "first_name": person["first_name"]}
        shown |= {name: person[name] for name in ("last_name", "username") if person[name]}
        return self._private.setdefault(person["id"], Chat(person["id"], shown, person=person))

    def of_group(self, group: Group) -> Chat:
        """A group's chat."""
        shown = {"id": group["id"], "type": group["type"], "title": group["title"]}
        if group.get("username"):
            shown["username"] = group["username"]
        return Chat(group["id"], shown, group=group)

    def find(self, chat_id: int) -> Chat | None:
        """A chat by its id."""
        if chat_id < 0:
            group = self._world.groups.find(chat_id)
            return self.of_group(group) if group else None
        person = self.person(chat_id)
        return self.private(person) if person else None

    def all(self) -> list[Chat]:
        """Every chat that there is something to see of: of people who have started, and groups."""
        private = [self.private(person) for person in self.people() if person["started"]]
        return private + [self.of_group(group) for group in self._world.groups.all()]

    def known(self, chat_id: int | str | None) -> Chat:
        """The chat that the bot means; raises BadRequest when there is none."""
        if chat_id is None:
            raise BadRequest("chat_id is empty")
        if isinstance(chat_id, int):
            found = self.find(chat_id)
        else:
            group = self._world.groups.by_username(chat_id.removeprefix("@"))
            found = self.of_group(group) if group else None
        if found is None:
            raise BadRequest("chat not found")
        return found

    def writable(self, chat_id: int | str | None) -> Chat:
        """As `known`, when the bot may write there; raises Forbidden or BadRequest when it may not."""
        chat = self.known(chat_id)
        if chat.group is not None:
            self._world.groups.check_writable(chat.group)
        elif chat.person is not None:
            _check_lets_in(chat.person)
        return chat

    def state(self, chat_id: int) -> dict[str, Any]:
        """What is kept of a chat besides its messages: `reads` (by person), `pinned`."""
        row = self._world.store.row("SELECT json FROM chat WHERE id = ?", chat_id)
        state: dict[str, Any] = json.loads(row[0]) if row else {"pinned": []}
        if "reads" not in state:
            state["reads"] = {str(chat_id): state.pop("read", 0)}
        return state

    def save_state(self, chat_id: int, state: dict[str, Any]) -> None:
        """Keeps it."""
        self._world.store.execute("INSERT OR REPLACE INTO chat VALUES (?, ?)", chat_id, packed(state))

    def blocked_update(self, person: Person, *, was: str, now: str) -> None:
        """Tells the bot that it was blocked or let in again."""
        bot = self._world.bot_user()
        self._world.updates.add(
            "my_chat_member",
            {
                "chat": self.private(person).shown,
                "from": self.user(person),
                "date": self._world.timestamp(),
                "old_chat_member": _membership(bot, was),
                "new_chat_member": _membership(bot, now),
            },
            lane=person["id"],
        )

    def summary(self, chat: Chat) -> dict[str, Any]:
        """A line of the list of chats."""
        people = [chat.id] if chat.person else self._world.groups.person_ids(chat.group or {})
        reads = self.state(chat.id)["reads"]
        unread = {str(person_id): self._unread(chat, person_id, reads.get(str(person_id), 0)) for person_id in people}
        last = self._world.messages.page(chat.id, limit=1)
        return {
            "id": chat.id,
            "type": chat.shown["type"],
            "title": chat.shown.get("title") or full_name(chat.shown),
            "person_ids": people,
            "unread": max(unread.values(), default=0),
            "unread_by": unread,
            "last_message": last[0] if last else None,
        }

    def _unread(self, chat: Chat, person_id: int, read: int) -> int:
        row = self._world.store.row(
            "SELECT count(*) FROM message WHERE chat_id = ? AND message_id > ? AND from_id != ?",
            chat.id,
            read,
            person_id,
        )
        return row[0] if row else 0


def full_name(named: dict[str, Any]) -> str:
    """First and last name as people write them."""
    return " ".join(filter(None, (named.get("first_name"), named.get("last_name"))))


def _check_lets_in(person: Person) -> None:
    if person["deactivated"]:
        raise Forbidden("user is deactivated")
    if not person["started"]:
        raise Forbidden("bot can't initiate conversation with a user")
    if person["blocked"]:
        raise Forbidden("bot was blocked by the user")


def _membership(bot: dict[str, Any], status: str) -> dict[str, Any]:
    member = {"user": bot, "status": status}
    return member | {"until_date": 0} if status == "kicked" else member
