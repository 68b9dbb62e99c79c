"""What is shown of joint actions."""

from collections.abc import Sequence

from bot.domain.frozen import dataclass
from bot.domain.model import Actor, Draft, Issue, JointAction, JointActor, JointActorState
from bot.domain.results.pages import Page


@dataclass(frozen=True, slots=True)
class JointView:
    """A joint action with its issue and all parts in it, each with the actor's name."""

    action: JointAction
    issue: Issue
    parts: Sequence[tuple[JointActor, str]]

    @property
    def leading(self) -> tuple[int, str]:
        """Who leads: the chosen actor once it has accepted, until then the one that started it (id and name)."""
        accepted = [(p.actor_id, name) for p, name in self.parts if p.state is JointActorState.ACCEPTED]
        chosen = [found for found in accepted if found[0] == self.action.lead_actor_id]
        return (chosen or accepted or [(p.actor_id, name) for p, name in self.parts])[0]

    @property
    def taking_part(self) -> list[str]:
        """Names of the actors that have accepted, the leading one first."""
        leading = self.leading[0]
        accepted = [(p.actor_id, name) for p, name in self.parts if p.state is JointActorState.ACCEPTED]
        return [name for _, name in sorted(accepted, key=lambda part: part[0] != leading)]

    @property
    def waiting(self) -> list[str]:
        """Names of those that have not answered."""
        return [name for part, name in self.parts if part.state is JointActorState.INVITED]


@dataclass(frozen=True, slots=True)
class JointCard:
    """One joint action as a reader sees it: what they may do, and their own actors' parts."""

    view: JointView
    leads: bool
    own: Sequence[tuple[JointActor, str]]
    said: str | None = None


@dataclass(frozen=True, slots=True)
class JointList:
    """Joint actions: of an issue, or (None) those of the reader's own actors."""

    issue: Issue | None
    page: Page[JointView]
    acts: bool


@dataclass(frozen=True, slots=True)
class JointDraft:
    """A joint action being started, at the step `draft.step`; `found` are actors like what was written.

    `actor` is who starts it, of the reader's `actors`; `found` is None where no name was written.
    """

    draft: Draft
    issue: Issue
    actor: Actor | None
    actors: Sequence[Actor] = ()
    found: Sequence[Actor] | None = None
    view: JointView | None = None


@dataclass(frozen=True, slots=True)
class JointInvitation:
    """An actor's part in a joint action, as it is asked. `on_behalf`: a coordinator answered for it."""

    view: JointView
    part: JointActor
    actor: str
    on_behalf: bool = False

    @property
    def is_to_lead(self) -> bool:
        """Whether the actor is asked to lead it."""
        return self.part.actor_id == self.view.action.lead_actor_id
