"""Who is shown to others, who asks whom for contact, and what becomes of it."""

from dataclasses import dataclass

from tests.year.acts.act import Act
from tests.year.chat import Chat


@dataclass(frozen=True)
class Follows(Act):
    """Follows an issue."""

    issue: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/fragor", f"[{self.issue}]", "[Följ frågan]", "?Nu följer du frågan")


@dataclass(frozen=True)
class ShowsSelf(Act):
    """Says yes to be shown to others."""

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/natverk", "[Visa mig för andra aktörer]", "?Nu syns du")


@dataclass(frozen=True)
class HidesSelf(Act):
    """Takes that yes back."""

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/natverk", "[Visa mig inte längre]", "?Nu syns du inte längre")


@dataclass(frozen=True)
class AsksContact(Act):
    """Asks somebody who follows the same issue or comes to the same edition, which `through` names."""

    whom: str
    through: str
    why: str = "Vi borde ordna något ihop"

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/natverk", f"[{self.through} · ", "?De här")
        await chat.turns_to_button(self.by, f"{self.whom}, ", "[Fler ›]")
        await chat.says(self.by, f"[{self.whom}, ", "[Be om kontakt]", f"?Varför vill du ha kontakt med {self.whom}?")
        await chat.says(self.by, self.why, f"?Så här ser {self.whom} frågan", "[Skicka frågan]", "?Frågan är skickad")


@dataclass(frozen=True)
class AnswersContact(Act):
    """Says yes or no; who does neither is silent."""

    whom: str
    yes: bool

    async def play(self, chat: Chat) -> None:
        asked = f"@{self.whom}, {chat.setting.actor_of(self.whom)}, vill ha kontakt med dig."
        if self.yes:
            await chat.says(self.by, asked, "[Ja]", "?Vad vill du dela", "[Byt kontaktuppgifter]", "?har nu fått")
        else:
            await chat.says(self.by, asked, "[Nej]", "?Du har sagt nej.")
