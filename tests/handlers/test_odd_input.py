"""Whatever is written or sent: nothing breaks, nothing is stuck, and what is shown is what was written."""

import asyncio
import copy
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.domain.model import Draft
from bot.domain.text import clean, one_line, telegram_length
from bot.sandbox.entities import plain_text, read_text
from bot.sandbox.formatted import Entity, FormattedText
from bot.texts import LANGUAGES, catalogue
from bot.views.press import Press
from bot.views.screen import Reader, T, words
from handlers import registry, system
from schedules.intake import Intake
from schedules.receipt import Receiver
from storage import schema
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.handlers.conftest import BYSTANDER, ERIK, MARIA, NOW, STRANGER, Bot, Said, private, the, user
from tests.handlers.test_lost_rights import contacts_doors, coordinators_doors, first, undone
from tests.handlers.test_threats import ALL_PRESSES
from tests.test_texts import fields

ODD = {
    "empty": " \n ",
    "nul": "a\x00b",
    "only_nul": "\x00",
    "surrogate": "a\ud800b",
    "html": "<b>fet</b> & <script>alert(1)</script> &lt;",
    "open_tag": '<a href="x',
    "braces": "{title} {0} %s",
    "paste": "Norrbotten " * 910,
    "lines": "rad\n" * 2_000,
    "tabs": "a\tb\tc\n" * 200,
    "family": "👨‍👩‍👧‍👦" * 30,
    "rtl": "\u202eabc שלום \u2066x",
    "combining": "Z" + "\u0301" * 300,
    "invisible": "\u200b\u2060\ufeff",
    "number": "9" * 400,
    "date": "99 juni 0000 25.61–24.00",
}


AFTER = datetime(2027, 7, 1, 12, tzinfo=UTC)
"""The demo's edition in Almedalen is over."""


@dataclass(frozen=True)
class Door:
    """Who comes to a question by what: a command, a button, or a button that goes on from the newest draft."""

    user_id: int
    steps: Sequence[str | Press | Callable[[Draft], Press]]
    now: datetime = NOW


async def doors_of(work: SqlUnitOfWork) -> list[Door]:
    """A way to every question that is answered in words."""
    erik = await work.people.with_user_id(ERIK)
    assert erik is not None
    booked = await first(work, schema.bookings, person_id=erik.id)
    activity = await first(work, schema.activities, id=booked.activity_id)
    free = next(each for each in await work.slots.list_of(activity.edition_id) if each.is_free)
    book = the("Book", edition_id=activity.edition_id, actor_id=activity.actor_id)
    return [
        *(Door(MARIA, [door]) for door in await coordinators_doors(work)),
        *(Door(ERIK, [door]) for door in await contacts_doors(work)),
        Door(ERIK, [book, lambda draft: the("PickSlot", draft_id=draft.id, slot_id=free.slot.id)]),
        Door(ERIK, [the("Evaluate", booking_id=booked.id, question="comment")], AFTER),
        Door(ERIK, [the("EvaluateEdition", edition_id=activity.edition_id, question="change")], AFTER),
        Door(ERIK, [the("ChangeContact", what="phone")]),
        Door(ERIK, [the("ChangeContact", what="email")]),
        Door(ERIK, [the("AskAbout", booking_id=booked.id)]),
        Door(STRANGER, [the("AskArena", arena_id=None)]),
        Door(STRANGER, ["/start"]),
        Door(STRANGER, ["/start i_demo-gallivare-2027", lambda draft: the("DeclineInvitation", draft_id=draft.id)]),
        Door(MARIA, [the("Actors", page=None)]),
        Door(STRANGER, []),
    ]


async def walks(bot: Bot, work: SqlUnitOfWork, door: Door) -> Draft | None:
    """To the question; the draft that awaits its answer."""
    for step in door.steps:
        if isinstance(step, str):
            await bot.writes(work, door.user_id, step, door.now)
        else:
            press = step if isinstance(step, Press) else step(await newest(work, door.user_id))
            await bot.presses(work, door.user_id, press.pack(), door.now)
    person = await work.people.with_user_id(door.user_id)
    return await work.drafts.awaiting_text(door.user_id, person.id) if person else None


async def newest(work: SqlUnitOfWork, user_id: int) -> Draft:
    person = await work.people.with_user_id(user_id)
    assert person is not None
    return max(await work.drafts.list_open(user_id, person.id), key=lambda draft: draft.id)


def require_sendable(said: Said) -> None:
    """Telegram takes every reply: text that can be encoded, markup that is closed, no more than 4,096 characters."""
    for row in said.replies:
        params = row.payload["params"]
        for text in (params.get("text"), params.get("caption")):
            if text is not None:
                shown = read_text(text, "HTML", None)
                assert 0 < telegram_length(shown.text) <= 4096
                assert clean(text)
        for key in chain.from_iterable((params.get("reply_markup") or {}).get("inline_keyboard", [])):
            assert clean(key["text"])
    if said.toast is not None:
        assert clean(said.toast)


async def test_odd_words_in_answer_to_any_question_are_answered_in_words(bot: Bot) -> None:
    async with bot.units.read() as reading:
        doors = await doors_of(reading)
    asked = set()
    for door in doors:
        async with undone(bot) as work:
            for text in ODD.values():
                draft = await walks(bot, work, door)
                asked.add(draft.kind if draft else None)
                said = await bot.writes(work, door.user_id, text, door.now)
                assert said.replies, (door, text[:20])
                require_sendable(said)
                await work.outbox.add_all(said.replies)
    assert asked == {*registry.ROUTES.texts, None}


COUNT = 600
SIGNS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


def markup(said: FormattedText) -> list[Entity]:
    """What a text marks, without what its words are by themselves: a command or a tag in them is no markup."""
    recognised = plain_text(said.text).entities
    return [entity for entity in said.entities if entity not in recognised]


@given(written=st.one_of(SIGNS, st.sampled_from(list(ODD.values()))))
@example("#²")
@example("/0 $A @abcde #a a.se")
@settings(max_examples=12, deadline=None)
def test_every_sentence_shows_what_was_written_into_it_and_nothing_of_it_is_markup(written: str) -> None:
    shown = "·" + one_line(one_line(written)[:200])
    for language in LANGUAGES:
        reader = Reader(language, NOW)
        for key, forms in catalogue(language).items():
            names = fields(forms[-1]) - {"n"}
            plain = read_text(words(T(key, dict.fromkeys(names, "·#") | {"n": 2}), reader), "HTML", None)
            with_it = read_text(words(T(key, dict.fromkeys(names, shown) | {"n": 2}), reader), "HTML", None)
            assert with_it.text == plain.text.replace("·#", shown), key
            assert len(markup(with_it)) == len(markup(plain)), key


LINES = ("/start", "/boka", "/bokningar", "/samordna", "/utskick", "/program", "/kontakt", "boka tisdag", "hej", "/x")
STRANGE: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        2**31,
        2**63,
        2**70,
        1.5,
        "",
        "\x00",
        "\ud800",
        "x" * 5000,
        "-1",
        [],
        {},
        [[]],
        [{}],
        {"id": 1},
    ),
    *({"id": "x"}, {"id": 2**70}, {"type": "private"}, "private", "supergroup", "\u202e", [None], {"file_id": None}),
)


def update(chance: random.Random) -> dict[str, Any]:
    """One of the sorts of update that come in daily."""
    user_id = chance.choice((ERIK, MARIA, STRANGER, BYSTANDER))
    about = {"message_id": chance.randint(1, 99), "date": 1_799_650_800, "chat": private(user_id)}
    said = {**about, "from": user(user_id)}
    text = chance.choice((*LINES, *ODD.values()))
    is_command = text.startswith("/")
    entities = {"entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]} if is_command else {}
    press = chance.choice(ALL_PRESSES)
    parts = [chance.choice(("1", "2", "5", "z", "-1", "", "zz", "sv", "yes", "x")) for _ in press.model_fields]
    query = {"id": "1", "from": user(user_id), "chat_instance": "1", "message": {**about, "text": "kort"}}
    size = {"file_id": "f", "file_unique_id": "u", "file_size": 9, "width": 1, "height": 1}
    member = {"user": user(1), "status": "kicked", "until_date": 0}
    return chance.choice(
        [
            {"message": {**said, "text": text, **entities}},
            {"message": {**said, "photo": [size], "caption": text[:900]}},
            {"message": {**said, "document": {**size, "file_name": text[:90]}}},
            {"message": {**said, "location": {"latitude": 57.6, "longitude": 18.3}}},
            {"message": {**said, "contact": {"phone_number": "070", "first_name": "A"}}},
            {"edited_message": {**said, "edit_date": 1, "text": text}},
            {"callback_query": {**query, "data": ".".join([press.code, *parts])}},
            {"callback_query": {**query, "data": text[:64]}},
            {
                "my_chat_member": {
                    "chat": private(user_id),
                    "from": user(user_id),
                    "date": 1_799_650_800,
                    "old_chat_member": {**member, "status": "member"},
                    "new_chat_member": member,
                }
            },
        ]
    )


def mutated(chance: random.Random, value: Any) -> Any:
    """The same with a few things replaced, taken away or put elsewhere."""
    if chance.random() < 0.04:
        return copy.deepcopy(chance.choice(STRANGE))
    if isinstance(value, dict):
        kept = {key: mutated(chance, inner) for key, inner in value.items() if chance.random() > 0.02}
        return kept | ({chance.choice(list(value)): chance.choice(STRANGE)} if value and chance.random() < 0.05 else {})
    if isinstance(value, list):
        return [mutated(chance, inner) for inner in value] * chance.choice((1, 1, 1, 0, 2))
    return value


class StandingClock:
    """The time that the demo begins with."""

    def now(self) -> datetime:
        """The same, always."""
        return NOW


@pytest.mark.parametrize("seed", range(2))
async def test_mutated_updates_let_nothing_escape_and_leave_nothing_stuck(
    bot: Bot, database: Database, caplog: pytest.LogCaptureFixture, seed: int
) -> None:
    caplog.set_level(logging.CRITICAL)
    chance = random.Random(seed)
    intake = Intake(
        bot.units,
        bot.dispatcher.handle,
        apologise=system.apologise,
        answer=lambda _calls: None,
        moved=lambda _chats: None,
        committed=lambda: None,
        finished={},
    )
    receiver = Receiver(bot.units, StandingClock(), flood=None, tell_flooded=system.tell_flooded, wake=intake.wake)
    updates = [
        {"update_id": number} | {sort: mutated(chance, body) for sort, body in update(chance).items()}
        for number in range(1, COUNT + 1)
    ]
    last = {"update_id": COUNT + 1, "message": {**update_of("/hjalp"), "message_id": 1}}
    task = asyncio.create_task(intake.run())
    try:
        for at in range(0, COUNT, 100):
            await receiver.store(receiver.receive(updates[at : at + 100], backlog=True))
        await receiver.store(receiver.receive([last], backlog=True))
        caught_up = asyncio.create_task(intake.caught_up())
        await asyncio.wait({task, caught_up}, return_when=asyncio.FIRST_COMPLETED)
        assert caught_up.done(), task
    finally:
        await intake.stop()
        await task
    async with database.read() as session:
        states = {
            row.state: row.n
            for row in await session.rows(
                select(schema.inbox.c.state, func.count().label("n")).group_by(schema.inbox.c.state)
            )
        }
        told = select(schema.outbox.c.payload).where(schema.outbox.c.chat_id == BYSTANDER)
        answered = await session.rows(told.order_by(schema.outbox.c.id))
    assert set(states) == {"handled", "aside"}
    assert "Här bokar du tid" in str(answered[-1].payload)


def update_of(text: str) -> dict[str, Any]:
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    who = {"chat": private(BYSTANDER), "from": user(BYSTANDER), "date": 1_799_650_800}
    return {**who, "text": text, "entities": entities}
