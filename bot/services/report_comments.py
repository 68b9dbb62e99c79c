"""What coordinators say of each result, as it stands in a report: written, changed, taken away."""

from datetime import datetime

from bot.domain.attributes import UnknownOption, text_within
from bot.domain.figures import Scope
from bot.domain.model import Draft, Person, ResultComment
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.report import COMMENT_MAX, RESULTS
from bot.domain.results.report import About, Commented, Commenting, Comments
from bot.domain.seat import Seat
from bot.services.dialogues import advance, close_draft, open_draft
from bot.services.report import about

KIND = "report_comment"


async def list_comments(work: UnitOfWork, person: Person, code: str) -> Comments:
    """A report's comments, by its scope's code. Raises NotFound, NotAllowed."""
    return await _listed(work, await about(work, person, code))


async def _listed(work: UnitOfWork, of: About, saved: int | None = None) -> Comments:
    found = await work.result_comments.list_of(of.scope.code)
    return Comments(of, {comment.result: comment for comment in found}, saved)


async def ask_comment(work: UnitOfWork, seat: Seat, code: str, result: int, *, now: datetime) -> Commenting:
    """Ask for a comment on a result. Raises NotFound, NotAllowed, UnknownOption."""
    of = await about(work, seat.person, code)
    if result not in RESULTS:
        raise UnknownOption
    comment = await work.result_comments.of(of.scope.code, result)
    data = {"scope": code, "result": result, "revision": _revision(comment)}
    draft = await open_draft(work, seat, KIND, "comment", data, awaits_text=True, now=now)
    return Commenting(of, result, comment, draft)


def _revision(comment: ResultComment | None) -> int:
    return 0 if comment is None else comment.revision


async def take_comment(work: UnitOfWork, person: Person, draft: Draft, text: str, *, now: datetime) -> Commented:
    """Keep what was written, unless somebody else has written there since it was asked: that is shown first.

    Raises NotFound, NotAllowed, NameMissing, TextTooLong.
    """
    data = draft.data
    of = await about(work, person, str(data["scope"]))
    result, words = int(data["result"]), text_within(text, COMMENT_MAX)
    comment = await work.result_comments.of(of.scope.code, result)
    if _revision(comment) != data["revision"]:
        draft = await advance(work, draft, "comment", awaits_text=True, now=now, revision=_revision(comment))
        return Commenting(of, result, comment, draft, overtaken=True)
    kept = {"text": words, "person_id": person.id, "written_at": now}
    if comment is None:
        await work.result_comments.add(scope=of.scope.code, result=result, **kept)
    else:
        await work.result_comments.change(comment, **kept)
    await close_draft(work, draft, now=now)
    await _record(work, person, "written", of.scope, result, now)
    return await _listed(work, of, result)


async def remove_comment(work: UnitOfWork, person: Person, code: str, result: int, *, now: datetime) -> Comments:
    """Take a comment away; one that is gone is gone. Raises NotFound, NotAllowed."""
    of = await about(work, person, code)
    comment = await work.result_comments.of(of.scope.code, result)
    if comment is not None:
        await work.result_comments.remove(comment.id)
        await _record(work, person, "removed", of.scope, result, now)
    return await _listed(work, of, result)


async def _record(work: UnitOfWork, person: Person, act: str, scope: Scope, result: int, now: datetime) -> None:
    await work.acts.add(
        at=now, person_id=person.id, act=f"result_comments.{act}", subject=scope.code, detail={"result": result}
    )
