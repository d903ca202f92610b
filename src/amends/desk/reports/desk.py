"""The verbs on reports: keep one, look at it, say to whom it goes, have it sent; and what its receivers say by their link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from amends.basics.masking import mask_mail
from amends.desk.metrics import may_see
from amends.desk.reports.make import Maker
from amends.desk.reports.ports import LinkOf, ReceiverBook, ReportBook, RunBook
from amends.desk.talk.ports import Senders
from amends.facts.audit import Deed
from amends.facts.outgoing import Sender
from amends.facts.people import Person
from amends.facts.reports import (
    MOST_RECEIVERS,
    KeptReport,
    LetterText,
    Receiver,
    ReportFiles,
    ReportPost,
    ReportRun,
    Span,
    UnableToReadReport,
    next_due,
    read_receiver,
    read_report,
)
from amends.learn.metrics.catalogue import DIMENSIONS, METRICS
from amends.learn.metrics.metric import Metric

SHOWN_RUNS: Final = 12


class UnableToReport(PermissionError):
    """There is no such report for this person, or their role may not do this."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with all that belongs to it. `sender`: how its shop writes; `next`: when it is due next, on that shop's clock."""

    kept: KeptReport
    sender: Sender | None
    next: datetime
    due: date
    span: Span
    runs: Sequence[ReportRun]
    asked: Sequence[ReportPost]
    reached: bool

    @property
    def next_words(self) -> str:
        """When it is due next, on the clock of its shop, with the zone."""
        return f"{self.next:%Y-%m-%d %H:%M} ({self.next.tzinfo})"


@dataclass(frozen=True, slots=True)
class ReportDesk:
    """The ports of reports. `pages`: how many a PDF has; `picture`: one of them as JPEG, counted from 1."""

    book: ReportBook
    receivers: ReceiverBook
    runs: RunBook
    maker: Maker
    senders: Senders
    link: LinkOf
    pages: Callable[[bytes], int]
    picture: Callable[[bytes, int], bytes | None]
    now: Callable[[], datetime]

    def all(self, person: Person) -> Sequence[ReportView]:
        """The reports of a person's merchants. Raises `UnableToReport`."""
        if not person.may("settings"):
            raise UnableToReport("settings")
        return [self._view(one, most=1) for one in self.book.all(person.merchants)]

    def shops(self, person: Person) -> Sequence[Sender]:
        """The shops that a report can be of, each with how it writes."""
        return self.senders.seen_by(person.merchants)

    def metrics(self, person: Person) -> Sequence[Metric]:
        """The metrics that a person may put into a report."""
        return [one for one in METRICS if may_see(person, one)]

    def one(self, person: Person, number: int) -> ReportView:
        """One report with its receivers and what was sent. Raises `UnableToReport`."""
        return self._view(self._get(person, number), most=SHOWN_RUNS)

    def save(
        self, person: Person, number: int | None, told: Mapping[str, str], metrics: Sequence[str], shops: Sequence[str]
    ) -> int:
        """Will keep a report; its number. Raises `UnableToReport`, `UnableToReadReport`."""
        kept = None if number is None else self._get(person, number)
        if not person.may("settings"):
            raise UnableToReport("settings")
        there = {one.shop: one for one in self.shops(person) if kept is None or one.merchant == kept.merchant}
        known = [one.code for one in self.metrics(person)], [one.code for one in DIMENSIONS], tuple(there)
        report = read_report(told, metrics, shops, known)
        merchant = there[report.home].merchant
        if any(there[one].merchant != merchant for one in report.shops):
            raise UnableToReadReport("shops", "the shops of one merchant only")
        deed = Deed(person.name, "report_set", merchant, report.name)
        return self.book.put(number, merchant, report, deed, self.now())

    def turn(self, person: Person, number: int, *, on: bool) -> None:
        """Will have a report sent from its next time on, or not any more. Raises `UnableToReport`, `UnableToReadReport`."""
        kept = self._get(person, number)
        sender = self._sender(kept)
        if on and (sender is None or sender.on_since is None):
            raise UnableToReadReport("home", f"{kept.report.home} does not send mail yet; see its mail settings")
        deed = Deed(person.name, "report_on" if on else "report_off", kept.merchant, kept.report.name)
        self.book.turn(number, self.now() if on else None, deed, self.now())

    def remove(self, person: Person, number: int) -> None:
        """Will take a report away. Raises `UnableToReport`."""
        kept = self._get(person, number)
        self.book.remove(number, Deed(person.name, "report_removed", kept.merchant, kept.report.name), self.now())

    def ask(self, person: Person, number: int, address: str) -> None:
        """Will ask an address whether it wants the report; nothing of it goes there before it says so.

        Raises `UnableToReport`, `UnableToReadReport`.
        """
        kept, to = self._get(person, number), read_receiver(address)
        sender = self._sender(kept)
        if sender is None or sender.on_since is None:
            raise UnableToReadReport("home", f"{kept.report.home} does not send mail yet; see its mail settings")
        if not self.link(0):
            raise UnableToReadReport("address", "nobody said under which address this house is reached")
        if any(one.address == to and one.state == "confirmed" for one in kept.receivers):
            raise UnableToReadReport("address", "this address gets the report already")
        if any(one.address == to and one.state == "left" for one in kept.receivers):
            raise UnableToReadReport("address", "this address wanted no more; only its own link can say otherwise")
        if len(kept.receivers) >= MOST_RECEIVERS and all(one.address != to for one in kept.receivers):
            raise UnableToReadReport("address", f"{MOST_RECEIVERS} receivers at most")

        def letter(receiver: int) -> LetterText:
            return self.maker.writer.question(kept.report, kept.merchant, self.link(receiver))

        deed = Deed(person.name, "receiver_asked", kept.merchant, kept.report.name, note=mask_mail(to))
        self.receivers.ask(number, to, letter, deed, self.now())

    def drop(self, person: Person, number: int, receiver: int) -> None:
        """Will take a receiver away. Raises `UnableToReport`."""
        kept = self._get(person, number)
        address = next((one.address for one in kept.receivers if one.number == receiver), "")
        deed = Deed(person.name, "receiver_removed", kept.merchant, kept.report.name, note=mask_mail(address))
        if not address or not self.receivers.drop(receiver, number, deed, self.now()):
            raise UnableToReport(receiver)

    def again(self, person: Person, number: int, post: int) -> None:
        """Will have a mail in trouble sent again. Raises `UnableToReport`."""
        self._get(person, number)
        if not self.runs.again(post, number, self.now()):
            raise UnableToReport(post)

    def preview(self, person: Person, number: int) -> tuple[KeptReport, Span, datetime, bool]:
        """What the report would tell now, as it was due last; `Maker.make` makes it. Raises `UnableToReport`."""
        kept = self._get(person, number)
        due, span = self.maker.last(kept, self.now())
        return kept, span, self.now(), self.maker.stale(due)

    def sent(self, person: Person, number: int, run: int) -> tuple[ReportRun, ReportFiles]:
        """The files that were sent one time. Raises `UnableToReport`."""
        self._get(person, number)
        found = self.runs.files(run, number)
        if found is None:
            raise UnableToReport(run)
        return found

    def receiver(self, number: int) -> tuple[KeptReport, Receiver]:
        """What a receiver's link is about. Raises `UnableToReport`."""
        found = self.receivers.find(number)
        if found is None:
            raise UnableToReport(number)
        return found

    def say(self, number: int, *, yes: bool) -> None:
        """Will keep what a receiver said by their link: they want the report, or no more of it. Raises `UnableToReport`."""
        kept, receiver = self.receiver(number)
        state = "confirmed" if yes else "left"
        if receiver.state != state:
            who = mask_mail(receiver.address)
            self.receivers.settle(
                number, state, Deed(who, f"receiver_{state}", kept.merchant, kept.report.name), self.now()
            )

    def _get(self, person: Person, number: int) -> KeptReport:
        found = self.book.get(number, person.merchants) if person.may("settings") else None
        if found is None:
            raise UnableToReport(number)
        return found

    def _sender(self, kept: KeptReport) -> Sender | None:
        there = self.senders.seen_by(frozenset({kept.merchant}))
        return next((one for one in there if one.shop == kept.report.home), None)

    def _view(self, kept: KeptReport, most: int) -> ReportView:
        due, span = self.maker.last(kept, self.now())
        return ReportView(
            kept,
            self._sender(kept),
            next_due(kept.report, self.maker.local(kept, self.now())),
            due.date(),
            span,
            self.runs.of(kept.number, most),
            self.runs.asked(kept.number),
            bool(self.link(0)),
        )
