"""Every line of docs/guarantees.md and docs/behaviours.md names the tests that hold it, and they exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| (?!promise|behaviour|---)(.+?) \| (.*) \|$", re.MULTILINE)
NAME = re.compile(r"`(test_\w+)`")
DEFINED = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)

documents = pytest.mark.parametrize(
    ("document", "tests", "least"),
    [("guarantees.md", "tests", 40), ("behaviours.md", "tests/sandbox", 60)],
    ids=["guarantees", "behaviours"],
)


def lines(document: str) -> list[tuple[str, list[str]]]:
    """What is said, and the names of the tests beside it."""
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    return [(said, NAME.findall(held_by)) for said, held_by in ROW.findall(text)]


@documents
def test_every_line_names_a_test(document: str, tests: str, least: int) -> None:
    found = lines(document)
    assert (len(found) > least, [said for said, named in found if not named]) == (True, [])


@documents
def test_the_named_tests_exist(document: str, tests: str, least: int) -> None:
    files = (ROOT / tests).rglob("test_*.py")
    defined = {name for file in files for name in DEFINED.findall(file.read_text(encoding="utf-8"))}
    assert {name for _, named in lines(document) for name in named} - defined == set()
