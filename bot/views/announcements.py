"""/utskick: the dialogue's cards, and announcements as their readers see them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from bot.domain.announcement_content import Content
from bot.domain.announcements import Audience, AudienceKind
from bot.domain.model import ActorKind, Edition
from bot.domain.outgoing import Outgoing
from bot.domain.results.announcements import (
    AskContent,
    AskCorrection,
    AskTime,
    ChooseActors,
    ChooseAudience,
    ChooseEdition,
    ChooseKinds,
    Correction,
    Message,
    Preview,
    Size,
    WhatToChange,
    WhichLanguage,
)
from bot.views.announcement_buttons import (
    ActorPage,
    Announce,
    Back,
    Change,
    Chosen,
    ConfirmCorrection,
    Correct,
    Discard,
    Earlier,
    ForEdition,
    HaveRead,
    OtherEditions,
    PickAudience,
    Receipts,
    Resume,
    Schedule,
    SendLater,
    SendNow,
    ShowAnnouncement,
    ToggleActor,
    ToggleKind,
    Write,
)
from bot.views.screen import Button, L, Line, Reader, Screen, T, button, keyboard, t
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
NAMED = 8
"""Single actors that are named; the others are counted."""
PREVIEWED = "announcement_previewed"
"""The bot's own update: a preview was sent, and which message it is."""


def card(result: Result) -> Screen:
    """What is asked next."""
    draw: Callable[[Any], Screen] = _CARDS[type(result)]
    return draw(result)


def _choose_edition(result: ChooseEdition) -> Screen:
    rows = [[button(L(e.name), ForEdition(draft_id=result.draft.id, edition_id=e.id))] for e in result.editions]
    return Screen([t("announcements.which_edition")], rows)


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


def _choose_audience(result: ChooseAudience) -> Screen:
    draft_id = result.draft.id
    edition = result.edition
    edition_id = None if edition is None else edition.id
    rows = [
        [button(_sized(kind, size), PickAudience(draft_id=draft_id, kind=kind.value, edition_id=edition_id))]
        for kind, size in result.options
    ]
    if result.more_editions:
        rows.append([button(t("announcements.other_edition"), OtherEditions(draft_id=draft_id))])
    if result.everybody is not None:
        edition_id = None
        rows += [
            [button(_sized(AudienceKind.ALL, result.everybody), PickAudience(draft_id=draft_id, kind="all"))],
            [button(t("announcements.kinds"), PickAudience(draft_id=draft_id, kind="kinds"))],
        ]
    if edition_id is not None or result.everybody is not None:
        chosen = PickAudience(draft_id=draft_id, kind="chosen", edition_id=edition_id)
        rows.append([button(t("announcements.choose"), chosen)])
    rows.append([button(t("announcements.discard"), Discard(draft_id=draft_id))])
    about = t("announcements.about", edition=L(edition.name)) if edition is not None else None
    none = t("announcements.nobody_there") if edition is None and result.everybody is None else None
    return Screen([t("announcements.to_whom"), about, none], rows)


def _sized(kind: AudienceKind, size: Size) -> T:
    if kind is AudienceKind.ALL:
        return t("announcements.pick_all", actors=size.actors, people=t("announcements.people", n=size.people))
    return t(f"announcements.pick_{kind.value}", size=sized(size))


def sized(size: Size) -> T:
    """How many: "14 aktörer, 22 personer"."""
    return t(
        "announcements.size",
        actors=t("announcements.actors", n=size.actors),
        people=t("announcements.people", n=size.people),
    )


def _choose_kinds(result: ChooseKinds) -> Screen:
    draft_id = result.draft.id
    rows = [
        [
            button(
                t(
                    "announcements.chosen" if kind in result.chosen else "announcements.not_chosen",
                    name=t(f"actor_kind.{kind.value}"),
                    n=size.actors,
                ),
                ToggleKind(draft_id=draft_id, kind=kind.value, on=int(kind not in result.chosen)),
            )
        ]
        for kind, size in result.kinds
    ]
    return Screen([t("announcements.which_kinds")], [*rows, *_go_on(draft_id, result.size)])


def _go_on(draft_id: int, size: Size) -> list[list[Button]]:
    done = [button(t("announcements.go_on", size=sized(size)), Chosen(draft_id=draft_id))] if size.actors else []
    return [done, [button(t("common.back"), ForEdition(draft_id=draft_id))]]


def _choose_actors(result: ChooseActors) -> Screen:
    draft_id, page = result.draft.id, result.page
    rows = [
        [
            button(
                t("announcements.actor_chosen", name=a.name) if a.id in result.chosen else a.name,
                ToggleActor(draft_id=draft_id, actor_id=a.id, page=page, on=int(a.id not in result.chosen)),
            )
        ]
        for a in result.actors
    ]
    turn = []
    if page:
        turn.append(button("‹", ActorPage(draft_id=draft_id, page=page - 1)))
    if page + 1 < result.pages:
        turn.append(button("›", ActorPage(draft_id=draft_id, page=page + 1)))
    every = (
        [button(t("announcements.every_actor"), ActorPage(draft_id=draft_id, page=0, every=1))] if result.query else []
    )
    question = t("announcements.which_actors")
    if result.query is not None:
        found = "announcements.found" if result.actors else "announcements.found_none"
        question = t(found, query=result.query)
    return Screen([question], [*rows, turn, every, *_go_on(draft_id, result.size)])


def whom(audience: Audience, edition: Edition | None, names: Sequence[str]) -> T:
    """Whom it is for, in words."""
    match audience.kind:
        case AudienceKind.KINDS:
            kinds = [t(f"actor_kind.{ActorKind(kind).value}") for kind in audience.actor_kinds]
            return t("announcements.to_kinds", kinds=kinds)
        case AudienceKind.CHOSEN:
            more = len(names) - NAMED
            if more > 0:
                return t("announcements.to_many_chosen", names=list(names[:NAMED]), n=more)
            return t("announcements.to_chosen", names=list(names))
        case _:
            name = L(edition.name) if edition is not None else None
            return t(f"announcements.to_{audience.kind.value}", edition=name)


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
    ChooseAudience: _choose_audience,
    ChooseEdition: _choose_edition,
    ChooseKinds: _choose_kinds,
    ChooseActors: _choose_actors,
    Preview: _preview,
    WhatToChange: _what_to_change,
    AskTime: _ask_time,
    WhichLanguage: _which_language,
    AskCorrection: _ask_correction,
    Correction: _correction,
}


# Announcements as they are seen


def _markup(announcement_id: int | None, reader: Reader) -> dict[str, Any]:
    return keyboard([[button(t("announcements.have_read"), HaveRead(announcement_id=announcement_id))]], reader)


def message(m: Message, reader: Reader) -> list[Outgoing]:
    """What one recipient gets; `reader` is in their language."""
    params = dict(m.content["params"])
    if m.receipts:
        params["reply_markup"] = _markup(m.announcement_id, reader)
    if m.reply_to is not None:
        params["reply_parameters"] = {"message_id": m.reply_to, "allow_sending_without_reply": True}
    return [Outgoing("call", {"method": m.content["method"], "params": params})]


def beside(result: Result, now_for: Mapping[str, Reader], *, chat_id: int) -> list[Outgoing]:
    """What is sent above the card: the message exactly as it will be seen, by language; or its buttons, when only
    those have changed. `now_for` are readers by language.
    """
    match result:
        case Correction(_, _, content):
            return [_call(content["method"], dict(content["params"]), chat_id)]
        case Preview(fresh=True):
            return [
                _shown(result, each, result.contents[each], now_for[each], chat_id=chat_id)
                for each in sorted(result.contents, reverse=True)
            ]
        case Preview():
            return [
                marked(message_id, now_for[each], receipts=result.receipts, chat_id=chat_id)
                for each, message_id in sorted(result.shown.items())
            ]
        case _:
            return []


def _call(method: str, params: dict[str, Any], chat_id: int) -> Outgoing:
    return Outgoing("call", {"method": method, "params": params | {"chat_id": chat_id}}, chat_id=chat_id)


def _shown(p: Preview, language: str, content: Content, reader: Reader, *, chat_id: int) -> Outgoing:
    params = {**content["params"], "chat_id": chat_id}
    if p.receipts:
        params["reply_markup"] = _markup(None, reader)
    about = {
        "person_id": p.draft.person_id,
        "draft_id": p.draft.id,
        "language": language,
        "receipts": p.receipts,
    }
    payload = {"method": content["method"], "params": params, "answer_as": PREVIEWED, "context": about}
    return Outgoing("call", payload, chat_id=chat_id)


def marked(message_id: int, reader: Reader, *, receipts: bool, chat_id: int) -> Outgoing:
    """A preview that is there already, with the receipt's button or without."""
    params: dict[str, Any] = {"message_id": message_id}
    if receipts:
        params["reply_markup"] = _markup(None, reader)
    return _call("editMessageReplyMarkup", params, chat_id)


def thanked() -> T:
    """The receipt is noted."""
    return t("announcements.thanked")


def only_a_preview() -> T:
    """The coordinator pressed the button on the preview."""
    return t("announcements.only_a_preview")
