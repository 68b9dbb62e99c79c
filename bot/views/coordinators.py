"""Coordinators: who runs which arenas."""

from typing import ClassVar

from bot.domain.model import Arena
from bot.domain.results.actors import CoordinatorLink, CoordinatorList, CoordinatorsLeft, RightRemoved
from bot.views.edition_buttons import Coordinate
from bot.views.menus import go
from bot.views.people import mention
from bot.views.press import Press
from bot.views.queue_buttons import Actors
from bot.views.screen import Button, L, Line, Screen, Words, button, t


class Coordinators(Press):
    """Who runs which arenas."""

    code: ClassVar[str] = "ka"


class InviteCoordinator(Press):
    """Invite another: of which arena."""

    code: ClassVar[str] = "ki"


class InviteCoordinatorTo(Press):
    """Of this arena, or of all."""

    code: ClassVar[str] = "kt"
    arena_id: int | None


class RemoveRight(Press):
    """Take a right away."""

    code: ClassVar[str] = "kr"
    right_id: int


def removed(result: RightRemoved) -> Screen:
    """The right is gone; who is left, for those who may still see it."""
    said = t("coordinators.removed", person=result.holder.name) if result.holder is not None else None
    if result.left is None:
        return Screen([said], [[go("start")]])
    screen = listed(result.left)
    return Screen([said, *screen.lines], screen.rows)


def listed(result: CoordinatorList) -> Screen:
    """Everybody with their arenas; who runs all arenas may change it."""
    lines: list[Line] = [
        t("coordinators.heading"),
        *(
            t("coordinators.person", person=mention(person), arenas=[_arena(arena) for _, arena in held])
            for person, held in result.people
        ),
    ]
    rows: list[list[Button]] = []
    if result.all_arenas:
        rows = [
            [button(t("coordinators.remove", person=person.name, arena=_arena(arena)), RemoveRight(right_id=right.id))]
            for person, held in result.people
            for right, arena in held
        ]
        rows.insert(0, [button(t("coordinators.invite"), InviteCoordinator())])
    else:
        lines.append(t("coordinators.only_all"))
    return Screen(lines, [*rows, [button(t("actors.back"), Actors()), button(t("actors.overview"), Coordinate())]])


def _arena(arena: Arena | None) -> Words:
    return t("coordinators.all_arenas") if arena is None else L(arena.name)


def invite_where(result: CoordinatorList) -> Screen:
    """Of which arena the new coordinator is to be."""
    rows = [[button(L(arena.name), InviteCoordinatorTo(arena_id=arena.id))] for arena in result.arenas]
    every = [button(t("coordinators.all_arenas"), InviteCoordinatorTo(arena_id=None))]
    return Screen([t("coordinators.invite_where")], [*rows, every, [button(t("common.back"), Coordinators())]])


def invited(made: CoordinatorLink, address: str) -> Screen:
    """The link, to copy."""
    arenas = [_arena(arena) for arena in made.arenas] or [_arena(None)]
    return Screen(
        [t("coordinators.invited", arenas=arenas), "", address],
        [[Button(t("people.copy_link"), copy=address)], [button(t("common.back"), Coordinators())]],
    )


def right_removed(arena: Arena | None) -> Screen:
    """For the person: the right is gone."""
    return Screen([t("coordinators.your_right_removed", arena=_arena(arena))])


def left(found: CoordinatorsLeft) -> Screen:
    """For those who go on: a coordinator is to be forgotten and not named, and who there is now."""
    names = [person.name for person in found.people]
    lines = [t("coordinators.left", arena=_arena(found.arena)), t("coordinators.still", people=names)]
    return Screen(lines, [[button(t("coordinators.open"), Coordinators())]])
