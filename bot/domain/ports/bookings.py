"""Activities, their bookings, co-organisers and followers."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.model import Activity, Booking, BookingView, CoOrganiser, Person
from bot.domain.ports.records import Repository


class ActivityRepository(Repository[Activity], Protocol):
    """What actors do in their slots."""

    async def follow(self, activity_id: int, person_id: int) -> None:
        """Make the activity one of the person's own (reminders come); doing it twice changes nothing."""

    async def unfollow(self, activity_id: int, person_id: int) -> None:
        """No reminders of this activity to the person."""

    async def list_of_actor(self, actor_id: int) -> list[Activity]:
        """All activities that an actor owns, also those whose bookings have ended."""

    async def list_followers(self, activity_id: int) -> list[Person]:
        """Whose own the activity is, with a right to act for its owner or a co-organiser that accepted."""


class BookingRepository(Repository[Booking], Protocol):
    """Ties between activities and slots."""

    async def view(self, booking_id: int) -> BookingView:
        """A booking with all that a card says of it. Raises NotFound."""

    async def list_views(self, booking_ids: Collection[int]) -> list[BookingView]:
        """Several, by start."""

    async def list_of_actor(self, actor_id: int) -> list[BookingView]:
        """Bookings not ended of activities that an actor owns or co-organises (accepted), by start."""

    async def list_of_edition(self, edition_id: int) -> list[BookingView]:
        """Bookings not ended, by start."""

    async def list_held_by(self, person_id: int) -> list[Booking]:
        """Held bookings of a person."""

    async def list_held_for(self, actor_id: int) -> list[Booking]:
        """Held bookings of an actor."""

    async def list_applied_for(self, slot_id: int) -> list[BookingView]:
        """Applications for a slot, oldest first."""

    async def list_of_activity(self, activity_id: int) -> list[Booking]:
        """An activity's bookings that are not ended."""

    async def taking(self, slot_id: int) -> Booking | None:
        """The booking that takes a slot now."""

    async def list_due(self, now: datetime, *, limit: int, but: Collection[int] = ()) -> list[Booking]:
        """The first held, requested and cancelling bookings whose `until_at` has come, less these."""

    async def next_due_at(self) -> datetime | None:
        """The earliest `until_at` of those that will end by themselves."""


class CoOrganiserRepository(Repository[CoOrganiser], Protocol):
    """Who arranges together with the owner."""

    async def list_of(self, activity_id: int) -> list[CoOrganiser]:
        """An activity's co-organisers, the declined ones left out."""

    async def between(self, activity_id: int, actor_id: int) -> CoOrganiser | None:
        """An actor's tie to an activity, a declined one too."""

    async def list_every(self, actor_id: int) -> list[CoOrganiser]:
        """All of an actor's ties to others' activities, the declined ones too."""

    async def list_invited(self, actor_id: int) -> list[CoOrganiser]:
        """Invitations that an actor has not answered."""
