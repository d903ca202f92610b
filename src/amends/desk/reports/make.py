"""Making a report: its facts counted, drawn as a PDF and written as a workbook, both from the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.desk.metrics import KeptFacts
from amends.desk.reports.ports import Drawer, Writer, ZoneOf
from amends.facts.reports import KeptReport, ReportFiles, Span, last_due, span_of
from amends.learn.reports.gather import gather
from amends.learn.reports.workbook import workbook

PAGE: Final = "report/report.typ"


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes reports."""

    facts: KeptFacts
    writer: Writer
    drawer: Drawer
    zone_of: ZoneOf

    def local(self, kept: KeptReport, at: datetime) -> datetime:
        """An instant on the wall clock of the shop by whose calendar a report is due."""
        return at.astimezone(self.zone_of(kept.report.home))

    def last(self, kept: KeptReport, at: datetime) -> tuple[datetime, Span]:
        """When a report was due last, and the days that it told of then."""
        due = last_due(kept.report, self.local(kept, at))
        return due, span_of(kept.report, due.date())

    def stale(self, due: datetime) -> bool:
        """Whether the facts may lack something that happened before then."""
        manifest = self.facts.manifest()
        written = manifest.written_at
        return not manifest.mark.full or manifest.behind > 0 or written is None or written < due

    def make(self, kept: KeptReport, span: Span, at: datetime, *, stale: bool) -> ReportFiles:
        """The two files. Raises `UnableToMakeDossier` where no PDF can be drawn on this machine."""
        report, zone = kept.report, self.zone_of(kept.report.home)
        told = gather(self.facts, report, span, frozenset({kept.merchant}), at.astimezone(zone).date())
        content = self.writer.content(told, self.facts.manifest().written_at, zone, stale=stale)
        return ReportFiles(self.drawer.draw(content, {}, PAGE), workbook(told, self.writer.tongue(report.language)))
