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
        of = {"whole": self._of("activities.held"), "visitors": visitors}
        sentences = [
            t("report.a2_held", n=held, **of) if held else t("report.a2_nothing"),
            self._counted("a2_knowledge", "activities.knowledge"),
        ]
        if held:
            talks = self._known("outcomes.talks")
            told = t("report.a2_talks", talks=talks, whole=self._of("outcomes.talks"))
            sentences.append(told if talks is not None else self._lacking("a2", "outcomes.talks"))
        return sentences, ["activities.held", "visitors.total", "activities.knowledge", "outcomes"]

    def _counted(self, text: str, key: str) -> T:
        """How many, or that there are none."""
        n = self._count(key)
        return t(f"report.{text}", n=n) if n else t(f"report.{text}_none")

    def _lacking(self, text: str, key: str) -> T:
        """That nobody has answered, or too few."""
        basis = self.report.figures[key].basis
        return t(f"report.{text}_few" if basis is not None and basis.answered else f"report.{text}_unanswered")

    def methods(self) -> tuple[list[T], list[str]]:
        """Result 3."""
        shared = self._count("methods.shared")
        sentences = [
            t("report.a3_shared", n=shared, asked=self._count("methods.asked_about"))
            if shared
            else t("report.a3_none"),
            self._counted("a3_purpose", "activities.methods"),
        ]
        return sentences, ["methods.shared", "methods.asked_about", "activities.methods"]

    def networks(self) -> tuple[list[T], list[str]]:
        """Result 4."""
        contacts, willing = self._known("contacts.exchanged"), self._known("ambassadors")
        sentences = [
            t("report.a4_few_contacts") if contacts is None else t("report.a4_contacts", n=contacts),
            self._lacking("a4", "ambassadors")
            if willing is None
            else t("report.a4_ambassadors", yes=willing, whole=self._of("ambassadors")),
            self._counted("a4_joint", "activities.joint"),
        ]
        return sentences, ["contacts.exchanged", "ambassadors", "activities.joint"]

    def region(self) -> tuple[list[T], list[str]]:
        """Result 5."""
        activities, blocks = self._count("own.activities"), self._count("own.blocks")
        national = self._count("own.activities.level.national") + self._count("own.blocks.level.national")
        parts = {
            "activities": t("report.a5_own_activities", n=activities),
            "blocks": t("report.a5_own_blocks", n=blocks),
        }
        own = t("report.a5_own", **parts, national=national) if activities or blocks else t("report.a5_own_none")
        marks = ["editions.over", "editions.level", "own.activities", "own.blocks", "frame", "outturn"]
        return [self._editions(), own, *self._money()], marks

    def _editions(self) -> T:
        over, population = self._count("editions.over"), self.report.population
        whole = len(population.editions)
        if self.report.scope.edition_id is not None:
            level = self.wording.level(population.level_of(population.editions[0]))
            return t("report.a5_edition_over" if over else "report.a5_edition_ahead", level=level)
        if not over:
            return t("report.a5_none_over", n=whole) if whole else t("report.a5_no_editions")
        return t("report.a5_editions", n=over, whole=whole, national=self._count("editions.level.national"))

    def _money(self) -> list[T]:
        """What was spent, and of what."""
        population, outturn, frame = self.report.population, self._known("outturn"), self._known("frame")
        found = []
        if outturn is None:
            found.append(t("report.a5_no_money"))
        elif self.report.scope.edition_id is not None:
            found.append(t("report.a5_edition_outturn", outturn=outturn))
        else:
            entered = sum(o.edition_id in population.edition_ids for o in population.source.outturns)
            found.append(t("report.a5_outturn", outturn=outturn, entered=entered, n=len(population.editions)))
        if frame is not None:
            paid = population.financings
            years = self.wording.years(min(f.from_year for f in paid), max(f.to_year for f in paid))
            found.append(t("report.a5_frame", frame=frame, years=years))
        return found

    def others(self) -> tuple[list[T], list[str]]:
        """Result 6."""
        slots = {name: self._count(f"slots.{name}") for name in ("offered", "asked", "used")}
        score = self.report.figures["edition.satisfied"]
        sentences = [
            self._others(),
            t("report.a6_slots", **slots) if slots["offered"] else t("report.a6_no_slots"),
            self._lacking("a6", "edition.satisfied")
            if score.value is None or score.basis is None
            else t("report.a6_score", score=self.wording.number(score.value, 1), answered=score.basis.shown),
        ]
        return sentences, ["actors.others", "actors.new", "municipalities", "slots.used", "edition.satisfied"]

    def _others(self) -> T:
        """How many, new and returning, and from where if that is known of any."""
        names = {"new": "actors.new", "returning": "actors.returning", "municipalities": "municipalities"}
        counts = {name: self._count(key) for name, key in names.items()}
        actors = self._count("actors.others")
        if not actors:
            return t("report.a6_nobody")
        if counts["municipalities"]:
            return t("report.a6_actors_from", n=actors, **counts)
        return t("report.a6_actors", n=actors, new=counts["new"], returning=counts["returning"])


_ANSWERS: Final[Mapping[int, Callable[[Six], tuple[list[T], list[str]]]]] = {
    1: Six.consensus,
    2: Six.knowledge,
    3: Six.methods,
    4: Six.networks,
    5: Six.region,
    6: Six.others,
}
