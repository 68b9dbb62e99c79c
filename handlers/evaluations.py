"""The evaluation of an activity, by its owner's people or a coordinator for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import evaluations
from bot.views import evaluations as views
from bot.views.screen import Screen
from handlers.routes import Routes


async def evaluate(_update: Update, context: BotContext) -> None:
    """Ask a question, or the next one."""
    pick = views.Evaluate.parse(context.text)
    seat = await context.seat()
    asked = await evaluations.evaluate(context.work, seat, pick.booking_id, pick.question, now=context.now)
    context.show(views.evaluating(asked))


async def present(context: BotContext, booking_id: int) -> None:
    """What is answered now: a colleague was first, or the card is old."""
    asked = await evaluations.evaluate(context.work, await context.seat(), booking_id, now=context.now)
    context.show(views.evaluating(asked))


async def came(_update: Update, context: BotContext) -> None:
    """Keep how many came."""
    pick = views.Came.parse(context.text)
    seat = await context.seat()
    kept = await evaluations.came(context.work, seat, pick.booking_id, pick.revision, pick.number, now=context.now)
    context.show(views.evaluating(kept))


async def satisfied(_update: Update, context: BotContext) -> None:
    """Keep how satisfied they are."""
    pick = views.Satisfied.parse(context.text)
    await _answer(context, pick.booking_id, pick.revision, "satisfied", pick.score)


async def worth(_update: Update, context: BotContext) -> None:
    """Keep whether it was worth it."""
    pick = views.Worth.parse(context.text)
    await _answer(context, pick.booking_id, pick.revision, "worth", pick.score)


async def again(_update: Update, context: BotContext) -> None:
    """Keep whether they come again."""
    pick = views.Again.parse(context.text)
    await _answer(context, pick.booking_id, pick.revision, "again", pick.answer)


async def _answer(context: BotContext, booking_id: int, revision: int, name: str, value: int | str) -> None:
    seat = await context.seat()
    kept = await evaluations.answer(context.work, seat, booking_id, revision, name, value, now=context.now)
    context.show(views.evaluating(kept))


async def group_came(_update: Update, context: BotContext) -> None:
    """A target group came, or did not."""
    pick = views.GroupCame.parse(context.text)
    seat = await context.seat()
    kept = await evaluations.choose_group(
        context.work, seat, pick.booking_id, pick.group_id, on=bool(pick.on), now=context.now
    )
    context.show(views.evaluating(kept))


async def led_to(_update: Update, context: BotContext) -> None:
    """It led to something, or did not."""
    pick = views.LedTo.parse(context.text)
    seat = await context.seat()
    kept = await evaluations.choose_led_to(
        context.work, seat, pick.booking_id, pick.key, on=bool(pick.on), now=context.now
    )
    context.show(views.evaluating(kept))


async def written(_update: Update, context: BotContext) -> None:
    """Keep the number or the free line."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    kept = await evaluations.write(context.work, seat, context.draft, context.text, now=context.now)
    context.show(views.evaluating(kept))


async def leave(_update: Update, context: BotContext) -> None:
    """Go without words."""
    pick = views.LeaveQuestion.parse(context.text)
    context.show(
        views.evaluating(await evaluations.leave(context.work, await context.seat(), pick.draft_id, now=context.now))
    )


async def was_evaluated(
    work: UnitOfWork,
    reader: Person,
    ids: Mapping[str, Any],
    now: datetime,
) -> Screen | None:
    """To the others who were asked: a colleague has answered."""
    found = await evaluations.was_evaluated(work, reader, int(ids["booking_id"]))
    return None if found is None else views.was_evaluated(found)


ROUTES = Routes(
    presses={
        views.Evaluate: evaluate,
        views.Came: came,
        views.Satisfied: satisfied,
        views.Worth: worth,
        views.Again: again,
        views.GroupCame: group_came,
        views.LedTo: led_to,
        views.LeaveQuestion: leave,
    },
    texts={evaluations.KIND: written},
    present={"activity_evaluations": present},
    notices={"evaluated": was_evaluated},
)
