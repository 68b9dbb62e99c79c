"""Walks that come with the file of people: what somebody new is led through on the page, step by step."""

from typing import Any

ACTS = {"start", "press", "send", "command", "clock"}
_STEP = {"person", "say"} | ACTS


def checked(walks: Any) -> list[dict[str, Any]]:
    """The walks as they came. Raises ValueError for what is none.

    A walk is `{"id", "title", "about", "people"?, "steps", "done"}`. A step has `say`, a `person` unless it moves the
    clock, and at most one act. Texts are `{"sv", "en"}`.
    """
    if not isinstance(walks, list):
        raise ValueError("walks are a list")  # noqa: TRY004 - what a file holds is a value
    for walk in walks:
        if not isinstance(walk, dict) or not {"id", "title", "about", "steps", "done"} <= set(walk):
            raise ValueError("a walk needs id, title, about, steps and done")
        for step in walk["steps"]:
            if not isinstance(step, dict) or "say" not in step or set(step) - _STEP or len(ACTS & set(step)) > 1:
                raise ValueError(f"not a step of the walk {walk['id']}: {step}")
    return walks
