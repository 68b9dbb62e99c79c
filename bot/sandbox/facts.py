"""The Bot API's tables as facts, and the check of values against them."""

import json
import math
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.sandbox.errors import BadRequest

_SIMPLE = frozenset({"Integer", "String", "Boolean", "Float", "True", "False", "InputFile"})
_LEADING_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,30})")
_LARGEST = (1 << 63) - 1
_CAMEL = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True)
class Field:
    """One parameter or one field of a type."""

    required: bool
    types: tuple[str, ...]


@dataclass
class Facts:
    """Methods and types of one version of the Bot API."""

    version: str
    methods: dict[str, dict[str, Field]]
    returns: dict[str, tuple[str, ...]]
    types: dict[str, dict[str, Field]]
    unions: dict[str, tuple[str, ...]]

    @cached_property
    def method_names(self) -> dict[str, str]:
        """Lower-cased names, since Telegram takes methods in any case."""
        return {name.lower(): name for name in self.methods}

    @cached_property
    def required(self) -> dict[str, list[str]]:
        """What each method cannot do without, in the order in which Telegram misses it."""
        return {
            method: sorted(
                (name for name, field in fields.items() if field.required),
                key=lambda name: name in {"chat_id", "message_id"},
            )
            for method, fields in self.methods.items()
        }

    def candidates(self, types: tuple[str, ...]) -> list[str]:
        """The concrete types behind the names, unions unfolded."""
        found: list[str] = []
        for name in types:
            found += self.candidates(self.unions[name]) if name in self.unions else [name]
        return found


def load_facts() -> Facts:
    """Unpacks the facts that come with the package."""
    packed = json.loads(Path(__file__).with_name("facts.json").read_text(encoding="utf-8"))
    methods, types = packed["methods"], packed["types"]
    return Facts(
        version=packed["version"],
        methods={name: _unpack(method["fields"]) for name, method in methods.items()},
        returns={name: tuple(method["returns"].split("|")) for name, method in methods.items()},
        types={name: _unpack(fields) for name, fields in types.items() if isinstance(fields, dict)},
        unions={name: tuple(subtypes) for name, subtypes in types.items() if isinstance(subtypes, list)},
    )


def _unpack(fields: dict[str, str]) -> dict[str, Field]:
    return {
        name: Field(packed.startswith("!"), tuple(packed.removeprefix("!").split("|")))
        for name, packed in fields.items()
    }


@dataclass
class Reading:
    """Raw parameters read by the facts: values with their right types, and the names that nobody knows."""

    facts: Facts
    unknown: list[str] = field(default_factory=list)

    def parameters(self, method: str, raw: dict[str, Any]) -> dict[str, Any]:
        """Reads what was sent to a method; raises BadRequest in Telegram's words."""
        known = self.facts.methods[method]
        values: dict[str, Any] = {}
        for name, value in raw.items():
            declared = known.get(name)
            if declared is None:
                self.unknown.append(name)
            elif value is not None and value != "":  # Telegram takes an empty value for none
                values[name] = self.value(value, declared.types, name)
        return values

    def value(self, value: Any, types: tuple[str, ...], path: str) -> Any:
        """Reads one value as the first of the types that it fits."""
        kind = types[0]
        if kind in _SIMPLE:
            return _simple(value, types, path)
        if isinstance(value, str):
            value = _parsed(value, path)
        if kind.startswith("Array of "):
            return self._array(value, types, path)
        return self._object(value, types, path)

    def _array(self, value: Any, types: tuple[str, ...], path: str) -> list[Any]:
        if not isinstance(value, list):
            raise BadRequest(f"can't parse {_spoken(path)}: expected an Array")
        elements = tuple(name.removeprefix("Array of ") for name in types)
        return [self.value(item, elements, path) for item in value]

    def _object(self, value: Any, types: tuple[str, ...], path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise BadRequest(f"object expected as {path.replace('_', ' ')}")
        name = self._chosen(value, types)
        fields = self.facts.types[name]
        read: dict[str, Any] = {}
        for key, item in value.items():
            declared = fields.get(key)
            if declared is None:
                self.unknown.append(f"{path}.{key}")
            elif item is not None:
                read[key] = self.value(item, declared.types, f"{path}.{key}")
        for key, declared in fields.items():
            if declared.required and key not in read:
                raise BadRequest(f"can't parse {_spoken(path)}: Can't find field \"{key}\"")
        return read

    def _chosen(self, value: dict[str, Any], types: tuple[str, ...]) -> str:
        candidates = self.facts.candidates(types)
        if len(candidates) == 1:
            return candidates[0]
        if isinstance(named := value.get("type"), str):
            fitting = [name for name in candidates if _CAMEL.sub("_", name).lower().endswith(f"_{named}")]
            if fitting:
                return min(fitting, key=len)
        for name in candidates:
            if all(key in value for key, declared in self.facts.types[name].items() if declared.required):
                return name
        return candidates[0]


def _parsed(text: str, path: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise BadRequest(f"can't parse {_spoken(path)} JSON object") from None


def _simple(value: Any, types: tuple[str, ...], path: str) -> Any:
    kind = types[0]
    if kind == "Integer":
        return _integer(value, types, path)
    if kind in {"Boolean", "True", "False"}:
        return value if isinstance(value, bool) else str(value).lower() in {"true", "yes", "1"}
    if kind == "Float":
        return _number(value, path)
    if isinstance(value, (dict, list)):
        raise BadRequest(f'field "{path}" must be of type String')
    text = str(value) if not isinstance(value, bool) else str(value).lower()
    if not text.isascii():
        _check_signs(text)
    return text


def _check_signs(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadRequest("strings must be encoded in UTF-8") from None


def _integer(value: Any, types: tuple[str, ...], path: str) -> int | str:
    if isinstance(value, int) and not isinstance(value, bool):
        return _bounded(value)
    found = _LEADING_INTEGER.match(value) if isinstance(value, str) else None
    if found is None and "String" in types and isinstance(value, str):
        return value
    if found is None and not isinstance(value, str):
        raise BadRequest(f'field "{path}" must be a valid Number')
    return _bounded(int(found[1])) if found else 0


def _bounded(value: int) -> int:
    """Within 64 bits, as Telegram reads numbers."""
    return max(-_LARGEST, min(_LARGEST, value))


def _number(value: Any, path: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise BadRequest(f"{path} is empty")
    return number


def _spoken(path: str) -> str:
    names = {"reply_markup": "reply keyboard markup", "reply_markup.inline_keyboard": "inline keyboard button"}
    return names.get(path, path.replace("_", " "))
