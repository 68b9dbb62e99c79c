"""What people answer afterwards, and what coordinators enter of earlier years."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.year.acts.act import Act
from tests.year.chat import Chat

AGAIN = {"yes": "Ja", "perhaps": "Kanske", "no": "Nej"}
LED_TO = {
    "talks": "Samtal med beslutsfattare",
    "press": "Press",
    "contacts": "Nya kontakter",
    "nothing": "Inget ännu",
}
MEASURES = {"satisfied": "helhetsbetyg", "recommend": "skulle rekommendera"}


@dataclass(frozen=True)
class Evaluates(Act):
    """Answers for an activity: its owner when it is asked, or a coordinator for it; `came` None: it was not held."""

    title: str
    came: int | None
    satisfied: int = 0
    worth: int = 0
    again: str = "yes"
    groups: Sequence[str] = ()
    led_to: Sequence[str] = ()
    line: str = ""

    async def play(self, chat: Chat) -> None:
        await self._opens(chat)
        if self.came is None:
            await chat.says(self.by, "[Blev inte av]")
        else:
            await chat.says(self.by, "[Annat antal]", "?Skriv antalet", str(self.came), "?Hur nöjda är ni")
            await chat.says(self.by, f"[{self.satisfied}]", "?Var det värt", f"[{self.worth}]")
        await chat.says(self.by, "?Vill ni vara med nästa gång?", f"[{AGAIN[self.again]}]", "?Tack, svaret gäller")
        await self._adds(chat, "[Vilka kom]", "?Vilka av arenans", self.groups)
        await self._adds(chat, "[Ledde till]", "?Vad ledde det till?", [LED_TO[each] for each in self.led_to])
        if self.line:
            await chat.says(self.by, "[Egna ord]", "?Skriv en rad", self.line, f"?Med egna ord: {self.line}")

    async def _opens(self, chat: Chat) -> None:
        if self.by in chat.setting.coordinators:
            edition = chat.edition_of[self.title]
            await opens_results(chat, self.by, edition)
            await chat.says(self.by, "[Aktiviteterna]", f"?{edition}: aktivitet för aktivitet")
            await chat.turns_to(self.by, f"{self.title} · ", "[›]")
            await chat.says(self.by, f"[{self.title}]", "?Hur många kom?")
            return
        alone, with_edition, of_several = f"@Hur gick det? {self.title}", f"[Svara om {self.title}]", f"[{self.title}]"
        way = await chat.is_asked(self.by, alone, with_edition, of_several)
        await chat.says(self.by, way, *([] if way == alone else ["?Hur många kom?"]))

    async def _adds(self, chat: Chat, door: str, question: str, labels: Sequence[str]) -> None:
        if labels:
            await chat.says(self.by, door, question, *(f"[{label}]" for label in labels), "[Klart]", "?Tack, svaret")


@dataclass(frozen=True)
class EvaluatesEdition(Act):
    """Says how it was, when asked."""

    edition: str
    satisfied: int
    help: int
    line: str = ""

    async def play(self, chat: Chat) -> None:
        asked, onwards = f"@{self.edition} är över.", f"[‹ {self.edition}]"
        way = await chat.is_asked(self.by, asked, onwards)
        await chat.says(self.by, way, *(["?Hur nöjd är du med arenan"] if way == onwards else []))
        await chat.says(self.by, f"[{self.satisfied}]", "?Hur nöjd är du med hjälpen")
        await chat.says(
            self.by, f"[{self.help}]", "?Vad ska vi ändra", self.line or "[Hoppa över]", "?Tack, det hjälper"
        )


@dataclass(frozen=True)
class SaysAmbassador(Act):
    """Will be an ambassador, or will not."""

    edition: str
    yes: bool

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, f"@{self.edition}", "[Bli ambassadör?]", "?Vill du vara ambassadör")
        await chat.says(self.by, *(["[Ja, gärna]", "?Du är ambassadör"] if self.yes else ["[Nej]", "?för dig"]))


@dataclass(frozen=True)
class StopsBeingAmbassador(Act):
    """Takes the yes back."""

    edition: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, f"@{self.edition}", "[Sluta vara ambassadör]", "?för dig")


@dataclass(frozen=True)
class EntersEarlier(Act):
    """A coordinator enters what was measured elsewhere: `2022: 8,0 av 10, ytans enkät`."""

    edition: str
    year: int
    measure: str
    value: float
    out_of: float
    answers: int | None = None

    async def play(self, chat: Chat) -> None:
        value = str(self.value).replace(".", ",")
        scale = " %" if self.out_of == 100 else f" av {self.out_of:g}"  # per cent
        answers = f", {self.answers} svar" if self.answers is not None else ""
        await opens_results(chat, self.by, self.edition)
        await chat.says(self.by, "[Tidigare år]", f"[+ {MEASURES[self.measure]}]", "?skriv år, värde och källa")
        await chat.says(self.by, f"{self.year}: {value}{scale}{answers}, ytans enkät", f"?{self.year}: ")


@dataclass(frozen=True)
class ReadsLines(Act):
    """A coordinator reads what people wrote of an edition and its activities."""

    edition: str
    line: str

    async def play(self, chat: Chat) -> None:
        await opens_results(chat, self.by, self.edition)
        await chat.says(self.by, "[Egna ord]", f"?{self.line}", "[‹ Utvärdering]", "?utvärdering")


async def opens_results(chat: Chat, by: str, edition: str) -> None:
    """A coordinator looks at what was answered about an edition."""
    await chat.says(by, "/samordna", "[Utvärdering]", "?utvärdering")
    if not await chat.shows(by, f"{edition}: utvärdering"):
        await chat.says(by, "[Andra upplagor]", "?Vilken upplaga?", f"[{edition}]", f"?{edition}: utvärdering")
