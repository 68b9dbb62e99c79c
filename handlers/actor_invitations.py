"""Inviting actors: a link and a text to forward, or a file of links for a mail merge."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import actor_invitations, invitations
from bot.views import actor_buttons as buttons
from bot.views import actor_invitations as views
from bot.views.screen import Reader
from handlers.routes import Routes


async def invite(_update: Update, context: BotContext) -> None:
    """Ask to which edition the actor is invited."""
    pick = buttons.InviteActor.parse(context.text)
    where = await actor_invitations.which_edition(context.work, context.person, pick.actor_id, now=context.now)
    context.show(views.invite_where(where))


async def invite_to(_update: Update, context: BotContext) -> None:
    """Make a link, and a text to forward."""
    pick = buttons.InviteTo.parse(context.text)
    made = await actor_invitations.invite(context.work, context.person, pick.actor_id, pick.edition_id, now=context.now)
    address = context.link(invitations.payload(made.link.token))
    context.show(views.invited(made, address))
    context.say(views.to_forward(made, address))


async def invite_all(_update: Update, context: BotContext) -> None:
    """Ask to which edition all who have nobody are invited."""
    buttons.InviteAll.parse(context.text)
    context.show(
        views.invite_all_where(await actor_invitations.all_editions(context.work, context.person, now=context.now))
    )


async def invite_all_to(_update: Update, context: BotContext) -> None:
    """Make links for all who have nobody, in a file."""
    pick = buttons.InviteAllTo.parse(context.text)
    made = await actor_invitations.invite_unreachable(context.work, context.person, pick.edition_id, now=context.now)
    context.show(views.letters(made, context.person, context.link(invitations.payload(""))))


async def _letters(work: UnitOfWork, ids: Mapping[str, Any], now: datetime) -> tuple[str, bytes]:
    links = [(await work.actors.get(int(actor_id)), f"{ids['base']}{token}") for actor_id, token in ids["tokens"]]
    edition = await work.editions.get(int(ids["edition_id"])) if ids["edition_id"] is not None else None
    inviter, reader = await work.people.get(int(ids["person_id"])), Reader(str(ids["language"]), now)
    return await asyncio.to_thread(views.letters_file, links, edition, inviter, reader)


ROUTES = Routes(
    presses={
        buttons.InviteActor: invite,
        buttons.InviteTo: invite_to,
        buttons.InviteAll: invite_all,
        buttons.InviteAllTo: invite_all_to,
    },
    makers={"invitation_letters": _letters},
)
