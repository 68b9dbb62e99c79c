"""/utskick: written, addressed, seen as they will see it, and confirmed. Content is frozen with the yes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import announcement_content as content
from bot.domain import announcements as rules
from bot.domain.announcements import Audience, State
from bot.domain.dates import parse_at
from bot.domain.languages import LANGUAGES
from bot.domain.model import Announcement, Draft
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.announcements import (
    AskContent,
    AskCorrection,
    AskTime,
    ChooseActors,
    ChooseAudience,
    Correction,
    Preview,
    Status,
    WhatToChange,
    WhichLanguage,
)
from bot.domain.seat import Seat
from bot.domain.text import one_line
from bot.services import addressing, audiences, rights, sending
from bot.services import announcement_messages as messages
from bot.services import announcement_reports as reports
from bot.services.announcement_drafts import KIND, own_announcement, preview_of
from bot.services.dialogues import advance, close_draft, open_draft


async def start(work: UnitOfWork, seat: Seat, *, now: datetime) -> AskContent:
    """Ask for the message. Raises NotAllowed."""
    await rights.require_any_coordinator(work, seat.person)
    drafts = [d for d in await work.drafts.list_open(seat.chat_id, seat.person.id) if d.kind == KIND]
    unfinished = next((d for d in drafts if d.data.get("contents")), None)
    for draft in drafts:
        if draft is not unfinished:
            await close_draft(work, draft, now=now)
    draft = await open_draft(work, seat, KIND, "content", awaits_text=True, now=now)
    earlier = await reports.list_earlier(work, seat.person, 0)
    return AskContent(draft, None, unfinished, bool(earlier.announcements))


async def begin_with(work: UnitOfWork, seat: Seat, words: Mapping[str, str], *, now: datetime) -> ChooseAudience:
    """Begin one whose words are there already, in each language. Raises NotAllowed, ContentTooLong."""
    await rights.require_any_coordinator(work, seat.person)
    contents = {language: content.content_of({"text": text}) for language, text in words.items()}
    draft = await open_draft(work, seat, KIND, "audience", {"contents": contents}, now=now)
    return await addressing.audience_choice(work, seat, draft, None, now=now)


async def take(
    work: UnitOfWork, seat: Seat, draft: Draft, message: Mapping[str, Any], *, now: datetime
) -> ChooseAudience | ChooseActors | Preview | Correction:
    """Take what was sent, a message as the Bot API tells it, for what the draft awaits.

    Raises NotAllowed, and what the content or the time may not be.
    """
    await rights.require_any_coordinator(work, seat.person)
    match draft.step:
        case "actors":
            query = one_line(_words(message)) or None
            return await addressing.actor_choice(work, seat, draft, 0, now=now, query=query)
        case "when":
            return await _set_time(work, seat, draft, _words(message), now=now)
        case "correct":
            return await _take_correction(work, seat, draft, message, now=now)
        case _:
            language = str(draft.data.get("language") or seat.person.language)
            contents = {**draft.data.get("contents", {}), language: content.content_of(message)}
            draft = await advance(work, draft, "audience", now=now, contents=contents, language=None)
            if draft.data.get("audience"):
                return await preview_of(work, seat, draft, now=now)
            return await addressing.audience_choice(work, seat, draft, None, now=now)


def _words(message: Mapping[str, Any]) -> str:
    text = message.get("text")
    if text is None:
        raise content.TextWantedHere
    return str(text)


# As they will see it


async def resume(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> ChooseAudience | Preview:
    """Go on with a draft where it was. Raises NotFound, NotAllowed, AlreadyConfirmed."""
    draft = await own_announcement(work, seat, draft_id)
    await work.drafts.stop_awaiting(seat.chat_id, seat.person.id)
    draft = await work.drafts.get(draft_id)
    draft = await advance(work, draft, draft.step, now=now, card_id=seat.card_id)
    if draft.data.get("audience"):
        return await preview_of(work, seat, draft, now=now)
    return await addressing.audience_choice(work, seat, draft, None, now=now)


async def show_preview(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Preview:
    """The preview's card again, below the message that was shown. Raises NotFound, NotAllowed, AlreadyConfirmed."""
    return await preview_of(work, seat, await own_announcement(work, seat, draft_id), now=now, fresh=False)


async def remember_preview(
    work: UnitOfWork, draft_id: int, language: str, message_id: int, *, receipts: bool
) -> tuple[bool, Draft] | None:
    """Note which message shows the content; gives the draft and whether receipts were switched since, which the
    message does not show yet. None when the draft is over.
    """
    draft = await work.drafts.find(draft_id)
    if draft is None or not draft.open:
        return None
    shown = {**draft.data.get("shown", {}), language: message_id}
    draft = await work.drafts.change(draft, data={**draft.data, "shown": shown})
    return bool(draft.data.get("receipts")) != receipts, draft


async def toggle_receipts(work: UnitOfWork, seat: Seat, draft_id: int, *, on: bool, now: datetime) -> Preview:
    """With «Jag har läst» or without. Raises NotFound, NotAllowed, AlreadyConfirmed."""
    draft = await own_announcement(work, seat, draft_id)
    draft = await advance(work, draft, "preview", now=now, receipts=on)
    return await preview_of(work, seat, draft, now=now, fresh=False)


async def what_to_change(work: UnitOfWork, seat: Seat, draft_id: int) -> WhatToChange:
    """Ask what to change. Raises NotFound, NotAllowed, AlreadyConfirmed."""
    draft = await own_announcement(work, seat, draft_id)
    written = [language for language in LANGUAGES if language in draft.data["contents"]]
    return WhatToChange(draft, written, [language for language in LANGUAGES if language not in written])


async def write(work: UnitOfWork, seat: Seat, draft_id: int, language: str, *, now: datetime) -> AskContent:
    """Ask for the message in a language, anew or for the first time. Raises NotFound, NotAllowed, AlreadyConfirmed."""
    draft = await own_announcement(work, seat, draft_id)
    known = language if language in LANGUAGES else LANGUAGES[0]
    return AskContent(await advance(work, draft, "content", awaits_text=True, now=now, language=known), known)


async def ask_time(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> AskTime:
    """Ask when to send it. Raises NotFound, NotAllowed, AlreadyConfirmed."""
    draft = await own_announcement(work, seat, draft_id)
    draft = await advance(work, draft, "when", awaits_text=True, now=now)
    return AskTime(draft, await _zone(work, draft))


async def _zone(work: UnitOfWork, draft: Draft) -> str:
    edition = await audiences.edition_of(work, Audience.from_stored(draft.data["audience"]))
    return edition.zone if edition is not None else audiences.HOME


async def _set_time(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> Preview:
    send_at = parse_at(text, ZoneInfo(await _zone(work, draft)), now=now)
    if send_at <= now:
        raise rules.TimePassed
    draft = await advance(work, draft, "preview", now=now, send_at=send_at.isoformat())
    return await preview_of(work, seat, draft, now=now, fresh=False)


async def discard(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> None:
    """Nothing is sent. Raises NotFound, NotAllowed, AlreadyConfirmed."""
    await close_draft(work, await own_announcement(work, seat, draft_id), now=now)


async def confirm(work: UnitOfWork, seat: Seat, draft_id: int, *, at_once: bool, now: datetime) -> Status:
    """Freeze the content and send it, at once or at the time that was set.

    Raises NotFound, NotAllowed, AlreadyConfirmed, NoAudience, TimePassed.
    """
    draft = await own_announcement(work, seat, draft_id)
    audience = Audience.from_stored(draft.data["audience"])
    await audiences.require(work, seat.person, audience)
    if (await audiences.measure(work, audience, now=now)).is_nobody:
        raise rules.NoAudience
    send_at = now if at_once else datetime.fromisoformat(draft.data["send_at"])
    if send_at < now:
        raise rules.TimePassed
    announcement = await work.announcements.add(
        created_by=seat.person.id,
        arena_id=await audiences.arena_of(work, audience),
        content=draft.data["contents"],
        audience=audience.stored(),
        receipts=bool(draft.data.get("receipts")),
        state=State.SCHEDULED,
        send_at=send_at,
        card_id=seat.card_id,
    )
    draft = await advance(work, draft, "confirmed", now=now, announcement_id=announcement.id)
    await close_draft(work, draft, now=now)
    subject = f"announcement:{announcement.id}"
    await work.acts.add(at=now, person_id=seat.person.id, act="announcement.confirmed", subject=subject, detail={})
    if at_once:
        announcement = await sending.begin_now(work, announcement, now=now)
    return await reports.status_of(work, announcement)


# Afterwards


async def start_correcting(
    work: UnitOfWork, seat: Seat, announcement_id: int, language: str | None, *, now: datetime
) -> WhichLanguage | AskCorrection:
    """Ask for the right words, of which language first. Raises NotFound, NotAllowed."""
    announcement = await _correctable(work, seat, announcement_id)
    languages = [each for each in LANGUAGES if each in announcement.content]
    if len(languages) > 1 and language not in languages:
        return WhichLanguage(announcement, languages)
    chosen = language if language in languages else languages[0]
    data = {"corrects_id": announcement.id, "language": chosen}
    draft = await open_draft(work, seat, KIND, "correct", data, awaits_text=True, now=now)
    is_caption = announcement.content[chosen]["method"] != "sendMessage"
    return AskCorrection(draft, announcement, chosen, is_caption)


async def _correctable(work: UnitOfWork, seat: Seat, announcement_id: int) -> Announcement:
    announcement = await reports.require_own(work, seat.person, announcement_id)
    if announcement.ended_at is None or not all(map(content.is_correctable, announcement.content.values())):
        raise rules.NothingToCorrect
    return announcement


async def _take_correction(
    work: UnitOfWork, seat: Seat, draft: Draft, message: Mapping[str, Any], *, now: datetime
) -> Correction:
    announcement = await _correctable(work, seat, int(draft.data["corrects_id"]))
    before = announcement.content[str(draft.data["language"])]
    corrected = content.corrected(before, message)
    draft = await advance(work, draft, "correction", now=now, content=corrected)
    return Correction(draft, announcement, corrected)


async def confirm_correction(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> tuple[Status, int]:
    """Correct it in every chat; gives how many messages that is. Raises NotFound, NotAllowed, AlreadyConfirmed."""
    draft = await own_announcement(work, seat, draft_id)
    announcement = await _correctable(work, seat, int(draft.data["corrects_id"]))
    count = await messages.replace_content(work, announcement, str(draft.data["language"]), draft.data["content"])
    draft = await advance(work, draft, "confirmed", now=now, announcement_id=announcement.id)
    await close_draft(work, draft, now=now)
    subject = f"announcement:{announcement.id}"
    await work.acts.add(at=now, person_id=seat.person.id, act="announcement.corrected", subject=subject, detail={})
    return await sending.show(work, seat, announcement.id), count
