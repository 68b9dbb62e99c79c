"""Questions and wishes that wait for coordinators, and errands by mail and phone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.applications import Answering, MatterView
from bot.domain.results.booking import WhichDay
from bot.domain.results.bookings import AskedToCoordinator
from bot.services import application_questions as questions
from bot.services import errands, matters, wishes
from bot.services.applications import cancel_dialogue
from bot.views import application_news as news
from bot.views import applications as application_views
from bot.views import booking as booking_views
from bot.views import bookings as bookings_views
from bot.views import errands as errand_views
from bot.views import matters as views
from bot.views.queue_buttons import ShowMatter
from bot.views.screen import Reader, Screen
from handlers.routes import Handler, Routes


def _screen(result: Answering | MatterView) -> Screen:
    return views.answering(result) if isinstance(result, Answering) else views.matter(result)


async def present(context: BotContext, matter_id: int) -> None:
    """Show a matter as it is now."""
    context.show(views.matter(await matters.show_matter(context.work, context.person, matter_id)))


async def show(_update: Update, context: BotContext) -> None:
    """Show a matter."""
    await present(context, ShowMatter.parse(context.text).matter_id)


async def ask_answer(_update: Update, context: BotContext) -> None:
    """«Svara»: await the answer."""
    pick = views.AnswerMatter.parse(context.text)
    context.show(_screen(await matters.ask_answer(context.work, await context.seat(), pick.matter_id, now=context.now)))


async def close(_update: Update, context: BotContext) -> None:
    """Nothing is to be answered."""
    pick = views.CloseMatter.parse(context.text)
    closed = await matters.close_matter(context.work, context.person, pick.matter_id, pick.revision, now=context.now)
    context.show(views.matter(closed))


async def grant(_update: Update, context: BotContext) -> None:
    """Do what was wished for; for a move, choose the slot."""
    pick = views.GrantWish.parse(context.text)
    result = await wishes.grant_wish(context.work, await context.seat(), pick.matter_id, pick.revision, now=context.now)
    context.show(_wish(result))


def _wish(result: MatterView | WhichDay | AskedToCoordinator) -> Screen:
    match result:
        case WhichDay():
            return booking_views.days(result, picture=True)
        case AskedToCoordinator():
            return bookings_views.asked(result)
        case _:
            return views.matter(result)


async def ask_why_not(_update: Update, context: BotContext) -> None:
    """«Avslå»: ask why."""
    pick = views.RefuseWish.parse(context.text)
    context.show(_screen(await wishes.ask_why_not(context.work, await context.seat(), pick.matter_id, now=context.now)))


async def leave(_update: Update, context: BotContext) -> None:
    """Leave the answer unwritten."""
    pick = views.LeaveMatter.parse(context.text)
    await cancel_dialogue(context.work, await context.seat(), pick.draft_id, matters.KIND, now=context.now)
    await present(context, pick.matter_id)


# What is written


async def written(update: Update, context: BotContext) -> None:
    """Take an answer, a reason, a question or a reply, by the draft's step."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    await _BY_STEP[context.draft.step](update, context)


async def _answer(_update: Update, context: BotContext) -> None:
    assert context.draft is not None  # noqa: S101  # told by written
    answered = await matters.answer_in(context.work, context.person, context.draft, context.text, now=context.now)
    context.show(views.matter(answered))


async def _refuse(_update: Update, context: BotContext) -> None:
    assert context.draft is not None  # noqa: S101  # told by written
    seat = await context.seat()
    refused = await wishes.refuse_wish(context.work, seat, context.draft, context.text, now=context.now)
    context.show(views.matter(refused))


async def _question(_update: Update, context: BotContext) -> None:
    assert context.draft is not None  # noqa: S101  # told by written
    view = await questions.ask_applicant(context.work, context.person, context.draft, context.text, now=context.now)
    context.show(application_views.asked_applicant(view))


async def _reply(_update: Update, context: BotContext) -> None:
    assert context.draft is not None  # noqa: S101  # told by written
    view = await questions.reply(
        context.work, context.person, context.draft, context.text, context.message_id, now=context.now
    )
    context.show(news.replied(view))


_BY_STEP: Mapping[str, Handler] = {"answer": _answer, "refuse": _refuse, "ask": _question, "reply": _reply}


# Errands


async def show_errand(_update: Update, context: BotContext) -> None:
    """Show an errand."""
    pick = errand_views.ShowErrand.parse(context.text)
    shown = await errands.show_errand(context.work, context.person, pick.errand_id, now=context.now)
    context.show(errand_views.errand(shown))


async def finish_errand(_update: Update, context: BotContext) -> None:
    """Tick it off."""
    pick = errand_views.FinishErrand.parse(context.text)
    context.show(
        errand_views.errand(await errands.finish(context.work, context.person, pick.errand_id, now=context.now))
    )


async def reopen_errand(_update: Update, context: BotContext) -> None:
    """Let it wait again."""
    pick = errand_views.ReopenErrand.parse(context.text)
    context.show(
        errand_views.errand(await errands.reopen(context.work, context.person, pick.errand_id, now=context.now))
    )


async def _letter(work: UnitOfWork, ids: Mapping[str, Any], now: datetime) -> tuple[str, bytes]:
    errand = await work.errands.get(int(ids["errand_id"]))
    return errand_views.letter_file(await errands.view_of(work, errand, now=now), Reader(str(ids["language"]), now))


# What others are told


async def _opened(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    matter = await work.matters.get(int(ids["matter_id"]))
    return views.matter(await matters.view_of(work, matter)) if matter.state == matters.OPEN else None


async def _settled(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    matter = await work.matters.get(int(ids["matter_id"]))
    return views.settled(await matters.view_of(work, matter))


async def _answered(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    matter = await work.matters.get(int(ids["matter_id"]))
    return views.answer(await matters.view_of(work, matter))


ROUTES = Routes(
    presses={
        ShowMatter: show,
        views.AnswerMatter: ask_answer,
        views.CloseMatter: close,
        views.GrantWish: grant,
        views.RefuseWish: ask_why_not,
        views.LeaveMatter: leave,
        errand_views.ShowErrand: show_errand,
        errand_views.FinishErrand: finish_errand,
        errand_views.ReopenErrand: reopen_errand,
    },
    texts={matters.KIND: written},
    present={"matters": present},
    notices={"matter_opened": _opened, "matter_settled": _settled, "matter_answered": _answered},
    makers={"errand_letter": _letter},
)
