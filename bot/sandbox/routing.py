"""A small table of routes: paths of words and `{names}`, looked up by method and number of words."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote

from aiohttp import web

Path: TypeAlias = dict[str, str]
"""What stood in a path's places."""
Handler: TypeAlias = Callable[[web.BaseRequest, Path], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Route:
    """One path of the server."""

    method: str
    path: str
    handler: Handler


@dataclass
class Routes:
    """All of them."""

    known: list[Route]
    _by_length: dict[int, list[tuple[Route, list[str]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for route in self.known:
            words = route.path.split("/")
            self._by_length.setdefault(len(words), []).append((route, words))

    def find(self, method: str, raw_path: str) -> tuple[Handler, Path]:
        """Raises HTTPNotFound, or HTTPMethodNotAllowed where the path is there for other methods."""
        given = raw_path.split("/")
        allowed = set()
        for route, words in self._by_length.get(len(given), ()):
            if all(word == said or word[:1] == "{" for word, said in zip(words, given, strict=True)):
                if route.method == method:
                    return route.handler, _places(words, given)
                allowed.add(route.method)
        if allowed:
            raise web.HTTPMethodNotAllowed(method, allowed)
        raise web.HTTPNotFound


def _places(words: list[str], given: list[str]) -> Path:
    return {word[1:-1]: unquote(said) for word, said in zip(words, given, strict=True) if word.startswith("{")}
