"""Steering people: who there is, and what they do."""

from typing import Any

from bot.sandbox import queries
from bot.sandbox.acts import Acts
from bot.sandbox.chats import Chat, Person
from bot.sandbox.control.asked import Asked, person_fields, route, whole
from bot.sandbox.control.seeing import KINDS
from bot.sandbox.errors import ControlError
from bot.sandbox.files import looked_into
from bot.sandbox.parsing import RawRequest, read_multipart
from bot.sandbox.routing import Route
from bot.sandbox.world import World


class PeopleControl:
    """Answers under `/control/people` and `/control/queries`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._acts = Acts(world)

    def routes(self) -> list[Route]:
        """Its paths."""
        acts = {
            "start": self._start,
            "send": self._send,
            "upload": self._upload,
            "location": self._location,
            "contact": self._contact,
            "edit": self._edit,
            "press": self._press,
            "inline": self._inline,
            "choose": self._choose,
            "read": self._read,
        }
        return [
            route("POST", "people", self._create),
            route("PATCH", "people/{id}", self._change),
            *(route("POST", f"people/{{id}}/{name}", answer) for name, answer in acts.items()),
            route("GET", "queries/{id}", self._query),
            route("POST", "queries/{id}/again", self._again),
        ]

    async def _create(self, asked: Asked) -> Any:
        fields = person_fields(asked.body, new=True)
        with self._world.transaction():
            if "id" in fields and self._world.chats.person(fields["id"]):
                raise ControlError(409, "there is a person with that id")
            return self._world.chats.new_person(fields)

    async def _change(self, asked: Asked) -> Any:
        fields = person_fields(asked.body, new=False)
        with self._world.transaction():
            return self._acts.change(self._person(asked), fields)

    async def _start(self, asked: Asked) -> Any:
        payload = asked.optional_text("payload") or None
        with self._world.transaction():
            return self._acts.start(self._person(asked), payload)

    async def _send(self, asked: Asked) -> Any:
        text, reply_to = asked.text("text"), asked.optional_number("reply_to_message_id")
        with self._world.transaction():
            return self._acts.send(*self._place(asked), text, reply_to)

    async def _upload(self, asked: Asked) -> Any:
        raw = RawRequest()
        read_multipart(raw, asked.request.headers.get("Content-Type", ""), await asked.request.read())
        given = raw.parameters
        kind, file = given.get("kind", "document"), raw.files.get("file")
        if kind not in KINDS or file is None:
            raise ControlError(400, "an upload needs a kind and a file")
        source = await looked_into(kind, file)
        told = {"duration": whole(given.get("duration", 0))}
        with self._world.transaction():
            person, chat = self._place(Asked(asked.request, asked.path, given))
            return self._acts.upload(person, chat, kind, source, given.get("caption", ""), told)

    async def _location(self, asked: Asked) -> Any:
        place = {name: asked.degrees(name) for name in ("latitude", "longitude")}
        with self._world.transaction():
            return self._acts.content(*self._place(asked), {"location": place})

    async def _contact(self, asked: Asked) -> Any:
        contact = {name: asked.text(name) for name in ("phone_number", "first_name")}
        with self._world.transaction():
            person, chat = self._place(asked)
            return self._acts.content(person, chat, {"contact": {**contact, "user_id": person["id"]}})

    async def _edit(self, asked: Asked) -> Any:
        text, message_id = asked.text("text"), asked.number("message_id")
        with self._world.transaction():
            return self._acts.edit(*self._place(asked), message_id, text)

    async def _press(self, asked: Asked) -> Any:
        data, label = asked.optional_text("data"), asked.optional_text("text")
        message_id = asked.number("message_id")
        with self._world.transaction():
            return self._acts.press(*self._place(asked), message_id, data, label)

    async def _inline(self, asked: Asked) -> Any:
        query, offset = asked.optional_text("query") or "", asked.optional_text("offset") or ""
        with self._world.transaction():
            return {"inline_query_id": self._acts.ask_inline(*self._place(asked), query, offset)}

    async def _choose(self, asked: Asked) -> Any:
        query_id, result_id = asked.text("inline_query_id"), asked.text("result_id")
        with self._world.transaction():
            return self._acts.choose(*self._place(asked), query_id, result_id)

    async def _read(self, asked: Asked) -> Any:
        message_id = asked.number("message_id")
        with self._world.transaction():
            self._acts.read(*self._place(asked), message_id)
        return {}

    async def _query(self, asked: Asked) -> Any:
        found = queries.find(self._world, asked.path["id"])
        if found is None:
            raise ControlError(404, "there is no such query")
        return queries.seen(found)

    async def _again(self, asked: Asked) -> Any:
        with self._world.transaction():
            queries.again(self._world, asked.path["id"])
        return {}

    def _person(self, asked: Asked) -> Person:
        person = self._world.chats.person(whole(asked.path["id"]))
        if person is None:
            raise ControlError(404, "there is no such person")
        return person

    def _place(self, asked: Asked) -> tuple[Person, Chat]:
        """Who acts and where: in their private chat, or in the one that is named."""
        person = self._person(asked)
        chat_id = asked.optional_number("chat_id")
        chat = self._world.chats.private(person) if chat_id is None else self._world.chats.find(chat_id)
        if chat is None or (chat.group is None and chat.id != person["id"]):
            raise ControlError(404, "there is no such chat")
        return person, chat
