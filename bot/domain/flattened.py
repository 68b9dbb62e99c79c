"""Rows of a spreadsheet whose tabs have become single spaces: what Telegram makes of tabs in a message."""

import re
from collections.abc import Callable, Sequence

_EMAIL = re.compile(r"(?<!\S)\S{1,64}@\S{1,254}")
_PHONE = re.compile(r"(?<!\S)\+?\(?\d[\d\s()/.–-]{4,22}\d(?!\S)")


def columns_of(line: str, column_of: Callable[[str], str | None]) -> list[str] | None:
    """The columns that a first line names word by word, when each word does, no two the same, the name first."""
    columns = [column_of(word) for word in line.split(" ")]
    told = [column for column in columns if column is not None]
    is_header = len(told) > 1 and len(set(told)) == len(columns) and told[0] == "name"
    return told if is_header else None


def cells_of(line: str, columns: Sequence[str], is_kind: Callable[[str], bool]) -> list[str]:
    """A line's cells under a header's columns: e-mail and phone by their looks, the name up to the last word that tells
    a kind, a contact after it.
    """
    found = dict.fromkeys(columns, "")
    for column, looks in (("email", _EMAIL), ("phone", _PHONE)):
        match = looks.search(line) if column in found else None
        if match is not None:
            found[column] = match[0]
            line = f"{line[: match.start()]} {line[match.end() :]}"
    words = line.split()
    at = next((i for i in range(len(words) - 1, 0, -1) if is_kind(words[i])), None) if "kind" in found else None
    if at is None:
        found["name"] = " ".join(words)
    else:
        found |= {"name": " ".join(words[:at]), "kind": words[at]}
        if "contact" in found:
            found["contact"] = " ".join(words[at + 1 :])
        else:
            found["name"] = " ".join([*words[:at], *words[at + 1 :]])
    return [found[column] for column in columns]


def apart(line: str) -> str:
    """A line without a header's help: an e-mail address and a phone number set apart by tabs."""
    for looks in (_EMAIL, _PHONE):
        line = looks.sub(lambda match: f"\t{match[0]}\t", line, count=1)
    return re.sub(r" *\t[\t ]*", "\t", line).strip("\t ")
