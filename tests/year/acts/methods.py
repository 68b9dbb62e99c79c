"""«Så gjorde vi»: told, asked about, answered, withdrawn."""

from dataclasses import dataclass

from tests.year.acts.act import Act
from tests.year.chat import Chat


@dataclass(frozen=True)
class SharesMethod(Act):
    """Tells how an activity was done, and perhaps what worked."""

    title: str
    did: str
    worked: str = ""

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/metoder", f"[Berätta: {self.title}]", "?1 av 3", self.did, "?2 av 3")
        await chat.says(self.by, self.worked or "[Hoppa över]", "?3 av 3", "[Hoppa över]", "?Delat.")


@dataclass(frozen=True)
class OfMethod(Act):
    """Something that is done with one that is shared."""

    title: str

    async def opens(self, chat: Chat) -> None:
        await chat.says(self.by, "/metoder", "?Så gjorde vi")
        await chat.turns_to(self.by, self.title, "[Fler ›]")
        await chat.says(self.by, f"[{self.title}]", "?Vi gjorde:")


@dataclass(frozen=True)
class AsksAboutMethod(OfMethod):
    """Asks its author, under the name of the person's actor."""

    question: str

    async def play(self, chat: Chat) -> None:
        await self.opens(chat)
        await chat.says(self.by, "[Fråga dem]", "?Ditt namn syns inte", self.question, "?Frågan är skickad")


@dataclass(frozen=True)
class AnswersAboutMethod(Act):
    """One of its author's people answers what was asked last."""

    title: str
    answer: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, f"@frågar om {self.title}", "[Svara]", "?Skriv svaret", self.answer, "?Svaret är")


@dataclass(frozen=True)
class WithdrawsMethod(OfMethod):
    """Shares it no longer."""

    async def play(self, chat: Chat) -> None:
        await self.opens(chat)
        await chat.says(self.by, "[Dra tillbaka]", "?Tillbakadraget.")
