"""Django made ready once a process, and a fresh database file a test."""

from __future__ import annotations

import atexit
import base64
import functools
import hashlib
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from amends.carry_out.imap import opened
from amends.desk.cases.desk import CaseDesk
from amends.desk.evidence import EvidenceDesk
from amends.desk.house import House
from amends.desk.mail.boxes import MailboxDesk
from amends.desk.mail.desk import MailDesk
from amends.desk.money_desk import MoneyDesk
from amends.desk.people import PeopleDesk
from amends.desk.take_notice import NoticeDesk
from amends.facts.dispute_settings import DisputeSettings
from amends.facts.rulebook import Pack
from amends.facts.situation import Policy
from amends.store import migrations
from amends.store.database import FILE, database_settings
from amends.web.front import Front, install
from amends.web.settings import WebSettings, start
from amends.wiring.api import api_desk
from amends.wiring.cases import case_desk, order_desk
from amends.wiring.channel_desk import connect_desk, push_desk
from amends.wiring.disputes import alert_desk, dispute_desk
from amends.wiring.dossiers import dossier_desk
from amends.wiring.flags import flag_desk
from amends.wiring.follow import follow_desk, win_back_desk
from amends.wiring.forecast import forecast_desk
from amends.wiring.freight import booking_desk, freight_desk, terms_of
from amends.wiring.guards import guard_desk, score_desk
from amends.wiring.house import FORMS, load_rulebooks
from amends.wiring.knowledge import knowledge_desk
from amends.wiring.metrics import metric_desk
from amends.wiring.networks import Networks
from amends.wiring.pictures import picture_desk
from amends.wiring.policies import load_policy
from amends.wiring.portal import evidence_desk, portal_desk
from amends.wiring.practice import practice_desk
from amends.wiring.prevention import prevention_desk
from amends.wiring.rehearsal import rehearsal_desk
from amends.wiring.reports import report_desk
from amends.wiring.reviews import review_desk
from amends.wiring.settings import settings_desk
from amends.wiring.statements import reconcile_desk
from amends.wiring.station import station_desk
from amends.wiring.talk import talk_desk
from amends.wiring.tracking import tracking_desk
from amends.wiring.vault import vault_desk
from amends.wiring.ways import BY_HAND, read_ways
from amends.wiring.words_learnt import reading_desk

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


class NoRules:
    """A catalogue without packs."""

    def packs(self) -> tuple[Pack, ...]:
        return ()


def start_django(data: Path, url: str | None = None) -> None:
    """Will make Django ready on the database at `url`, or the file in `data`."""
    seal_keys = (base64.urlsafe_b64encode(bytes(32)).decode(),)
    start(WebSettings(database=database_settings(data, url), secret="only for tests", seal_keys=seal_keys))
    settings.PASSWORD_HASHERS = ["tests.quick_hasher.QuickHasher"]


@functools.cache
def _files() -> str:
    """A folder for the files of fronts that have none of their own; gone with this process."""
    made = tempfile.mkdtemp(prefix="amends-files-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def plain_front(data: Path | None = None) -> Front:
    """A front on the database, at a fixed time, without rules; files lie in `data`, or in a folder of their own."""
    from amends.store.case_export import DatabaseCaseSource
    from amends.store.case_reader import DatabaseCaseReader

    cases, orders = case_desk(plain_house(), money_desk()), order_desk()
    folder = data or Path(tempfile.mkdtemp(dir=_files()))
    evidence = evidence_desk(cases, folder)
    disputes = dispute_desk(cases, evidence, read_ways(""), DisputeSettings())
    parcels = tracking_desk(cases, Networks())
    carried = freight_desk(cases, parcels, evidence, terms_of(folder))
    vault = vault_desk(evidence, folder, lambda: NOW)
    return Front(
        cases=DatabaseCaseReader(),
        source=DatabaseCaseSource(lambda: NOW),
        rules=NoRules(),
        money=money_desk(),
        notices=notice_desk(),
        statements=reconcile_desk(),
        settings=settings_desk(plain_house()),
        desk=cases,
        orders=orders,
        people=people_desk(),
        evidence=evidence,
        vault=vault,
        portal=portal_desk(cases, orders, evidence),
        practice=practice_desk(plain_house(), lambda: NOW),
        rehearsals=rehearsal_desk(plain_house(), folder, lambda: NOW),
        api=api_desk(),
        reading=reading_desk(lambda: NOW),
        mail=mail_desk(cases, evidence),
        pictures=picture_desk(cases, evidence),
        connect=connect_desk(),
        pushes=push_desk(),
        disputes=disputes,
        alerts=alert_desk(disputes),
        tracking=parcels,
        freight=carried,
        bookings=booking_desk(carried, evidence),
        dossiers=dossier_desk(vault, parcels, folder, disputes),
        talk=talk_desk(cases),
        metrics=metric_desk(folder, lambda: NOW),
        reports=report_desk(folder, lambda: NOW),
        scores=score_desk(folder, lambda: NOW),
        station=station_desk(evidence, None, lambda: NOW),
        guards=guard_desk(plain_house(), lambda: NOW),
        prevention=prevention_desk(folder, lambda: NOW),
        forecast=forecast_desk(folder, lambda: NOW),
        follow=follow_desk(cases),
        knowledge=knowledge_desk(),
        flags=flag_desk(cases, lambda: NOW),
        reviews=review_desk(lambda: NOW),
        win_back=win_back_desk(cases),
        now=lambda: NOW,
    )


def mail_desk(cases: CaseDesk, evidence: EvidenceDesk) -> MailboxDesk:
    """The verbs of mail on the database, at a fixed time."""
    from amends.store.mail_shelf import DatabaseMails
    from amends.store.mailboxes import DatabaseMailboxes
    from amends.store.members import merchant_names
    from amends.store.post_book import DatabasePosts

    mails = MailDesk(DatabaseMails(), cases, evidence, lambda: NOW, DatabasePosts())
    return MailboxDesk(DatabaseMailboxes(), mails, opened, lambda: NOW, merchant_names)


def people_desk() -> PeopleDesk:
    """The verbs about people on the database, at a fixed time."""
    from amends.store.audit_book import DatabaseAudit
    from amends.store.people_book import DatabasePeople

    return PeopleDesk(DatabasePeople(), DatabaseAudit(), lambda: NOW)


def notice_desk() -> NoticeDesk:
    """The inbox on the database, of gateways that nobody configured."""
    from amends.store.inbox_book import DatabaseInbox

    return NoticeDesk(DatabaseInbox(), {}, lambda: NOW)


def plain_house() -> House:
    """The house on the database with the built-in policy, at a fixed time."""
    from amends.store.case_book import DatabaseCaseBook
    from amends.store.decision_book import DatabaseDecisionBook

    def policy_for(shop: str, market: str, channel: str) -> Policy:
        return load_policy(None)

    return House(
        DatabaseCaseBook(lambda: NOW), DatabaseDecisionBook(), load_rulebooks(), policy_for, FORMS, lambda: NOW
    )


def money_desk() -> MoneyDesk:
    """The verbs of money on the database, at a fixed time: cards go back by Stripe, everything else by hand."""
    from amends.store.goodwill_budget import DatabaseGoodwill
    from amends.store.money_till import DatabaseTill

    routes = {**BY_HAND, "card": "stripe"}
    return MoneyDesk(plain_house(), DatabaseTill(), lambda shop: routes, {}, goodwill=DatabaseGoodwill())


@functools.cache
def _template() -> Path:
    """An empty database with all tables, made once for each state of the migrations and kept beside other temporary files."""
    tables = hashlib.sha256()
    for one in sorted(Path(migrations.__file__).parent.glob("*.py")):
        tables.update(one.name.encode() + one.read_bytes())
    kept = Path(tempfile.gettempdir()) / f"amends-tables-{os.getuid()}-{tables.hexdigest()[:16]}.sqlite3"
    if not kept.exists():
        made = _make_tables()
        made.replace(kept)
        shutil.rmtree(made.parent, ignore_errors=True)
    return kept


def _make_tables() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="amends-tables-"))
    start_django(folder)
    from django.db import connection

    from amends.store.ready import migrate

    migrate()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder / FILE


def fresh_database(data: Path, front: Front | None = None, like: Path | None = None) -> None:
    """Will put a database into `data`, join Django to it and give it a front: an empty one with all tables, or a copy of `like`."""
    shutil.copyfile(like or _template(), data / FILE)
    start_django(data)
    install(front or plain_front(data))


def empty_tables(data: Path) -> None:
    """Will put an empty database with all tables into a data folder that has none, for a command that would make them itself."""
    if not (data / FILE).exists():
        data.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_template(), data / FILE)


def put_away(data: Path) -> Path:
    """Will close the database in `data`, so that its file alone can be copied."""
    from django.db import connection

    connection.close()
    return data / FILE
