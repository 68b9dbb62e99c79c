"""Cards of what waits, rendered in both languages from what the services give."""

import html
import re
from collections.abc import Sequence

import pytest

from bot.domain.model import BookingState
from bot.domain.text import telegram_length
from bot.services import actors, applications, errands, matters, queue
from bot.services import application_offers as offers
from bot.views import actors as actor_views
from bot.views import application_news as news
from bot.views import applications as application_views
from bot.views import errands as errand_views
from bot.views import matters as matter_views
from bot.views import queue as queue_views
from bot.views.screen import Reader, Screen, message
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World
from tests.services.test_applications import Rivals

LANGUAGES = pytest.mark.parametrize("language", ["sv", "en"])


@pytest.fixture
async def rivals(world: World) -> Rivals:
    return await Rivals().make(world)


def said(screen: Screen, language: str = "sv") -> str:
    text = str(message(screen, Reader(language, NOW))["text"])
    assert telegram_length(html.unescape(re.sub(r"<[^>]+>", "", text))) <= 4096
    return text


def labels(screen: Screen) -> list[str]:
    keys = message(screen, Reader("sv", NOW)).get("reply_markup", {"inline_keyboard": []})
    return [key["text"] for row in keys["inline_keyboard"] for key in row]


async def _earlier(world: World, rivals: Rivals) -> None:
    before = await world.work.editions.add(
        arena_id=rivals.edition.arena_id,
        **{
            name: getattr(rivals.edition, name)
            for name in ("name", "preliminary", "place", "zone", "allocation", "official_programme", "published")
        },
        on_site={},
        year=2026,
    )
    await world.booking(before, rivals.kiruna, (await world.slots(before, 1))[0], rivals.bo, BookingState.BOOKED)
    named = {"activity_id": rivals.rival.activity_id, "named_by": "actor", "named_at": NOW}
    await world.work.aims.add(**named, purpose="knowledge")


async def test_the_card_of_a_slot_tells_all_that_the_choice_needs(
    work: SqlUnitOfWork, world: World, rivals: Rivals
) -> None:
    await _earlier(world, rivals)
    screen = queue_views.queue(await queue.next_card(work, rivals.karin, None, now=NOW))
    text = said(screen)
    wanted = [
        "<b>1 av 2</b>",
        "Luleå kommun och Kiruna kommun vill ha samma tid: tis 29 juni 08.00–08.45.",
        "Får de den inte vill de ha tis 29 juni 09.00–09.45.",
        "Syfte: Kunskapsbyggande.",
        "Var med 2026.",
        "Får de den inte erbjuds de tis 29 juni 09.00, tis 29 juni 10.00, tis 29 juni 11.00.",
    ]
    assert [line for line in wanted if line not in text] == []
    assert labels(screen) == [
        "Ge Luleå kommun",
        "Ge Kiruna kommun",
        "Nej till Luleå kommun",
        "Fråga Luleå kommun",
        "Nej till Kiruna kommun",
        "Fråga Kiruna kommun",
        "Senare",
    ]
    said(screen, "en")


async def test_a_slot_that_somebody_has_offers_no_yes(work: SqlUnitOfWork, world: World, rivals: Rivals) -> None:
    await world.booking(rivals.edition, await world.actor("LKAB"), rivals.slots[0], rivals.anna, BookingState.BOOKED)
    screen = application_views.contest(await applications.show_contest(work, rivals.karin, rivals.slots[0], now=NOW))
    assert "Tiden är redan given till LKAB." in said(screen)
    assert not any(label.startswith("Ge ") for label in labels(screen))


@LANGUAGES
async def test_a_refused_applicant_hears_why_and_what_is_left(
    work: SqlUnitOfWork, rivals: Rivals, language: str
) -> None:
    await applications.refuse(work, rivals.karin, rivals.first.id, rivals.first.revision, "För <lika>", now=NOW)
    offer = await offers.offer(work, rivals.first.id, "För <lika>", None, now=NOW)
    assert offer is not None
    text = said(news.told_refused(offer), language)
    assert "För &lt;lika&gt;" in text
    assert ("står kvar" if language == "sv" else "stands") in text
    said(news.offered_again(offer), language)


@LANGUAGES
@pytest.mark.parametrize("kind", [*sorted(matter_views.KINDS), "of_another_release"])
async def test_every_kind_of_matter_has_its_card_and_its_answer(
    work: SqlUnitOfWork, rivals: Rivals, kind: str, language: str
) -> None:
    view = await work.bookings.view(rivals.first.id)
    detail = {"question": "Hur många?", "label": {"sv": "Teknik"}}
    opened = await matters.open_matter(work, rivals.anna, kind, view, now=NOW, text="😀" * 1900, detail=detail)
    shown = await matters.show_matter(work, rivals.karin, opened.id)
    assert "Anna" in said(matter_views.matter(shown), language)
    answered = await matters.answer_matter(work, rivals.karin, opened.id, opened.revision, "Å" * 1500, now=NOW)
    for screen in (matter_views.matter(answered), matter_views.settled(answered), matter_views.answer(answered)):
        assert "Karin" in said(screen, language)


@LANGUAGES
@pytest.mark.parametrize("kind", ["unlock", "cancel", "move"])
@pytest.mark.parametrize("granted", [True, False])
async def test_every_wish_is_answered_in_words(
    work: SqlUnitOfWork,
    rivals: Rivals,
    kind: str,
    granted: bool,  # noqa: FBT001  # a parameter of the test
    language: str,
) -> None:
    view = await work.bookings.view(rivals.first.id)
    wish = await matters.open_matter(work, rivals.anna, kind, view, now=NOW, detail={"label": {"sv": "Teknik"}})
    decided = await matters.decide_matter(
        work, rivals.karin, wish, granted=granted, text=None if granted else "Programmet är tryckt", now=NOW
    )
    text = said(matter_views.answer(decided), language)
    assert ("Programmet är tryckt" in text) is not granted
    said(matter_views.matter(decided), language)


REMINDERS: Sequence[dict[str, object]] = [{"reminder": f"{kind}_day"} for kind in ("slot", "deadline", "fee")]


@LANGUAGES
@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        *((kind, {"reason": "Sent", "winner": "LKAB", "text": "Hej"}) for kind in sorted(errand_views.MAILS)),
        *(("reminder", detail) for detail in REMINDERS),
        ("reminder", {"reminder": "evaluation"}),
        ("of_another_release", {}),
        ("announcement", {"text": "<b>" * 1300}),
    ],
)
async def test_every_errand_has_a_letter_that_is_ready(
    work: SqlUnitOfWork, rivals: Rivals, kind: str, detail: dict[str, object], language: str
) -> None:
    await work.errands.add_once(
        key="errand",
        kind=kind,
        actor_id=rivals.lulea.id,
        arena_id=rivals.edition.arena_id,
        booking_id=rivals.first.id if kind != "announcement" else None,
        detail=detail,
        created_at=NOW,
    )
    errand = (await work.errands.list_open())[0]
    view = await errands.show_errand(work, rivals.karin, errand.id, now=NOW)
    assert "Luleå kommun" in said(errand_views.errand(view), language).replace("&lt;b&gt;", "<b>")
    name, content = errand_views.letter_file(view, Reader(language, NOW))
    assert name == "Luleå kommun.txt"
    assert str(detail.get("text", "")) in content.decode() or kind not in {"announcement", "application_asked"}


async def test_ten_who_want_one_slot_and_thirty_bookings_fit_a_message(
    work: SqlUnitOfWork, world: World, rivals: Rivals
) -> None:
    for number in range(10):
        asked = await world.booking(
            rivals.edition, await world.actor(f"Aktör {number}"), rivals.slots[0], rivals.bo, BookingState.APPLIED
        )
        activity = await work.activities.get(asked.activity_id)
        await work.activities.change(activity, title="Å" * 100)
    contest = await applications.show_contest(work, rivals.karin, rivals.slots[0], now=NOW)
    assert "Aktör 9" in said(application_views.contest(contest))
    for slot_id in await world.slots(rivals.edition, 30):
        booked = await world.booking(rivals.edition, rivals.kiruna, slot_id, rivals.bo, BookingState.BOOKED)
        activity = await work.activities.get(booked.activity_id)
        await work.activities.change(activity, title="Å" * 100)
    card = await actors.show_actor(work, await world.seat(rivals.karin), rivals.kiruna.id, now=NOW)
    assert "… och 19 till." in said(actor_views.card(card))
