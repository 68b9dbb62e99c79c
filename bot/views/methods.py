"""/metoder: what is shared, one of them, and how it is told in three lines."""

from dataclasses import replace

from bot.domain.methods import LINE_MAX, LINES, Narrowing
from bot.domain.model import Method
from bot.domain.ports.methods import Shared
from bot.domain.results.methods import MethodCard, MethodList, Narrower, Telling
from bot.domain.text import shortened
from bot.texts import LANGUAGES
from bot.views import method_buttons as buttons
from bot.views.booking_parts import kind_name
from bot.views.booking_parts import title as title_of
from bot.views.coordinate import dots
from bot.views.evaluation_buttons import EvaluateEdition
from bot.views.issues import page_line
from bot.views.menus import go
from bot.views.press import Press
from bot.views.screen import Button, Kept, L, Line, Reader, Screen, Words, button, plain, t

_LABEL = 40
_TASTE = 120
"""Characters of what they did that the list shows."""


def title(shared: Shared) -> str:
    """What it is about."""
    return shared.activity.title or shared.actor.name


def whose(shared: Shared) -> Line:
    """Who tells, and from where."""
    return t("methods.whose", actor=shared.actor.name, edition=L(shared.edition.name))


# The list


def listed(result: MethodList) -> Screen:
    """What is shared with a button each, ways to narrow it, and the reader's own that could be told of."""
    if not result.takes_part:
        return Screen([t("methods.heading"), t("methods.no_actor")], [[go("start")]])
    lines: list[Line] = [t("methods.heading"), t("methods.what_it_is"), page_line(result.page), ""]
    rows: list[list[Button]] = []
    for shared in result.page.items:
        lines += [_row(shared), t("methods.taste", text=shortened(shared.method.did, _TASTE)), ""]
        rows.append([button(shortened(title(shared), _LABEL), buttons.ShowMethod(method_id=shared.method.id))])
    if not result.page.items:
        lines.append(t("methods.none_like_that" if result.narrowing != Narrowing() else "methods.none"))
    own = [
        [
            button(
                t("methods.tell", title=shortened(title_of(v), _LABEL)),
                buttons.StartMethod(activity_id=v.activity.id),
            )
        ]
        for v in result.unshared
    ]
    return Screen(lines, [*rows, _turn(result), _narrowing(result), *own])


def _row(shared: Shared) -> Line:
    return t("methods.row", title=title(shared), whose=whose(shared))


def _narrowed(to: Narrowing, page: int = 0) -> Press:
    return buttons.BrowseMethods(page=page, arena_id=to.arena_id, kind=to.kind, issue_id=to.issue_id)


def _turn(result: MethodList) -> list[Button]:
    page = result.page
    before = [button(t("issues.before"), _narrowed(result.narrowing, page.number - 1))] if page.number else []
    more = page.number + 1 < page.count
    return [*before, *([button(t("issues.after"), _narrowed(result.narrowing, page.number + 1))] if more else [])]


def _narrowing(result: MethodList) -> list[Button]:
    """By arena, kind and issue: what is chosen is dropped by a press."""
    wanted = result.narrowing
    if wanted == Narrowing() and not result.page.items:
        return []
    arena, issue = result.arena, result.issue
    kind = kind_name(wanted.kind) if wanted.kind is not None else None
    return [
        _choice("arena", wanted, L(arena.name) if arena is not None else None, replace(wanted, arena_id=None)),
        _choice("kind", wanted, kind, replace(wanted, kind=None)),
        _choice("issue", wanted, L(issue.title) if issue is not None else None, replace(wanted, issue_id=None)),
    ]


def _choice(by: str, wanted: Narrowing, chosen: Words | None, without: Narrowing) -> Button:
    if chosen is not None:
        return button(t("methods.chosen", what=chosen), _narrowed(without))
    ids = {"arena_id": wanted.arena_id, "issue_id": wanted.issue_id}
    return button(t(f"methods.by_{by}"), buttons.NarrowMethods(by=by, kind=wanted.kind, **ids))


def narrower(result: Narrower) -> Screen:
    """Which arena, kind or issue."""
    wanted = result.narrowing
    found: list[tuple[Words, int, Press]] = [
        *((L(arena.name), n, _narrowed(replace(wanted, arena_id=arena.id))) for arena, n in result.arenas),
        *((kind_name(kind), n, _narrowed(replace(wanted, kind=kind))) for kind, n in result.kinds),
        *((L(issue.title), n, _narrowed(replace(wanted, issue_id=issue.id))) for issue, n in result.issues),
    ]
    rows = [[button(t("methods.choice", what=what, n=n), press)] for what, n, press in found]
    question = t(f"methods.which_{result.by}") if found else t("methods.nothing_to_choose")
    return Screen([question], [*rows, [button(t("common.back"), _narrowed(wanted))]])


# One


def card(result: MethodCard) -> Screen:
    """One as it is now, with what the reader may do; one that is withdrawn says that alone to others."""
    shared, method = result.shared, result.shared.method
    back = [button(t("methods.back"), buttons.BrowseMethods())]
    if method.withdrawn_at is not None and not result.owns:
        return Screen([t("methods.row", title=title(shared), whose=whose(shared)), t("methods.is_withdrawn")], [back])
    hidden = method.withdrawn_at is not None and result.said != "withdrawn"
    said = result.said or ("hidden" if hidden else None)
    kind = kind_name(shared.activity.kind) if shared.activity.kind is not None else None
    lines: list[Line] = [
        t(f"methods.said_{said}", actor=shared.actor.name) if said else None,
        "" if said else None,
        t("methods.row", title=title(shared), whose=whose(shared)),
        dots(
            [kind, t("methods.issues", titles=[L(issue.title) for issue in result.issues]) if result.issues else None]
        ),
        "",
        *told(method),
        t("methods.waiting", n=len(result.waiting)) if result.waiting else None,
        "" if result.nobody else None,
        t("methods.nobody_to_ask", actor=shared.actor.name) if result.nobody else None,
    ]
    if result.edition_id is not None:
        back = [*_to_evaluation(result.edition_id), *back]
    return Screen(lines, [*_reading(result), *_owning(result), back])


def told(method: Method) -> list[Line]:
    """The lines that there are."""
    return [t(f"methods.{name}", text=getattr(method, name)) for name in LINES if getattr(method, name)]


def _reading(result: MethodCard) -> list[list[Button]]:
    """What whoever reads it can do."""
    ids = {"method_id": result.shared.method.id}
    file = [button(t("methods.see_file"), buttons.MethodFile(**ids))] if result.shared.method.file_id else []
    ask = [button(t("methods.ask"), buttons.AskMethod(**ids, actor_id=None))] if result.asks else []
    lift = [button(t("methods.lift"), buttons.LiftMethod(**ids))] if result.lifts else []
    return [file, ask, lift]


def _owning(result: MethodCard) -> list[list[Button]]:
    """What its own people can do: answer, change, withdraw."""
    if not result.owns:
        return []
    method = result.shared.method
    ids = {"method_id": method.id}
    answers = [
        [button(t("methods.answer_this", text=shortened(q.text or "", _LABEL)), buttons.AnswerMethod(question_id=q.id))]
        for q in result.waiting[:3]
    ]
    change = [button(t(f"methods.change_{name}"), buttons.ChangeMethod(**ids, what=name)) for name in LINES]
    file = button(
        t("methods.other_file" if method.file_id else "methods.add_file"), buttons.ChangeMethod(**ids, what="file")
    )
    on = method.withdrawn_at is not None
    share = buttons.ShareMethod(**ids, revision=method.revision, on=int(on))
    return [*answers, [file], change, [button(t("methods.share_again" if on else "methods.withdraw"), share)]]


def with_file(result: MethodCard) -> Screen:
    """The card with the file below."""
    shown, method = card(result), result.shared.method
    caption = t("methods.caption", title=title(result.shared), actor=result.shared.actor.name)
    file = Kept(str(method.file_id), photo=method.file_kind == "photo", caption=caption)
    return Screen(shown.lines, shown.rows, below=[file])


# Told


def step(result: Telling) -> Screen:
    """Which line is asked for; what stands there is shown when it is changed."""
    draft, method = result.draft, result.method
    heading: list[Line] = [t("methods.tell_heading", title=result.title)]
    skip = button(t("methods.leave_out"), buttons.SkipLine(draft_id=draft.id))
    if draft.step == "file":
        kept = method is not None and method.file_id is not None
        remove = [button(t("methods.remove_file"), buttons.SkipLine(draft_id=draft.id))] if kept else []
        return Screen([*heading, t("methods.ask_file")], [remove, _back(method)])
    optional = draft.step != LINES[0]
    if method is not None:
        now = getattr(method, draft.step)
        lines = [*heading, t(f"methods.{draft.step}", text=now) if now else None, _question(draft.step)]
        drop = button(t("methods.remove_line"), buttons.SkipLine(draft_id=draft.id))
        return Screen(lines, [[drop] if optional and now else [], _back(method)])
    edition_id = draft.data.get("edition_id")
    leave = _back(None) if edition_id is None else _to_evaluation(edition_id)
    first = [t("methods.who_reads")] if not optional else []
    asked = t("methods.step", place=LINES.index(draft.step) + 1, question=_question(draft.step))
    return Screen([*heading, *first, "", asked], [[skip] if optional else [], leave])


def _to_evaluation(edition_id: int) -> list[Button]:
    """Back to the evaluation from which one came to tell it."""
    return [button(t("methods.to_evaluation"), EvaluateEdition(edition_id=edition_id))]


def _question(name: str) -> Words:
    return t(f"methods.ask_{name}", limit=LINE_MAX)


def _back(method: Method | None) -> list[Button]:
    if method is not None:
        return [button(t("common.back"), buttons.ShowMethod(method_id=method.id))]
    return [button(t("methods.not_now"), buttons.BrowseMethods())]


# Lifted


def lifted(shared: Shared, reader: Reader) -> dict[str, str]:
    """The words of an announcement about it, in each language."""
    lines: list[Line] = [
        t("methods.lift_heading", actor=shared.actor.name, title=title(shared), edition=L(shared.edition.name)),
        "",
        *told(shared.method),
        "",
        t("methods.lift_more", actor=shared.actor.name),
    ]
    readers = {language: Reader(language, reader.now) for language in LANGUAGES}
    return {language: "\n".join(plain(line, each) for line in lines) for language, each in readers.items()}
