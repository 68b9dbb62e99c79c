"""Two actors that are one: with which, what moves, and that it is done."""

from bot.domain.results.actors import AskedDouble, Merging
from bot.views.actor_buttons import Merge, PickDouble, back_to_actor
from bot.views.queue_buttons import Actors, ShowActor
from bot.views.screen import Line, Screen, button, t


def ask_double(asked: AskedDouble) -> Screen:
    """Which one is it the same as."""
    rows = [[button(a.name, PickDouble(draft_id=asked.draft.id, actor_id=a.id))] for a in asked.candidates]
    if asked.wrote is not None and not rows:
        return Screen([t("actors.none_found", wrote=asked.wrote)], [back_to_actor(asked.actor.id)])
    return Screen([t("actors.which_double", actor=asked.actor.name)], [*rows, back_to_actor(asked.actor.id)])


def merging(m: Merging) -> Screen:
    """What moves, before the yes."""
    rows = [back_to_actor(m.actor.id), [button(t("actors.merge"), Merge(draft_id=m.draft_id))]]
    return Screen([t("actors.merge_question", actor=m.actor.name, into=m.into.name), *_moves(m)], rows)


def _moves(m: Merging) -> list[Line]:
    return [
        t("actors.moves_bookings", n=m.activities) if m.activities else None,
        t("actors.moves_people", names=[p.name for p in m.people]) if m.people else None,
    ]


def merged(m: Merging) -> Screen:
    """They are one."""
    rows = [[button(t("matters.see_actor"), ShowActor(actor_id=m.into.id))], [button(t("actors.back"), Actors())]]
    return Screen([t("actors.merged", actor=m.actor.name, into=m.into.name), *_moves(m)], rows)
