"""The methods that are served."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.methods import editing, profile, sending
from bot.sandbox.methods.call import Call

Method = Callable[[Call], Any]


def served() -> dict[str, Method]:
    """Every method that is carried out in one transaction, by its name; getUpdates waits and is not among them."""
    return {
        "getMe": profile.get_me,
        "logOut": profile.log_out,
        "close": profile.close,
        "setWebhook": profile.set_webhook,
        "deleteWebhook": profile.delete_webhook,
        "getWebhookInfo": profile.get_webhook_info,
        "sendMessage": sending.send_message,
        "sendPhoto": sending.send_file,
        "sendDocument": sending.send_file,
        "sendVoice": sending.send_file,
        "sendVideo": sending.send_file,
        "sendAudio": sending.send_file,
        "sendMediaGroup": sending.send_media_group,
        "sendLocation": sending.send_location,
        "sendVenue": sending.send_venue,
        "sendChatAction": sending.send_chat_action,
        "copyMessage": sending.copy_message,
        "forwardMessage": sending.forward_message,
        "editMessageText": editing.edit_text,
        "editMessageCaption": editing.edit_caption,
        "editMessageMedia": editing.edit_media,
        "editMessageReplyMarkup": editing.edit_reply_markup,
        "deleteMessage": editing.delete_message,
        "deleteMessages": editing.delete_messages,
        "answerCallbackQuery": editing.answer_callback_query,
        "pinChatMessage": editing.pin,
        "unpinChatMessage": editing.unpin,
        "getFile": profile.get_file,
        "getChat": profile.get_chat,
        "getChatMember": profile.get_chat_member,
        "setMyCommands": profile.set_my_commands,
        "getMyCommands": profile.get_my_commands,
        "deleteMyCommands": profile.delete_my_commands,
        "setMyName": profile.set_text,
        "getMyName": profile.get_text,
        "setMyDescription": profile.set_text,
        "getMyDescription": profile.get_text,
        "setMyShortDescription": profile.set_text,
        "getMyShortDescription": profile.get_text,
        "setChatMenuButton": profile.set_menu_button,
        "getChatMenuButton": profile.get_menu_button,
    }
