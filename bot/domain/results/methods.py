"""What is shown of «Så gjorde vi», and of questions about it."""

from collections.abc import Sequence

from bot.domain.frozen import dataclass
from bot.domain.methods import Narrowing
from bot.domain.model import Actor, Arena, BookingView, Draft, Issue, Method, MethodQuestion, Person
from bot.domain.ports.methods import Shared
from bot.domain.results.pages import Page


@dataclass(frozen=True, slots=True)
class MethodList:
    """What is shared, a page at a time, and what it is narrowed to.

    `unshared` are the reader's own activities of which nobody has told how they did it; `takes_part`: the reader acts
    for an actor or coordinates, and sees them.
    """

    page: Page[Shared]
    narrowing: Narrowing
    arena: Arena | None = None
    issue: Issue | None = None
    unshared: Sequence[BookingView] = ()
    takes_part: bool = True


@dataclass(frozen=True, slots=True)
class Narrower:
    """What a list can be narrowed to by an arena, a kind or an issue (`by`), each with how many there are."""

    by: str
    narrowing: Narrowing
    arenas: Sequence[tuple[Arena, int]] = ()
    kinds: Sequence[tuple[str, int]] = ()
    issues: Sequence[tuple[Issue, int]] = ()


@dataclass(frozen=True, slots=True)
class MethodCard:
    """One method. `owns`: the reader's actor shared it; `asks`: the reader may ask; `lifts`: they run the arena.

    `waiting` are questions that nobody has answered, for who can; `edition_id`: it was told from the evaluation of its
    edition.
    """

    shared: Shared
    issues: Sequence[Issue]
    owns: bool
    asks: bool
    lifts: bool
    waiting: Sequence[MethodQuestion] = ()
    said: str | None = None
    edition_id: int | None = None

    @property
    def nobody(self) -> bool:
        """Whether its actor has no one in Telegram whom the reader could ask."""
        return self.shared.method.withdrawn_at is None and not self.owns and not self.asks


@dataclass(frozen=True, slots=True)
class Telling:
    """What is asked next of who tells how they did it; `method` is there when it is changed."""

    draft: Draft
    title: str
    method: Method | None = None


@dataclass(frozen=True, slots=True)
class AskingAuthor:
    """A question to be: who asks, as its readers will see it (None: a coordinator), and for whom one could else."""

    draft: Draft
    shared: Shared
    asker: Actor | None
    others: Sequence[Actor] = ()


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its method and who asks (None: a coordinator); `late`: somebody else has answered it."""

    question: MethodQuestion
    shared: Shared
    asker: Actor | None
    answered_by: Person | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class AnsweringQuestion:
    """An answer to be."""

    draft: Draft
    about: QuestionView
