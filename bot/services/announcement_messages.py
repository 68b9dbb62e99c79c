"""An announcement's messages: what one recipient gets, what became of it, that it is read, and its correction."""

from datetime import datetime, timedelta

from bot.domain import announcement_content as content
from bot.domain.announcement_content import Content
from bot.domain.announcements import Audience, Delivered, Reason, State
from bot.domain.errors import NotFound
from bot.domain.languages import LANGUAGES
from bot.domain.model import Announcement, Person
from bot.domain.outgoing import Dead, Delivery, Dropped, Outgoing, Sent
from bot.domain.ports.delivery import Finished
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.announcements import Message


async def message_for(work: UnitOfWork, row: Delivery) -> Message | None:
    """What a row sends to its person; None when it was stopped or paused, or they have it."""
    assert row.person_id is not None  # noqa: S101  # announcements' rows name their person
    announcement = await work.announcements.find(int(row.payload["announcement_id"]))
    if announcement is None:
        return None
    recipient = await work.recipients.of(announcement.id, row.person_id)
    if recipient is None:
        return None
    said = content.in_language(announcement.content, recipient.language)
    if "correction" in row.payload:
        if recipient.message_id is None:
            return None
        return Message(
            announcement.id,
            content.correction(said, recipient.message_id),
            recipient.language,
            announcement.receipts and recipient.read_at is None,
        )
    if announcement.state != State.SENDING or recipient.state != Delivered.QUEUED:
        return None
    audience = Audience.from_stored(announcement.audience)
    before = (
        await work.recipients.of(audience.announcement_id, row.person_id)
        if audience.announcement_id is not None
        else None
    )
    reply_to = None if before is None else before.message_id
    return Message(announcement.id, said, recipient.language, announcement.receipts, reply_to)


async def delivered(ended: Finished, work: UnitOfWork, *, now: datetime) -> None:
    """Write what became of a row, in the transaction that marks it."""
    row, outcome = ended.row, ended.outcome
    announcement_id = int(row.payload["announcement_id"])
    assert row.person_id is not None  # noqa: S101  # announcements' rows name their person
    if "correction" in row.payload:
        if isinstance(outcome, Sent) and outcome.message_ids:
            await work.recipients.move(announcement_id, row.person_id, outcome.message_ids[-1])
        return
    match outcome:
        case Sent(message_ids):
            message_id = message_ids[-1] if message_ids else None
            await work.recipients.mark(
                announcement_id, row.person_id, Delivered.SENT, reason=None, message_id=message_id, at=now
            )
        case Dead():
            await work.recipients.mark(
                announcement_id, row.person_id, Delivered.FAILED, reason=_reason(outcome), message_id=None, at=now
            )
        case Dropped():
            await work.recipients.put_back(announcement_id, row.person_id, row.id)


def _reason(dead: Dead) -> Reason:
    if "chat not found" in dead.why:
        return Reason.NO_CHAT
    return Reason.BLOCKED if dead.unreachable or dead.why.startswith("403") else Reason.REFUSED


async def acknowledge(
    work: UnitOfWork, person: Person, announcement_id: int, message_id: int | None, *, now: datetime
) -> None:
    """«Jag har läst»: counts for the announcement and for what reminded of it, and the button goes.

    Raises NotFound to who is no recipient.
    """
    if await work.recipients.of(announcement_id, person.id) is None:
        raise NotFound(what="recipients", id=announcement_id)
    for each in await _family(work, await work.announcements.get(announcement_id)):
        await work.recipients.acknowledge(each.id, person.id, now)
    if message_id is not None:
        params = {"chat_id": person.user_id, "message_id": message_id}
        call = {"method": "editMessageReplyMarkup", "params": params}
        await work.outbox.add(Outgoing("call", call, chat_id=person.user_id))


async def _family(work: UnitOfWork, announcement: Announcement) -> list[Announcement]:
    """An announcement, what it reminds of, and what reminds of it."""
    root = announcement.audience.get("announcement_id") or announcement.id
    return [a for a in await work.announcements.list_all() if root in {a.id, a.audience.get("announcement_id")}]


async def replace_content(work: UnitOfWork, announcement: Announcement, language: str, corrected: Content) -> int:
    """Let everybody who got it see other words; gives how many messages that is."""
    count = 0
    for each in await _family(work, announcement):
        if each.ended_at is None:
            continue
        changed = await work.announcements.change(each, content={**each.content, language: corrected})
        for reader in LANGUAGES:
            if content.in_language(changed.content, reader) is changed.content[language]:
                count += await work.recipients.correct(each.id, reader, changed.revision)
    return count


async def forget_old(work: UnitOfWork, *, days: float, now: datetime) -> int:
    """Forget the messages of what ended more than so many days ago, which is corrected no more; gives how many."""
    return await work.recipients.forget(now - timedelta(days=days))
