"""The county's fourteen municipalities."""

from typing import Final

from bot.domain.matching import fold
from bot.domain.model import ActorKind

MUNICIPALITIES: Final = (
    "Arjeplog",
    "Arvidsjaur",
    "Boden",
    "Gällivare",
    "Haparanda",
    "Jokkmokk",
    "Kalix",
    "Kiruna",
    "Luleå",
    "Pajala",
    "Piteå",
    "Älvsbyn",
    "Överkalix",
    "Övertorneå",
)
"""In Swedish order."""


def own_municipality(name: str, kind: ActorKind | str | None) -> str | None:
    """The one that a municipality's name says: "Luleå kommun", "Haparanda stad". Others' seats are entered."""
    if kind != ActorKind.MUNICIPALITY:
        return None
    said = fold(name).split()
    return next((each for each in MUNICIPALITIES if {fold(each), f"{fold(each)}s"} & set(said)), None)
