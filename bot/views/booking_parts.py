"""What every card about a booking is put together of."""

from bot.domain.model import BookingView, CoOrganiserState
from bot.domain.official import KINDS
from bot.views.screen import L, Line, Words, t
from bot.views.times import Span


def when(view: BookingView) -> Span:
    """The slot where it takes place."""
    return Span(view.slot.starts_at, view.slot.ends_at, view.edition.zone)


def title(view: BookingView) -> str:
    """The activity's title, or the actor's name while it is undecided."""
    return view.activity.title or view.actor.name


def together(view: BookingView) -> Line:
    """With whom it is arranged, and who has been asked."""
    names: list[Words] = [
        t("bookings.invited_name", name=name) if co.state is CoOrganiserState.INVITED else name
        for co, name in view.co_organisers
    ]
    return t("bookings.together", names=names) if names else None


def kind_name(kind: str | None) -> Words:
    """A kind of activity, or that it is decided later."""
    return L(KINDS[kind].words) if kind is not None and kind in KINDS else t("booking.kind_later")
