"""Keyboards below messages: what Telegram refuses of them, and their buttons."""

from typing import Any

from bot.sandbox.errors import BadRequest

_MAX_DATA_BYTES = 64
_MAX_BUTTONS = 100
_ACTIONS = (
    "callback_data",
    "url",
    "login_url",
    "web_app",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_SCHEMES = ("http://", "https://", "tg://", "ton://", "mailto:", "tel:")


def checked(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """A reply markup without its empty rows; raises BadRequest in Telegram's words."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        rows = [row for row in markup["inline_keyboard"] if row]
        if sum(map(len, rows)) > _MAX_BUTTONS:
            raise BadRequest("reply markup is too long")
        for row in rows:
            for button in row:
                _check_button(button)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup and not any(markup["keyboard"]):
        raise BadRequest("can't parse reply keyboard markup JSON object")
    return markup


def inline_only(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """The markup of an edit, which can only be inline."""
    if markup is not None and "inline_keyboard" not in markup:
        raise BadRequest("inline keyboard expected")
    return checked(markup)


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The inline buttons of a message, in order."""
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise BadRequest("can't parse inline keyboard button: Text of the button must be non-empty")
    actions = [name for name in _ACTIONS if name in button]
    if not actions:
        raise BadRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= _MAX_DATA_BYTES:
        raise BadRequest("BUTTON_DATA_INVALID")
    if "url" in button:
        url = button["url"]
        if not url.startswith(_SCHEMES):
            if "." not in url or " " in url:
                raise BadRequest(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
            button["url"] = f"http://{url}"
