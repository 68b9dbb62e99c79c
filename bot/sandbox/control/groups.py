"""Steering groups."""

from typing import Any

from bot.sandbox.chats import Chat, Person
from bot.sandbox.control.asked import Asked, route, whole
from bot.sandbox.errors import ControlError
from bot.sandbox.founding import Founding
from bot.sandbox.groups import PERMISSIONS, RIGHTS
from bot.sandbox.routing import Route
from bot.sandbox.world import World


class GroupControl:
    """Answers under `/control/groups`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._founding = Founding(world)

    def routes(self) -> list[Route]:
        """Its paths."""
        return [
            route("POST", "groups", self._create),
            route("GET", "groups/{id}", self._show),
            route("PATCH", "groups/{id}", self._change),
            route("POST", "groups/{id}/members", self._set_member),
            route("POST", "groups/{id}/migrate", self._migrate),
        ]

    async def _create(self, asked: Asked) -> Any:
        title, username = asked.text("title"), asked.optional_text("username")
        kind = asked.optional_text("type") or "group"
        if kind not in {"group", "supergroup"}:
            raise ControlError(400, "type is group or supergroup")
        ids = asked.body.get("members") or []
        if not isinstance(ids, list):
            raise ControlError(400, "members is a list of people's ids")
        with self._world.transaction():
            chat = self._founding.found(
                self._person(asked.number("person_id")),
                title,
                [self._person(whole(one)) for one in ids],
                supergroup=kind == "supergroup",
                username=username if kind == "supergroup" else None,
                with_bot=bool(asked.body.get("bot", True)),
            )
            return self._shown(chat)

    async def _show(self, asked: Asked) -> Any:
        return self._shown(self._chat(asked))

    async def _change(self, asked: Asked) -> Any:
        title = asked.text("title")
        with self._world.transaction():
            chat = self._chat(asked)
            return self._shown(self._founding.rename(chat, title, self._by(asked, chat)))

    async def _set_member(self, asked: Asked) -> Any:
        rights = asked.body.get("rights") or {}
        if not isinstance(rights, dict) or set(rights) - {*RIGHTS, *PERMISSIONS}:
            raise ControlError(400, "rights is an object of an administrator's rights, or of a member's permissions")
        status, user_id = asked.text("status"), asked.number("user_id")
        with self._world.transaction():
            chat = self._chat(asked)
            given = {name: bool(value) for name, value in rights.items()}
            return self._founding.set_member(chat, user_id, status, given, self._by(asked, chat))

    async def _migrate(self, asked: Asked) -> Any:
        with self._world.transaction():
            return self._shown(self._founding.migrate(self._chat(asked)))

    def _shown(self, chat: Chat) -> dict[str, Any]:
        group = chat.group or {}
        members = [self._world.groups.member(group, int(key)) for key in group["members"]]
        return {
            **self._world.chats.summary(chat),
            "username": group.get("username"),
            "upgraded_to": group.get("upgraded_to"),
            "members": [member for member in members if member is not None],
        }

    def _chat(self, asked: Asked) -> Chat:
        chat = self._world.chats.find(whole(asked.path["id"]))
        if chat is None or chat.group is None:
            raise ControlError(404, "there is no such group")
        return chat

    def _by(self, asked: Asked, chat: Chat) -> Person:
        person_id = asked.optional_number("by")
        return self._founding.creator(chat) if person_id is None else self._person(person_id)

    def _person(self, person_id: int) -> Person:
        person = self._world.chats.person(person_id)
        if person is None:
            raise ControlError(404, "there is no such person")
        return person
