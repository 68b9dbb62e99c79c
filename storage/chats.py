"""Chats, the cards of dialogues in them, and files that Telegram has."""

from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, delete, insert, literal_column, select, text, update

from bot.domain.errors import NotFound
from bot.domain.outgoing import Place
from storage import schema
from storage.database_time import database_now
from storage.engine import Row, Session, in_list, upsert

chats, cards, outbox, files = schema.chats, schema.cards, schema.outbox, schema.sent_files

_chat = chats.c.chat_id == bindparam("in_chat")
_saw = upsert(
    chats,
    ("chat_id", "last_message_id"),
    index_elements=("chat_id",),
    set_=("last_message_id", "unreachable_at", "unreachable_why"),
    greater="last_message_id",
)
_known = select(chats.c.last_message_id, chats.c.unreachable_at).where(_chat)
_reached = (
    update(chats).where(_chat, chats.c.unreachable_at.is_not(None)).values(unreachable_at=None, unreachable_why=None)
)
_lost = update(chats).where(_chat).values(unreachable_at=database_now(), unreachable_why=bindparam("why"))
_add_card = insert(cards).values(chat_id=bindparam("in_chat")).returning(cards.c.id)
_add_message = insert(cards).values(chat_id=bindparam("in_chat"), message_id=bindparam("seen_id")).returning(cards.c.id)
_card_of = (
    select(cards.c.id)
    .where(cards.c.chat_id == bindparam("in_chat"), cards.c.message_id == bindparam("seen_id"))
    .order_by(cards.c.id.desc())
)
# One statement for each state: only then is a partial index used.
_unanswered = tuple(
    select(outbox.c.id, outbox.c.card_id)
    .where(
        outbox.c.chat_id == bindparam("in_chat"),
        text(f"outbox.state = '{state}'"),
        outbox.c.card_id.is_not(None),
        outbox.c.uncertain,
    )
    .order_by(outbox.c.id)
    for state in ("claimed", "waiting")
)
_arrived = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(state="done", message_id=bindparam("seen_id"), done_at=database_now(), payload=literal_column("'{}'"))
)
_move_card = update(cards).where(cards.c.id == bindparam("card_id")).values(message_id=bindparam("seen_id"))
_places = (
    select(cards.c.id, cards.c.message_id, chats.c.last_message_id)
    .outerjoin(chats, chats.c.chat_id == cards.c.chat_id)
    .where(in_list(cards.c.id, "card_ids"))
)
_file = select(files.c.file_id).where(files.c.key == bindparam("key"))
_forget = delete(files).where(files.c.key == bindparam("key"))
_keep = insert(files).values(key=bindparam("key"), file_id=bindparam("file_id"), sent_at=database_now())


class ChatRecords:
    """Chats, dialogues' cards in them, and files that Telegram has."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add_card(self, chat_id: int) -> int:
        """A new card, not sent yet."""
        return _id_of(await self.session.row(_add_card, in_chat=chat_id))

    async def card_of(self, chat_id: int, message_id: int) -> int:
        """The card that a message is; a message that nobody knew becomes one.

        A message younger than all that we know of can only be one whose sending had no answer: when a card waits to be
        sent again for that reason, or a process that is gone was sending one, it is that card, and is not sent again.
        """
        row = await self.session.row(_card_of, in_chat=chat_id, seen_id=message_id)
        if row is not None:
            return int(row.id)
        chat = await self.session.row(_known, in_chat=chat_id)
        if chat is None or message_id > chat.last_message_id:
            for statement in _unanswered:
                unanswered = await self.session.row(statement, in_chat=chat_id)
                if unanswered is not None:
                    await self.session.run(_arrived, row_id=unanswered.id, seen_id=message_id)
                    await self.move_cards({unanswered.card_id: message_id})
                    return int(unanswered.card_id)
        return _id_of(await self.session.row(_add_message, in_chat=chat_id, seen_id=message_id))

    async def place_of(self, card_id: int) -> Place:
        """Where a card stands. Raises NotFound."""
        places = await self.places_of([card_id])
        if card_id not in places:
            raise NotFound(what="cards", id=card_id)
        return places[card_id]

    async def places_of(self, card_ids: Collection[int]) -> dict[int, Place]:
        """Where cards stand, by their ids."""
        rows = await self.session.rows(_places, card_ids=list(card_ids))
        return {row.id: Place(row.message_id, row.last_message_id or 0) for row in rows}

    async def saw(self, seen: Mapping[int, int]) -> None:
        """These messages are in these chats, which can be reached, then; the highest id of each is kept."""
        await self.session.run_many(_saw, [{"chat_id": c, "last_message_id": m} for c, m in sorted(seen.items())])

    async def move_cards(self, placed: Mapping[int, int]) -> None:
        """These cards are these messages now."""
        await self.session.run_many(_move_card, [{"card_id": c, "seen_id": m} for c, m in sorted(placed.items())])

    async def reached(self, chat_id: int) -> None:
        """The chat can be written to again."""
        await self.session.run(_reached, in_chat=chat_id)

    async def lost(self, chat_id: int, why: str) -> None:
        """The chat cannot be written to."""
        await self.saw({chat_id: 0})
        await self.session.run(_lost, in_chat=chat_id, why=why)

    async def is_reachable(self, chat_id: int) -> bool:
        """Whether nothing has said that the chat cannot be written to."""
        row = await self.session.row(_known, in_chat=chat_id)
        return row is None or row.unreachable_at is None

    async def file_id(self, key: str) -> str | None:
        """What Telegram calls a file sent before under this key."""
        row = await self.session.row(_file, key=key)
        return None if row is None else str(row.file_id)

    async def keep_file(self, key: str, file_id: str) -> None:
        """Remember what Telegram calls a file."""
        await self.session.run(_forget, key=key)
        await self.session.run(_keep, key=key, file_id=file_id)


def _id_of(row: Row | None) -> int:
    assert row is not None  # noqa: S101  # INSERT … RETURNING gives a row or raises
    return int(row.id)
