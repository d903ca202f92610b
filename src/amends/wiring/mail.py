"""Mail that comes in, over the database that Django was made ready for."""

from __future__ import annotations

from amends.carry_out.imap import opened
from amends.desk.cases.desk import CaseDesk
from amends.desk.evidence import EvidenceDesk
from amends.desk.mail.boxes import MailboxDesk
from amends.desk.mail.desk import MailDesk
from amends.wiring.clock import now
from amends.wiring.follow import win_back_desk


def mailbox_desk(cases: CaseDesk, evidence: EvidenceDesk) -> MailboxDesk:
    """The verbs on mailboxes and the mails in them."""
    from amends.store.mail_shelf import DatabaseMails
    from amends.store.mailboxes import DatabaseMailboxes
    from amends.store.members import merchant_names
    from amends.store.post_book import DatabasePosts

    return MailboxDesk(
        DatabaseMailboxes(),
        MailDesk(DatabaseMails(), cases, evidence, now, DatabasePosts(), win_back_desk(cases).answered),
        opened,
        now,
        merchant_names,
    )
