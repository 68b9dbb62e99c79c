"""What actors do together for an issue."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import JointActorState, JointState, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.joint import JointCard, JointDraft
from bot.services import issues, joint
from bot.views import joint as views
from bot.views import joint_buttons as buttons
from bot.views.screen import Screen
from handlers.routes import Routes


def _screen(result: JointDraft | JointCard) -> Screen:
    return views.step(result) if isinstance(result, JointDraft) else views.card(result)


async def list_page(_update: Update, context: BotContext) -> None:
    """What is done together for an issue."""
    pick = buttons.ListJoint.parse(context.text)
    seat = await context.seat()
    context.show(views.listed(await joint.list_of_issue(context.work, seat, pick.issue_id, pick.page, now=context.now)))


async def list_own(_update: Update, context: BotContext) -> None:
    """What the reader's actors do together with others."""
    pick = buttons.OwnJoint.parse(context.text)
    seat = await context.seat()
    context.show(views.listed(await joint.list_own(context.work, seat, pick.page or 0, now=context.now)))


async def present(context: BotContext, joint_id: int) -> None:
    """A joint action as it is now."""
    context.show(views.card(await joint.show(context.work, await context.seat(), joint_id, now=context.now)))


async def show(_update: Update, context: BotContext) -> None:
    """One joint action."""
    await present(context, buttons.ShowJoint.parse(context.text).joint_id)


async def start(_update: Update, context: BotContext) -> None:
    """Start one."""
    pick = buttons.StartJoint.parse(context.text)
    context.show(views.step(await joint.start(context.work, await context.seat(), pick.issue_id, now=context.now)))


async def start_for(_update: Update, context: BotContext) -> None:
    """For another of the person's actors."""
    pick = buttons.JointFor.parse(context.text)
    seat = await context.seat()
    context.show(
        views.step(await joint.choose_actor(context.work, seat, pick.draft_id, pick.actor_id, now=context.now))
    )


async def lead(_update: Update, context: BotContext) -> None:
    """Who leads it."""
    pick = buttons.LeadJoint.parse(context.text)
    seat = await context.seat()
    context.show(views.step(await joint.lead(context.work, seat, pick.draft_id, pick.actor_id, now=context.now)))


async def due_in(_update: Update, context: BotContext) -> None:
    """By when."""
    pick = buttons.DueIn.parse(context.text)
    seat = await context.seat()
    context.show(views.card(await joint.due_in(context.work, seat, pick.draft_id, pick.months, now=context.now)))


async def written(_update: Update, context: BotContext) -> None:
    """What was written for the step."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(_screen(await joint.take(context.work, seat, context.draft, context.text, now=context.now)))


async def ask_whom(_update: Update, context: BotContext) -> None:
    """Which actor to ask."""
    pick = buttons.InviteToJoint.parse(context.text)
    context.show(views.step(await joint.ask_whom(context.work, await context.seat(), pick.joint_id, now=context.now)))


async def invite(_update: Update, context: BotContext) -> None:
    """Ask it."""
    pick = buttons.PickInvited.parse(context.text)
    seat = await context.seat()
    context.show(views.card(await joint.invite(context.work, seat, pick.draft_id, pick.actor_id, now=context.now)))


async def answer(_update: Update, context: BotContext) -> None:
    """Yes or no to taking part."""
    pick = buttons.AnswerJoint.parse(context.text)
    seat = await context.seat()
    asked = await joint.answer(context.work, seat, pick.part_id, pick.revision, accepts=bool(pick.yes), now=context.now)
    context.show(views.answered(asked))


async def to_state(_update: Update, context: BotContext) -> None:
    """Planned, under way, or given up."""
    pick = buttons.JointTo.parse(context.text)
    seat = await context.seat()
    context.show(
        views.card(await joint.set_state(context.work, seat, pick.joint_id, pick.revision, pick.state, now=context.now))
    )


async def give_up(_update: Update, context: BotContext) -> None:
    """Say first who is told."""
    pick = buttons.GiveUpJoint.parse(context.text)
    context.show(
        views.giving_up(await joint.ask_give_up(context.work, await context.seat(), pick.joint_id, now=context.now))
    )


async def change(_update: Update, context: BotContext) -> None:
    """Other words, another date, or what came of it."""
    pick = buttons.ChangeJoint.parse(context.text)
    seat = await context.seat()
    context.show(views.step(await joint.ask_change(context.work, seat, pick.joint_id, pick.what, now=context.now)))


# What others are told


async def joint_invited(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """The reader's actor is asked to take part."""
    asked = await joint.invitation(work, int(ids["part_id"]))
    waits = asked.part.state is JointActorState.INVITED and not asked.view.action.state.is_over
    return views.invitation(asked) if waits else None


async def joint_answered(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """An actor that was asked has answered."""
    asked = await joint.invitation(work, int(ids["part_id"]))
    return None if asked.part.state is JointActorState.INVITED else views.told_answer(asked)


async def joint_given_up(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """What the reader's actor takes part in is given up."""
    view = await joint.told(work, int(ids["joint_id"]), JointState.GIVEN_UP)
    return None if view is None else views.told_given_up(view)


ROUTES = Routes(
    presses={
        buttons.ListJoint: list_page,
        buttons.OwnJoint: list_own,
        buttons.ShowJoint: show,
        buttons.StartJoint: start,
        buttons.JointFor: start_for,
        buttons.LeadJoint: lead,
        buttons.DueIn: due_in,
        buttons.InviteToJoint: ask_whom,
        buttons.PickInvited: invite,
        buttons.AnswerJoint: answer,
        buttons.JointTo: to_state,
        buttons.GiveUpJoint: give_up,
        buttons.ChangeJoint: change,
    },
    texts={issues.JOINT_KIND: written},
    present={"joint_actions": present},
    notices={
        "joint_invited": joint_invited,
        "joint_answered": joint_answered,
        "joint_given_up": joint_given_up,
    },
)
