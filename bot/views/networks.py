"""/natverk: what others are shown of the reader, whom the reader finds, and somebody else's card."""

from collections.abc import Sequence

from bot.domain.model import ContactState, Person
from bot.domain.networks import EMAIL, PHONE, TELEGRAM, Standing
from bot.domain.results.networks import Circle, Contacts, Fellow, FellowCard, NetworkHome, Profile, Via
from bot.domain.text import cut_at_word
from bot.views import network_buttons as buttons
from bot.views.issues import page_line, paged
from bot.views.menus import go
from bot.views.people import mention
from bot.views.screen import Button, L, Line, Screen, button, t
from bot.views.times import DayMonth

LABEL = 40
"""Characters of a name and an actor on a button."""


def home(result: NetworkHome) -> Screen:
    """What is shown of the reader, or would be; and where others are."""
    stop = [
        [button(t("networks.stop_ambassador", arena=L(arena.name)), buttons.StopAmbassador(edition_id=edition_id))]
        for arena, edition_id in result.ambassador_for
    ]
    said: list[Line] = [t(f"networks.said_{result.said}"), ""] if result.said else []
    if not result.profile.actors:
        hide = [[button(t("networks.hide_me"), buttons.ShowMe(on=0))]] if result.has_agreed else []
        return Screen([*said, t("networks.heading"), t("networks.no_actor")], [*hide, *stop, [go("start")]])
    lines = [*said, t("networks.heading"), *(_shown(result) if result.is_shown else _not_shown(result))]
    rows = _ways(result) if result.is_shown else [[button(t("networks.show_me"), buttons.ShowMe(on=1))]]
    hide = [[button(t("networks.hide_me"), buttons.ShowMe(on=0))]] if result.is_shown else []
    return Screen(lines, [*rows, *hide, *stop, [go("start")]])


def _not_shown(result: NetworkHome) -> list[Line]:
    return [
        t("networks.what_it_is"),
        t("networks.off"),
        t("networks.waiting_for_yes", n=result.waiting) if result.waiting else None,
        "",
        t("networks.would_show"),
        *_own(result.profile),
        "",
        t("networks.taken_back"),
    ]


def _shown(result: NetworkHome) -> list[Line]:
    nobody = not any(n for _, n in (*result.issues, *result.editions))
    return [t("networks.shows"), *_own(result.profile), "", t("networks.nobody") if nobody else None]


def _own(profile: Profile) -> list[Line]:
    """All that others see of the reader, item by item."""
    return [
        t("networks.own_name", name=profile.person.name),
        t("networks.own_actor", actors=_names(profile)),
        t("networks.own_issues", issues=[L(i.title) for i in profile.issues])
        if profile.issues
        else t("networks.own_no_issues"),
        t("networks.own_editions", editions=[L(e.name) for e in profile.editions]) if profile.editions else None,
    ]


def _names(fellow: Fellow) -> list[str]:
    return [actor.name for actor in fellow.actors]


def _ways(result: NetworkHome) -> list[list[Button]]:
    issues = [
        button(t("networks.circle", name=L(i.title), n=n), buttons.ShowCircle(issue_id=i.id, edition_id=None, page=0))
        for i, n in result.issues
        if n
    ]
    editions = [
        button(t("networks.circle", name=L(e.name), n=n), buttons.ShowCircle(issue_id=None, edition_id=e.id, page=0))
        for e, n in result.editions
        if n
    ]
    key = t("networks.contacts_waiting", n=result.waiting) if result.waiting else t("networks.contacts")
    known = [[button(key, buttons.ListContacts(page=0))]] if result.contacts else []
    return [*known, *([each] for each in (*issues, *editions)), [go("fragor")]]


def circle(result: Circle) -> Screen:
    """Those who share the reader's issue or edition, a button each."""
    if result.issue is not None:
        heading = t("networks.same_issue", title=L(result.issue.title))
    else:
        heading = t("networks.same_edition", edition=L(result.edition.name) if result.edition else "")
    ids = _ids(result.via)
    rows = [[_person(each, result.via)] for each in result.page.items]
    lines = [heading, page_line(result.page), None if result.page.items else t("networks.nobody_here")]
    return Screen(lines, [*rows, paged(result.page, buttons.ShowCircle, **ids), [go("natverk", t("networks.back"))]])


def _ids(via: Via) -> dict[str, int | None]:
    return {"issue_id": via.issue_id, "edition_id": via.edition_id}


def label(fellow: Fellow) -> str:
    """A person with their actor, on a button."""
    return cut_at_word(", ".join([fellow.person.name, *_names(fellow)]), LABEL)


def _person(fellow: Fellow, via: Via) -> Button:
    return button(label(fellow), buttons.ShowFellow(person_id=fellow.person.id, **_ids(via)))


def contacts(result: Contacts) -> Screen:
    """Requests of the reader and to them, with how they stand."""
    lines: list[Line] = [t("networks.contacts_heading"), page_line(result.page), ""]
    rows = []
    for fellow, standing in result.page.items:
        lines.append(t("networks.contact", person=who(fellow), how=_how(standing)))
        rows.append([_person(fellow, Via())])
    if not result.page.items:
        lines.append(t("networks.no_contacts"))
    back = [go("natverk", t("networks.back"))]
    return Screen(lines, [*rows, paged(result.page, buttons.ListContacts), back])


def who(fellow: Fellow) -> Line:
    """A person and their actor."""
    return t("networks.who", name=fellow.person.name, actors=_names(fellow))


def _how(standing: Standing) -> Line:
    """How it stands, as the reader may know it."""
    if standing.waits:
        return t("networks.asks_you")
    if standing.exchanged is not None:
        return t("networks.exchanged")
    return t("networks.you_asked", day=DayMonth(standing.asked_on)) if standing.asked_on else None


def fellow(card: FellowCard) -> Screen:
    """Somebody else: what is shown of them, and what there is between the two."""
    profile, standing = card.profile, card.standing
    said = t(f"networks.said_{card.said}", name=profile.person.name) if card.said else None
    lines: list[Line] = [
        said,
        "" if said is not None else None,
        who(profile),
        t("networks.their_issues", issues=[L(i.title) for i in profile.issues]) if profile.issues else None,
        t("networks.their_editions", editions=[L(e.name) for e in profile.editions]) if profile.editions else None,
        *_between(card),
    ]
    ids = _ids(card.via)
    ask = [button(t("networks.ask"), buttons.AskContact(person_id=profile.person.id, **ids))]
    rows = [ask] if card.may_ask else _answers(standing)
    if card.via == Via():
        return Screen(lines, [*rows, [button(t("networks.back_to_contacts"), buttons.ListContacts(page=0))]])
    return Screen(lines, [*rows, [button(t("networks.back_to_list"), buttons.ShowCircle(**ids, page=0))]])


def _between(card: FellowCard) -> list[Line]:
    standing, person = card.standing, card.profile.person
    if standing.exchanged is not None:
        theirs = standing.exchanged.from_person_id == person.id
        shares = standing.exchanged.from_shares if theirs else standing.exchanged.to_shares
        return ["", t("networks.you_have", name=person.name), *details(person, shares or ())]
    if standing.incoming is not None:
        key = "networks.wants" if standing.waits else "networks.you_refused"
        why, shares = standing.incoming.why, standing.incoming.from_shares or ()
        return ["", t(key), t("networks.why", text=why) if why else None, t("networks.will_share", what=shared(shares))]
    if standing.asked_on is not None:
        days = {"day": DayMonth(standing.asked_on), "again": DayMonth(standing.again_on or standing.asked_on)}
        return ["", t("networks.asked_on", **days)]
    return []


def _answers(standing: Standing) -> list[list[Button]]:
    """Yes and no to who waits; after a no there is still a yes."""
    request = standing.incoming
    if request is None:
        return []
    return answer_rows(request.id, request.revision if request.state is ContactState.ASKED else None)


def answer_rows(request_id: int, revision: int | None) -> list[list[Button]]:
    """«Ja» and «Nej» (None: it has been said)."""
    yes = button(
        t("networks.yes" if revision is not None else "networks.yes_after_all"),
        buttons.AcceptContact(request_id=request_id),
    )
    if revision is None:
        return [[yes]]
    return [[yes, button(t("networks.no"), buttons.RefuseContact(request_id=request_id, revision=revision))]]


def shared(shares: Sequence[str]) -> list[Line]:
    """What is shared, in words."""
    return [t(f"networks.share_{share}") for share in shares]


def details(person: Person, shares: Sequence[str]) -> list[Line]:
    """What a person shares, of what they (still) have."""
    values = {TELEGRAM: mention(person), PHONE: person.phone, EMAIL: person.email}
    there = [(share, values[share]) for share in (TELEGRAM, PHONE, EMAIL) if share in shares and values[share]]
    if not there:
        return [t("networks.taken_away", name=person.name)]
    return [t("networks.detail", what=t(f"networks.share_{share}"), value=value) for share, value in there]
