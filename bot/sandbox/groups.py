"""Groups and supergroups: who is in them, what the bot may do there and what it is shown."""

import json
import secrets
from typing import TYPE_CHECKING, Any, Final

from bot.sandbox.errors import BadRequest, Forbidden
from bot.sandbox.store import packed

if TYPE_CHECKING:
    from bot.sandbox.chats import Group
    from bot.sandbox.messages import Message
    from bot.sandbox.world import World

Member = dict[str, Any]

_FIRST_GROUP = 4_000_001
_SUPERGROUPS_BEYOND = 1_000_000_000_000
_FIRST_SUPERGROUP = 2_000_000_001
PRESENT: Final = frozenset({"creator", "administrator", "member", "restricted"})
ADMINISTRATORS: Final = frozenset({"creator", "administrator"})
RIGHTS: Final = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_manage_topics",
    "can_manage_tags",
)
WRITING: Final = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes"),
)
PERMISSIONS: Final = (
    *(*WRITING, "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"),
    *("can_react_to_messages", "can_edit_tag"),
)
_SERVICE = (
    *("new_chat_members", "left_chat_member", "new_chat_title", "pinned_message", "group_chat_created"),
    *("supergroup_chat_created", "migrate_to_chat_id", "migrate_from_chat_id", "delete_chat_photo", "new_chat_photo"),
)


class Groups:
    """Reads and writes groups. Members are kept by their id as text, since JSON knows no other keys."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._held: dict[int, Group] = {}
        world.store.when_forgotten.append(self._held.clear)

    def find(self, chat_id: int) -> "Group | None":
        """One group, if known."""
        if chat_id not in self._held:
            row = self._world.store.row("SELECT json FROM chat_group WHERE id = ?", chat_id)
            if row is None:
                return None
            self._held[chat_id] = json.loads(row[0])
        return self._held[chat_id]

    def all(self) -> "list[Group]":
        """All of them, the newest first."""
        return [json.loads(row[0]) for row in self._world.store.rows("SELECT json FROM chat_group ORDER BY id DESC")]

    def by_username(self, username: str) -> "Group | None":
        """A public supergroup."""
        wanted = username.lower()
        named = (group for group in self.all() if (group.get("username") or "").lower() == wanted)
        found = next(named, None)
        return self.find(found["id"]) if found else None

    def save(self, group: "Group") -> None:
        """Keeps a group."""
        self._held[group["id"]] = group
        self._world.store.execute("INSERT OR REPLACE INTO chat_group VALUES (?, ?)", group["id"], packed(group))

    def new(self, title: str, *, supergroup: bool, username: str | None = None) -> "Group":
        """A group without members."""
        store = self._world.store
        if supergroup:
            group_id = -_SUPERGROUPS_BEYOND - store.next_id("supergroup", _FIRST_SUPERGROUP)
        else:
            group_id = -store.next_id("group", _FIRST_GROUP)
        group: Group = {
            "id": group_id,
            "type": "supergroup" if supergroup else "group",
            "title": title,
            "username": username,
            "invite_link": new_invite_link(),
            "permissions": dict.fromkeys(PERMISSIONS, True) | {"can_manage_topics": False},
            "members": {},
        }
        self.save(group)
        return group

    # ------------------------------------------------------------------ members

    def person_ids(self, group: "Group") -> list[int]:
        """The people who are in it."""
        known = [int(key) for key in group.get("members", {})]
        return [one for one in known if one != self._world.bot_id and self.is_present(group, one)]

    def kept(self, group: "Group", user_id: int) -> Member:
        """What is kept of somebody's membership; a ban or restriction ends at its `until_date`."""
        member: Member = group["members"].get(str(user_id), {"status": "left"})
        if 0 < member.get("until_date", 0) <= self._world.timestamp():
            return {"status": "member" if member.get("is_member", False) else "left"}
        return member

    def status(self, group: "Group", user_id: int) -> str:
        """creator, administrator, member, restricted, left or kicked."""
        status: str = self.kept(group, user_id)["status"]
        return status

    def is_present(self, group: "Group", user_id: int) -> bool:
        """Whether they are in it."""
        member = self.kept(group, user_id)
        return member["status"] in PRESENT and member.get("is_member", True)

    def may(self, group: "Group", user_id: int, right: str) -> bool:
        """Whether they have an administrator's right, or a permission that everybody has."""
        member = self.kept(group, user_id)
        if member["status"] == "creator":
            return True
        if member["status"] == "administrator":
            return bool(member.get(right, False) or right.startswith("can_send"))
        if member["status"] not in PRESENT:
            return False
        own = member if member["status"] == "restricted" else {}
        return right in PERMISSIONS and bool(own.get(right, True) and group["permissions"].get(right, False))

    def member(self, group: "Group", user_id: int) -> Member | None:
        """A membership as the Bot API shows it; None for somebody unknown."""
        user = self._user(user_id)
        return _shown(user, self.kept(group, user_id)) if user else None

    def _user(self, user_id: int) -> dict[str, Any] | None:
        if user_id == self._world.bot_id:
            return self._world.bot_user()
        person = self._world.chats.person(user_id)
        return self._world.chats.user(person) if person else None

    def change(self, group: "Group", user_id: int, kept: Member, *, by: dict[str, Any]) -> None:
        """Makes somebody a member, an administrator, no member …, and tells the bot where it is told such things."""
        old = self.member(group, user_id)
        group["members"][str(user_id)] = kept
        self.save(group)
        new = self.member(group, user_id)
        if old == new:
            return
        is_bot = user_id == self._world.bot_id
        if not is_bot and self.status(group, self._world.bot_id) not in ADMINISTRATORS:
            return
        update = {
            "chat": self._world.chats.of_group(group).shown,
            "from": by,
            "date": self._world.timestamp(),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        self._world.updates.add("my_chat_member" if is_bot else "chat_member", update, lane=group["id"])

    # ------------------------------------------------------------------ the bot

    def check_here(self, group: "Group") -> None:
        """Raises what Telegram says where the bot is not in the group, or the group is another by now."""
        called = f"{group['type']} chat"
        status = self.status(group, self._world.bot_id)
        if status == "kicked":
            raise Forbidden(f"bot was kicked from the {called}")
        if group.get("upgraded_to"):
            raise BadRequest(
                "group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": group["upgraded_to"]}
            )
        if status not in PRESENT:
            raise Forbidden(f"bot is not a member of the {called}")

    def check_writable(self, group: "Group") -> None:
        """As `check_here`, and whether the bot may write."""
        self.check_here(group)
        if not self.may(group, self._world.bot_id, "can_send_messages"):
            raise BadRequest("not enough rights to send text messages to the chat")

    def shows_bot(self, group: "Group", message: "Message") -> bool:
        """Whether the bot is told of a message: all as an administrator or without privacy, else what is meant for it."""
        bot = self._world.bot_user()
        if not self.is_present(group, bot["id"]):
            return False
        if self._world.bot_settings()["can_read_all_group_messages"]:
            return True
        if self.status(group, bot["id"]) in ADMINISTRATORS or any(name in message for name in _SERVICE):
            return True
        replied = message.get("reply_to_message", {}).get("from", {}).get("id") == bot["id"]
        return replied or "via_bot" in message or _commands(message, bot["username"])


def new_invite_link() -> str:
    """A link by which one could join."""
    return f"https://t.me/+{secrets.token_urlsafe(12)}"


def _commands(message: "Message", username: str) -> bool:
    """Whether a command stands in it that is for everybody or for this bot."""
    text = message.get("text") or message.get("caption") or ""
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in message.get("entities") or message.get("caption_entities") or ():
        if entity["type"] == "bot_command":
            start = entity["offset"] * 2
            command = units[start : start + entity["length"] * 2].decode("utf-16-le", "replace")
            _, at, meant = command.partition("@")
            if not at or meant.lower() == username.lower():
                return True
    return False


def _shown(user: dict[str, Any], kept: Member) -> Member:
    member: Member = {"status": kept["status"], "user": user}
    match kept["status"]:
        case "creator":
            member["is_anonymous"] = False
        case "administrator":
            member |= {name: bool(kept.get(name, False)) for name in RIGHTS}
            member |= {"can_be_edited": False, "is_anonymous": bool(kept.get("is_anonymous", False))}
        case "restricted":
            member |= {name: bool(kept.get(name, False)) for name in PERMISSIONS}
            member |= {"is_member": kept.get("is_member", True), "until_date": kept.get("until_date", 0)}
        case "kicked":
            member["until_date"] = kept.get("until_date", 0)
    if kept["status"] in ADMINISTRATORS and kept.get("custom_title"):
        member["custom_title"] = kept["custom_title"]
    return member
