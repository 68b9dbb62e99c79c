"""Requests made from the tables: right ones, and such as are right but for one thing in them."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from bot.sandbox.facts import Field, load_facts
from bot.sandbox.left_out import REFUSED
from bot.sandbox.methods import served
from tests.sandbox.conftest import picture

Draw = st.DrawFn
Values = st.SearchStrategy[Any]

FACTS: Final = load_facts()
PEOPLE: Final = (11, 12, 13)
"""Who owns the groups, who is a member of them, and who is an administrator."""
NOT_SERVED: Final = {"sendDice", "getStickerSet"}
METHODS: Final = sorted({*served(), "getUpdates", *NOT_SERVED} - {"logOut", "close", "setWebhook"})
OF_GROUPS: Final = {
    *("exportChatInviteLink", "getChatAdministrators", "leaveChat", "unpinChatMessage"),
    *("setChatDescription", "setChatPermissions", "setChatTitle"),
}
GROUPS: Final = ("$group", "$supergroup")
NEVER: Final = {"timeout", "allowed_updates", *REFUSED}
"""What would make a test wait or silent, and what is refused wherever it stands."""

_CAMEL = re.compile(r"(?<!^)(?=[A-Z])")
_DEEPEST = 3
_LIKELY: Final[dict[str, tuple[Any, ...]]] = {
    "chat_id": (PEOPLE[0], PEOPLE[0], PEOPLE[1], *GROUPS),
    "from_chat_id": (PEOPLE[0],),
    "user_id": (PEOPLE[1], PEOPLE[2], PEOPLE[1], PEOPLE[2], PEOPLE[0], "$bot"),
    "message_id": ("$text", "$card", "$document", "$photo", "$pinned"),
    "message_ids": ("$text", "$card", "$photo"),
    "offset": (0, 1, -1),
    "length": (1, 2),
    "file_id": ("$file",),
    "media": ("attach://file", "$photo_file"),
    "photo": ("attach://file", "$photo_file"),
    "callback_query_id": ("$press",),
    "inline_query_id": ("$query",),
    "inline_message_id": ("$inline",),
    "parse_mode": ("HTML", "MarkdownV2", "Markdown"),
    "custom_title": ("Värd", "x" * 17),
    "action": ("typing", "upload_document"),
    "language_code": ("sv", "en", ""),
    "command": ("boka", "/boka", "avbryt"),
    "callback_data": ("ja", "x" * 64),
    "url": ("https://x.se", "tg://user?id=11"),
    "latitude": (57.6, 0, -90),
    "longitude": (18.3, 180, 0),
}
"""By the names of fields; what begins with $ is known, and put in, when the request is sent."""
_OF_METHODS: Final[dict[str, dict[str, tuple[Any, ...]]]] = {
    "editMessageCaption": {"message_id": ("$photo", "$photo", "$card")},
    "setChatAdministratorCustomTitle": {"user_id": (PEOPLE[2], PEOPLE[2], PEOPLE[1])},
}
"""Where one of the likely ones would hardly ever do."""
_TEXTS: Final = ("hej", "å😀 *fet* <b>x</b>", "/boka @arenabot_bot https://x.se +46701234567 #a", "  x  ")
ODD: Final[tuple[Any, ...]] = (
    *(0, -1, 10**30, -(10**30), 1.5, float("nan"), float("inf"), True, None, "", "\0", "\ud800", "9" * 400),
    *("😀" * 2500, "x" * 5000, "[", "{}", "[[]]", "null", [], [[]], {}, [{}], {"type": "x"}, {"type": []}),
    *("http://[", "http://127.0.0.1:9/x", "attach://x", "2026", "<b>", "_", "$group", "../../etc/passwd"),
)
_ONE_ACTION: Final = ("callback_data", "url", "switch_inline_query", "copy_text")


@dataclass(frozen=True)
class Request:
    """A call of a method; `way` is how it is sent, `file` the bytes of an upload named `file`."""

    method: str
    parameters: dict[str, Any]
    way: str
    file: bytes


class Act(Enum):
    """What people do in between."""

    WRITE = auto()
    WRITE_IN_GROUP = auto()
    PRESS = auto()
    BLOCK = auto()
    LEAVE = auto()
    KICK = auto()
    MIGRATE = auto()


def requests_to(method: str) -> st.SearchStrategy[Request]:
    """Two of three are right."""
    return st.one_of(_right(method), _right(method), _spoiled(method))


def _right(method: str) -> st.SearchStrategy[Request]:
    """As the tables want it, which may still be refused for what it says."""
    ways = st.sampled_from(("json", "form", "multipart", "query"))
    files = st.sampled_from((picture(8), picture(8), b"x", b""))
    return st.builds(Request, st.just(method), _parameters(method), ways, files)


def _parameters(method: str) -> st.SearchStrategy[dict[str, Any]]:
    """What is edited is named, and what only groups have is asked of them."""
    fields, placed = FACTS.methods[method], dict(_OF_METHODS.get(method, {}))
    if method.startswith("edit"):
        named = {"chat_id", "message_id", "text", "caption"} & set(fields)
        fields = fields | {name: Field(required=True, types=fields[name].types) for name in named}
        placed = {"chat_id": PEOPLE[:1], "message_id": ("$card", "$card", "$photo", "$text")} | placed
    elif "user_id" in fields or method in OF_GROUPS:
        placed["chat_id"] = GROUPS
    own = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in placed.items()})
    return st.builds(dict.__or__, _fields(fields, 0), own)


@st.composite
def _spoiled(draw: Draw, method: str) -> Request:
    """With one value that is odd, left out or unknown."""
    right = draw(_right(method))
    name = draw(st.sampled_from([*right.parameters, *FACTS.methods[method], "tea"]))
    spoiled = dict(right.parameters)
    if name in spoiled and draw(st.booleans()):
        del spoiled[name]
    else:
        spoiled[name] = _spoil(draw, spoiled.get(name))
    return Request(method, spoiled, right.way, right.file)


def _spoil(draw: Draw, value: Any) -> Any:
    """Something odd in the place of a value, or somewhere within it."""
    if isinstance(value, (dict, list)) and value and draw(st.booleans()):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        key, changed = draw(st.sampled_from(keys)), value.copy()
        changed[key] = _spoil(draw, value[key])
        return changed
    return draw(st.sampled_from(ODD))


def _fields(fields: dict[str, Field], depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """All that is required, and up to two more."""
    known = {name: field for name, field in fields.items() if name not in NEVER}
    required = {name: _values(field.types, name, depth) for name, field in known.items() if field.required}
    others = [name for name in known if name not in required]
    if depth > _DEEPEST or not others:
        return st.fixed_dictionaries(required)

    def with_more(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries(required | {name: _values(known[name].types, name, depth) for name in names})

    return st.lists(st.sampled_from(others), max_size=2, unique=True).flatmap(with_more)


@cache
def _values(types: tuple[str, ...], name: str, depth: int) -> Values:
    if name in _LIKELY and not types[0].startswith("Array") and not FACTS.candidates(types)[0].startswith("Input"):
        return st.sampled_from(_LIKELY[name])
    if "InputFile" in types:
        return st.sampled_from(_LIKELY["photo" if name == "photo" else "media"][: 2 if name == "photo" else 1])
    return st.one_of([_shape(kind, name, depth) for kind in FACTS.candidates(types)])


def _shape(kind: str, name: str, depth: int) -> Values:
    if kind.startswith("Array of "):
        inner = (kind.removeprefix("Array of "),)
        fewest = 2 if name == "media" else 1
        return st.lists(st.deferred(lambda: _values(inner, name, depth + 1)), min_size=fewest, max_size=3)
    if kind in FACTS.types:
        return st.deferred(lambda: _object(kind, depth + 1))
    simple: dict[str, Values] = {
        "Integer": st.integers(0, 300),
        "Float": st.floats(0, 90),
        "Boolean": st.booleans(),
        "True": st.booleans(),
    }
    return simple.get(kind, st.one_of(st.sampled_from(_TEXTS), st.text(max_size=20)))


def _object(kind: str, depth: int) -> Values:
    if kind == "InlineKeyboardButton":
        fields = FACTS.types[kind]
        return st.sampled_from(_ONE_ACTION).flatmap(
            lambda name: st.fixed_dictionaries({"text": st.just("Ja"), name: _values(fields[name].types, name, depth)})
        )
    made, said = _fields(FACTS.types[kind], depth), _said_type(kind)
    return made.map(lambda value: value | {"type": said}) if said else made


def _said_type(kind: str) -> str:
    """What the object's own `type` says: the end of its name, after that of the union it belongs to."""
    for union, kinds in FACTS.unions.items():
        if kind in kinds and "type" in FACTS.types[kind] and kind.startswith(union):
            return _CAMEL.sub("_", kind.removeprefix(union).removeprefix("Cached")).lower()
    return ""
