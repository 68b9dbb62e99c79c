"""Who and what figures count, found once for a scope: actors behind doubles, activities, slots."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Final

from bot.domain.figures.scope import ZONE, Scope
from bot.domain.figures.source import (
    Activity,
    ActivityAnswer,
    Actor,
    Arena,
    Booking,
    Edition,
    Financing,
    Outturn,
    Slot,
    Source,
    Stage,
)
from bot.domain.frozen import dataclass

PUBLIC: Final = frozenset({"municipality", "authority", "university", "region"})
PRIVATE: Final = frozenset({"company"})
REGION: Final = "region"
OPEN: Final = "open"
BLOCKED: Final = "blocked"
LEVELS: Final = ("national", "international", "regional")
_NEVER_ASKED: Final = frozenset({"expired", "released"})
"""Why a booking ended that was only held for a while."""


@dataclass(frozen=True, slots=True)
class Held:
    """An activity with its booked slot and its actors: the owner first, then those that accepted to arrange it too."""

    activity: Activity
    edition: Edition
    slot: Slot
    stage: Stage
    actors: tuple[Actor, ...]
    answer: ActivityAnswer | None

    @property
    def owner(self) -> Actor:
        """Whose it is."""
        return self.actors[0]

    @property
    def is_own(self) -> bool:
        """Whether it is the region's own."""
        return self.owner.kind == REGION

    @property
    def was_held(self) -> bool | None:
        """Whether it took place, as was answered; None: nobody has said."""
        return None if self.answer is None else self.answer.held


class Population:
    """A scope's things at an instant."""

    def __init__(self, source: Source, scope: Scope, now: datetime) -> None:
        self.source = source
        self.scope = scope
        self.now = now
        self.arenas: Mapping[int, Arena] = {arena.id: arena for arena in source.arenas}
        self.editions = tuple(e for e in self._ordered(source.editions) if scope.holds(e))
        self.edition_ids = frozenset(e.id for e in self.editions)
        self.edition_of: Mapping[int, Edition] = {e.id: e for e in source.editions}

    def _ordered(self, editions: Iterable[Edition]) -> list[Edition]:
        return sorted(editions, key=lambda e: (e.year, self.arenas[e.arena_id].position, e.id))

    @property
    def as_of(self) -> datetime:
        """Until when what has a date of its own counts: now, or the scope's end when that is past."""
        return min(self.now, self.scope.ends_at)

    def level_of(self, edition: Edition) -> str | None:
        """Whom an edition's arena is to reach."""
        return self.arenas[edition.arena_id].level

    def is_over(self, edition: Edition) -> bool:
        """Whether its last day is past, Swedish time."""
        last = edition.ends_on or edition.starts_on
        return last is not None and last < self.now.astimezone(ZONE).date()

    # Actors

    @cached_property
    def actors(self) -> Mapping[int, Actor]:
        """Every actor's id to the actor that it counts as: the one it was merged into in the end."""
        by_id = {actor.id: actor for actor in self.source.actors}

        def root(actor: Actor) -> Actor:
            seen = {actor.id}
            while actor.merged_into_id in by_id and actor.merged_into_id not in seen:
                seen.add(actor.merged_into_id)
                actor = by_id[actor.merged_into_id]
            return actor

        return {actor_id: root(actor) for actor_id, actor in by_id.items()}

    # Activities

    @cached_property
    def every_activity(self) -> tuple[Held, ...]:
        """All booked activities of all editions, by start."""
        slots, stages = {s.id: s for s in self.source.slots}, {s.id: s for s in self.source.stages}
        activities = {a.id: a for a in self.source.activities}
        answers = {a.activity_id: a for a in self.source.activity_evaluations}
        accepted: dict[int, list[int]] = defaultdict(list)
        for co in self.source.co_organisers:
            if co.state == "accepted" and co.actor_id is not None:
                accepted[co.activity_id].append(co.actor_id)
        found: dict[int, Held] = {}
        for booking in self.source.bookings:
            if booking.state == "booked" and slots[booking.slot_id].state != "cancelled":
                activity, slot = activities[booking.activity_id], slots[booking.slot_id]
                actors = dict.fromkeys(self.actors[i] for i in (activity.actor_id, *accepted[activity.id]))
                stage, edition = stages[slot.stage_id], self.edition_of[activity.edition_id]
                found[activity.id] = Held(activity, edition, slot, stage, tuple(actors), answers.get(activity.id))
        return tuple(sorted(found.values(), key=lambda h: (h.slot.starts_at, h.activity.id)))

    @cached_property
    def activities(self) -> tuple[Held, ...]:
        """The scope's."""
        return tuple(h for h in self.every_activity if h.edition.id in self.edition_ids)

    @cached_property
    def activity_ids(self) -> frozenset[int]:
        """The scope's activities."""
        return frozenset(h.activity.id for h in self.activities)

    @cached_property
    def taking_part(self) -> Mapping[int, list[Held]]:
        """The scope's actors, each with what it arranges, in the order they first appear."""
        found: dict[int, list[Held]] = defaultdict(list)
        for held in self.activities:
            for actor in held.actors:
                found[actor.id].append(held)
        return found

    @cached_property
    def others(self) -> tuple[Actor, ...]:
        """Who takes part, less the region."""
        return tuple(self.actors[i] for i in self.taking_part if self.actors[i].kind != REGION)

    @cached_property
    def known_before(self) -> frozenset[int]:
        """Actors that took part before: for an edition in its arena in an earlier year, for years anywhere earlier."""
        arena = self.edition_of[self.scope.edition_id].arena_id if self.scope.edition_id is not None else None
        return frozenset(
            actor.id
            for held in self.every_activity
            if held.edition.year < self.scope.from_year and arena in (None, held.edition.arena_id)
            for actor in held.actors
        )

    # Money

    @cached_property
    def financings(self) -> tuple[Financing, ...]:
        """Who pays for any of the scope's years."""
        scope = self.scope
        mine = (f for f in self.source.financings if f.from_year <= scope.to_year and f.to_year >= scope.from_year)
        return tuple(mine)

    @property
    def frame_years(self) -> tuple[int, int] | None:
        """From when and until when they pay."""
        paid = self.financings
        return (min(f.from_year for f in paid), max(f.to_year for f in paid)) if paid else None

    @cached_property
    def outturns(self) -> tuple[Outturn, ...]:
        """What the scope's editions cost, where it is known."""
        return tuple(o for o in self.source.outturns if o.edition_id in self.edition_ids)

    # Slots

    @cached_property
    def slots(self) -> tuple[tuple[Slot, Stage, Edition], ...]:
        """The scope's slots that are not cancelled, by start."""
        stages = {s.id: s for s in self.source.stages}
        found = [(s, stages[s.stage_id]) for s in self.source.slots if s.state != "cancelled"]
        mine = [(s, st, self.edition_of[st.edition_id]) for s, st in found if st.edition_id in self.edition_ids]
        return tuple(sorted(mine, key=lambda each: (each[0].starts_at, each[0].id)))

    @cached_property
    def asked_for(self) -> frozenset[int]:
        """Slots that somebody has booked, applied for or asked to have."""
        return frozenset(b.slot_id for b in self.source.bookings if _was_asked(b))

    @cached_property
    def booked(self) -> Mapping[int, Held]:
        """The scope's slots that an activity has."""
        return {held.slot.id: held for held in self.activities}

    def was_used(self, slot: Slot) -> bool:
        """Whether it was booked, is past, and nobody has said that nothing took place."""
        held = self.booked.get(slot.id)
        return held is not None and slot.ends_at <= self.now and held.was_held is not False

    def state_of(self, slot: Slot) -> str:
        """What became of a slot that is not cancelled: used, booked, blocked or free."""
        if slot.id in self.booked:
            return "used" if self.was_used(slot) else "booked"
        return BLOCKED if slot.state == BLOCKED else "free"


def _was_asked(booking: Booking) -> bool:
    if booking.state == "ended":
        return booking.booked_at is not None or booking.ended_why not in _NEVER_ASKED
    return booking.state != "held"


def is_public(actor: Actor) -> bool:
    """Whether it is a public body."""
    return actor.kind in PUBLIC


def is_private(actor: Actor) -> bool:
    """Whether it is a company."""
    return actor.kind in PRIVATE
