"""A thousand people who book, each going on as soon as the bot has answered."""

import asyncio
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from chaos.plan import A_PERSON
from chaos.record import Message, labels, words
from chaos.seed import edition_of
from chaos.telegram import LocalTelegram, Refused

TIME: Final = re.compile(r"\d\d\.\d\d–\d\d\.\d\d")
UNDOES: Final = 3
"""One in so many cancels afterwards, and takes that back."""
Act = tuple[str, str]


@dataclass
class Dialogue:
    """One person's booking: what they saw last, and what they do about it."""

    number: int
    undoes: bool
    chance: random.Random
    begun: bool = False
    booked: bool = False
    cancelled: bool = False
    finished: bool = False
    card: Message | None = None
    nudges: int = 0
    refusals: list[str] = field(default_factory=list)
    awaited: set[str] = field(default_factory=set)
    history: list[str] = field(default_factory=list)
    """What was seen and done, to tell from when something came twice."""
    repeats: bool = False
    """They have answered the same once more, since it came again with something else in between."""
    _acted_on: str = ""
    _answered: set[str] = field(default_factory=set)

    @property
    def user_id(self) -> int:
        """Theirs."""
        return A_PERSON + self.number

    def see(self, message: Message) -> Act | None:
        """What to do now that the bot has sent or edited a message; the same twice is answered once."""
        said, buttons = words(message), labels(message)
        self.history.append(f"saw {message['message_id']} {said[:60]!r} {buttons}")
        if not buttons and "Bokat" not in said:
            return None
        if self.card is None or message["message_id"] >= self.card["message_id"]:
            self.card = message
        seen = f"{said}|{buttons}"
        if seen == self._acted_on or self.finished:
            return None
        act = self._act(said, buttons)
        if act is not None:
            self._acted_on = seen
            self.repeats |= seen in self._answered
            self._answered.add(seen)
        return act

    def again(self) -> Act | None:
        """What to do when nothing has come for long: the same again, or from the beginning."""
        self.nudges += 1
        if self.card is None or self.nudges > 1:
            return ("send", "/bokningar" if self.booked else "/boka")
        self._acted_on = ""
        return self.see(self.card)

    def _act(self, said: str, buttons: list[str]) -> Act | None:
        if "Allt är som förut" in said:
            self.finished = True
            return None
        if self.cancelled or "Ångra" in buttons:
            self.cancelled = True
            return _press("Ångra", buttons)
        if self.booked:
            return _press("Avboka", buttons) or self._press_any(buttons, lambda text: text.startswith("✅"))
        if "Bokat" in said:
            self.booked = True
            self.finished = not self.undoes
            return ("send", "/bokningar") if self.undoes else None
        return self._towards_booking(said, buttons)

    def _towards_booking(self, said: str, buttons: list[str]) -> Act | None:
        if "Vad ska aktiviteten heta" in said:
            return ("send", f"Samtal {self.number}")
        for label in ("Boka tiden", "Samtal", "Fortsätt", edition_of(self.number)):
            if label in buttons:
                return ("press", label)
        return (
            self._press_any(buttons, lambda text: TIME.search(text) is not None)
            or self._press_any(buttons, lambda text: "ledig" in text)
            or _press("‹ Dagar", buttons)
        )

    def _press_any(self, buttons: list[str], fits: Callable[[str], bool]) -> Act | None:
        fitting = [label for label in buttons if fits(label)]
        return ("press", self.chance.choice(fitting)) if fitting else None


def _press(label: str, buttons: list[str]) -> Act | None:
    return ("press", label) if label in buttons else None


class People:
    """All dialogues; `admit` lets so many begin."""

    def __init__(self, count: int, chance: random.Random) -> None:
        self.dialogues = [Dialogue(n, n % UNDOES == 0, random.Random(chance.random())) for n in range(count)]  # noqa: S311  # reproducible
        self._tasks: set[asyncio.Task[None]] = set()
        self.telegram: LocalTelegram | None = None
        self.repeats: Callable[[int], None] | None = None
        """Told of each who begins to repeat what they did: what they get then may say what they have got already."""
        self.acts = 0

    @property
    def unfinished(self) -> list[Dialogue]:
        """Those who have begun and are not at their end."""
        return [d for d in self.dialogues if d.begun and not d.finished]

    @property
    def begun(self) -> int:
        """How many have begun."""
        return sum(dialogue.begun for dialogue in self.dialogues)

    @property
    def booked(self) -> set[int]:
        """To whom «Bokat» was said."""
        return {d.user_id for d in self.dialogues if d.booked}

    def of(self, user_id: int) -> Dialogue | None:
        """A person's dialogue, when they are one of these."""
        number = user_id - A_PERSON
        return self.dialogues[number] if 0 <= number < len(self.dialogues) else None

    def told(self, user_id: int, name: str, data: dict[str, Any]) -> None:
        """Something happened in a person's chat."""
        dialogue = self.of(user_id)
        if dialogue is None:
            return
        if name == "answered":
            if data["text"]:
                dialogue.refusals.append(data["text"])
            return
        act = dialogue.see(data)
        if dialogue.repeats and self.repeats is not None:
            self.repeats(user_id)
        self._do(dialogue, act)

    def admit(self, upto: int) -> None:
        """Let everybody up to a number begin."""
        for dialogue in self.dialogues[:upto]:
            if not dialogue.begun:
                dialogue.begun = True
                self._do(dialogue, ("send", "/boka"))

    def nudge(self) -> int:
        """Who is not finished tries once more; gives how many those are."""
        late = self.unfinished
        for dialogue in late:
            self._do(dialogue, dialogue.again())
        return len(late)

    def _do(self, dialogue: Dialogue, act: Act | None) -> None:
        if act is None:
            return
        task = asyncio.create_task(self._act(dialogue, *act))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _act(self, dialogue: Dialogue, how: str, what: str) -> None:
        assert self.telegram is not None  # noqa: S101  # it is set before anybody begins
        card_id = None if dialogue.card is None else dialogue.card["message_id"]
        dialogue.history.append(f"{how} {what} at {card_id}")
        try:
            if how == "send":
                await self.telegram.send(dialogue.user_id, what)
            elif dialogue.card is not None:
                await self.telegram.press(dialogue.user_id, dialogue.card["message_id"], what)
            self.acts += 1
        except Refused as refused:
            dialogue.refusals.append(str(refused))

    async def settle(self) -> None:
        """Wait for acts under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))
