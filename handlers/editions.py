"""A coordinator's editions: made, edited, fetched."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.attributes import NotAPoint
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import editing, editions, export
from bot.views import editions as views
from bot.views import export as export_views
from bot.views import sheets
from bot.views.edition_buttons import Editions, OpenEdition, OpenSheet
from bot.views.screen import Reader
from handlers.coordinate import leaving
from handlers.routes import Routes


async def list_all(_update: Update, context: BotContext) -> None:
    """Show the arenas that the person runs, with their editions."""
    context.show(views.editions(await editions.list_editions(context.work, context.person)))


async def open_edition(_update: Update, context: BotContext) -> None:
    """Show one edition."""
    pick = OpenEdition.parse(context.text)
    card = await editions.open_edition(context.work, context.person, pick.edition_id)
    context.show(views.edition(card, now=context.now))


async def new(_update: Update, context: BotContext) -> None:
    """Ask of which arena a new edition is."""
    context.show(views.which_arena(await editions.list_editions(context.work, context.person)))


async def new_for(_update: Update, context: BotContext) -> None:
    """Ask whether to make it from the latest one."""
    pick = views.NewFor.parse(context.text)
    context.show(views.start(await editions.start_edition(context.work, context.person, pick.arena_id)))


async def new_from(_update: Update, context: BotContext) -> None:
    """Ask for its dates."""
    pick = views.NewFrom.parse(context.text)
    seat = await context.seat()
    asked = await editions.ask_dates(context.work, seat, pick.arena_id, pick.source_id, now=context.now)
    context.show(views.which_dates(asked))


async def undated(_update: Update, context: BotContext) -> None:
    """Make it without dates."""
    pick = views.Undated.parse(context.text)
    card = await editions.make_without_dates(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(views.edition(card, now=context.now))


async def open_sheet(_update: Update, context: BotContext) -> None:
    """Show a record's attributes."""
    pick = OpenSheet.parse(context.text)
    context.show(sheets.sheet(await editing.open_sheet(context.work, context.person, pick.sheet, pick.record_id)))


async def ask(_update: Update, context: BotContext) -> None:
    """Ask for an attribute's value."""
    pick = sheets.Ask.parse(context.text)
    seat = await context.seat()
    context.show(
        sheets.question(
            await editing.ask(context.work, seat, pick.sheet, pick.name, pick.record_id, pick.language, now=context.now)
        )
    )


async def put(_update: Update, context: BotContext) -> None:
    """Take the value behind the button."""
    pick = sheets.Put.parse(context.text)
    context.show(
        sheets.sheet(
            await editing.put(
                context.work, context.person, pick.sheet, pick.name, pick.record_id, pick.value, now=context.now
            )
        )
    )


async def clear(_update: Update, context: BotContext) -> None:
    """Empty an attribute."""
    pick = sheets.Clear.parse(context.text)
    context.show(
        sheets.sheet(
            await editing.put(
                context.work,
                context.person,
                pick.sheet,
                pick.name,
                pick.record_id,
                None,
                now=context.now,
                language=pick.language,
            )
        )
    )


async def list_fields(_update: Update, context: BotContext) -> None:
    """Show an edition's fields."""
    pick = sheets.ListFields.parse(context.text)
    found = await editing.list_fields(context.work, context.person, pick.edition_id, archived=bool(pick.archived))
    context.show(views.fields(found))


async def list_fees(_update: Update, context: BotContext) -> None:
    """Show an edition's fee steps."""
    pick = sheets.ListFees.parse(context.text)
    context.show(views.fees(await editing.list_fees(context.work, context.person, pick.edition_id)))


async def add(_update: Update, context: BotContext) -> None:
    """Ask for something new."""
    pick = views.Add.parse(context.text)
    seat = await context.seat()
    context.show(views.asked(await editing.ask_new(context.work, seat, pick.edition_id, pick.what, now=context.now)))


async def remove_fee(_update: Update, context: BotContext) -> None:
    """Take a fee step away."""
    pick = sheets.RemoveFee.parse(context.text)
    context.show(views.fees(await editing.remove_fee(context.work, context.person, pick.step_id, now=context.now)))


async def written(_update: Update, context: BotContext) -> None:
    """Take what was written for the value asked."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    result = await editing.take(context.work, seat, context.draft, context.text, now=context.now)
    context.show(views.written(result, now=context.now))


async def located(update: Update, context: BotContext) -> None:
    """Take a location as the map point asked."""
    assert context.draft is not None  # noqa: S101  # files come here by their draft
    location = update.message.location if update.message else None
    if location is None:
        raise NotAPoint
    point = f"{location.latitude:.6f} {location.longitude:.6f}"
    seat = await context.seat()
    result = await editing.take(context.work, seat, context.draft, point, now=context.now)
    context.show(views.written(result, now=context.now))


async def fetch(_update: Update, context: BotContext) -> None:
    """Send the edition as a workbook."""
    pick = views.FetchAll.parse(context.text)
    edition = await export.require_export(context.work, context.person, pick.edition_id)
    context.say(views.workbook(edition, context.person.id))


async def make_workbook(work: UnitOfWork, ids: Mapping[str, Any], now: datetime) -> tuple[str, bytes]:
    """The workbook, as things are when it is sent and if the person still has the right."""
    person = await work.people.get(int(ids["person_id"]))
    content = await export.export_edition(work, person, int(ids["edition_id"]), now=now)
    return await asyncio.to_thread(export_views.workbook, content, Reader(str(ids["language"]), now))


async def present(context: BotContext, edition_id: int) -> None:
    """An edition as it is now."""
    card = await editions.open_edition(context.work, context.person, edition_id)
    context.show(views.edition(card, now=context.now))


ROUTES = Routes(
    presses={
        Editions: leaving(list_all),
        OpenEdition: leaving(open_edition),
        OpenSheet: leaving(open_sheet),
        views.New: leaving(new),
        views.NewFor: leaving(new_for),
        views.NewFrom: leaving(new_from),
        views.Undated: undated,
        sheets.Ask: leaving(ask),
        sheets.Put: leaving(put),
        sheets.Clear: leaving(clear),
        sheets.ListFields: leaving(list_fields),
        sheets.ListFees: leaving(list_fees),
        views.Add: leaving(add),
        sheets.RemoveFee: leaving(remove_fee),
        views.FetchAll: fetch,
    },
    texts={editions.KIND: written},
    files={editions.KIND: located},
    present={"editions": present},
    makers={"edition_workbook": make_workbook},
)
