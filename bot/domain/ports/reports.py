"""Who makes reports, beside everything else."""

from typing import Protocol

from bot.domain.results.report import MadeReport, WantedReport


class ReportFailed(Exception):  # a condition of the program
    """A report could not be made, or not in time."""


class ReportMaker(Protocol):
    """Makes reports, and keeps each until it has been sent."""

    def report(self, order: int, wanted: WantedReport) -> MadeReport:
        """An order's report, begun when it is first asked for. Raises NotYet, ReportFailed."""

    def file(self, order: int, part: str) -> tuple[str, bytes] | None:
        """The name and bytes of one of its files: "pdf", "xlsx", or a picture's number; None where it is not kept."""
