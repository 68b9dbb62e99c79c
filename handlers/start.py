"""/start, /hjalp and /avbryt: first contact, home, help, and the way out."""

from telegram import Update

from bot.context import BotContext
from bot.services import invitations, joining, people, rights
from bot.views import invitations as invitation_views
from bot.views import start as views
from bot.views.people import JoinAnother
from handlers.language import refresh_menu
from handlers.routes import Routes


async def home(_update: Update, context: BotContext) -> None:
    """Show the home card; ask a newcomer for their organisation."""
    at_home = await people.go_home(context.work, await context.seat(), now=context.now)
    if at_home.is_known:
        context.show(views.home(at_home))
    else:
        await ask_organisation(_update, context)


async def ask_organisation(_update: Update, context: BotContext) -> None:
    """Ask for which organisation."""
    asked = await joining.start_joining(context.work, await context.seat(), now=context.now)
    context.show(views.joining(asked, context.person.language))


async def organisation_named(_update: Update, context: BotContext) -> None:
    """Take what was written as the organisation's name."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    named = await joining.name_organisation(context.work, context.draft, context.text, now=context.now)
    context.show(views.joining(named, context.person.language))


async def organisation_picked(_update: Update, context: BotContext) -> None:
    """It is one of those known."""
    pick = views.PickOrganisation.parse(context.text)
    seat = await context.seat()
    context.show(
        views.asked(await joining.join_known(context.work, seat, pick.draft_id, pick.actor_id, now=context.now))
    )


async def none_of_these(_update: Update, context: BotContext) -> None:
    """It is not known: ask what kind it is."""
    pick = views.NoneOfThese.parse(context.text)
    asked = await joining.none_of_these(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(views.joining(asked, context.person.language))


async def ask_again(_update: Update, context: BotContext) -> None:
    """Another name."""
    pick = views.AskAgain.parse(context.text)
    asked = await joining.ask_again(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(views.joining(asked, context.person.language))


async def kind_picked(_update: Update, context: BotContext) -> None:
    """Ask coordinators about the new organisation."""
    pick = views.PickOrganisationKind.parse(context.text)
    seat = await context.seat()
    context.show(views.asked(await joining.join_new(context.work, seat, pick.draft_id, pick.kind, now=context.now)))


async def invited(_update: Update, context: BotContext) -> None:
    """Show the invitation behind the link; home when it was accepted before."""
    token = context.args[0].partition("_")[2]
    seat = await context.seat()
    invitation = await invitations.open_invitation(context.work, seat, token, now=context.now)
    if invitation is None:
        await home(_update, context)
    else:
        context.show(invitation_views.invited(invitation, context.person.language))


async def accept(_update: Update, context: BotContext) -> None:
    """«Ja, det är jag»."""
    pick = invitation_views.AcceptInvitation.parse(context.text)
    accepted = await invitations.accept(context.work, await context.seat(), pick.draft_id, now=context.now)
    await refresh_menu(context.work, context.person)
    context.show(invitation_views.accepted(accepted))


async def decline(_update: Update, context: BotContext) -> None:
    """«Nej, fel person»."""
    pick = invitation_views.DeclineInvitation.parse(context.text)
    declined = await invitations.decline(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(invitation_views.declined(declined))


async def who_is_right(_update: Update, context: BotContext) -> None:
    """Pass on who was meant."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    await invitations.tell_who(context.work, context.draft, context.text, now=context.now)
    context.show(invitation_views.thanked())


async def unsaid(_update: Update, context: BotContext) -> None:
    """The person does not know who was meant."""
    pick = invitation_views.LeaveUnsaid.parse(context.text)
    await invitations.leave_unsaid(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(invitation_views.thanked())


async def how_it_works(_update: Update, context: BotContext) -> None:
    """«Så går det till»."""
    context.show(views.how_it_works())


async def about_data(_update: Update, context: BotContext) -> None:
    """«Om dina uppgifter»."""
    context.show(views.about_data())


async def help_(_update: Update, context: BotContext) -> None:
    """What one can do here."""
    coordinates = await rights.is_coordinator(context.work, context.person)
    context.show(views.help_card(coordinates=coordinates, language=context.person.language))


async def cancel(_update: Update, context: BotContext) -> None:
    """End the dialogue that is open, and let go of what it holds."""
    cancelled = await people.cancel_dialogue(context.work, context.person, context.chat_id, now=context.now)
    context.show(views.cancelled(cancelled))


ROUTES = Routes(
    presses={
        JoinAnother: ask_organisation,
        views.PickOrganisation: organisation_picked,
        views.NoneOfThese: none_of_these,
        views.AskAgain: ask_again,
        views.PickOrganisationKind: kind_picked,
        views.HowItWorks: how_it_works,
        views.AboutData: about_data,
        invitation_views.AcceptInvitation: accept,
        invitation_views.DeclineInvitation: decline,
        invitation_views.LeaveUnsaid: unsaid,
    },
    texts={joining.JOIN: organisation_named, invitations.KIND: who_is_right},
    payloads={invitations.PREFIX: invited},
)
