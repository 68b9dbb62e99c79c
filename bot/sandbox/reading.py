"""Reads what a bot sends by the facts: every field of every method has its reader, made when it is first asked for."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.sandbox.errors import BadRequest, NotServed
from bot.sandbox.facts import Facts, Field
from bot.sandbox.left_out import REFUSED
from bot.sandbox.parsing import parsed_json

Reader: TypeAlias = Callable[[Any, list[str]], Any]
"""From a raw value to one of the right type; adds names that nobody knows to the list; raises BadRequest."""

_LEADING_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,30})")
_LARGEST = (1 << 63) - 1
_CAMEL = re.compile(r"(?<!^)(?=[A-Z])")
_SPOKEN = {"reply_markup": "reply keyboard markup", "reply_markup.inline_keyboard": "inline keyboard button"}
_OLDER = {
    "reply_to_message_id": Field(required=False, types=("Integer",)),
    "allow_sending_without_reply": Field(required=False, types=("Boolean",)),
    "disable_web_page_preview": Field(required=False, types=("Boolean",)),
}


@dataclass
class Readers:
    """The readers of one version of the tables."""

    facts: Facts
    _made: dict[tuple[tuple[str, ...], str], Reader] = field(default_factory=dict)
    _methods: dict[str, dict[str, Reader]] = field(default_factory=dict)

    def parameters(self, method: str, raw: dict[str, Any], unknown: list[str]) -> dict[str, Any]:
        """What was sent to a method; raises BadRequest in Telegram's words."""
        known = self._methods.get(method) or self._of_method(method)
        values: dict[str, Any] = {}
        for name, value in raw.items():
            reader = known.get(name)
            if reader is None:
                unknown.append(name)
            elif value is not None and value != "":  # Telegram takes an empty value for none
                values[name] = reader(value, unknown)
        if not _OLDER.keys().isdisjoint(values):
            _translate(values, known)
        return values

    def _of_method(self, method: str) -> dict[str, Reader]:
        fields = self.facts.methods[method]
        known = {name: self._top(found.types, name) for name, found in (_OLDER | fields).items()}
        self._methods[method] = known
        return known

    def _top(self, types: tuple[str, ...], path: str) -> Reader:
        """Objects and arrays may come as JSON text here, and only here."""
        reader = self._of(types, path)
        if types[0] in _SIMPLE:
            return reader

        def read(value: Any, unknown: list[str]) -> Any:
            return reader(_parsed(value, path) if isinstance(value, str) else value, unknown)

        return read

    def _of(self, types: tuple[str, ...], path: str) -> Reader:
        key = (types, path)
        if key not in self._made:
            reader, name = self._make(types, path), path.rpartition(".")[2]
            self._made[key] = _refused(reader, name) if name in REFUSED else reader
        return self._made[key]

    def _make(self, types: tuple[str, ...], path: str) -> Reader:
        if (simple := _SIMPLE.get(types[0])) is not None:
            return simple(types, path)
        if types[0].startswith("Array of "):
            return self._array(tuple(name.removeprefix("Array of ") for name in types), path)
        candidates = self.facts.candidates(types)
        return self._object(candidates[0], path) if len(candidates) == 1 else self._union(candidates, path)

    def _array(self, elements: tuple[str, ...], path: str) -> Reader:
        reader = self._of(elements, path)

        def read(value: Any, unknown: list[str]) -> list[Any]:
            if not isinstance(value, list):
                raise BadRequest(f"can't parse {_spoken(path)}: expected an Array")
            return [reader(item, unknown) for item in value]

        return read

    def _union(self, candidates: list[str], path: str) -> Reader:
        def read(value: Any, unknown: list[str]) -> dict[str, Any]:
            if not isinstance(value, dict):
                raise _no_object(path)
            read_one: dict[str, Any] = self._of((self._chosen(value, candidates),), path)(value, unknown)
            return read_one

        return read

    def _chosen(self, value: dict[str, Any], candidates: list[str]) -> str:
        if isinstance(named := value.get("type"), str):
            fitting = [name for name in candidates if _CAMEL.sub("_", name).lower().endswith(f"_{named}")]
            if fitting:
                # InlineQueryResultCachedPhoto and …Photo have the same type
                with_all = [name for name in fitting if self.facts.required_fields(name) <= value.keys()]
                return min(with_all or fitting, key=len)
        for name in candidates:
            if self.facts.required_fields(name) <= value.keys():
                return name
        return candidates[0]

    def _object(self, name: str, path: str) -> Reader:
        fields = self.facts.types[name]
        required = [key for key, declared in fields.items() if declared.required]
        readers: dict[str, Reader] = {}

        def read(value: Any, unknown: list[str]) -> dict[str, Any]:
            if not isinstance(value, dict):
                if name == "KeyboardButton" and isinstance(value, str):
                    return {"text": value}
                raise _no_object(path)
            found: dict[str, Any] = {}
            for key, item in value.items():
                reader = readers.get(key)
                if reader is None:
                    if key not in fields:
                        unknown.append(f"{path}.{key}")
                        continue
                    reader = readers[key] = self._of(fields[key].types, f"{path}.{key}")
                if item is not None:
                    found[key] = reader(item, unknown)
            for key in required:
                if key not in found:
                    raise BadRequest(f"can't parse {_spoken(path)}: Can't find field \"{key}\"")
            return found

        return read


def _refused(reader: Reader, name: str) -> Reader:
    def read(value: Any, unknown: list[str]) -> Any:
        if given := reader(value, unknown):
            raise NotServed(name)
        return given

    return read


def _translate(values: dict[str, Any], known: dict[str, Reader]) -> None:
    """Parameters of older versions as their successors."""
    reply_to = values.pop("reply_to_message_id", None)
    lenient = values.pop("allow_sending_without_reply", None)
    without_preview = values.pop("disable_web_page_preview", None)
    if reply_to and "reply_parameters" in known:
        reply = {"message_id": reply_to} | ({"allow_sending_without_reply": True} if lenient else {})
        values.setdefault("reply_parameters", reply)
    if without_preview and "link_preview_options" in known:
        values.setdefault("link_preview_options", {"is_disabled": True})


def _parsed(text: str, path: str) -> Any:
    try:
        return parsed_json(text)
    except ValueError:
        raise BadRequest(f"can't parse {_spoken(path)} JSON object") from None


def _text(_types: tuple[str, ...], path: str) -> Reader:
    def read(value: Any, _unknown: list[str]) -> str:
        if isinstance(value, str):
            return value if value.isascii() else _encodable(value)
        if isinstance(value, (dict, list)):
            raise BadRequest(f'field "{path}" must be of type String')
        return str(value) if not isinstance(value, bool) else str(value).lower()

    return read


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadRequest("strings must be encoded in UTF-8") from None
    return text


def _integer(types: tuple[str, ...], path: str) -> Reader:
    def read(value: Any, _unknown: list[str]) -> int | str:
        if isinstance(value, int) and not isinstance(value, bool):
            return _bounded(value)
        if not isinstance(value, str):
            raise BadRequest(f'field "{path}" must be a valid Number')
        found = _LEADING_INTEGER.match(value)
        if found is None:
            return _encodable(value) if "String" in types else 0
        return _bounded(int(found[1]))

    return read


def _bounded(value: int) -> int:
    """Within 64 bits, as Telegram reads numbers."""
    return max(-_LARGEST, min(_LARGEST, value))


def _number(_types: tuple[str, ...], path: str) -> Reader:
    def read(value: Any, _unknown: list[str]) -> float:
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):
            raise BadRequest(f"{path} is empty")
        return number

    return read


def _truth(_types: tuple[str, ...], _path: str) -> Reader:
    return lambda value, _unknown: value if isinstance(value, bool) else str(value).lower() in {"true", "yes", "1"}


def _no_object(path: str) -> BadRequest:
    return BadRequest(f"object expected as {path.replace('_', ' ')}")


def _spoken(path: str) -> str:
    return _SPOKEN.get(path, path.replace("_", " "))


_SIMPLE: dict[str, Callable[[tuple[str, ...], str], Reader]] = {
    "Integer": _integer,
    "String": _text,
    "InputFile": _text,
    "Float": _number,
    "Boolean": _truth,
    "True": _truth,
    "False": _truth,
}
