"""An announcement under way, its report, and earlier ones."""

from collections.abc import Sequence

from bot.domain.announcements import State
from bot.domain.model import Announcement
from bot.domain.outgoing import Outgoing
from bot.domain.results.announcements import Earlier as EarlierPage
from bot.domain.results.announcements import Names, Status
from bot.domain.results.announcements import Unreached as Missed
from bot.domain.text import cut_at_word
from bot.views.addressing import whom
from bot.views.announcement_buttons import (
    Announce,
    Control,
    Correct,
    Earlier,
    Remind,
    ShowAnnouncement,
    Unreached,
    Unread,
)
from bot.views.press import Press
from bot.views.screen import Button, Line, Reader, Screen, T, button, t
from bot.views.screen import message as params_of
from bot.views.times import At, Near

CELLS = 10
QUOTED = 60
LABEL = 24


def status(s: Status) -> Screen:
    """How it stands, and what can be done about it."""
    match State(s.announcement.state):
        case State.SCHEDULED:
            return _scheduled(s)
        case State.SENDING:
            return Screen([_quoted(s), t("announcements.sending", **_progress(s))], _while_sending(s))
        case State.PAUSED:
            rows = [[_act(s, "resume"), _act(s, "stop")]]
            return Screen([_quoted(s), t("announcements.paused", **_progress(s))], rows)
        case State.CANCELLED:
            again = [[button(t("announcements.write_new"), Announce())]]
            return Screen([_quoted(s), t("announcements.cancelled")], again)
        case _:
            return _report(s)


def corrected(s: Status, count: int) -> Screen:
    """The report, with how many messages are being corrected."""
    report = status(s)
    return Screen([t("announcements.corrected", n=count), "", *report.lines], report.rows)


def _act(s: Status, act: str) -> Button:
    return button(t(f"announcements.{act}"), Control(announcement_id=s.announcement.id, act=act))


def _progress(s: Status) -> dict[str, object]:
    done, total = s.tally.done, s.tally.total
    filled = done * CELLS // total if total else CELLS
    return {"done": done, "total": total, "bar": "▓" * filled + "░" * (CELLS - filled)}


def _while_sending(s: Status) -> list[list[Button]]:
    update = [] if s.is_creators else [button(t("announcements.update"), _show(s.announcement))]
    return [[_act(s, "pause"), _act(s, "stop")], update]


def _show(announcement: Announcement) -> Press:
    return ShowAnnouncement(announcement_id=announcement.id)


def _quoted(s: Status) -> Line:
    """The beginning of its words, to know it by."""
    first = s.words.strip().splitlines()[0] if s.words.strip() else ""
    short = cut_at_word(first, QUOTED)
    return t("announcements.quoted", text=short if short == s.words.strip() else f"{short} …") if short else None


def _scheduled(s: Status) -> Screen:
    assert s.announcement.send_at is not None  # noqa: S101  # what is scheduled has a time
    to = whom(s.audience, s.edition, s.names)
    rows = [[_act(s, "now"), _act(s, "cancel")]]
    return Screen([_quoted(s), t("announcements.scheduled", when=At(s.announcement.send_at, s.zone), whom=to)], rows)


def _report(s: Status) -> Screen:
    ended_at = s.announcement.ended_at
    if ended_at is None:
        return Screen([_quoted(s), t("announcements.stopping")])
    stopped = s.announcement.state == State.STOPPED
    to = whom(s.audience, s.edition, s.names)
    more = s.unreached_total - len(s.unreached)
    lines: list[Line] = [
        _quoted(s),
        t("announcements.stopped" if stopped else "announcements.done", when=Near(ended_at, s.zone), whom=to),
        t("announcements.got_it", n=s.tally.sent),
        t("announcements.not_sent", n=s.tally.planned) if stopped and s.tally.planned else None,
        t("announcements.acknowledged", n=s.tally.read) if s.announcement.receipts else None,
        t("announcements.not_reached", n=s.unreached_total) if s.unreached_total else None,
        *(_missed(each) for each in s.unreached),
        t("announcements.and_more", n=more) if more else None,
        t("announcements.errands") if s.alone else None,
    ]
    return Screen(lines, _after(s))


def _after(s: Status) -> list[list[Button]]:
    one = s.announcement
    unread = s.tally.unread if one.receipts else 0
    reads = (
        [
            [button(t("announcements.remind", n=unread), Remind(announcement_id=one.id, revision=one.revision))],
            [button(t("announcements.who_unread"), Unread(announcement_id=one.id, page=0))],
        ]
        if unread
        else []
    )
    refresh = [button(t("announcements.update"), _show(one))] if unread else []
    more = s.unreached_total > len(s.unreached)
    return [
        *reads,
        [button(t("announcements.who_unreached"), Unreached(announcement_id=one.id, page=0))] if more else [],
        [button(t("announcements.correct"), Correct(announcement_id=one.id))] if s.correctable else [],
        refresh,
    ]


def _missed(each: Missed) -> T:
    name = t("announcements.for_actors", name=each.name, actors=list(each.actors)) if each.actors else each.name
    contact = [part for part in (each.phone, each.email) if part]
    how = t("announcements.contact", contact=contact) if contact else t("announcements.no_contact")
    return t(f"announcements.missed_{each.reason}", name=name, how=how)


def names(page: Names, *, unread: bool) -> Screen:
    """Those whom it did not reach, or who have not acknowledged it."""
    one = page.announcement
    turn: list[Button] = []
    kind = Unread if unread else Unreached
    if page.page:
        turn.append(button("‹", kind(announcement_id=one.id, page=page.page - 1)))
    if page.page + 1 < page.pages:
        turn.append(button("›", kind(announcement_id=one.id, page=page.page + 1)))
    head = "announcements.unread" if unread else "announcements.not_reached"
    if unread and not page.total:
        head = "announcements.all_read"
    remind = (
        [button(t("announcements.remind", n=page.total), Remind(announcement_id=one.id, revision=one.revision))]
        if unread and page.total
        else []
    )
    lines: Sequence[Line] = [t(head, n=page.total), *(_missed(each) for each in page.people)]
    return Screen(lines, [turn, remind, [button(t("common.back"), _show(one))]])


def earlier(page: EarlierPage) -> Screen:
    """Earlier announcements, latest first."""
    rows = [
        [
            button(
                t(
                    f"announcements.was_{one.state}",
                    words=cut_at_word(" ".join(words.split()), LABEL) or t("announcements.place"),
                    sent=tally.sent,
                    total=tally.total,
                ),
                _show(one),
            )
        ]
        for one, words, tally in page.announcements
    ]
    turn: list[Button] = []
    if page.page:
        turn.append(button("‹", Earlier(page=page.page - 1)))
    if page.page + 1 < page.pages:
        turn.append(button("›", Earlier(page=page.page + 1)))
    new = [button(t("announcements.write_new"), Announce())]
    return Screen([t("announcements.earlier_ones") if rows else t("announcements.none_yet")], [*rows, turn, new])


def withheld(s: Status) -> Screen:
    """A colleague lost the right before it was to be sent."""
    return Screen([_quoted(s), t("announcements.withheld")], [[button(t("announcements.write_new"), Announce())]])


def drawn_anew(s: Status, reader: Reader) -> list[Outgoing]:
    """The creator's card as rows: progress is edited in place when it is sent, the report comes where it is seen."""
    one = s.announcement
    if one.card_id is None or s.chat_id is None:
        return []
    if one.ended_at is None and s.message_id is not None:
        return [Outgoing("progress", {"announcement_id": one.id}, chat_id=s.chat_id, key=f"progress:{one.id}")]
    key = f"announced:{one.id}:{one.revision}:{s.tally.done}"
    return [Outgoing("card", {"params": params_of(status(s), reader)}, chat_id=s.chat_id, card_id=one.card_id, key=key)]


def progress(s: Status, reader: Reader) -> Outgoing | None:
    """The creator's card edited in place; None where the announcement has ended, or there is no card to edit."""
    if s.announcement.ended_at is not None or s.message_id is None:
        return None
    params = params_of(status(s), reader) | {"chat_id": s.chat_id, "message_id": s.message_id}
    return Outgoing("call", {"method": "editMessageText", "params": params}, chat_id=s.chat_id)
