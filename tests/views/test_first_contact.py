"""How first contact reads."""

from datetime import UTC, date, datetime
from typing import Any

from bot.domain.model import (
    Actor,
    ActorKind,
    ActorState,
    Allocation,
    Draft,
    Edition,
    Member,
    MemberState,
    Person,
)
from bot.domain.results.people import Accepted, Cancelled, Home, Invited, Joining, Newcomer, Room, Tie
from bot.views import invitations, newcomers, start
from bot.views.screen import Reader, Screen, message

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
LULEA = Actor(3, "Luleå kommun", ActorKind.MUNICIPALITY, (), ActorState.ACTIVE, None, None, None, None, NOW, 1)
ANNA = Person(5, 705, "Anna <Andersson>", "sv", False, None, None, None, frozenset(), None, NOW)
DRAFT = Draft(9, 705, 5, 1, "join", "name", {}, True, True, NOW, NOW, 1)
EDITION = Edition(
    id=1,
    arena_id=1,
    name={"sv": "Norrbotten i Almedalen 2027", "en": "Norrbotten in Almedalen 2027"},
    year=2027,
    starts_on=date(2027, 6, 28),
    ends_on=date(2027, 6, 30),
    preliminary=True,
    place={"sv": "Visby"},
    latitude=None,
    longitude=None,
    zone="Europe/Stockholm",
    allocation=Allocation.FIRST_COME,
    opens_at=NOW,
    closes_at=datetime(2027, 3, 31, 22, 0, tzinfo=UTC),
    answers_at=None,
    official_programme=True,
    published=True,
    on_site={},
    revision=1,
)


def read(screen: Screen, language: str = "sv") -> tuple[str, list[list[str]]]:
    """A screen's words and its buttons' labels."""
    params: dict[str, Any] = message(screen, Reader(language, NOW))
    rows = params.get("reply_markup", {}).get("inline_keyboard", [])
    return params["text"], [[key["text"] for key in row] for row in rows]


def test_an_invitation_says_who_invites_whom_to_what() -> None:
    assert read(invitations.invited(Invited(DRAFT, "member", LULEA, EDITION, (), None), "sv")) == (
        (
            "Hej, jag är Arenabot och hjälper er att synas på Norrbottens arenor.\n"
            "Region Norrbotten bjuder in <b>Luleå kommun</b> till <b>Norrbotten i Almedalen 2027</b>, "
            "28–30 juni, Visby (preliminära datum).\n"
            "Är du kontaktperson för Luleå kommun?"
        ),
        [["Ja, det är jag"], ["Nej, fel person"], ["In English"]],
    )


def test_an_accepted_invitation_tells_the_last_day_and_what_is_free() -> None:
    room = Room(EDITION, free=17, slots=31, is_open=True, is_over=False)
    assert read(invitations.accepted(Accepted("member", LULEA, room, (), 1))) == (
        (
            "Bra, då företräder du Luleå kommun här.\n"
            "Bokningen är öppen till 31 mars och 17 av 31 tider är lediga.\n"
            "Jag sparar ditt namn, ert val och det ni skriver, för att sköta bokningen."
        ),
        [["Boka en tid"], ["Så går det till", "Om dina uppgifter"]],
    )


def test_an_invitation_to_coordinate_says_what_right_comes_with_it() -> None:
    assert read(invitations.invited(Invited(DRAFT, "coordinator", None, None, (), None), "en"), "en") == (
        (
            "Hello, I am Arenabot and help you to be seen at the arenas of Norrbotten.\n"
            "Region Norrbotten invites you to be a coordinator of all arenas.\n"
            "It gives the right to set up slots, answer applications, change bookings and send announcements there.\n"
            "Is that right?"
        ),
        [["Yes, that is me"], ["No, wrong person"], ["På svenska"]],
    )


def test_a_stranger_is_asked_for_their_organisation() -> None:
    assert read(start.joining(Joining(DRAFT), "sv")) == (
        (
            "Hej, jag är Arenabot och hjälper er att synas på Norrbottens arenor.\n"
            "Vilken organisation företräder du? Skriv namnet.\n"
            "Jag sparar ditt namn, ert val och det ni skriver, för att sköta bokningen."
        ),
        [["Arenorna", "Om dina uppgifter"], ["In English"]],
    )


def test_home_says_whom_one_acts_for_and_leads_on() -> None:
    home = Home(ANNA, [Tie(LULEA, MemberState.ACTIVE)], (), None, None, coordinates=False)
    assert read(start.home(home)) == (
        "Du företräder Luleå kommun.\nIngen tid är bokad än.",
        [["Boka en tid"], ["Mina bokningar", "Arenorna"], ["Programmet", "Frågorna"], ["Mina uppgifter", "Hjälp"]],
    )


def test_a_coordinators_home_begins_with_what_waits() -> None:
    text, rows = read(start.home(Home(ANNA, (), (), None, None, coordinates=True)))
    assert (text, rows[0]) == (
        "Du är samordnare. Det som väntar finns på /samordna.",
        ["Samordna", "Utskick"],
    )


def test_a_newcomers_name_is_escaped_where_a_coordinator_reads_it() -> None:
    member = Member(8, 3, 5, MemberState.REQUESTED, NOW, None)
    assert read(newcomers.newcomer(Newcomer(member, ANNA, LULEA))) == (
        '<a href="tg://user?id=705">Anna &lt;Andersson&gt;</a> vill företräda Luleå kommun.',
        [["Ja", "Nej"], ["Samma som en annan"]],
    )


def test_cancelling_nothing_says_so_and_leads_on() -> None:
    assert read(start.cancelled(Cancelled(closed=False))) == (
        "Det finns inget att avbryta.",
        [["Boka en tid", "Mina bokningar"], ["‹ Hem", "Hjälp"]],
    )
