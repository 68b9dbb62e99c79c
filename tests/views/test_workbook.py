import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.views.workbook import CELL_MAX, Sheet, cell, xlsx

MADE_AT = datetime(2027, 3, 1, 8, tzinfo=UTC)
HEADINGS = ("Tid", "Aktör", "Rubrik")
ROWS = (
    ("mån 28 juni 08.30–09.30", "Luleå kommun", "Vem äger vinden?"),
    ("mån 28 juni 10.00–11.00", "", ""),
)
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+46 920 123 45",
    "-2+3",
    "@SUM(A1)",
    "{=1}",
    "\t=1",
    "http://example.org",
    "mailto:a@example.org",
    "123",
    "_x0041_",
    "<b>&amp;",
)


def made(sheets: Sequence[Sheet], title: str = "") -> bytes:
    return xlsx(sheets, made_at=MADE_AT, title=title)


def opened(data: bytes) -> list[Worksheet]:
    return list(load_workbook(BytesIO(data)).worksheets)


def values(sheet: Worksheet) -> list[tuple[str, ...]]:
    return [tuple(str(value or "") for value in row) for row in sheet.iter_rows(values_only=True)]


def test_a_sheet_comes_back_as_it_went_in_with_its_heading_frozen_and_filtered() -> None:
    [sheet] = opened(made([Sheet("Norra scen", HEADINGS, ROWS, note="Läget 1 mars & senare")], title="Norrbotten"))
    assert values(sheet) == [HEADINGS, *ROWS]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Norra scen", "B2", "A1:C3")
    assert sheet["A1"].font.b
    assert not sheet["A2"].font.b


def test_columns_are_as_wide_as_their_text_within_reason() -> None:
    [sheet] = opened(made([Sheet("a", ("Kort", "Lång", "Tid"), [("a", "x" * 500, ROWS[0][0])])]))
    widths = [round(sheet.column_dimensions[letter].width) for letter in "ABC"]
    assert widths == [9, 61, 26]


def test_a_row_is_as_high_as_its_longest_text_wraps_to() -> None:
    texts = ["kort", "ord " * 40, "en\n\nannan", "ord " * 9000]
    [sheet] = opened(made([Sheet("a", ("A", "B"), [(text, "kort") for text in texts])]))
    assert [sheet.row_dimensions[row].height for row in range(1, 6)] == [None, None, 45, 45, 405]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_a_number_or_a_link(text: str) -> None:
    data = made([Sheet(text, (text,), [(text,)], note=text)], title=text)
    [sheet] = opened(data)
    assert [(c.data_type, c.value, c.hyperlink) for row in sheet.iter_rows() for c in row] == [
        ("s", cell(text), None)
    ] * 2
    with zipfile.ZipFile(BytesIO(data)) as parts:
        xml = b"".join(parts.read(name) for name in parts.namelist() if "worksheets/" in name)
    assert b"<f>" not in xml
    assert b"hyperlink" not in xml


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_any_text_gives_a_workbook_that_opens_and_holds_it(text: str) -> None:
    [sheet] = opened(made([Sheet(text, ("a",), [(text,)], note=text)], title=text))
    assert [row[0] for row in values(sheet)][:2] == ["a", cell(text)][: sheet.max_row]


def test_control_characters_are_stripped_and_long_text_is_cut_to_a_cell() -> None:
    assert cell("a\x00b\x08\ufffec\ud800") == "abc"
    assert len(cell("x" * 40_000)) == CELL_MAX
    assert len(cell("👍" * 20_000)) == CELL_MAX // 2


def test_sheets_names_are_made_different_and_such_as_excel_allows() -> None:
    names = ["Norra scen", "norra scen", "", "a/b: [c]", "'x'", "y" * 40, "y" * 41, "👍" * 20, "History"]
    assert [sheet.title for sheet in opened(made([Sheet(name, ("a",), []) for name in names]))] == [
        "Norra scen",
        "norra scen 2",
        "-",
        "a-b- -c-",
        "x",
        "y" * 31,
        "y" * 29 + " 2",
        "👍" * 15,
        "History-",
    ]


def test_a_row_of_another_length_than_its_headings_is_a_fault() -> None:
    with pytest.raises(ValueError, match="zip"):
        made([Sheet("a", HEADINGS, [("x", "y", "z", "too much")])])


def test_the_same_content_made_at_the_same_time_gives_the_same_bytes() -> None:
    first, second = (made([Sheet("a", HEADINGS, ROWS)]) for _ in range(2))
    assert first == second
    assert load_workbook(BytesIO(first)).properties.created == MADE_AT.replace(tzinfo=None)
