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

    @property
    def _is_of_one(self) -> bool:
        """Whether there is one edition alone, of which no levels are compared."""
        return len(self.report.population.editions) == 1

    def _known(self, key: str) -> str | None:
        """A figure that can be given, as a number."""
        value = self.report.value(key)
        return None if value is None else self.wording.number(value)

    def _of(self, key: str) -> str:
        """What a figure is a part of."""
        return self.wording.number(self.report.figures[key].of or 0)

    def consensus(self) -> tuple[list[T], list[str]]:
        """Result 1."""
        stood = self._count("stances.actors")
        behind = {way: self._count(f"stances.{way}.behind") for way in ("decided", "official")}
        sentences = [
            self._issues(),
            t("report.a1_stances", n=stood, whole=self._of("stances.older"), **behind)
            if stood
            else t("report.a1_no_stances"),
            self._joint(),
        ]
        marks = ["issues.named", "stances.actors", "stances.older", "stances.decided", "stances.official"]
        return sentences, [*marks, "joint.planned", "joint.under_way", "joint.done"]

    def _joint(self) -> T:
        """How many joint actions are how far."""
        counts = {state: self._count(f"joint.{state}") for state in ("done", "under_way", "planned")}
        told = [self.wording.say(t(f"report.a1_joint_{state}", n=n)) for state, n in counts.items() if n]
        return t("report.a1_joint", states=", ".join(told)) if told else t("report.a1_no_joint")

    def _issues(self) -> T:
        """How many are taken up; of an edition these are all that there are."""
        named = self._count("issues.named")
        if named and self.report.scope.edition_id is not None:
            return t("report.a1_edition_issues", n=named)
        return (
            t("report.a1_issues", n=self._count("issues.current"), named=named) if named else t("report.a1_no_issues")
        )

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
        sentences = [self._editions(), self._own(), *self._money()]
        marks = ["editions.over", "editions.level", "own.activities", "own.blocks"]
        if self._is_of_one:
            return sentences, [*marks, "frame", "outturn"]
        return sentences, [*marks, "own.activities.level", "own.blocks.level", "frame", "outturn", "outturn.editions"]

    def _own(self) -> T:
        """What the region has itself, and on national arenas where there are several."""
        activities, blocks = self._count("own.activities"), self._count("own.blocks")
        if not activities and not blocks:
            return t("report.a5_own_none")
        parts = {
            "activities": t("report.a5_own_activities", n=activities),
            "blocks": t("report.a5_own_blocks", n=blocks),
        }
        if self._is_of_one:
            return t("report.a5_own", **parts)
        national = {name: self._count(f"own.{name}.level.national") for name in ("activities", "blocks")}
        return t("report.a5_own_national", **parts, of_activities=national["activities"], of_blocks=national["blocks"])

    def _editions(self) -> T:
        over, population = self._count("editions.over"), self.report.population
        whole = int(self.report.figures["editions.over"].of or 0)
        if self._is_of_one:
            level = self.wording.level(population.level_of(population.editions[0]))
            return t("report.a5_edition_over" if over else "report.a5_edition_ahead", level=level)
        if not over:
            return t("report.a5_none_over", n=whole) if whole else t("report.a5_no_editions")
        return t("report.a5_editions", n=over, whole=whole, national=self._count("editions.level.national"))

    def _money(self) -> list[T]:
        """What was spent, and of what."""
        outturn, frame, years = self._known("outturn"), self._known("frame"), self.report.population.frame_years
        found = []
        if outturn is None:
            found.append(t("report.a5_no_money"))
        elif self._is_of_one:
            found.append(t("report.a5_edition_outturn", outturn=outturn))
        else:
            entered = self.report.figures["outturn.editions"]
            fields = {"entered": self.wording.number(entered.value or 0), "n": int(entered.of or 0)}
            found.append(t("report.a5_outturn", outturn=outturn, **fields))
        if frame is not None and years is not None:
            found.append(t("report.a5_frame", frame=frame, years=self.wording.years(*years)))
        return found

    def others(self) -> tuple[list[T], list[str]]:
        """Result 6."""
        slots = {name: self._count(f"slots.{name}") for name in ("asked", "booked", "used")}
        offered = self._count("slots.offered")
        score = self.report.figures["edition.satisfied"]
        sentences = [
            self._others(),
            t("report.a6_slots", n=offered, **slots) if offered else t("report.a6_no_slots"),
            self._lacking("a6", "edition.satisfied")
            if score.value is None or score.basis is None
            else t("report.a6_score", score=self.wording.number(score.value, 1), answered=score.basis.shown),
        ]
        marks = ["actors.others", "actors.new", "actors.returning", "municipalities", "slots.offered"]
        return sentences, [*marks, "slots.asked", "slots.booked", "slots.used", "edition.satisfied"]

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
