"""The statement under an issue, and where actors stand on it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.issues import StanceDraft, StanceSaved
from bot.services import issues, stances, statements
from bot.views import issues as issue_views
from bot.views import stance_buttons as buttons
from bot.views import stances as views
from bot.views.screen import Screen
from handlers.routes import Routes


def _screen(result: StanceDraft | StanceSaved) -> Screen:
    return views.step(result) if isinstance(result, StanceDraft) else views.saved(result)


async def standing(_update: Update, context: BotContext) -> None:
    """Where each actor stands."""
    pick = buttons.ShowStanding.parse(context.text)
    seat = await context.seat()
    context.show(views.standing(await stances.standing(context.work, seat, pick.issue_id, pick.page, now=context.now)))


async def history(_update: Update, context: BotContext) -> None:
    """What an actor answered before."""
    pick = buttons.StanceHistory.parse(context.text)
    context.show(views.history(await stances.history(context.work, context.person, pick.statement_id, pick.actor_id)))


async def answer(_update: Update, context: BotContext) -> None:
    """Where the reader's actor stands."""
    pick = buttons.AnswerStatement.parse(context.text)
    seat = await context.seat()
    begun = await stances.begin(context.work, seat, pick.statement_id, pick.version, pick.position, now=context.now)
    context.show(views.step(begun))


async def answer_for(_update: Update, context: BotContext) -> None:
    """For which actor."""
    pick = buttons.AnswerFor.parse(context.text)
    seat = await context.seat()
    context.show(
        views.step(await stances.choose_actor(context.work, seat, pick.draft_id, pick.actor_id, now=context.now))
    )


async def decided(_update: Update, context: BotContext) -> None:
    """Decided by the organisation, or an official's assessment."""
    pick = buttons.Decided.parse(context.text)
    seat = await context.seat()
    context.show(
        _screen(await stances.decide(context.work, seat, pick.draft_id, decided=bool(pick.on), now=context.now))
    )


async def written(_update: Update, context: BotContext) -> None:
    """A reservation, an actor's name, or where a decision stands."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(_screen(await stances.take(context.work, seat, context.draft, context.text, now=context.now)))


async def enter(_update: Update, context: BotContext) -> None:
    """A coordinator enters what an actor has decided."""
    pick = buttons.EnterDecision.parse(context.text)
    context.show(views.step(await stances.enter(context.work, await context.seat(), pick.issue_id, now=context.now)))


async def enter_position(_update: Update, context: BotContext) -> None:
    """What it has decided."""
    pick = buttons.EnterPosition.parse(context.text)
    seat = await context.seat()
    context.show(
        views.step(await stances.enter_position(context.work, seat, pick.draft_id, pick.position, now=context.now))
    )


# The statement


async def write(_update: Update, context: BotContext) -> None:
    """Write the statement, or change it."""
    pick = buttons.WriteStatement.parse(context.text)
    seat = await context.seat()
    context.show(views.writing(await statements.start(context.work, seat, pick.issue_id, now=context.now)))


async def ask_words(_update: Update, context: BotContext) -> None:
    """Which of its words."""
    pick = buttons.StatementWords.parse(context.text)
    seat = await context.seat()
    context.show(
        views.writing(await statements.ask_words(context.work, seat, pick.draft_id, pick.step, now=context.now))
    )


async def words(_update: Update, context: BotContext) -> None:
    """Take them."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(views.writing(await statements.take(context.work, seat, context.draft, context.text, now=context.now)))


async def choose_kind(_update: Update, context: BotContext) -> None:
    """A change, or a correction."""
    pick = buttons.StatementChange.parse(context.text)
    seat = await context.seat()
    shown = await statements.choose_kind(context.work, seat, pick.draft_id, change=bool(pick.on), now=context.now)
    context.show(views.writing(shown))


async def publish(_update: Update, context: BotContext) -> None:
    """Let it read so, and ask."""
    pick = buttons.PublishStatement.parse(context.text)
    seat = await context.seat()
    context.show(issue_views.card(await statements.publish(context.work, seat, pick.draft_id, now=context.now)))


async def stance_given(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """A colleague, or a coordinator, answered for the reader's actor."""
    told = await stances.told(work, int(ids["stance_id"]))
    return None if told is None else views.colleague(told)


ROUTES = Routes(
    presses={
        buttons.ShowStanding: standing,
        buttons.StanceHistory: history,
        buttons.AnswerStatement: answer,
        buttons.AnswerFor: answer_for,
        buttons.Decided: decided,
        buttons.EnterDecision: enter,
        buttons.EnterPosition: enter_position,
        buttons.WriteStatement: write,
        buttons.StatementWords: ask_words,
        buttons.StatementChange: choose_kind,
        buttons.PublishStatement: publish,
    },
    texts={issues.STANCE_KIND: written, issues.STATEMENT_KIND: words},
    notices={"stance_given": stance_given},
)
