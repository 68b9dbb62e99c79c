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
    InboxRepository,
    OldRepository,
    OutboxRepository,
)
from bot.domain.ports.dialogues import DraftRepository
from bot.domain.ports.talk import (
    ActRepository,
    ErrandRepository,
    EvaluationRepository,
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
    acts: ActRepository
    inbox: InboxRepository
    outbox: OutboxRepository
    chats: ChatRepository
    backlog: BacklogRepository
    old: OldRepository

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undo what is written within when it raises, and only that."""
