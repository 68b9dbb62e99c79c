"""Advocacy issues, and where actors stand on them."""

from dataclasses import dataclass

from tests.year.acts.act import Act
from tests.year.chat import Chat

POSITIONS = {"behind": "Vi står bakom", "reserved": "Med förbehåll", "abstains": "Avstår"}


@dataclass(frozen=True)
class AddsIssue(Act):
    """A coordinator puts an issue on the list."""

    issue: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/fragor", "[Ny fråga]", "?Vad ska frågan heta?", self.issue, f"?{self.issue}")


@dataclass(frozen=True)
class ArchivesIssue(Act):
    """A coordinator puts one away."""

    issue: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/fragor", f"[{self.issue}]", "[Redigera frågan]", "[Arkivera]", "?arkiverad")


@dataclass(frozen=True)
class WritesStatement(Act):
    """A coordinator asks actors to stand behind something."""

    issue: str
    text: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/fragor", f"[{self.issue}]", "[Redigera frågan]", "[Skriv ett ställningstagande]")
        await chat.says(self.by, "?Skriv det som", self.text, "?Så här läser", "[Fråga aktörerna]", "?tillfrågas nu")


@dataclass(frozen=True)
class ChangesStatement(Act):
    """A coordinator writes it anew: a change asks actors again, a correction asks nobody."""

    issue: str
    text: str
    is_change: bool

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/fragor", f"[{self.issue}]", "[Redigera frågan]", "[Ändra ställningstagandet]")
        await chat.says(self.by, "[Svenska]", self.text, "?ingen tillfrågas")
        if self.is_change:
            await chat.says(self.by, "[Det är en ändring]", "?Vad har ändrats?", "Vi skriver det tydligare")
            await chat.says(self.by, "?Så här läser", "[Fråga aktörerna igen]", "?tillfrågas igen")
        else:
            await chat.says(self.by, "[Spara rättelsen]", "?Rättat")


@dataclass(frozen=True)
class TakesStance(Act):
    """Answers for the person's actor, now or anew."""

    issue: str
    position: str
    decided: bool

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/fragor", f"[{self.issue}]", "?Ställningstagande:", f"[{POSITIONS[self.position]}]")
        await chat.says(self.by, "[Beslutat av oss]" if self.decided else "[En tjänstepersons bedömning]")
        if self.position == "reserved":
            await chat.says(self.by, "?Vilket är förbehållet?", "Bara med statliga pengar")
        await chat.says(self.by, "?Sparat för")


@dataclass(frozen=True)
class EntersStance(Act):
    """A coordinator enters what an actor has decided."""

    issue: str
    actor: str
    position: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/fragor", f"[{self.issue}]", "[Redigera frågan]", "[För in ett beslut]")
        await chat.says(self.by, "?Vilken aktörs beslut?", self.actor, f"[{self.actor}]", "?Vad har den beslutat?")
        await chat.says(self.by, f"[{POSITIONS[self.position]}]")
        if self.position == "reserved":
            await chat.says(self.by, "?Vilket är förbehållet?", "Bara med statliga pengar")
        await chat.says(self.by, "?Var står beslutet?", "Styrelsen, § 8", "?Sparat för")
