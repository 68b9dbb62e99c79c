"""Every text that the code names is there in every language, and none that it does not name."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from string import Formatter

import pytest

from bot.domain.errors import DomainError
from bot.sandbox.entities import read_text
from bot.sandbox.errors import BadRequest
from bot.texts import LANGUAGES, catalogue, render
from handlers import registry

ROOT = Path(__file__).parent.parent
KEY = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*[a-z0-9]")


@cache
def trees() -> tuple[ast.Module, ...]:
    files = chain(*((ROOT / folder).rglob("*.py") for folder in ("bot", "handlers", "schedules", "storage")))
    return tuple(ast.parse(file.read_text(encoding="utf-8")) for file in files if "sandbox" not in file.parts)


def nodes() -> Iterator[ast.AST]:
    return chain.from_iterable(ast.walk(tree) for tree in trees())


def error_codes(base: type[DomainError] = DomainError) -> Iterator[str]:
    for error in base.__subclasses__():
        if error.__module__.startswith(("bot.", "handlers.")):
            yield f"error.{error.code}"
        yield from error_codes(error)


def asking() -> Iterator[ast.AST]:
    """What stands in the place of a key in calls of `t`, `T` and `render`."""
    places = {"t": 0, "T": 0, "render": 1}
    for node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
            yield from chain.from_iterable(map(ast.walk, node.args[places[node.func.id] :][:1]))


def keys_in(found: Iterator[ast.AST]) -> set[str]:
    constants = (node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {value for value in constants if KEY.fullmatch(value)}


def _begins_a_key(node: ast.JoinedStr) -> bool:
    first = node.values[0]
    return isinstance(first, ast.Constant) and re.fullmatch(r"[a-z_]+\.[a-z_]+", str(first.value)) is not None


def patterns() -> set[re.Pattern[str]]:
    """Keys put together of parts, such as `actor_kind.{kind}`; refusals are told by their codes."""
    found: set[re.Pattern[str]] = set()
    asked = set(asking())
    for node in nodes():
        if isinstance(node, ast.JoinedStr) and (node in asked or _begins_a_key(node)):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+" for part in node.values
            ]
            found.add(re.compile("".join(parts)))
    return {pattern for pattern in found if not pattern.pattern.startswith("error")}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_both_languages_are_whole() -> None:
    assert [set(catalogue(language)) ^ set(catalogue("sv")) for language in LANGUAGES] == [set() for _ in LANGUAGES]


def test_every_text_that_is_asked_for_is_there() -> None:
    assert keys_in(asking()) - set(catalogue("sv")) == set()


def test_every_refusal_has_its_sentence() -> None:
    assert registry.ROUTES.presses  # all modules are loaded, and their errors with them
    assert set(error_codes()) - set(catalogue("sv")) == set()


def test_no_text_is_left_that_nothing_says() -> None:
    said = keys_in(nodes()) | set(error_codes())
    forms = patterns()
    left = {key for key in catalogue("sv") if key not in said and not any(form.fullmatch(key) for form in forms)}
    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_whole(language: str) -> None:
    lacking = {key for key, forms in catalogue(language).items() if len(forms) > 2 or not all(forms)}
    assert lacking == set()


def test_both_languages_count_alike_and_mention_the_same() -> None:
    different = {
        key
        for key, forms in catalogue("sv").items()
        for other in (catalogue("en")[key],)
        if len(forms) != len(other) or fields(forms[-1]) != fields(other[-1])
    }
    assert different == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_singular_mentions_what_its_plural_does(language: str) -> None:
    different = {
        key for key, forms in catalogue(language).items() if fields(forms[0]) - {"n"} != fields(forms[-1]) - {"n"}
    }
    assert different == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_voice_is_calm(language: str) -> None:
    shouting = {key for key, forms in catalogue(language).items() if any("!" in form for form in forms)}
    assert shouting == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_markup_that_telegram_takes(language: str) -> None:
    def refusal(key: str, n: int) -> str | None:
        names = fields(catalogue(language)[key][-1]) - {"n"}
        try:
            read_text(render(language, key, **dict.fromkeys(names, "x"), n=n), "HTML", None)
        except BadRequest as error:
            return str(error)
        return None

    refused = {key: why for key in catalogue(language) for n in (1, 2) if (why := refusal(key, n))}
    assert refused == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_alerts_of_refusals_fit_what_telegram_shows(language: str) -> None:
    long = {key for key, forms in catalogue(language).items() if key.startswith("error.") and len(forms[-1]) > 200}
    assert long == set()
