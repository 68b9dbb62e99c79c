"""Results 5 and 6: who had which slots."""

from collections import Counter

from tests.year.expected.activities import held_answer
from tests.year.expected.figure import Figure
from tests.year.expected.scope import View

PUBLIC = {"municipality", "authority", "university", "region"}
KINDS = ("public", "private", "association")
LEVELS = ("national", "international", "regional")
MUNICIPALITIES = (
    *("Arjeplog", "Arvidsjaur", "Boden", "Gällivare", "Haparanda", "Jokkmokk", "Kalix", "Kiruna"),
    *("Luleå", "Pajala", "Piteå", "Älvsbyn", "Överkalix", "Övertorneå"),
)


def of_arenas(view: View) -> dict[str, Figure]:
    return _of_region(view) | _of_others(view) | _slots(view)


def _of_region(view: View) -> dict[str, Figure]:
    over = [edition for edition in view.editions if edition.last < view.record.now.date()]
    others = [each for each in view.activities if view.actors(each)[0].kind != "region"]
    own = [each for each in view.activities if view.actors(each)[0].kind == "region"]
    blocks = [edition for edition in view.editions for _ in edition.own]
    by_level = {
        "editions.level": Counter(edition.level for edition in over),
        "own.activities.level": Counter(view.edition(each).level for each in own),
        "own.blocks.level": Counter(edition.level for edition in blocks),
        "activities.level": Counter(view.edition(each).level for each in view.activities),
        "others.activities.level": Counter(view.edition(each).level for each in others),
        "visitors.level": _visitors(view),
    }
    return {
        "editions.over": Figure(len(over), of=len(view.editions)),
        "own.activities": Figure(len(own), of=len(view.activities)),
        "own.blocks": Figure(len(blocks)),
        **{f"{family}.{level}": Figure(counts[level]) for family, counts in by_level.items() for level in LEVELS},
        "others.activities": Figure(len(view.activities) - len(own), of=len(view.activities)),
    }


def _visitors(view: View) -> Counter[str]:
    came: Counter[str] = Counter()
    for activity in view.activities:
        answer = held_answer(activity)
        came[view.edition(activity).level] += answer.came or 0 if answer is not None else 0
    return came


def _of_others(view: View) -> dict[str, Figure]:
    taking_part = view.taking_part()
    others = [actor for actor in taking_part if actor.kind != "region"]
    known = [actor for actor in view.record.setting.actors if actor.kind != "region"]
    returning = sum(actor.name in _before(view) for actor in others)
    counts = {
        "new": len(others) - returning,
        "returning": returning,
        "public": sum(actor.kind in PUBLIC for actor in others),
        "private": sum(actor.kind == "company" for actor in others),
        "association": sum(actor.kind == "association" for actor in others),
    }
    before = _before(view)
    by_kind = Counter((actor.name in before, _kind(actor.kind)) for actor in others)
    seats = Counter(actor.municipality for actor in others)
    return {
        "actors.others": Figure(len(others)),
        **{f"actors.{name}": Figure(count, of=len(others)) for name, count in counts.items()},
        **{f"actors.new.kind.{kind}": Figure(by_kind[False, kind]) for kind in KINDS},
        **{f"actors.returning.kind.{kind}": Figure(by_kind[True, kind]) for kind in KINDS},
        "actors.absent": Figure(sum(actor not in taking_part for actor in known)),
        "municipalities": Figure(sum(seats[name] > 0 for name in MUNICIPALITIES), of=14),
        **{f"municipalities.actors.{name}": Figure(seats[name]) for name in MUNICIPALITIES},
        "municipalities.actors.none": Figure(seats[None]),
    }


def _kind(kind: str) -> str:
    return "public" if kind in PUBLIC else "private" if kind == "company" else "association"


def _before(view: View) -> set[str]:
    """Who took part in an earlier year: for an edition at its arena, for years anywhere."""
    arenas = {edition.arena for edition in view.editions}
    return {
        actor.name
        for activity in view.every
        if view.edition(activity).year < view.scope.first
        and (view.scope.edition is None or view.edition(activity).arena in arenas)
        for actor in view.actors(activity)
    }


def _slots(view: View) -> dict[str, Figure]:
    offered = {
        slot
        for edition in view.editions
        for slot in edition.slots
        if (slot.day, slot.hour) not in edition.own | edition.called_off
    }
    booked = {each.slot for each in view.activities}
    not_held = {each.slot for each in view.activities if each.answer is not None and each.answer.came is None}
    used = {each.slot for each in view.activities if view.is_over(each)} - not_held
    return {
        "slots.offered": Figure(len(offered)),
        "slots.asked": Figure(len(offered & view.record.asked_for), of=len(offered)),
        "slots.booked": Figure(len(offered & booked), of=len(offered)),
        "slots.used": Figure(len(offered & used), of=len(offered)),
    }
