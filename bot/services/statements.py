"""The statement under an issue: written, corrected or changed by who keeps the list; actors are asked as it comes.

A first version and a change ask each actor, by the rules of announcements; a correction asks nobody.
"""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.attributes import text_within
from bot.domain.errors import NotFound, Outdated, StepSkipped
from bot.domain.issues import ASKED, STATEMENT_MAX, NothingChanged, statement_subject
from bot.domain.model import Draft, Issue, Person, VersionKind
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.issues import IssueCard, StatementAsked, StatementDraft
from bot.domain.seat import Seat
from bot.services import issues, reminding, rights, stance_plans
from bot.services.dialogues import advance, close_draft, open_draft, own_draft
from bot.services.issues import STATEMENT_KIND

STEPS = ("sv", "en", "what_sv", "what_en")
"""What is awaited as text: the statement and what changed in it, in each language."""
_OPTIONAL = frozenset({"en", "what_en"})


async def start(work: UnitOfWork, seat: Seat, issue_id: int, *, now: datetime) -> StatementDraft:
    """Ask for the words, the first time or anew. Raises NotFound, NotAllowed."""
    await _kept(work, seat.person, issue_id)
    await issues.leave(work, seat.person, seat.chat_id, now=now)
    present = await work.statements.of(issue_id)
    data = {
        "issue_id": issue_id,
        "base": present.revision if present is not None else None,
        "text": dict(present.text) if present is not None else {},
        "what": {},
        "change": 0,
    }
    step = "sv" if present is None else "preview"
    draft = await open_draft(work, seat, STATEMENT_KIND, step, data, awaits_text=present is None, now=now)
    return await _shown(work, draft)


async def _kept(work: UnitOfWork, person: Person, issue_id: int) -> Issue:
    await rights.require_coordinator(work, person, None)
    return await work.issues.get(issue_id)


async def _opened(work: UnitOfWork, seat: Seat, draft_id: int) -> Draft:
    draft = await own_draft(work, seat, draft_id, STATEMENT_KIND)
    await _kept(work, seat.person, int(draft.data["issue_id"]))
    return draft


async def _shown(work: UnitOfWork, draft: Draft) -> StatementDraft:
    issue = await work.issues.get(int(draft.data["issue_id"]))
    present = await work.statements.of(issue.id)
    actors = [(a, await work.people.list_of_actor(a.id)) for a in await work.actors.list_known()]
    asked = [
        {p.id for p in people if stance_plans.MUTED not in p.muted and await work.chats.is_reachable(p.user_id)}
        for _, people in actors
    ]
    data = draft.data
    return StatementDraft(
        draft,
        issue,
        present,
        data["text"],
        data["what"],
        bool(data["change"]) or present is None,
        sum(bool(people) for people in asked),
        len(set().union(*asked)),
    )


async def ask_words(work: UnitOfWork, seat: Seat, draft_id: int, step: str, *, now: datetime) -> StatementDraft:
    """Await the words of a step, or («preview») none. Raises NotFound, NotAllowed, StepSkipped."""
    draft = await _opened(work, seat, draft_id)
    if step not in {*STEPS, "preview"}:
        raise StepSkipped
    return await _shown(work, await advance(work, draft, step, awaits_text=step in STEPS, now=now))


async def take(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> StatementDraft:
    """Keep what was written for the step. Raises NotFound, NotAllowed, NameMissing, TextTooLong."""
    draft = await _opened(work, seat, draft.id)
    words = text_within(text, STATEMENT_MAX)
    name = "what" if draft.step.startswith("what") else "text"
    language = draft.step.rpartition("_")[2]
    kept: dict[str, Any] = {name: {**draft.data[name], language: words}}
    return await _shown(work, await advance(work, draft, "preview", now=now, **kept))


async def choose_kind(work: UnitOfWork, seat: Seat, draft_id: int, *, change: bool, now: datetime) -> StatementDraft:
    """A change asks each actor again and needs to say what changed; a correction asks nobody.

    Raises NotFound, NotAllowed.
    """
    draft = await _opened(work, seat, draft_id)
    asks = change and not draft.data["what"].get("sv")
    step = "what_sv" if asks else "preview"
    return await _shown(work, await advance(work, draft, step, awaits_text=asks, now=now, change=int(change)))


async def publish(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> IssueCard:
    """Let the statement read so from now on, and ask the actors unless it is a correction.

    Raises NotFound, NotAllowed, StepSkipped, NothingChanged, Outdated.
    """
    draft = await _opened(work, seat, draft_id)
    issue = await work.issues.get(int(draft.data["issue_id"]))
    present = await work.statements.of(issue.id)
    if (present.revision if present is not None else None) != draft.data["base"]:
        raise Outdated(what="issues", id=issue.id)
    text, what, change = draft.data["text"], draft.data["what"], bool(draft.data["change"])
    if not text.get("sv") or (present is not None and change and not what.get("sv")):
        raise StepSkipped
    if present is not None and dict(present.text) == dict(text):
        raise NothingChanged
    await close_draft(work, draft, now=now)
    kind = VersionKind.FIRST if present is None else VersionKind.CHANGE if change else VersionKind.CORRECTION
    if present is None:
        statement = await work.statements.add(issue_id=issue.id, text=text, version=1)
    else:
        statement = await work.statements.change(present, text=text, version=present.version + 1)
    await work.statement_versions.add(
        statement_id=statement.id,
        version=statement.version,
        kind=kind,
        text=text,
        what_changed=what if kind is VersionKind.CHANGE else None,
        person_id=seat.person.id,
        written_at=now,
    )
    await work.acts.add(
        at=now, person_id=seat.person.id, act=f"statement.{kind}", subject=f"issue:{issue.id}", detail={}
    )
    if kind is not VersionKind.CORRECTION:
        await _ask(work, statement.id, now=now)
    return await issues.show(work, seat, issue.id, now=now, said=f"statement_{kind}")


async def _ask(work: UnitOfWork, statement_id: int, *, now: datetime) -> None:
    """Plan the question to each actor's people, and note which actors are asked."""
    rules = stance_plans.RULES
    about: StatementAsked | None = (await rules.load(work, [statement_id])).get(statement_id)
    if about is None:
        raise NotFound(what="statements", id=statement_id)
    await _forget_unsent(work, about, now=now)
    due_at = stance_plans.planned(about.version).due_at
    for actor, people in await rules.unanswered(work, about, reachable=True):
        if people:
            subject = statement_subject(statement_id, about.version.version)
            await work.askings.add(kind=ASKED, subject=subject, actor_id=actor.id, asked_at=due_at)
    await reminding.replan(work, rules, statement_id, now=now, since=now - timedelta(minutes=1))


async def _forget_unsent(work: UnitOfWork, about: StatementAsked, *, now: datetime) -> None:
    """A question that the night still holds is not asked: the new wording is, in its place."""
    for version in range(1, about.version.version):
        for noted in await work.askings.list_of(ASKED, statement_subject(about.statement.id, version)):
            if noted.asked_at > now:
                await work.askings.remove(noted.id)
