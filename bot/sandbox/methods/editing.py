"""Methods that change, remove and pin messages, and answer presses."""

from datetime import timedelta
from typing import Any

from bot.sandbox import keyboards, queries
from bot.sandbox.chats import Chat
from bot.sandbox.errors import BadRequest
from bot.sandbox.messages import Message, as_reply, for_bot
from bot.sandbox.methods.call import Call

DELETABLE_FOR = timedelta(hours=48)
_MEDIA = ("photo", "document", "audio", "video", "animation", "voice")
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_MAX_TOAST = 200
_MAX_DELETED = 100


def edit_text(call: Call) -> Message | bool:
    """editMessageText: anew, and without reply_markup the keyboard goes."""
    content = call.text()
    message = call.own_message("edit")
    if "text" not in message:
        raise BadRequest("there is no text in the message to edit")
    return _changed(call, message, _TEXT, content)


def edit_caption(call: Call) -> Message | bool:
    """Serves editMessageCaption."""
    content = call.caption()
    message = call.own_message("edit")
    if not any(kind in message for kind in _MEDIA):
        raise BadRequest("there is no caption in the message to edit")
    return _changed(call, message, _CAPTION, content)


def edit_reply_markup(call: Call) -> Message | bool:
    """Serves editMessageReplyMarkup."""
    return _changed(call, call.own_message("edit"), (), {})


def edit_media(call: Call) -> Message | bool:
    """editMessageMedia: a text or a file becomes another file."""
    given = call.get("media")
    caption = call.caption(given)
    message = call.own_message("edit")
    if not any(kind in message for kind in ("text", *_MEDIA)) or "voice" in message:
        raise BadRequest("message can't be edited")
    part = call.world.files.part(given["type"], call.sources[0], given)
    return _changed(call, message, (*_TEXT, *_CAPTION, *_MEDIA, "has_media_spoiler"), part | caption)


def _changed(call: Call, message: Message, replaced: tuple[str, ...], content: Message) -> Message | bool:
    markup = keyboards.inline_only(call.get("reply_markup"))
    changed = {name: value for name, value in message.items() if name not in {*replaced, "reply_markup"}} | content
    if markup is not None:
        changed["reply_markup"] = markup
    if changed == message:
        raise BadRequest(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )
    edited = for_bot(call.world.messages.edited(changed, marked=bool(replaced)))
    return edited if call.get("inline_message_id") is None else True


def delete_message(call: Call) -> bool:
    """deleteMessage: of either side, up to 48 hours old; in a group others' where the bot may."""
    chat = call.world.chats.known(call.get("chat_id"))
    _check_here(call, chat)
    message = call.world.messages.find(chat.id, call.get("message_id"))
    if message is None:
        raise BadRequest("message to delete not found")
    if not _deletable(call, chat, message):
        raise BadRequest("message can't be deleted for everyone")
    return call.world.messages.delete(chat.id, [message["message_id"]]) > 0


def delete_messages(call: Call) -> bool:
    """deleteMessages: those of up to 100 that are there and can be."""
    asked = call.get("message_ids")
    if not asked:
        raise BadRequest("message identifiers are not specified")
    if len(asked) > _MAX_DELETED:
        raise BadRequest("too many message identifiers specified")
    chat = call.world.chats.known(call.get("chat_id"))
    _check_here(call, chat)
    found = [call.world.messages.find(chat.id, message_id) for message_id in asked]
    gone = [message["message_id"] for message in found if message is not None and _deletable(call, chat, message)]
    call.world.messages.delete(chat.id, gone)
    return True


def _check_here(call: Call, chat: Chat) -> None:
    if chat.group is not None:
        call.world.groups.check_here(chat.group)


def _deletable(call: Call, chat: Chat, message: Message) -> bool:
    if call.world.timestamp() - message["date"] > DELETABLE_FOR.total_seconds():
        return False
    if chat.group is None or message["from"]["id"] == call.world.bot_id:
        return True
    return call.world.groups.may(chat.group, call.world.bot_id, "can_delete_messages")


def answer_callback_query(call: Call) -> bool:
    """answerCallbackQuery: within the time that a press waits for its answer."""
    if len(call.get("text", "")) > _MAX_TOAST:
        raise BadRequest("MESSAGE_TOO_LONG")
    queries.answer_press(call.world, call.get("callback_query_id"), call.parameters)
    return True


def answer_inline_query(call: Call) -> bool:
    """answerInlineQuery: likewise."""
    answered = {
        "results": call.world.inline.checked(call.get("results")),
        "button": call.get("button"),
        "next_offset": call.get("next_offset", ""),
    }
    queries.answer_inline(call.world, call.get("inline_query_id"), answered)
    return True


def pin(call: Call) -> bool:
    """pinChatMessage: in a group a message tells of it."""
    chat = _pinnable(call)
    message = call.world.messages.find(chat.id, call.get("message_id"))
    if message is None:
        raise BadRequest("message to pin not found")
    state = call.world.chats.state(chat.id)
    state["pinned"] = [*(one for one in state["pinned"] if one != message["message_id"]), message["message_id"]]
    _keep(call, chat, state)
    if chat.group is not None:
        told = call.world.messages.from_bot(chat, {"pinned_message": as_reply(message)})
        call.world.messages.queue(chat, "message", told)
    return True


def unpin(call: Call) -> bool:
    """unpinChatMessage: one message, or the newest pinned."""
    chat = _pinnable(call)
    state = call.world.chats.state(chat.id)
    message_id = call.get("message_id", state["pinned"][-1] if state["pinned"] else None)
    if message_id not in state["pinned"]:
        raise BadRequest("message to unpin not found")
    state["pinned"].remove(message_id)
    _keep(call, chat, state)
    return True


def unpin_all(call: Call) -> bool:
    """Serves unpinAllChatMessages."""
    chat = _pinnable(call)
    _keep(call, chat, call.world.chats.state(chat.id) | {"pinned": []})
    return True


def _pinnable(call: Call) -> Chat:
    chat = call.world.chats.writable(call.get("chat_id"))
    if chat.group is not None and not call.world.groups.may(chat.group, call.world.bot_id, "can_pin_messages"):
        raise BadRequest("not enough rights to manage pinned messages in the chat")
    return chat


def _keep(call: Call, chat: Chat, state: dict[str, Any]) -> None:
    call.world.chats.save_state(chat.id, state)
    call.world.tell("chat", call.world.chats.summary(chat))
