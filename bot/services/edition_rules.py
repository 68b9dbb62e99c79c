"""An edition's reminders: its evaluation, asked of all who took part, and once more."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import remind
from bot.domain.dates import local_day
from bot.domain.evaluation import has_scores
from bot.domain.model import Edition, Person, Reminder
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Planned
from bot.domain.results.reminders import EditionOver, Item
from bot.services import askings, methods
from bot.services.reminding import TOPICS, Wanted

PREFIX = "edition"
TOPIC = TOPICS[remind.Kind.EDITION]


class EditionRules:
    """Who is meant is known first when it is due: until then one row without a person keeps the time."""

    prefix = PREFIX

    async def load(self, work: UnitOfWork, ids: Collection[int]) -> Mapping[int, Edition]:
        """As `Rules` says."""
        found = [await work.editions.find(edition_id) for edition_id in ids]
        return {edition.id: edition for edition in found if edition is not None}

    async def of_actor(self, work: UnitOfWork, actor_id: int) -> Collection[int]:  # noqa: ARG002  # as `Rules` says
        """None: people are looked up when it is due."""
        return ()

    def zone(self, about: Edition) -> ZoneInfo:
        """The edition's."""
        return about.tz

    async def wanted(self, work: UnitOfWork, about: Edition, now: datetime, *, reachable: bool = False) -> list[Wanted]:
        """As `Rules` says."""
        planned = remind.for_edition(about) if about.published else []
        wants = [Wanted(each, None) for each in planned]
        if not any(each.due_at <= now < each.until_at for each in planned):
            return wants
        answered = {e.person_id for e in await work.edition_evaluations.list_of(about.id) if has_scores(e)}
        waiting = await askings.with_something_to_evaluate(work, about)
        for person, _ in await work.participation.list_of(about.id):
            if TOPIC in person.muted or (reachable and not await work.chats.is_reachable(person.user_id)):
                continue
            lacks = person.id not in answered
            wants += [
                Wanted(each, person.id)
                for each in planned
                if lacks or (person.id in waiting and remind.asks_of_activities(about, each.kind))
            ]
        return wants

    async def item(
        self, work: UnitOfWork, person: Person, about: Edition, said: Sequence[Planned], *, now: datetime
    ) -> Item | None:
        """As `Rules` says."""
        if about.ends_on is not None and local_day(now, about.tz) <= about.ends_on:
            return None  # it was moved meanwhile
        kind = max(said).kind
        return EditionOver(
            about,
            await work.edition_evaluations.of(about.id, person.id),
            await askings.put_with(work, about, person, kind),
            await methods.list_unshared(work, await askings.own_activities(work, about, person), now=now),
            await work.ambassadors.of(about.id, person.id),
            again=kind is remind.Kind.EDITION_AGAIN,
        )

    async def leave(self, work: UnitOfWork, reminder: Reminder, about: Edition, *, now: datetime) -> None:
        """Nobody passes it on: it is asked of people, and actors without Telegram are asked about their activities."""

    async def forget(self, work: UnitOfWork, about: Edition, wants: Sequence[Wanted], now: datetime) -> None:
        """There is nothing to forget."""

    def keeps(self, reminder: Reminder, about: Edition) -> bool:  # noqa: ARG002  # as `Rules` says
        """Rows with a person came when it was due."""
        return reminder.person_id is not None


RULES = EditionRules()
