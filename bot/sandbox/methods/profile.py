"""Methods about the bot itself, its commands and its chats."""

import re
import time
from typing import Any

from bot.sandbox.chats import Chat, Person
from bot.sandbox.errors import BadRequest, TooManyRequests
from bot.sandbox.files import MAX_DOWNLOAD_BYTES
from bot.sandbox.groups import ADMINISTRATORS
from bot.sandbox.methods.call import Call
from bot.sandbox.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MAX_COMMANDS = 100
_MAX_COMMAND_DESCRIPTION = 256
_TEXTS = {
    "Name": ("name", 64, "BOT_TITLE_INVALID"),
    "Description": ("description", 512, "BOT_DESCRIPTION_TOO_LONG"),
    "ShortDescription": ("short_description", 120, "BOT_ABOUT_TOO_LONG"),
}
_CLOSABLE_AFTER_SECONDS = 600
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}


def get_me(call: Call) -> dict[str, Any]:
    """Serves getMe."""
    return call.world.bot_user() | {
        **{name: value for name, value in call.world.bot_settings().items() if name != "inline_feedback"},
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_file(call: Call) -> dict[str, Any]:
    """getFile: where a file of up to 20 MB can be fetched."""
    known = call.world.files.find(call.get("file_id"))
    if known is None:
        raise BadRequest("wrong file_id or the file is temporarily unavailable")
    if known["size"] > MAX_DOWNLOAD_BYTES:
        raise BadRequest("file is too big")
    return {
        "file_id": call.get("file_id"),
        "file_unique_id": known["unique_id"],
        "file_size": known["size"],
        "file_path": known["path"],
    }


def _scope(call: Call) -> str:
    scope = call.get("scope", {"type": "default"})
    if scope["type"] in _CHAT_SCOPES:
        call.world.chats.known(scope.get("chat_id"))
    parts = [scope["type"], *(str(scope[name]) for name in ("chat_id", "user_id") if name in scope)]
    return "/".join([*parts, call.get("language_code", "")])


def set_my_commands(call: Call) -> bool:
    """setMyCommands: for a scope and a language."""
    commands = call.get("commands")
    if len(commands) > _MAX_COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    read = []
    for command in commands:
        name = command["command"].removeprefix("/")
        if not _COMMAND.fullmatch(name):
            raise BadRequest("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= _MAX_COMMAND_DESCRIPTION:
            raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
        read.append({"command": name, "description": command["description"]})
    _keep_commands(call, read)
    return True


def delete_my_commands(call: Call) -> bool:
    """deleteMyCommands: the next broader scope shows through."""
    _keep_commands(call, [])
    return True


def get_my_commands(call: Call) -> list[dict[str, Any]]:
    """getMyCommands: of exactly this scope and language."""
    found: list[dict[str, Any]] = call.world.store.setting("commands", {}).get(_scope(call), [])
    return found


def _keep_commands(call: Call, commands: list[dict[str, Any]]) -> None:
    kept = call.world.store.setting("commands", {})
    kept[_scope(call)] = commands
    call.world.store.set_setting("commands", {scope: found for scope, found in kept.items() if found})


def commands_shown(world: World, chat: Chat, person: Person) -> list[dict[str, Any]]:
    """The commands that a person sees: the most specific scope, and within it their language before none."""
    kept = world.store.setting("commands", {})
    language = (person["language_code"] or "")[:2]
    for scope in _scopes(world, chat, person):
        for code in dict.fromkeys((language, "")):
            if found := kept.get(f"{scope}/{code}"):
                shown: list[dict[str, Any]] = found
                return shown
    return []


def _scopes(world: World, chat: Chat, person: Person) -> list[str]:
    if chat.group is None:
        return [f"chat/{chat.id}", "all_private_chats", "default"]
    runs_it = world.groups.status(chat.group, person["id"]) in ADMINISTRATORS
    of_chat = [f"chat_administrators/{chat.id}"] if runs_it else []
    of_all = ["all_chat_administrators"] if runs_it else []
    own = f"chat_member/{chat.id}/{person['id']}"
    return [own, *of_chat, f"chat/{chat.id}", *of_all, "all_group_chats", "default"]


def set_text(call: Call) -> bool:
    """setMyName, setMyDescription and setMyShortDescription: by language."""
    field, limit, refusal = _TEXTS[call.method.removeprefix("setMy")]
    text = call.get(field, "")
    if len(text) > limit:
        raise BadRequest(refusal)
    kept = call.world.store.setting(f"{field}s", {})
    kept[call.get("language_code", "")] = text
    call.world.store.set_setting(f"{field}s", {code: found for code, found in kept.items() if found})
    return True


def get_text(call: Call) -> dict[str, str]:
    """getMyName, getMyDescription and getMyShortDescription: in the language, or else in none."""
    field, *_ = _TEXTS[call.method.removeprefix("getMy")]
    kept = call.world.store.setting(f"{field}s", {})
    initial = call.world.settings.bot_first_name if field == "name" else ""
    return {field: kept.get(call.get("language_code", "")) or kept.get("") or initial}


def set_menu_button(call: Call) -> bool:
    """setChatMenuButton: of one chat, or of all that have none of their own."""
    buttons = call.world.store.setting("menu_buttons", {})
    chat_id = call.get("chat_id")
    if chat_id is not None:
        call.world.chats.known(chat_id)
    button = call.get("menu_button", {"type": "default"})
    buttons[str(chat_id or "")] = button
    call.world.store.set_setting("menu_buttons", buttons)
    return True


def get_menu_button(call: Call) -> dict[str, Any]:
    """Serves getChatMenuButton."""
    chat_id = call.get("chat_id")
    if chat_id is not None:
        call.world.chats.known(chat_id)
    buttons = call.world.store.setting("menu_buttons", {})
    found: dict[str, Any] = buttons.get(str(chat_id or "")) or buttons.get("") or {"type": "commands"}
    return found


def log_out(call: Call) -> bool:
    """logOut: for ten minutes nothing else is answered."""
    call.world.logged_out_at = call.world.clock.now()
    return True


def close(call: Call) -> bool:
    """close: refused in the first ten minutes, as Telegram does."""
    left = _CLOSABLE_AFTER_SECONDS - (time.monotonic() - call.world.started_at)
    if left > 0:
        raise TooManyRequests(int(left) + 1)
    return True


def set_webhook(call: Call) -> bool:
    """setWebhook; without an address as deleteWebhook."""
    return call.world.webhooks.set_webhook(call.parameters)


def delete_webhook(call: Call) -> bool:
    """Serves deleteWebhook."""
    return call.world.webhooks.delete_webhook(drop_pending=call.get("drop_pending_updates", False))


def get_webhook_info(call: Call) -> dict[str, Any]:
    """Serves getWebhookInfo."""
    return call.world.webhooks.info()
