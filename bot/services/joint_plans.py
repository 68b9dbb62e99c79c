"""Reminders of joint actions: ahead of the date to who leads, and to the issue's followers when it is done."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import remind
from bot.domain.model import Errand, JointActorState, JointState, Person, Reminder
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Kind, Planned
from bot.domain.results.joint import JointView
from bot.domain.results.reminders import Item, JointAhead, JointDone
from bot.services import reminding
from bot.services.issues import HOME_ZONE
from bot.services.reminding import ERRAND, TOPICS, Wanted, kind_of


async def views(work: UnitOfWork, ids: Collection[int]) -> list[JointView]:
    """Joint actions with their issues and parts, by date."""
    actions = await work.joint_actions.list_some(ids)
    parts = await work.joint_actors.list_of([action.id for action in actions])
    issues = {issue.id: issue for issue in await work.issues.list_all()} if actions else {}
    return [
        JointView(a, issues[a.issue_id], [(p, name) for p, name in parts if p.joint_action_id == a.id]) for a in actions
    ]


class JointRules:
    """A joint action's reminders. Days are the county's."""

    prefix = "joint"

    async def load(self, work: UnitOfWork, ids: Collection[int]) -> Mapping[int, JointView]:
        """As `Rules` says."""
        return {view.action.id: view for view in await views(work, ids)}

    async def of_actor(self, work: UnitOfWork, actor_id: int) -> Collection[int]:
        """What the actor leads or takes part in: who leads may change with an answer."""
        return [action.id for action in await work.joint_actions.list_of_actor(actor_id)]

    def zone(self, about: JointView) -> ZoneInfo:  # noqa: ARG002  # the rules' shape
        """The county's."""
        return HOME_ZONE

    async def wanted(
        self,
        work: UnitOfWork,
        about: JointView,
        now: datetime,  # noqa: ARG002  # the rules' shape
        *,
        reachable: bool = False,  # likewise
    ) -> list[Wanted]:
        """A week before and at the date to who leads; when it is done, to who follows the issue and who took part."""
        action = about.action
        if action.state is JointState.DONE and action.done_at is not None:
            done = remind.for_joint_done(action.done_at, HOME_ZONE)
            return [Wanted(done, person_id) for person_id in await _hearing(work, about)]
        if action.state.is_over:
            return []
        people = await _leading(work, about, reachable=reachable)
        ids = [p.id for p in people if TOPICS[Kind.JOINT_DAY] not in p.muted] if people else [None]
        planned = remind.for_joint(action.due_on, HOME_ZONE)
        return [Wanted(each, person_id) for each in planned for person_id in ids]

    async def item(
        self,
        work: UnitOfWork,  # noqa: ARG002  # the rules' shape
        person: Person,  # noqa: ARG002  # the rules' shape
        about: JointView,
        said: Sequence[Planned],
        *,
        now: datetime,  # noqa: ARG002  # the rules' shape
    ) -> Item | None:
        """As `Rules` says."""
        last = max(said)
        return JointDone(about) if last.kind is Kind.JOINT_DONE else JointAhead(about, last.kind)

    async def leave(self, work: UnitOfWork, reminder: Reminder, about: JointView, *, now: datetime) -> None:
        """The leading actor has nobody in Telegram: a coordinator writes to it."""
        actor_id, _ = about.leading
        detail: dict[str, object] = {"reminder": kind_of(reminder).value, "joint_id": about.action.id}
        for errand in await _open_errands(work, about):
            await work.errands.change(errand, detail=detail)
            return
        await work.errands.add_once(
            key=f"reminder:{reminder.id}:{actor_id}",
            kind=ERRAND,
            actor_id=actor_id,
            arena_id=None,
            booking_id=None,
            detail=detail,
            created_at=now,
        )

    async def forget(self, work: UnitOfWork, about: JointView, wants: Sequence[Wanted], now: datetime) -> None:
        """What is done, given up or past is not written about."""
        if not any(w.person_id is None and w.planned.until_at > now for w in wants):
            for errand in await _open_errands(work, about):
                await work.errands.remove(errand.id)

    def keeps(self, reminder: Reminder, about: JointView) -> bool:
        """What the night held stays until it is checked."""
        return reminder.kind.startswith(reminding.AGAIN) and not about.action.state.is_over


async def _hearing(work: UnitOfWork, view: JointView) -> list[int]:
    """Who hears when it is done: who follows the issue, and the people of those that took part."""
    followers = await work.issues.list_followers(view.issue.id)
    ids = dict.fromkeys(p.id for p in followers if TOPICS[Kind.JOINT_DONE] not in p.muted)
    for part, _ in view.parts:
        if part.state is JointActorState.ACCEPTED:
            ids |= dict.fromkeys(p.id for p in await work.people.list_of_actor(part.actor_id))
    return list(ids)


async def _leading(work: UnitOfWork, view: JointView, *, reachable: bool) -> list[Person]:
    people = await work.people.list_of_actor(view.leading[0])
    return [p for p in people if not reachable or await work.chats.is_reachable(p.user_id)]


async def _open_errands(work: UnitOfWork, view: JointView) -> list[Errand]:
    found = (e for e in await work.errands.list_open() if e.kind == ERRAND)
    return [errand for errand in found if errand.detail.get("joint_id") == view.action.id]


RULES = JointRules()


async def replan(work: UnitOfWork, joint_action_id: int, *, now: datetime, since: datetime | None = None) -> None:
    """Make the planned reminders of a joint action those that it calls for."""
    await reminding.replan(work, RULES, joint_action_id, now=now, since=since)


async def spare(work: UnitOfWork, joint_action_id: int, person: Person) -> None:
    """Who said that it is done need not hear it."""
    for reminder in await work.reminders.list_of(reminding.subject_of(RULES.prefix, joint_action_id)):
        if reminder.person_id == person.id and kind_of(reminder) is Kind.JOINT_DONE:
            await work.reminders.change(reminder, state=reminding.DROPPED)
