"""Coordinators: who runs which arenas, invited and taken away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import coordinators, invitations
from bot.views import coordinators as views
from bot.views.screen import Screen
from handlers.language import refresh_menu
from handlers.routes import Routes


async def list_all(_update: Update, context: BotContext) -> None:
    """Show who runs which arenas."""
    views.Coordinators.parse(context.text)
    context.show(views.listed(await coordinators.list_coordinators(context.work, context.person)))


async def invite(_update: Update, context: BotContext) -> None:
    """Ask of which arena."""
    views.InviteCoordinator.parse(context.text)
    context.show(views.invite_where(await coordinators.list_coordinators(context.work, context.person)))


async def invite_to(_update: Update, context: BotContext) -> None:
    """Make a link."""
    pick = views.InviteCoordinatorTo.parse(context.text)
    made = await coordinators.invite(context.work, context.person, pick.arena_id, now=context.now)
    context.show(views.invited(made, context.link(invitations.payload(made.token))))


async def remove(_update: Update, context: BotContext) -> None:
    """Take a right away, and give the person the menu that is left."""
    pick = views.RemoveRight.parse(context.text)
    left = await coordinators.remove_right(context.work, context.person, pick.right_id, now=context.now)
    if left.holder is not None:
        await refresh_menu(context.work, left.holder)
    context.show(views.removed(left))


async def _right_removed(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    arena_id = ids["arena_id"]
    return views.right_removed(await work.arenas.get(int(arena_id)) if arena_id is not None else None)


async def _left(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    arena_id = ids["arena_id"]
    return views.left(await coordinators.left_of(work, int(arena_id) if arena_id is not None else None))


ROUTES = Routes(
    presses={
        views.Coordinators: list_all,
        views.InviteCoordinator: invite,
        views.InviteCoordinatorTo: invite_to,
        views.RemoveRight: remove,
    },
    notices={"right_removed": _right_removed, "coordinator_left": _left},
)
