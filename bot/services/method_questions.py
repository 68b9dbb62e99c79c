"""«Fråga dem»: a question to whoever shared a method, under the asker's actor's name; one of them answers."""

from datetime import datetime

from bot.domain.attributes import text_within
from bot.domain.errors import NotAllowed, Outdated
from bot.domain.methods import QUESTION_MAX, NobodyToAsk, require_may_ask
from bot.domain.model import Draft, MethodQuestion, Person
from bot.domain.ports.methods import Shared
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.methods import AnsweringQuestion, AskingAuthor, MethodCard, QuestionView
from bot.domain.seat import Seat
from bot.services import methods, notices, rights
from bot.services.dialogues import close_draft, open_draft
from bot.services.issues import own_actors, require_taking_part
from bot.services.methods import TALK_KIND

ASK, ANSWER = "ask", "answer"
ASKED, ANSWERED = "method_asked", "method_answered"
"""Notices to the author's people, and to who asked."""


# Asked


async def ask(
    work: UnitOfWork, seat: Seat, method_id: int, actor_id: int | None = None, *, now: datetime
) -> AskingAuthor:
    """Await the question, asked for an actor of the person's (None: the first; a coordinator may have none).

    Raises NotFound, NotAllowed, NobodyToAsk, QuestionsMany, Outdated.
    """
    shared = await _askable(work, seat.person, method_id, now=now)
    own = await own_actors(work, seat.person)
    asker = next((actor for actor in own if actor_id in {None, actor.id}), None)
    if actor_id is not None and asker is None:
        raise NotAllowed
    await methods.leave(work, seat, now=now)
    data = {"method_id": method_id, "actor_id": asker.id if asker is not None else None}
    draft = await open_draft(work, seat, TALK_KIND, ASK, data, awaits_text=True, now=now)
    return AskingAuthor(draft, shared, asker, [actor for actor in own if actor != asker])


async def _askable(work: UnitOfWork, person: Person, method_id: int, *, now: datetime) -> Shared:
    """What the person may ask about: nobody asks their own. Raises as `ask`."""
    await require_taking_part(work, person)
    shared = await methods.standing(work, method_id)
    if await rights.represents(work, person, shared.actor.id):
        raise NotAllowed
    if not await work.people.list_of_actor(shared.actor.id):
        raise NobodyToAsk
    require_may_ask(await work.method_questions.list_of_person(person.id), now)
    return shared


async def _send(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> MethodCard:
    shared = await _askable(work, seat.person, int(draft.data["method_id"]), now=now)
    actor_id = draft.data["actor_id"]
    if actor_id is not None and not await rights.represents(work, seat.person, int(actor_id)):
        raise NotAllowed
    if actor_id is None:
        await rights.require_any_coordinator(work, seat.person)
    await close_draft(work, draft, now=now)
    ids = {"method_id": shared.method.id, "actor_id": actor_id, "person_id": seat.person.id}
    question = await work.method_questions.add(**ids, text=text_within(text, QUESTION_MAX), asked_at=now)
    people = await work.people.list_of_actor(shared.actor.id)
    key = f"method-asked:{question.id}"
    await notices.tell_all(work, people, ASKED, key=key, but=seat.person.id, question_id=question.id)
    await methods.record(work, seat.person, "method.asked", shared.method.id, now=now)
    return await methods.show(work, seat, shared.method.id, now=now, said="asked")


async def write(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> MethodCard | QuestionView:
    """Take the question, which is sent, or the answer.

    Raises NameMissing, TextTooLong, and what `ask` or `ask_answer` does.
    """
    if draft.step == ASK:
        return await _send(work, seat, draft, text, now=now)
    return await _answer(work, seat, draft, text, now=now)


# Answered


async def _view(work: UnitOfWork, question: MethodQuestion, *, late: bool = False) -> QuestionView:
    shared = await work.methods.shared(question.method_id)
    asker = await work.actors.find(question.actor_id) if question.actor_id is not None else None
    by = await work.people.find(question.answered_by) if question.answered_by is not None else None
    return QuestionView(question, shared, asker, by, late)


async def _own(work: UnitOfWork, person: Person, question_id: int, *, lock: bool = False) -> QuestionView:
    """A question to the person's actor. Raises NotFound, NotAllowed, Outdated (its words are gone)."""
    question = await work.method_questions.get(question_id, lock=lock)
    view = await _view(work, question, late=question.answered_at is not None and question.answered_by != person.id)
    if not await rights.represents(work, person, view.shared.actor.id):
        raise NotAllowed
    if question.text is None:
        raise Outdated(what="methods", id=question.method_id)
    return view


async def show(work: UnitOfWork, person: Person, question_id: int) -> QuestionView:
    """A question as it is now, for who may answer it. Raises NotFound, NotAllowed, Outdated."""
    return await _own(work, person, question_id)


async def ask_answer(
    work: UnitOfWork, seat: Seat, question_id: int, *, now: datetime
) -> AnsweringQuestion | QuestionView:
    """«Svara»: await the answer; one that is answered is shown as it is. Raises NotFound, NotAllowed, Outdated."""
    about = await _own(work, seat.person, question_id)
    if about.question.answered_at is not None:
        return about
    await methods.leave(work, seat, now=now)
    data = {"question_id": question_id}
    draft = await open_draft(work, seat, TALK_KIND, ANSWER, data, awaits_text=True, now=now)
    return AnsweringQuestion(draft, about)


async def _answer(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> QuestionView:
    """One answers, and who asked is told; a colleague who comes later sees what was said."""
    about = await _own(work, seat.person, int(draft.data["question_id"]), lock=True)
    answer = text_within(text, QUESTION_MAX)
    await close_draft(work, draft, now=now)
    if about.question.answered_at is not None:
        return about
    values = {"answer": answer, "answered_by": seat.person.id, "answered_at": now}
    question = await work.method_questions.change(about.question, **values)
    asker = await work.people.find(question.person_id) if question.person_id is not None else None
    if asker is not None:
        await notices.tell(work, asker, ANSWERED, key=f"method-answered:{question.id}", question_id=question.id)
    await methods.record(work, seat.person, "method.answered", question.method_id, now=now)
    return await _view(work, question)


# What the others are told


async def asked(work: UnitOfWork, reader: Person, question_id: int) -> QuestionView | None:
    """What the author's people are told; None when it is answered, or not the reader's any more. Raises Outdated."""
    try:
        view = await _own(work, reader, question_id)
    except NotAllowed:
        return None
    return view if view.question.answered_at is None else None


async def answered(work: UnitOfWork, reader: Person, question_id: int) -> QuestionView | None:
    """What who asked is told; None when the words are gone."""
    question = await work.method_questions.find(question_id)
    if question is None or question.person_id != reader.id or question.answer is None:
        return None
    return await _view(work, question)
