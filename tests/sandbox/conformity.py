"""What in an answer or an update the tables do not know."""

from typing import Any

from bot.sandbox.facts import Facts

_PYTHON: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "Float": (int, float),
    "True": (bool,),
}


def faults_of(facts: Facts, value: Any, types: tuple[str, ...], path: str) -> list[str]:
    """Unknown, missing and mistyped fields; nothing when one of the types fits."""
    candidates = facts.candidates(types)
    found = [_faults_of_one(facts, value, kind, path) for kind in candidates]
    return min(found, key=len) if found else [f"{path}: nothing fits"]


def _faults_of_one(facts: Facts, value: Any, kind: str, path: str) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{path} is no array"]
        inner = (kind.removeprefix("Array of "),)
        return [
            fault for number, item in enumerate(value) for fault in faults_of(facts, item, inner, f"{path}[{number}]")
        ]
    if kind in _PYTHON:
        fits = isinstance(value, _PYTHON[kind]) and (kind in {"Boolean", "True"} or not isinstance(value, bool))
        return [] if fits else [f"{path} is no {kind}"]
    if not isinstance(value, dict):
        return [f"{path} is no {kind}"]
    fields = facts.types[kind]
    faults = [f"{path}.{name} is missing" for name, field in fields.items() if field.required and name not in value]
    for name, item in value.items():
        if name not in fields:
            faults.append(f"{path}.{name} is unknown")
        else:
            faults += faults_of(facts, item, fields[name].types, f"{path}.{name}")
    return faults
