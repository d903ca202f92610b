"""Letters leave the house over real SMTP, on both databases: once, threaded, together, told of when they do not arrive."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amends.desk.cases.close import withdraw
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.talk import buyer_says, tell_buyer
from amends.facts.outgoing import PostView
from amends.facts.work import Change, Message
from amends.fakes.smtp import FakeSmtp
from tests.case_house import AGENT, BUYER, STRANGER, WAREHOUSE, Clock, case_desk
from tests.databases import Database, database
from tests.money_house import case_of, order_of
from tests.talk_house import letter_desk, mails, ordered_by, rounds_of, states, text_of, writes_by

__all__ = ["database"]


@pytest.fixture
def server() -> Iterator[FakeSmtp]:
    found = FakeSmtp()
    yield found
    found.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cases(database: Database, clock: Clock) -> CaseDesk:
    return case_desk(clock)


def case_to_write_to(server: FakeSmtp, clock: Clock, address: str = "anna@example.com") -> int:
    case = case_of(order_of())
    if address:
        ordered_by(address)
    writes_by(server, clock)
    return case


def house_says(cases: CaseDesk, case: int, text: str, after: int = 0) -> None:
    from datetime import timedelta

    with cases.casework.holding(case) as held:
        assert held
        at = cases.now() + timedelta(seconds=after)
        held.refresh(Change(messages=[Message("shop", "amends", text, "closed", "About it", send_at=at)]), cases.now())


def said(case: int) -> list[tuple[str, str]]:
    from amends.store.models import MessageRow

    return list(MessageRow.objects.filter(case=case).order_by("pk").values_list("text", "state"))


def ways_of(case: int) -> list[str]:
    from amends.store.models import MessageRow

    return list(MessageRow.objects.filter(case=case).order_by("pk").values_list("way", flat=True))


def the_post() -> PostView:
    from amends.store.models import PostRow
    from amends.store.post_book import view_of

    return view_of(PostRow.objects.get())


def name_of_post() -> str:
    from amends.store.models import PostRow

    return PostRow.objects.get().name


def exception(cases: CaseDesk, case: int) -> str:
    state = cases.casework.look(case)
    assert state
    return state.exception


def test_an_answer_leaves_once_when_it_can_no_longer_be_taken_back(
    cases: CaseDesk, server: FakeSmtp, clock: Clock
) -> None:
    case, rounds = case_to_write_to(server, clock), rounds_of(cases)
    tell_buyer(cases, case, AGENT, "您好，我们马上处理。\n.ends with a dot\nRegards")
    rounds.look()
    assert mails(server) == []
    clock.forward(seconds=30)
    rounds.look()
    rounds.look()
    (mail,) = mails(server)
    assert (mail["From"], mail["To"]) == ("Acme Store <service@acme.example>", "anna@example.com")
    assert text_of(mail) == "您好，我们马上处理。\n.ends with a dot\nRegards"
    assert mail["Auto-Submitted"] is None
    assert states(case) == [("sent", "")]
    assert [state for _, state in said(case)] == ["sent"]


def test_a_mail_answers_the_buyers_and_the_buyers_next_one_finds_the_case(
    cases: CaseDesk, server: FakeSmtp, clock: Clock
) -> None:
    from amends.facts.mail import tags_in
    from amends.intake.mail import read_mail
    from amends.store.mail_tags import is_ours
    from amends.store.models import MailboxRow, MailRow
    from amends.store.seal import seal

    case = case_to_write_to(server, clock)
    box = MailboxRow.objects.create(host="h", user="u", due_at=clock(), made_by="x", made_at=clock())
    MailRow.objects.create(
        mailbox=box, name="<m1@buyer.example>", at=clock(), state="taken", case_id=case, sealed=seal("[]", "mail")
    )
    tell_buyer(cases, case, AGENT, "first")
    clock.forward(minutes=2)
    rounds_of(cases).look()
    tell_buyer(cases, case, AGENT, "second")
    clock.forward(minutes=2)
    rounds_of(cases).look()
    first, second = mails(server)
    assert first["In-Reply-To"] == "<m1@buyer.example>"
    assert second["In-Reply-To"] == first["Message-ID"]
    assert second["References"].split() == ["<m1@buyer.example>", first["Message-ID"]]
    answer = f"From: a@b.example\r\nReferences: {second['Message-ID']}\r\n\r\nthanks"
    (tag,) = tags_in(read_mail(answer.encode()))
    assert tag[0] == case
    assert is_ours(*tag)


def test_what_falls_together_is_one_mail_and_nothing_is_said_twice(
    cases: CaseDesk, server: FakeSmtp, clock: Clock
) -> None:
    case, rounds = case_to_write_to(server, clock), rounds_of(cases)
    house_says(cases, case, "approved")
    house_says(cases, case, "approved")
    house_says(cases, case, "paid", after=20)
    rounds.look()
    assert mails(server) == []
    clock.forward(seconds=25)
    rounds.look()
    (mail,) = mails(server)
    assert text_of(mail) == "approved\n\n— — —\n\npaid"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [state for _, state in said(case)] == ["sent"] * 3


def test_quiet_hours_hold_the_house_back_and_no_person(cases: CaseDesk, server: FakeSmtp, clock: Clock) -> None:
    case = case_of(order_of())
    other = case_of(order_of(order="O2"))
    ordered_by("anna@example.com")
    ordered_by("ben@example.com", "O2")
    writes_by(server, clock, quiet_from=22, quiet_to=8)
    house_says(cases, case, "by the house")
    tell_buyer(cases, other, AGENT, "by a person")
    clock.forward(minutes=1)
    rounds_of(cases, lambda shop, at: 23).look()
    assert [text_of(one) for one in mails(server)] == ["by a person"]
    rounds_of(cases, lambda shop, at: 8).look()
    assert [text_of(one) for one in mails(server)] == ["by a person", "by the house"]


def test_what_was_put_off_before_the_quiet_hours_waits_until_they_are_over(
    cases: CaseDesk, server: FakeSmtp, clock: Clock
) -> None:
    case = case_of(order_of())
    ordered_by("anna@example.com")
    writes_by(server, clock, quiet_from=22, quiet_to=8)
    server.office.troubles = ["refuse:rcpt:451"]
    house_says(cases, case, "by the house")
    clock.forward(minutes=1)
    rounds_of(cases).look()
    assert states(case) == [("ready", "")]
    clock.forward(minutes=5)
    rounds_of(cases, lambda shop, at: 23).look()
    assert mails(server) == []
    rounds_of(cases, lambda shop, at: 8).look()
    assert [text_of(one) for one in mails(server)] == ["by the house"]


@pytest.mark.parametrize("gathered", [False, True])
def test_what_a_withdrawn_case_was_to_be_told_is_told_no_more(
    cases: CaseDesk, server: FakeSmtp, clock: Clock, gathered: bool
) -> None:
    case = case_to_write_to(server, clock)
    server.office.troubles = ["refuse:rcpt:451"] if gathered else []
    with cases.casework.holding(case) as held:
        assert held
        asks = Message("shop", "lin", "Please send pictures", "evidence_asked", "Pictures", send_at=cases.now())
        held.refresh(Change(messages=[asks]), cases.now())
    if gathered:
        rounds_of(cases).look()
    withdraw(cases, case, BUYER, AGENT)
    clock.forward(minutes=30)
    rounds_of(cases).look()
    assert mails(server) == []
    assert said(case) == [("Please send pictures", "taken_back")]
    assert exception(cases, case) == ""


def test_what_was_written_before_a_shop_could_send_is_not_sent(cases: CaseDesk, server: FakeSmtp, clock: Clock) -> None:
    case = case_of(order_of())
    ordered_by("anna@example.com")
    tell_buyer(cases, case, AGENT, "long ago")
    clock.forward(days=3)
    writes_by(server, clock)
    rounds_of(cases).look()
    assert mails(server) == []
    assert [state for _, state in said(case)] == ["waiting"]


def test_a_refusal_for_good_is_told_and_sent_again_by_a_person(cases: CaseDesk, server: FakeSmtp, clock: Clock) -> None:
    case, rounds, desk = case_to_write_to(server, clock), rounds_of(cases), letter_desk(cases)
    server.office.troubles = ["refuse:rcpt:550"]
    tell_buyer(cases, case, AGENT, "hello")
    clock.forward(minutes=1)
    rounds.look()
    rounds.look()
    assert states(case) == [("failed", "refused")]
    assert exception(cases, case) == "letter_trouble"
    assert [one.entry.what for one in cases.casework.history(case).entries].count("letter_failed") == 1
    (post,) = desk.listed(AGENT, "failed")
    assert "550" in post.told
    for nobody in (STRANGER, WAREHOUSE):
        with pytest.raises(UnableToWork):
            desk.do(post.number, "again", nobody)
    assert desk.listed(STRANGER) == []
    desk.do(post.number, "again", AGENT)
    assert exception(cases, case) == ""
    rounds.look()
    assert len(mails(server)) == 1
    assert states(case) == [("sent", "")]
    with pytest.raises(UnableToWork) as told:
        desk.do(post.number, "again", AGENT)
    assert told.value.code == "stale"


def test_a_refusal_for_now_is_tried_again_later(cases: CaseDesk, server: FakeSmtp, clock: Clock) -> None:
    case, rounds = case_to_write_to(server, clock), rounds_of(cases)
    server.office.troubles = ["refuse:rcpt:451", "close:data"]
    tell_buyer(cases, case, AGENT, "hello")
    for _ in range(3):
        clock.forward(minutes=6)
        rounds.look()
    assert len(mails(server)) == 1
    assert states(case) == [("sent", "")]
    assert exception(cases, case) == ""


@pytest.mark.parametrize("trouble", ["keep:close", "keep:hang", "close:end", "hang:end"])
def test_an_answer_that_is_lost_is_not_sent_again_by_itself(
    cases: CaseDesk, server: FakeSmtp, clock: Clock, trouble: str
) -> None:
    case, rounds, desk = case_to_write_to(server, clock), rounds_of(cases), letter_desk(cases)
    server.office.troubles = [trouble]
    tell_buyer(cases, case, AGENT, "hello")
    for _ in range(4):
        clock.forward(hours=1)
        rounds.look()
    assert server.office.begun == 1
    assert states(case) == [("unsure", "lost")]
    assert exception(cases, case) == "letter_trouble"
    desk.do(the_post().number, "arrived", AGENT)
    assert states(case) == [("sent", "")]
    assert exception(cases, case) == ""


def test_an_answer_of_the_buyer_settles_what_was_unsure(cases: CaseDesk, server: FakeSmtp, clock: Clock) -> None:
    case = case_to_write_to(server, clock)
    server.office.troubles = ["keep:close"]
    tell_buyer(cases, case, AGENT, "hello")
    clock.forward(minutes=1)
    rounds_of(cases).look()
    letter_desk(cases).posts.arrived([name_of_post()], clock())
    assert states(case) == [("sent", "")]


def test_a_server_that_is_away_rests_and_after_two_days_a_person_is_told(
    cases: CaseDesk, server: FakeSmtp, clock: Clock
) -> None:
    case, rounds = case_to_write_to(server, clock), rounds_of(cases)
    server.stop()
    tell_buyer(cases, case, AGENT, "hello")
    for _ in range(60):
        clock.forward(hours=1)
        rounds.look()
    assert states(case) == [("failed", "gave_up")]
    assert exception(cases, case) == "letter_trouble"


def test_a_buyer_without_an_address_waits_for_a_person(cases: CaseDesk, server: FakeSmtp, clock: Clock) -> None:
    case, rounds, desk = case_to_write_to(server, clock, ""), rounds_of(cases), letter_desk(cases)
    tell_buyer(cases, case, AGENT, "hello")
    clock.forward(minutes=1)
    rounds.look()
    assert states(case) == [("failed", "no_address")]
    with pytest.raises(UnableToWork):
        desk.do(the_post().number, "again", AGENT)
    ordered_by("late@example.com")
    desk.do(the_post().number, "again", AGENT)
    rounds.look()
    assert [one["To"] for one in mails(server)] == ["late@example.com"]


@pytest.mark.parametrize("address", ["a b@example.com", "nobody", "a@b\r\nBcc: c@d.example", "ü@example.com"])
def test_an_address_that_is_none_is_told_and_never_spoken(
    cases: CaseDesk, server: FakeSmtp, clock: Clock, address: str
) -> None:
    case, rounds = case_to_write_to(server, clock, address), rounds_of(cases)
    tell_buyer(cases, case, AGENT, "hello")
    clock.forward(minutes=1)
    rounds.look()
    assert states(case) == [("failed", "bad_address")]
    assert server.office.begun == 0


def test_a_worker_that_died_before_the_text_is_followed_and_one_that_died_in_it_is_not(
    cases: CaseDesk, server: FakeSmtp, clock: Clock
) -> None:
    from datetime import timedelta

    case, rounds = case_to_write_to(server, clock), rounds_of(cases)
    tell_buyer(cases, case, AGENT, "hello")
    clock.forward(minutes=1)
    (sender,) = rounds.senders.ready(clock())
    rounds.posts.gather(sender, clock(), quiet=False, most=9)
    first = rounds.posts.claim(["acme"], clock(), clock() + timedelta(minutes=10))
    assert first
    assert rounds.posts.claim(["acme"], clock(), clock()) is None
    clock.forward(minutes=11)
    second = rounds.posts.claim(["acme"], clock(), clock() + timedelta(minutes=10))
    assert second
    assert not rounds.posts.point(first, clock(), clock())
    assert rounds.posts.point(second, clock(), clock() + timedelta(minutes=10))
    clock.forward(minutes=11)
    rounds.look()
    assert states(case) == [("unsure", "lost")]
    assert not rounds.posts.settle(first, "sent", "", "", clock(), None)
    assert rounds.posts.settle(second, "sent", "", "250 late", clock(), None)  # it was only slow
    assert states(case) == [("sent", "")]
    assert server.office.begun == 0


def test_answers_go_by_the_way_the_buyer_wrote_last(cases: CaseDesk, server: FakeSmtp, clock: Clock) -> None:
    case = case_to_write_to(server, clock)
    buyer_says(cases, case, BUYER, "by the page", way="portal")
    assert letter_desk(cases).preview(case, "x", AGENT).way == "portal"
    clock.forward(seconds=1)
    buyer_says(cases, case, BUYER, "by mail", way="mail")
    shown = letter_desk(cases).preview(case, " hello ", AGENT)
    assert (shown.way, shown.address, shown.text, shown.why_not) == ("mail", "anna@example.com", "hello", None)
    assert shown.sender == "Acme Store <service@acme.example>"
    tell_buyer(cases, case, AGENT, "answer")
    assert ways_of(case)[-1] == "mail"


def test_a_mail_that_comes_back_is_told(cases: CaseDesk, server: FakeSmtp, clock: Clock) -> None:
    from amends.intake.bounce import read_bounce

    case, rounds = case_to_write_to(server, clock), rounds_of(cases)
    tell_buyer(cases, case, AGENT, "hello")
    clock.forward(minutes=1)
    rounds.look()
    (mail,) = mails(server)
    bounce = read_bounce(bounced(mail["Message-ID"]))
    assert bounce
    assert rounds.posts.bounced(bounce, clock())
    rounds.look()
    assert states(case) == [("failed", "bounced")]
    assert exception(cases, case) == "letter_trouble"
    assert "user unknown" in rounds.posts.listed(None, "", 0, 9)[0].told


def bounced(name: str, action: str = "failed") -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: service@acme.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; anna@example.com\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 user unknown\r\n\r\n"
        f"--B\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: service@acme.example\r\nMessage-ID: {name}\r\n\r\n--B--\r\n"
    ).encode()


def test_a_report_about_nothing_of_ours_says_nothing(cases: CaseDesk, server: FakeSmtp, clock: Clock) -> None:
    from amends.intake.bounce import read_bounce

    case_to_write_to(server, clock)
    assert read_bounce(bounced("<guess@elsewhere.example>")) is None
    forged = read_bounce(bounced("<c1-0123456789abcdef.ff@acme.example>"))
    assert forged
    assert not rounds_of(cases).posts.bounced(forged, clock())
    late = read_bounce(bounced("<c1-0123456789abcdef.ff@acme.example>", "delayed"))
    assert late
    assert not late.final
