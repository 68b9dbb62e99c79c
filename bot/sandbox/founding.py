"""What people do with groups: found one, let others in and out, promote, rename, make it a supergroup."""

from typing import Any

from bot.sandbox.chats import Chat, Group, Person
from bot.sandbox.errors import ControlError
from bot.sandbox.groups import PRESENT, RIGHTS, Member
from bot.sandbox.messages import Message
from bot.sandbox.world import World

_STATUSES = PRESENT | {"left", "kicked"}


class Founding:
    """Acts upon groups, each within a transaction of the caller; raises ControlError for what an app would refuse."""

    def __init__(self, world: World) -> None:
        self._world = world

    def found(
        self,
        creator: Person,
        title: str,
        members: list[Person],
        *,
        supergroup: bool = False,
        username: str | None = None,
        with_bot: bool = True,
    ) -> Chat:
        """A new group with its first members; the bot is one of them unless it is left out."""
        group = self._world.groups.new(title, supergroup=supergroup, username=username)
        group["members"] = {
            str(creator["id"]): {"status": "creator"},
            **{str(one["id"]): {"status": "member"} for one in members if one["id"] != creator["id"]},
        }
        self._world.groups.save(group)
        chat = self._world.chats.of_group(group)
        if with_bot:
            self._check_joins()
            self._world.groups.change(group, self._world.bot_id, {"status": "member"}, by=self._user(creator))
        self._tell(chat, creator, {"supergroup_chat_created" if supergroup else "group_chat_created": True})
        self._world.tell("chat", self._world.chats.summary(chat))
        return chat

    def set_member(self, chat: Chat, user_id: int, status: str, rights: dict[str, bool], by: Person) -> Member:
        """Lets somebody in or out, promotes or restricts them; the membership then."""
        group = _group(chat)
        if status not in _STATUSES:
            raise ControlError(400, f"a status is one of {', '.join(sorted(_STATUSES))}")
        if self._world.groups.member(group, user_id) is None:
            raise ControlError(404, "there is no such person")
        if user_id == self._world.bot_id and status in PRESENT:
            self._check_joins()
        was = self._world.groups.is_present(group, user_id)
        now = status in PRESENT
        if was and not now:
            self._gone(chat, user_id, by)
        kept = {"status": status, **self._rights(status, rights)}
        self._world.groups.change(group, user_id, kept, by=self._user(by))
        if now and not was:
            self._tell(chat, by, {"new_chat_members": [self._member(group, user_id)["user"]]})
        self._world.tell("chat", self._world.chats.summary(chat))
        return self._member(group, user_id)

    def _gone(self, chat: Chat, user_id: int, by: Person) -> None:
        """Told before it happens, since the bot is told of its own going too."""
        teller = self._world.chats.person(user_id) if by["id"] == user_id else by
        self._tell(chat, teller or by, {"left_chat_member": self._member(_group(chat), user_id)["user"]})

    def _rights(self, status: str, rights: dict[str, bool]) -> dict[str, bool]:
        if status != "administrator" or rights:
            return rights
        return {name: name != "can_promote_members" for name in RIGHTS}

    def rename(self, chat: Chat, title: str, by: Person) -> Chat:
        """Another title; a message tells of it."""
        group = _group(chat)
        group["title"] = title
        self._world.groups.save(group)
        renamed = self._world.chats.of_group(group)
        self._tell(renamed, by, {"new_chat_title": title})
        self._world.tell("chat", self._world.chats.summary(renamed))
        return renamed

    def migrate(self, chat: Chat) -> Chat:
        """The group becomes a supergroup with another id; a message in each says which."""
        old = _group(chat)
        if chat.is_supergroup or old.get("upgraded_to"):
            raise ControlError(409, "it is a supergroup already")
        new = self._world.groups.new(old["title"], supergroup=True)
        new |= {"members": dict(old["members"]), "permissions": old["permissions"]}
        self._world.groups.save(new)
        creator = self._creator(old)
        self._tell(chat, creator, {"migrate_to_chat_id": new["id"]})
        old["upgraded_to"] = new["id"]
        self._world.groups.save(old)
        upgraded = self._world.chats.of_group(new)
        self._tell(upgraded, creator, {"migrate_from_chat_id": old["id"]})
        for one in (chat, upgraded):
            self._world.tell("chat", self._world.chats.summary(one))
        return upgraded

    def creator(self, chat: Chat) -> Person:
        """Whoever founded it."""
        return self._creator(_group(chat))

    def _creator(self, group: Group) -> Person:
        ids = [int(key) for key, kept in group["members"].items() if kept["status"] == "creator"]
        creator = self._world.chats.person(ids[0]) if ids else None
        if creator is None:
            raise ControlError(409, "the group has no owner")
        return creator

    def _check_joins(self) -> None:
        if not self._world.bot_settings()["can_join_groups"]:
            raise ControlError(409, "the bot joins no groups; POST /control/bot lets it")

    def _member(self, group: Group, user_id: int) -> Member:
        found = self._world.groups.member(group, user_id)
        if found is None:
            raise ControlError(404, "there is no such person")
        return found

    def _user(self, person: Person) -> dict[str, Any]:
        return self._world.chats.user(person)

    def _tell(self, chat: Chat, person: Person, content: Message) -> None:
        self._world.messages.from_person(chat, person, content)


def _group(chat: Chat) -> Group:
    if chat.group is None:
        raise ControlError(400, "that is no group")
    return chat.group
