from bot.sandbox.client import Person


async def test_an_experienced_contact_person_books_in_six_interactions(erik: Person) -> None:
    await erik.sends("/boka")
    await erik.presses("Norrbotten i Almedalen 2027")
    await erik.sees("Vilken dag passar?")
    await erik.presses("tis 29 juni")
    await erik.presses("12.30–13.30")
    await erik.sees("hålls för er till")
    await erik.sends("Vem äger vinden?")
    await erik.presses("Samtal")
    await erik.sees("Vem äger vinden? · Samtal")
    await erik.presses("Boka tiden")
    await erik.sees("Bokat")
    await erik.sees_document(".ics")
