"""What coordinators do with actors."""

from dataclasses import dataclass

from tests.year.acts.act import Act
from tests.year.chat import Chat


@dataclass(frozen=True)
class Merges(Act):
    """A coordinator finds that two actors are one."""

    double: str
    into: str

    async def play(self, chat: Chat) -> None:
        await chat.says(self.by, "/samordna", "[Aktörer]", self.double, f"[{self.double}]", "[Slå ihop]", self.into)
        await chat.says(self.by, f"[{self.into}]", f"?Slå ihop {self.double} med {self.into}?", "[Slå ihop]")
        await chat.says(self.by, f"?{self.double} är nu {self.into}.")
        chat.merge(self.double, self.into)
