"""All that waits for coordinators, one card at a time."""

from bot.domain.results.applications import Contest, ErrandView, MatterView, Queued
from bot.domain.results.people import Newcomer
from bot.views import errands as errand_views
from bot.views import matters, newcomers
from bot.views.applications import contest
from bot.views.menus import go
from bot.views.queue_buttons import Queue
from bot.views.screen import Screen, button, t


def queue(result: Queued) -> Screen:
    """One card of what waits, which of how many, and the way to the next."""
    if result.item is None or result.place is None:
        again = [button(t("applications.begin_again"), Queue())] if result.count else []
        text = t("applications.end_left", n=result.count) if result.count else t("applications.end")
        return Screen([text], [again, [go("samordna")]])
    screen = _item(result)
    later = button(t("applications.later"), Queue(kind=result.place.kind, item_id=result.place.item_id))
    position = t("applications.position", number=result.number, count=result.count)
    return Screen([position, *screen.lines], [*screen.rows, [later]], screen.above, screen.below)


def _item(result: Queued) -> Screen:
    match result.item:
        case Contest() as asked:
            return contest(asked)
        case MatterView() as about:
            return matters.matter(about)
        case ErrandView() as about_errand:
            return errand_views.errand(about_errand)
        case Newcomer() as newcomer:
            return newcomers.newcomer(newcomer)
        case None:
            return Screen([])
