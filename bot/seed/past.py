"""Editions of the demo that are over, and what came of them: what there is to report on its first day."""

from datetime import UTC, date, datetime
from typing import Any, Final

from bot.domain.evaluation import AMBASSADOR, EDITION, EVALUATION, activity_subject, edition_subject
from bot.domain.issues import ASKED, statement_subject
from bot.domain.model import Activity, Actor, Arena, ContactState, Edition, GivenBy, JointActorState, JointState
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.seed.editions import add_edition, at

HOME: Final = "Europe/Stockholm"


class Past:
    """Stores the past that the data tells of. Whoever acted then is not named, save two of the demo's people."""

    def __init__(self, work: UnitOfWork, data: dict[str, Any], actors: dict[str, Actor]) -> None:
        self.work = work
        self.data = data
        self.actors = actors

    async def add(self, arenas: dict[str, Arena]) -> None:
        """All of it."""
        for edition in self.data["editions"]:
            await self._edition(edition, arenas[edition["arena"]])
        for statement in self.data["statements"]:
            await self._statement(statement)
        for joint in self.data["joint"]:
            await self._joint(joint)
        await self._entered(arenas)

    async def _edition(self, data: dict[str, Any], arena: Arena) -> None:
        edition = await add_edition(self.work, data, arena, self.actors, now=at(data["booked_at"], HOME))
        activities = {
            view.activity.title: view.activity for view in await self.work.bookings.list_of_edition(edition.id)
        }
        groups = [group.id for group in await self.work.target_groups.list_of(arena.id)]
        for booking in data["bookings"]:
            await self._activity(booking, activities[booking["title"]], groups, at(data["evaluated_at"], HOME))
        await self._people(data["people"], edition, at(data["evaluated_at"], HOME))
        await self._contacts(data.get("contacts"), edition)
        await self._outturn_and_comment(data["outturn"], edition)

    async def _activity(self, data: dict[str, Any], activity: Activity, groups: list[int], now: datetime) -> None:
        ids = {"actor_id": activity.actor_id, "person_id": None}
        await self.work.askings.add(kind=EVALUATION, subject=activity_subject(activity.id), asked_at=now, **ids)
        if "answer" in data:
            came, satisfied, worth, again, groups_came, led_to, *by = data["answer"]
            await self.work.evaluations.add(
                activity_id=activity.id,
                held=came is not None,
                came=came,
                satisfied=satisfied,
                worth=worth,
                again=again,
                groups_came=[groups[place] for place in groups_came] or None,
                led_to=led_to or None,
                given_by=GivenBy(*by or [GivenBy.ACTOR]),
                answered_at=now,
                **ids,
            )
        if "method" in data:
            await self._method(data["method"], activity)

    async def _method(self, data: dict[str, Any], activity: Activity) -> None:
        shared_at = at(data["shared_at"], HOME)
        words = {name: data[name] for name in ("did", "worked", "change")}
        ids = {"activity_id": activity.id, "actor_id": activity.actor_id}
        method = await self.work.methods.add(shared_at=shared_at, **ids, **words)
        for name in data["asked_by"]:
            await self.work.method_questions.add(
                method_id=method.id, actor_id=self.actors[name].id, asked_at=shared_at, answered_at=shared_at
            )

    async def _people(self, data: dict[str, Any], edition: Edition, now: datetime) -> None:
        for name, satisfied, help_, ambassador, *user_id in data["answers"]:
            person = await self.work.people.with_user_id(*user_id) if user_id else None
            ids = {"actor_id": self.actors[name].id, "person_id": person.id if person is not None else None}
            await self._asked(edition, now, **ids)
            answered = {"edition_id": edition.id, "answered_at": now, **ids}
            await self.work.edition_evaluations.add(satisfied=satisfied, help=help_, **answered)
            if ambassador is not None:
                await self.work.ambassadors.add(answer=ambassador, **answered)
        for name in data["silent"]:
            await self._asked(edition, now, actor_id=self.actors[name].id, person_id=None)

    async def _asked(self, edition: Edition, now: datetime, **ids: int | None) -> None:
        for kind in (EDITION, AMBASSADOR):
            await self.work.askings.add(kind=kind, subject=edition_subject(edition.id), asked_at=now, **ids)

    async def _contacts(self, data: dict[str, Any] | None, edition: Edition) -> None:
        if data is None:
            return
        asked_at = at(data["asked_at"], HOME)
        for state in (ContactState.ACCEPTED, ContactState.ASKED):
            for asking, asked in data[state]:
                await self.work.contact_requests.add(
                    from_actor_id=self.actors[asking].id,
                    to_actor_id=self.actors[asked].id,
                    edition_id=edition.id,
                    state=state,
                    asked_at=asked_at,
                    answered_at=asked_at if state is ContactState.ACCEPTED else None,
                )

    async def _statement(self, data: dict[str, Any]) -> None:
        issue, written_at = (await self.work.issues.list_all())[data["issue"]], at(data["written_at"], HOME)
        statement = await self.work.statements.add(issue_id=issue.id, text=data["text"], version=1)
        written = {"version": 1, "kind": "first", "text": data["text"], "written_at": written_at}
        await self.work.statement_versions.add(statement_id=statement.id, **written)
        for actor in await self.work.actors.list_known():
            ids = {"subject": statement_subject(statement.id, 1), "actor_id": actor.id}
            await self.work.askings.add(kind=ASKED, asked_at=written_at, **ids)
        for name, position, decided, *reservation in data["stances"]:
            await self.work.stances.add(
                statement_id=statement.id,
                actor_id=self.actors[name].id,
                version=1,
                position=position,
                reservation=reservation[0] if reservation else None,
                decided=decided,
                source=self.data["example"],
                given_by=GivenBy.ACTOR,
                given_at=written_at,
            )

    async def _joint(self, data: dict[str, Any]) -> None:
        issue, started_at = (await self.work.issues.list_all())[data["issue"]], at(data["started_at"], HOME)
        done_at = at(data["done_at"], HOME) if "done_at" in data else None
        action = await self.work.joint_actions.add(
            issue_id=issue.id,
            lead_actor_id=self.actors[data["lead"]].id,
            what=data["what"],
            due_on=date.fromisoformat(data["due_on"]),
            state=JointState.PLANNED if done_at is None else JointState.DONE,
            outcome=data.get("outcome"),
            created_at=started_at,
            done_at=done_at,
        )
        for name in (data["lead"], *data["with"]):
            at_once = {"invited_at": started_at, "answered_at": started_at}
            await self.work.joint_actors.add(
                joint_action_id=action.id, actor_id=self.actors[name].id, state=JointActorState.ACCEPTED, **at_once
            )

    # What coordinators have entered

    async def _entered(self, arenas: dict[str, Arena]) -> None:
        entered_at = datetime(2026, 9, 30, 9, tzinfo=UTC)
        for result in self.data["earlier"]:
            arena_id = arenas[result["arena"]].id
            values = {key: value for key, value in result.items() if key != "arena"}
            await self.work.earlier_results.add(arena_id=arena_id, entered_at=entered_at, **values)
        for financing in self.data["financings"]:
            await self.work.financings.add(**financing)
        for years in self.data["commented_years"]:
            await self._comment(f"years:{years}", entered_at)

    async def _outturn_and_comment(self, amount: int, edition: Edition) -> None:
        entered_at = at(f"{edition.year}-09-30 09:00", HOME)
        source = self.data["example"]
        await self.work.outturns.add(edition_id=edition.id, amount=amount, source=source, entered_at=entered_at)
        await self._comment(f"edition:{edition.id}", entered_at)

    async def _comment(self, scope: str, written_at: datetime) -> None:
        text = self.data["comment"]
        await self.work.result_comments.add(scope=scope, result=1, text=text, written_at=written_at)
