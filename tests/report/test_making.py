"""The report as it is read: PDF, workbook, pictures, summary, and the command that writes them."""

import io
import re
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot.domain.figures import Source, from_code
from bot.domain.figures import source as rows
from bot.domain.figures.report import compute
from bot.domain.results.report import MadeReport
from bot.domain.text import telegram_length
from bot.sandbox.entities import read_text
from bot.views.report.charts import charts
from bot.views.report.document import Content
from bot.views.report.making import Wanted, make
from bot.views.report.wording import RESULTS, Wording
from bot.views.screen import Reader
from storage.engine import Database
from tests import left_out
from tests.report import example
from tests.report.filling import fill
from tests.test_command_line import CommandLine

HOSTILE = '#set page(paper: "a0") *fet* _kursiv_ $x$ <b>x</b> =1+1 \\ @ref `kod` #eval("1") ]]'
NOTHING = """\
<b>Mötesplatser 2027</b>
Läget 1 september 2027

Det finns inget att berätta om än. Rapporten fyller sig själv när aktörer bokar, tar ställning, håller sina aktiviteter och svarar.

<b>1. Samsyn som leder till gemensam handling</b>
Ingen aktivitet har angett någon påverkansfråga. Ingen aktör har tagit ställning till något uttalande. Ingen gemensam handling har startats.

<b>2. Kunskap om Norrbotten når utvalda målgrupper</b>
Ingen aktivitet har hållits än. Ingen aktivitet har syftet kunskapsbyggande.

<b>3. Aktörerna lär av varandras metoder</b>
Ingen metod har delats än. Ingen aktivitet har syftet metodutveckling.

<b>4. Nätverk och stolta ambassadörer</b>
Färre än fem kontakter har utbytts i boten. Ingen har svarat än på frågan om att vara ambassadör. Ingen aktivitet ordnas av flera aktörer tillsammans.

<b>5. Regionen har arenor nationellt</b>
Det finns ingen upplaga att rapportera om. Regionen har inga egna aktiviteter eller tider. Utfallet är inte infört.

<b>6. Andra aktörer får arenor</b>
Ingen annan aktör har bokat något än. Inga tider har erbjudits än. Ingen har svarat än på hur nöjda de är."""
TITLES = [title.split(". ", 1)[1] for title in re.findall(r"<b>(\d\. .*)</b>", NOTHING)]
needs_poppler = pytest.mark.skipif(not left_out.has_poppler(), reason="poppler is not installed here")
needs_office = pytest.mark.skipif(not left_out.has_office(), reason="LibreOffice is not installed here")


@cache
def made(scope: str = "years:2027-2027", language: str = "sv") -> MadeReport:
    return make(Wanted(example.made(), scope, example.NOW, language))


def hostile() -> Source:
    """The example, with names that somebody wrote to break it."""
    source = example.made()
    return replace(
        source,
        actors=tuple(replace(a, name=f"{HOSTILE} {a.id}") for a in source.actors),
        activities=tuple(replace(a, title=HOSTILE) for a in source.activities),
        issues=tuple(replace(i, title={"sv": f"{HOSTILE} \x00\ud800 😀 漢字"}) for i in source.issues),
        joint_actions=tuple(replace(j, what=HOSTILE, outcome=HOSTILE) for j in source.joint_actions),
        result_comments=(rows.Comment("years:2027-2027", 1, HOSTILE * 20),),
    )


def text_of(pdf: bytes, *options: str) -> str:
    run = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()


def cells(xlsx: bytes) -> list[Any]:
    return [cell for sheet in load_workbook(io.BytesIO(xlsx)) for row in sheet.iter_rows() for cell in row]


def figures_of(xlsx: bytes) -> dict[str, Any]:
    """Values of the sheet of figures, by key."""
    sheet = load_workbook(io.BytesIO(xlsx)).worksheets[0]
    return {str(row[7]): row[2] for row in sheet.iter_rows(min_row=2, values_only=True)}


@pytest.mark.parametrize("scope", ["edition:3", "edition:2", "years:2027-2027", "years:2026-2028", "years:2031-2031"])
def test_a_report_is_made_of_any_scope(scope: str) -> None:
    report = made(scope)
    assert report.pdf.startswith(b"%PDF-")
    assert len(report.summary) < 4096
    assert all(Image.open(io.BytesIO(picture)).width == 1080 for picture in report.pictures)


def test_a_report_of_nothing_is_made_too() -> None:
    report = make(Wanted(example.empty(), "years:2027-2027", example.NOW))
    assert report.pictures == ()
    assert report.summary == NOTHING


def test_an_edition_says_nothing_that_is_so_by_itself() -> None:
    edition, years = made("edition:3").summary, made("years:2026-2028").summary
    assert "Aktiviteterna tar upp 4 påverkansfrågor." in edition
    assert "4 av 4 påverkansfrågor togs upp" in years
    assert ("på nationella arenor" in edition, "på nationella arenor" in years) == (False, True)


def test_years_with_one_edition_say_nothing_that_is_so_by_itself_either() -> None:
    source = example.made()
    editions = tuple(replace(each, year=2025) if each.id == 2 else each for each in source.editions)
    told = make(Wanted(replace(source, editions=editions), "years:2026-2026", example.NOW)).summary
    assert "Upplagan har hållits (nationell arena). Regionen har 2 egna aktiviteter och 1 tid för eget bruk." in told
    assert "Utfallet är 1\xa0215\xa0000 kr. " in told


def test_a_picture_has_the_numbers_of_the_figures_in_it() -> None:
    def told(source: Source) -> list[str]:
        report = compute(source, from_code("years:2027-2027", source), now=example.NOW)
        wording = Wording(report, Reader("sv", example.NOW))
        document = Content(wording, charts(wording)).document()
        return [" ".join(result["picture_marks"]) for result in document["results"]]

    others = ["2.9 2.10", "3.1 3.2 3.4 3.5", "4.2 4.3 4.4 4.5", "5.5 5.6 5.11", "6.9 6.10 6.11 6.12 6.23 6.22"]
    assert told(example.made()) == ["1.10", *others]
    assert told(replace(example.made(), stances=())) == ["1.3", *others], "nobody stands anywhere: issues taken up"


def test_a_document_of_nothing_leaves_out_the_noughts() -> None:
    source = example.empty()
    report = compute(source, from_code("years:2027-2027", source), now=example.NOW)
    document = Content(Wording(report, Reader("sv", example.NOW)), {}).document()
    assert [result["figures"] for result in document["results"]] == [None] * len(RESULTS)
    assert [part["title"] for part in document["parts"]] == ["Så är det räknat", "Kända aktörer utan aktivitet (6.7)"]


def test_target_groups_that_nobody_was_for_are_left_out_of_picture_and_pages() -> None:
    source = example.made()
    for scope in ("years:2026-2028", "edition:5"):
        report = compute(source, from_code(scope, source), now=example.NOW)
        wording = Wording(report, Reader("sv", example.NOW))
        [chart] = charts(wording)[2]
        [meant, came] = chart.series
        assert all((meant.values[row] or 0) + (came.values[row] or 0) > 0 for row in range(len(chart.rows)))
        told = [row[2] for row in Content(wording, {}).figures(2)["rows"]]
        assert not {"2.9", "2.10"} & set(told)  # the picture shows them all


def test_comments_stand_in_the_summary_all_of_them_within_what_a_message_takes() -> None:
    comments = tuple(rows.Comment("years:2027-2027", n, f"Kommentar {n} " + "lång & bred " * 60) for n in RESULTS)
    source = replace(example.made(), result_comments=comments)
    shown = read_text(make(Wanted(source, "years:2027-2027", example.NOW)).summary, "HTML", None).text
    assert telegram_length(shown) <= 4096
    assert [f"Samordnarna: Kommentar {n} lång & bred" in shown for n in RESULTS] == [True] * 6


def test_the_same_report_gives_the_same_bytes() -> None:
    again = make(Wanted(example.made(), "years:2027-2027", example.NOW))
    assert again == made()


def test_pictures_are_no_higher_than_a_phone_takes_and_read_without_colours() -> None:
    for picture in made().pictures:
        image = Image.open(io.BytesIO(picture))
        assert image.height < 1.9 * image.width
        greys = image.convert("L").histogram()
        bands = [sum(greys[at : at + 32]) for at in range(0, 256, 32)]
        assert sum(band > 0.003 * image.width * image.height for band in bands) >= 2


def test_the_workbook_has_a_row_for_each_figure_with_its_value() -> None:
    report = compute(example.made(), from_code("years:2027-2027", example.made()), now=example.NOW)
    shown = {key: value for key, value in figures_of(made().xlsx).items() if not isinstance(value, str)}
    expected = {key: round(f.value, 2) for key, f in report.figures.items() if f.value is not None}
    assert shown == pytest.approx(expected)


def test_the_workbook_tells_of_withheld_figures_only_that_they_are() -> None:
    figures = figures_of(made("edition:2").xlsx)
    assert [figures[key] for key in ("satisfied", "edition.satisfied")] == ["färre än fem svar"] * 2
    sheets = {sheet.title for sheet in load_workbook(io.BytesIO(made("edition:2").xlsx))}
    assert "Svar i grupper" not in sheets


def test_no_cell_is_a_formula_or_a_link_whatever_names_say() -> None:
    data = make(Wanted(hostile(), "years:2027-2027", example.NOW)).xlsx
    assert {cell.data_type for cell in cells(data)} <= {"s", "n"}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        xml = b"".join(parts.read(name) for name in parts.namelist() if "worksheets/" in name)
    assert (b"<f>" in xml, b"hyperlink" in xml) == (False, False)


def test_each_figure_of_the_document_has_a_row_of_that_number_in_the_workbook() -> None:
    report = compute(example.made(), from_code("years:2027-2027", example.made()), now=example.NOW)
    document = Content(Wording(report, Reader("sv", example.NOW)), {}).document()
    marks = {row[2] for result in document["results"] for row in result["figures"]["rows"]}
    marks |= {mark for result in document["results"] for mark in (*result["answer"]["marks"], *result["picture_marks"])}
    assert marks <= {figure.mark for figure in report.figures.values()}


def file_of(url: str) -> bytes:
    return Path(url.removeprefix("sqlite:///")).read_bytes()


@needs_poppler
def test_page_one_alone_gives_the_six_answers() -> None:
    report = compute(example.made(), from_code("years:2027-2027", example.made()), now=example.NOW)
    document = Content(Wording(report, Reader("sv", example.NOW)), {}).document()
    page = " ".join(text_of(made().pdf, "-l", "1").split())
    for result in document["results"]:
        assert result["title"] in page
        for sentence in result["answer"]["sentences"]:
            assert " ".join(sentence.split()) in page


@needs_poppler
@pytest.mark.parametrize("scope", ["edition:5", "years:2026-2028"])
def test_each_page_begins_with_its_section_or_says_which_goes_on(scope: str) -> None:
    titles = [*(f"{n} {t}" for n, t in enumerate(TITLES, 1)), "Bakom siffrorna"]
    starts = [*titles, *(f"{title}, fortsättning" for title in (*TITLES, "Bakom siffrorna"))]
    _, *pages = [" ".join(page.split()) for page in text_of(made(scope).pdf).split("\f") if page.strip()]
    assert [page[:60] for page in pages if not page.startswith(tuple(starts))] == []
    assert any(f"{title}, fortsättning" in page for page in pages for title in TITLES)


@needs_poppler
@pytest.mark.parametrize("scope", ["edition:3", "edition:2", "years:2027-2027", "years:2026-2028", "years:2031-2031"])
def test_no_page_is_half_blank_but_the_last_which_is_no_lonely_note(scope: str) -> None:
    *pages, last = text_of(made(scope).pdf, "-bbox").split("<page ")[1:]
    for page in pages:
        height = float(re.findall(r'height="([\d.]+)"', page)[0])
        ends = [float(y) for y in re.findall(r'<word [^>]*yMax="([\d.]+)"', page)]
        assert max(y for y in ends if y < height * 0.93) > height * 0.6, "what is further down is the foot"
    counted = [page for page in (*pages, last) if ">räknat</word>" in page]
    assert [">Bakom</word>" in page for page in counted] == [True]
    assert last.count("<word ") > 60


def test_the_document_names_actors_comments_and_what_cannot_be_said() -> None:
    text = " ".join(text_of(made().pdf).split())
    wanted = ["Länsstyrelsen i Norrbottens län", "Samordnarnas kommentar", "Uttalandet om infrastrukturen bar"]
    assert [each for each in wanted if each not in text] == []
    assert text.count("Vad som inte kan sägas") == len(RESULTS)


def test_any_sign_that_somebody_may_write_goes_into_the_document() -> None:
    signs = "".join(
        map(chr, (*range(0x20, 0xD800), *range(0xE000, 0xFB00), *range(0xFB00, 0x10000), *range(0x1F300, 0x1FAFF)))
    )
    comments = tuple(rows.Comment("years:2027-2027", n, signs[n::6]) for n in RESULTS)
    report = make(Wanted(replace(example.empty(), result_comments=comments), "years:2027-2027", example.NOW))
    assert report.pdf.startswith(b"%PDF-")


@needs_poppler
def test_no_name_can_become_markup_or_change_the_page() -> None:
    pdf = make(Wanted(hostile(), "years:2027-2027", example.NOW)).pdf
    shown = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "595.276 x 841.89 pts (A4)" in shown
    assert 'eval("1")' in " ".join(text_of(pdf).split())


@needs_office
@pytest.mark.slow
def test_libreoffice_opens_the_workbook_and_calculates_nothing(tmp_path: Path) -> None:
    source = tmp_path / "rapport.xlsx"
    source.write_bytes(make(Wanted(hostile(), "years:2027-2027", example.NOW)).xlsx)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    opened = (tmp_path / "rapport.fods").read_text(encoding="utf-8")
    assert "table:formula" not in opened
    assert opened.count("<table:table ") >= 8


def test_the_bot_itself_imports_neither_typst_nor_matplotlib() -> None:
    code = "import sys, bot.app, bot.views.report.making; print([m for m in ('typst', 'matplotlib', 'numpy') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


async def test_the_command_writes_the_files_of_an_edition(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await fill(database, example.made())  # the database stays open: the command works beside a running bot
    arenabot = CommandLine(tmp_path, {"database_url": database_url})
    outcome = await arenabot.says("report", "--edition", "almedalen-2027", "--out", "ut")
    assert (outcome.status, outcome.err) == (0, "")
    written = sorted(path.suffix for path in (tmp_path / "ut").iterdir())
    assert written == [".pdf", ".png", ".png", ".png", ".xlsx"]
    assert len(outcome.out.splitlines()) == 5


async def test_the_command_leaves_a_database_as_it_was(sqlite_url: str, tmp_path: Path) -> None:
    before = file_of(sqlite_url)
    outcome = await CommandLine(tmp_path, {"database_url": sqlite_url}).says("report", "--year", "2027", "--out", "ut")
    assert (outcome.status, file_of(sqlite_url) == before) == (0, True)


@pytest.mark.parametrize("arguments", [("--edition", "almedalen-1999"), ("--year", "i fjol"), ("--years", "2029-2027")])
async def test_a_report_of_what_is_not_there_is_refused_in_one_line(
    arguments: tuple[str, str], sqlite_url: str, tmp_path: Path
) -> None:
    outcome = await CommandLine(tmp_path, {"database_url": sqlite_url}).says("report", *arguments, "--out", "ut")
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert outcome.err.startswith(f"arenabot: There is no report of {arguments[1]}:")


async def test_a_database_of_another_release_is_refused_and_not_migrated(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.close()
    outcome = await CommandLine(tmp_path, {"database_url": f"sqlite:///{path}"}).says(
        "report", "--year", "2027", "--out", "x"
    )
    assert (outcome.status, "run `arenabot migrate` first" in outcome.err) == (2, True)
