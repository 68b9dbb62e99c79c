"""Actors: found, shown, edited and merged by coordinators."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import actors, booking, merging
from bot.views import actor_buttons as buttons
from bot.views import actors as views
from bot.views import booking as booking_views
from bot.views import merging as merging_views
from bot.views.queue_buttons import Actors, ShowActor
from bot.views.screen import Screen
from handlers.routes import Handler, Routes


async def list_all(_update: Update, context: BotContext) -> None:
    """Show a page of the actors."""
    pick = Actors.parse(context.text)
    seat = await context.seat()
    context.show(views.listed(await actors.list_actors(context.work, seat, pick.page or 0, now=context.now)))


async def present(context: BotContext, actor_id: int) -> None:
    """Show an actor as it is now."""
    context.show(views.card(await actors.show_actor(context.work, await context.seat(), actor_id, now=context.now)))


async def show(_update: Update, context: BotContext) -> None:
    """Show an actor."""
    await present(context, ShowActor.parse(context.text).actor_id)


async def book_for(_update: Update, context: BotContext) -> None:
    """Begin to book for the actor, where only one edition can be meant; else ask which."""
    pick = buttons.BookFor.parse(context.text)
    where = await actors.editions_to_book(context.work, context.person, pick.actor_id, now=context.now)
    if len(where.editions) != 1:
        context.show(views.book_where(where))
        return
    seat, edition_id = await context.seat(), where.editions[0].id
    begun = await booking.start_booking(context.work, seat, edition_id, pick.actor_id, now=context.now)
    context.show(booking_views.begun(begun))


# Edited


async def edit(_update: Update, context: BotContext) -> None:
    """Ask what to change."""
    pick = buttons.EditActor.parse(context.text)
    seat = await context.seat()
    context.show(views.edit(await actors.show_actor(context.work, seat, pick.actor_id, now=context.now)))


async def ask_field(_update: Update, context: BotContext) -> None:
    """Ask for a name, a contact and so on."""
    pick = buttons.AskActorField.parse(context.text)
    seat = await context.seat()
    context.show(views.ask_field(await actors.ask_field(context.work, seat, pick.actor_id, pick.what, now=context.now)))


async def set_kind(_update: Update, context: BotContext) -> None:
    """Another kind of organisation."""
    pick = buttons.SetActorKind.parse(context.text)
    seat = await context.seat()
    context.show(views.card(await actors.set_kind(context.work, seat, pick.actor_id, pick.kind, now=context.now)))


async def set_municipality(_update: Update, context: BotContext) -> None:
    """Keep where it has its seat."""
    pick = buttons.SetMunicipality.parse(context.text)
    seat = await context.seat()
    kept = await actors.set_municipality(context.work, seat, pick.actor_id, pick.number, now=context.now)
    context.show(views.card(kept))


async def clear_field(_update: Update, context: BotContext) -> None:
    """Take away what is kept."""
    pick = buttons.ClearActorField.parse(context.text)
    seat = await context.seat()
    context.show(views.card(await actors.clear_field(context.work, seat, pick.draft_id, now=context.now)))


async def remove_member(_update: Update, context: BotContext) -> None:
    """Take a person's right away."""
    pick = buttons.RemoveMember.parse(context.text)
    seat = await context.seat()
    card = await actors.remove_member(context.work, seat, pick.actor_id, pick.person_id, now=context.now)
    context.show(views.card(card))


async def written(update: Update, context: BotContext) -> None:
    """Take what was written, by the draft's step: something to search for, an actor's double, or a new value."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    await _BY_STEP.get(context.draft.step, _field)(update, context)


async def _search(_update: Update, context: BotContext) -> None:
    context.show(views.listed(await actors.search(context.work, context.person, context.text)))


async def _double(_update: Update, context: BotContext) -> None:
    assert context.draft is not None  # noqa: S101  # told by written
    found = await merging.find_double(context.work, await context.seat(), context.draft, context.text)
    context.show(merging_views.ask_double(found))


async def _field(_update: Update, context: BotContext) -> None:
    assert context.draft is not None  # noqa: S101  # told by written
    seat = await context.seat()
    card = await actors.write_field(context.work, seat, context.draft, context.text, now=context.now)
    context.show(views.card(card))


_BY_STEP: Mapping[str, Handler] = {actors.SEARCH: _search, merging.MERGE: _double}


# Merged


async def ask_double(_update: Update, context: BotContext) -> None:
    """Ask which actor it is the same as."""
    pick = buttons.AskDouble.parse(context.text)
    seat = await context.seat()
    context.show(merging_views.ask_double(await merging.ask_double(context.work, seat, pick.actor_id, now=context.now)))


async def pick_double(_update: Update, context: BotContext) -> None:
    """Show what would move."""
    pick = buttons.PickDouble.parse(context.text)
    seat = await context.seat()
    previewed = await merging.preview(context.work, seat, pick.draft_id, pick.actor_id, now=context.now)
    context.show(merging_views.merging(previewed))


async def merge(_update: Update, context: BotContext) -> None:
    """Merge them."""
    pick = buttons.Merge.parse(context.text)
    context.show(
        merging_views.merged(await merging.merge(context.work, await context.seat(), pick.draft_id, now=context.now))
    )


# What others are told


async def _member_removed(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    return views.member_removed(await work.actors.get(int(ids["actor_id"])))


ROUTES = Routes(
    presses={
        Actors: list_all,
        ShowActor: show,
        buttons.BookFor: book_for,
        buttons.EditActor: edit,
        buttons.AskActorField: ask_field,
        buttons.SetActorKind: set_kind,
        buttons.SetMunicipality: set_municipality,
        buttons.ClearActorField: clear_field,
        buttons.RemoveMember: remove_member,
        buttons.AskDouble: ask_double,
        buttons.PickDouble: pick_double,
        buttons.Merge: merge,
    },
    texts={actors.KIND: written},
    present={"actors": present},
    notices={"member_removed": _member_removed},
)
