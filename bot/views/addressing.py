"""To whom an announcement goes: the cards on which it is chosen, and how it is told."""

from collections.abc import Sequence

from bot.domain.announcements import Audience, AudienceKind
from bot.domain.model import ActorKind, Edition
from bot.domain.results.announcements import ChooseActors, ChooseAudience, ChooseEdition, ChooseKinds, Size
from bot.views.announcement_buttons import (
    ActorPage,
    Chosen,
    Discard,
    ForEdition,
    OtherEditions,
    PickAudience,
    ToggleActor,
    ToggleKind,
)
from bot.views.screen import Button, L, Screen, T, button, t

NAMED = 8
"""Single actors that are named; the others are counted."""


def choose_edition(result: ChooseEdition) -> Screen:
    """Which edition it is about."""
    rows = [[button(L(e.name), ForEdition(draft_id=result.draft.id, edition_id=e.id))] for e in result.editions]
    return Screen([t("announcements.which_edition")], rows)


def choose_audience(result: ChooseAudience) -> Screen:
    """An edition's audiences with their sizes, or everybody."""
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
    """How many: "14 aktörer, 22 personer"; an audience of people is no actors."""
    if not size.actors and size.people:
        return t("announcements.people", n=size.people)
    return t(
        "announcements.size",
        actors=t("announcements.actors", n=size.actors),
        people=t("announcements.people", n=size.people),
    )


def choose_kinds(result: ChooseKinds) -> Screen:
    """Kinds of actors; a press toggles."""
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


def choose_actors(result: ChooseActors) -> Screen:
    """Single actors, a page; a press toggles."""
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
