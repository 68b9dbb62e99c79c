"""«Så gjorde vi»: three lines and perhaps a file, told by whoever's activity it was; changed and withdrawn by them."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.domain.answers import FileWanted, UnknownChoice
from bot.domain.attributes import line_within
from bot.domain.errors import NotAllowed, NotFound, Outdated, StepSkipped
from bot.domain.evaluation import NotOverYet
from bot.domain.methods import LINE_MAX, LINES
from bot.domain.model import BookingState, BookingView, Draft, Method, Person
from bot.domain.policy import has_been
from bot.domain.ports.methods import Shared
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.methods import MethodCard, Telling
from bot.domain.seat import Seat
from bot.services import methods, rights
from bot.services.dialogues import advance, close_draft, open_draft, own_draft
from bot.services.methods import KIND

FILE: Final = "file"


async def start(
    work: UnitOfWork, seat: Seat, activity_id: int, edition_id: int | None = None, *, now: datetime
) -> Telling | MethodCard:
    """Ask for the first line; what is told already is shown. `edition_id`: from the evaluation of that edition.

    Raises NotFound, NotAllowed, NotOverYet.
    """
    view = await _own_activity(work, seat.person, activity_id, now=now)
    known = await work.methods.of(activity_id)
    if known is not None:
        return replace(await methods.show(work, seat, known.id, now=now), edition_id=edition_id)
    await methods.leave(work, seat, now=now)
    data = {"activity_id": activity_id, "edition_id": edition_id}
    draft = await open_draft(work, seat, KIND, LINES[0], data, awaits_text=True, now=now)
    return Telling(draft, _title(view))


def _title(of: BookingView | Shared) -> str:
    return of.activity.title or of.actor.name


async def _own_activity(work: UnitOfWork, person: Person, activity_id: int, *, now: datetime) -> BookingView:
    """An activity of the person's actor that took place. Raises NotFound, NotAllowed, NotOverYet."""
    activity = await work.activities.get(activity_id)
    if not await rights.represents(work, person, activity.actor_id):
        raise NotAllowed
    bookings = [b for b in await work.bookings.list_of_activity(activity_id) if b.state is BookingState.BOOKED]
    if not bookings:
        raise NotFound(what="bookings", id=activity_id)
    view = await work.bookings.view(bookings[0].id)
    if not has_been(view, now):
        raise NotOverYet
    if not await methods.was_held(work, view):
        raise NotAllowed
    return view


async def _own(work: UnitOfWork, person: Person, method_id: int) -> Shared:
    """A method of the person's actor. Raises NotFound, NotAllowed."""
    shared = await work.methods.shared(method_id)
    if not await rights.represents(work, person, shared.actor.id):
        raise NotAllowed
    return shared


async def ask_change(work: UnitOfWork, seat: Seat, method_id: int, what: str, *, now: datetime) -> Telling:
    """Ask for another line or file. Raises NotFound, NotAllowed, UnknownChoice."""
    if what not in {*LINES, FILE}:
        raise UnknownChoice
    shared = await _own(work, seat.person, method_id)
    await methods.leave(work, seat, now=now)
    draft = await open_draft(work, seat, KIND, what, {"method_id": method_id}, awaits_text=True, now=now)
    return Telling(draft, _title(shared), shared.method)


async def write(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> Telling | MethodCard:
    """Take a line. Raises NotFound, NotAllowed, NameMissing, TextTooLong, FileWanted, Outdated."""
    if draft.step == FILE:
        raise FileWanted
    return await _take(work, seat, draft, line_within(text, LINE_MAX), now=now)


async def skip(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Telling | MethodCard:
    """No such line, or no file; only what they did has to be told.

    Raises NotFound, NotAllowed, StepSkipped, Outdated.
    """
    draft = await own_draft(work, seat, draft_id, KIND)
    if draft.step == LINES[0]:
        raise StepSkipped
    if draft.step == FILE:
        return await _take_file(work, seat, draft, {}, now=now)
    return await _take(work, seat, draft, "", now=now)


async def _take(work: UnitOfWork, seat: Seat, draft: Draft, line: str, *, now: datetime) -> Telling | MethodCard:
    """Keep a line: of what is there already, or until all are told."""
    if "method_id" in draft.data:
        return await _change(work, seat, draft, "changed", now=now, **{draft.step: line})
    view = await _own_activity(work, seat.person, int(draft.data["activity_id"]), now=now)
    lines = {**draft.data.get("lines", {}), draft.step: line}
    if draft.step == LINES[-1]:
        await close_draft(work, draft, now=now)
        shared = await _share(work, seat, view, lines, now=now)
        return replace(shared, edition_id=draft.data.get("edition_id"))
    following = LINES[LINES.index(draft.step) + 1]
    draft = await advance(work, draft, following, awaits_text=True, now=now, lines=lines)
    return Telling(draft, _title(view))


async def _share(
    work: UnitOfWork, seat: Seat, view: BookingView, lines: dict[str, str], *, now: datetime
) -> MethodCard:
    known = await work.methods.of(view.activity.id)
    if known is not None:  # a colleague was first
        raise Outdated(what="methods", id=known.id)
    ids = {"activity_id": view.activity.id, "actor_id": view.actor.id, "person_id": seat.person.id}
    method = await work.methods.add(**ids, **lines, shared_at=now)
    await methods.record(work, seat.person, "method.shared", method.id, now=now)
    return await methods.show(work, seat, method.id, now=now, said="shared")


async def take_file(work: UnitOfWork, seat: Seat, draft: Draft, file: dict[str, Any], *, now: datetime) -> MethodCard:
    """Keep a document or a picture (its id at Telegram, name and kind). Raises NotFound, NotAllowed, StepSkipped."""
    if draft.step != FILE:
        raise StepSkipped
    return await _take_file(work, seat, draft, file, now=now)


async def _take_file(work: UnitOfWork, seat: Seat, draft: Draft, file: dict[str, Any], *, now: datetime) -> MethodCard:
    kept = {"file_id": file.get("file_id"), "file_name": file.get("name"), "file_kind": file.get("kind")}
    return await _change(work, seat, draft, "file_kept" if file else "file_gone", now=now, **kept)


async def _change(work: UnitOfWork, seat: Seat, draft: Draft, said: str, *, now: datetime, **values: Any) -> MethodCard:
    method = (await _own(work, seat.person, int(draft.data["method_id"]))).method
    await close_draft(work, draft, now=now)
    await _keep(work, seat.person, method, "method.changed", now=now, **values)
    return await methods.show(work, seat, method.id, now=now, said=said)


async def set_shared(
    work: UnitOfWork, seat: Seat, method_id: int, revision: int, *, on: bool, now: datetime
) -> MethodCard:
    """«Dra tillbaka», or share it again. Raises NotFound, NotAllowed, Outdated."""
    method = (await _own(work, seat.person, method_id)).method
    if method.revision != revision:
        raise Outdated(what="methods", id=method_id)
    act, said = ("method.shared", "shared") if on else ("method.withdrawn", "withdrawn")
    await _keep(work, seat.person, method, act, now=now, withdrawn_at=None if on else now)
    return await methods.show(work, seat, method_id, now=now, said=said)


async def _keep(work: UnitOfWork, person: Person, method: Method, act: str, *, now: datetime, **values: Any) -> None:
    await work.methods.change(method, **values)
    await methods.record(work, person, act, method.id, now=now)
