"""/sprak: the language, and the menu that follows it."""

from collections.abc import Mapping

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import invitations, joining, people, rights
from bot.views import invitations as invitation_views
from bot.views import language as views
from bot.views import start as start_views
from bot.views.menus import own_menu
from handlers.routes import Presenter, Routes


async def ask(_update: Update, context: BotContext) -> None:
    """Ask which language."""
    context.show(views.choice())


async def choose(_update: Update, context: BotContext) -> None:
    """Go on in the chosen language: the card that was open anew, and the menu."""
    pick = views.PickLanguage.parse(context.text)
    context.person = await people.choose_language(context.work, context.person, pick.language)
    await refresh_menu(context.work, context.person)
    draft = await people.open_dialogue(context.work, context.person, pick.draft_id)
    await _SHOWN_AGAIN.get(draft.kind if draft else "", _chosen)(context, pick.draft_id or 0)


async def _chosen(context: BotContext, _draft_id: int) -> None:
    context.show(views.chosen(context.person.language))


async def _invited(context: BotContext, draft_id: int) -> None:
    invited = await invitations.show_again(context.work, await context.seat(), draft_id)
    context.show(invitation_views.invited(invited, context.person.language))


async def _joining(context: BotContext, draft_id: int) -> None:
    asked = await joining.ask_again(context.work, await context.seat(), draft_id, now=context.now)
    context.show(start_views.joining(asked, context.person.language))


_SHOWN_AGAIN: Mapping[str, Presenter] = {invitations.KIND: _invited, joining.JOIN: _joining}


async def refresh_menu(work: UnitOfWork, person: Person) -> None:
    """Give the person's chat the menu of their language and role, as they are now."""
    coordinators = await rights.is_coordinator(work, person)
    await work.outbox.add(own_menu(person.user_id, person.language, coordinators=coordinators))


ROUTES = Routes(presses={views.PickLanguage: choose})
