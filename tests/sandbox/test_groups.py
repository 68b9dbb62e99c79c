"""Groups and supergroups: who is in them, what the bot is shown, what it may do."""

from datetime import timedelta
from typing import Any

from bot.sandbox.client import Group, Person, Telegram
from tests.sandbox.conftest import TOKEN, BotClient, keyboard

BOT_ID = int(TOKEN.partition(":")[0])


def kinds(updates: list[dict[str, Any]]) -> list[str]:
    """Which kind each update is, for a message also what it holds."""
    told = []
    for update in updates:
        kind = next(name for name in update if name != "update_id")
        about = {"message_id", "from", "chat", "date", "entities", "reply_to_message", "via_bot"}
        held = sorted(set(update[kind]) - about) if kind == "message" else []
        told.append(" ".join([kind, *held]))
    return told


async def test_the_bot_is_told_that_it_was_put_into_a_group(telegram: Telegram, bot: BotClient, anna: Person) -> None:
    group = await telegram.group("Samordnare", anna)
    updates = await bot.updates()
    assert kinds(updates) == ["my_chat_member", "message group_chat_created"]
    change = updates[0]["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")
    assert change["chat"] == {"id": group.id, "type": "group", "title": "Samordnare"}
    assert group.id < 0


async def test_with_privacy_the_bot_sees_what_is_meant_for_it(
    telegram: Telegram, bot: BotClient, group: Group, anna: Person, eva: Person
) -> None:
    asked = await bot.call("sendMessage", chat_id=group.id, text="När?")
    for text in ("prat", "/boka", "/boka@arenabot_bot", "/boka@other_bot"):
        await eva.sends(text, to=group)
    await anna.sends("klockan tio", to=group, reply_to=asked)
    seen = [update["message"]["text"] for update in await bot.updates()]
    assert seen == ["/boka", "/boka@arenabot_bot", "klockan tio"]
    await telegram.bot(can_read_all_group_messages=True)
    await eva.sends("prat igen", to=group)
    assert (await bot.updates())[-1]["message"]["text"] == "prat igen"
    assert (await bot.call("getMe"))["can_read_all_group_messages"] is True


async def test_an_administrator_sees_everything(bot: BotClient, group: Group, eva: Person) -> None:
    await group.sets(BOT_ID, "administrator")
    await eva.sends("prat", to=group)
    assert kinds(await bot.updates()) == ["my_chat_member", "message text"]


async def test_any_member_may_press_and_the_bot_is_told_who(
    telegram: Telegram, bot: BotClient, group: Group, eva: Person
) -> None:
    card = await bot.call("sendMessage", chat_id=group.id, text="Vem tar den?", reply_markup=keyboard("Jag"))
    query_id = await eva.touches(card, "Jag")
    query = (await bot.updates())[0]["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"], query["data"]) == (eva.id, group.id, "jag")
    await bot.call("answerCallbackQuery", callback_query_id=query_id, text="Tack")
    assert (await telegram.get(f"queries/{query_id}"))["text"] == "Tack"


async def test_who_comes_and_goes_is_told_in_messages(bot: BotClient, group: Group, eva: Person) -> None:
    await group.sets(eva.id, "left", by=eva)
    await group.sets(eva.id, "member")
    await group.renames("Samordnarna")
    updates = await bot.updates()
    assert kinds(updates) == ["message left_chat_member", "message new_chat_members", "message new_chat_title"]
    assert updates[1]["message"]["new_chat_members"][0]["id"] == eva.id


async def test_chat_member_updates_are_for_administrators_who_ask_for_them(
    bot: BotClient, group: Group, eva: Person
) -> None:
    await group.sets(BOT_ID, "administrator")
    await group.sets(eva.id, "administrator", can_pin_messages=True)
    assert kinds(await bot.updates()) == ["my_chat_member"]
    await bot.updates(allowed_updates=["chat_member"])
    await group.sets(eva.id, "member")
    change = (await bot.updates())[-1]["chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("administrator", "member")


async def test_a_group_that_became_a_supergroup_says_which(
    bot: BotClient, group: Group, anna: Person, telegram: Telegram
) -> None:
    new = await group.migrates()
    old_told, new_told = [update["message"] for update in await bot.updates()]
    assert (old_told["chat"]["id"], old_told["migrate_to_chat_id"]) == (group.id, new.id)
    assert (new_told["chat"]["id"], new_told["migrate_from_chat_id"]) == (new.id, group.id)
    assert await bot.envelope("sendMessage", chat_id=group.id, text="x") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    assert (await bot.call("sendMessage", chat_id=new.id, text="x"))["chat"]["type"] == "supergroup"
    assert (await group.told())["upgraded_to"] == new.id
    assert [one.id for one in await telegram.groups()] == [group.id, new.id]
    await anna.sends("/hej", to=new)
    assert (await bot.updates())[-1]["message"]["chat"]["id"] == new.id


async def test_a_bot_that_was_kicked_or_has_left_cannot_write(bot: BotClient, group: Group) -> None:
    await group.sets(BOT_ID, "kicked")
    kicked = await bot.envelope("sendMessage", chat_id=group.id, text="x")
    assert (kicked["error_code"], kicked["description"]) == (403, "Forbidden: bot was kicked from the group chat")
    await group.sets(BOT_ID, "member")
    assert await bot.call("leaveChat", chat_id=group.id) is True
    refusal = await bot.refusal("sendMessage", chat_id=group.id, text="x")
    assert refusal == "Forbidden: bot is not a member of the group chat"


async def test_a_group_takes_20_messages_a_minute(telegram: Telegram, bot: BotClient, group: Group) -> None:
    await telegram.limits(enabled=True)
    for _ in range(20):
        await bot.call("sendMessage", chat_id=group.id, text="x")
    refused = await bot.envelope("sendMessage", chat_id=group.id, text="x")
    assert (refused["error_code"], 50 < refused["parameters"]["retry_after"] <= 60) == (429, True)


async def test_some_permissions_bring_others_along_unless_they_are_independent(
    telegram: Telegram, bot: BotClient, group: Group
) -> None:
    bot_id = (await bot.call("getMe"))["id"]
    await group.sets(bot_id, "administrator")
    for independent in (False, True):
        given = {"permissions": {"can_send_polls": True}, "use_independent_chat_permissions": independent}
        await bot.call("setChatPermissions", chat_id=group.id, **given)
        allowed = (await bot.call("getChat", chat_id=group.id))["permissions"]
        assert (allowed["can_send_messages"], allowed["can_send_audios"]) == (not independent, False)
    await bot.call("setChatPermissions", chat_id=group.id, permissions={"can_add_web_page_previews": True})
    assert (await bot.call("getChat", chat_id=group.id))["permissions"]["can_send_audios"]


async def test_a_ban_and_a_restriction_end_when_they_are_to_by_the_movable_clock(
    telegram: Telegram, bot: BotClient, anna: Person, eva: Person
) -> None:
    group = await telegram.group("Samordnare", anna, eva, type="supergroup")
    await group.sets(BOT_ID, "administrator")
    await telegram.clock.freeze()
    member = {"chat_id": group.id, "user_id": eva.id}
    until = int((await telegram.clock.now()).timestamp()) + 3600
    for method, during, after in (("restrictChatMember", "restricted", "member"), ("banChatMember", "kicked", "left")):
        await bot.call(method, **member, permissions={"can_send_polls": False}, until_date=until)
        shown = await bot.call("getChatMember", **member)
        assert (shown["status"], shown["until_date"]) == (during, until)
        await telegram.clock.move(by=timedelta(hours=1))
        assert (await bot.call("getChatMember", **member))["status"] == after
        until += 3600
    await bot.call("banChatMember", **member, until_date=until)
    await bot.call("banChatMember", **member, until_date=until - 3590)
    assert (await bot.call("getChatMember", **member))["until_date"] == 0


async def test_who_is_in_it(bot: BotClient, group: Group, anna: Person, eva: Person) -> None:
    chat = {"chat_id": group.id}
    assert await bot.call("getChatMemberCount", **chat) == 3
    assert [one["user"]["id"] for one in await bot.call("getChatAdministrators", **chat)] == [anna.id]
    assert (await bot.call("getChatMember", **chat, user_id=anna.id))["status"] == "creator"
    assert (await bot.call("getChatMember", **chat, user_id=eva.id))["status"] == "member"
    assert await bot.refusal("getChatMember", **chat, user_id=77) == "Bad Request: PARTICIPANT_ID_INVALID"
    assert (await bot.call("getChat", **chat))["title"] == "Samordnare"
    bot_id = (await bot.call("getMe"))["id"]
    await group.sets(bot_id, "administrator")
    assert {one["user"]["id"] for one in await bot.call("getChatAdministrators", **chat)} == {anna.id, bot_id}


async def test_what_needs_a_right_is_refused_without_it(bot: BotClient, group: Group, eva: Person) -> None:
    chat = {"chat_id": group.id}
    own = await eva.sends("/hej", to=group)
    await group.sets(BOT_ID, "restricted", can_send_messages=True, can_invite_users=False)
    for method, given, description in (
        ("exportChatInviteLink", {}, "not enough rights to manage chat invite link"),
        ("banChatMember", {"user_id": eva.id}, "not enough rights to restrict/unrestrict chat member"),
        ("deleteMessage", {"message_id": own["message_id"]}, "message can't be deleted for everyone"),
    ):
        assert await bot.refusal(method, **chat, **given) == f"Bad Request: {description}"
    await group.sets(BOT_ID, "administrator", can_delete_messages=True, can_change_info=True, can_restrict_members=True)
    assert await bot.call("deleteMessage", **chat, message_id=own["message_id"]) is True
    assert await bot.call("setChatTitle", **chat, title="Arenan") is True
    assert await bot.call("banChatMember", **chat, user_id=eva.id) is True
    assert (await bot.call("getChatMember", **chat, user_id=eva.id))["status"] == "kicked"
    assert await bot.call("unbanChatMember", **chat, user_id=eva.id) is True
    assert (await bot.call("getChatMember", **chat, user_id=eva.id))["status"] == "left"


async def test_promotions_give_no_more_than_one_has(bot: BotClient, group: Group, eva: Person) -> None:
    which = {"chat_id": group.id, "user_id": eva.id}
    await group.sets(BOT_ID, "administrator", can_promote_members=True, can_pin_messages=True)
    assert await bot.refusal("promoteChatMember", **which, can_change_info=True) == "Bad Request: RIGHT_FORBIDDEN"
    assert await bot.call("promoteChatMember", **which, can_pin_messages=True) is True
    member = await bot.call("getChatMember", **which)
    assert (member["status"], member["can_pin_messages"], member["can_change_info"]) == ("administrator", True, False)


async def test_a_pin_in_a_group_is_a_message(bot: BotClient, group: Group) -> None:
    card = await bot.call("sendMessage", chat_id=group.id, text="Viktigt")
    await bot.call("pinChatMessage", chat_id=group.id, message_id=card["message_id"])
    assert kinds(await bot.updates()) == ["message pinned_message"]
    assert await bot.call("unpinAllChatMessages", chat_id=group.id) is True


async def test_the_menu_of_commands_in_a_group_is_the_most_specific(
    bot: BotClient, group: Group, anna: Person, eva: Person
) -> None:
    async def offer(text: str, **scope: Any) -> None:
        await bot.call("setMyCommands", commands=[{"command": "plan", "description": text}], scope=scope)

    await offer("alla", type="default")
    await offer("grupper", type="all_group_chats")
    await offer("de som styr", type="chat_administrators", chat_id=group.id)
    assert await anna.commands(within=group) == {"plan": "de som styr"}
    assert await eva.commands(within=group) == {"plan": "grupper"}
    await offer("Eva", type="chat_member", chat_id=group.id, user_id=eva.id)
    assert await eva.commands(within=group) == {"plan": "Eva"}
    assert await eva.commands() == {"plan": "alla"}


async def test_a_group_is_read_by_each_for_themselves(bot: BotClient, group: Group, anna: Person, eva: Person) -> None:
    card = await bot.call("sendMessage", chat_id=group.id, text="Hej")
    await eva.reads(card)
    told = await group.told()
    assert told["unread_by"] == {str(anna.id): 1, str(eva.id): 0}
    assert (await eva.uploads(b"x", "plan.pdf", to=group))["chat"]["id"] == group.id
