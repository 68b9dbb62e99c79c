"""/paminnelser: what comes next, and what a person chooses to be reminded of."""

from typing import ClassVar

from bot.domain.results.reminders import MUTABLE, Overview
from bot.views.press import Press
from bot.views.reminders import actor_of, called, zone_of
from bot.views.screen import Button, Line, Screen, button, t
from bot.views.times import At


class Turn(Press):
    """Turn a kind on (1) or off (0)."""

    code: ClassVar[str] = "rt"
    kind: str
    on: int


def overview(result: Overview) -> Screen:
    """What comes next, and what can be turned off."""
    lines: list[Line] = [t("reminders.heading")]
    for coming in result.coming:
        when = At(coming.due_at, zone_of(coming.about))
        line = t(f"reminders.coming_{coming.topic}", when=when, title=called(coming.about))
        actor = actor_of(coming.about)
        lines.append(t("reminders.of_actor", actor=actor, line=line) if result.several_actors and actor else line)
    if not result.coming:
        lines.append(t("reminders.none_coming"))
    if result.more:
        lines.append(t("reminders.and_more", n=result.more))
    lines += ["", t("reminders.choose"), t("reminders.always")]
    return Screen(lines, [[_toggle(kind, on=kind not in result.muted)] for kind in MUTABLE])


def _toggle(kind: str, *, on: bool) -> Button:
    label = t("reminders.on" if on else "reminders.off", kind=t(f"reminders.kind_{kind}"))
    return button(label, Turn(kind=kind, on=int(not on)))
