"""What two actors that turn out to be one have said and done for issues: of each thing there is one afterwards."""

from datetime import datetime

from bot.domain.model import Actor, JointActor, JointActorState
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import joint_plans

_STATES = (JointActorState.DECLINED, JointActorState.INVITED, JointActorState.ACCEPTED)
"""Of two parts in one joint action the later of these stays."""


async def move(work: UnitOfWork, actor: Actor, into: Actor, *, now: datetime) -> None:
    """Let stances and parts in joint actions be the remaining actor's; of two answers that hold the later one does."""
    for stance in await work.stances.list_of_actor(actor.id):
        if stance.replaced_at is None:
            other = await work.stances.current(stance.statement_id, into.id)
            if other is not None:
                older = min((stance, other), key=lambda each: (each.given_at, each.id))
                changed = await work.stances.change(older, replaced_at=now)
                stance = changed if older is stance else stance  # noqa: PLW2901  # as it is stored now
        await work.stances.change(stance, actor_id=into.id)
    for action in await work.joint_actions.list_of_actor(actor.id):
        if action.lead_actor_id == actor.id:
            await work.joint_actions.change(action, lead_actor_id=into.id)
    for part in await work.joint_actors.list_of_actor(actor.id):
        await _move_part(work, part, into)
        await joint_plans.replan(work, part.joint_action_id, now=now)


async def _move_part(work: UnitOfWork, part: JointActor, into: Actor) -> None:
    own = await work.joint_actors.between(part.joint_action_id, into.id)
    if own is None:
        await work.joint_actors.change(part, actor_id=into.id)
        return
    await work.joint_actors.remove(part.id)
    if _STATES.index(part.state) > _STATES.index(own.state):
        await work.joint_actors.change(own, state=part.state, answered_at=part.answered_at)
