"""/metoder: how actors did it, told, read, asked about and lifted in an announcement."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.methods import Narrowing
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.methods import AnsweringQuestion, MethodCard, QuestionView, Telling
from bot.services import announcements, methods
from bot.services import method_questions as questions
from bot.services import method_telling as telling
from bot.views import announcements as announcement_views
from bot.views import method_buttons as buttons
from bot.views import method_questions as question_views
from bot.views import methods as views
from bot.views.screen import Screen
from handlers.routes import Routes


def _told(result: Telling | MethodCard) -> Screen:
    return views.step(result) if isinstance(result, Telling) else views.card(result)


def _talk(result: AnsweringQuestion | QuestionView | MethodCard) -> Screen:
    match result:
        case AnsweringQuestion():
            return question_views.answering(result)
        case QuestionView():
            return question_views.answered(result)
        case _:
            return views.card(result)


# Read


async def begin(_update: Update, context: BotContext) -> None:
    """What is shared."""
    context.show(views.listed(await methods.browse(context.work, await context.seat(), now=context.now)))


async def browse(_update: Update, context: BotContext) -> None:
    """A page of it, perhaps narrowed."""
    pick = buttons.BrowseMethods.parse(context.text)
    wanted, seat = Narrowing(pick.arena_id, pick.kind, pick.issue_id), await context.seat()
    context.show(views.listed(await methods.browse(context.work, seat, wanted, pick.page, now=context.now)))


async def narrow(_update: Update, context: BotContext) -> None:
    """What to narrow it to."""
    pick = buttons.NarrowMethods.parse(context.text)
    wanted, seat = Narrowing(pick.arena_id, pick.kind, pick.issue_id), await context.seat()
    context.show(views.narrower(await methods.narrow(context.work, seat, pick.by, wanted, now=context.now)))


async def present(context: BotContext, method_id: int) -> None:
    """One as it is now."""
    context.show(views.card(await methods.show(context.work, await context.seat(), method_id, now=context.now)))


async def show(_update: Update, context: BotContext) -> None:
    """One of them."""
    await present(context, buttons.ShowMethod.parse(context.text).method_id)


async def show_file(_update: Update, context: BotContext) -> None:
    """Its file."""
    pick = buttons.MethodFile.parse(context.text)
    seat = await context.seat()
    context.show(views.with_file(await methods.show_file(context.work, seat, pick.method_id, now=context.now)))


# Told


async def start(_update: Update, context: BotContext) -> None:
    """Ask for the first line."""
    pick = buttons.StartMethod.parse(context.text)
    seat = await context.seat()
    begun = await telling.start(context.work, seat, pick.activity_id, pick.edition_id, now=context.now)
    context.show(_told(begun))


async def skip(_update: Update, context: BotContext) -> None:
    """Leave a line out."""
    pick = buttons.SkipLine.parse(context.text)
    context.show(_told(await telling.skip(context.work, await context.seat(), pick.draft_id, now=context.now)))


async def change(_update: Update, context: BotContext) -> None:
    """Another line, or another file."""
    pick = buttons.ChangeMethod.parse(context.text)
    seat = await context.seat()
    context.show(views.step(await telling.ask_change(context.work, seat, pick.method_id, pick.what, now=context.now)))


async def written(_update: Update, context: BotContext) -> None:
    """Take a line."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(_told(await telling.write(context.work, seat, context.draft, context.text, now=context.now)))


async def take_file(update: Update, context: BotContext) -> None:
    """Take the file."""
    assert context.draft is not None  # noqa: S101  # files come here by their draft
    seat, file = await context.seat(), context.file(update)
    context.show(views.card(await telling.take_file(context.work, seat, context.draft, file, now=context.now)))


async def set_shared(_update: Update, context: BotContext) -> None:
    """Withdraw it, or share it again."""
    pick = buttons.ShareMethod.parse(context.text)
    seat, on = await context.seat(), bool(pick.on)
    kept = await telling.set_shared(context.work, seat, pick.method_id, pick.revision, on=on, now=context.now)
    context.show(views.card(kept))


# Asked about, and lifted


async def ask(_update: Update, context: BotContext) -> None:
    """Ask its author."""
    pick = buttons.AskMethod.parse(context.text)
    seat = await context.seat()
    begun = await questions.ask(context.work, seat, pick.method_id, pick.actor_id, now=context.now)
    context.show(question_views.asking(begun))


async def ask_answer(_update: Update, context: BotContext) -> None:
    """Answer a question."""
    pick = buttons.AnswerMethod.parse(context.text)
    context.show(
        _talk(await questions.ask_answer(context.work, await context.seat(), pick.question_id, now=context.now))
    )


async def talked(_update: Update, context: BotContext) -> None:
    """Take the question or the answer."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(_talk(await questions.write(context.work, seat, context.draft, context.text, now=context.now)))


async def present_question(context: BotContext, question_id: int) -> None:
    """A question as it is now: a colleague was first."""
    context.show(question_views.answered(await questions.show(context.work, context.person, question_id)))


async def lift(_update: Update, context: BotContext) -> None:
    """Begin an announcement of it."""
    shared = await methods.lift(context.work, context.person, buttons.LiftMethod.parse(context.text).method_id)
    words, seat = views.lifted(shared, context.reader), await context.seat()
    context.show(announcement_views.card(await announcements.begin_with(context.work, seat, words, now=context.now)))


# What others are told


async def method_asked(work: UnitOfWork, reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """Somebody asks how the reader's actor did it."""
    view = await questions.asked(work, reader, int(ids["question_id"]))
    return None if view is None else question_views.asked(view)


async def method_answered(work: UnitOfWork, reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """What the reader asked is answered."""
    view = await questions.answered(work, reader, int(ids["question_id"]))
    return None if view is None else question_views.told(view)


ROUTES = Routes(
    presses={
        buttons.BrowseMethods: browse,
        buttons.NarrowMethods: narrow,
        buttons.ShowMethod: show,
        buttons.MethodFile: show_file,
        buttons.StartMethod: start,
        buttons.SkipLine: skip,
        buttons.ChangeMethod: change,
        buttons.ShareMethod: set_shared,
        buttons.AskMethod: ask,
        buttons.AnswerMethod: ask_answer,
        buttons.LiftMethod: lift,
    },
    texts={methods.KIND: written, methods.TALK_KIND: talked},
    files={methods.KIND: take_file},
    present={"methods": present, "method_questions": present_question},
    notices={questions.ASKED: method_asked, questions.ANSWERED: method_answered},
)
