"""Result 1: a shared view of issues that leads to joint action."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Final

from bot.domain.figures.figure import Basis, Figure
from bot.domain.figures.population import Population
from bot.domain.figures.scope import ZONE
from bot.domain.figures.source import Actor, Issue, JointAction, Stance, StatementVersion
from bot.domain.frozen import dataclass
from bot.domain.issues import ASKED, is_older, statement_subject, tally
from bot.domain.model import JointState, Position

POSITIONS: Final = tuple(Position)
"""Where an actor may stand."""
WAYS: Final = ("decided", "official")
"""Decided by the organisation, or an official's assessment."""
_OPEN: Final = (JointState.PLANNED, JointState.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor's present answer under an issue."""

    issue: Issue
    actor: Actor
    stance: Stance

    is_older: bool
    """Whether it was given before the statement was last changed."""

    @property
    def way(self) -> str:
        """Decided or an official's."""
        return WAYS[0] if self.stance.decided else WAYS[1]


@dataclass(frozen=True, slots=True)
class Together:
    """A joint action, its state at the report's time and its actors: the lead first, then those that accepted."""

    issue: Issue
    action: JointAction
    state: str
    actors: tuple[Actor, ...]
    is_late: bool


class Issues:
    """The scope's issues, who stands where, and what is done together."""

    def __init__(self, population: Population) -> None:
        self.population = population

    @cached_property
    def activities(self) -> Mapping[int, int]:
        """How many of the scope's activities name each issue."""
        counts: dict[int, int] = {}
        for aim in self.population.source.aims:
            if aim.issue_id is not None and aim.activity_id in self.population.activity_ids:
                counts[aim.issue_id] = counts.get(aim.issue_id, 0) + 1
        return counts

    @cached_property
    def current(self) -> tuple[Issue, ...]:
        """For an edition the issues that its activities name; for years those in force then, or named."""
        scope, source = self.population.scope, self.population.source
        found = [
            i for i in source.issues if i.id in self.activities or (scope.edition_id is None and self._in_force(i))
        ]
        return tuple(sorted(found, key=lambda i: (i.position, i.id)))

    def _in_force(self, issue: Issue) -> bool:
        scope = self.population.scope
        put_away = issue.archived_at is not None and issue.archived_at < scope.starts_at
        ends = issue.to_year if issue.to_year is not None else scope.to_year
        begun = issue.created_at < self.population.as_of
        return begun and not put_away and issue.from_year <= scope.to_year and ends >= scope.from_year

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Each actor's answer under each issue as of the report; of doubles the latest."""
        population = self.population
        issue_of = {s.id: s.issue_id for s in population.source.statements}
        current = {issue.id: issue for issue in self.current}
        latest: dict[tuple[int, int], Standing] = {}
        for stance in sorted(population.source.stances, key=lambda s: (s.given_at, s.id)):
            issue = current.get(issue_of[stance.statement_id])
            if issue is not None and _stands(stance, population.as_of):
                actor = population.actors[stance.actor_id]
                older = is_older(stance.version, self._versions[stance.statement_id])
                latest[issue.id, actor.id] = Standing(issue, actor, stance, older)
        return tuple(sorted(latest.values(), key=lambda s: (s.issue.position, s.issue.id, s.actor.name)))

    @cached_property
    def _versions(self) -> Mapping[int, list[StatementVersion]]:
        """Each statement as it had read by then."""
        found: dict[int, list[StatementVersion]] = defaultdict(list)
        for version in self.population.source.statement_versions:
            if version.written_at < self.population.as_of:
                found[version.statement_id].append(version)
        return found

    @cached_property
    def _asked(self) -> frozenset[int]:
        """Actors that have been asked where they stand on a current issue, or have said it unasked."""
        population = self.population
        current = {issue.id for issue in self.current}
        statements = [s.id for s in population.source.statements if s.issue_id in current]
        subjects = {statement_subject(i, version.version) for i in statements for version in self._versions[i]}
        asked = (a.actor_id for a in population.source.askings if a.kind == ASKED and a.subject in subjects)
        return frozenset(
            {population.actors[actor_id].id for actor_id in asked if actor_id is not None}
            | {standing.actor.id for standing in self.standings}
        )

    def counts(self, issue: Issue | None = None) -> Mapping[str, Mapping[Position, int]]:
        """How many stand where, by way and position: under one issue, or altogether."""
        counted = tally(s.stance for s in self.standings if issue in (None, s.issue))
        return {WAYS[0]: counted.decided, WAYS[1]: counted.assessed}

    def standing(self, issue: Issue, position: Position) -> int:
        """How many stand so under an issue, in either way."""
        return sum(counts[position] for counts in self.counts(issue).values())

    @cached_property
    def together(self) -> tuple[Together, ...]:
        """Joint actions under those issues that were begun by then and had not ended before the scope."""
        population = self.population
        current = {issue.id: issue for issue in self.current}
        found = []
        for action in population.source.joint_actions:
            begun = action.created_at < population.as_of
            past = action.done_at is not None and action.done_at < population.scope.starts_at
            if action.issue_id in current and begun and not past:
                found.append(self._together(current[action.issue_id], action))
        return tuple(found)

    def _together(self, issue: Issue, action: JointAction) -> Together:
        population = self.population
        accepted = (j.actor_id for j in population.source.joint_actors if _joined(j.state, j.joint_action_id, action))
        actors = dict.fromkeys(population.actors[i] for i in (action.lead_actor_id, *accepted))
        state = _state(action, population.as_of)
        today = population.as_of.astimezone(ZONE).date()
        return Together(issue, action, state, tuple(actors), state in _OPEN and action.due_on < today)

    def figures(self) -> list[Figure]:
        """Those of result 1, less purposes."""
        statements = {s.issue_id for s in self.population.source.statements}
        states = [t.state for t in self.together]
        actors = len({s.actor.id for s in self.standings})
        counts = self.counts()
        return [
            Figure("issues.current", len(self.current)),
            Figure("issues.named", len(self.activities)),
            *(Figure("issues.activities", self.activities.get(i.id, 0), str(i.id), i.title) for i in self.current),
            Figure("stances.statements", sum(i.id in statements for i in self.current)),
            Figure("stances.actors", actors, basis=Basis(len(self._asked), actors, actors)),
            Figure("stances.older", sum(s.is_older for s in self.standings), of=len(self.standings)),
            *(Figure(f"stances.{way}", counts[way][p], p) for way in WAYS for p in POSITIONS),
            *self._by_issue(statements),
            Figure("joint.planned", states.count("planned")),
            Figure("joint.under_way", states.count("under_way")),
            Figure("joint.done", states.count("done")),
            Figure("joint.given_up", states.count("given_up")),
            Figure("joint.late", sum(t.is_late for t in self.together)),
            Figure("joint.actors", len({a.id for t in self.together for a in t.actors})),
        ]

    def _by_issue(self, with_statement: set[int]) -> list[Figure]:
        return [
            Figure("stances.by_issue", counts[way][p], f"{issue.id}.{p}.{way}", issue.title)
            for issue in self.current
            if issue.id in with_statement
            for counts in (self.counts(issue),)
            for way in WAYS
            for p in POSITIONS
        ]


def _stands(stance: Stance, at: datetime) -> bool:
    return stance.given_at < at and (stance.replaced_at is None or stance.replaced_at >= at)


def _joined(state: str, joint_action_id: int, action: JointAction) -> bool:
    return joint_action_id == action.id and state == "accepted"


def _state(action: JointAction, at: datetime) -> str:
    """Its state then; one that ended later was under way."""
    if action.state not in _OPEN and action.done_at is not None and action.done_at >= at:
        return JointState.UNDER_WAY
    return action.state
