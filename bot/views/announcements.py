"""/utskick: the dialogue's cards."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from bot.domain.results.announcements import (
    AskContent,
    AskCorrection,
    AskTime,
    ChooseActors,
    ChooseAudience,
    ChooseEdition,
    ChooseKinds,
    Correction,
    Preview,
    Size,
    WhatToChange,
    WhichLanguage,
)
from bot.views.addressing import choose_actors, choose_audience, choose_edition, choose_kinds, whom
from bot.views.announcement_buttons import (
    Announce,
    Back,
    Change,
    ConfirmCorrection,
    Correct,
    Discard,
    Earlier,
    ForEdition,
    Receipts,
    Resume,
    Schedule,
    SendLater,
    SendNow,
    ShowAnnouncement,
    Write,
)
from bot.views.screen import Button, Line, Screen, T, button, t
from bot.views.times import At

Result: TypeAlias = (
    AskContent
    | ChooseAudience
    | ChooseEdition
    | ChooseKinds
    | ChooseActors
    | Preview
    | WhatToChange
    | AskTime
    | WhichLanguage
    | AskCorrection
    | Correction
)


def card(result: Result) -> Screen:
    """What is asked next."""
    draw: Callable[[Any], Screen] = _CARDS[type(result)]
    return draw(result)


def _ask_time(result: AskTime) -> Screen:
    return Screen([t("announcements.ask_time")], [[button(t("common.back"), Back(draft_id=result.draft.id))]])


def _which_language(result: WhichLanguage) -> Screen:
    one = result.announcement
    choices = [button(_in(each), Correct(announcement_id=one.id, language=each)) for each in result.languages]
    return Screen([t("announcements.which_language")], [choices, _back_to(one.id)])


def _ask_correction(result: AskCorrection) -> Screen:
    key = "announcements.ask_caption" if result.is_caption else "announcements.ask_correction"
    return Screen([t(key)], [_back_to(result.announcement.id)])


def _correction(result: Correction) -> Screen:
    yes = [button(t("announcements.correct_all"), ConfirmCorrection(draft_id=result.draft.id))]
    return Screen([t("announcements.correction")], [yes, _back_to(result.announcement.id)])


def _back_to(announcement_id: int) -> list[Button]:
    return [button(t("common.back"), ShowAnnouncement(announcement_id=announcement_id))]


def _in(language: str) -> T:
    return t(f"announcements.language_{language}")


def _ask_content(result: AskContent) -> Screen:
    draft = result.draft
    if result.language is not None:
        back = [button(t("common.back"), Back(draft_id=draft.id))] if draft.data.get("audience") else []
        return Screen([t("announcements.ask_language", language=_in(result.language))], [back])
    unfinished = result.unfinished
    go_on = [button(t("announcements.go_on_writing"), Resume(draft_id=unfinished.id))] if unfinished is not None else []
    earlier = [button(t("announcements.earlier"), Earlier(page=0))] if result.earlier else []
    return Screen([t("announcements.ask_content")], [go_on, earlier])


def _preview(p: Preview) -> Screen:
    draft_id, size = p.draft.id, p.size
    when = None if p.send_at is None else t("announcements.sent_at", when=At(p.send_at, p.zone))
    lines: list[Line] = [
        t("announcements.goes_to", whom=whom(p.audience, p.edition, p.names)),
        _people(size),
        *(t(f"announcements.missing_{language}") for language in p.missing),
        t("announcements.alone", n=size.alone) if size.alone else None,
        t("announcements.muted", n=size.muted) if size.muted else None,
        t("announcements.with_receipts") if p.receipts else None,
        when,
    ]
    later = "announcements.other_time" if p.send_at is not None else "announcements.send_later"
    receipts = "announcements.receipts_off" if p.receipts else "announcements.receipts_on"
    rows = [
        [button(t("announcements.schedule"), Schedule(draft_id=draft_id))] if p.send_at is not None else [],
        [
            button(t("announcements.send_now"), SendNow(draft_id=draft_id)),
            button(t(later), SendLater(draft_id=draft_id)),
        ],
        *([button(t(f"announcements.write_{each}"), Write(draft_id=draft_id, language=each))] for each in p.missing),
        [button(t(receipts), Receipts(draft_id=draft_id, on=int(not p.receipts)))],
        [
            button(t("announcements.change"), Change(draft_id=draft_id)),
            button(t("announcements.discard"), Discard(draft_id=draft_id)),
        ],
    ]
    return Screen(lines, rows)


def _people(size: Size) -> T:
    people = t("announcements.people", n=size.people)
    if len(size.by_language) < 2:  # noqa: PLR2004  # one language needs no parts
        return people
    parts = [
        t(f"announcements.readers_{each}", n=count) for each, count in sorted(size.by_language.items(), reverse=True)
    ]
    return t("announcements.people_by_language", people=people, parts=parts)


def _what_to_change(result: WhatToChange) -> Screen:
    draft_id = result.draft.id
    several = len(result.languages) > 1
    rows = [
        [
            button(
                t("announcements.rewrite_in", language=_in(each)) if several else t("announcements.rewrite"),
                Write(draft_id=draft_id, language=each),
            )
        ]
        for each in result.languages
    ]
    rows += [
        [button(t(f"announcements.write_{each}"), Write(draft_id=draft_id, language=each))] for each in result.missing
    ]
    rows += [
        [button(t("announcements.readdress"), ForEdition(draft_id=draft_id))],
        [button(t("common.back"), Back(draft_id=draft_id))],
    ]
    return Screen([t("announcements.what_to_change")], rows)


def discarded() -> Screen:
    """Nothing was sent."""
    return Screen([t("announcements.discarded")], [[button(t("announcements.write_new"), Announce())]])


_CARDS: Mapping[type, Callable[[Any], Screen]] = {
    AskContent: _ask_content,
    ChooseAudience: choose_audience,
    ChooseEdition: choose_edition,
    ChooseKinds: choose_kinds,
    ChooseActors: choose_actors,
    Preview: _preview,
    WhatToChange: _what_to_change,
    AskTime: _ask_time,
    WhichLanguage: _which_language,
    AskCorrection: _ask_correction,
    Correction: _correction,
}
