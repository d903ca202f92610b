"""What the runner does for reports: each is made once for every time that it is due, and handed over as other mail is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from amends.desk.reports.make import Maker
from amends.desk.reports.ports import LinkOf, ReportBook, RunBook
from amends.desk.talk.sending import Sending
from amends.facts.audit import Deed
from amends.facts.dossier import UnableToMakeDossier
from amends.facts.outgoing import Sender, SenderKeys
from amends.facts.reports import KeptReport, ReportFiles, Span

WAITS_FOR_FACTS: Final = timedelta(hours=6)
"""So long a report waits for facts that lag; then it goes out and says so."""
AGAIN: Final = timedelta(minutes=10)
KEEP_FILES: Final = timedelta(days=90)
_HOUSE: Final = ""


@dataclass(frozen=True, slots=True)
class ReportRounds:
    """One round makes what is due and sends what was made."""

    book: ReportBook
    runs: RunBook
    maker: Maker
    sending: Sending[Sender, SenderKeys]
    link: LinkOf
    now: Callable[[], datetime]

    def look(self) -> int:
        """Do what is due; how much there was."""
        now = self.now()
        done = self.runs.lost(now) + self.runs.forget_files(now - KEEP_FILES)
        for kept in self.book.active():
            done += self._due(kept, now)
        return done + self.sending.send()

    def _due(self, kept: KeptReport, now: datetime) -> int:
        due, span = self.maker.last(kept, now)
        if kept.since is None or due < kept.since or not kept.confirmed:
            return 0
        there = self.runs.state(kept.number, due.date())
        if there is not None and (there[0] == "made" or (there[1] is not None and there[1] > now)):
            return 0
        stale = self.maker.stale(due.astimezone(UTC))
        if stale and now < due + WAITS_FOR_FACTS:
            self.runs.failed(kept.number, due.date(), span, "waiting", ("facts", ""), now, now + AGAIN)
            return 0
        files = self._files(kept, due, span, now, stale=stale)
        return 0 if files is None else self._keep(kept, due, span, files, now)

    def _files(self, kept: KeptReport, due: datetime, span: Span, now: datetime, *, stale: bool) -> ReportFiles | None:
        """The files; None where they cannot be made: that is kept and tried again, and the other reports go on."""
        try:
            return self.maker.make(kept, span, now, stale=stale)
        except UnableToMakeDossier as fault:
            why = ("drawing", fault.says.en)
        # whatever is wrong with one report must not hold back the others: it is kept and logged
        except Exception as fault:
            logging.getLogger("amends.runner").exception("report %s could not be made", kept.number)
            why = ("broken", type(fault).__name__)
        self.runs.failed(kept.number, due.date(), span, "failed", why, now, now + AGAIN)
        return None

    def _keep(self, kept: KeptReport, due: datetime, span: Span, files: ReportFiles, now: datetime) -> int:
        letters = {
            one.number: self.maker.writer.letter(kept.report, span, self.link(one.number)) for one in kept.confirmed
        }
        note = f"{span.first} – {span.last}, {len(letters)}"
        deed = Deed(_HOUSE, "report_sent", kept.merchant, kept.report.name, note=note)
        return int(self.runs.made(kept.number, due.date(), span, files, letters, deed, now))
