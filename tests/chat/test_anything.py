import pytest

from bot.sandbox.client import Person, shown


async def test_a_day_and_a_part_of_it_give_the_free_times_and_a_press_holds_one(erik: Person) -> None:
    await erik.sends("hej kan vi ta tisdag em för ett snack om batterier?")
    await erik.sees("Tis 29 juni efter lunch finns")
    assert await erik.screen() == (
        "Norrbotten i Almedalen 2027\n"
        "Tis 29 juni efter lunch finns 12.30–13.30, 15.00–16.00 och 16.15–17.15.\n"
        "[12.30–13.30] [15.00–16.00]\n"
        "[16.15–17.15]\n"
        "[Andra dagar]"
    )
    await erik.presses("15.00–16.00")
    await erik.sees("Tis 29 juni 15.00–16.00 hålls för er")


async def test_a_time_that_is_taken_gives_the_nearest(erik: Person) -> None:
    await erik.sends("boka 28 juni kl 13.45")
    await erik.sees("Mån 28 juni kl. 13.45 är inget ledigt. Närmast finns de här tiderna.")
    await erik.presses("mån 28 juni 15.00–16.00")
    await erik.sees("hålls för er")


async def test_a_day_outside_the_edition_is_said_to_be(erik: Person) -> None:
    await erik.sends("vi vill boka i Almedalen 4 juli")
    await erik.sees("Sön 4 juli är inte en av dagarna.")
    await erik.presses("Andra dagar")
    await erik.sees("Vilken dag passar?")


async def test_what_was_wanted_goes_with_the_answers_to_where_and_for_whom(emma: Person) -> None:
    await emma.sends("book something in the afternoon")
    await emma.presses("Norrbotten in Almedalen 2027")
    await emma.presses("SSAB")
    await emma.sees("These times are free after lunch.")
    await emma.presses("Mon 28 June, 15.00–16.00")
    await emma.sees("For SSAB")


async def test_an_arena_gives_its_card(newcomer: Person) -> None:
    await newcomer.sends("När är Utveckla Norrbotten?")
    await newcomer.sees("Utveckla Norrbotten 2027 · datum är inte bestämt")


@pytest.mark.parametrize("words", ["avboka", "Mina bokningar", "när är vår tid?", "bokningar"])
async def test_what_is_about_ones_bookings_gives_them(erik: Person, words: str) -> None:
    await erik.sends(words)
    message = await erik.sees("Era bokningar")
    assert "[✅ mån 28 juni 07.30" in shown(message)


async def test_a_commands_word_does_what_the_command_does(erik: Person) -> None:
    await erik.sends("Hjälp")
    await erik.sees("Här bokar du tid på Norrbottens arenor")
    await erik.sends("programme")
    await erik.sees("Vilket program vill du se?")


async def test_a_question_it_cannot_answer_is_sent_on_once_when_the_person_says_so(
    erik: Person, coordinator: Person
) -> None:
    await erik.sends("Går det att ha servering?")
    card = await erik.sees("Det vet inte jag. Ska jag skicka frågan till samordnaren för Almedalsveckan?")
    await erik.touches(card, "Skicka frågan")
    await erik.touches(card, data=data_of(card, "Skicka frågan")[0])
    await erik.sees("✅ Frågan är skickad till Maria, som samordnar Almedalsveckan.")
    await coordinator.sees("Går det att ha servering?")
    await erik.sends("tack!")
    await erik.sees("Varsågod.")
    asked = [m for m in await coordinator.messages() if "Går det att ha servering?" in m.get("text", "")]
    assert len(asked) == 1


def data_of(message: dict[str, object], label: str) -> list[str]:
    markup = message["reply_markup"]
    assert isinstance(markup, dict)
    return [key["callback_data"] for row in markup["inline_keyboard"] for key in row if key["text"] == label]


async def test_a_question_that_is_not_sent_on_is_left(erik: Person) -> None:
    await erik.sends("Finns det parkering?")
    await erik.presses("Nej")
    await erik.sees("Bra, då skickar jag inget.")


async def test_a_newcomer_chooses_what_the_question_is_about(newcomer: Person, coordinator: Person) -> None:
    await newcomer.sends("Finns det parkering?")
    await newcomer.sees("Vad gäller den?")
    await newcomer.presses("Om Arctic Talks")
    await newcomer.sees("Frågan är skickad till Maria, som samordnar Arctic Talks.")
    await coordinator.sees("Finns det parkering?")


async def test_a_newcomer_who_names_an_organisation_or_wants_to_book_is_asked_for_whom(newcomer: Person) -> None:
    await newcomer.sends("LTU")
    await newcomer.sees("Är det den här?")
    await newcomer.sends("/avbryt")
    await newcomer.sends("boka tisdag em")
    await newcomer.sees("Vilken organisation företräder du?")


async def test_a_coordinator_is_not_asked_to_ask_themselves(coordinator: Person) -> None:
    await coordinator.sends("Finns det parkering?")
    await coordinator.sees("Det förstod jag inte.")
    await coordinator.sends("boka tisdag")
    await coordinator.sees("Som samordnare bokar du åt en aktör.")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Hej!", "Hej. Vad vill du göra?"),
        ("Tack så mycket", "Varsågod."),
        ("👍🏽", "Varsågod."),
        ("/foo", "Det kommandot känner jag inte till."),
        ("a\x00<b>fett</b>\ud800 går det?", "Det vet inte jag."),
        ("\u200b", "Där fanns inget som jag kan läsa."),
        ("ord " * 2500, "Det blev 4095 tecken, och högst 2000 får plats."),
    ],
)
async def test_whatever_is_written_gets_a_helpful_answer(erik: Person, words: str, answer: str) -> None:
    await erik.sends(words)
    await erik.sees(answer)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("voice", "Jag kan bara läsa text än så länge."), ("document", "En presentation lämnar du under din bokning")],
)
async def test_what_is_no_text_gets_a_clear_sentence_and_ways_on(erik: Person, kind: str, answer: str) -> None:
    await erik.uploads(b"OggS", "sak.ogg", kind=kind)
    message = await erik.sees(answer)
    assert "[Boka en tid] [Mina bokningar]" in shown(message)


async def test_a_place_and_a_contact_get_a_clear_sentence(erik: Person) -> None:
    await erik.shares_location(65.58, 22.15)
    await erik.sees("Platsen behöver jag inte.")
    await erik.shares_contact("+46700000000")
    await erik.sees("Ditt eget nummer lämnar du under Mina uppgifter")


async def test_while_a_title_is_awaited_other_things_are_no_answer(erik: Person) -> None:
    await erik.sends("boka tis 29 juni em")
    await erik.presses("15.00–16.00")
    await erik.sees("Vad ska aktiviteten heta?")
    await erik.sends("/foo")
    await erik.sees("Jag väntar fortfarande på ditt svar")
    await erik.uploads(b"OggS", "sak.ogg", kind="voice")
    await erik.sees("Jag väntar fortfarande på ditt svar")
    await erik.sends("Vem äger vinden?")
    await erik.sees("Vad blir det för slags aktivitet?")
    await erik.sends("Seminarium")
    await erik.sees("Vem äger vinden? · Seminarium")
    await erik.sends("ja tack gärna")
    await erik.sees("Ni har en påbörjad bokning.")


async def test_an_edited_message_changes_nothing(erik: Person) -> None:
    message = await erik.sends("hej")
    await erik.sees("Vad vill du göra?")
    await erik.edits(message, "boka tisdag em")
    await erik.sends("tack")
    await erik.sees("Varsågod.")
    answers = [m["text"] for m in await erik.messages() if not m["out"]]
    assert [text.partition(".")[0] for text in answers] == ["Hej", "Varsågod"]
