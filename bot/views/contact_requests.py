"""«Be om kontakt»: asked step by step, seen as it will be seen, answered, and what the two are told."""

from collections.abc import Sequence

from bot.domain.model import Draft
from bot.domain.networks import WHY_MAX
from bot.domain.results.networks import Answering, Asked, Asking, Exchanged, Fellow, FellowCard
from bot.views import network_buttons as buttons
from bot.views.networks import answer_rows, details, shared, who
from bot.views.screen import Button, Line, Screen, button, t


def asking(result: Asking) -> Screen:
    """The question why; then what the other will see, with what is shared."""
    name = result.to.profile.person.name
    back = [button(t("common.back"), _back_to(result.to))]
    if result.why is None:
        return Screen([t("networks.ask_why", name=name, limit=WHY_MAX)], [back])
    lines: list[Line] = [
        t("networks.will_see", name=name),
        "",
        *_request(result.asker, result.why, result.shares),
        "",
        t("networks.choose_shares" if len(result.choices) > 1 else "networks.only_telegram"),
    ]
    send = [button(t("networks.send"), buttons.SendContact(draft_id=result.draft.id))]
    return Screen(lines, [_choices(result.draft, result.choices, result.shares), send, back])


def _back_to(card: FellowCard) -> buttons.ShowFellow:
    via = card.via
    return buttons.ShowFellow(person_id=card.profile.person.id, issue_id=via.issue_id, edition_id=via.edition_id)


def _request(asker: Fellow, why: str | None, shares: Sequence[str]) -> list[Line]:
    return [
        t("networks.wants_contact", person=who(asker)),
        t("networks.why", text=why) if why else None,
        t("networks.will_share", what=shared(shares)),
    ]


def _choices(draft: Draft, choices: Sequence[str], shares: Sequence[str]) -> list[Button]:
    """What there is to share, a press each; only where there is a choice."""
    if len(choices) < 2:  # noqa: PLR2004  # one is no choice
        return []
    return [
        button(
            t("networks.chosen" if each in shares else "networks.not_chosen", what=t(f"networks.pick_{each}")),
            buttons.ToggleShare(draft_id=draft.id, share=each),
        )
        for each in choices
    ]


def answering(result: Answering) -> Screen:
    """What to share back, before anything is given."""
    name = result.to.profile.person.name
    lines: list[Line] = [
        t("networks.ask_share_back", name=name),
        t("networks.you_share", what=shared(result.shares)),
    ]
    give = [button(t("networks.exchange"), buttons.ExchangeContact(draft_id=result.draft.id))]
    back = [button(t("common.back"), _back_to(result.to))]
    return Screen(lines, [_choices(result.draft, result.choices, result.shares), give, back])


def asked(result: Asked) -> Screen:
    """To the asked person: who asks, and why."""
    lines = [*_request(result.asker, result.why, result.shares), t("networks.no_is_silent")]
    return Screen(lines, answer_rows(result.request_id, result.revision))


def exchanged(result: Exchanged) -> Screen:
    """To the asker: the other said yes."""
    return Screen([t("networks.said_yes", person=who(result.fellow)), *details(result.fellow.person, result.shares)])
