from bot.sandbox.client import Person, Telegram


async def test_a_coordinator_sees_how_the_bot_is(coordinator: Person, telegram: Telegram) -> None:
    await coordinator.sends("/halsa")
    shown = await coordinator.sees("Så mår boten")
    lines = shown["text"].splitlines()
    assert lines[1] == "Ingenting väntar på att hanteras."
    assert "Inget har gått fel det senaste dygnet." in lines
    await telegram.faults.add("sendMessage", answer={"error_code": 400, "description": "Bad Request: odd"})
    await coordinator.sends("/kontakt")
    await coordinator.sends("/sprak")
    await coordinator.sees("Which language")  # a chat's next message goes when what became of the last one is known
    await coordinator.sends("/halsa")
    await coordinator.sees("1 meddelande kom inte fram det senaste dygnet.")
    await coordinator.sees("• card: 400 Bad Request: odd")


async def test_nobody_else_does(erik: Person) -> None:
    await erik.sends("/health")
    await erik.sees("Du har inte rätt att göra det.")
