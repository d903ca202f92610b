"""What reports need from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from amends.desk.talk.sending import Outbox
from amends.facts.audit import Deed
from amends.facts.people import Merchants
from amends.facts.reports import (
    KeptReport,
    LetterText,
    Receiver,
    Report,
    ReportFiles,
    ReportPost,
    ReportRun,
    RunState,
    Span,
)
from amends.learn.reports.gather import Gathered
from amends.learn.reports.workbook import Tongue

ZoneOf = Callable[[str], ZoneInfo]
"""The zone of a shop's calendar."""
LinkOf = Callable[[int], str]
"""Where a receiver says yes or no more, by the receiver's number; "" where nobody said under which address this house is reached."""


class ReportBook(Protocol):
    """Where reports are kept. Every method that takes a deed is one transaction and tells the audit."""

    def all(self, merchants: Merchants) -> Sequence[KeptReport]:
        """Give the reports of these merchants, by name."""
        ...

    def get(self, number: int, merchants: Merchants) -> KeptReport | None:
        """Give one; None where there is none of these merchants."""
        ...

    def active(self) -> Sequence[KeptReport]:
        """Give those that are sent."""
        ...

    def put(self, number: int | None, merchant: str, report: Report, deed: Deed, at: datetime) -> int:
        """Keep a new one, or another wording of one that is there; its number."""
        ...

    def turn(self, number: int, since: datetime | None, deed: Deed, at: datetime) -> None:
        """Have one sent from an instant on, or not at all."""
        ...

    def remove(self, number: int, deed: Deed, at: datetime) -> None:
        """Take one away, with its receivers and everything that was sent of it."""
        ...


class ReceiverBook(Protocol):
    """Who gets reports."""

    def ask(self, report: int, address: str, letter: Callable[[int], LetterText], deed: Deed, at: datetime) -> None:
        """Keep an address and write to it whether it wants the report; where that was asked before it is asked anew."""
        ...

    def drop(self, receiver: int, report: int, deed: Deed, at: datetime) -> bool:
        """Take a receiver away; False where the report has none with this number."""
        ...

    def find(self, receiver: int) -> tuple[KeptReport, Receiver] | None:
        """Give a receiver with the report."""
        ...

    def settle(self, receiver: int, state: str, deed: Deed, at: datetime) -> None:
        """Keep that a receiver said yes (confirmed) or no more (left)."""
        ...


class RunBook(Protocol):
    """What was made and sent of reports."""

    def state(self, report: int, due: date) -> tuple[RunState, datetime | None] | None:
        """Give how far the report of a day is and when it is tried again; None where nothing was tried."""
        ...

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
        """Keep the files of a day and the mails to these receivers, once a report and day; False where it was done already."""
        ...

    def failed(
        self, report: int, due: date, span: Span, state: RunState, why: tuple[str, str], at: datetime, again: datetime
    ) -> None:
        """Keep why there are no files yet (code, words), and when it is tried again; one that was made stays so."""
        ...

    def of(self, report: int, most: int) -> Sequence[ReportRun]:
        """Give the last times, the latest first."""
        ...

    def asked(self, report: int) -> Sequence[ReportPost]:
        """Give the questions to receivers that were not answered yet, the latest of each."""
        ...

    def files(self, run: int, report: int) -> tuple[ReportRun, ReportFiles] | None:
        """Give what was sent; None where it is not kept any more."""
        ...

    def again(self, post: int, report: int, at: datetime) -> bool:
        """Have a mail in trouble sent again, by a person's word; False where it is in none."""
        ...

    def lost(self, at: datetime) -> int:
        """Have mails whose worker died while their text went out count as unsure; how many."""
        ...

    def forget_files(self, before: datetime) -> int:
        """Let go the files of what was made before; how many."""
        ...


class ReportOutbox(Outbox, Protocol):
    """The mails of reports, as they are handed over."""


class Writer(Protocol):
    """Writes reports in their language."""

    def content(self, told: Gathered, as_of: datetime | None, zone: ZoneInfo, *, stale: bool) -> Mapping[str, Any]:
        """Give a report as plain values, to be drawn. `stale`: its facts may lag behind."""
        ...

    def tongue(self, language: str) -> Tongue:
        """Give how a workbook speaks."""
        ...

    def letter(self, report: Report, span: Span, leave: str) -> LetterText:
        """Give the mail that a report goes with."""
        ...

    def question(self, report: Report, merchant: str, link: str) -> LetterText:
        """Give the mail that asks an address whether it wants a report."""
        ...


class Drawer(Protocol):
    """Draws a PDF."""

    def draw(self, content: Mapping[str, Any], pictures: Mapping[str, bytes], page: str) -> bytes:
        """Draw plain values with the page of this name. Raises `UnableToMakeDossier`."""
        ...
