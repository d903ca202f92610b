"""Text messages leave over real HTTP: once, counted, priced; and a provider that fails, throttles or loses its answer doubles nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.talk import tell_buyer
from amends.desk.settings.gate import UnableToSet
from amends.facts.sms import SmsText
from amends.facts.work import Change, Message
from amends.fakes.sms import FakeSms
from amends.wiring.sms import sms_desk
from tests.case_house import AGENT, MANAGER, Clock, case_desk
from tests.django_house import fresh_database
from tests.money_house import case_of, order_of
from tests.sms_house import PHONE, office, reached_at, rounds_of, texts_by, voice
from tests.talk_house import letter_desk, states


@pytest.fixture(params=["aliyun", "twilio"])
def server(request: pytest.FixtureRequest) -> Iterator[FakeSms]:
    found = FakeSms(office(request.param))
    yield found
    found.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cases(tmp_path: object, clock: Clock) -> CaseDesk:
    fresh_database(tmp_path)  # type: ignore[arg-type]
    return case_desk(clock)


def case_to_text(cases: CaseDesk, server: FakeSms, clock: Clock, phone: str = PHONE, email: str = "") -> int:
    case = case_of(order_of())
    reached_at(phone, email)
    texts_by(cases, server, clock)
    return case


def went(server: FakeSms) -> list[str]:
    """To whom messages were taken."""
    return [one.get("To") or one["PhoneNumbers"] for one in server.office.taken]


def house_says(cases: CaseDesk, case: int, text: str) -> None:
    with cases.casework.holding(case) as held:
        assert held
        said = Message("shop", "amends", text, "approved", "About it", send_at=cases.now())
        held.refresh(Change(messages=[said]), cases.now())


def kept(case: int) -> tuple[str, int, str]:
    from amends.store.models import SmsRow

    row = SmsRow.objects.get(post__case=case)
    return row.reference, row.parts, f"{row.cost:f} {row.currency}"


def test_an_answer_leaves_once_and_what_it_cost_is_kept(cases: CaseDesk, server: FakeSms, clock: Clock) -> None:
    case, rounds = case_to_text(cases, server, clock), rounds_of(cases, server)
    tell_buyer(cases, case, AGENT, "退款已到账", way="sms")
    rounds.look()
    assert went(server) == []
    clock.forward(seconds=30)
    rounds.look()
    rounds.look()
    assert len(went(server)) == 1
    assert went(server)[0].endswith(PHONE[3:])
    assert states(case) == [("sent", "")]
    reference, parts, cost = kept(case)
    assert reference
    assert (parts, cost) == (1, "0.04500 CNY")
    body = server.office.taken[0].get("Body") or server.office.taken[0]["TemplateParam"]
    assert "退款已到账" in body or '"case"' in body


def test_a_buyer_without_a_mail_address_gets_it_by_text_message(cases: CaseDesk, server: FakeSms, clock: Clock) -> None:
    case = case_to_text(cases, server, clock)
    assert letter_desk(cases).preview(case, "hello", AGENT).way == "sms"
    house_says(cases, case, "approved")
    clock.forward(minutes=2)
    rounds_of(cases, server).look()
    assert len(went(server)) == 1
    assert states(case) == [("sent", "")]


def test_the_preview_counts_letters_and_parts_and_says_what_they_cost(
    cases: CaseDesk, server: FakeSms, clock: Clock
) -> None:
    case = case_to_text(cases, server, clock, email="anna@example.com")
    desk = letter_desk(cases)
    assert desk.preview(case, "hello", AGENT).way == "mail"
    shown = desk.preview(case, "好" * 71, AGENT, "sms")
    assert (shown.way, shown.address.endswith(PHONE[3:]), shown.why_not) == ("sms", True, None)
    expected = (71, 2, "0.09 CNY") if server.office.kind == "twilio" else (shown.length, 1, "0.045 CNY")
    assert (shown.length, shown.parts, shown.cost) == expected


def test_quiet_hours_hold_the_house_back_and_no_person(cases: CaseDesk, server: FakeSms, clock: Clock) -> None:
    case, other = case_of(order_of()), case_of(order_of(order="O2"))
    reached_at()
    reached_at("+8613900000002", number="O2")
    texts_by(cases, server, clock, quiet_from=22, quiet_to=8)
    house_says(cases, case, "by the house")
    tell_buyer(cases, other, AGENT, "by a person", way="sms")
    clock.forward(minutes=2)
    rounds_of(cases, server, lambda shop, at: 23).look()
    assert [one[-11:] for one in went(server)] == ["13900000002"]
    rounds_of(cases, server, lambda shop, at: 8).look()
    assert len(went(server)) == 2


@pytest.mark.parametrize(
    ("trouble", "ends"),
    [
        ("throttle", ("ready", "")),
        ("balance", ("ready", "")),
        ("close:after", ("unsure", "lost")),
        ("close:before", ("unsure", "lost")),
        ("500", ("unsure", "lost")),
    ],
)
def test_what_may_have_been_taken_is_never_sent_again_by_itself(
    cases: CaseDesk, server: FakeSms, clock: Clock, trouble: str, ends: tuple[str, str]
) -> None:
    case, rounds = case_to_text(cases, server, clock), rounds_of(cases, server)
    server.office.troubles = [trouble]
    tell_buyer(cases, case, AGENT, "hello", way="sms")
    clock.forward(minutes=1)
    rounds.look()
    assert states(case) == [ends]
    for _ in range(4):
        clock.forward(hours=1)
        rounds.look()
    if ends[0] == "ready":
        assert states(case) == [("sent", "")]
        assert len(went(server)) == 1
    else:
        assert states(case) == [ends]
        assert len(went(server)) <= 1


@pytest.mark.parametrize("phone", ["12", "no number", "+8600"])
def test_a_number_that_is_none_is_told_and_never_dialled(
    cases: CaseDesk, server: FakeSms, clock: Clock, phone: str
) -> None:
    case = case_to_text(cases, server, clock, phone)
    tell_buyer(cases, case, AGENT, "hello", way="sms")
    clock.forward(minutes=1)
    rounds_of(cases, server).look()
    assert states(case) == [("failed", "bad_phone")]
    assert server.office.calls == 0
    state = cases.casework.look(case)
    assert state
    assert state.exception == "letter_trouble"


def test_a_trial_message_tells_what_is_wrong_with_the_keys(cases: CaseDesk, server: FakeSms, clock: Clock) -> None:
    case_of(order_of())
    number = texts_by(cases, server, clock).number
    desk = sms_desk(cases, voice(server, clock))
    assert desk.test(number, MANAGER, "+8613900000000").end == ("bad" if server.office.kind == "twilio" else "sent")
    server.office.secret = "another"
    told = desk.test(number, MANAGER, "+8613900000001")
    assert (told.end, told.server) == ("later", True)
    with pytest.raises(UnableToSet):
        desk.test(number, MANAGER, "x")


def test_a_template_that_nobody_approved_is_refused_where_it_must_be(
    cases: CaseDesk, server: FakeSms, clock: Clock
) -> None:
    case_of(order_of())
    if server.office.kind == "twilio":
        texts_by(cases, server, clock, texts={"closed": SmsText("", "{text}")})
        return
    for wrong in (SmsText("", "x"), SmsText("SMS_1", "${text}"), SmsText("SMS_1", "${nowhere}")):
        with pytest.raises(UnableToSet) as told:
            texts_by(cases, server, clock, texts={"message": wrong})
        assert told.value.field.endswith("_message")
