"""«Mina uppgifter», whom a person acts for, phone and e-mail; and newcomers, for coordinators."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.contact import BadPhone
from bot.domain.model import MemberState, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import contacts, invitations, members, people
from bot.views import newcomers
from bot.views import people as views
from bot.views.screen import Screen
from handlers.routes import Routes


async def details(_update: Update, context: BotContext) -> None:
    """Show what is kept about the person."""
    context.show(views.details(await people.details(context.work, context.person)))


async def tie(_update: Update, context: BotContext) -> None:
    """Show an actor that the person acts for."""
    pick = views.ShowTie.parse(context.text)
    context.show(views.tie(await people.own_tie(context.work, context.person, pick.actor_id)))


async def invite_colleague(_update: Update, context: BotContext) -> None:
    """Make a link for a colleague."""
    pick = views.InviteColleague.parse(context.text)
    link = await invitations.invite_colleague(context.work, context.person, pick.actor_id, now=context.now)
    context.show(views.link(link, context.link(invitations.payload(link.token))))


async def pass_on(_update: Update, context: BotContext) -> None:
    """Make a link for a successor."""
    pick = views.PassOn.parse(context.text)
    link = await invitations.pass_on(context.work, context.person, pick.actor_id, now=context.now)
    context.show(views.link(link, context.link(invitations.payload(link.token))))


async def ask_to_leave(_update: Update, context: BotContext) -> None:
    """Say whom it would touch."""
    pick = views.AskToLeave.parse(context.text)
    context.show(views.leaving(await people.ask_to_leave(context.work, context.person, pick.actor_id, now=context.now)))


async def leave(_update: Update, context: BotContext) -> None:
    """Stop acting for an actor."""
    pick = views.Leave.parse(context.text)
    context.show(views.left(await people.leave(context.work, context.person, pick.actor_id, now=context.now)))


# Phone and e-mail


async def ask_contact(context: BotContext) -> None:
    """After the first booking, ask once for phone and e-mail, on a card of its own below the present one."""
    question = await contacts.begin_contact(context.work, context.person, context.chat_id, now=context.now)
    if question is not None and question.draft.card_id is not None:
        context.show_below(question.draft.card_id, views.contact(question))


async def change_contact(_update: Update, context: BotContext) -> None:
    """Ask for another phone number or e-mail address."""
    pick = views.ChangeContact.parse(context.text)
    question = await contacts.change_contact(context.work, await context.seat(), pick.what, now=context.now)
    context.show(views.contact(question))


async def contact_written(_update: Update, context: BotContext) -> None:
    """Keep what was written."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    context.show(
        views.contact(await contacts.answer_contact(context.work, context.draft, context.text, now=context.now))
    )


async def contact_shared(update: Update, context: BotContext) -> None:
    """Keep the phone number of a contact that was shared."""
    assert context.draft is not None  # noqa: S101  # files come here by their draft
    shared = update.message.contact if update.message else None
    if shared is None:
        raise BadPhone
    answered = await contacts.answer_contact(context.work, context.draft, shared.phone_number, now=context.now)
    context.show(views.contact(answered))


async def skip_contact(_update: Update, context: BotContext) -> None:
    """Leave it."""
    pick = views.SkipContact.parse(context.text)
    seat = await context.seat()
    context.show(views.contact(await contacts.skip_contact(context.work, seat, pick.draft_id, now=context.now)))


async def forget_contact(_update: Update, context: BotContext) -> None:
    """Remove it."""
    pick = views.ForgetContact.parse(context.text)
    seat = await context.seat()
    context.show(views.contact(await contacts.forget_contact(context.work, seat, pick.draft_id, now=context.now)))


# Newcomers, for coordinators


async def newcomer(_update: Update, context: BotContext) -> None:
    """Show a newcomer as it stands."""
    pick = newcomers.ShowNewcomer.parse(context.text)
    shown = await members.show_newcomer(context.work, context.person, pick.member_id, now=context.now)
    context.show(newcomers.newcomer(shown))


async def approve(_update: Update, context: BotContext) -> None:
    """«Ja»."""
    pick = newcomers.Approve.parse(context.text)
    context.show(
        newcomers.newcomer(await members.approve_member(context.work, context.person, pick.member_id, now=context.now))
    )


async def ask_reason(_update: Update, context: BotContext) -> None:
    """«Nej»: ask why."""
    pick = newcomers.AskReason.parse(context.text)
    seat = await context.seat()
    context.show(newcomers.reason(await members.ask_reason(context.work, seat, pick.member_id, now=context.now)))


async def refuse(_update: Update, context: BotContext) -> None:
    """No, with the reason that was written."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    refused = await members.refuse_with(context.work, context.draft, context.person, context.text, now=context.now)
    context.show(newcomers.newcomer(refused))


async def refuse_silently(_update: Update, context: BotContext) -> None:
    """No, and no more is said."""
    pick = newcomers.RefuseWithoutReason.parse(context.text)
    seat = await context.seat()
    refused = await members.refuse_without_reason(context.work, seat, pick.draft_id, now=context.now)
    context.show(newcomers.newcomer(refused))


async def ask_which_known(_update: Update, context: BotContext) -> None:
    """«Samma som en annan»: ask which."""
    pick = newcomers.AskWhichKnown.parse(context.text)
    seat = await context.seat()
    asked = await members.ask_which_known(context.work, seat, pick.member_id, now=context.now)
    context.show(newcomers.which_known(asked))


async def known_written(_update: Update, context: BotContext) -> None:
    """Look for the known actor by what was written."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    context.show(newcomers.which_known(await members.find_known(context.work, context.draft, context.text)))


async def approve_as(_update: Update, context: BotContext) -> None:
    """Yes, for a known actor."""
    pick = newcomers.ApproveAs.parse(context.text)
    seat = await context.seat()
    approved = await members.approve_as(context.work, seat, pick.draft_id, pick.actor_id, now=context.now)
    context.show(newcomers.newcomer(approved))


# What others are told


async def _newcomer(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    asked = await members.find_newcomer(work, int(ids["member_id"]))
    return newcomers.newcomer(asked) if asked.member.state is MemberState.REQUESTED else None


async def _approved(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    asked = await members.find_newcomer(work, int(ids["member_id"]))
    return newcomers.approved(asked) if asked.member.state is MemberState.ACTIVE else None


async def _refused(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    asked = await members.find_newcomer(work, int(ids["member_id"]))
    return newcomers.refused(asked, ids["reason"]) if asked.member.state is MemberState.ENDED else None


async def _passed_on(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    actor, taker = await work.actors.get(int(ids["actor_id"])), await work.people.get(int(ids["taker_id"]))
    return views.passed_on(actor.name, taker.name)


ROUTES = Routes(
    presses={
        views.MyDetails: details,
        views.ShowTie: tie,
        views.InviteColleague: invite_colleague,
        views.PassOn: pass_on,
        views.AskToLeave: ask_to_leave,
        views.Leave: leave,
        views.ChangeContact: change_contact,
        views.SkipContact: skip_contact,
        views.ForgetContact: forget_contact,
        newcomers.ShowNewcomer: newcomer,
        newcomers.Approve: approve,
        newcomers.AskReason: ask_reason,
        newcomers.RefuseWithoutReason: refuse_silently,
        newcomers.AskWhichKnown: ask_which_known,
        newcomers.ApproveAs: approve_as,
    },
    texts={contacts.KIND: contact_written, members.REFUSE: refuse, members.SAME: known_written},
    files={contacts.KIND: contact_shared},
    notices={
        "newcomer": _newcomer,
        "member_approved": _approved,
        "member_refused": _refused,
        "passed_on": _passed_on,
    },
)
