"""What figures are made of: plain rows, less everything personal. Instants are aware UTC."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Arena:
    """A meeting place; `level` is regional, national or international."""

    id: int
    key: str
    name: Mapping[str, str]
    position: int
    level: str | None


@dataclass(frozen=True, slots=True)
class Edition:
    """A year of an arena; it has been held when its last day is past."""

    id: int
    arena_id: int
    name: Mapping[str, str]
    year: int
    starts_on: date | None
    ends_on: date | None
    zone: str

    @property
    def tz(self) -> ZoneInfo:
        """The zone of its days."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where slots are."""

    id: int
    edition_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A time on a stage: open, blocked for the region's own use, or cancelled."""

    id: int
    stage_id: int
    starts_at: datetime
    ends_at: datetime
    state: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Booking:
    """An activity's hold on a slot."""

    id: int
    activity_id: int
    slot_id: int
    state: str
    booked_at: datetime | None
    ended_why: str | None


@dataclass(frozen=True, slots=True)
class Activity:
    """What an actor does."""

    id: int
    edition_id: int
    actor_id: int
    title: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class CoOrganiser:
    """Who was asked to arrange it too; `accepted` counts."""

    activity_id: int
    actor_id: int | None
    state: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation; one that was merged counts as the one it was merged into."""

    id: int
    name: str
    kind: str
    state: str
    merged_into_id: int | None
    municipality: str | None


@dataclass(frozen=True, slots=True)
class Aim:
    """One of: an issue, a purpose, a target group that an activity names; by the actor or a coordinator."""

    activity_id: int
    issue_id: int | None
    purpose: str | None
    target_group_id: int | None
    named_by: str


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """Of an arena's own list."""

    id: int
    arena_id: int
    name: Mapping[str, str]
    position: int


@dataclass(frozen=True, slots=True)
class Issue:
    """An advocacy issue, in force from a year to a year."""

    id: int
    title: Mapping[str, str]
    from_year: int
    to_year: int | None
    position: int
    created_at: datetime
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What actors take a stand on under an issue."""

    id: int
    issue_id: int


@dataclass(frozen=True, slots=True)
class StatementVersion:
    """A statement as it read from an instant on: first, after a correction, or after a change."""

    statement_id: int
    version: int
    kind: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Stance:
    """An actor's answer, until it was replaced."""

    id: int
    statement_id: int
    actor_id: int
    version: int
    position: str
    decided: bool
    given_at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class JointAction:
    """What several actors do together."""

    id: int
    issue_id: int
    lead_actor_id: int
    what: str
    due_on: date
    state: str
    outcome: str | None
    created_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class JointActor:
    """Who was asked to join; `accepted` counts."""

    joint_action_id: int
    actor_id: int
    state: str


@dataclass(frozen=True, slots=True)
class Method:
    """«Så gjorde vi» of an activity."""

    id: int
    activity_id: int
    actor_id: int
    shared_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class MethodQuestion:
    """Somebody asked about it."""

    id: int
    method_id: int
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class ContactRequest:
    """Somebody asked for contact; `accepted` is an exchange."""

    id: int
    edition_id: int | None
    state: str
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ambassador:
    """An answer to whether one will be an ambassador."""

    edition_id: int
    answer: str
    answered_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class ActivityAnswer:
    """The evaluation of an activity, less its free line."""

    activity_id: int
    held: bool | None
    came: int | None
    satisfied: int | None
    worth: int | None
    again: str | None
    groups_came: tuple[int, ...] | None
    led_to: tuple[str, ...] | None
    given_by: str


@dataclass(frozen=True, slots=True)
class EditionAnswer:
    """A person's evaluation of an edition, less its free line and the person."""

    edition_id: int
    satisfied: int | None
    help: int | None


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody was asked about something."""

    id: int
    kind: str
    subject: str
    actor_id: int | None = None


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """What was measured elsewhere, with its source."""

    arena_id: int
    year: int
    measure: str
    value: float
    out_of: float
    answers: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Financing:
    """Who pays how much (SEK) for which years."""

    id: int
    financier: str
    amount: int
    from_year: int
    to_year: int
    source: str


@dataclass(frozen=True, slots=True)
class Outturn:
    """What an edition cost, in SEK."""

    edition_id: int
    amount: int
    source: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What coordinators say of a result in a scope."""

    scope: str
    result: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """All of it, each in the order of its ids."""

    arenas: tuple[Arena, ...] = ()
    editions: tuple[Edition, ...] = ()
    stages: tuple[Stage, ...] = ()
    slots: tuple[Slot, ...] = ()
    bookings: tuple[Booking, ...] = ()
    activities: tuple[Activity, ...] = ()
    co_organisers: tuple[CoOrganiser, ...] = ()
    actors: tuple[Actor, ...] = ()
    aims: tuple[Aim, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()
    issues: tuple[Issue, ...] = ()
    statements: tuple[Statement, ...] = ()
    statement_versions: tuple[StatementVersion, ...] = ()
    stances: tuple[Stance, ...] = ()
    joint_actions: tuple[JointAction, ...] = ()
    joint_actors: tuple[JointActor, ...] = ()
    methods: tuple[Method, ...] = ()
    method_questions: tuple[MethodQuestion, ...] = ()
    contact_requests: tuple[ContactRequest, ...] = ()
    ambassadors: tuple[Ambassador, ...] = ()
    activity_evaluations: tuple[ActivityAnswer, ...] = ()
    edition_evaluations: tuple[EditionAnswer, ...] = ()
    askings: tuple[Asking, ...] = ()
    earlier_results: tuple[EarlierResult, ...] = ()
    financings: tuple[Financing, ...] = ()
    outturns: tuple[Outturn, ...] = ()
    result_comments: tuple[Comment, ...] = ()
