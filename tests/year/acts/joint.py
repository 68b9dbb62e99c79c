"""What actors do together."""

from dataclasses import dataclass
from datetime import date

from tests.year.acts.act import Act
from tests.year.chat import Chat


@dataclass(frozen=True)
class StartsJoint(Act):
    """Starts something under an issue, which the person's own actor leads."""

    issue: str
    what: str
    due: date

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/fragor", f"[{self.issue}]", "?följer frågan")
        if await chat.offers(self.by, "Det som görs ihop"):
            await chat.says(self.by, "[Det som görs ihop", "?Det som görs ihop för")
        await chat.says(self.by, "[Starta något gemensamt]", "?Vad vill ni göra ihop?", self.what)
        await chat.says(self.by, "?Vem håller i det?", f"[{chat.setting.actor_of(self.by)}]")
        await chat.says(self.by, "?När ska det vara klart?", self.due.isoformat(), "?Det är startat")


@dataclass(frozen=True)
class OfJoint(Act):
    """Something that an actor that takes part does with a joint action."""

    what: str

    async def opens(self, chat: Chat) -> None:
        await chat.says(self.by, "/fragor", "[Det vi gör ihop", "?Det vi gör ihop", f"[{self.what}]", "?håller i det")


@dataclass(frozen=True)
class InvitesJoint(OfJoint):
    """Asks another actor to take part."""

    actor: str

    async def play(self, chat: Chat) -> None:
        await self.opens(chat)
        await chat.says(self.by, "[Bjud in en aktör]", self.actor, f"[{self.actor}]", "?De är tillfrågade")


@dataclass(frozen=True)
class AnswersJoint(Act):
    """Answers for the person's actor whether it takes part."""

    what: str
    yes: bool

    async def play(self, chat: Chat) -> None:
        asked = f"@frågar om {chat.setting.actor_of(self.by)} vill vara med:\n{self.what}"
        await chat.says(self.by, asked, "[Vi är med]" if self.yes else "[Nej]", f"?{self.what}")


@dataclass(frozen=True)
class BeginsJoint(OfJoint):
    """It is under way."""

    async def play(self, chat: Chat) -> None:
        await self.opens(chat)
        await chat.says(self.by, "[Nu pågår det]", "?Det pågår.")


@dataclass(frozen=True)
class FinishesJoint(OfJoint):
    """It is done, and this came of it."""

    outcome: str

    async def play(self, chat: Chat) -> None:
        await self.opens(chat)
        await chat.says(self.by, "[Det är klart]", self.outcome, "?Det är klart.")


@dataclass(frozen=True)
class GivesUpJoint(OfJoint):
    """It comes to nothing."""

    async def play(self, chat: Chat) -> None:
        await self.opens(chat)
        await chat.says(self.by, "[Lägg ner det]", "?Lägga ner", "[Lägg ner det]", "?Det är nedlagt.")
