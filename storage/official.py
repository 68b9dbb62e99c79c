"""Which words of a person who is to be forgotten are taken out of what others wrote.

Anybody can call themselves anything in Telegram: nobody may deface official words by being forgotten.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Text, bindparam, cast, exists, literal, or_, select

from bot.domain.frozen import dataclass
from bot.domain.model import Person
from bot.domain.municipalities import MUNICIPALITIES
from storage import schema
from storage.compiled import among
from storage.engine import Session

s = schema
_called = [
    select(s.actors.c.name, s.actors.c.aliases).where(among(s.actors.c.state, "active", "merged")),
    select(s.arenas.c.name),
    select(s.editions.c.name),
    select(s.stages.c.name),
    select(s.issues.c.title),
]
_who: Final[Any] = bindparam("who")
_let_in = select(s.people.c.id).where(
    s.people.c.id == _who,
    or_(
        exists().where(s.members.c.person_id == _who, among(s.members.c.state, "active")),
        exists().where(s.coordinators.c.person_id == _who),
        exists().where(s.invitations.c.spent_by == _who),
        exists().where(s.acts.c.person_id == _who, among(s.acts.c.act, "member.ended")),
        exists().where(s.acts.c.subject == bindparam("about"), among(s.acts.c.act, "coordinator.removed")),
        exists().where(
            s.members.c.person_id == _who,
            among(s.acts.c.act, "member.approved"),
            s.acts.c.subject == literal("member:") + cast(s.members.c.id, Text),
        ),
    ),
)
_OURS: Final = re.compile(r"[a-z0-9_.:/-]+")
"""What could be a key or a button of the bot's own, in a column of others."""


@dataclass(frozen=True, slots=True)
class Struck:
    """Words to take out: of what only some see and the bot itself wrote, of what is published, and of columns that say
    whom to reach, where such a word is all that stands.
    """

    private: Sequence[str]
    published: Sequence[str]
    contacts: Sequence[str]


async def struck(session: Session, person: Person, words: Sequence[str]) -> Struck:
    """A name that is official, or in one, is no word about the person; a stranger is in nothing that is published."""
    official = {name.casefold() for name in MUNICIPALITIES}
    for statement in _called:
        for row in await session.rows(statement):
            for name in _strings(row._asdict()):
                official |= {name.casefold(), *re.findall(r"\w+", name.casefold())}
    is_let_in = await session.row(_let_in, who=person.id, about=f"person:{person.id}") is not None
    sure = {person.phone, person.email, str(person.user_id)}
    private = [
        word
        for word in words
        if word in sure
        or (
            word.casefold() not in official
            and any(sign.isalpha() for sign in word)
            and (is_let_in or not _OURS.fullmatch(word))
        )
    ]
    return Struck(private, private if is_let_in else (), words if is_let_in else private)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(each)
