"""A diary read to its end: what became of each activity, stance, joint action and answer."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import singledispatchmethod

from tests.year import acts
from tests.year.acts.bookings import Naming
from tests.year.diary import Diary
from tests.year.setting import Slot


@dataclass
class Activity:
    """What an actor does in a slot; `booked` until it is given back, or once an application has got its slot."""

    title: str
    actor: str
    slot: Slot
    booked: bool
    applied: bool
    followers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Of each actor that arranges it, whose own it is."""
    named: dict[tuple[str, str], str] = field(default_factory=dict)
    """Issues, purposes and target groups, by the actor or a coordinator."""
    answer: acts.Evaluates | None = None


@dataclass
class Issue:
    """An advocacy issue, with when its statement was written and changed (corrections are not)."""

    added_at: datetime
    archived_at: datetime | None = None
    asked_at: list[datetime] = field(default_factory=list)


@dataclass(frozen=True)
class Stance:
    """What an actor said of an issue's statement."""

    at: datetime
    issue: str
    actor: str
    position: str
    decided: bool


@dataclass
class Method:
    """How an activity was done, as its actor told it, and how often others asked."""

    title: str
    questions: int = 0


@dataclass
class Request:
    """Somebody asked for contact, through an edition or an issue."""

    at: datetime
    ask: acts.AsksContact
    accepted: bool = False


@dataclass
class Joint:
    """What actors do together; the first of them leads."""

    began_at: datetime
    start: acts.StartsJoint
    actors: list[str]
    state: str = "planned"
    ended_at: datetime | None = None


class Record:
    """All of it, by name."""

    def __init__(self, diary: Diary) -> None:
        self.setting = diary.setting
        self.now = diary.now
        self.activities: dict[str, Activity] = {}
        self.asked_for: set[Slot] = set()
        self.issues: dict[str, Issue] = {}
        self.stances: list[Stance] = []
        self.joints: dict[str, Joint] = {}
        self.of_editions: dict[tuple[str, str], acts.EvaluatesEdition] = {}
        self.ambassadors: dict[tuple[str, str], bool] = {}
        self.earlier: list[acts.EntersEarlier] = []
        self.methods: dict[str, Method] = {}
        self.requests: list[Request] = []
        self.financings: list[acts.EntersFinancing] = []
        self.outturns: dict[str, int] = {}
        for done in diary.done:
            self._at = done.at
            self._read(done.act)

    @singledispatchmethod
    def _read(self, act: acts.Act) -> None:
        raise NotImplementedError(act)

    # Activities

    @_read.register
    def _(self, act: acts.Books) -> None:
        applied = self.setting.edition(act.slot.edition).applied_for
        actor = self.setting.actor_of(act.by)
        made = Activity(act.title, actor, act.slot, booked=not applied, applied=applied)
        made.followers[actor].add(act.by)
        self.activities[act.title] = made
        self.asked_for.add(act.slot)
        self._name(act.title, act.naming, "actor")

    @_read.register
    def _(self, act: acts.Cancels | acts.Refuses) -> None:
        self.activities[act.title].booked = self.activities[act.title].applied = False

    @_read.register
    def _(self, act: acts.Gives) -> None:
        given = self.activities[act.title]
        for rival in self.activities.values():
            if rival.applied and rival.slot == given.slot:
                rival.applied, rival.booked = False, rival is given

    @_read.register
    def _(self, act: acts.Invites) -> None:
        pass  # what counts is the reply

    @_read.register
    def _(self, act: acts.Replies) -> None:
        if act.yes:
            self.activities[act.title].followers[self.setting.actor_of(act.by)].add(act.by)

    @_read.register
    def _(self, act: acts.Names) -> None:
        self._name(act.title, act.naming, "coordinator" if act.by in self.setting.coordinators else "actor")

    def _name(self, title: str, naming: Naming, by: str) -> None:
        parts = {"issue": naming.issues, "purpose": naming.purposes, "group": naming.groups}
        self.activities[title].named |= {(part, what): by for part, named in parts.items() for what in named}

    # Issues

    @_read.register
    def _(self, act: acts.AddsIssue) -> None:
        self.issues[act.issue] = Issue(self._at)

    @_read.register
    def _(self, act: acts.ArchivesIssue) -> None:
        self.issues[act.issue].archived_at = self._at

    @_read.register
    def _(self, act: acts.WritesStatement) -> None:
        self.issues[act.issue].asked_at.append(self._at)

    @_read.register
    def _(self, act: acts.ChangesStatement) -> None:
        if act.is_change:
            self.issues[act.issue].asked_at.append(self._at)

    @_read.register
    def _(self, act: acts.TakesStance) -> None:
        self.stances.append(Stance(self._at, act.issue, self.setting.actor_of(act.by), act.position, act.decided))

    @_read.register
    def _(self, act: acts.EntersStance) -> None:
        self.stances.append(Stance(self._at, act.issue, act.actor, act.position, decided=True))

    # Joint actions

    @_read.register
    def _(self, act: acts.StartsJoint) -> None:
        self.joints[act.what] = Joint(self._at, act, [self.setting.actor_of(act.by)])

    @_read.register
    def _(self, act: acts.InvitesJoint) -> None:
        pass  # what counts is the answer

    @_read.register
    def _(self, act: acts.AnswersJoint) -> None:
        if act.yes:
            self.joints[act.what].actors.append(self.setting.actor_of(act.by))

    @_read.register
    def _(self, act: acts.BeginsJoint) -> None:
        self.joints[act.what].state = "under_way"

    @_read.register
    def _(self, act: acts.FinishesJoint | acts.GivesUpJoint) -> None:
        joint = self.joints[act.what]
        joint.state, joint.ended_at = "done" if isinstance(act, acts.FinishesJoint) else "given_up", self._at

    # Answers

    @_read.register
    def _(self, act: acts.Evaluates) -> None:
        self.activities[act.title].answer = act

    @_read.register
    def _(self, act: acts.EvaluatesEdition) -> None:
        self.of_editions[act.edition, act.by] = act

    @_read.register
    def _(self, act: acts.SaysAmbassador) -> None:
        if not act.yes:
            self._is_ambassador_no_more(act.edition, act.by)
        self.ambassadors[act.edition, act.by] = act.yes

    @_read.register
    def _(self, act: acts.StopsBeingAmbassador) -> None:
        self._is_ambassador_no_more(act.edition, act.by)

    def _is_ambassador_no_more(self, edition: str, by: str) -> None:
        """Of any of the arena's editions."""
        arena = self.setting.edition(edition).arena
        for name, person in self.ambassadors:
            if person == by and self.setting.edition(name).arena == arena:
                self.ambassadors[name, person] = False

    @_read.register
    def _(self, act: acts.EntersEarlier) -> None:
        self.earlier.append(act)

    # Actors

    @_read.register
    def _(self, act: acts.Merges) -> None:
        """It counts as the other, back in time too."""

        def known_as(actor: str) -> str:
            return act.into if actor == act.double else actor

        self.setting = self.setting.merged(act.double, act.into)
        for activity in self.activities.values():
            activity.actor = known_as(activity.actor)
            if followers := activity.followers.pop(act.double, None):
                activity.followers[act.into] |= followers
        self.stances = [replace(stance, actor=known_as(stance.actor)) for stance in self.stances]
        for joint in self.joints.values():
            joint.actors = [known_as(actor) for actor in joint.actors]

    # Methods

    @_read.register
    def _(self, act: acts.SharesMethod) -> None:
        self.methods[act.title] = Method(act.title)

    @_read.register
    def _(self, act: acts.AsksAboutMethod) -> None:
        self.methods[act.title].questions += 1

    @_read.register
    def _(self, act: acts.WithdrawsMethod) -> None:
        del self.methods[act.title]

    # Networks

    @_read.register
    def _(self, act: acts.AsksContact) -> None:
        self.requests.append(Request(self._at, act))

    @_read.register
    def _(self, act: acts.AnswersContact) -> None:
        for request in self.requests:
            if (request.ask.by, request.ask.whom) == (act.whom, act.by):
                request.accepted = act.yes

    # Money

    @_read.register
    def _(self, act: acts.EntersFinancing) -> None:
        self.financings.append(act)

    @_read.register
    def _(self, act: acts.EntersOutturn) -> None:
        self.outturns[act.edition] = act.amount

    # What no figure counts

    @_read.register
    def _(
        self, act: acts.AnswersAboutMethod | acts.Follows | acts.ShowsSelf | acts.HidesSelf | acts.ReadsLines
    ) -> None:
        pass
