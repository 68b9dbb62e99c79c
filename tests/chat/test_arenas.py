from bot.sandbox.client import Person, shown


async def test_the_four_arenas_have_a_line_and_a_button_each(erik: Person) -> None:
    await erik.sends("/arenor")
    await erik.sees("Här är Norrbottens arenor")
    assert await erik.screen() == (
        "Här är Norrbottens arenor. Välj en för att se mer.\n"
        "\n"
        "• Almedalsveckan · Visby, Gotland · 28–30 juni (preliminärt) · 14 av 23 tider lediga\n"
        "• Arctic Talks · Jokkmokk, i samband med Jokkmokks marknad · 4–6 februari · 14 av 15 tider lediga\n"
        "• Utveckla Norrbotten · I Norrbotten · datum är inte bestämt\n"
        "• Arctic Frontiers · Tromsö, Norge · datum är inte bestämt\n"
        "[Almedalsveckan]\n[Arctic Talks]\n[Utveckla Norrbotten]\n[Arctic Frontiers]\n[Programmet] [‹ Hem]"
    )


async def test_an_arenas_card_tells_what_is_free_what_is_theirs_and_until_when(erik: Person) -> None:
    await erik.sends("/arenor")
    await erik.presses("Almedalsveckan")
    await erik.sees("Genomslag i de nationella beslut")
    _, _, rest = (await erik.screen()).partition("Norrbotten i Almedalen 2027")
    assert rest == (
        " · 28–30 juni (preliminärt)\n"
        "📍 Fiskargränd 5, Visby\n"
        "Bokningen är öppen: 14 av 23 tider lediga. Först till kvarn.\n"
        "Ert här:\n"
        "• mån 28 juni 07.30–08.30 · Etableringsekvationen: så lyckas norra Sverige\n"
        "\n"
        "Tider att hålla\n"
        "• Boka senast ons 31 mars\n"
        "• Alla uppgifter om aktiviteten senast tors 15 april\n"
        "\n"
        "Anmälan till veckans officiella program (preliminära avgifter)\n"
        "• gratis till 11 mars, gäller nu\n"
        "• 500 kr till 15 april\n"
        "• 1\u00a0000 kr till 20 maj\n"
        "• 3\u00a0000 kr till 10 juni\n"
        "• 5\u00a0000 kr till 26 juni\n"
        "[Boka en tid]\n[Program] [Karta]\n[Mina bokningar]\n[Fråga samordnaren]\n[‹ Arenor]"
    )


async def test_the_map_is_a_venue_below_the_card(erik: Person) -> None:
    await erik.sends("/arenor")
    await erik.presses("Almedalsveckan")
    await erik.presses("Karta")
    message = await erik.sees("Fiskargränd 5, Visby")
    venue = message["venue"]
    assert (venue["title"], venue["address"]) == ("Norrbotten i Almedalen 2027", "Fiskargränd 5, Visby")
    assert (venue["location"]["latitude"], venue["location"]["longitude"]) == (57.6406, 18.2916)


async def test_another_countrys_time_is_said_in_words_and_unknown_dates_as_such(erik: Person) -> None:
    await erik.sends("/arenor")
    await erik.presses("Arctic Frontiers")
    await erik.sees("Arctic Frontiers 2027 · datum är inte bestämt")
    card = shown(await erik.sees("Alla tider är norsk tid, samma som svensk tid."))
    assert card.endswith("Här bokas inga tider.\n[Karta]\n[Fråga samordnaren]\n[‹ Arenor]")


async def test_an_edition_by_application_is_applied_to_from_its_card(emma: Person) -> None:
    await emma.sends("/arenas")
    await emma.presses("Arctic Talks")
    await emma.sees("Answers come by Fri 22 January at 17.00")
    await emma.presses("Apply for a slot")
    await emma.sees("Whom are you booking for?")


async def test_a_question_from_an_arenas_card_reaches_its_coordinators_with_the_booking(
    erik: Person, coordinator: Person
) -> None:
    await erik.sends("/arenor")
    await erik.presses("Almedalsveckan")
    await erik.presses("Fråga samordnaren")
    await erik.sees("Med i frågan: Etableringsekvationen")
    await erik.sends("Går det att ha servering & <b>kaffe</b>?")
    await erik.sees("Frågan är skickad till Maria, som samordnar Almedalsveckan.")
    await coordinator.sees("Går det att ha servering & <b>kaffe</b>?")


async def test_contact_names_coordinators_and_the_phone_on_site(newcomer: Person) -> None:
    await newcomer.sends("/kontakt")
    await newcomer.sees("Vad gäller din fråga?")
    assert await newcomer.screen() == (
        "Samordnare på Region Norrbotten:\n"
        "• Maria\n"
        "\n"
        "På plats, Arctic Talks 2027: 0920-000 00\n"
        "På plats, Norrbotten i Almedalen 2027: 0920-000 00\n"
        "\n"
        "Vad gäller din fråga?\n"
        "[Om Almedalsveckan]\n[Om Arctic Talks]\n[Om något annat]\n[‹ Hem]"
    )


async def test_whose_bookings_are_in_one_arena_writes_the_question_at_once(erik: Person, coordinator: Person) -> None:
    await erik.sends("/kontakt")
    await erik.sees("Skriv din fråga, så skickar jag den till samordnaren för Almedalsveckan.")
    await erik.sends("När får vi lasta in?")
    await erik.sees("Svaret kommer hit, som ett svar på det du skrev.")
    await coordinator.sees("När får vi lasta in?")


async def test_a_question_about_something_else_goes_to_coordinators_of_all_arenas(
    erik: Person, coordinator: Person
) -> None:
    await erik.sends("/kontakt")
    await erik.presses("Om något annat")
    await erik.presses("Inget av dem")
    await erik.sees("så skickar jag den till samordnarna")
    await erik.sends("Hur byter vi namn?")
    await erik.sees("Frågan är skickad till Maria.")
    await coordinator.sees("Hur byter vi namn?")


async def test_a_question_that_is_too_long_or_no_text_is_asked_for_again(erik: Person) -> None:
    await erik.sends("/kontakt")
    await erik.sends("x" * 3000)
    await erik.sees("Det blev 3000 tecken, och högst 2000 får plats.")
    await erik.uploads(b"x" * 10, "fraga.pdf")
    await erik.sees("Jag kan bara skicka text vidare.")
    await erik.sends("Kort fråga?")
    await erik.sees("Frågan är skickad")


async def test_a_question_can_be_left_unasked(erik: Person) -> None:
    await erik.sends("/kontakt")
    await erik.presses("Fråga inget")
    await erik.sees("Då skickar jag inget.")
    await erik.sends("hej")
    await erik.sees("Vad vill du göra?")
