from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import DomainError
from bot.domain.model import ActorKind
from bot.domain.paste import Found, NoRows, PastedRow, Problem, TooManyRows, parse_rows


@dataclass(frozen=True)
class Existing:
    name: str
    aliases: tuple[str, ...] = ()


LULEA = PastedRow(1, "Luleå kommun", ActorKind.MUNICIPALITY, "Kim Ek", "kim@lulea.example", "0920-45 30 00")
SVEMIN = PastedRow(2, "Svemin", ActorKind.ASSOCIATION, "Bo Al", "bo@svemin.example", "+46 8 762 67 00")


@pytest.mark.parametrize(
    "pasted",
    [
        (
            "Namn\tTyp\tKontakt\tE-post\tTelefon\n"
            "Luleå kommun\tKommun\tKim Ek\tkim@lulea.example\t0920-45 30 00\n"
            "Svemin\tFörening\tBo Al\tbo@svemin.example\t+46 8 762 67 00"
        ),
        (
            "phone;e-mail;contact person;kind;name\r\n"
            "0920-45 30 00;kim@lulea.example;Kim Ek;municipality;Luleå kommun\r\n"
            "+46 8 762 67 00;bo@svemin.example;Bo Al;association;Svemin\r\n"
        ),
        (
            "Luleå kommun, kommun, Kim Ek, kim@lulea.example, 0920-45 30 00\n"
            "Svemin, förening, Bo Al, bo@svemin.example, +46 8 762 67 00"
        ),
        (
            "Kim Ek\tkim@lulea.example\tLuleå kommun\t0920-45 30 00\tkommun\n\n"
            "Bo Al\tbo@svemin.example\tSvemin\t+46 8 762 67 00\tintresseorganisation"
        ),
        (
            "E-post\tAktör\tAktörstyp\tMobil\tKontaktperson\tKommentar\n"
            "Kim Ek <kim@lulea.example>\tLuleå kommun\tKOMMUN\t0920-45 30 00\tKim Ek\tsnäll\n"
            'mailto:bo@svemin.example\t"Svemin"\tförbund\t+46 8 762 67 00\tBo Al\t'
        ),
        (
            "Luleå kommun    kommun    Kim Ek    kim@lulea.example    0920-45 30 00\n"
            "Svemin    förening    Bo Al    bo@svemin.example    +46 8 762 67 00"
        ),
    ],
)
def test_rows_are_read_whatever_their_signs_order_and_header(pasted: str) -> None:
    assert parse_rows(pasted) == [LULEA, SVEMIN]


def test_a_list_of_names_alone_is_read_and_kinds_are_told_from_names() -> None:
    rows = parse_rows(
        "Piteå kommun\nLuleå tekniska universitet\nSSAB AB\nLänsstyrelsen i Norrbottens län\nKulturgruppen"
    )
    assert rows == [
        PastedRow(1, "Piteå kommun", ActorKind.MUNICIPALITY),
        PastedRow(2, "Luleå tekniska universitet", ActorKind.UNIVERSITY),
        PastedRow(3, "SSAB AB", ActorKind.COMPANY),
        PastedRow(4, "Länsstyrelsen i Norrbottens län", ActorKind.AUTHORITY),
        PastedRow(5, "Kulturgruppen", problems=(Found(Problem.KIND_MISSING),)),
    ]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("företag", ActorKind.COMPANY),
        ("Company", ActorKind.COMPANY),
        ("kommun", ActorKind.MUNICIPALITY),
        ("Myndighet", ActorKind.AUTHORITY),
        ("authority", ActorKind.AUTHORITY),
        ("högskola", ActorKind.UNIVERSITY),
        ("university", ActorKind.UNIVERSITY),
        ("ideell förening", ActorKind.ASSOCIATION),
        ("Region", ActorKind.REGION),
    ],
)
def test_kinds_are_known_in_swedish_and_english(word: str, kind: ActorKind) -> None:
    assert parse_rows(f"namn;typ\nPolstjärnan;{word}") == [PastedRow(1, "Polstjärnan", kind)]


def test_what_cannot_be_used_is_left_out_and_told_of_row_by_row() -> None:
    rows = parse_rows(
        "namn;typ;e-post;telefon\n"
        "Polstjärnan;raket;kim(at)example;12\n"
        ";företag;kim@example.se;0920 123 45\n"
        f"{'X' * 121};företag;;"
    )
    assert rows == [
        PastedRow(
            1,
            "Polstjärnan",
            problems=(
                Found(Problem.KIND_UNKNOWN, {"value": "raket"}),
                Found(Problem.EMAIL_MALFORMED, {"value": "kim(at)example"}),
                Found(Problem.PHONE_MALFORMED, {"value": "12"}),
            ),
        ),
        PastedRow(2, "", ActorKind.COMPANY, None, "kim@example.se", "0920 123 45", (Found(Problem.NAME_MISSING),)),
        PastedRow(3, "X" * 121, ActorKind.COMPANY, problems=(Found(Problem.NAME_TOO_LONG),)),
    ]
    assert [row.can_be_saved for row in rows] == [True, False, False]


def test_doubles_are_pointed_out_within_the_rows_and_against_those_there() -> None:
    existing = [Existing("Luleå tekniska universitet", ("LTU",)), Existing("Jokkmokks kommun"), Existing("LKAB")]
    rows = parse_rows(
        "namn;typ\nLTU;universitet\nJokmokks komun;kommun\nStegra;företag\nSTEGRA AB;företag\nlkab;företag", existing
    )
    assert [(row.problems, row.can_be_saved) for row in rows] == [
        ((Found(Problem.DOUBLE_OF_EXISTING, {"name": "Luleå tekniska universitet"}),), False),
        ((Found(Problem.RESEMBLES_EXISTING, {"name": "Jokkmokks kommun"}),), True),
        ((), True),
        ((Found(Problem.DOUBLE_IN_PASTE, {"row": 3}),), False),
        ((Found(Problem.DOUBLE_OF_EXISTING, {"name": "LKAB"}),), False),
    ]


def test_names_known_already_tell_which_column_is_the_name() -> None:
    [row] = parse_rows("Anna Berg;Norra Stjärnan", [Existing("Norra Stjärnan")])
    assert (row.name, row.contact) == ("Norra Stjärnan", "Anna Berg")


@pytest.mark.parametrize("pasted", ["", " \n\t\n", "Namn\tTyp\tTelefon", ";;;\n,,,", "\x00", "x" * 200_000])
def test_nothing_pasted_is_said_so(pasted: str) -> None:
    with pytest.raises(NoRows):
        parse_rows(pasted)


def test_too_many_rows_are_refused_whole() -> None:
    with pytest.raises(TooManyRows) as refusal:
        parse_rows("\n".join(f"Förening {n}" for n in range(501)))
    assert refusal.value.fields == {"rows": 501, "limit": 500}


@given(st.text() | st.text('abå@1.;,\t\n" 07'))
def test_any_text_gives_rows_or_a_typed_refusal(text: str) -> None:
    try:
        rows = parse_rows(text, [Existing("Luleå kommun")])
    except DomainError:
        return
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert all(row.name or not row.can_be_saved for row in rows)


def test_rows_whose_tabs_telegram_made_single_spaces_are_read_by_their_header() -> None:
    pasted = (
        "Namn Slag Kontakt E-post Telefon\n"
        "Boliden AB Företag Anna Berg anna@example.org 0910-77 40 00\n"
        "Haparanda stad Kommun info@example.org"
    )
    assert parse_rows(pasted) == [
        PastedRow(1, "Boliden AB", ActorKind.COMPANY, "Anna Berg", "anna@example.org", "0910-77 40 00"),
        PastedRow(2, "Haparanda stad", ActorKind.MUNICIPALITY, None, "info@example.org"),
    ]


def test_without_a_header_an_address_after_single_spaces_is_told_by_its_looks() -> None:
    assert parse_rows("Piteå kommun info@example.org 0911-69 60 00\nKalix kommun info@example.com") == [
        PastedRow(1, "Piteå kommun", ActorKind.MUNICIPALITY, None, "info@example.org", "0911-69 60 00"),
        PastedRow(2, "Kalix kommun", ActorKind.MUNICIPALITY, None, "info@example.com"),
    ]
