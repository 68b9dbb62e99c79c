"""Inviting actors: links, the text to forward, and the file for a mail merge."""

from collections.abc import Sequence

from bot.domain.model import Actor, Edition, Person
from bot.domain.results.actors import Invitation, Letters, WhichEdition
from bot.views.actor_buttons import InviteAllTo, InviteTo, back_to_actor
from bot.views.invitations import when
from bot.views.queue_buttons import Actors
from bot.views.screen import Button, File, L, Line, Reader, Screen, Words, button, plain, t
from bot.views.times import county_day
from bot.views.workbook import Sheet, xlsx


def invite_where(w: WhichEdition) -> Screen:
    """To which edition, or in general."""
    ids = {"actor_id": w.actor.id}
    rows = [[button(L(e.name), InviteTo(**ids, edition_id=e.id))] for e in w.editions]
    general = [button(t("actors.invite_in_general"), InviteTo(**ids, edition_id=None))]
    return Screen([t("actors.invite_where", actor=w.actor.name)], [*rows, general, back_to_actor(w.actor.id)])


def invited(made: Invitation, address: str) -> Screen:
    """The link, to copy; the text to forward comes below."""
    until = county_day(made.link.expires_at)
    lines: list[Line] = [t("actors.invited", actor=made.link.actor.name, until=until), "", address]
    return Screen(lines, [[Button(t("people.copy_link"), copy=address)], back_to_actor(made.link.actor.id)])


def letter(actor: str, edition: Edition | None, inviter: Person, address: str) -> Words:
    """A text to forward: what it is about, the link, that it needs Telegram, and whom to turn to without."""
    to = t("actors.letter_to", edition=L(edition.name), when=when(edition)) if edition is not None else ""
    return t("actors.letter", actor=actor, to=to, link=address, without=_without_telegram(edition, inviter))


def _without_telegram(edition: Edition | None, inviter: Person) -> Words:
    phone = inviter.phone or (edition.on_site.get("phone") if edition is not None else None)
    reach = [str(x) for x in (inviter.name, phone, inviter.email) if x]
    return t("actors.letter_reach", reach=reach) if phone or inviter.email else t("actors.letter_reply")


def to_forward(made: Invitation, address: str) -> Screen:
    """The text as a message of its own."""
    return Screen([letter(made.link.actor.name, made.edition, made.inviter, address)])


def invite_all_where(editions: Sequence[Edition]) -> Screen:
    """To which edition all who have nobody are invited."""
    rows = [[button(L(e.name), InviteAllTo(edition_id=e.id))] for e in editions]
    general = [button(t("actors.invite_in_general"), InviteAllTo(edition_id=None))]
    return Screen([t("actors.invite_all_where")], [*rows, general, [button(t("common.back"), Actors())]])


def letters(made: Letters, inviter: Person, base: str) -> Screen:
    """How many there are, with the file below; `base` is a link less its token."""
    ids = {
        "tokens": [list(pair) for pair in made.tokens],
        "edition_id": made.edition.id if made.edition is not None else None,
        "person_id": inviter.id,
        "base": base,
    }
    lines: list[Line] = [
        t("actors.letters", n=len(made.tokens)),
        t("actors.letters_without", n=made.without_email) if made.without_email else None,
    ]
    file = File("invitation_letters", ids, caption=t("actors.letters_caption"))
    return Screen(lines, [[button(t("actors.back"), Actors())]], below=[file])


def letters_file(
    links: Sequence[tuple[Actor, str]], edition: Edition | None, inviter: Person, reader: Reader
) -> tuple[str, bytes]:
    """The workbook for a mail merge: name, contact, e-mail, link and text."""
    headings = [plain(t(f"actors.column_{c}"), reader) for c in ("name", "contact", "email", "link", "text")]
    rows = [
        [
            actor.name,
            actor.contact_name or "",
            actor.contact_email or "",
            address,
            plain(letter(actor.name, edition, inviter, address), reader),
        ]
        for actor, address in links
    ]
    name = plain(t("actors.letters_sheet"), reader)
    return f"{name} {reader.now:%Y-%m-%d}.xlsx", xlsx([Sheet(name, headings, rows)], made_at=reader.now, title=name)
