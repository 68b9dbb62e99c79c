"""To whom an announcement goes."""

from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.announcements import AudienceKind
from bot.domain.model import ActorKind
from bot.services import addressing
from bot.views import announcement_buttons as buttons
from bot.views.press import UnknownButton
from handlers.announcements import show_next
from handlers.routes import Routes


async def audience(_update: Update, context: BotContext) -> None:
    """Show an edition's audiences."""
    pick = buttons.ForEdition.parse(context.text)
    seat = await context.seat()
    await show_next(
        context,
        await addressing.choose_audience(context.work, seat, pick.draft_id, pick.edition_id, now=context.now),
    )


async def editions(_update: Update, context: BotContext) -> None:
    """Ask which edition it is about."""
    pick = buttons.OtherEditions.parse(context.text)
    seat = await context.seat()
    await show_next(context, await addressing.list_editions(context.work, seat, pick.draft_id, now=context.now))


async def pick_audience(_update: Update, context: BotContext) -> None:
    """Take the audience."""
    pick = buttons.PickAudience.parse(context.text)
    kind = _member(AudienceKind, pick.kind)
    result = await addressing.pick_audience(
        context.work, await context.seat(), pick.draft_id, kind, pick.edition_id, now=context.now
    )
    await show_next(context, result)


async def toggle_kind(_update: Update, context: BotContext) -> None:
    """A kind of actor, more or less."""
    pick = buttons.ToggleKind.parse(context.text)
    kind = _member(ActorKind, pick.kind)
    seat = await context.seat()
    await show_next(
        context,
        await addressing.toggle_kind(context.work, seat, pick.draft_id, kind, on=bool(pick.on), now=context.now),
    )


async def actors(_update: Update, context: BotContext) -> None:
    """Turn the page of actors."""
    pick = buttons.ActorPage.parse(context.text)
    result = await addressing.list_actors(
        context.work, await context.seat(), pick.draft_id, pick.page, every=bool(pick.every), now=context.now
    )
    await show_next(context, result)


async def toggle_actor(_update: Update, context: BotContext) -> None:
    """A single actor, more or less."""
    pick = buttons.ToggleActor.parse(context.text)
    result = await addressing.toggle_actor(
        context.work, await context.seat(), pick.draft_id, pick.actor_id, pick.page, on=bool(pick.on), now=context.now
    )
    await show_next(context, result)


async def chosen(_update: Update, context: BotContext) -> None:
    """Go on with what was chosen."""
    pick = buttons.Chosen.parse(context.text)
    await show_next(
        context, await addressing.chosen(context.work, await context.seat(), pick.draft_id, now=context.now)
    )


def _member(kind: Any, value: str) -> Any:
    """A member of an enumeration by a button's word. Raises UnknownButton."""
    try:
        return kind(value)
    except ValueError as error:
        raise UnknownButton from error


ROUTES = Routes(
    presses={
        buttons.PickAudience: pick_audience,
        buttons.OtherEditions: editions,
        buttons.ForEdition: audience,
        buttons.ToggleKind: toggle_kind,
        buttons.ActorPage: actors,
        buttons.ToggleActor: toggle_actor,
        buttons.Chosen: chosen,
    },
)
