"""/utskick: announcements to many."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.announcements import AlreadyConfirmed, AudienceKind
from bot.domain.languages import LANGUAGES
from bot.domain.model import ActorKind, Person
from bot.domain.outgoing import Delivery, Outgoing
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import addressing, announcements, sending
from bot.services import announcement_reports as reports
from bot.services.announcement_drafts import KIND
from bot.views import announcement_buttons as buttons
from bot.views import announcements as views
from bot.views import sending as sending_views
from bot.views.press import UnknownButton
from bot.views.screen import Reader, Screen
from handlers.routes import Routes


async def _show(context: BotContext, result: views.Result) -> None:
    """Show the card, below the message as it will be seen where that is new."""
    readers = {language: Reader(language, context.now) for language in LANGUAGES}
    for row in views.beside(result, readers, chat_id=context.chat_id):
        await context.work.outbox.add(row)
    context.show(views.card(result))


async def begin(_update: Update, context: BotContext) -> None:
    """Ask for the message."""
    await _show(context, await announcements.start(context.work, await context.seat(), now=context.now))


async def written(update: Update, context: BotContext) -> None:
    """Take what was sent for what the draft awaits."""
    assert context.draft is not None and update.message is not None  # noqa: S101, PT018  # messages come here by their draft
    seat, sent = await context.seat(), update.message.to_dict()
    await _show(context, await announcements.take(context.work, seat, context.draft, sent, now=context.now))


async def audience(_update: Update, context: BotContext) -> None:
    """Show an edition's audiences."""
    pick = buttons.ForEdition.parse(context.text)
    seat = await context.seat()
    await _show(
        context,
        await addressing.choose_audience(context.work, seat, pick.draft_id, pick.edition_id, now=context.now),
    )


async def editions(_update: Update, context: BotContext) -> None:
    """Ask which edition it is about."""
    pick = buttons.OtherEditions.parse(context.text)
    seat = await context.seat()
    await _show(context, await addressing.list_editions(context.work, seat, pick.draft_id, now=context.now))


async def pick_audience(_update: Update, context: BotContext) -> None:
    """Take the audience."""
    pick = buttons.PickAudience.parse(context.text)
    kind = _member(AudienceKind, pick.kind)
    result = await addressing.pick_audience(
        context.work, await context.seat(), pick.draft_id, kind, pick.edition_id, now=context.now
    )
    await _show(context, result)


async def toggle_kind(_update: Update, context: BotContext) -> None:
    """A kind of actor, more or less."""
    pick = buttons.ToggleKind.parse(context.text)
    kind = _member(ActorKind, pick.kind)
    seat = await context.seat()
    await _show(
        context,
        await addressing.toggle_kind(context.work, seat, pick.draft_id, kind, on=bool(pick.on), now=context.now),
    )


async def actors(_update: Update, context: BotContext) -> None:
    """Turn the page of actors."""
    pick = buttons.ActorPage.parse(context.text)
    result = await addressing.list_actors(
        context.work, await context.seat(), pick.draft_id, pick.page, every=bool(pick.every), now=context.now
    )
    await _show(context, result)


async def toggle_actor(_update: Update, context: BotContext) -> None:
    """A single actor, more or less."""
    pick = buttons.ToggleActor.parse(context.text)
    result = await addressing.toggle_actor(
        context.work, await context.seat(), pick.draft_id, pick.actor_id, pick.page, on=bool(pick.on), now=context.now
    )
    await _show(context, result)


async def chosen(_update: Update, context: BotContext) -> None:
    """Go on with what was chosen."""
    pick = buttons.Chosen.parse(context.text)
    await _show(context, await addressing.chosen(context.work, await context.seat(), pick.draft_id, now=context.now))


async def receipts(_update: Update, context: BotContext) -> None:
    """With «Jag har läst» or without."""
    pick = buttons.Receipts.parse(context.text)
    seat = await context.seat()
    await _show(
        context,
        await announcements.toggle_receipts(context.work, seat, pick.draft_id, on=bool(pick.on), now=context.now),
    )


async def previewed(_update: Update, context: BotContext) -> None:
    """Note which message shows the preview, and put its button right if it was switched meanwhile."""
    about, result = context.own["context"], context.own["result"]
    noted = result and await announcements.remember_preview(
        context.work, int(about["draft_id"]), about["language"], int(result["message_id"]), receipts=about["receipts"]
    )
    if noted and noted[0]:
        reader = Reader(about["language"], context.now)
        wanted = bool(noted[1].data.get("receipts"))
        row = views.marked(int(result["message_id"]), reader, receipts=wanted, chat_id=context.chat_id)
        await context.work.outbox.add(row)


async def write(_update: Update, context: BotContext) -> None:
    """Ask for the message in a language."""
    pick = buttons.Write.parse(context.text)
    seat = await context.seat()
    await _show(context, await announcements.write(context.work, seat, pick.draft_id, pick.language, now=context.now))


async def change(_update: Update, context: BotContext) -> None:
    """Ask what to change."""
    pick = buttons.Change.parse(context.text)
    await _show(context, await announcements.what_to_change(context.work, await context.seat(), pick.draft_id))


async def back(_update: Update, context: BotContext) -> None:
    """Show the preview's card again."""
    pick = buttons.Back.parse(context.text)
    seat = await context.seat()
    await _show(context, await announcements.show_preview(context.work, seat, pick.draft_id, now=context.now))


async def resume(_update: Update, context: BotContext) -> None:
    """Go on with an unfinished one."""
    pick = buttons.Resume.parse(context.text)
    await _show(context, await announcements.resume(context.work, await context.seat(), pick.draft_id, now=context.now))


async def send_later(_update: Update, context: BotContext) -> None:
    """Ask when to send it."""
    pick = buttons.SendLater.parse(context.text)
    seat = await context.seat()
    await _show(context, await announcements.ask_time(context.work, seat, pick.draft_id, now=context.now))


async def send_now(_update: Update, context: BotContext) -> None:
    """Send it."""
    pick = buttons.SendNow.parse(context.text)
    seat = await context.seat()
    status = await announcements.confirm(context.work, seat, pick.draft_id, at_once=True, now=context.now)
    context.show(sending_views.status(status))


async def schedule(_update: Update, context: BotContext) -> None:
    """Let it be sent at its time."""
    pick = buttons.Schedule.parse(context.text)
    seat = await context.seat()
    status = await announcements.confirm(context.work, seat, pick.draft_id, at_once=False, now=context.now)
    context.show(sending_views.status(status))


async def discard(_update: Update, context: BotContext) -> None:
    """Send nothing."""
    pick = buttons.Discard.parse(context.text)
    await announcements.discard(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(views.discarded())


async def show_confirmed(context: BotContext, confirmed: AlreadyConfirmed) -> None:
    """A button of a draft that was confirmed: show what it became."""
    await present(context, int(confirmed.fields["announcement_id"]))


async def present(context: BotContext, announcement_id: int) -> None:
    """Show an announcement as it stands."""
    context.show(sending_views.status(await sending.show(context.work, await context.seat(), announcement_id)))


async def show(_update: Update, context: BotContext) -> None:
    """Show one announcement."""
    await present(context, buttons.ShowAnnouncement.parse(context.text).announcement_id)


async def earlier(_update: Update, context: BotContext) -> None:
    """List earlier announcements."""
    pick = buttons.Earlier.parse(context.text)
    context.show(sending_views.earlier(await reports.list_earlier(context.work, context.person, pick.page)))


async def control(_update: Update, context: BotContext) -> None:
    """Pause, resume, stop, cancel, or start it now."""
    pick = buttons.Control.parse(context.text)
    seat = await context.seat()
    status = await sending.control(context.work, seat, pick.announcement_id, pick.act, now=context.now)
    context.show(sending_views.status(status))


async def unreached(_update: Update, context: BotContext) -> None:
    """List whom it did not reach."""
    pick = buttons.Unreached.parse(context.text)
    names = await reports.list_unreached(context.work, await context.seat(), pick.announcement_id, pick.page)
    context.show(sending_views.names(names, unread=False))


async def unread(_update: Update, context: BotContext) -> None:
    """List who has not acknowledged it."""
    pick = buttons.Unread.parse(context.text)
    names = await reports.list_unread(context.work, await context.seat(), pick.announcement_id, pick.page)
    context.show(sending_views.names(names, unread=True))


async def remind(_update: Update, context: BotContext) -> None:
    """Once more to those who have not acknowledged it."""
    pick = buttons.Remind.parse(context.text)
    seat = await context.seat()
    status = await sending.remind(context.work, seat, pick.announcement_id, pick.revision, now=context.now)
    context.show(sending_views.status(status))


async def correct(_update: Update, context: BotContext) -> None:
    """Ask for the right words."""
    pick = buttons.Correct.parse(context.text)
    result = await announcements.start_correcting(
        context.work, await context.seat(), pick.announcement_id, pick.language, now=context.now
    )
    await _show(context, result)


async def confirm_correction(_update: Update, context: BotContext) -> None:
    """Correct it in every chat."""
    pick = buttons.ConfirmCorrection.parse(context.text)
    seat = await context.seat()
    status, count = await announcements.confirm_correction(context.work, seat, pick.draft_id, now=context.now)
    context.show(sending_views.corrected(status, count))


async def have_read(_update: Update, context: BotContext) -> None:
    """«Jag har läst»."""
    pick = buttons.HaveRead.parse(context.text)
    if pick.announcement_id is None:
        context.toast(views.only_a_preview())
        return
    message_id = context.pressed_message_id
    await sending.acknowledge(context.work, context.person, pick.announcement_id, message_id, now=context.now)
    context.toast(views.thanked())


def _member(kind: Any, value: str) -> Any:
    """A member of an enumeration by a button's word. Raises UnknownButton."""
    try:
        return kind(value)
    except ValueError as error:
        raise UnknownButton from error


# What happens by itself


async def tick(work: UnitOfWork, *, now: datetime) -> bool:
    """Start, feed and end what is due and draw the cards anew; whether there is more to do at once."""
    for status in await sending.start_due(work, now=now):
        for row in sending_views.drawn_anew(status, Reader(status.language, now)):
            await work.outbox.add(row)
    return await sending.has_more(work)


async def render_announcement(row: Delivery, work: UnitOfWork, now: datetime) -> Sequence[Outgoing] | None:
    """What a claimed row sends to its person; None when it was stopped or paused, or they have it."""
    message = await sending.message_for(work, row)
    return None if message is None else views.message(message, Reader(message.language, now))


async def withheld(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """A colleague lost the right before it was to be sent."""
    announcement = await work.announcements.get(int(ids["announcement_id"]))
    return sending_views.withheld(await reports.status_of(work, announcement))


ROUTES = Routes(
    presses={
        buttons.Announce: begin,
        buttons.Earlier: earlier,
        buttons.PickAudience: pick_audience,
        buttons.OtherEditions: editions,
        buttons.ForEdition: audience,
        buttons.ToggleKind: toggle_kind,
        buttons.ActorPage: actors,
        buttons.ToggleActor: toggle_actor,
        buttons.Chosen: chosen,
        buttons.Receipts: receipts,
        buttons.Write: write,
        buttons.Change: change,
        buttons.Back: back,
        buttons.Resume: resume,
        buttons.SendNow: send_now,
        buttons.SendLater: send_later,
        buttons.Schedule: schedule,
        buttons.Discard: discard,
        buttons.ShowAnnouncement: show,
        buttons.Control: control,
        buttons.Unreached: unreached,
        buttons.Unread: unread,
        buttons.Remind: remind,
        buttons.Correct: correct,
        buttons.ConfirmCorrection: confirm_correction,
        buttons.HaveRead: have_read,
    },
    texts={KIND: written},
    files={KIND: written},
    own={views.PREVIEWED: previewed},
    present={"announcements": present},
    remedies={AlreadyConfirmed: show_confirmed},
    notices={"announcement_withheld": withheld},
)
