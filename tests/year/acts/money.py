"""What coordinators enter of the project's frame and of what editions cost."""

from dataclasses import dataclass

from tests.year.acts.act import Act
from tests.year.chat import Chat


@dataclass(frozen=True)
class EntersFinancing(Act):
    """Somebody pays so much for some years."""

    financier: str
    amount: int
    first: int
    last: int

    async def play(self, chat: Chat) -> None:
        line = f"{self.financier}, {self.amount} kr, {self.first}–{self.last}, nämndens beslut"
        await chat.says(self.by, "/rapport", "[Projektets ram]", "[Lägg till en finansiär]", "?Skriv finansiär", line)
        await chat.says(self.by, f"?{self.financier}")


@dataclass(frozen=True)
class EntersOutturn(Act):
    """An edition cost so much; the way there is by its report."""

    edition: str
    amount: int

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/rapport", f"[{self.edition}]", "?Jag gör rapporten", "[Utfall]", "?vad upplagan")
        await chat.says(self.by, "[Skriv in utfallet]", "?Vad kostade", f"{self.amount} kr, bokslut", "?vad upplagan")
