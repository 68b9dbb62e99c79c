"""Packs the Bot API's published tables into `facts.json`: `python -m bot.sandbox.pack_facts SOURCE`."""

import argparse
import json
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("facts.json")


def pack(source: dict[str, Any]) -> dict[str, Any]:
    """One string a field: its types, parted by `|`, with `!` before them where the field is required."""
    return {
        "version": source["version"],
        "methods": {
            name: {"fields": _fields(method["fields"]), "returns": "|".join(method["returns"])}
            for name, method in sorted(source["methods"].items())
        },
        "types": {
            name: kind["subtypes"] if "subtypes" in kind else _fields(kind["fields"])
            for name, kind in sorted(source["types"].items())
        },
    }


def _fields(fields: dict[str, Any]) -> dict[str, str]:
    return {
        name: ("!" if field.get("required") else "") + "|".join(field["types"])
        for name, field in sorted(fields.items())
    }


def main(argv: list[str] | None = None) -> None:
    """Reads the source that is named, writes the packed facts beside this module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    source = json.loads(parser.parse_args(argv).source.read_text(encoding="utf-8"))
    TARGET.write_text(json.dumps(pack(source), indent=0, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
