"""/minadata: what is kept about a person, as words and as a file, and «Glöm mig»."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from bot.domain.results.personal import Forgetting, OwnData
from bot.views.menus import go
from bot.views.people import InviteColleague, MyDetails
from bot.views.press import Press
from bot.views.screen import Button, File, Line, Screen, button, t

FILE_NAME = "minadata.json"
SAID = (
    "members",
    "coordinators",
    "invitations",
    "bookings",
    "followers",
    "activities",
    "actors",
    "editions",
    "issue_followers",
    "consents",
    "contact_requests",
    "ambassadors",
    "activity_evaluations",
    "edition_evaluations",
    "evaluations",
    "askings",
    "methods",
    "method_questions",
    "stances",
    "joint_actions",
    "joint_actors",
    "statement_versions",
    "earlier_results",
    "outturns",
    "result_comments",
    "matters",
    "errands",
    "announcements",
    "recipients",
    "reminders",
    "acts",
    "drafts",
    "cards",
    "chats",
    "operations",
    "inbox",
    "outbox",
)
"""Tables whose rows are told in words, in this order."""


class OwnFile(Press):
    """All of it as a file."""

    code: ClassVar[str] = "yf"


class AskToForget(Press):
    """«Glöm mig»: what would follow."""

    code: ClassVar[str] = "yg"


class Forget(Press):
    """«Ja, glöm mig»."""

    code: ClassVar[str] = "yj"


class KeepMe(Press):
    """No: back to what is kept."""

    code: ClassVar[str] = "yn"


def own_data(data: OwnData) -> Screen:
    """What is kept, in words, with what can be done about it."""
    person = data.person
    lines: list[Line] = [
        t("personal.heading"),
        t("personal.name", name=person.name, id=str(person.user_id)),
        t("personal.phone", phone=person.phone) if person.phone else None,
        t("personal.email", email=person.email) if person.email else None,
        t("personal.acts_for", actors=[actor.name for actor in data.actors]) if data.actors else None,
        t("personal.coordinates") if data.coordinates else None,
        "",
        *(t(f"personal.{name}", n=n) for name in SAID if (n := data.counts.get(name))),
        "",
        t("personal.why"),
    ]
    rows: list[list[Button]] = [
        [button(t("personal.as_file"), OwnFile())],
        [button(t("people.my_details"), MyDetails())],
        [button(t("personal.forget_me"), AskToForget())],
        [go("start")],
    ]
    return Screen(lines, rows)


def with_file(data: OwnData) -> Screen:
    """The same, and below it all of it as a file."""
    shown = own_data(data)
    file = File("own_data", {"user_id": data.person.user_id}, caption=t("personal.caption"))
    return Screen(shown.lines, [row for row in shown.rows if not isinstance(row[0].press, OwnFile)], below=[file])


def forgetting(what: Forgetting) -> Screen:
    """What follows; handing over first; the safe choice comes last and is as large."""
    lines: list[Line] = [
        t("personal.forget_heading"),
        t("personal.forget_goes"),
        t("personal.forget_stays"),
        t("personal.forget_matters") if what.keeps_matters else None,
        t("personal.forget_delivered"),
    ]
    for actor, coming in what.alone:
        lines += [
            "",
            t("personal.alone", actor=actor.name, n=coming) if coming else t("personal.alone_idle", actor=actor.name),
        ]
    rows = [
        [button(t("personal.invite", actor=actor.name), InviteColleague(actor_id=actor.id))] for actor, _ in what.alone
    ]
    return Screen(
        lines, [*rows, [button(t("personal.forget_yes"), Forget())], [button(t("personal.forget_no"), KeepMe())]]
    )


def farewell() -> Screen:
    """The last word."""
    return Screen([t("personal.farewell")])


def as_json(rows: Mapping[str, Sequence[Mapping[str, Any]]], now: datetime) -> tuple[str, bytes]:
    """The file's name and its text: tables with rows; instants are ISO 8601 in UTC."""
    text = json.dumps({"made_at": now, **rows}, default=_written, ensure_ascii=False, indent=1)
    return FILE_NAME, text.encode()


def _written(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is written nowhere")
