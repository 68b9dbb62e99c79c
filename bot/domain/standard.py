"""What a new edition asks about an activity, before coordinators change it.

The official programme's fields are those that the Almedalen week's form asks for (its limits are inferred from the
programme of 2022: 300 and 1,000 characters are hit exactly); the arena's own are what a stage needs.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.frozen import dataclass
from bot.domain.model import FieldKind
from bot.domain.official import (
    ACCESSIBILITY,
    DESCRIPTION_MAX,
    LANGUAGES,
    MORE_MAX,
    TITLE_MAX,
    TOPICS,
    TYPES,
    Choice,
)


@dataclass(frozen=True, slots=True)
class StandardField:
    """A field as it begins: key, labels, kind, and whether an activity lacks something without it."""

    key: str
    sv: str
    en: str
    kind: FieldKind
    max_length: int | None = None
    choices: Sequence[Mapping[str, str]] = ()
    required: bool = False
    official: bool = False

    def columns(self) -> dict[str, Any]:
        """The columns of `fields`, less edition, position and deadline."""
        return {
            "key": self.key,
            "label": {"sv": self.sv, "en": self.en},
            "kind": self.kind,
            "max_length": self.max_length,
            "choices": [dict(choice) for choice in self.choices],
            "required": self.required,
            "official": self.official,
            "archived": False,
        }


def _choices(choices: Sequence[Choice]) -> tuple[Mapping[str, str], ...]:
    return tuple({"key": choice.key, **choice.words} for choice in choices)


TITLE = StandardField("title", "Rubrik", "Title", FieldKind.TEXT, TITLE_MAX, required=True)
KIND = StandardField(
    "kind", "Slag av aktivitet", "Kind of activity", FieldKind.CHOICE, choices=_choices(TYPES), required=True
)
DESCRIPTION = StandardField(
    "description",
    "Beskrivning av samhällsfrågan",
    "Description of the question",
    FieldKind.TEXT,
    DESCRIPTION_MAX,
    required=True,
)
PARTICIPANTS = StandardField("participants", "Medverkande", "Participants", FieldKind.TEXT, 1000, required=True)

OFFICIAL_FIELDS = (
    StandardField("more", "Utökad information", "More information", FieldKind.TEXT, MORE_MAX, official=True),
    StandardField("topic", "Ämne", "Topic", FieldKind.CHOICE, choices=_choices(TOPICS), official=True),
    StandardField("language", "Språk", "Language", FieldKind.CHOICE, choices=_choices(LANGUAGES), official=True),
    StandardField("food", "Förtäring", "Food", FieldKind.YES_NO, official=True),
    StandardField(
        "accessibility",
        "Tillgänglighet",
        "Accessibility",
        FieldKind.CHOICES,
        choices=_choices(ACCESSIBILITY),
        official=True,
    ),
    StandardField("web", "Webbadress", "Web address", FieldKind.TEXT, 200, official=True),
)
ARENA_FIELDS = (
    StandardField("technology", "Teknik", "Technology", FieldKind.TEXT, 300, required=True),
    StandardField("furniture", "Möblering", "Furniture", FieldKind.TEXT, 200),
    StandardField("moderator", "Moderator", "Moderator", FieldKind.TEXT, 100),
    StandardField("catering", "Antal till serveringen", "Catering count", FieldKind.NUMBER),
    StandardField(
        "on_site", "Vem som är på plats, och telefon", "Who is on site, and phone", FieldKind.TEXT, 100, required=True
    ),
    StandardField("presentation", "Presentation (fil)", "Presentation (file)", FieldKind.FILE),
)


def fields_for(*, official_programme: bool) -> tuple[StandardField, ...]:
    """The fields that a new edition begins with, in their order."""
    official = OFFICIAL_FIELDS if official_programme else ()
    return (TITLE, KIND, DESCRIPTION, PARTICIPANTS, *official, *ARENA_FIELDS)
