"""What a new edition asks about an activity, before coordinators change it.

The official programme's fields are those that the Almedalen week's form asks for (its limits are inferred from the
programme of 2022: 300 and 1,000 characters are hit exactly); the arena's own are what a stage needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.model import FieldKind


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


def _choice(key: str, sv: str, en: str) -> Mapping[str, str]:
    return {"key": key, "sv": sv, "en": en}


LANGUAGE_CHOICES = (
    _choice("sv", "Svenska", "Swedish"),
    _choice("en", "Engelska", "English"),
    _choice("both", "Svenska och engelska", "Swedish and English"),
)
ACCESSIBILITY_CHOICES = (
    _choice("wheelchair", "Entré och lokal tillgänglig för rullstol", "Entrance and room accessible by wheelchair"),
    _choice("toilet", "Handikappanpassad WC", "Accessible toilet"),
    _choice("description", "Syntolkning", "Audio description"),
    _choice("signing", "Teckenspråkstolkning", "Sign language interpretation"),
    _choice("loop", "Teleslinga", "Hearing loop"),
    _choice("captions", "Textning", "Captions"),
)
PURPOSE_CHOICES = (
    _choice("consensus", "Samsyn och samhandling", "Consensus and joint action"),
    _choice("knowledge", "Kunskapsbyggande", "Building knowledge"),
    _choice("methods", "Metodutveckling", "Developing methods"),
)

DESCRIPTION = StandardField(
    "description", "Beskrivning av samhällsfrågan", "Description of the question", FieldKind.TEXT, 300, required=True
)
PARTICIPANTS = StandardField("participants", "Medverkande", "Participants", FieldKind.TEXT, 1000, required=True)
PURPOSE = StandardField("purpose", "Syfte", "Purpose", FieldKind.CHOICES, choices=PURPOSE_CHOICES)

OFFICIAL_FIELDS = (
    StandardField("more", "Utökad information", "More information", FieldKind.TEXT, 1000, official=True),
    StandardField("topic", "Ämne", "Topic", FieldKind.TEXT, 60, official=True),
    StandardField("language", "Språk", "Language", FieldKind.CHOICE, choices=LANGUAGE_CHOICES, official=True),
    StandardField("food", "Förtäring", "Food", FieldKind.YES_NO, official=True),
    StandardField(
        "accessibility",
        "Tillgänglighet",
        "Accessibility",
        FieldKind.CHOICES,
        choices=ACCESSIBILITY_CHOICES,
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
    return (DESCRIPTION, PARTICIPANTS, PURPOSE, *official, *ARENA_FIELDS)
