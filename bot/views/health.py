"""How the bot is, in a few lines."""

from collections.abc import Mapping

from bot.domain.outgoing import Priority
from bot.domain.results.health import Fault, Health
from bot.views.screen import Line, Screen, T, t

MINUTE, HOUR, DAY = 60, 3600, 86_400
LENGTH = 200
"""Of an error's words."""


def screen(health: Health) -> Screen:
    """What waits, what was sent, what went wrong."""
    return Screen([t("health.heading"), *lines(health)])


def lines(health: Health) -> list[Line]:
    """The same without a heading, one thing a line."""
    backlog = health.backlog
    waiting = sum(backlog.rows.values())
    return [
        t("health.in_empty") if health.update_seconds is None else _inbox(backlog.updates, health.update_seconds),
        t("health.out_empty") if not waiting else _outbox(backlog.rows, backlog.oldest_seconds or 0.0),
        t("health.sent", n=backlog.lately),
        t("health.silent", age=_age(backlog.silent_seconds)) if backlog.silent_seconds else None,
        t("health.well") if not (backlog.dead or backlog.aside or backlog.failing) else None,
        t("health.dead", n=backlog.dead) if backlog.dead else None,
        t("health.aside", n=backlog.aside) if backlog.aside else None,
        t("health.failing", n=backlog.failing) if backlog.failing else None,
        *(_fault(fault) for fault in backlog.faults),
    ]


def _inbox(count: int, seconds: float) -> T:
    return t("health.in", n=count, age=_age(seconds))


def _outbox(rows: Mapping[Priority, int], seconds: float) -> T:
    counts = {name: rows.get(priority, 0) for name, priority in _NAMES.items()}
    return t("health.out", age=_age(seconds), **counts)


_NAMES = {"replies": Priority.REPLY, "notices": Priority.NOTICE, "announcements": Priority.ANNOUNCEMENT}


def _fault(fault: Fault) -> T:
    kind = t("health.update") if fault.kind is None else fault.kind
    return t("health.fault", kind=kind, why=fault.why[:LENGTH])


def _age(seconds: float) -> T:
    if seconds < 2 * MINUTE:
        return t("health.seconds", n=round(seconds))
    if seconds < 2 * HOUR:
        return t("health.minutes", n=round(seconds / MINUTE))
    if seconds < 2 * DAY:
        return t("health.hours", n=round(seconds / HOUR))
    return t("health.days", n=round(seconds / DAY))
