"""What people do and see, written as they would tell it."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.sandbox.client import Message, Person, Telegram, shown_text
from tests.year.setting import Setting


class Chat:
    """Everybody's chats with the bot.

    A step of `says` is `[a button]`, `?words to wait for` that the step before led to, `@words` of a message that came
    at any time, or else something to write. A button that follows `?` or `@` is that message's.
    """

    def __init__(self, telegram: Telegram, people: Mapping[str, Person], setting: Setting) -> None:
        self.telegram = telegram
        self.setting = setting
        self.owner_of: dict[str, str] = {}
        """The actor whose activity it is, by its title."""
        self.edition_of: dict[str, str] = {}
        self._people = people
        self._since: dict[str, int] = {}

    async def says(self, who: str, *steps: str) -> None:
        person, card = self._people[who], None
        for step in steps:
            match step[0], step[1:]:
                case "[", rest:
                    label = rest.removesuffix("]")
                    card = card or await self._newest(person, partial(_offers, label=label))
                    await person.presses(label, on=card)
                    card = None
                case "?", words:
                    card = await person.sees(words)
                case "@", words:
                    card = await self._newest(person, lambda one: words in shown_text(one), since=0)
                    self._since[who] = card["message_id"] - 1
                case _:
                    self._since[who] = (await person.sends(step))["message_id"]
                    card = None

    def merge(self, double: str, into: str) -> None:
        """Two actors are one from now on."""
        self.setting = self.setting.merged(double, into)
        self.owner_of = {title: into if actor == double else actor for title, actor in self.owner_of.items()}

    def id_of(self, who: str) -> int:
        """A person's id in Telegram."""
        return self._people[who].id

    async def turns_to(self, who: str, words: str, turn: str) -> None:
        """Turns pages or cards until the words are there."""
        person = self._people[who]
        while words not in (shown_text(await person.sees(""))):
            await self.says(who, turn)

    async def turns_to_button(self, who: str, label: str, turn: str) -> None:
        """Turns pages until there is such a button."""
        while not await self.offers(who, label):
            await self.says(who, turn)

    async def shows(self, who: str, words: str) -> bool:
        """Whether what a person's last step led to says so."""
        return words in shown_text(await self._people[who].sees(""))

    async def offers(self, who: str, label: str) -> bool:
        """Whether what a person's last step led to has such a button."""
        return _offers(await self._people[who].sees(""), label)

    async def is_asked(self, who: str, *ways: str) -> str:
        """The first of some messages (`@words`) or buttons (`[label]`) that a person has."""
        person = self._people[who]
        found: str | None = await self.telegram.until(lambda: self._any(person, ways))
        assert found is not None, f"{who} has none of {ways}:\n{await person.screen()}"
        return found

    async def _any(self, person: Person, ways: tuple[str, ...]) -> str | None:
        messages = await person.messages()
        return next((way for way in ways if any(_says_or_offers(message, way) for message in messages)), None)

    async def _newest(self, person: Person, fits: Callable[[Message], bool], *, since: int | None = None) -> Message:
        """The newest message of the bot that fits and that came after what the person wrote last."""
        after = self._since.get(person.name, 0) if since is None else since

        async def look() -> Message | None:
            messages = [one for one in await person.messages() if not one["out"] and one["message_id"] > after]
            return next((one for one in reversed(messages) if fits(one)), None)

        found: Message | None = await self.telegram.until(look)
        assert found is not None, f"it is not there for {person.name}, who sees:\n{await person.screen()}"
        return found


def _offers(message: Message, label: str) -> bool:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return any(label in button["text"] for row in rows for button in row)


def _says_or_offers(message: Message, way: str) -> bool:
    if message["out"]:
        return False
    return _offers(message, way[1:].removesuffix("]")) if way.startswith("[") else way[1:] in shown_text(message)
