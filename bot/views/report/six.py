"""The six answers: what the report says of each result in a few sentences, by themselves."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.domain.figures import MARKS
from bot.views.report.wording import Answer, Wording
from bot.views.screen import T, t


class Six:
    """The answers of a report."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.report = wording.report

    def answer(self, result: int) -> Answer:
        """The answer to one result."""
        sentences, marks = _ANSWERS[result](self)
        return Answer([self.wording.say(each) for each in sentences], [MARKS[family] for family in marks])

    def _count(self, key: str) -> int:
        return int(self.report.value(key) or 0)

    def _known(self, key: str) -> str | None:
        """A figure that can be given, as a number."""
        value = self.report.value(key)
        return None if value is None else self.wording.number(value)

    def _of(self, key: str) -> str:
        """What a figure is a part of."""
        return self.wording.number(self.report.figures[key].of or 0)

    def consensus(self) -> tuple[list[T], list[str]]:
        """Result 1."""
        named, whole = self._count("issues.named"), self._count("issues.current")
        stood = self._count("stances.actors")
        done, ahead = self._count("joint.done"), self._count("joint.planned") + self._count("joint.under_way")
        behind = {way: self._count(f"stances.{way}.behind") for way in ("decided", "official")}
        sentences = [
            t("report.a1_issues", n=whole, named=named) if named else t("report.a1_no_issues"),
            t("report.a1_stances", n=stood, **behind) if stood else t("report.a1_no_stances"),
            t("report.a1_joint", done=t("report.a1_done", n=done), open=ahead)
            if done or ahead
            else t("report.a1_no_joint"),
        ]
        return sentences, ["issues.named", "stances.actors", "stances.decided", "stances.official", "joint.done"]

    def knowledge(self) -> tuple[list[T], list[str]]:
        """Result 2."""
        held = self._count("activities.held")
        visitors = self.wording.number(self._count("visitors.total"))
        talks = self._known("outcomes.talks")
        sentences = [
            t("report.a2_held", n=held, whole=self._of("activities.held"), visitors=visitors)
            if held
            else t("report.a2_nothing"),
            t("report.a2_knowledge", n=self._count("activities.knowledge")),
            t("report.a2_few")
            if talks is None
            else t("report.a2_talks", talks=talks, whole=self._of("outcomes.talks")),
        ]
        return sentences, ["activities.held", "visitors.total", "activities.knowledge", "outcomes"]

    def methods(self) -> tuple[list[T], list[str]]:
        """Result 3."""
        shared = self._count("methods.shared")
        sentences = [
            t("report.a3_shared", n=shared, asked=self._count("methods.asked_about"))
            if shared
            else t("report.a3_none"),
            t("report.a3_purpose", n=self._count("activities.methods")),
        ]
        return sentences, ["methods.shared", "methods.asked_about", "activities.methods"]

    def networks(self) -> tuple[list[T], list[str]]:
        """Result 4."""
        contacts, willing = self._known("contacts.exchanged"), self._known("ambassadors")
        sentences = [
            t("report.a4_few_contacts") if contacts is None else t("report.a4_contacts", n=contacts),
            t("report.a4_few_ambassadors")
            if willing is None
            else t("report.a4_ambassadors", yes=willing, whole=self._of("ambassadors")),
            t("report.a4_joint", n=self._count("activities.joint")),
        ]
        return sentences, ["contacts.exchanged", "ambassadors", "activities.joint"]

    def region(self) -> tuple[list[T], list[str]]:
        """Result 5."""
        national = self._count("own.activities.level.national") + self._count("own.blocks.level.national")
        outturn, frame = self._known("outturn"), self._known("frame")
        sentences = [
            self._editions(),
            t("report.a5_own", n=self._count("own.activities"), blocks=self._count("own.blocks"), national=national),
            t("report.a5_no_money")
            if outturn is None or frame is None
            else t("report.a5_money", outturn=outturn, frame=frame),
        ]
        return sentences, ["editions.over", "editions.level", "own.activities", "own.blocks", "frame", "outturn"]

    def _editions(self) -> T:
        over, population = self._count("editions.over"), self.report.population
        if self.report.scope.edition_id is None:
            national = self._count("editions.level.national")
            return t("report.a5_editions", n=over, whole=self._of("editions.over"), national=national)
        level = self.wording.level(population.level_of(population.editions[0]))
        return t("report.a5_edition_over" if over else "report.a5_edition_ahead", level=level)

    def others(self) -> tuple[list[T], list[str]]:
        """Result 6."""
        names = {"new": "actors.new", "returning": "actors.returning", "municipalities": "municipalities"}
        actors = self._count("actors.others")
        slots = {name: self._count(f"slots.{name}") for name in ("offered", "asked", "used")}
        score = self.report.figures["edition.satisfied"]
        sentences = [
            t("report.a6_actors", n=actors, **{name: self._count(key) for name, key in names.items()})
            if actors
            else t("report.a6_nobody"),
            t("report.a6_slots", **slots) if slots["offered"] else t("report.a6_no_slots"),
            t("report.a6_few")
            if score.value is None or score.basis is None
            else t("report.a6_score", score=self.wording.number(score.value, 1), answered=score.basis.shown),
        ]
        return sentences, ["actors.others", "actors.new", "municipalities", "slots.used", "edition.satisfied"]


_ANSWERS: Final[Mapping[int, Callable[[Six], tuple[list[T], list[str]]]]] = {
    1: Six.consensus,
    2: Six.knowledge,
    3: Six.methods,
    4: Six.networks,
    5: Six.region,
    6: Six.others,
}
