"""The Bot API's tables as facts."""

import json
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path


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
    _required: dict[str, frozenset[str]] = field(default_factory=dict)

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

    def required_fields(self, name: str) -> frozenset[str]:
        """The fields that an object of a type cannot do without."""
        if name not in self._required:
            self._required[name] = frozenset(key for key, found in self.types[name].items() if found.required)
        return self._required[name]

    def candidates(self, types: tuple[str, ...]) -> list[str]:
        """The concrete types behind the names, unions unfolded."""
        found: list[str] = []
        for name in types:
            found += self.candidates(self.unions[name]) if name in self.unions else [name]
        return found


@cache
def load_facts() -> Facts:
    """Unpacks the facts that come with the package, once."""
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
