"""Actors: found, shown, edited, invited, merged and added by coordinators."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.actors import Pasted
from bot.services import actors, booking, invitations, merging
from bot.views import actors as views
from bot.views import booking as booking_views
from bot.views.queue_buttons import Actors, ShowActor
from bot.views.screen import Reader, Screen
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
    pick = views.BookFor.parse(context.text)
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
    pick = views.EditActor.parse(context.text)
    seat = await context.seat()
    context.show(views.edit(await actors.show_actor(context.work, seat, pick.actor_id, now=context.now)))


async def ask_field(_update: Update, context: BotContext) -> None:
    """Ask for a name, a contact and so on."""
    pick = views.AskActorField.parse(context.text)
    seat = await context.seat()
    context.show(views.ask_field(await actors.ask_field(context.work, seat, pick.actor_id, pick.what, now=context.now)))


async def set_kind(_update: Update, context: BotContext) -> None:
    """Another kind of organisation."""
    pick = views.SetActorKind.parse(context.text)
    seat = await context.seat()
    context.show(views.card(await actors.set_kind(context.work, seat, pick.actor_id, pick.kind, now=context.now)))


async def clear_field(_update: Update, context: BotContext) -> None:
    """Take away what is kept."""
    pick = views.ClearActorField.parse(context.text)
    seat = await context.seat()
    context.show(views.card(await actors.clear_field(context.work, seat, pick.draft_id, now=context.now)))


async def remove_member(_update: Update, context: BotContext) -> None:
    """Take a person's right away."""
    pick = views.RemoveMember.parse(context.text)
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
    context.show(views.ask_double(found))


async def _field(_update: Update, context: BotContext) -> None:
    assert context.draft is not None  # noqa: S101  # told by written
    seat = await context.seat()
    card = await actors.write_field(context.work, seat, context.draft, context.text, now=context.now)
    context.show(views.card(card))


_BY_STEP: Mapping[str, Handler] = {actors.SEARCH: _search, merging.MERGE: _double}


# Invited


async def invite(_update: Update, context: BotContext) -> None:
    """Ask to which edition the actor is invited."""
    pick = views.InviteActor.parse(context.text)
    where = await actors.which_edition(context.work, context.person, pick.actor_id, now=context.now)
    context.show(views.invite_where(where))


async def invite_to(_update: Update, context: BotContext) -> None:
    """Make a link, and a text to forward."""
    pick = views.InviteTo.parse(context.text)
    made = await actors.invite(context.work, context.person, pick.actor_id, pick.edition_id, now=context.now)
    address = context.link(invitations.payload(made.link.token))
    context.show(views.invited(made, address))
    context.say(views.to_forward(made, address))


async def invite_all(_update: Update, context: BotContext) -> None:
    """Ask to which edition all who have nobody are invited."""
    views.InviteAll.parse(context.text)
    context.show(views.invite_all_where(await actors.all_editions(context.work, context.person, now=context.now)))


async def invite_all_to(_update: Update, context: BotContext) -> None:
    """Make links for all who have nobody, in a file."""
    pick = views.InviteAllTo.parse(context.text)
    made = await actors.invite_unreachable(context.work, context.person, pick.edition_id, now=context.now)
    context.show(views.letters(made, context.person, context.link(invitations.payload(""))))


async def _letters(work: UnitOfWork, ids: Mapping[str, Any], now: datetime) -> tuple[str, bytes]:
    links = [(await work.actors.get(int(actor_id)), f"{ids['base']}{token}") for actor_id, token in ids["tokens"]]
    edition = await work.editions.get(int(ids["edition_id"])) if ids["edition_id"] is not None else None
    inviter, reader = await work.people.get(int(ids["person_id"])), Reader(str(ids["language"]), now)
    return await asyncio.to_thread(views.letters_file, links, edition, inviter, reader)


# Merged


async def ask_double(_update: Update, context: BotContext) -> None:
    """Ask which actor it is the same as."""
    pick = views.AskDouble.parse(context.text)
    seat = await context.seat()
    context.show(views.ask_double(await merging.ask_double(context.work, seat, pick.actor_id, now=context.now)))


async def pick_double(_update: Update, context: BotContext) -> None:
    """Show what would move."""
    pick = views.PickDouble.parse(context.text)
    seat = await context.seat()
    previewed = await merging.preview(context.work, seat, pick.draft_id, pick.actor_id, now=context.now)
    context.show(views.merging(previewed))


async def merge(_update: Update, context: BotContext) -> None:
    """Merge them."""
    pick = views.Merge.parse(context.text)
    context.show(views.merged(await merging.merge(context.work, await context.seat(), pick.draft_id, now=context.now)))


# Added


async def add(_update: Update, context: BotContext) -> None:
    """Ask for a name, or rows from a spreadsheet."""
    views.AddActors.parse(context.text)
    await actors.start_paste(context.work, await context.seat(), now=context.now)
    context.show(views.ask_rows())


async def paste(_update: Update, context: BotContext) -> None:
    """Read rows and show them."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(views.pasted(await actors.add_rows(context.work, seat, context.draft, context.text, now=context.now)))


async def set_paste_kind(_update: Update, context: BotContext) -> None:
    """What rows without a kind become."""
    pick = views.SetPasteKind.parse(context.text)
    seat = await context.seat()
    context.show(views.pasted(await actors.choose_kind(context.work, seat, pick.draft_id, pick.kind, now=context.now)))


async def save_paste(_update: Update, context: BotContext) -> None:
    """Save the rows."""
    pick = views.SavePaste.parse(context.text)
    result = await actors.save_rows(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(views.pasted(result) if isinstance(result, Pasted) else views.saved(result))


async def drop_paste(_update: Update, context: BotContext) -> None:
    """Begin the paste anew."""
    pick = views.DropPaste.parse(context.text)
    await actors.drop_rows(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(views.ask_rows())


# What others are told


async def _member_removed(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    return views.member_removed(await work.actors.get(int(ids["actor_id"])))


ROUTES = Routes(
    presses={
        Actors: list_all,
        ShowActor: show,
        views.BookFor: book_for,
        views.EditActor: edit,
        views.AskActorField: ask_field,
        views.SetActorKind: set_kind,
        views.ClearActorField: clear_field,
        views.RemoveMember: remove_member,
        views.InviteActor: invite,
        views.InviteTo: invite_to,
        views.InviteAll: invite_all,
        views.InviteAllTo: invite_all_to,
        views.AskDouble: ask_double,
        views.PickDouble: pick_double,
        views.Merge: merge,
        views.AddActors: add,
        views.SetPasteKind: set_paste_kind,
        views.SavePaste: save_paste,
        views.DropPaste: drop_paste,
    },
    texts={actors.KIND: written, actors.PASTE: paste},
    present={"actors": present},
    notices={"member_removed": _member_removed},
    makers={"invitation_letters": _letters},
)
