"""What there is to see: chats, messages, files, events, the log of calls."""

from contextlib import suppress
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.chats import Chat
from bot.sandbox.control.asked import Asked, route, whole
from bot.sandbox.errors import ControlError
from bot.sandbox.left_out import IGNORED, REFUSED
from bot.sandbox.methods import served
from bot.sandbox.methods.profile import commands_shown
from bot.sandbox.routing import Route
from bot.sandbox.search import holding
from bot.sandbox.world import World

KINDS: Final = ("photo", "document", "voice", "audio", "video", "sticker", "animation", "video_note")
HEARTBEAT_SECONDS: Final = 15.0
_FILES = ("photo", "animation", "document", "voice", "audio", "video", "sticker", "video_note")
_INLINE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")


class Seeing:
    """Answers what changes nothing."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Its paths."""
        return [
            route("GET", "state", self._state),
            route("GET", "chats/{chat_id}/messages", self._messages),
            route("GET", "chats/{chat_id}/messages/{message_id}/media", self._media),
            route("GET", "chats/{chat_id}/messages/{message_id}/calls", self._calls_about),
            route("GET", "chats/{chat_id}/search", self._search),
            route("GET", "chats/{chat_id}/commands", self._commands),
            route("GET", "events", self._events),
            route("GET", "calls", self._calls),
            route("GET", "methods", self._methods),
            route("GET", "snapshot", self._snapshot),
        ]

    async def _state(self, _asked: Asked) -> Any:
        world = self._world
        clock = world.moves.state()
        return {
            "now": clock["now"],
            "clock": {"running": clock["running"], "moving_to": clock["moving_to"]},
            "limits": world.limits.settings.as_dict(),
            "bot": world.bot_user() | world.bot_settings() | {"description": world.bot_description()},
            "people": world.chats.people(),
            "chats": [world.chats.summary(chat) for chat in world.chats.all()],
            "event_id": world.events.last_id,
        }

    async def _messages(self, asked: Asked) -> Any:
        page = self._world.messages.page(
            whole(asked.path["chat_id"]),
            before=asked.queried("before"),
            after=asked.queried("after"),
            limit=asked.queried("limit") or 100,
        )
        return {"messages": page}

    async def _search(self, asked: Asked) -> Any:
        chat_id, words = whole(asked.path["chat_id"]), asked.request.query.get("text", "").strip()
        return {"message_ids": holding(self._world.store, chat_id, words) if words else []}

    async def _media(self, asked: Asked) -> web.Response:
        message = self._world.messages.find(whole(asked.path["chat_id"]), whole(asked.path["message_id"]))
        if message is None:
            raise ControlError(404, "there is no such message")
        for kind in (kind for kind in _FILES if kind in message):
            part = message[kind][-1] if kind == "photo" else message[kind]
            kept = self._world.files.find(part["file_id"])
            found = self._world.files.content(kept["path"]) if kept else None
            if found:
                return _bytes(found, part.get("file_name") or f"{kind}_{message['message_id']}")
        raise ControlError(404, "the message holds no file")

    async def _commands(self, asked: Asked) -> Any:
        chat = self._chat(asked)
        person = chat.person or self._world.chats.person(asked.queried("person_id") or 0)
        if person is None:
            raise ControlError(400, "in a group say whose commands: ?person_id=")
        return {"commands": commands_shown(self._world, chat, person)}

    async def _events(self, asked: Asked) -> web.StreamResponse:
        after = asked.request.headers.get("Last-Event-ID") or asked.request.query.get("after")
        seen = whole(after) if after else None
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(asked.request)
        with suppress(ConnectionResetError):  # whoever watched went away
            await response.write(b": here\n\n")
            async for event in self._world.events.stream(seen, HEARTBEAT_SECONDS):
                await response.write(event.encoded() if event else b": still here\n\n")
        return response

    async def _calls(self, asked: Asked) -> Any:
        after, limit = asked.queried("after") or 0, asked.queried("limit") or 100
        found = list(self._world.calls.after(after))
        return {"calls": [call.as_dict() for call in (found[:limit] if after else found[-limit:])]}

    async def _calls_about(self, asked: Asked) -> Any:
        found = self._world.calls.about(whole(asked.path["chat_id"]), whole(asked.path["message_id"]))
        return {"calls": [call.as_dict() for call in found]}

    async def _methods(self, _asked: Asked) -> Any:
        known, done = set(self._world.facts.methods), {*served(), "getUpdates"}
        return {
            "version": self._world.facts.version,
            "served": sorted(done),
            "not_served": sorted(known - done),
            "refused_parameters": sorted(REFUSED),
            "ignored_parameters": sorted(IGNORED),
        }

    async def _snapshot(self, _asked: Asked) -> Any:
        return self._world.snapshot()

    def _chat(self, asked: Asked) -> Chat:
        chat = self._world.chats.find(whole(asked.path["chat_id"]))
        if chat is None:
            raise ControlError(404, "there is no such chat")
        return chat


def _bytes(found: tuple[bytes, str], name: str) -> web.Response:
    content, kind = found
    shown = kind in _INLINE_TYPES
    response = web.Response(body=content, content_type=kind if shown else "application/octet-stream")
    how = "inline" if shown else "attachment"
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='', errors='replace')}"
    return response
