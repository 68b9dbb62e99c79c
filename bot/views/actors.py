"""Actors as coordinators see and keep them."""

from bot.domain.model import Actor, ActorKind, BookingState, BookingView, Person
from bot.domain.municipalities import MUNICIPALITIES
from bot.domain.results.actors import (
    ActorCard,
    ActorList,
    AskedField,
    WhichEdition,
)
from bot.domain.results.bookings import CoInvitation
from bot.views.actor_buttons import (
    AddActors,
    AskActorField,
    AskDouble,
    BookFor,
    ClearActorField,
    EditActor,
    InviteActor,
    InviteAll,
    RemoveMember,
    SetActorKind,
    SetMunicipality,
    back_to_actor,
)
from bot.views.booking_buttons import Book
from bot.views.booking_parts import title
from bot.views.bookings_buttons import AnswerCo, ShowBooking
from bot.views.coordinators import Coordinators
from bot.views.edition_buttons import Coordinate
from bot.views.people import mention
from bot.views.queue_buttons import Actors, ShowActor
from bot.views.screen import Button, L, Line, Screen, Words, button, columns, t
from bot.views.times import At

_BOOKINGS = 12
"""Bookings of an actor that are told of: a message takes 4,096 characters."""


# Found


def listed(result: ActorList) -> Screen:
    """A page of actors, or those like what was written."""
    rows = [[button(actor.name, ShowActor(actor_id=actor.id))] for actor in result.actors]
    if result.wrote is not None:
        found = t("actors.found", wrote=result.wrote) if rows else t("actors.none_found", wrote=result.wrote)
        return Screen([found], [*rows, [button(t("actors.all"), Actors())], [button(t("actors.add"), AddActors())]])
    lines: list[Line] = [
        t("actors.count", n=result.count),
        t("actors.unreachable", n=result.unreachable) if result.unreachable else None,
        t("actors.write_to_search"),
    ]
    return Screen(lines, [*rows, _pages(result), *_list_buttons(result)])


def _pages(result: ActorList) -> list[Button]:
    before = [button(t("actors.previous"), Actors(page=result.page - 1))] if result.page else []
    after = [button(t("actors.following"), Actors(page=result.page + 1))] if result.page + 1 < result.pages else []
    return [*before, *after]


def _list_buttons(result: ActorList) -> list[list[Button]]:
    invite = [button(t("actors.invite_all", n=result.unreachable), InviteAll())] if result.unreachable else []
    return [
        [button(t("actors.add"), AddActors())],
        invite,
        [button(t("coordinators.open"), Coordinators()), button(t("actors.overview"), Coordinate())],
    ]


# One


def card(c: ActorCard) -> Screen:
    """An actor: who acts for it, how to reach it besides, what it has, and what can be done."""
    actor = c.actor
    contact = [x for x in (actor.contact_name, actor.contact_phone, actor.contact_email) if x]
    lines: list[Line] = [
        t("actors.removed", person=c.removed.name, actor=actor.name) if c.removed is not None else None,
        t("actors.heading", actor=actor.name, kind=t(f"actor_kind.{actor.kind}")),
        t("actors.aliases", names=list(actor.aliases)) if actor.aliases else None,
        t("actors.municipality", municipality=actor.municipality) if actor.municipality else None,
        *(_person(person) for person in c.people),
        None if c.people else t("actors.nobody"),
        t("actors.contact", contact=contact) if contact else None,
        *(_booking(view, actor) for view in c.bookings[:_BOOKINGS]),
        t("actors.more_bookings", n=len(c.bookings) - _BOOKINGS) if len(c.bookings) > _BOOKINGS else None,
        *(t("actors.asked", title=title(asked.view), owner=asked.view.actor.name) for asked in c.asked),
    ]
    return Screen(lines, _card_buttons(c))


def _person(person: Person) -> Line:
    known: list[Words] = [mention(person), *(x for x in (person.phone, person.email) if x)]
    return t("actors.person", known=known)


def _booking(view: BookingView, actor: Actor) -> Line:
    keys = {BookingState.APPLIED: "actors.applied", BookingState.REQUESTED: "actors.requested"}
    key = "actors.joint" if view.actor.id != actor.id else keys.get(view.booking.state, "actors.booked")
    return t(key, when=At(view.slot.starts_at, view.edition.zone), title=title(view), owner=view.actor.name)


def _card_buttons(c: ActorCard) -> list[list[Button]]:
    ids = {"actor_id": c.actor.id}
    views = [
        [button(t("actors.see", title=title(view)), ShowBooking(booking_id=view.booking.id))] for view in c.bookings[:6]
    ]
    answers = [
        [
            button(t(f"actors.co_{yes}", title=title(asked.view)), _answer_co(asked, yes == "yes"))
            for yes in ("yes", "no")
        ]
        for asked in c.asked
    ]
    removals = [
        [button(t("actors.remove_member", person=p.name), RemoveMember(**ids, person_id=p.id))] for p in c.people
    ]
    merge = [button(t("actors.merge"), AskDouble(**ids))] if c.may_merge else []
    return [
        [button(t("actors.book_for"), BookFor(**ids)), button(t("actors.invite"), InviteActor(**ids))],
        *views,
        *answers,
        [button(t("actors.edit"), EditActor(**ids)), *merge],
        *removals,
        [button(t("actors.back"), Actors())],
    ]


def _answer_co(asked: CoInvitation, accepts: bool) -> AnswerCo:  # noqa: FBT001  # the answer itself
    return AnswerCo(co_organiser_id=asked.co_organiser_id, revision=asked.revision, yes=int(accepts))


def book_where(w: WhichEdition) -> Screen:
    """In which edition to book for the actor."""
    rows = [[button(L(e.name), Book(edition_id=e.id, actor_id=w.actor.id))] for e in w.editions]
    text = t("actors.book_where", actor=w.actor.name) if rows else t("actors.book_nowhere")
    return Screen([text], [*rows, back_to_actor(w.actor.id)])


def edit(c: ActorCard) -> Screen:
    """What of it to change."""
    actor = c.actor
    fields = ("name", "kind", "aliases", "municipality", "contact_name", "contact_email", "contact_phone")
    buttons = [button(t(f"actors.field_{f}"), AskActorField(actor_id=actor.id, what=f)) for f in fields]
    lines: list[Line] = [t("actors.what_to_change", actor=actor.name)]
    return Screen(lines, [*columns(buttons, 2), back_to_actor(actor.id)])


def ask_field(asked: AskedField) -> Screen:
    """Ask for it, with what is kept now."""
    actor, what = asked.actor, asked.draft.step
    if what == "kind":
        kinds = [button(t(f"actor_kind.{k}"), SetActorKind(actor_id=actor.id, kind=k)) for k in ActorKind]
        return Screen([t("actors.ask_kind", actor=actor.name)], [*columns(kinds, 2), back_to_actor(actor.id)])
    value = getattr(actor, what)
    choices = [button(m, SetMunicipality(actor_id=actor.id, number=n)) for n, m in enumerate(MUNICIPALITIES)]
    kept = list(value) if isinstance(value, tuple) else value
    lines: list[Line] = [t(f"actors.ask_{what}", actor=actor.name), t("actors.kept_now", value=kept) if kept else None]
    clear = [button(t("actors.clear"), ClearActorField(draft_id=asked.draft.id))] if kept and what != "name" else []
    rows = columns(choices, 3) if what == "municipality" else []
    return Screen(lines, [*rows, clear, back_to_actor(actor.id)])


def member_removed(actor: Actor) -> Screen:
    """For the person: the right is gone."""
    return Screen([t("actors.you_are_removed", actor=actor.name)])
