"""Whoever is shown the same days shares a picture."""

from bot.domain.model import Actor, BookingState, Edition
from handlers.booking import days_picture
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World


async def key(work: SqlUnitOfWork, edition: Edition, actor: Actor, language: str = "sv") -> str:
    ids = {"edition_id": edition.id, "actor_id": actor.id, "language": language}
    return (await days_picture(work, ids, NOW)).key


async def test_actors_with_nothing_in_the_days_share_a_picture_and_who_has_something_has_their_own(
    work: SqlUnitOfWork,
) -> None:
    world = World(work)
    edition, person = await world.edition(), await world.person("Anna")
    slots = await world.slots(edition, 3)
    one, two, three = [await world.actor(name) for name in ("Luleå kommun", "LKAB", "SSAB")]
    empty = await key(work, edition, one)
    assert await key(work, edition, two) == empty
    assert await key(work, edition, two, "en") != empty

    booking = await world.booking(edition, one, slots[0], person, BookingState.BOOKED)
    theirs, others = await key(work, edition, one), await key(work, edition, two)
    assert len({empty, theirs, others, await key(work, edition, three)}) == 3

    activity = await work.activities.get(booking.activity_id)
    await work.activities.change(activity, title="Vem äger vinden?")
    assert await key(work, edition, one) != theirs
    assert await key(work, edition, two) == others

    applied = await world.booking(edition, two, slots[1], person, BookingState.APPLIED)
    assert await key(work, edition, two) != await key(work, edition, three) == others
    await work.bookings.change(applied, state=BookingState.ENDED)
    assert await key(work, edition, two) == others
