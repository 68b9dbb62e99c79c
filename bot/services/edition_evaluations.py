"""The evaluation of an edition by each person who took part; and who will be an ambassador for its arena."""

from datetime import datetime
from typing import Any

from bot.domain import evaluation as rules
from bot.domain.answers import UnknownChoice
from bot.domain.edition_rules import is_over
from bot.domain.errors import NotAllowed, NotFound, Outdated
from bot.domain.evaluation import AMBASSADOR, COMMENT_MAX, EDITION, NotOverYet
from bot.domain.membership import short_text
from bot.domain.model import Arena, Draft, Edition, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.evaluations import EvaluatingEdition
from bot.domain.seat import Seat
from bot.services import askings, audiences, methods
from bot.services.dialogues import close_draft, open_draft, own_draft

KIND = "edition_evaluation"
SKIPPED = ""
"""The free line that a person chose not to write."""
YES, NO = "yes", "no"
METHOD = "method"
"""The question of which activity to tell how it was done."""


async def _own(work: UnitOfWork, person: Person, edition_id: int, *, now: datetime) -> Edition:
    """An edition that is over and in which the person takes part. Raises NotFound, NotAllowed, NotOverYet."""
    edition = await work.editions.get(edition_id)
    if edition_id not in await work.participation.editions_of(person.id):
        raise NotAllowed
    if not is_over(edition, now):
        raise NotOverYet
    return edition


async def show(
    work: UnitOfWork, seat: Seat, edition_id: int, question: str | None = None, *, now: datetime
) -> EvaluatingEdition:
    """Ask a question, or the first without an answer. Raises NotFound, NotAllowed, NotOverYet, UnknownChoice."""
    if question is not None and question not in {*rules.EDITION_SCORES, "change", "ambassador", METHOD}:
        raise UnknownChoice
    return await _ask(work, seat, await _own(work, seat.person, edition_id, now=now), question, now=now)


async def _ask(
    work: UnitOfWork, seat: Seat, edition: Edition, question: str | None = None, *, now: datetime
) -> EvaluatingEdition:
    known = await work.edition_evaluations.of(edition.id, seat.person.id)
    unshared = await methods.list_unshared(work, await askings.own_activities(work, edition, seat.person), now=now)
    of_nothing = question == METHOD and not unshared
    asked = rules.next_of_edition(known) if question is None or of_nothing else question
    draft = None
    if asked == "change":
        data = {"edition_id": edition.id}
        draft = await open_draft(work, seat, KIND, "change", data, awaits_text=True, now=now)
    return EvaluatingEdition(
        edition,
        known,
        asked,
        draft,
        await work.ambassadors.of(edition.id, seat.person.id),
        await askings.to_evaluate(work, edition, seat.person),
        unshared,
    )


async def score(
    work: UnitOfWork, seat: Seat, edition_id: int, name: str, value: int, *, now: datetime
) -> EvaluatingEdition:
    """Keep a score and ask what is next. Raises NotFound, NotAllowed, NotOverYet, UnknownChoice."""
    if name not in rules.EDITION_SCORES:
        raise UnknownChoice
    edition = await _own(work, seat.person, edition_id, now=now)
    await _keep(work, seat.person, edition, now=now, **{name: rules.require_answer(name, value)})
    return await _ask(work, seat, edition, now=now)


async def write(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> EvaluatingEdition:
    """Keep what to change. Raises NotFound, NotAllowed, NameMissing, TextTooLong."""
    return await _take(work, seat, draft, short_text(text, COMMENT_MAX), now=now)


async def skip(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> EvaluatingEdition:
    """Write nothing; what was written before is taken away. Raises NotFound, NotAllowed."""
    return await _take(work, seat, await own_draft(work, seat, draft_id, KIND), SKIPPED, now=now)


async def _take(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> EvaluatingEdition:
    edition = await _own(work, seat.person, int(draft.data["edition_id"]), now=now)
    await close_draft(work, draft, now=now)
    await _keep(work, seat.person, edition, now=now, change=text)
    return await _ask(work, seat, edition, now=now)


async def _keep(work: UnitOfWork, person: Person, edition: Edition, *, now: datetime, **answers: Any) -> None:
    known = await work.edition_evaluations.of(edition.id, person.id)
    if known is not None:
        await work.edition_evaluations.change(known, **answers, answered_at=now)
        return
    actor_id = await _actor_of(work, edition, person)
    ids = {"edition_id": edition.id, "person_id": person.id, "actor_id": actor_id}
    await work.edition_evaluations.add(**ids, **answers, answered_at=now)
    await _was_asked(work, EDITION, edition, person, actor_id, now=now)


async def _actor_of(work: UnitOfWork, edition: Edition, person: Person) -> int | None:
    taking_part = {each.id: actor_id for each, actor_id in await work.participation.list_of(edition.id)}
    return taking_part.get(person.id)


async def _was_asked(
    work: UnitOfWork, kind: str, edition: Edition, person: Person, actor_id: int | None, *, now: datetime
) -> None:
    """Who answers by themselves was asked too: none answers more than were asked."""
    subject = rules.edition_subject(edition.id)
    if await work.askings.of(kind, subject, actor_id=actor_id, person_id=person.id) is None:
        await askings.note(work, kind, subject, actor_id=actor_id, person_id=person.id, now=now)


# Ambassadors


async def be_ambassador(
    work: UnitOfWork, seat: Seat, edition_id: int, *, yes: bool, now: datetime
) -> EvaluatingEdition:
    """Say yes or no, or take the yes back. Raises NotFound, NotAllowed, NotOverYet."""
    edition = await _own(work, seat.person, edition_id, now=now)
    known = await work.ambassadors.of(edition_id, seat.person.id)
    if known is None:
        actor_id = await _actor_of(work, edition, seat.person)
        ids = {"edition_id": edition_id, "person_id": seat.person.id, "actor_id": actor_id}
        await work.ambassadors.add(**ids, answer=YES if yes else NO, answered_at=now)
        await _was_asked(work, AMBASSADOR, edition, seat.person, actor_id, now=now)
    elif yes:
        await work.ambassadors.change(known, answer=YES, answered_at=now, withdrawn_at=None)
    if not yes:
        await _stop(work, seat.person, edition.arena_id, now=now)
    return await _ask(work, seat, edition, now=now)


async def ambassador_for(work: UnitOfWork, person: Person) -> list[tuple[Arena, int]]:
    """The arenas that the person is an ambassador for, each with the latest edition after which they said yes."""
    found: dict[int, int] = {}
    for each in await work.ambassadors.list_of_person(person.id):
        found.setdefault((await work.editions.get(each.edition_id)).arena_id, each.edition_id)
    return [(await work.arenas.get(arena_id), edition_id) for arena_id, edition_id in found.items()]


async def stop_being_ambassador(work: UnitOfWork, person: Person, edition_id: int, *, now: datetime) -> None:
    """Take the yes to the edition's arena back, whatever else has changed since. Raises NotFound, Outdated."""
    known = await work.ambassadors.of(edition_id, person.id)
    if known is None or known.answer != YES:
        raise NotFound(what="ambassadors", id=edition_id)
    if not await _stop(work, person, (await work.editions.get(edition_id)).arena_id, now=now):
        raise Outdated(what="networks", id=person.id)


async def _stop(work: UnitOfWork, person: Person, arena_id: int, *, now: datetime) -> bool:
    """One is an ambassador for an arena, after whichever editions one said yes: none of them counts any more, and no
    announcement to its ambassadors goes out to the person. False: there was nothing to take back.
    """
    standing = [
        each
        for each in await work.ambassadors.list_of_person(person.id)
        if (await work.editions.get(each.edition_id)).arena_id == arena_id
    ]
    for each in standing:
        await work.ambassadors.change(each, withdrawn_at=now)
    await audiences.spare_ambassador(work, person, arena_id)
    return bool(standing)
