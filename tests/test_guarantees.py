"""Every promise of docs/guarantees.md names the tests that hold it, and they exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| (?!promise|---)(.+?) \| (.*) \|$", re.MULTILINE)
NAME = re.compile(r"`(test_\w+)`")
DEFINED = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)


def promises() -> list[tuple[str, list[str]]]:
    document = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
    return [(promise, NAME.findall(held_by)) for promise, held_by in ROW.findall(document)]


def test_every_promise_names_a_test() -> None:
    assert len(promises()) > 40
    assert [promise for promise, tests in promises() if not tests] == []


def test_the_named_tests_exist() -> None:
    files = (ROOT / "tests").rglob("test_*.py")
    defined = {name for file in files for name in DEFINED.findall(file.read_text(encoding="utf-8"))}
    assert {name for _, tests in promises() for name in tests} - defined == set()
