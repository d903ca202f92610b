"""Reports over the database that Django was made ready for, drawn with the machine's fonts and sent as other mail is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from amends.carry_out.smtp import SmtpPost
from amends.desk.reports.desk import ReportDesk
from amends.desk.reports.make import Maker
from amends.desk.reports.rounds import ReportRounds
from amends.desk.talk.ports import Hand
from amends.desk.talk.sending import Sending
from amends.prove.dossier.draw import Drawing
from amends.prove.dossier.pictures import page_picture, pages_of
from amends.wiring.clock import now
from amends.wiring.metrics import metric_desk
from amends.wiring.talk import MailWay


def report_desk(data: Path, clock: Callable[[], datetime] = now) -> ReportDesk:
    """The verbs on reports; fonts may lie in `fonts` of the data folder."""
    from amends.store.report_book import DatabaseReceivers, DatabaseReports
    from amends.store.report_runs import DatabaseReportRuns
    from amends.store.senders import DatabaseSenders

    return ReportDesk(
        DatabaseReports(),
        DatabaseReceivers(),
        DatabaseReportRuns(),
        maker(data, clock),
        DatabaseSenders(),
        link_of,
        pages_of,
        page_picture,
        clock,
    )


def report_rounds(data: Path, clock: Callable[[], datetime] = now, hand: Hand | None = None) -> ReportRounds:
    """One round of reports."""
    from amends.store.report_book import DatabaseReports
    from amends.store.report_runs import DatabaseReportRuns, ReportOutbox
    from amends.store.senders import DatabaseSenders

    sending = Sending(DatabaseSenders(), ReportOutbox(), hand or MailWay(SmtpPost()), clock)
    return ReportRounds(DatabaseReports(), DatabaseReportRuns(), maker(data, clock), sending, link_of, clock)


def maker(data: Path, clock: Callable[[], datetime] = now) -> Maker:
    """What makes reports from the facts of metrics."""
    from amends.web.report_letters import ReportWriter

    return Maker(metric_desk(data, clock).facts, ReportWriter(), Drawing(data / "fonts"), zone_of)


def zone_of(shop: str) -> ZoneInfo:
    """The zone of a shop's calendar."""
    from amends.store.calendars import DatabaseCalendars

    return ZoneInfo(DatabaseCalendars().calendar_for(shop).week.zone)


def link_of(receiver: int) -> str:
    """Where a receiver of reports answers; "" where nobody said under which address this house is reached."""
    from django.conf import settings

    from amends.web.report_letters import receiver_link

    return receiver_link(str(getattr(settings, "PUBLIC_ADDRESS", "")).rstrip("/"), receiver)
