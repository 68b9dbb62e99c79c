"""The program's own data."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data_of(name: str) -> Any:
    """A JSON file of `bot/data`, read once."""
    return json.loads(files("bot").joinpath("data", name).read_text(encoding="utf-8"))
