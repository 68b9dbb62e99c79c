"""Announcements as their readers see them, and the preview that shows them so."""

from collections.abc import Mapping
from typing import Any

from bot.domain.announcement_content import Content
from bot.domain.outgoing import Outgoing
from bot.domain.results.announcements import Correction, Message, Preview
from bot.views.announcement_buttons import HaveRead
from bot.views.announcements import Result
from bot.views.screen import Reader, T, button, keyboard, t

PREVIEWED = "announcement_previewed"
"""The bot's own update: a preview was sent, and which message it is."""


def _markup(announcement_id: int | None, reader: Reader) -> dict[str, Any]:
    return keyboard([[button(t("announcements.have_read"), HaveRead(announcement_id=announcement_id))]], reader)


def message(m: Message, reader: Reader) -> list[Outgoing]:
    """What one recipient gets; `reader` is in their language."""
    params = dict(m.content["params"])
    if m.receipts:
        params["reply_markup"] = _markup(m.announcement_id, reader)
    if m.reply_to is not None:
        params["reply_parameters"] = {"message_id": m.reply_to, "allow_sending_without_reply": True}
    return [Outgoing("call", {"method": m.content["method"], "params": params})]


def beside(result: Result, now_for: Mapping[str, Reader], *, chat_id: int) -> list[Outgoing]:
    """What is sent above the card: the message exactly as it will be seen, by language; or its buttons, when only
    those have changed. `now_for` are readers by language.
    """
    match result:
        case Correction(_, _, content):
            return [_call(content["method"], dict(content["params"]), chat_id)]
        case Preview(fresh=True):
            return [
                _shown(result, each, result.contents[each], now_for[each], chat_id=chat_id)
                for each in sorted(result.contents, reverse=True)
            ]
        case Preview():
            return [
                marked(message_id, now_for[each], receipts=result.receipts, chat_id=chat_id)
                for each, message_id in sorted(result.shown.items())
            ]
        case _:
            return []


def _call(method: str, params: dict[str, Any], chat_id: int) -> Outgoing:
    return Outgoing("call", {"method": method, "params": params | {"chat_id": chat_id}}, chat_id=chat_id)


def _shown(p: Preview, language: str, content: Content, reader: Reader, *, chat_id: int) -> Outgoing:
    params = {**content["params"], "chat_id": chat_id}
    if p.receipts:
        params["reply_markup"] = _markup(None, reader)
    about = {
        "person_id": p.draft.person_id,
        "draft_id": p.draft.id,
        "language": language,
        "receipts": p.receipts,
    }
    payload = {"method": content["method"], "params": params, "answer_as": PREVIEWED, "context": about}
    return Outgoing("call", payload, chat_id=chat_id)


def marked(message_id: int, reader: Reader, *, receipts: bool, chat_id: int) -> Outgoing:
    """A preview that is there already, with the receipt's button or without."""
    params: dict[str, Any] = {"message_id": message_id}
    if receipts:
        params["reply_markup"] = _markup(None, reader)
    return _call("editMessageReplyMarkup", params, chat_id)


def thanked() -> T:
    """The receipt is noted."""
    return t("announcements.thanked")


def only_a_preview() -> T:
    """The coordinator pressed the button on the preview."""
    return t("announcements.only_a_preview")
