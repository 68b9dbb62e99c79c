"""Slots: booked, applied for, given, refused, cancelled, arranged with others; and what activities are for."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.year.acts.act import Act
from tests.year.chat import Chat
from tests.year.setting import Slot

PURPOSES = {"consensus": "Samsyn", "knowledge": "Kunskap", "methods": "Metod"}


@dataclass(frozen=True)
class Naming:
    """Issues and target groups by title, purposes by key."""

    issues: Sequence[str] = ()
    purposes: Sequence[str] = ()
    groups: Sequence[str] = ()

    def steps(self) -> list[str]:
        """The presses on the card that asks."""
        labels = [*self.issues, *(PURPOSES[purpose] for purpose in self.purposes), *self.groups]
        said = "Syfte:" if self.purposes else "Frågor:" if self.issues else "För:"
        return [*(f"[{label}]" for label in labels), "[Klart]", f"?{said}"] if labels else []


@dataclass(frozen=True)
class Books(Act):
    """Takes a slot, or applies for it, for the person's actor; and says at once what it is for."""

    title: str
    slot: Slot
    naming: Naming = Naming()

    async def play(self, chat: Chat) -> None:
        edition = chat.setting.edition(self.slot.edition)
        chat.owner_of[self.title] = chat.setting.actor_of(self.by)
        chat.edition_of[self.title] = self.slot.edition
        day, hours = edition.labels(self.slot)
        confirm, done = ("Ansök om tiden", "Er ansökan är inne") if edition.applied_for else ("Boka tiden", "Bokat")
        await chat.says(self.by, "/boka", *await self._which_edition(chat), f"[{day}]", f"[{hours}]")
        await chat.says(
            self.by, "?Vad ska aktiviteten heta?", self.title, "?Vad blir det för slags aktivitet?", "[Samtal]"
        )
        await chat.says(self.by, f"?{self.title} · Samtal", f"[{confirm}]", f"?{done}")
        if named := self.naming.steps():
            await chat.says(self.by, f"?Vad ska {self.title} bidra till?", *named)

    async def _which_edition(self, chat: Chat) -> list[str]:
        open_now = [e for e in chat.setting.editions if e.is_open(await chat.telegram.clock.now())]
        choice = ["?Var vill du boka?", f"[{self.slot.edition}]"] if len(open_now) > 1 else []
        return [*choice, "?Vilken dag passar?"]


@dataclass(frozen=True)
class Cancels(Act):
    """Gives a slot back, or takes an application back; it is over ten minutes later."""

    title: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/bokningar", f"[· {self.title}]", f"?{self.title} · Samtal", "[Avboka]")
        applied = chat.setting.edition(chat.edition_of[self.title]).applied_for
        await chat.says(self.by, "?Avboka", "[Avboka]", "?Ansökan är återkallad" if applied else "?om ni ändrar er")


@dataclass(frozen=True)
class Gives(Act):
    """A coordinator gives a slot to one who applied; others who did are refused it."""

    title: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/samordna", "[Svara på]")
        await chat.turns_to(self.by, f"{self.title} · Samtal", "[Senare]")
        await chat.says(self.by, f"[Ge {chat.owner_of[self.title]}]", "?har fått")


@dataclass(frozen=True)
class Refuses(Act):
    """A coordinator refuses one who applied alone."""

    title: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/samordna", "[Svara på]")
        await chat.turns_to(self.by, f"{self.title} · Samtal", "[Senare]")
        await chat.says(self.by, "[Nej]", "?Varför får inte", "Den tiden behövs till invigningen", "?får veta")


@dataclass(frozen=True)
class Invites(Act):
    """Asks another actor to arrange it too."""

    title: str
    actor: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/bokningar", f"[· {self.title}]", f"?{self.title} · Samtal", "[Bjud in medarrangör]")
        await chat.says(self.by, self.actor, f"[{self.actor}]", "?Noterat")


@dataclass(frozen=True)
class Replies(Act):
    """Answers for the person's actor whether it arranges it too."""

    title: str
    yes: bool

    async def play(self, chat: Chat) -> None:
        asked = f"tillsammans med {chat.setting.actor_of(self.by)}.\n{self.title}"
        answer, said = ("[Ja, vi är med]", "?Ni arrangerar nu") if self.yes else ("[Nej tack]", "?Då är ni inte med")
        await chat.says(self.by, f"@{asked}", answer, said)


@dataclass(frozen=True)
class Names(Act):
    """Says later what an activity is for: one of its owner's people, or a coordinator."""

    title: str
    naming: Naming

    async def play(self, chat: Chat) -> None:
        if self.by in chat.setting.coordinators:
            await chat.says(self.by, "/fragor", "?Frågor vi driver", "[Aktiviteternas frågor]")
            await chat.turns_to(self.by, f"{self.title} (", "[Fler ›]")
            await chat.says(self.by, f"[⏳ {self.title}]")
        else:
            await chat.says(self.by, "/bokningar", f"[· {self.title}]", f"?{self.title} · Samtal", "[Frågor och syfte]")
        await chat.says(self.by, "?bidra till?", *self.naming.steps())
