"""A coordinator's stages and slots, and what those who are touched by a change are told."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.slots import Act, AskedWhen, Written
from bot.services import slot_changes, slot_news, slots
from bot.views import slot_changes as changes
from bot.views import slots as views
from bot.views.edition_buttons import OpenSlot, OpenStage, Stages
from bot.views.press import Press
from bot.views.screen import Screen
from handlers.coordinate import leaving
from handlers.routes import Handler, Routes


async def list_stages(_update: Update, context: BotContext) -> None:
    """Show an edition's stages."""
    pick = Stages.parse(context.text)
    context.show(views.stages(await slots.list_stages(context.work, context.person, pick.edition_id)))


async def new_stage(_update: Update, context: BotContext) -> None:
    """Ask for a stage's name and address."""
    pick = views.NewStage.parse(context.text)
    seat = await context.seat()
    context.show(views.asked_stage(await slots.ask_stage(context.work, seat, pick.edition_id, now=context.now)))


async def remove_stage(_update: Update, context: BotContext) -> None:
    """Take a stage away."""
    pick = views.RemoveStage.parse(context.text)
    context.show(views.stages(await slots.remove_stage(context.work, context.person, pick.stage_id, now=context.now)))


async def open_stage(_update: Update, context: BotContext) -> None:
    """Show a stage's days."""
    pick = OpenStage.parse(context.text)
    context.show(views.stage(await slots.open_stage(context.work, context.person, pick.stage_id)))


async def open_day(_update: Update, context: BotContext) -> None:
    """Show a stage's slots on a day."""
    pick = views.OpenDay.parse(context.text)
    day = views.day_of(pick.day)
    context.show(views.stage(await slots.open_stage(context.work, context.person, pick.stage_id, day)))


async def add_slots(_update: Update, context: BotContext) -> None:
    """Ask for new slots."""
    pick = views.AddSlots.parse(context.text)
    seat = await context.seat()
    context.show(views.asked_slots(await slots.ask_slots(context.work, seat, pick.stage_id, now=context.now)))


async def save_slots(_update: Update, context: BotContext) -> None:
    """Save the slots that were shown."""
    pick = views.SaveSlots.parse(context.text)
    seat = await context.seat()
    context.show(views.stage(await slots.save_slots(context.work, seat, pick.draft_id, now=context.now)))


async def remove_free(_update: Update, context: BotContext) -> None:
    """Ask before a day's free slots are taken away."""
    pick = views.RemoveFree.parse(context.text)
    day = views.day_of(pick.day)
    asked = await slots.removing_free(context.work, context.person, pick.stage_id, day)
    context.show(views.removing_free(asked))


async def remove_free_now(_update: Update, context: BotContext) -> None:
    """Take a day's free slots away."""
    pick = views.RemoveFreeNow.parse(context.text)
    day = views.day_of(pick.day)
    left = await slots.remove_free(context.work, context.person, pick.stage_id, day, now=context.now)
    context.show(views.stage(left))


async def open_slot(_update: Update, context: BotContext) -> None:
    """Show one slot."""
    pick = OpenSlot.parse(context.text)
    context.show(changes.slot(await slots.open_slot(context.work, context.person, pick.slot_id)))


async def reopen(_update: Update, context: BotContext) -> None:
    """Open a blocked slot, or put back one that was taken away."""
    pick = changes.Reopen.parse(context.text)
    card = await slots.reopen(context.work, context.person, pick.slot_id, pick.revision, now=context.now)
    context.show(changes.slot(card))


def beginning(press: type[Press], act: Act) -> Handler:
    """The handler that begins an act on the slot behind a button."""

    async def begin(_update: Update, context: BotContext) -> None:
        slot_id = int(getattr(press.parse(context.text), "slot_id"))  # noqa: B009  # all these buttons have one
        result = await slot_changes.begin(context.work, await context.seat(), slot_id, act, now=context.now)
        context.show(changes.asked_when(result) if isinstance(result, AskedWhen) else changes.change(result))

    return begin


async def to_slot(_update: Update, context: BotContext) -> None:
    """Move what is booked to a free slot."""
    pick = changes.ToSlot.parse(context.text)
    seat = await context.seat()
    result = await slot_changes.move_to_slot(context.work, seat, pick.draft_id, pick.slot_id, now=context.now)
    context.show(changes.change(result))


async def to_stage(_update: Update, context: BotContext) -> None:
    """Move the slot to another stage."""
    pick = changes.ToStage.parse(context.text)
    seat = await context.seat()
    result = await slot_changes.move_to_stage(context.work, seat, pick.draft_id, pick.stage_id, now=context.now)
    context.show(changes.change(result))


async def confirm(_update: Update, context: BotContext) -> None:
    """Do it and tell those it touches."""
    pick = changes.Confirm.parse(context.text)
    seat = await context.seat()
    context.show(changes.change(await slot_changes.confirm(context.work, seat, pick.draft_id, now=context.now)))


async def drop(_update: Update, context: BotContext) -> None:
    """Leave things as they are."""
    pick = views.Drop.parse(context.text)
    context.show(changes.dropped(await slots.drop(context.work, await context.seat(), pick.draft_id, now=context.now)))


async def written(_update: Update, context: BotContext) -> None:
    """Take what was written: a stage, new slots, a new time, or why."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(
        changes.written(
            await TEXTS[context.draft.step](context.work, seat, context.draft, context.text, now=context.now)
        )
    )


TEXTS: Mapping[str, Callable[..., Awaitable[Written]]] = {
    "stage": slots.add_stage,
    "slots": slots.preview_slots,
    "when": slot_changes.take,
    "reason": slot_changes.take,
    "confirm": slot_changes.take,
}
"""What takes a text, by the step that its draft waits at."""


async def slot_moved(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """The reader's time was moved."""
    told = await slot_news.told_of_move(work, ids)
    return None if told is None else changes.moved(told)


async def slot_cancelled(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], now: datetime) -> Screen | None:
    """The reader's time was taken away."""
    return changes.called_off(await slot_news.told_of_end(work, ids, now=now))


async def place_changed(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """The reader's stage has another address."""
    view = await slot_news.told_of_place(work, ids)
    return None if view is None else changes.place_changed(view)


async def present(context: BotContext, slot_id: int) -> None:
    """A slot as it is now."""
    context.show(changes.slot(await slots.open_slot(context.work, context.person, slot_id)))


ROUTES = Routes(
    presses={
        Stages: leaving(list_stages),
        OpenStage: leaving(open_stage),
        OpenSlot: leaving(open_slot),
        views.NewStage: leaving(new_stage),
        views.RemoveStage: leaving(remove_stage),
        views.OpenDay: leaving(open_day),
        views.AddSlots: leaving(add_slots),
        views.SaveSlots: save_slots,
        views.RemoveFree: leaving(remove_free),
        views.RemoveFreeNow: leaving(remove_free_now),
        changes.Reopen: leaving(reopen),
        changes.Move: leaving(beginning(changes.Move, Act.MOVE)),
        changes.Block: leaving(beginning(changes.Block, Act.BLOCK)),
        changes.CancelSlot: leaving(beginning(changes.CancelSlot, Act.CANCEL)),
        changes.ToSlot: to_slot,
        changes.ToStage: to_stage,
        changes.Confirm: confirm,
        views.Drop: drop,
    },
    texts={slots.KIND: written},
    present={"slots": present},
    notices={"slot_moved": slot_moved, "slot_cancelled": slot_cancelled, "place_changed": place_changed},
)
