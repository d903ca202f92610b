"""Reports leave the house over real SMTP: once a period, to whoever said yes, with both files, and of one merchant alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest

from amends.desk.reports.desk import ReportDesk, UnableToReport
from amends.desk.reports.rounds import ReportRounds
from amends.facts.audit import AuditQuery
from amends.facts.dossier import UnableToMakeDossier
from amends.facts.reports import UnableToReadReport
from amends.fakes.smtp import FakeSmtp
from amends.prove.dossier.draw import Drawing
from amends.wiring.reports import report_desk, report_rounds
from tests.django_house import fresh_database
from tests.report_house import MANAGER, OTHER, TOLD, Clock, facts, in_step, shops, way, writes_by
from tests.talk_house import mails

METRICS = ["refund_rate_orders", "intervention_rate", "returned"]


@pytest.fixture
def server() -> Iterator[FakeSmtp]:
    found = FakeSmtp()
    yield found
    found.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, server: FakeSmtp, clock: Clock) -> Iterator[ReportDesk]:
    from django.conf import settings
    from django.db import connection

    try:
        Drawing().family()
    except UnableToMakeDossier as lacking:
        pytest.skip(str(lacking))
    fresh_database(tmp_path)
    settings.PUBLIC_ADDRESS = "https://desk.north.example"
    shops()
    facts(tmp_path, clock())
    writes_by(server, clock)
    yield report_desk(tmp_path, clock)
    connection.close()


@pytest.fixture
def rounds(tmp_path: Path, desk: ReportDesk, clock: Clock) -> ReportRounds:
    return report_rounds(tmp_path, clock, way())


def sent_to(desk: ReportDesk, address: str, *, yes: bool = True) -> int:
    """A report that is sent; its one receiver said yes."""
    number = desk.save(MANAGER, None, TOLD, METRICS, [])
    desk.turn(MANAGER, number, on=True)
    desk.ask(MANAGER, number, address)
    if yes:
        desk.say(desk.one(MANAGER, number).kept.receivers[0].number, yes=True)
    return number


def files(mail: EmailMessage) -> list[str]:
    return [str(one.get_content_type()) for one in mail.iter_attachments()]


def states(desk: ReportDesk, number: int) -> list[tuple[str, str]]:
    return [(one.state, one.code) for run in desk.one(MANAGER, number).runs for one in run.posts]


def deeds(merchant: str) -> list[str]:
    from amends.store.audit_book import DatabaseAudit

    return [one.what for one in DatabaseAudit().read(AuditQuery(), frozenset({merchant})).deeds][::-1]


def test_nothing_goes_to_an_address_that_did_not_say_yes(
    desk: ReportDesk, rounds: ReportRounds, server: FakeSmtp, clock: Clock, tmp_path: Path
) -> None:
    number = sent_to(desk, "ann@north.example", yes=False)
    clock.forward(hours=3)
    in_step(tmp_path, clock())
    rounds.look()
    (question,) = mails(server)
    assert (question["To"], files(question)) == ("ann@north.example", [])
    assert "https://desk.north.example/r/" in question.get_content()
    assert desk.one(MANAGER, number).runs == []
    with pytest.raises(UnableToReadReport):
        desk.ask(MANAGER, number, "two@x.example, three@y.example")


def test_a_report_is_sent_once_a_period_with_both_files_of_one_merchant(
    desk: ReportDesk, rounds: ReportRounds, server: FakeSmtp, clock: Clock, tmp_path: Path
) -> None:
    number = sent_to(desk, "ann@north.example")
    rounds.look()
    assert desk.one(MANAGER, number).runs == [], "noon in China has not come"
    clock.forward(hours=3)
    rounds.look()
    assert [one.code for one in desk.one(MANAGER, number).runs] == ["facts"], "the facts are not in step with noon"
    in_step(tmp_path, clock())
    clock.forward(minutes=11)
    for _ in range(3):
        rounds.look()
    (mail,) = [one for one in mails(server) if files(one)]
    assert files(mail)[0] == "application/pdf"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].endswith("/leave>")
    pdf, xlsx = [one.get_content() for one in mail.iter_attachments()]
    text = "".join([page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)])
    assert "2026-11-16" in text
    assert "7 / 21" in text, "three cases a day of which one, not the other merchant's nine"
    assert "cases in which the platform stepped in" in text.replace("\r\n", " ")
    (run,) = desk.one(MANAGER, number).runs
    assert desk.sent(MANAGER, number, run.number)[1].xlsx == xlsx
    assert deeds("north")[-4:] == ["report_on", "receiver_asked", "receiver_confirmed", "report_sent"]
    clock.forward(days=7)
    in_step(tmp_path, clock())
    rounds.look()
    assert len([one for one in mails(server) if files(one)]) == 2


def test_trouble_is_tried_again_and_what_may_have_arrived_is_not(
    desk: ReportDesk, rounds: ReportRounds, server: FakeSmtp, clock: Clock, tmp_path: Path
) -> None:
    number = sent_to(desk, "ann@north.example")
    clock.forward(hours=3)
    in_step(tmp_path, clock())
    server.office.troubles = ["refuse:rcpt:451"]
    rounds.look()
    assert states(desk, number) == [("ready", "")]
    clock.forward(minutes=5)
    rounds.look()
    rounds.look()
    assert len([one for one in mails(server) if files(one)]) == 1
    clock.forward(days=7)
    in_step(tmp_path, clock())
    server.office.troubles = ["keep:close"]
    rounds.look()
    clock.forward(hours=1)
    rounds.look()
    assert states(desk, number)[0] == ("unsure", "lost")
    assert len([one for one in mails(server) if files(one)]) == 2
    desk.again(MANAGER, number, desk.one(MANAGER, number).runs[0].posts[0].number)
    rounds.look()
    assert states(desk, number)[0] == ("sent", "")


def test_who_leaves_gets_no_more_and_strangers_see_nothing(
    desk: ReportDesk, rounds: ReportRounds, server: FakeSmtp, clock: Clock, tmp_path: Path
) -> None:
    number = sent_to(desk, "ann@north.example")
    desk.say(desk.one(MANAGER, number).kept.receivers[0].number, yes=False)
    clock.forward(hours=3)
    in_step(tmp_path, clock())
    rounds.look()
    assert [one for one in mails(server) if files(one)] == []
    with pytest.raises(UnableToReadReport, match="wanted no more"):
        desk.ask(MANAGER, number, "ann@north.example")
    assert desk.all(OTHER) == []
    for verb in (desk.one, desk.remove, desk.preview):
        with pytest.raises(UnableToReport):
            verb(OTHER, number)
    with pytest.raises(UnableToReadReport):
        desk.save(OTHER, None, TOLD, METRICS, [])
    other = desk.save(OTHER, None, {**TOLD, "home": "south-store"}, METRICS, ["north-store"])
    assert desk.one(OTHER, other).kept.report.shops == ()
    with pytest.raises(UnableToReadReport, match="does not send mail"):
        desk.turn(OTHER, other, on=True)
    assert io.BytesIO(desk.maker.make(*_asked(desk, other), stale=False).pdf).read(4) == b"%PDF"


def _asked(desk: ReportDesk, number: int) -> tuple:  # type: ignore[type-arg]
    kept, span, at, _ = desk.preview(OTHER, number)
    return kept, span, at
