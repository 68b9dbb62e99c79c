"""One transaction's repositories."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from bot.domain.ports.unit_of_work import UnitOfWork
from storage.actors import ActorRecords, CoordinatorRecords, InvitationRecords, MemberRecords, PersonRecords
from storage.announcements import AnnouncementRecords, RecipientRecords
from storage.arenas import ArenaRecords, EditionRecords, FeeStepRecords, FieldRecords, SlotRecords, StageRecords
from storage.backlog import BacklogRecords
from storage.bookings import ActivityRecords, BookingRecords, CoOrganiserRecords
from storage.chats import ChatRecords
from storage.drafts import DraftRecords
from storage.engine import Session
from storage.evaluations import (
    AmbassadorRecords,
    AskingRecords,
    EarlierResultRecords,
    EditionEvaluationRecords,
    EvaluationRecords,
    ParticipationRecords,
)
from storage.failures import FailureRecords
from storage.inbox import InboxRecords
from storage.issues import (
    AimRecords,
    IssueRecords,
    NamingRecords,
    StanceRecords,
    StatementRecords,
    StatementVersionRecords,
    TargetGroupRecords,
)
from storage.joint import JointActionRecords, JointActorRecords
from storage.methods import MethodQuestionRecords, MethodRecords
from storage.networks import ConsentRecords, ContactRequestRecords
from storage.old import OldRecords
from storage.outbox import OutboxRecords
from storage.personal import PersonalRecords
from storage.report import FinancingRecords, OutturnRecords, ReportRecords, ResultCommentRecords
from storage.talk import (
    ActRecords,
    ErrandRecords,
    MatterRecords,
    ReminderRecords,
)

R = TypeVar("R")


class _Repository(Generic[R]):
    """A repository of a unit of work, made when it is first asked for: most units use a few of them."""

    def __init__(self, kind: Callable[[Session], R]) -> None:
        self._kind = kind

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, work: "SqlUnitOfWork", owner: type) -> R:
        made = self._kind(work.session)
        work.__dict__[self._name] = made  # which is found before this is asked again
        return made


class SqlUnitOfWork(UnitOfWork):
    """The repositories over one session; it never commits."""

    arenas = _Repository(ArenaRecords)
    editions = _Repository(EditionRecords)
    fields = _Repository(FieldRecords)
    fee_steps = _Repository(FeeStepRecords)
    stages = _Repository(StageRecords)
    slots = _Repository(SlotRecords)
    actors = _Repository(ActorRecords)
    people = _Repository(PersonRecords)
    members = _Repository(MemberRecords)
    coordinators = _Repository(CoordinatorRecords)
    invitations = _Repository(InvitationRecords)
    activities = _Repository(ActivityRecords)
    bookings = _Repository(BookingRecords)
    co_organisers = _Repository(CoOrganiserRecords)
    drafts = _Repository(DraftRecords)
    matters = _Repository(MatterRecords)
    errands = _Repository(ErrandRecords)
    announcements = _Repository(AnnouncementRecords)
    recipients = _Repository(RecipientRecords)
    reminders = _Repository(ReminderRecords)
    evaluations = _Repository(EvaluationRecords)
    target_groups = _Repository(TargetGroupRecords)
    issues = _Repository(IssueRecords)
    namings = _Repository(NamingRecords)
    aims = _Repository(AimRecords)
    statements = _Repository(StatementRecords)
    statement_versions = _Repository(StatementVersionRecords)
    stances = _Repository(StanceRecords)
    joint_actions = _Repository(JointActionRecords)
    joint_actors = _Repository(JointActorRecords)
    edition_evaluations = _Repository(EditionEvaluationRecords)
    askings = _Repository(AskingRecords)
    ambassadors = _Repository(AmbassadorRecords)
    earlier_results = _Repository(EarlierResultRecords)
    participation = _Repository(ParticipationRecords)
    methods = _Repository(MethodRecords)
    method_questions = _Repository(MethodQuestionRecords)
    consents = _Repository(ConsentRecords)
    contact_requests = _Repository(ContactRequestRecords)
    financings = _Repository(FinancingRecords)
    outturns = _Repository(OutturnRecords)
    result_comments = _Repository(ResultCommentRecords)
    report = _Repository(ReportRecords)
    acts = _Repository(ActRecords)
    inbox = _Repository(InboxRecords)
    outbox = _Repository(OutboxRecords)
    chats = _Repository(ChatRecords)
    failures = _Repository(FailureRecords)
    backlog = _Repository(BacklogRecords)
    old = _Repository(OldRecords)
    personal = _Repository(PersonalRecords)

    def __init__(self, session: Session) -> None:
        self.session = session

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo what is written within when it raises, and only that."""
        try:
            async with self.session.savepoint():
                yield
        except BaseException:
            self.people.forget()
            raise
