"""Groups, where nothing is booked; and chats that are opened and blocked."""

from telegram import ChatMember, Update

from bot.context import BotContext
from bot.views import groups as views

_PRESENT = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER, ChatMember.RESTRICTED})


async def in_group(update: Update, context: BotContext) -> None:
    """Ask whoever turns to the bot in a group to write in private; the group's other words are not for it."""
    if update.callback_query is not None:
        context.toast(views.not_here(), alert=True)
    elif _is_addressed(update, context.bot_username):
        context.say(views.in_private(context.link("group")))


def _is_addressed(update: Update, username: str) -> bool:
    message = update.message
    if message is None:
        return False
    text, earlier = message.text or message.caption or "", message.reply_to_message
    to_us = earlier is not None and earlier.from_user is not None and earlier.from_user.username == username
    return to_us or text.startswith("/") or f"@{username}".lower() in text.lower()


async def membership(update: Update, context: BotContext) -> None:
    """Note that a chat can be written to or not; say hello in a group."""
    change = update.my_chat_member
    assert change is not None  # noqa: S101  # the handler's filter
    if change.new_chat_member.status not in _PRESENT:
        await context.work.chats.lost(context.chat_id, "blocked" if context.is_private else "removed")
        return
    await context.work.chats.reached(context.chat_id)
    if not context.is_private and change.old_chat_member.status not in _PRESENT:
        context.say(views.in_private(context.link("group")))
