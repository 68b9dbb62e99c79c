"""Results 1–4 as activities show them: purposes, what was held, who came, what was named."""

from datetime import timedelta

from tests.year.acts import Evaluates
from tests.year.expected.figure import Figure
from tests.year.expected.scope import View
from tests.year.record import Activity
from tests.year.setting import local


def of_activities(view: View) -> dict[str, Figure]:
    everything = len(view.activities)
    over = [activity for activity in view.activities if view.is_over(activity)]
    held = [answer for each in over if (answer := held_answer(each)) is not None]
    not_held = sum(each.answer is not None and each.answer.came is None for each in over)
    given_by = [each.answer.by for each in over if each.answer is not None]
    asked = sum(was_asked(view, each) for each in view.activities)
    together = [actors for each in view.activities if len(actors := view.actors(each)) > 1]
    return {
        **{
            f"activities.{purpose}": Figure(view.naming("purpose", purpose), of=everything)
            for purpose in ("consensus", "knowledge", "methods")
        },
        "activities.all": Figure(everything),
        "activities.over": Figure(len(over), of=everything),
        "activities.held": Figure(len(held), of=len(over), basis=(asked, len(given_by), len(given_by))),
        "activities.not_held": Figure(not_held, of=len(over)),
        "activities.unanswered": Figure(sum(each.answer is None for each in over), of=len(over)),
        "visitors.total": Figure(sum(answer.came or 0 for answer in held)),
        "visitors.activities": Figure(len(held), of=len(held)),
        "activities.answered_for": Figure(
            sum(by in view.record.setting.coordinators for by in given_by), of=len(given_by)
        ),
        **_named(view),
        "activities.joint": Figure(len(together), of=everything),
        "actors.together": Figure(len({actor.name for actors in together for actor in actors})),
    }


def held_answer(activity: Activity) -> Evaluates | None:
    """The answer of an activity that took place."""
    return activity.answer if activity.answer is not None and activity.answer.came is not None else None


def was_asked(view: View, activity: Activity) -> bool:
    """Whether its day to be asked has come, or it was answered unasked."""
    edition = view.edition(activity)
    day = edition.asked_on or edition.starts(activity.slot).date() + timedelta(days=1)
    return activity.answer is not None or local(f"{day} 10.00") <= view.record.now


def _named(view: View) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for part in ("purpose", "issue", "group"):
        namers = [{by for (what, _), by in activity.named.items() if what == part} for activity in view.activities]
        by_actor = sum("actor" in by for by in namers)
        by_coordinator = sum(by == {"coordinator"} for by in namers)
        counts = {"": by_actor + by_coordinator, ".actor": by_actor, ".coordinator": by_coordinator}
        found |= {f"named.{part}{by}": Figure(count, of=len(view.activities)) for by, count in counts.items()}
    arenas = {edition.arena for edition in view.editions}
    for arena in arenas:
        for group in view.record.setting.groups[arena]:
            mine = [each for each in view.activities if view.edition(each).arena == arena]
            found[f"groups.meant.{arena}/{group}"] = Figure(sum(("group", group) in each.named for each in mine))
    return found
