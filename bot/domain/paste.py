"""Rows of actors pasted from a spreadsheet, read whatever their order, with what is wrong in each."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Any

from bot.domain import flattened
from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass
from bot.domain.matching import Named, closest, fold, is_same
from bot.domain.model import ActorKind
from bot.domain.text import clean, one_line

MOST_ROWS = 500
"""More rows than this are refused whole."""
LONGEST_NAME = 120


class NoRows(DomainError):
    """Nothing that reads as a row of an actor."""


class TooManyRows(DomainError):
    """More rows than are taken at once; `rows` and `limit`."""


class Problem(StrEnum):
    """What is wrong with a row; the fields in braces come with it."""

    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    KIND_MISSING = "kind_missing"
    KIND_UNKNOWN = "kind_unknown"  # {value}
    EMAIL_MALFORMED = "email_malformed"  # {value}
    PHONE_MALFORMED = "phone_malformed"  # {value}
    DOUBLE_IN_PASTE = "double_in_paste"  # {row}
    DOUBLE_OF_EXISTING = "double_of_existing"  # {name}
    RESEMBLES_EXISTING = "resembles_existing"  # {name}


STOPPING = frozenset({Problem.NAME_MISSING, Problem.NAME_TOO_LONG, Problem.DOUBLE_IN_PASTE, Problem.DOUBLE_OF_EXISTING})
"""With one of these a row cannot be saved as a new actor."""


@dataclass(frozen=True, slots=True)
class Found:
    """A problem and the values that its sentence mentions."""

    problem: Problem
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PastedRow:
    """An actor as read; a value that cannot be used is left out and told of in `problems`. `number` is from 1."""

    number: int
    name: str
    kind: ActorKind | None = None
    contact: str | None = None
    email: str | None = None
    phone: str | None = None
    problems: tuple[Found, ...] = ()

    @property
    def can_be_saved(self) -> bool:
        """Whether the row can become a new actor, perhaps without some of its values."""
        return not any(found.problem in STOPPING for found in self.problems)


_HEADERS = {
    "name": "namn name aktor actor organisation organization organisationsnamn foretag company bolag",
    "kind": "typ kind type slag kategori category aktorstyp organisationstyp",
    "contact": "kontakt kontaktperson contact contactperson person kontaktnamn",
    "email": "epost mail email epostadress mejl emailadress mailadress emailaddress",
    "phone": "telefon tel phone mobil telefonnummer mobilnummer mobile telnr nummer",
}
_COLUMN = {word: column for column, names in _HEADERS.items() for word in names.split()}
_KINDS = {
    ActorKind.COMPANY: "foretag company bolag naringsliv business aktiebolag ab",
    ActorKind.MUNICIPALITY: "kommun municipality kommunen",
    ActorKind.AUTHORITY: "myndighet authority agency statligmyndighet lansstyrelse",
    ActorKind.UNIVERSITY: "universitet university hogskola college akademi larosate",
    ActorKind.ASSOCIATION: "forening association forbund ideellforening organisation ngo intresseorganisation stiftelse",
    ActorKind.REGION: "region regionen",
}
_KIND = {word: kind for kind, names in _KINDS.items() for word in names.split()}
_IN_NAMES = (
    (re.compile(r"\bregion (?:norr|vaster)botten\b"), ActorKind.REGION),
    (re.compile(r"\b(?:kommun|stad|municipality)\b"), ActorKind.MUNICIPALITY),
    (re.compile(r"universitet|university|hogskola"), ActorKind.UNIVERSITY),
    (re.compile(r"lansstyrelse|verket\b|myndighet|sametinget|domstol|arbetsformedling"), ActorKind.AUTHORITY),
    (
        re.compile(r"forening|forbund|association|handelskammare|stiftelse|foretagarna|naringsliv"),
        ActorKind.ASSOCIATION,
    ),
    (re.compile(r"\b(?:ab|aktiebolag|ltd|inc|group|energi|bank|corporation)\b|sparbanken"), ActorKind.COMPANY),
)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+")
_PHONE = re.compile(r"\+?[\d\s()/.–-]{6,24}")
_PERSON = re.compile(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){1,3}")
_SPACES = re.compile(r" {2,}")
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15  # E.164 allows fifteen


def parse_rows(text: str, existing: Sequence[Named] = ()) -> list[PastedRow]:
    """Read pasted rows (tab, semicolon, comma or wide spaces; with a header or not), each with its problems.

    Doubles are sought among the rows and among `existing`. Raises NoRows, TooManyRows.
    """
    table = _table(text)
    columns = _header(table[0]) if table else None
    if columns:
        table = table[1:]
    if not table:
        raise NoRows
    if len(table) > MOST_ROWS:
        raise TooManyRows(rows=len(table), limit=MOST_ROWS)
    columns = columns or _guess(table, existing)
    rows = [_row(number, cells, columns) for number, cells in enumerate(table, 1)]
    return _with_doubles(rows, existing)


def _table(text: str) -> list[list[str]]:
    lines = [line for line in clean(text).split("\n") if line.strip(" \t;,")]
    delimiter = next((sign for sign in "\t;," if sum(sign in line for line in lines) * 2 > len(lines)), None)
    if delimiter is None:  # names alone, or tabs that an app has turned into spaces
        delimiter, lines = "\t", _apart([line.strip() for line in lines])
    cells = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t")
    try:
        table = [[one_line(cell) for cell in row] for row in cells]
    except csv.Error as error:  # a cell beyond what csv takes
        raise NoRows from error
    return [row for row in table if any(row)]


def _apart(lines: Sequence[str]) -> list[str]:
    """Lines with tabs where wide spaces were; where all are single ones, by what the words look like."""
    if any(_SPACES.search(line) for line in lines):
        return [_SPACES.sub("\t", line) for line in lines]
    columns = flattened.columns_of(lines[0], lambda word: _COLUMN.get(_key(word))) if lines else None
    if columns is None:
        return [flattened.apart(line) for line in lines]
    cells = [flattened.cells_of(line, columns, lambda word: _key(word) in _KIND) for line in lines[1:]]
    return ["\t".join(lines[0].split(" ")), *("\t".join(row) for row in cells)]


def _key(cell: str) -> str:
    return re.sub(r"[^a-z]", "", fold(cell))


def _header(cells: Sequence[str]) -> list[str | None] | None:
    """The columns that a first row names, if it is a header: at least one name known and nothing like a value."""
    columns = [_COLUMN.get(_key(cell)) for cell in cells]
    named = [column for column in columns if column]
    values = any("@" in cell or any(c.isdigit() for c in cell) for cell in cells)
    header = (
        "name" in named and not values and len(set(named)) == len(named) and len(named) * 2 >= sum(map(bool, cells))
    )
    return columns if header else None


def _sort(cell: str) -> str:
    """What a cell looks like by itself."""
    if "@" in cell:
        return "email"
    if _PHONE.fullmatch(cell):
        return "phone"
    return "kind" if _key(cell) in _KIND else "words"


def _guess(table: Sequence[Sequence[str]], existing: Sequence[Named]) -> list[str | None]:
    """The columns of a table without a header, by what most of each looks like."""
    width = max(map(len, table))
    bodies = [[row[at] for row in table if at < len(row) and row[at]] for at in range(width)]
    columns: list[str | None] = [Counter(map(_sort, body)).most_common(1)[0][0] if body else None for body in bodies]
    for column in ("email", "phone", "kind"):
        first = True
        for at, found in enumerate(columns):
            if found == column and not first:
                columns[at] = None
            first = first and found != column
    in_words = [at for at, column in enumerate(columns) if column == "words"]
    named = max(in_words, key=lambda at: (_like_organisations(bodies[at], existing), -at), default=None)
    others = [at for at in in_words if at != named]
    for at in in_words:
        columns[at] = "name" if at == named else "contact" if at == others[0] else None
    if named is None and "kind" in columns:
        columns[columns.index("kind")] = "name"
    return columns


def _like_organisations(body: Iterable[str], existing: Sequence[Named]) -> int:
    def weight(cell: str) -> int:
        if _kind_in(cell) or any(is_same(cell, named) for named in existing):
            return 2
        return -1 if _PERSON.fullmatch(cell) else 0

    return sum(map(weight, body))


def _kind_in(name: str) -> ActorKind | None:
    folded = fold(name)
    return next((kind for words, kind in _IN_NAMES if words.search(folded)), None)


def _row(number: int, cells: Sequence[str], columns: Sequence[str | None]) -> PastedRow:
    said = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}
    problems: list[Found] = []
    name = said.get("name", "")
    if not name:
        problems.append(Found(Problem.NAME_MISSING))
    elif len(name) > LONGEST_NAME:
        problems.append(Found(Problem.NAME_TOO_LONG))
    kind = _kind(said.get("kind"), name, problems)
    email = _checked(_email(said.get("email")), said.get("email"), Problem.EMAIL_MALFORMED, problems)
    phone = _checked(_phone(said.get("phone")), said.get("phone"), Problem.PHONE_MALFORMED, problems)
    return PastedRow(number, name, kind, said.get("contact"), email, phone, tuple(problems))


def _kind(cell: str | None, name: str, problems: list[Found]) -> ActorKind | None:
    kind = _KIND.get(_key(cell)) if cell else None
    if cell and kind is None:
        problems.append(Found(Problem.KIND_UNKNOWN, {"value": cell}))
    kind = kind or _kind_in(name)
    if kind is None and not cell:
        problems.append(Found(Problem.KIND_MISSING))
    return kind


def _email(cell: str | None) -> str | None:
    found = _EMAIL.fullmatch(re.sub(r"^(?:.*<|mailto:)|>$", "", cell or ""))
    return found[0] if found else None


def _phone(cell: str | None) -> str | None:
    """The number as written, if it holds as many digits as a phone number does."""
    digits = sum(char.isdigit() for char in cell or "")
    return cell if cell and _PHONE.fullmatch(cell) and _FEWEST_DIGITS <= digits <= _MOST_DIGITS else None


def _checked(value: str | None, cell: str | None, problem: Problem, problems: list[Found]) -> str | None:
    if cell and value is None:
        problems.append(Found(problem, {"value": cell}))
    return value


@dataclass(frozen=True, slots=True)
class _Earlier:
    name: str
    number: int
    aliases: tuple[str, ...] = ()


def _with_doubles(rows: Sequence[PastedRow], existing: Sequence[Named]) -> list[PastedRow]:
    checked: list[PastedRow] = []
    earlier: list[_Earlier] = []
    for row in rows:
        double = _double(row.name, earlier, existing) if row.name else None
        problems = (*row.problems, double) if double else row.problems
        checked.append(PastedRow(row.number, row.name, row.kind, row.contact, row.email, row.phone, problems))
        if row.name:
            earlier.append(_Earlier(row.name, row.number))
    return checked


def _double(name: str, earlier: Sequence[_Earlier], existing: Sequence[Named]) -> Found | None:
    if same := next((row for row in earlier if is_same(name, row)), None):
        return Found(Problem.DOUBLE_IN_PASTE, {"row": same.number})
    near = closest(name, existing, limit=1)
    if not near:
        return None
    problem = Problem.DOUBLE_OF_EXISTING if is_same(name, near[0]) else Problem.RESEMBLES_EXISTING
    return Found(problem, {"name": near[0].name})
