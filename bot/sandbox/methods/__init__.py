"""The methods that are served."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.methods import editing, members, profile, sending
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
        **dict.fromkeys(sending.SENT_FILES, sending.send_file),
        "sendContact": sending.send_contact,
        "sendMediaGroup": sending.send_media_group,
        "sendLocation": sending.send_location,
        "sendVenue": sending.send_venue,
        "sendChatAction": sending.send_chat_action,
        "copyMessage": sending.copy_message,
        "forwardMessage": sending.forward_message,
        "copyMessages": sending.copy_messages,
        "forwardMessages": sending.forward_messages,
        "editMessageText": editing.edit_text,
        "editMessageCaption": editing.edit_caption,
        "editMessageMedia": editing.edit_media,
        "editMessageReplyMarkup": editing.edit_reply_markup,
        "deleteMessage": editing.delete_message,
        "deleteMessages": editing.delete_messages,
        "answerCallbackQuery": editing.answer_callback_query,
        "answerInlineQuery": editing.answer_inline_query,
        "pinChatMessage": editing.pin,
        "unpinChatMessage": editing.unpin,
        "unpinAllChatMessages": editing.unpin_all,
        "getFile": profile.get_file,
        "getChat": members.get_chat,
        "getChatMember": members.get_chat_member,
        "getChatAdministrators": members.get_administrators,
        "getChatMemberCount": members.get_member_count,
        "leaveChat": members.leave,
        "banChatMember": members.ban,
        "unbanChatMember": members.unban,
        "restrictChatMember": members.restrict,
        "promoteChatMember": members.promote,
        "setChatAdministratorCustomTitle": members.set_custom_title,
        "setChatPermissions": members.set_permissions,
        "setChatTitle": members.set_title,
        "setChatDescription": members.set_description,
        "exportChatInviteLink": members.export_invite_link,
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
