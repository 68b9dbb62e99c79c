"""Actors added: one by its name, or many by pasting rows."""

from bot.domain.model import ActorKind
from bot.domain.paste import PastedRow
from bot.domain.results.actors import Pasted, Saved
from bot.views.actor_buttons import DropPaste, SavePaste, SetPasteKind
from bot.views.queue_buttons import Actors, ShowActor
from bot.views.screen import Button, Line, Screen, Words, button, columns, t

_SHOWN = 8
"""Pasted rows that are shown one by one."""

_LONGEST = 50
"""Characters that are shown of a pasted cell."""


def ask_rows() -> Screen:
    """A name, or rows from a spreadsheet."""
    return Screen([t("actors.ask_rows")], [[button(t("actors.back"), Actors())]])


def pasted(p: Pasted) -> Screen:
    """The rows as they were read, what is wrong with them, and the way to save them."""
    lines: list[Line] = [t("actors.rows_read", n=len(p.rows)), ""]
    for row in p.rows[:_SHOWN]:
        lines += _row(row)
    hidden = p.rows[_SHOWN:]
    left_out = sum(not row.can_be_saved for row in hidden)
    lines += [
        t("actors.rows_more", n=len(hidden)) if hidden else None,
        t("actors.rows_left_out", n=left_out) if left_out else None,
    ]
    return Screen([*lines, "", *_kindless(p)], _paste_buttons(p))


def _row(row: PastedRow) -> list[Line]:
    known: list[Words] = [t(f"actor_kind.{row.kind}")] if row.kind is not None else []
    known += [x[:_LONGEST] for x in (row.contact, row.email, row.phone) if x]
    return [
        t("actors.row" if row.can_be_saved else "actors.row_left_out", number=row.number, name=row.name[:_LONGEST]),
        t("actors.row_known", known=known) if known else None,
        *(t(f"actors.problem_{f.problem}", **_short(f.fields)) for f in row.problems),
    ]


def _short(fields: dict[str, object]) -> dict[str, str]:
    return {name: str(value)[:_LONGEST] for name, value in fields.items()}


def _kindless(p: Pasted) -> list[Line]:
    if not p.kindless:
        return []
    if p.kind is None:
        return [t("actors.which_kind", n=p.kindless)]
    return [t("actors.kind_chosen", n=p.kindless, kind=t(f"actor_kind.{p.kind}"))]


def _paste_buttons(p: Pasted) -> list[list[Button]]:
    ids = {"draft_id": p.draft.id}
    kinds = [button(t(f"actor_kind.{k}"), SetPasteKind(**ids, kind=k)) for k in ActorKind] if p.kindless else []
    ready = bool(p.savable) and not (p.kindless and p.kind is None)
    save = [button(t("actors.save_rows", n=len(p.savable)), SavePaste(**ids))] if ready else []
    again = [button(t("actors.paste_again"), DropPaste(**ids)), button(t("actors.back"), Actors())]
    return [*columns(kinds, 2), save, again]


def saved(result: Saved) -> Screen:
    """They are there."""
    rows = [[button(a.name, ShowActor(actor_id=a.id))] for a in result.actors[:6]]
    return Screen([t("actors.saved", n=len(result.actors))], [*rows, [button(t("actors.back"), Actors())]])
