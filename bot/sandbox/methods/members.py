"""Methods about chats and who is in them."""

from typing import Any

from bot.sandbox.chats import Chat, Group
from bot.sandbox.errors import BadRequest
from bot.sandbox.groups import ADMINISTRATORS, PERMISSIONS, RIGHTS, WRITING, Member, new_invite_link
from bot.sandbox.methods.call import Call

_MAX_TITLE = 128
_MAX_DESCRIPTION = 255
_MAX_CUSTOM_TITLE = 16
_SECONDS_OF_BANS = range(30, 366 * 24 * 3600 + 1)
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
_NO_RIGHTS = "not enough rights to {}"
_RESTRICT = "restrict/unrestrict chat member"


def get_chat(call: Call) -> dict[str, Any]:
    """Serves getChat."""
    chat = call.world.chats.known(call.get("chat_id"))
    found = chat.shown | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.shown.get("username"):
        found["active_usernames"] = [chat.shown["username"]]
    if chat.group is not None:
        found["permissions"] = chat.group["permissions"]
        if chat.group.get("description"):
            found["description"] = chat.group["description"]
        if call.world.groups.may(chat.group, call.world.bot_id, "can_invite_users"):
            found["invite_link"] = chat.group["invite_link"]
    pinned = call.world.chats.state(chat.id)["pinned"]
    if pinned and (message := call.world.messages.find(chat.id, pinned[-1])):
        found["pinned_message"] = message
    return found


def get_chat_member(call: Call) -> dict[str, Any]:
    """getChatMember: in a private chat both are members."""
    chat, user_id = call.world.chats.known(call.get("chat_id")), call.get("user_id")
    if chat.group is not None:
        call.world.groups.check_here(chat.group)
        found = call.world.groups.member(chat.group, user_id)
        if found is None:
            raise BadRequest("PARTICIPANT_ID_INVALID")
        return found
    if chat.person is not None and user_id == chat.id:
        return {"user": call.world.chats.user(chat.person), "status": "member"}
    if user_id == call.world.bot_id:
        return {"user": call.world.bot_user(), "status": "member"}
    raise BadRequest("member not found")


def get_administrators(call: Call) -> list[dict[str, Any]]:
    """getChatAdministrators: people, and this bot where it is one; other bots are never here (`return_bots`)."""
    group = _group(call, "there are no administrators in the private chat").group or {}
    ids = [int(key) for key, kept in group["members"].items() if kept["status"] in ADMINISTRATORS]
    found = [call.world.groups.member(group, one) for one in ids]
    return [member for member in found if member is not None]


def get_member_count(call: Call) -> int:
    """Serves getChatMemberCount."""
    chat = call.world.chats.known(call.get("chat_id"))
    if chat.group is None:
        return 2
    call.world.groups.check_here(chat.group)
    return sum(call.world.groups.is_present(chat.group, int(key)) for key in chat.group["members"])


def leave(call: Call) -> bool:
    """leaveChat: the bot goes, and the chat tells of it."""
    chat = _group(call, "chat member status can't be changed in private chats")
    if chat.group is not None:
        bot = call.world.bot_user()
        message = call.world.messages.from_bot(chat, {"left_chat_member": bot})
        call.world.messages.queue(chat, "message", message)
        call.world.groups.change(chat.group, bot["id"], {"status": "left"}, by=bot)
    return True


def ban(call: Call) -> bool:
    """banChatMember: out, and not in again before `until_date` or an unban."""
    group, user_id = _over_member(call, _RESTRICT)
    was_present = call.world.groups.is_present(group, user_id)
    _change(call, group, user_id, {"status": "kicked", "until_date": _until(call)})
    person = call.world.chats.person(user_id)
    if was_present and person is not None:
        chat = call.world.chats.of_group(group)
        message = call.world.messages.from_bot(chat, {"left_chat_member": call.world.chats.user(person)})
        call.world.messages.queue(chat, "message", message)
    return True


def _until(call: Call) -> int:
    """When it ends; what is nearer than 30 seconds or farther than 366 days never does."""
    until: int = call.get("until_date", 0)
    return until if until - call.world.timestamp() in _SECONDS_OF_BANS else 0


def unban(call: Call) -> bool:
    """unbanChatMember: may come back; who was never banned is put out, unless `only_if_banned`."""
    group, user_id = _over_member(call, _RESTRICT)
    if call.world.groups.status(group, user_id) == "kicked" or not call.get("only_if_banned", False):
        _change(call, group, user_id, {"status": "left"})
    return True


def restrict(call: Call) -> bool:
    """restrictChatMember: what one member of a supergroup may send."""
    group, user_id = _over_member(call, _RESTRICT)
    if group["type"] != "supergroup":
        raise BadRequest("method is available only for supergroups")
    kept = _permissions(call)
    if all(kept[name] for name in PERMISSIONS[:5]):
        _change(call, group, user_id, {"status": "member"})
        return True
    present = call.world.groups.is_present(group, user_id)
    _change(
        call,
        group,
        user_id,
        {"status": "restricted", **kept, "until_date": _until(call), "is_member": present},
    )
    return True


def promote(call: Call) -> bool:
    """promoteChatMember: rights of one's own only; none of them makes a member again."""
    group, user_id = _over_member(call, "promote a chat member", "can_promote_members")
    rights = {name: True for name in RIGHTS if call.get(name, False)}
    if any(not call.world.groups.may(group, call.world.bot_id, name) for name in rights):
        raise BadRequest("RIGHT_FORBIDDEN")
    if not call.world.groups.is_present(group, user_id):
        raise BadRequest("USER_NOT_MUTUAL_CONTACT")
    if not rights:
        _change(call, group, user_id, {"status": "member"})
        return True
    anonymous = {"is_anonymous": True} if call.get("is_anonymous", False) else {}
    _change(call, group, user_id, {"status": "administrator", "can_manage_chat": True, **rights, **anonymous})
    return True


def set_custom_title(call: Call) -> bool:
    """Serves setChatAdministratorCustomTitle."""
    group, user_id = _over_member(call, "change custom title of the user", "can_promote_members", others=False)
    kept = call.world.groups.kept(group, user_id)
    if kept["status"] != "administrator":
        raise BadRequest("user is not an administrator")
    if len(call.get("custom_title")) > _MAX_CUSTOM_TITLE:
        raise BadRequest("ADMIN_RANK_INVALID")
    _change(call, group, user_id, kept | {"custom_title": call.get("custom_title")})
    return True


def set_permissions(call: Call) -> bool:
    """setChatPermissions: what members may do."""
    group = _with_right(call, "can_restrict_members", "change chat permissions")
    call.world.groups.save(group | {"permissions": _permissions(call)})
    return True


def _permissions(call: Call) -> dict[str, bool]:
    """As they were given; unless they are to be independent, some bring others along."""
    given = call.get("permissions")
    allowed = {name: bool(given.get(name, False)) for name in PERMISSIONS}
    allowed["can_react_to_messages"] = bool(given.get("can_react_to_messages", allowed["can_send_messages"]))
    allowed["can_edit_tag"] = bool(given.get("can_edit_tag", allowed["can_pin_messages"]))
    if not call.get("use_independent_chat_permissions"):
        if allowed["can_send_other_messages"] or allowed["can_add_web_page_previews"]:
            allowed |= dict.fromkeys(WRITING, True)
        allowed["can_send_messages"] |= allowed["can_send_polls"]
    return allowed


def set_title(call: Call) -> bool:
    """setChatTitle: a message tells of it."""
    group = _with_right(call, "can_change_info", "change chat title")
    title = call.get("title").strip()
    if not 1 <= len(title) <= _MAX_TITLE:
        raise BadRequest("title must be non-empty" if not title else "CHAT_TITLE_INVALID")
    if title != group["title"]:
        group["title"] = title
        call.world.groups.save(group)
        chat = call.world.chats.of_group(group)
        call.world.messages.queue(chat, "message", call.world.messages.from_bot(chat, {"new_chat_title": title}))
        call.world.tell("chat", call.world.chats.summary(chat))
    return True


def set_description(call: Call) -> bool:
    """Serves setChatDescription."""
    group = _with_right(call, "can_change_info", "set chat description")
    description = call.get("description", "")
    if len(description) > _MAX_DESCRIPTION:
        raise BadRequest("CHAT_ABOUT_TOO_LONG")
    if description == group.get("description", ""):
        raise BadRequest("chat description is not modified")
    call.world.groups.save(group | {"description": description})
    return True


def export_invite_link(call: Call) -> str:
    """exportChatInviteLink: a new one, the one before is void."""
    group = _with_right(call, "can_invite_users", "manage chat invite link")
    group["invite_link"] = new_invite_link()
    call.world.groups.save(group)
    return str(group["invite_link"])


def _group(call: Call, refusal: str) -> Chat:
    chat = call.world.chats.known(call.get("chat_id"))
    if chat.group is None:
        raise BadRequest(refusal)
    call.world.groups.check_here(chat.group)
    return chat


def _with_right(call: Call, right: str, what: str) -> Group:
    group = _group(call, f"can't {what} in private chats").group
    if group is None or not call.world.groups.may(group, call.world.bot_id, right):
        raise BadRequest(_NO_RIGHTS.format(what))
    return group


def _over_member(
    call: Call, what: str, right: str = "can_restrict_members", *, others: bool = True
) -> tuple[Group, int]:
    """The group and the member acted upon; raises BadRequest where the bot may not."""
    group, user_id = _with_right(call, right, what), int(call.get("user_id"))
    status = call.world.groups.status(group, user_id)
    if call.world.groups.member(group, user_id) is None:
        raise BadRequest("PARTICIPANT_ID_INVALID")
    if user_id == call.world.bot_id:
        raise BadRequest("can't change the bot's own status")
    if status == "creator":
        raise BadRequest("can't remove chat owner")
    if others and status == "administrator" and right == "can_restrict_members":
        raise BadRequest("user is an administrator of the chat")
    return group, user_id


def _change(call: Call, group: Group, user_id: int, kept: Member) -> None:
    call.world.groups.change(group, user_id, kept, by=call.world.bot_user())
    call.world.tell("chat", call.world.chats.summary(call.world.chats.of_group(group)))
