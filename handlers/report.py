"""/rapport: reports asked for, sent when they are made, and what coordinators enter for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.outgoing import Delivery, Outgoing
from bot.domain.ports.reports import ReportFailed, ReportMaker
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.report import WantedReport
from bot.services import report, report_comments, report_money
from bot.views import report_buttons as buttons
from bot.views import reports as views
from bot.views import sheets
from bot.views.outbox import separate
from bot.views.screen import L, Reader
from handlers.coordinate import leaving
from handlers.routes import Routes


async def begin(_update: Update, context: BotContext) -> None:
    """Ask which report, or make that of the years that came along."""
    if context.args:
        about = await report.order_years(context.work, await context.seat(), " ".join(context.args))
        context.show(views.being_made(about))
        return
    context.show(views.reports(await report.list_reports(context.work, context.person)))


async def list_reports(_update: Update, context: BotContext) -> None:
    """Ask which report."""
    pick = buttons.ListReports.parse(context.text)
    context.show(views.reports(await report.list_reports(context.work, context.person, pick.page)))


async def make(_update: Update, context: BotContext) -> None:
    """Ask for a report."""
    pick = buttons.MakeReport.parse(context.text)
    context.show(views.being_made(await report.order(context.work, await context.seat(), pick.scope)))


async def ask_years(_update: Update, context: BotContext) -> None:
    """Ask which years."""
    await report.ask_years(context.work, await context.seat(), now=context.now)
    context.show(views.which_years())


async def years_written(_update: Update, context: BotContext) -> None:
    """Ask for the report of the years written."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    about = await report.take_years(context.work, seat, context.draft, context.text, now=context.now)
    context.show(views.being_made(about))


# Comments


async def list_comments(_update: Update, context: BotContext) -> None:
    """Show what is said of each result."""
    pick = buttons.ListComments.parse(context.text)
    context.show(views.comments(await report_comments.list_comments(context.work, context.person, pick.scope)))


async def write_comment(_update: Update, context: BotContext) -> None:
    """Ask for a comment."""
    pick = buttons.WriteComment.parse(context.text)
    seat = await context.seat()
    asked = await report_comments.ask_comment(context.work, seat, pick.scope, pick.result, now=context.now)
    context.show(views.write_comment(asked))


async def comment_written(_update: Update, context: BotContext) -> None:
    """Keep the comment."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    kept = await report_comments.take_comment(
        context.work, context.person, context.draft, context.text, now=context.now
    )
    context.show(views.commented(kept))


async def remove_comment(_update: Update, context: BotContext) -> None:
    """Take a comment away."""
    pick = buttons.RemoveComment.parse(context.text)
    left = await report_comments.remove_comment(context.work, context.person, pick.scope, pick.result, now=context.now)
    context.show(views.comments(left))


# The frame, and what editions cost


async def show_frame(_update: Update, context: BotContext) -> None:
    """Show who pays for the project."""
    context.show(views.frame(await report_money.show_frame(context.work, context.person)))


async def ask_financing(_update: Update, context: BotContext) -> None:
    """Ask who pays."""
    await report_money.ask_financing(context.work, await context.seat(), now=context.now)
    context.show(views.ask_financing())


async def financing_written(_update: Update, context: BotContext) -> None:
    """Keep who pays."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    kept = await report_money.take_financing(context.work, context.person, context.draft, context.text, now=context.now)
    context.show(sheets.sheet(kept))


async def remove_financing(_update: Update, context: BotContext) -> None:
    """Take a financing away."""
    pick = buttons.RemoveFinancing.parse(context.text)
    left = await report_money.remove_financing(
        context.work, context.person, pick.financing_id, pick.revision, now=context.now
    )
    context.show(views.frame(left))


async def list_outturns(_update: Update, context: BotContext) -> None:
    """Show what editions cost."""
    pick = buttons.ListOutturns.parse(context.text)
    context.show(views.outturns(await report_money.list_outturns(context.work, context.person, pick.page)))


async def show_outturn(_update: Update, context: BotContext) -> None:
    """Show what an edition cost."""
    pick = buttons.ShowOutturn.parse(context.text)
    context.show(views.outturn(await report_money.show_outturn(context.work, context.person, pick.edition_id)))


async def ask_outturn(_update: Update, context: BotContext) -> None:
    """Ask what an edition cost."""
    pick = buttons.AskOutturn.parse(context.text)
    seat = await context.seat()
    edition = await report_money.ask_outturn(context.work, seat, pick.edition_id, now=context.now)
    context.show(views.ask_outturn(edition.id, L(edition.name)))


async def outturn_written(_update: Update, context: BotContext) -> None:
    """Keep what it cost."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    kept = await report_money.take_outturn(context.work, context.person, context.draft, context.text, now=context.now)
    context.show(views.outturn(kept))


async def remove_outturn(_update: Update, context: BotContext) -> None:
    """Take away what it cost."""
    pick = buttons.RemoveOutturn.parse(context.text)
    left = await report_money.remove_outturn(context.work, context.person, pick.edition_id, now=context.now)
    context.show(views.outturn(left))


async def present(context: BotContext, _financing_id: int) -> None:
    """The frame as it is now."""
    context.show(views.frame(await report_money.show_frame(context.work, context.person)))


ROUTES = Routes(
    presses={
        buttons.ListReports: leaving(list_reports),
        buttons.MakeReport: leaving(make),
        buttons.AskYears: leaving(ask_years),
        buttons.ListComments: leaving(list_comments),
        buttons.WriteComment: leaving(write_comment),
        buttons.RemoveComment: leaving(remove_comment),
        buttons.ShowFrame: leaving(show_frame),
        buttons.AskFinancing: leaving(ask_financing),
        buttons.RemoveFinancing: leaving(remove_financing),
        buttons.ListOutturns: leaving(list_outturns),
        buttons.ShowOutturn: leaving(show_outturn),
        buttons.AskOutturn: leaving(ask_outturn),
        buttons.RemoveOutturn: leaving(remove_outturn),
    },
    texts={
        report.YEARS_KIND: years_written,
        report_comments.KIND: comment_written,
        report_money.FINANCING_KIND: financing_written,
        report_money.OUTTURN_KIND: outturn_written,
    },
    present={"financings": present},
)


# What is sent


class ReportsSent:
    """Rows of kind report: the report when it is made, to who still may have it."""

    def __init__(self, maker: ReportMaker) -> None:
        self._maker = maker

    async def render(self, row: Delivery, work: UnitOfWork, now: datetime) -> Sequence[Outgoing] | None:
        """The pictures, the six answers and the files; None where it may not be seen any more. Raises NotYet."""
        if row.person_id is None or row.chat_id is None:
            return None
        person = await work.people.get(row.person_id)
        try:
            about = await report.about(work, person, str(row.payload["scope"]))
        except (NotFound, NotAllowed):
            return None
        try:
            made = self._maker.report(row.id, WantedReport(about.scope.code, person.language, now))
        except ReportFailed:
            screen = views.failed(about)
        else:
            screen = views.finished(about, made, row.id)
        return separate(screen, Reader(person.language, now), chat_id=row.chat_id)

    async def file(self, _work: UnitOfWork, ids: Mapping[str, Any], _now: datetime) -> tuple[str, bytes] | None:
        """One of a report's files, by the row that it is sent with."""
        return self._maker.file(int(ids["order"]), str(ids["part"]))
