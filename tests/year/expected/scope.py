"""What a report is about, and what of the record lies within."""

from datetime import datetime
from typing import NamedTuple

from tests.year.record import Activity, Record
from tests.year.setting import Actor, Edition, local


class Scope(NamedTuple):
    """An edition by its name, or the years from one to another."""

    edition: str | None
    first: int
    last: int


class View:
    """The record within a scope."""

    def __init__(self, record: Record, scope: Scope) -> None:
        self.record = record
        self.scope = scope
        self.editions = [edition for edition in record.setting.editions if self.holds(edition)]
        self.names = {edition.name for edition in self.editions}
        self.every = [activity for activity in record.activities.values() if activity.booked]
        self.activities = [activity for activity in self.every if activity.slot.edition in self.names]

    def holds(self, edition: Edition) -> bool:
        if self.scope.edition is not None:
            return edition.name == self.scope.edition
        return self.scope.first <= edition.year <= self.scope.last

    @property
    def begins(self) -> datetime:
        """The first instant of its first year."""
        return local(f"{self.scope.first}-01-01 00.00")

    @property
    def until(self) -> datetime:
        """Until when what has a date of its own counts."""
        return min(self.record.now, local(f"{self.scope.last + 1}-01-01 00.00"))

    # Of activities

    def edition(self, activity: Activity) -> Edition:
        return self.record.setting.edition(activity.slot.edition)

    def is_over(self, activity: Activity) -> bool:
        return self.edition(activity).ends(activity.slot) <= self.record.now

    def actors(self, activity: Activity) -> list[Actor]:
        """Who arrange it, the owner first."""
        names = dict.fromkeys([activity.actor, *activity.followers])
        return [self.record.setting.actor(name) for name in names]

    def naming(self, part: str, what: str) -> int:
        """How many of the activities name an issue, a purpose or a target group."""
        return sum((part, what) in activity.named for activity in self.activities)

    def taking_part(self) -> list[Actor]:
        """Everybody who arranges something, each once."""
        return list({actor.name: actor for each in self.activities for actor in self.actors(each)}.values())
