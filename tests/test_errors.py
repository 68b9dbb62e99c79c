"""Every refusal is documented, has its sentence in each language, and is raised with all that the sentence mentions."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import chain
from types import ModuleType

import pytest

import bot.domain
import bot.services
import bot.views
from bot.domain.errors import DomainError
from bot.texts import LANGUAGES, catalogue
from bot.views import errors
from bot.views.screen import Reader, plain
from tests.test_texts import ROOT, fields

DOCUMENT = ROOT / "docs" / "errors.md"
ROW = re.compile(r"^\| `(\w+)` \| (\S.*) \| (\S.*) \|$", re.MULTILINE)
NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def refusals() -> dict[str, type[DomainError]]:
    """All kinds, by code."""
    found: dict[str, type[DomainError]] = {}
    for module in chain(*map(modules, (bot.domain, bot.services, bot.views))):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, DomainError) and value is not DomainError:
                assert found.setdefault(value.code, value) is value, value.code
    return found


def in_a_cell(text: str) -> str:
    return " ".join(text.replace("|", r"\|").split())


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Where each kind is raised with which fields: file and line, the class's name, the fields' names."""
    for file in chain(*((ROOT / folder).rglob("*.py") for folder in ("bot", "handlers", "storage"))):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Raise):
                continue
            call = node.exc if isinstance(node.exc, ast.Call) else None
            name = call.func if call else node.exc
            if isinstance(name, ast.Name):
                place = f"{file.relative_to(ROOT)}:{node.lineno}"
                yield place, name.id, {word.arg or "**" for word in call.keywords} if call else set()


def test_every_refusal_is_documented_with_when_and_what_to_do_and_no_other() -> None:
    rows = ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    sentences = catalogue("en")
    assert rows == sorted(
        (code, in_a_cell(error.__doc__ or ""), in_a_cell(sentences[f"error.{code}"][-1]))
        for code, error in refusals().items()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_its_sentence(language: str) -> None:
    assert {f"error.{code}" for code in refusals()} - set(catalogue(language)) == set()


def test_what_a_sentence_mentions_comes_with_every_refusal_of_its_kind() -> None:
    kinds = {error.__name__: code for code, error in refusals().items()}
    lacking = []
    for place, name, given in raised():
        if name in kinds and "**" not in given:
            mentioned = fields(catalogue("sv")[f"error.{kinds[name]}"][-1])
            without_zone = {field for field in mentioned if field.endswith("_at") and "zone" not in given}
            if mentioned - given or without_zone:
                lacking.append((place, sorted(mentioned - given | without_zone)))
    assert lacking == []


class Refused(DomainError):
    """Mentions a time in each way there is."""

    code = "slot_clash"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"starts_at": datetime(2027, 6, 29, 11, 0, tzinfo=UTC), "zone": "Europe/Stockholm"}, "tis 29 juni 13.00"),
        ({"starts_at": date(2027, 6, 29)}, "tis 29 juni"),
        ({"starts_at": time(13, 5)}, "13.05"),
        ({"starts_at": {"sv": "förmiddag", "en": "morning"}}, "förmiddag"),
    ],
)
def test_times_in_refusals_are_said_as_people_say_them(given: dict[str, object], said: str) -> None:
    sentence = plain(errors.sentence(Refused(stage="Norra scen", **given)), Reader("sv", NOW))
    assert sentence == f"Det krockar med en tid på Norra scen som börjar {said}. Inget är ändrat, välj en annan tid."
