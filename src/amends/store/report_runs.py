"""What was made and sent of reports, in the database. A mail whose text may have gone out is never handed to another worker."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.db.models import F, Q

from amends.facts.audit import Deed
from amends.facts.outgoing import Attached, Claim, Letter
from amends.facts.reports import LetterText, ReportFiles, ReportPost, ReportRun, RunState, Span
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.models import ReportPostRow, ReportReceiverRow, ReportRow, ReportRunRow
from amends.store.report_book import put_post

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TROUBLED: Final = ("failed", "unsure")


class DatabaseReportRuns:
    """Implements `amends.desk.reports.ports.RunBook`."""

    def state(self, report: int, due: date) -> tuple[RunState, datetime | None] | None:
        """Will give how far the report of a day is."""
        return ReportRunRow.objects.filter(report_id=report, due=due).values_list("state", "next_at").first()  # type: ignore[return-value]

    def made(
        self,
        report: int,
        due: date,
        span: Span,
        files: ReportFiles,
        letters: Mapping[int, LetterText],
        deed: Deed,
        at: datetime,
    ) -> bool:
        """Will keep the files of a day and the mails, once; receivers who left meanwhile get none."""
        with writing():
            row = ReportRow.objects.select_for_update().filter(pk=report).exclude(since=None).first()
            if row is None or row.runs.filter(due=due, state="made").exists():
                return False
            told = {
                "first": span.first, "last": span.last, "state": "made", "code": "", "told": "", "at": at, "next_at": None,
                "pdf": files.pdf, "xlsx": files.xlsx, "pdf_sha256": _digest(files.pdf), "xlsx_sha256": _digest(files.xlsx),
            }  # fmt: skip
            run, _ = ReportRunRow.objects.update_or_create(report=row, due=due, defaults=told)
            there = ReportReceiverRow.objects.filter(report=row, pk__in=list(letters), state="confirmed").order_by("pk")
            for receiver in there:
                put_post(receiver.pk, run.pk, letters[receiver.pk], row.shop, at)
            DatabaseAudit().write(deed, at)
        return True

    def failed(
        self, report: int, due: date, span: Span, state: RunState, why: tuple[str, str], at: datetime, again: datetime
    ) -> None:
        """Will keep why there are no files yet."""
        told = {"first": span.first, "last": span.last, "state": state, "code": why[0], "told": why[1][:300], "at": at}
        with writing():
            row = ReportRow.objects.select_for_update().filter(pk=report).first()
            if row is not None and not row.runs.filter(due=due, state="made").exists():
                ReportRunRow.objects.update_or_create(report=row, due=due, defaults={**told, "next_at": again})

    def of(self, report: int, most: int) -> Sequence[ReportRun]:
        """Will give the last times, the latest first."""
        rows = ReportRunRow.objects.filter(report_id=report).defer("pdf", "xlsx").order_by("-due")[:most]
        kept = set(rows.model.objects.filter(report_id=report).exclude(pdf=None).values_list("pk", flat=True))
        return [_run(row, kept=row.pk in kept) for row in rows]

    def asked(self, report: int) -> Sequence[ReportPost]:
        """Will give the latest question to each receiver who did not answer yet."""
        rows = ReportPostRow.objects.filter(receiver__report_id=report, run=None, receiver__state="asked")
        return [_post(row) for row in rows.select_related("receiver").order_by("-pk")]

    def files(self, run: int, report: int) -> tuple[ReportRun, ReportFiles] | None:
        """Will give what was sent."""
        row = ReportRunRow.objects.filter(pk=run, report_id=report).exclude(pdf=None).first() if run < 2**63 else None
        if row is None or row.pdf is None or row.xlsx is None:
            return None
        return _run(row, kept=True), ReportFiles(bytes(row.pdf), bytes(row.xlsx))

    def again(self, post: int, report: int, at: datetime) -> bool:
        """Will have a mail in trouble sent again, under the same id."""
        with writing():
            rows = ReportPostRow.objects.filter(pk=post, receiver__report_id=report, state__in=_TROUBLED)
            fresh = {"state": "ready", "code": "", "told": "", "tries": 0, "at": at, "next_at": at, "lease": ""}
            return bool(rows.update(**fresh, lease_until=None)) if post < 2**63 else False

    def lost(self, at: datetime) -> int:
        """Will have mails whose worker died in the middle count as unsure."""
        with writing():
            rows = ReportPostRow.objects.filter(state="sending", lease_until__lte=at)
            return rows.update(state="unsure", code="lost", next_at=None, lease_until=None)

    def forget_files(self, before: datetime) -> int:
        """Will let go the files of what was made before; nothing of it waits any more by then."""
        rows = ReportRunRow.objects.filter(at__lt=before).exclude(pdf=None)
        if not rows.exists():
            return 0
        with writing():
            return rows.update(pdf=None, xlsx=None)


class ReportOutbox:
    """Implements `amends.desk.talk.sending.Outbox` over the mails of reports."""

    def claim(self, shops: Sequence[str], now: datetime, until: datetime) -> Claim | None:
        """Will take the next mail that is due: a report to who said yes, a question to who was not answered yet."""
        wanted = Q(run=None, receiver__state="asked") | Q(run__isnull=False, receiver__state="confirmed")
        due = ReportPostRow.objects.filter(_free(now), wanted, state="ready", next_at__lte=now)
        own = due.filter(
            receiver__report__shop__name__in=shops, receiver__report__shop__merchant=F("receiver__report__merchant")
        )
        row = own.select_related("receiver__report__shop__sender", "run").order_by("next_at", "pk").first()
        if row is None:
            return None
        lease = secrets.token_hex(16)
        with writing():
            mine = ReportPostRow.objects.filter(_free(now), pk=row.pk, state="ready", lease=row.lease).update(
                lease=lease, lease_until=until, tries=F("tries") + 1
            )
        return _claim(row, lease, now) if mine else self.claim(shops, now, until)

    def point(self, claim: Claim, now: datetime, until: datetime) -> bool:
        """Will note that its text goes out now."""
        with writing():
            mine = ReportPostRow.objects.filter(pk=claim.number, lease=claim.lease, state="ready")
            return bool(mine.update(state="sending", lease_until=until))

    def settle(self, claim: Claim, state: str, code: str, told: str, now: datetime, next_at: datetime | None) -> bool:
        """Will write how the try ended; a late answer still settles what counted as lost."""
        with writing():
            rows = ReportPostRow.objects.filter(
                pk=claim.number, lease=claim.lease, state__in=("ready", "sending", "unsure")
            )
            ended = {"state": state, "code": code, "told": told[:300], "next_at": next_at, "lease_until": None}
            sent = {"sent_at": now} if state == "sent" else {}
            return bool(rows.update(**ended, **sent, lease=claim.lease if state == "unsure" else ""))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _free(now: datetime) -> Q:
    return Q(lease_until=None) | Q(lease_until__lte=now)


def _claim(row: ReportPostRow, lease: str, now: datetime) -> Claim:
    report = row.receiver.report
    sender, name = report.shop.sender, report.name
    files: tuple[Attached, ...] = ()
    if row.run is not None and row.run.pdf is not None and row.run.xlsx is not None:
        stem = f"{name} {row.run.first} {row.run.last}".replace("/", "-")
        files = (
            Attached(f"{stem}.pdf", "application/pdf", bytes(row.run.pdf)),
            Attached(f"{stem}.xlsx", _XLSX, bytes(row.run.xlsx)),
        )
    letter = Letter(
        row.name, sender.name or report.shop.name, sender.address, row.receiver.address, row.subject, row.text, now,
        automatic=True, files=files, leave=row.leave if row.run_id else "",
    )  # fmt: skip
    return Claim(row.pk, lease, row.tries + 1, row.at, report.shop.name, letter)


def _run(row: ReportRunRow, *, kept: bool) -> ReportRun:
    posts = [_post(one) for one in row.posts.select_related("receiver").order_by("receiver__address")]
    state: RunState = row.state  # type: ignore[assignment]
    return ReportRun(row.pk, row.due, Span(row.first, row.last), state, row.code, row.told, row.at, kept, tuple(posts))


def _post(row: ReportPostRow) -> ReportPost:
    kind = "confirm" if row.run_id is None else "report"
    return ReportPost(row.pk, row.receiver.address, kind, row.state, row.code, row.told, row.tries, row.at, row.sent_at)
