from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matching import closest, fold, is_same, score


@dataclass(frozen=True)
class Organisation:
    name: str
    aliases: tuple[str, ...] = ()


MUNICIPALITIES = (
    "Arjeplogs kommun",
    "Arvidsjaurs kommun",
    "Bodens kommun",
    "Gällivare kommun",
    "Haparanda stad",
    "Jokkmokks kommun",
    "Kalix kommun",
    "Kiruna kommun",
    "Luleå kommun",
    "Pajala kommun",
    "Piteå kommun",
    "Älvsbyns kommun",
    "Överkalix kommun",
    "Övertorneå kommun",
)
COUNTY = (
    *(Organisation(name) for name in MUNICIPALITIES),
    Organisation("Region Norrbotten", ("Norrbottens läns landsting", "NLL")),
    Organisation("Luleå tekniska universitet", ("LTU", "Luleå University of Technology")),
    Organisation("Länsstyrelsen i Norrbottens län", ("Länsstyrelsen Norrbotten",)),
    Organisation("LKAB", ("Luossavaara-Kiirunavaara AB",)),
    Organisation("Norrbottens Handelskammare"),
    Organisation("Svemin"),
    Organisation("Swedish Space Corporation", ("SSC", "Rymdbolaget")),
    Organisation("North Sweden European Office"),
    Organisation("Norrbotniabanan AB"),
    Organisation("Vattenfall"),
    Organisation("Sparbanken Nord"),
    Organisation("SSAB"),
    Organisation("H2 Green Steel", ("Stegra",)),
    Organisation("Företagarna Norrbotten"),
    Organisation("Norrbottens Kommuner", ("Kommunförbundet Norrbotten",)),
    Organisation("Sametinget"),
    Organisation("RISE Research Institutes of Sweden", ("RISE",)),
    Organisation("Swedish Lapland Visitors Board", ("Swedish Lapland",)),
)


def names(wanted: str) -> list[str]:
    return [organisation.name for organisation in closest(wanted, COUNTY)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("LTU", ["Luleå tekniska universitet"]),
        ("ltu:s", ["Luleå tekniska universitet"]),
        ("luleå", ["Luleå kommun", "Luleå tekniska universitet"]),
        ("lulea", ["Luleå kommun", "Luleå tekniska universitet"]),
        ("tekniska universitetet i Luleå", ["Luleå tekniska universitet"]),
        ("Lulea University of Technology", ["Luleå tekniska universitet"]),
        ("Luela kommun", ["Luleå kommun"]),
        ("alvsbyn", ["Älvsbyns kommun"]),
        ("Jokmokk", ["Jokkmokks kommun"]),
        ("gallivare", ["Gällivare kommun"]),
        ("overtornea", ["Övertorneå kommun"]),
        ("kalix", ["Kalix kommun"]),
        ("Kiruna municipality", ["Kiruna kommun"]),
        ("Boden", ["Bodens kommun"]),
        ("lkab", ["LKAB"]),
        ("regionen", ["Region Norrbotten"]),
        ("landstinget", ["Region Norrbotten"]),
        ("Länsstyrelsen", ["Länsstyrelsen i Norrbottens län"]),
        ("handelskammaren", ["Norrbottens Handelskammare"]),
        ("Norrbottniabanan", ["Norrbotniabanan AB"]),
        ("ssc", ["Swedish Space Corporation"]),
        ("rymdbolaget", ["Swedish Space Corporation"]),
        ("NSEO", ["North Sweden European Office"]),
        ("vattenfal", ["Vattenfall"]),
        ("sparbanken", ["Sparbanken Nord"]),
        ("Stegra", ["H2 Green Steel"]),
        ("green steel", ["H2 Green Steel"]),
        ("RISE", ["RISE Research Institutes of Sweden"]),
    ],
)
def test_what_people_write_finds_the_organisation_they_mean(wanted: str, found: list[str]) -> None:
    assert names(wanted) == found


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "?",
        "xy",
        "kommunalråd i Skåne",
        "Umeå universitet",
        "Göteborgs stad",
        "Malmö kommun",
        "Volvo AB",
        "hej",
        "AB",
        "Region Västerbotten",
    ],
)
def test_strangers_find_nobody(wanted: str) -> None:
    assert names(wanted) == []


def test_what_the_county_shares_offers_several_and_no_more_than_asked_for() -> None:
    assert len(closest("norrbotten", COUNTY)) == 4
    assert len(closest("norrbotten", COUNTY, limit=2)) == 2


@given(st.sampled_from(COUNTY))
def test_every_organisation_is_found_alone_by_its_name_however_it_is_typed(organisation: Organisation) -> None:
    for written in (organisation.name, organisation.name.upper(), fold(organisation.name), f" {organisation.name} AB"):
        assert closest(written, COUNTY) == [organisation]


@given(st.sampled_from(COUNTY), st.data())
def test_a_letter_left_out_of_a_long_name_still_finds_it(organisation: Organisation, data: st.DataObject) -> None:
    name = organisation.name
    if len(name) < 8:
        return
    at = data.draw(st.integers(1, len(name) - 1))
    assert organisation in closest(name[:at] + name[at + 1 :], COUNTY)


@given(st.text(), st.sampled_from(COUNTY))
def test_a_score_is_a_percentage(wanted: str, organisation: Organisation) -> None:
    assert 0 <= score(wanted, organisation) <= 100


def test_two_names_are_the_same_but_for_case_accents_and_company_form() -> None:
    lulea = Organisation("Luleå kommun")
    assert is_same("LULEA KOMMUN", lulea)
    assert is_same("Norrbotniabanan", Organisation("Norrbotniabanan AB"))
    assert not is_same("Luleå", lulea)
    assert not is_same("Piteå kommun", lulea)
