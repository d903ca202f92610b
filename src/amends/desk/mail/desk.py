"""The verbs on mails: taken in once, put on their case or kept for a person, who says where they belong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork, not_allowed, not_found
from amends.desk.cases.talk import buyer_says
from amends.desk.evidence import EvidenceDesk, Received, items_of
from amends.desk.mail.place import Place, place_of
from amends.desk.mail.ports import Heard, MailShelf
from amends.facts.evidence import MOST_FILES, Upload
from amends.facts.log import Actor
from amends.facts.mail import CaseOfMail, KeptMail, Mail, Mailbox, UnableToReadMail
from amends.facts.people import Person
from amends.intake.bounce import read_bounce
from amends.intake.mail import read_mail

MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class MailDesk:
    """The verbs. `heard`: who is told what mails that come in say about mails that left. `answered`: reads what was put on a case."""

    shelf: MailShelf
    cases: CaseDesk
    evidence: EvidenceDesk
    now: Callable[[], datetime]
    heard: Heard
    answered: Callable[[int, Actor, str], None] = lambda case, buyer, text: None

    def take(self, mailbox: Mailbox, content: bytes, *, cut: bool = False) -> bool:
        """Take in a mail; whether it was new. It is a message on its case then, or waits for a person; both or nothing is written."""
        try:
            mail = read_mail(content, cut=cut)
        except UnableToReadMail:
            return False
        with self.shelf.together():
            number = self.shelf.keep(mailbox.number, mail, content, self.now())
            if number is None:
                return False
            bounce = read_bounce(content)
            if bounce is not None and self.heard.bounced(bounce, self.now()):
                self._settle(number, "ignored", None, "a mail of ours came back", "")
            elif mail.automatic:
                self._settle(number, "ignored", None, "a machine wrote it", "")
            elif not mail.cut:
                place = place_of(mail, mailbox.merchant, self.shelf)
                self.heard.arrived(mail.references, self.now())
                if place.case is not None:
                    self._say(number, mail, place.case.number, place.case.why, "")
        return True

    def waiting(self, person: Person) -> Sequence[KeptMail]:
        """The mails that wait for a person, of the person's merchants, oldest first."""
        return self.shelf.waiting(person.merchants, MOST_SHOWN) if person.may("work") else []

    def waiting_count(self, person: Person) -> int:
        """How many of them there are, a hundred at most."""
        return self.shelf.waiting_count(person.merchants, 100) if person.may("work") else 0

    def look(self, number: int, person: Person) -> tuple[KeptMail, Place]:
        """A mail with what it may be about. Raises `UnableToWork`."""
        kept = self._mine(number, person)
        raw = self.shelf.raw(number)
        mail = None if raw is None else read_mail(raw)
        return kept, place_of(mail, kept.merchant, self.shelf) if mail else Place(None)

    def raw(self, number: int, person: Person) -> bytes:
        """A mail as it came. Raises `UnableToWork`, also where it is not kept any more."""
        self._mine(number, person)
        found = self.shelf.raw(number)
        if found is None:
            raise UnableToWork("not_found", "this mail is not kept as it came any more", "该邮件原文已不再保留")
        return found

    def assign(self, number: int, case: int, person: Person) -> CaseOfMail:
        """Put a waiting mail on a case, by a person's word. Raises `UnableToWork`."""
        kept = self._waiting(number, person)
        found = self.shelf.case(case, kept.merchant)
        if found is None:
            raise UnableToWork("not_found", f"there is no case {case} of this merchant", f"没有售后单 {case}", "case")
        with self.shelf.together():
            self._say(number, read_mail(self.raw(number, person)), found.number, "person", person.name)
        return found

    def ignore(self, number: int, person: Person) -> None:
        """Put a waiting mail aside. Raises `UnableToWork`."""
        self._waiting(number, person)
        self._settle(number, "ignored", None, "", person.name)

    def wait_again(self, number: int, person: Person) -> None:
        """Have a mail that a person put aside wait again. Raises `UnableToWork`."""
        kept = self._mine(number, person)
        if kept.state != "ignored" or self.shelf.raw(number) is None:
            raise UnableToWork(
                "not_possible", "only a mail that was put aside can wait again", "只有搁置的邮件可以恢复"
            )
        self.shelf.settle(number, "waiting", None, "", "", self.now(), drop=False)

    def _say(self, number: int, mail: Mail, case: int, why: str, by: str) -> None:
        with ExitStack() as open_files:
            received, left_out = self._files(open_files, mail.files)
            items = [item for one in received for item in items_of(one, "buyer")]
            buyer = Actor("buyer", (mail.name or mail.sender.partition("@")[0])[:120] or "buyer")
            text = mail.text.strip() or mail.subject or "(no text)"
            buyer_says(self.cases, case, buyer, text, _plain(items), "mail")
            self.answered(case, buyer, text)
            for one in received:
                one.keep(case, "buyer", buyer.name, self.now(), "mail")
        reason = f"{why}; left out: {', '.join(left_out)}" if left_out else why
        self.shelf.settle(number, "taken", case, reason[:200], by, self.now(), drop=not left_out)

    def _files(self, open_files: ExitStack, files: Sequence[Upload]) -> tuple[list[Received], list[str]]:
        """The files that may be kept as proof, and the names of those that may not."""
        received: list[Received] = []
        left_out = [one.name for one in files[MOST_FILES:]]
        for one in files[:MOST_FILES]:
            try:
                received.append(open_files.enter_context(self.evidence.receiving([one])))
            except UnableToWork:
                left_out.append(one.name)
        return received, left_out

    def _settle(self, number: int, state: str, case: int | None, reason: str, by: str) -> None:
        self.shelf.settle(number, state, case, reason, by, self.now(), drop=False)

    def _mine(self, number: int, person: Person) -> KeptMail:
        kept = self.shelf.get(number)
        if kept is None or not person.may_see(kept.merchant):
            raise not_found(number)
        if not person.may("work"):
            raise not_allowed(person.role, "work")
        return kept

    def _waiting(self, number: int, person: Person) -> KeptMail:
        kept = self._mine(number, person)
        if kept.state != "waiting":
            raise UnableToWork("stale", "somebody has dealt with this mail already", "该邮件已被处理")
        return kept


def _plain(items: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
    return [dict(one) for one in items]
