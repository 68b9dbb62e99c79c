"""/natverk: who lets themselves be found, whom they find, and who comes in contact."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Person
from bot.domain.networks import NotShown
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.networks import Asking, Via
from bot.services import contact_requests as requests
from bot.services import edition_evaluations, networks
from bot.views import contact_requests as request_views
from bot.views import network_buttons as buttons
from bot.views import networks as views
from bot.views.screen import Screen
from handlers.routes import Routes


async def begin(_update: Update, context: BotContext) -> None:
    """What others are shown, and where they are."""
    context.show(views.home(await networks.home(context.work, await context.seat(), now=context.now)))


async def present(context: BotContext, _person_id: int) -> None:
    """Whoever the old card showed: the reader's own page."""
    context.show(views.home(await networks.home(context.work, await context.seat(), now=context.now)))


async def explain(context: BotContext, _error: NotShown) -> None:
    """Who sees nobody is asked whether they will be shown."""
    await present(context, context.person.id)


async def show_me(_update: Update, context: BotContext) -> None:
    """Yes, or no longer."""
    on = bool(buttons.ShowMe.parse(context.text).on)
    context.show(views.home(await networks.set_shown(context.work, await context.seat(), on=on, now=context.now)))


async def stop_ambassador(_update: Update, context: BotContext) -> None:
    """No longer an ambassador."""
    pick = buttons.StopAmbassador.parse(context.text)
    await edition_evaluations.stop_being_ambassador(context.work, context.person, pick.edition_id, now=context.now)
    seat = await context.seat()
    context.show(views.home(await networks.home(context.work, seat, now=context.now, said="stopped")))


async def circle(_update: Update, context: BotContext) -> None:
    """Those who follow the same, or come to the same."""
    pick = buttons.ShowCircle.parse(context.text)
    via, seat = Via(pick.issue_id, pick.edition_id), await context.seat()
    context.show(views.circle(await networks.circle(context.work, seat, via, pick.page, now=context.now)))


async def list_contacts(_update: Update, context: BotContext) -> None:
    """Requests of the reader and to them."""
    pick = buttons.ListContacts.parse(context.text)
    context.show(
        views.contacts(await networks.contacts(context.work, await context.seat(), pick.page, now=context.now))
    )


async def _fellow(context: BotContext, person_id: int, via: Via) -> None:
    seat = await context.seat()
    context.show(views.fellow(await networks.show(context.work, seat, person_id, via, now=context.now)))


async def show_fellow(_update: Update, context: BotContext) -> None:
    """Somebody else's card."""
    pick = buttons.ShowFellow.parse(context.text)
    await _fellow(context, pick.person_id, Via(pick.issue_id, pick.edition_id))


async def present_fellow(context: BotContext, person_id: int) -> None:
    """What there is between the two now."""
    await _fellow(context, person_id, Via())


async def ask(_update: Update, context: BotContext) -> None:
    """Ask why."""
    pick = buttons.AskContact.parse(context.text)
    via, seat = Via(pick.issue_id, pick.edition_id), await context.seat()
    context.show(request_views.asking(await requests.ask(context.work, seat, pick.person_id, via, now=context.now)))


async def written(_update: Update, context: BotContext) -> None:
    """The reason."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    begun = await requests.write(context.work, seat, context.draft, context.text, now=context.now)
    context.show(request_views.asking(begun))


async def toggle(_update: Update, context: BotContext) -> None:
    """Share something, or no longer."""
    pick = buttons.ToggleShare.parse(context.text)
    seat = await context.seat()
    begun = await requests.toggle(context.work, seat, pick.draft_id, pick.share, now=context.now)
    context.show(request_views.asking(begun) if isinstance(begun, Asking) else request_views.answering(begun))


async def send(_update: Update, context: BotContext) -> None:
    """Ask."""
    pick = buttons.SendContact.parse(context.text)
    context.show(views.fellow(await requests.send(context.work, await context.seat(), pick.draft_id, now=context.now)))


async def accept(_update: Update, context: BotContext) -> None:
    """Yes: ask what to share back."""
    pick = buttons.AcceptContact.parse(context.text)
    seat = await context.seat()
    context.show(request_views.answering(await requests.accept(context.work, seat, pick.request_id, now=context.now)))


async def refuse(_update: Update, context: BotContext) -> None:
    """No."""
    pick = buttons.RefuseContact.parse(context.text)
    seat = await context.seat()
    refused = await requests.refuse(context.work, seat, pick.request_id, pick.revision, now=context.now)
    context.show(views.fellow(refused))


async def exchange(_update: Update, context: BotContext) -> None:
    """Give each what both agreed to."""
    pick = buttons.ExchangeContact.parse(context.text)
    seat = await context.seat()
    context.show(views.fellow(await requests.exchange(context.work, seat, pick.draft_id, now=context.now)))


# What the two are told


async def contact_asked(work: UnitOfWork, reader: Person, ids: Mapping[str, Any], now: datetime) -> Screen | None:
    """Somebody asks the reader for contact."""
    asked = await requests.asked(work, reader, int(ids["request_id"]), now=now)
    return None if asked is None else request_views.asked(asked)


async def contact_exchanged(work: UnitOfWork, reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """Whom the reader asked has said yes."""
    exchanged = await requests.exchanged(work, reader, int(ids["request_id"]))
    return None if exchanged is None else request_views.exchanged(exchanged)


ROUTES = Routes(
    presses={
        buttons.ShowMe: show_me,
        buttons.StopAmbassador: stop_ambassador,
        buttons.ShowCircle: circle,
        buttons.ListContacts: list_contacts,
        buttons.ShowFellow: show_fellow,
        buttons.AskContact: ask,
        buttons.ToggleShare: toggle,
        buttons.SendContact: send,
        buttons.AcceptContact: accept,
        buttons.RefuseContact: refuse,
        buttons.ExchangeContact: exchange,
    },
    texts={networks.KIND: written},
    present={"networks": present, "contact_requests": present_fellow},
    remedies={NotShown: explain},
    notices={requests.ASKED: contact_asked, requests.EXCHANGED: contact_exchanged},
)
