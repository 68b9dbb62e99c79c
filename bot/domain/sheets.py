"""Everything that coordinators can edit in chat, as one table."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.attributes import (
    Asking,
    Attribute,
    Choices,
    Days,
    Entry,
    Flag,
    Line,
    Localised,
    Moment,
    Money,
    Number,
    Option,
    Point,
    Setting,
    UnknownOption,
    Years,
    Zone,
)
from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass
from bot.domain.issues import GROUP_MAX, PARAGRAPH_MAX, TITLE_MAX
from bot.domain.membership import NameMissing
from bot.domain.model import Allocation, FieldKind
from bot.domain.report import FINANCIER_MAX, SOURCE_MAX
from bot.domain.text import clean, one_line
from bot.domain.years import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True, slots=True)
class Sheet:
    """Attributes of one record that are shown together. `table` is the repository that keeps it."""

    name: str
    table: str
    attributes: Sequence[Attribute]

    def attribute(self, name: str) -> Attribute:
        """The attribute of that name. Raises UnknownOption."""
        for attribute in self.attributes:
            if attribute.name == name:
                return attribute
        raise UnknownOption


ZONES = ("Europe/Stockholm", "Europe/Oslo", "Europe/Helsinki")

SHEETS: Mapping[str, Sheet] = {
    sheet.name: sheet
    for sheet in (
        Sheet(
            "place",
            "editions",
            (
                Days("dates", optional=True),
                Flag("preliminary"),
                Localised("name", limit=60),
                Localised("place", limit=100),
                Point("point", optional=True),
                Zone("zone", options=ZONES),
            ),
        ),
        Sheet(
            "rules",
            "editions",
            (
                Option("allocation", options=tuple(Allocation)),
                Moment("opens_at", optional=True, last=False),
                Moment("closes_at", optional=True),
                Moment("answers_at", optional=True),
                Flag("official_programme"),
                Flag("published"),
                Entry("phone", optional=True, limit=40),
                Entry("name", optional=True, limit=60),
            ),
        ),
        Sheet(
            "evaluation",
            "editions",
            (
                Flag("evaluated_together"),
                Asking("evaluated_at", optional=True),
                Asking("evaluation_reminded_at", optional=True),
            ),
        ),
        Sheet(
            "arena",
            "arenas",
            tuple(
                Localised(name)
                for name in ("goal", "target_groups", "place", "cost", "criteria", "conditions", "partners")
            ),
        ),
        Sheet(
            "stage",
            "stages",
            (
                Line("name", limit=60),
                Line("address", limit=100),
                Line("entrance", optional=True, limit=100),
                Line("equipment", optional=True, limit=300),
                Point("point", optional=True),
            ),
        ),
        Sheet(
            "field",
            "fields",
            (
                Localised("label", limit=60),
                Option("kind", options=tuple(FieldKind)),
                Choices("choices"),
                Flag("required"),
                Number("max_length", optional=True, most=1000),
                Moment("deadline_at", optional=True),
                Flag("archived"),
            ),
        ),
        Sheet(
            "issue",
            "issues",
            (
                Localised("title", limit=TITLE_MAX),
                Localised("paragraph", limit=PARAGRAPH_MAX),
                Number("from_year", least=FIRST_YEAR, most=LAST_YEAR),
                Number("to_year", optional=True, least=FIRST_YEAR, most=LAST_YEAR),
                Flag("example"),
            ),
        ),
        Sheet("target_group", "target_groups", (Localised("name", limit=GROUP_MAX),)),
        Sheet(
            "financing",
            "financings",
            (
                Line("financier", limit=FINANCIER_MAX),
                Money("amount"),
                Years("years"),
                Line("source", limit=SOURCE_MAX),
            ),
        ),
        Sheet("fee", "fee_steps", (Number("amount", least=0), Moment("until_at"), Flag("preliminary"))),
    )
}
"""Everything that can be edited, by sheet."""


_FEE = re.compile(
    r"(?P<amount>\d[\d\s]*|gratis|free)\s*(?:kr(?:onor)?|sek)?[,.:]?\s+(?:till?|to|until|t\.?o\.?m\.?)\s+(?P<until>.+)"
)


class NotAFee(DomainError):
    """No amount and last day could be read; `text` is the line."""


def read_fees(text: str, setting: Setting) -> list[tuple[int, datetime]]:
    """Fee steps, a line each: "500 kr till 15 april", "gratis till 11 mars".

    Raises NameMissing, NotAFee, and what `Moment` raises.
    """
    steps: list[tuple[int, datetime]] = []
    for line in filter(None, map(one_line, clean(text).splitlines())):
        found = _FEE.fullmatch(line.casefold())
        if found is None:
            raise NotAFee(text=line)
        amount = re.sub(r"\s", "", found["amount"])
        steps.append((int(amount) if amount.isdecimal() else 0, Moment("until_at").read(found["until"], setting)))
    if not steps:
        raise NameMissing
    return steps
