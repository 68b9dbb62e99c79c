"""Methods that change, remove and pin messages, and answer presses."""

from datetime import timedelta
from typing import Any

from bot.sandbox import keyboards, queries
from bot.sandbox.errors import BadRequest
from bot.sandbox.messages import Message, for_bot
from bot.sandbox.methods.call import Call

DELETABLE_FOR = timedelta(hours=48)
_MEDIA = ("photo", "document", "audio", "video", "animation", "voice")
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_MAX_TOAST = 200
_MAX_DELETED = 100


def edit_text(call: Call) -> Message:
    """editMessageText: anew, and without reply_markup the keyboard goes."""
    content = call.text()
    message = call.own_message("edit")
    if "text" not in message:
        raise BadRequest("there is no text in the message to edit")
    return _changed(call, message, _TEXT, content)


def edit_caption(call: Call) -> Message:
    """Serves editMessageCaption."""
    content = call.caption()
    message = call.own_message("edit")
    if not any(kind in message for kind in _MEDIA):
        raise BadRequest("there is no caption in the message to edit")
    return _changed(call, message, _CAPTION, content)


def edit_reply_markup(call: Call) -> Message:
    """Serves editMessageReplyMarkup."""
    return _changed(call, call.own_message("edit"), (), {})


def edit_media(call: Call) -> Message:
    """editMessageMedia: a text or a file becomes another file."""
    given = call.get("media")
    caption = call.caption(given)
    message = call.own_message("edit")
    if not any(kind in message for kind in ("text", *_MEDIA)) or "voice" in message:
        raise BadRequest("message can't be edited")
    part = call.world.files.part(given["type"], call.sources[0], given)
    return _changed(call, message, _TEXT + _CAPTION + _MEDIA, part | caption)


def _changed(call: Call, message: Message, replaced: tuple[str, ...], content: Message) -> Message:
    markup = keyboards.inline_only(call.get("reply_markup"))
    changed = {name: value for name, value in message.items() if name not in {*replaced, "reply_markup"}} | content
    if markup is not None:
        changed["reply_markup"] = markup
    if changed == message:
        raise BadRequest(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )
    return for_bot(call.world.messages.edited(changed, marked=bool(replaced)))


def delete_message(call: Call) -> bool:
    """deleteMessage: of either side, up to 48 hours old."""
    person = call.world.chats.known(call.get("chat_id"))
    message = call.world.messages.find(person["id"], call.get("message_id"))
    if message is None:
        raise BadRequest("message to delete not found")
    if not _deletable(call, message):
        raise BadRequest("message can't be deleted for everyone")
    return call.world.messages.delete(person["id"], [message["message_id"]]) > 0


def delete_messages(call: Call) -> bool:
    """deleteMessages: those of up to 100 that are there and can be."""
    asked = call.get("message_ids")
    if not asked:
        raise BadRequest("message identifiers are not specified")
    if len(asked) > _MAX_DELETED:
        raise BadRequest("too many message identifiers specified")
    person = call.world.chats.known(call.get("chat_id"))
    found = [call.world.messages.find(person["id"], message_id) for message_id in asked]
    gone = [message["message_id"] for message in found if message is not None and _deletable(call, message)]
    call.world.messages.delete(person["id"], gone)
    return True


def _deletable(call: Call, message: Message) -> bool:
    return bool(call.world.timestamp() - message["date"] <= DELETABLE_FOR.total_seconds())


def answer_callback_query(call: Call) -> bool:
    """answerCallbackQuery: within the time that a press waits for its answer."""
    if len(call.get("text", "")) > _MAX_TOAST:
        raise BadRequest("MESSAGE_TOO_LONG")
    queries.answer(call.world, call.get("callback_query_id"), call.parameters)
    return True


def pin(call: Call) -> bool:
    """Serves pinChatMessage."""
    person = call.world.chats.writable(call.get("chat_id"))
    message = call.world.messages.find(person["id"], call.get("message_id"))
    if message is None:
        raise BadRequest("message to pin not found")
    state = call.world.chats.state(person["id"])
    state["pinned"] = [*(one for one in state["pinned"] if one != message["message_id"]), message["message_id"]]
    _keep(call, person, state)
    return True


def unpin(call: Call) -> bool:
    """unpinChatMessage: one message, or the newest pinned."""
    person = call.world.chats.writable(call.get("chat_id"))
    state = call.world.chats.state(person["id"])
    message_id = call.get("message_id", state["pinned"][-1] if state["pinned"] else None)
    if message_id not in state["pinned"]:
        raise BadRequest("message to unpin not found")
    state["pinned"].remove(message_id)
    _keep(call, person, state)
    return True


def _keep(call: Call, person: dict[str, Any], state: dict[str, Any]) -> None:
    call.world.chats.save_state(person["id"], state)
    call.world.tell("chat", call.world.chats.summary(person))
