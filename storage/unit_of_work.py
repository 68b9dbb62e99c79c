"""One transaction's repositories."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

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


class SqlUnitOfWork(UnitOfWork):
    """The repositories over one session; it never commits."""

    def __init__(self, session: Session) -> None:  # noqa: PLR0915  # a repository each
        self.session = session
        self.arenas = ArenaRecords(session)
        self.editions = EditionRecords(session)
        self.fields = FieldRecords(session)
        self.fee_steps = FeeStepRecords(session)
        self.stages = StageRecords(session)
        self.slots = SlotRecords(session)
        self.actors = ActorRecords(session)
        self.people = PersonRecords(session)
        self.members = MemberRecords(session)
        self.coordinators = CoordinatorRecords(session)
        self.invitations = InvitationRecords(session)
        self.activities = ActivityRecords(session)
        self.bookings = BookingRecords(session)
        self.co_organisers = CoOrganiserRecords(session)
        self.drafts = DraftRecords(session)
        self.matters = MatterRecords(session)
        self.errands = ErrandRecords(session)
        self.announcements = AnnouncementRecords(session)
        self.recipients = RecipientRecords(session)
        self.reminders = ReminderRecords(session)
        self.evaluations = EvaluationRecords(session)
        self.target_groups = TargetGroupRecords(session)
        self.issues = IssueRecords(session)
        self.namings = NamingRecords(session)
        self.aims = AimRecords(session)
        self.statements = StatementRecords(session)
        self.statement_versions = StatementVersionRecords(session)
        self.stances = StanceRecords(session)
        self.joint_actions = JointActionRecords(session)
        self.joint_actors = JointActorRecords(session)
        self.edition_evaluations = EditionEvaluationRecords(session)
        self.askings = AskingRecords(session)
        self.ambassadors = AmbassadorRecords(session)
        self.earlier_results = EarlierResultRecords(session)
        self.participation = ParticipationRecords(session)
        self.methods = MethodRecords(session)
        self.method_questions = MethodQuestionRecords(session)
        self.consents = ConsentRecords(session)
        self.contact_requests = ContactRequestRecords(session)
        self.financings = FinancingRecords(session)
        self.outturns = OutturnRecords(session)
        self.result_comments = ResultCommentRecords(session)
        self.report = ReportRecords(session)
        self.acts = ActRecords(session)
        self.inbox = InboxRecords(session)
        self.outbox = OutboxRecords(session)
        self.chats = ChatRecords(session)
        self.backlog = BacklogRecords(session)
        self.old = OldRecords(session)
        self.personal = PersonalRecords(session)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo what is written within when it raises, and only that."""
        try:
            async with self.session.savepoint():
                yield
        except BaseException:
            self.people.forget()
            raise
