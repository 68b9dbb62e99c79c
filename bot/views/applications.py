"""Applications for slots as coordinators decide them."""

from collections.abc import Sequence

from bot.domain.model import BookingState, BookingView
from bot.domain.results.applications import Applicant, AskedWhy, Contest, Granted, Kind, Refused
from bot.views.application_buttons import AskApplicant, AskRefusal, Grant, LeaveUnwritten, ShowContest
from bot.views.booking_parts import kind_name, title, when
from bot.views.naming import purpose_name
from bot.views.newcomers import ShowNewcomer
from bot.views.queue_buttons import onwards
from bot.views.screen import Button, L, Line, Screen, Words, button, columns, t
from bot.views.times import At, Span

_TOLD_WHOLE = 6
"""Applicants that are told of in full: a message takes 4,096 characters; of the others it says who and what."""


def contest(c: Contest) -> Screen:
    """All who want the slot, with what each would do there and what they get if somebody else is chosen."""
    span = Span(c.status.slot.starts_at, c.status.slot.ends_at, c.edition.zone)
    if not c.applicants:
        return Screen([t("applications.nobody", when=span), _holder(c)], [onwards(Kind.SLOT, c.status.slot.id)])
    lines: list[Line] = [
        t("applications.edition", edition=L(c.edition.name)),
        _who_wants(c, span),
        _holder(c),
    ]
    for number, applicant in enumerate(c.applicants):
        told = _applicant(applicant, c)
        lines += ["", *(told if number < _TOLD_WHOLE else told[:2])]
    return Screen(lines, _answers(c))


def _who_wants(c: Contest, span: Span) -> Line:
    names = [applicant.view.actor.name for applicant in c.applicants]
    if len(names) == 1:
        return t("applications.one_wants", actor=names[0], when=span)
    return t("applications.several_want", actors=_and(names), when=span)


def _and(names: Sequence[str]) -> Words:
    """Names as a sentence lists them."""
    return t("applications.and", first=list(names[:-1]), last=names[-1])


def _holder(c: Contest) -> Line:
    if c.holder is None:
        return None
    key = "applications.is_given" if c.holder.booking.state is BookingState.BOOKED else "applications.is_kept"
    return t(key, actor=c.holder.actor.name)


def _applicant(a: Applicant, c: Contest) -> list[Line]:
    view = a.view
    partners = [name for _, name in view.co_organisers]
    return [
        t("applications.applicant", actor=view.actor.name, rank=view.booking.rank)
        if view.booking.rank > 1
        else t("applications.applicant_first", actor=view.actor.name),
        t("applications.activity", title=title(view), kind=kind_name(view.activity.kind)),
        t("applications.partners", names=partners) if partners else None,
        t("applications.issues", issues=[L(title) for title in a.named.issues]) if a.named.issues else None,
        t("applications.purpose", purpose=[purpose_name(p) for p in a.named.purposes]) if a.named.purposes else None,
        t("applications.earlier", years=[str(year) for year in a.earlier])
        if a.earlier
        else t("applications.first_time"),
        _if_refused(a, c),
        t("applications.unconfirmed", actor=view.actor.name) if a.unconfirmed is not None else None,
    ]


def _if_refused(a: Applicant, c: Contest) -> Line:
    if a.replaces is not None:
        return t("applications.keeps", when=when(a.replaces))
    if a.choices:
        return t("applications.other_choices", choices=[_choice(view, rivals) for view, rivals in a.choices])
    if not c.nearest:
        return t("applications.nothing_free")
    return t("applications.gets_offered", slots=[At(s.slot.starts_at, c.edition.zone) for s in c.nearest])


def _choice(view: BookingView, rivals: int) -> Words:
    return t("applications.choice_wanted", when=when(view), n=rivals) if rivals else when(view)


def _answers(c: Contest) -> list[list[Button]]:
    rows: list[list[Button]] = []
    for applicant in c.applicants:
        view = applicant.view
        ids = {"booking_id": view.booking.id, "revision": view.booking.revision}
        if applicant.unconfirmed is not None:
            answer = button(
                t("applications.answer_newcomer", actor=view.actor.name), ShowNewcomer(member_id=applicant.unconfirmed)
            )
            rows.append([answer])
        elif c.holder is None:
            rows.append([button(t("applications.give", actor=view.actor.name), Grant(**ids))])
    for applicant in c.applicants:
        view = applicant.view
        ids = {"booking_id": view.booking.id, "revision": view.booking.revision}
        alone = len(c.applicants) == 1
        no = t("applications.refuse") if alone else t("applications.refuse_one", actor=view.actor.name)
        question = t("applications.ask") if alone else t("applications.ask_one", actor=view.actor.name)
        both = [button(no, AskRefusal(**ids)), button(question, AskApplicant(booking_id=view.booking.id))]
        rows += columns(both, 2 if alone else 1)
    return rows


def granted(result: Granted) -> Screen:
    """The slot is given; who hears that it was not theirs."""
    view = result.view
    refused = [v.actor.name for v in result.refused]
    lines: list[Line] = [
        t("applications.granted", actor=view.actor.name, title=title(view), when=when(view)),
        t("applications.told_refused", actors=refused) if refused else None,
    ]
    return Screen(lines, [onwards(Kind.SLOT, view.slot.id)])


def ask_reason(asked: AskedWhy) -> Screen:
    """Ask why not; the applicant reads it."""
    question = t("applications.why_not", actor=asked.view.actor.name, when=when(asked.view))
    return Screen([question], _leave(asked))


def _leave(asked: AskedWhy) -> list[list[Button]]:
    leave = LeaveUnwritten(draft_id=asked.draft.id, kind=asked.draft.kind, slot_id=asked.view.slot.id)
    return [[button(t("common.back"), leave)]]


def refused(result: Refused) -> Screen:
    """The applicant is told."""
    line = t("applications.refused", actor=result.view.actor.name, when=when(result.view))
    # the same slot may be wanted by others, who come next
    again = [button(t("applications.others"), ShowContest(slot_id=result.view.slot.id))]
    return Screen([line], [again, onwards(Kind.SLOT, result.view.slot.id)])


def ask_what(asked: AskedWhy) -> Screen:
    """Ask the coordinator for the question to the applicant."""
    return Screen([t("applications.what_to_ask", actor=asked.view.actor.name)], _leave(asked))


def asked_applicant(view: BookingView) -> Screen:
    """The question is on its way."""
    return Screen([t("applications.asked", actor=view.actor.name)], [onwards(Kind.SLOT, view.slot.id)])
