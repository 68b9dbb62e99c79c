"""People's own details, whom they act for, and the questions for phone and e-mail."""

from typing import ClassVar, Literal

from bot.domain.model import Person
from bot.domain.results.people import ContactQuestion, Details, Leaving, Link, Tie
from bot.texts import Html, escape
from bot.views.language import switch
from bot.views.menus import go
from bot.views.press import Press
from bot.views.screen import Button, Line, Screen, Words, button, t
from bot.views.times import county_day


class MyDetails(Press):
    """«Mina uppgifter»."""

    code: ClassVar[str] = "pd"


class JoinAnother(Press):
    """Act for an organisation (another one)."""

    code: ClassVar[str] = "pj"


class ShowTie(Press):
    """An actor that the person acts for."""

    code: ClassVar[str] = "pt"
    actor_id: int


class InviteColleague(Press):
    """Make a link for a colleague."""

    code: ClassVar[str] = "pi"
    actor_id: int


class PassOn(Press):
    """Make a link for a successor."""

    code: ClassVar[str] = "po"
    actor_id: int


class AskToLeave(Press):
    """«Sluta företräda»: the question."""

    code: ClassVar[str] = "pl"
    actor_id: int


class Leave(Press):
    """«Sluta företräda»: the yes."""

    code: ClassVar[str] = "pe"
    actor_id: int


class ChangeContact(Press):
    """Change phone or e-mail."""

    code: ClassVar[str] = "pc"
    what: Literal["phone", "email"]


class SkipContact(Press):
    """Leave a question for phone or e-mail unanswered."""

    code: ClassVar[str] = "ps"
    draft_id: int


class ForgetContact(Press):
    """Remove the phone number or e-mail address that is kept."""

    code: ClassVar[str] = "pf"
    draft_id: int


def mention(person: Person) -> Html:
    """A person's name, which opens their profile."""
    return Html(f'<a href="tg://user?id={person.user_id}">{escape(person.name)}</a>')


def _back() -> list[Button]:
    return [button(t("common.back"), MyDetails())]


def details(d: Details) -> Screen:
    """All that is kept about the person, each thing changeable."""
    person = d.person
    lines: list[Line] = [
        t("people.details", name=person.name),
        t("people.phone_is", phone=person.phone or t("people.none")),
        t("people.email_is", email=person.email or t("people.none")),
        *(t("people.acts_for" if tie.is_active else "people.waits_for", actor=tie.actor.name) for tie in d.ties),
    ]
    rows = [[button(tie.actor.name, ShowTie(actor_id=tie.actor.id))] for tie in d.ties]
    contact = [
        button(t("people.phone"), ChangeContact(what="phone")),
        button(t("people.email"), ChangeContact(what="email")),
    ]
    join = [button(t("people.join_another"), JoinAnother())]
    return Screen(lines, [*rows, contact, join, [go("paminnelser"), *switch(person.language)], [go("start")]])


def tie(t_: Tie) -> Screen:
    """An actor, who else acts for it, and what the person can do about that."""
    actor_id = t_.actor.id
    leave = [_leave(t_, AskToLeave(actor_id=actor_id))]
    if not t_.is_active:
        return Screen([t("people.waits_for", actor=t_.actor.name)], [leave, _back()])
    names = [person.name for person in t_.colleagues]
    others = t("people.colleagues", names=names) if names else t("people.alone")
    rows = [
        [button(t("people.invite_colleague"), InviteColleague(actor_id=actor_id))],
        [button(t("people.pass_on"), PassOn(actor_id=actor_id))],
        leave,
        _back(),
    ]
    return Screen([t("people.acts_for", actor=t_.actor.name), others], rows)


def link(made: Link, address: str) -> Screen:
    """A link to hand on: what it does, until when, and ways to copy it."""
    key = "people.pass_on_link" if made.kind == "pass_on" else "people.colleague_link"
    until = county_day(made.expires_at)
    return Screen(
        [t(key, actor=made.actor.name, until=until), "", address],
        [[Button(t("people.copy_link"), copy=address)], _back()],
    )


def leaving(question: Leaving) -> Screen:
    """Whom it touches, before the yes."""
    actor, active = question.tie.actor, question.tie.is_active
    lines: list[Line] = [
        t("people.leave_question" if active else "people.withdraw_question", actor=actor.name),
        _touched(question),
        t("people.leave_bookings", n=question.coming) if active and question.coming else None,
    ]
    keep = button(t("people.stay" if active else "people.keep_asking"), ShowTie(actor_id=actor.id))
    return Screen(lines, [[keep], [_leave(question.tie, Leave(actor_id=actor.id))]])


def _leave(t_: Tie, press: Press) -> Button:
    return button(t("people.leave" if t_.is_active else "people.withdraw"), press)


def _touched(question: Leaving) -> Words:
    if not question.tie.is_active:
        return t("people.leave_waiting")
    names = [person.name for person in question.tie.colleagues]
    return t("people.leave_others", names=names) if names else t("people.leave_last")


def left(done: Leaving) -> Screen:
    """The person acts for the actor no more."""
    key = "people.left" if done.tie.is_active else "people.left_waiting"
    return Screen([t(key, actor=done.tie.actor.name)], [_back(), [go("start")]])


def passed_on(actor: str, taker: str) -> Screen:
    """For the giver: somebody else has taken over."""
    return Screen([t("people.passed_on", actor=actor, taker=taker)], [[button(t("people.my_details"), MyDetails())]])


def contact(q: ContactQuestion) -> Screen:
    """A question for phone or e-mail, or that all is kept."""
    if q.draft.step == "done":
        lines = [t("people.contact_kept")] if q.person.phone or q.person.email else [t("people.contact_none")]
        return Screen(lines, [[button(t("people.my_details"), MyDetails()), go("bokningar")]])
    is_phone = q.draft.step == "phone"
    kept = q.person.phone if is_phone else q.person.email
    skip = t("people.skip" if kept is None else "people.keep")
    rows = [[button(skip, SkipContact(draft_id=q.draft.id))]]
    if kept is not None:
        rows.append([button(t("people.forget"), ForgetContact(draft_id=q.draft.id))])
    return Screen([t("people.ask_phone") if is_phone else t("people.ask_email")], rows)
