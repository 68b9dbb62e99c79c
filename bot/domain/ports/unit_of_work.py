"""One transaction's view of everything that is stored."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.domain.ports.actors import (
    ActorRepository,
    CoordinatorRepository,
    InvitationRepository,
    MemberRepository,
    PersonRepository,
)
from bot.domain.ports.announcements import AnnouncementRepository, RecipientRepository
from bot.domain.ports.arenas import (
    ArenaRepository,
    EditionRepository,
    FeeStepRepository,
    FieldRepository,
    SlotRepository,
    StageRepository,
)
from bot.domain.ports.bookings import ActivityRepository, BookingRepository, CoOrganiserRepository
from bot.domain.ports.delivery import (
    BacklogRepository,
    ChatRepository,
    FailureRepository,
    InboxRepository,
    OldRepository,
    OutboxRepository,
)
from bot.domain.ports.dialogues import DraftRepository
from bot.domain.ports.evaluations import (
    AmbassadorRepository,
    AskingRepository,
    EarlierResultRepository,
    EditionEvaluationRepository,
    EvaluationRepository,
    ParticipationRepository,
)
from bot.domain.ports.issues import (
    AimRepository,
    IssueRepository,
    NamingRepository,
    StanceRepository,
    StatementRepository,
    StatementVersionRepository,
    TargetGroupRepository,
)
from bot.domain.ports.joint import JointActionRepository, JointActorRepository
from bot.domain.ports.methods import MethodQuestionRepository, MethodRepository
from bot.domain.ports.networks import ConsentRepository, ContactRequestRepository
from bot.domain.ports.personal import PersonalRepository
from bot.domain.ports.report import (
    FinancingRepository,
    OutturnRepository,
    ReportRepository,
    ResultCommentRepository,
)
from bot.domain.ports.talk import (
    ActRepository,
    ErrandRepository,
    MatterRepository,
    ReminderRepository,
)


class UnitOfWork(Protocol):
    """The repositories of one transaction; whoever opened it commits."""

    arenas: ArenaRepository
    editions: EditionRepository
    fields: FieldRepository
    fee_steps: FeeStepRepository
    stages: StageRepository
    slots: SlotRepository
    actors: ActorRepository
    people: PersonRepository
    members: MemberRepository
    coordinators: CoordinatorRepository
    invitations: InvitationRepository
    activities: ActivityRepository
    bookings: BookingRepository
    co_organisers: CoOrganiserRepository
    drafts: DraftRepository
    matters: MatterRepository
    errands: ErrandRepository
    announcements: AnnouncementRepository
    recipients: RecipientRepository
    reminders: ReminderRepository
    evaluations: EvaluationRepository
    target_groups: TargetGroupRepository
    issues: IssueRepository
    namings: NamingRepository
    aims: AimRepository
    statements: StatementRepository
    statement_versions: StatementVersionRepository
    stances: StanceRepository
    joint_actions: JointActionRepository
    joint_actors: JointActorRepository
    edition_evaluations: EditionEvaluationRepository
    askings: AskingRepository
    ambassadors: AmbassadorRepository
    earlier_results: EarlierResultRepository
    participation: ParticipationRepository
    methods: MethodRepository
    method_questions: MethodQuestionRepository
    consents: ConsentRepository
    contact_requests: ContactRequestRepository
    financings: FinancingRepository
    outturns: OutturnRepository
    result_comments: ResultCommentRepository
    report: ReportRepository
    acts: ActRepository
    inbox: InboxRepository
    outbox: OutboxRepository
    chats: ChatRepository
    failures: FailureRepository
    backlog: BacklogRepository
    old: OldRepository
    personal: PersonalRepository

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undo what is written within when it raises, and only that."""
