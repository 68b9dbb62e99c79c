"""What actors do together for an issue: started by any of them, led, joined, carried out, and told of."""

from datetime import date, datetime, timedelta

from bot.domain.answers import UnknownChoice
from bot.domain.attributes import text_within
from bot.domain.dates import local_day, parse_day
from bot.domain.errors import NotAllowed, NotFound, Outdated, StepSkipped
from bot.domain.joint import OUTCOME_MAX, WHAT_MAX, AlreadyInvited, JointOver, require_ahead
from bot.domain.matching import closest
from bot.domain.membership import NAME_MAX, short_text
from bot.domain.model import Actor, Draft, JointAction, JointActor, JointActorState, JointState, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.joint import JointCard, JointDraft, JointInvitation, JointList, JointView
from bot.domain.results.pages import page_of
from bot.domain.seat import Seat
from bot.domain.text import one_line
from bot.services import issues, joint_plans, notices, rights
from bot.services.dialogues import advance, close_draft, open_draft, own_draft
from bot.services.issues import HOME_ZONE, JOINT_KIND, own_actors, require_taking_part

PAGE = 5
INVITED = "joint_invited"
"""The notice and the kind of errand by which an actor is asked to take part."""
MONTHS = (1, 3, 6, 12)
"""Dates that are offered, so many months ahead."""


async def list_of_issue(work: UnitOfWork, seat: Seat, issue_id: int, page: int, *, now: datetime) -> JointList:
    """What is done together for an issue, for those who take part. Raises NotFound, NotAllowed."""
    own = await require_taking_part(work, seat.person)
    await issues.leave(work, seat.person, seat.chat_id, now=now)
    issue = await work.issues.get(issue_id)
    found = await work.joint_actions.list_of_issue(issue_id)
    views = {view.action.id: view for view in await joint_plans.views(work, [a.id for a in found])}
    return JointList(issue, page_of([views[a.id] for a in found], page, PAGE), bool(own))


async def list_own(work: UnitOfWork, seat: Seat, page: int, *, now: datetime) -> JointList:
    """What the person's actors lead, take part in or are asked to. Raises NotAllowed."""
    own = await require_taking_part(work, seat.person)
    await issues.leave(work, seat.person, seat.chat_id, now=now)
    ids = {action.id for actor in own for action in await work.joint_actions.list_of_actor(actor.id)}
    views = sorted(await joint_plans.views(work, ids), key=lambda v: (v.action.state.is_over, v.action.due_on))
    return JointList(None, page_of(views, page, PAGE), bool(own))


async def view_of(work: UnitOfWork, joint_action_id: int) -> JointView:
    """One joint action. Raises NotFound."""
    views = await joint_plans.views(work, [joint_action_id])
    if not views:
        raise NotFound(what="joint_actions", id=joint_action_id)
    return views[0]


async def show(
    work: UnitOfWork, seat: Seat, joint_action_id: int, *, now: datetime, said: str | None = None
) -> JointCard:
    """One joint action as it is now. Raises NotFound, NotAllowed."""
    own = {actor.id for actor in await require_taking_part(work, seat.person)}
    await issues.leave(work, seat.person, seat.chat_id, now=now)
    view = await view_of(work, joint_action_id)
    parts = [(part, name) for part, name in view.parts if part.actor_id in own]
    return JointCard(view, await _leads(work, seat.person, view), parts, said)


async def _leads(work: UnitOfWork, person: Person, view: JointView) -> bool:
    """Who leads decides; so does who keeps the list of issues."""
    leads = await rights.represents(work, person, view.leading[0])
    return leads or await rights.coordinates(work, person, None)


async def _led(work: UnitOfWork, person: Person, joint_action_id: int, *, over: bool = False) -> JointView:
    """A joint action that the person decides on. Raises NotFound, NotAllowed, JointOver."""
    view = await view_of(work, joint_action_id)
    if not await _leads(work, person, view):
        raise NotAllowed
    if view.action.state.is_over and not over:
        raise JointOver
    return view


async def _record(work: UnitOfWork, person: Person, act: str, joint_action_id: int, *, now: datetime) -> None:
    await work.acts.add(at=now, person_id=person.id, act=act, subject=f"joint:{joint_action_id}", detail={})


# Started


async def start(work: UnitOfWork, seat: Seat, issue_id: int, *, now: datetime) -> JointDraft:
    """Ask what is to be done; who acts for several actors starts it for the first, unless they choose another.

    Raises NotFound, NotAllowed, Outdated.
    """
    issue = await work.issues.get(issue_id)
    own = await own_actors(work, seat.person)
    if not own:
        raise NotAllowed
    if issue.archived_at is not None:
        raise Outdated(what="issues", id=issue_id)
    await issues.leave(work, seat.person, seat.chat_id, now=now)
    data = {"issue_id": issue_id, "actor_id": own[0].id}
    draft = await open_draft(work, seat, JOINT_KIND, "what", data, awaits_text=True, now=now)
    return await _shown(work, seat.person, draft)


async def _shown(work: UnitOfWork, person: Person, draft: Draft, found: list[Actor] | None = None) -> JointDraft:
    data = draft.data
    issue = await work.issues.get(int(data["issue_id"]))
    actor = await work.actors.get(int(data["actor_id"])) if "actor_id" in data else None
    view = await view_of(work, int(data["joint_id"])) if "joint_id" in data else None
    return JointDraft(draft, issue, actor, await own_actors(work, person), found, view)


async def _opened(work: UnitOfWork, seat: Seat, draft_id: int) -> Draft:
    draft = await own_draft(work, seat, draft_id, JOINT_KIND)
    if "joint_id" in draft.data:
        await _led(work, seat.person, int(draft.data["joint_id"]), over=draft.step == "outcome")
    elif "actor_id" in draft.data and not await rights.represents(work, seat.person, int(draft.data["actor_id"])):
        raise NotAllowed
    return draft


async def choose_actor(work: UnitOfWork, seat: Seat, draft_id: int, actor_id: int, *, now: datetime) -> JointDraft:
    """For which actor it is started. Raises NotFound, NotAllowed."""
    draft = await _opened(work, seat, draft_id)
    if not await rights.represents(work, seat.person, actor_id) or "joint_id" in draft.data:
        raise NotAllowed
    draft = await advance(work, draft, "what", awaits_text=True, now=now, actor_id=actor_id)
    return await _shown(work, seat.person, draft)


async def lead(work: UnitOfWork, seat: Seat, draft_id: int, actor_id: int, *, now: datetime) -> JointDraft:
    """Who leads: one of the person's actors, which then starts it too, or another, which is asked.

    Raises NotFound, NotAllowed, StepSkipped.
    """
    draft = await _opened(work, seat, draft_id)
    if "what" not in draft.data or "joint_id" in draft.data:
        raise StepSkipped
    chosen = (await work.actors.get(actor_id)).id
    starter = chosen if await rights.represents(work, seat.person, chosen) else int(draft.data["actor_id"])
    draft = await advance(work, draft, "due", awaits_text=True, now=now, lead_id=chosen, actor_id=starter)
    return await _shown(work, seat.person, draft)


async def due_in(work: UnitOfWork, seat: Seat, draft_id: int, months: int, *, now: datetime) -> JointCard:
    """By when, so many months ahead. Raises NotFound, NotAllowed, UnknownChoice, StepSkipped."""
    if months not in MONTHS:
        raise UnknownChoice
    draft = await _opened(work, seat, draft_id)
    if "joint_id" not in draft.data and "lead_id" not in draft.data:
        raise StepSkipped
    return await _dated(work, seat, draft, months_ahead(local_day(now, HOME_ZONE), months), now=now)


def months_ahead(today: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    year, month = divmod(today.month - 1 + months, 12)
    for day in range(today.day, 27, -1):
        try:
            return date(today.year + year, month + 1, day)
        except ValueError:
            continue
    return date(today.year + year, month + 1, min(today.day, 28))


async def _dated(work: UnitOfWork, seat: Seat, draft: Draft, due_on: date, *, now: datetime) -> JointCard:
    require_ahead(due_on, local_day(now, HOME_ZONE))
    await close_draft(work, draft, now=now)
    if "joint_id" in draft.data:
        view = await _led(work, seat.person, int(draft.data["joint_id"]))
        await work.joint_actions.change(view.action, due_on=due_on)
        await joint_plans.replan(work, view.action.id, now=now)
        await _record(work, seat.person, "joint.changed", view.action.id, now=now)
        return await show(work, seat, view.action.id, now=now, said="changed")
    return await _make(work, seat, draft, due_on, now=now)


async def _make(work: UnitOfWork, seat: Seat, draft: Draft, due_on: date, *, now: datetime) -> JointCard:
    starter, leader = int(draft.data["actor_id"]), int(draft.data["lead_id"])
    action: JointAction = await work.joint_actions.add(
        issue_id=int(draft.data["issue_id"]),
        lead_actor_id=leader,
        person_id=seat.person.id,
        what=str(draft.data["what"]),
        due_on=due_on,
        state=JointState.PLANNED,
        created_at=now,
    )
    await work.joint_actors.add(
        joint_action_id=action.id,
        actor_id=starter,
        state=JointActorState.ACCEPTED,
        invited_at=now,
        answered_at=now,
        person_id=seat.person.id,
    )
    if leader != starter:
        await _ask(work, action.id, leader, now=now)
    await joint_plans.replan(work, action.id, now=now)
    await _record(work, seat.person, "joint.started", action.id, now=now)
    return await show(work, seat, action.id, now=now, said="started")


# Others are asked


async def ask_whom(work: UnitOfWork, seat: Seat, joint_action_id: int, *, now: datetime) -> JointDraft:
    """Ask for the name of the actor to invite. Raises NotFound, NotAllowed, JointOver."""
    return await _ask_words(work, seat, joint_action_id, "invite", now=now)


async def _ask_words(work: UnitOfWork, seat: Seat, joint_action_id: int, step: str, *, now: datetime) -> JointDraft:
    view = await _led(work, seat.person, joint_action_id, over=step == "outcome")
    await issues.leave(work, seat.person, seat.chat_id, now=now)
    data = {"issue_id": view.issue.id, "joint_id": view.action.id}
    draft = await open_draft(work, seat, JOINT_KIND, step, data, awaits_text=True, now=now)
    return await _shown(work, seat.person, draft)


async def invite(work: UnitOfWork, seat: Seat, draft_id: int, actor_id: int, *, now: datetime) -> JointCard:
    """Ask an actor to take part, in its own chat; a coordinator is where it has nobody in Telegram.

    Raises NotFound, NotAllowed, AlreadyInvited, JointOver.
    """
    draft = await _opened(work, seat, draft_id)
    view = await _led(work, seat.person, int(draft.data["joint_id"]))
    part = await work.joint_actors.between(view.action.id, actor_id)
    if part is not None and part.state is not JointActorState.DECLINED:
        raise AlreadyInvited
    await close_draft(work, draft, now=now)
    await _ask(work, view.action.id, (await work.actors.get(actor_id)).id, now=now)
    await _record(work, seat.person, "joint.invited", view.action.id, now=now)
    return await show(work, seat, view.action.id, now=now, said="invited")


async def _ask(work: UnitOfWork, joint_action_id: int, actor_id: int, *, now: datetime) -> None:
    part = await work.joint_actors.between(joint_action_id, actor_id)
    values = {"state": JointActorState.INVITED, "invited_at": now, "answered_at": None}
    if part is None:
        part = await work.joint_actors.add(joint_action_id=joint_action_id, actor_id=actor_id, **values)
    else:
        part = await work.joint_actors.change(part, **values)
    people = await work.people.list_of_actor(actor_id)
    await notices.tell_all(work, people, INVITED, key=_key(part), part_id=part.id)
    if not people:
        await work.errands.add_once(
            key=_key(part),
            kind=INVITED,
            actor_id=actor_id,
            arena_id=None,
            booking_id=None,
            detail={"joint_id": joint_action_id, "part_id": part.id},
            created_at=now,
        )


def _key(part: JointActor) -> str:
    """What an invitation's notice and errand are known by."""
    return f"joint-invited:{part.id}:{part.revision}"


async def invitation(work: UnitOfWork, part_id: int) -> JointInvitation:
    """An invitation as it is now. Raises NotFound."""
    part = await work.joint_actors.get(part_id)
    view = await view_of(work, part.joint_action_id)
    return JointInvitation(view, part, next(name for p, name in view.parts if p.id == part_id))


async def part_of(work: UnitOfWork, joint_action_id: int, actor_id: int) -> JointInvitation | None:
    """An actor's part in a joint action; None: it has none any more."""
    part = await work.joint_actors.between(joint_action_id, actor_id)
    return None if part is None else await invitation(work, part.id)


async def answer(
    work: UnitOfWork, seat: Seat, part_id: int, revision: int, *, accepts: bool, now: datetime
) -> JointInvitation:
    """The actor's people (or a coordinator for it) say yes or no, or leave later; the leading actor's are told.

    Raises NotFound, NotAllowed, Outdated, JointOver.
    """
    asked = await invitation(work, part_id)
    own = await rights.represents(work, seat.person, asked.part.actor_id)
    if not own and not await _answers_for(work, seat.person, asked.part):
        raise NotAllowed
    leaving = asked.part.state is JointActorState.ACCEPTED and not accepts
    answering = asked.part.state is JointActorState.INVITED
    if asked.part.revision != revision or not (answering or leaving) or (leaving and _only_leads(asked)):
        raise Outdated(what="joint_actions", id=asked.view.action.id)
    if asked.view.action.state.is_over:
        raise JointOver
    state = JointActorState.ACCEPTED if accepts else JointActorState.DECLINED
    for errand in await work.errands.list_open():
        if errand.key == _key(asked.part):
            await work.errands.change(errand, done_at=now, done_by=seat.person.id)
    person_id = seat.person.id if own else None
    await work.joint_actors.change(asked.part, state=state, answered_at=now, person_id=person_id)
    if not accepts and asked.is_to_lead:  # then who started it leads
        await work.joint_actions.change(asked.view.action, lead_actor_id=asked.view.leading[0])
    await joint_plans.replan(work, asked.view.action.id, now=now)
    await _record(work, seat.person, f"joint.{state}", asked.view.action.id, now=now)
    await _tell_leading(work, seat.person, asked)
    after = await invitation(work, part_id)
    return JointInvitation(after.view, after.part, after.actor, on_behalf=not own)


async def _tell_leading(work: UnitOfWork, but: Person, asked: JointInvitation) -> None:
    """Tell the people of who leads, and of who started it, what the actor answered."""
    ids = dict.fromkeys((asked.view.leading[0], asked.view.parts[0][0].actor_id))
    people = {p.id: p for actor_id in ids for p in await work.people.list_of_actor(actor_id)}
    key = f"joint-answered:{asked.part.id}:{asked.part.revision}"
    await notices.tell_all(work, people.values(), "joint_answered", key=key, but=but.id, part_id=asked.part.id)


async def _answers_for(work: UnitOfWork, person: Person, part: JointActor) -> bool:
    """A coordinator answers for an actor with nobody in Telegram, as the letter to it says."""
    nobody = not await work.people.list_of_actor(part.actor_id)
    return nobody and await rights.is_coordinator(work, person)


def _only_leads(asked: JointInvitation) -> bool:
    """Who leads gives it up, or lets another lead first."""
    return asked.view.leading[0] == asked.part.actor_id


# Carried out


async def set_state(
    work: UnitOfWork, seat: Seat, joint_action_id: int, revision: int, state: str, *, now: datetime
) -> JointCard:
    """Planned or under way; given up, which those who take part are told.

    Raises NotFound, NotAllowed, UnknownChoice, JointOver, Outdated.
    """
    if state not in {JointState.PLANNED, JointState.UNDER_WAY, JointState.GIVEN_UP}:
        raise UnknownChoice
    view = await _led(work, seat.person, joint_action_id)
    if view.action.revision != revision:
        raise Outdated(what="joint_actions", id=joint_action_id)
    over = state == JointState.GIVEN_UP
    await work.joint_actions.change(view.action, state=JointState(state), done_at=now if over else None)
    await joint_plans.replan(work, joint_action_id, now=now)
    await _record(work, seat.person, f"joint.{state}", joint_action_id, now=now)
    if over:
        await _tell_parts(work, seat.person, view, "joint_given_up")
    return await show(work, seat, joint_action_id, now=now, said=state)


async def ask_give_up(work: UnitOfWork, seat: Seat, joint_action_id: int, *, now: datetime) -> JointCard:
    """What giving it up means, before the yes. Raises NotFound, NotAllowed, JointOver."""
    await _led(work, seat.person, joint_action_id)
    return await show(work, seat, joint_action_id, now=now)


async def _tell_parts(work: UnitOfWork, but: Person, view: JointView, name: str) -> None:
    """Tell the people of all actors that take part."""
    ids = [part.actor_id for part, _ in view.parts if part.state is not JointActorState.DECLINED]
    people = {p.id: p for actor_id in ids for p in await work.people.list_of_actor(actor_id)}
    key = f"{name}:{view.action.id}"
    await notices.tell_all(work, people.values(), name, key=key, but=but.id, joint_id=view.action.id)


async def ask_change(work: UnitOfWork, seat: Seat, joint_action_id: int, what: str, *, now: datetime) -> JointDraft:
    """Await new words ("what"), another date ("due"), or what came of it ("outcome").

    Raises NotFound, NotAllowed, UnknownChoice, JointOver.
    """
    if what not in {"what", "due", "outcome"}:
        raise UnknownChoice
    return await _ask_words(work, seat, joint_action_id, what, now=now)


async def take(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> JointDraft | JointCard:
    """What was written for the draft's step. Raises NotFound, NotAllowed, NameMissing, TextTooLong, NotADate, DueInPast."""
    draft = await _opened(work, seat, draft.id)
    match draft.step:
        case "what":
            return await _take_what(work, seat, draft, text, now=now)
        case "due":
            return await _dated(work, seat, draft, parse_day(text, today=local_day(now, HOME_ZONE)), now=now)
        case "outcome":
            return await _finish(work, seat, draft, text_within(one_line(text), OUTCOME_MAX), now=now)
        case _:
            found = closest(short_text(text, NAME_MAX), await work.actors.list_known())
            draft = await advance(work, draft, draft.step, awaits_text=True, now=now)
            return await _shown(work, seat.person, draft, found)


async def _take_what(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> JointDraft | JointCard:
    what = text_within(one_line(text), WHAT_MAX)
    if "joint_id" not in draft.data:
        return await _shown(work, seat.person, await advance(work, draft, "lead", awaits_text=True, now=now, what=what))
    await close_draft(work, draft, now=now)
    view = await _led(work, seat.person, int(draft.data["joint_id"]))
    await work.joint_actions.change(view.action, what=what)
    await _record(work, seat.person, "joint.changed", view.action.id, now=now)
    return await show(work, seat, view.action.id, now=now, said="changed")


async def _finish(work: UnitOfWork, seat: Seat, draft: Draft, outcome: str, *, now: datetime) -> JointCard:
    """It is done, and this came of it; who follows the issue hears. Said anew, only the words change."""
    view = await _led(work, seat.person, int(draft.data["joint_id"]), over=True)
    if view.action.state is JointState.GIVEN_UP:
        raise JointOver
    await close_draft(work, draft, now=now)
    if view.action.state is JointState.DONE:
        await work.joint_actions.change(view.action, outcome=outcome)
        return await show(work, seat, view.action.id, now=now, said="changed")
    await work.joint_actions.change(view.action, state=JointState.DONE, outcome=outcome, done_at=now)
    await joint_plans.replan(work, view.action.id, now=now, since=now - timedelta(minutes=1))
    await joint_plans.spare(work, view.action.id, seat.person)
    await _record(work, seat.person, "joint.done", view.action.id, now=now)
    return await show(work, seat, view.action.id, now=now, said="done")


async def told(work: UnitOfWork, joint_action_id: int, state: JointState) -> JointView | None:
    """What those who take part are told; None when it is otherwise now."""
    view = await view_of(work, joint_action_id)
    return view if view.action.state is state else None
