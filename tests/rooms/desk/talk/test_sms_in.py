"""What providers tell of text messages: believed where it proves itself, once; answers join their thread; who says stop gets no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.talk import tell_buyer
from amends.desk.talk.sms_in import SmsInbox
from amends.facts.sms import SmsSender
from amends.fakes.sms import FakeSms, callback_of, report_of, signed_call, up_of
from amends.wiring.sms import sms_inbox
from tests.case_house import AGENT, STRANGER, Clock, case_desk
from tests.django_house import fresh_database
from tests.money_house import case_of, order_of
from tests.sms_house import PHONE, office, reached_at, rounds_of, texts_by, voice
from tests.talk_house import letter_desk, states

HOUSE = "https://desk.example"


@pytest.fixture(params=["aliyun", "twilio"])
def server(request: pytest.FixtureRequest) -> Iterator[FakeSms]:
    found = FakeSms(office(request.param))
    yield found
    found.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cases(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> CaseDesk:
    fresh_database(tmp_path)
    monkeypatch.setattr(settings, "PUBLIC_ADDRESS", HOUSE, raising=False)
    return case_desk(clock)


class Story:
    """A case, its shop's provider, and what that tells."""

    def __init__(self, cases: CaseDesk, server: FakeSms, clock: Clock) -> None:
        self.cases, self.server, self.clock = cases, server, clock
        self.case = case_of(order_of())
        reached_at()
        self.sender: SmsSender = texts_by(cases, server, clock)
        self.inbox: SmsInbox = sms_inbox(cases, voice(server, clock))

    def says(self, text: str = "hello", trouble: str = "") -> None:
        self.server.office.troubles = [trouble] if trouble else []
        tell_buyer(self.cases, self.case, AGENT, text, way="sms")
        self.clock.forward(minutes=1)
        rounds_of(self.cases, self.server).look()

    def told(self, *, good: bool, place: int = 0) -> int:
        """The provider's receipt; the status that it is answered with."""
        if self.server.office.kind == "aliyun":
            return self._take({}, report_of(self.server.office, place, good=good), "")
        state = "delivered" if good else "undelivered"
        url, heads, body = callback_of(self.server.office, place, state)
        return self._take(heads, body, url.partition("?")[2])

    def came(self, text: str, name: str = "n1", phone: str = PHONE) -> int:
        """What a buyer writes back."""
        if self.server.office.kind == "aliyun":
            return self._take({}, up_of(phone.removeprefix("+86"), text, name), "")
        url = f"{HOUSE}/hooks/sms/{self.sender.token}"
        told = {"MessageSid": name, "SmsStatus": "received", "From": phone, "Body": text}
        _, heads, body = signed_call(self.server.office, url, told)
        return self._take(heads, body, "")

    def _take(self, heads: dict[str, str], body: bytes, query: str) -> int:
        answer = self.inbox.take(self.sender.token, heads, body, query)
        assert answer
        return answer.status

    def thread(self) -> list[tuple[str, str, str]]:
        return [(one.by_kind, one.state, one.way) for one in self.cases.casework.history(self.case).messages]

    def trouble(self) -> str:
        state = self.cases.casework.look(self.case)
        assert state
        return state.exception


@pytest.fixture
def story(cases: CaseDesk, server: FakeSms, clock: Clock) -> Story:
    return Story(cases, server, clock)


def test_a_receipt_tells_that_it_arrived_and_a_later_one_takes_nothing_back(story: Story) -> None:
    story.says()
    assert story.told(good=True) == 200
    assert story.told(good=False) == 200
    assert story.thread() == [("shop", "delivered", "sms")]
    assert states(story.case) == [("sent", "")]


def test_a_message_that_did_not_get_there_is_told_to_its_case(story: Story) -> None:
    story.says()
    story.told(good=False)
    assert states(story.case) == [("failed", "undelivered")]
    rounds_of(story.cases, story.server).look()
    assert story.trouble() == "letter_trouble"


def test_an_answer_that_was_lost_is_asked_after_and_never_sent_twice(story: Story) -> None:
    story.says("hello", "close:after")
    assert states(story.case) == [("unsure", "lost")]
    assert story.trouble() == "letter_trouble"
    story.clock.forward(minutes=3)
    story.inbox.look()
    assert states(story.case) == [("sent", "")]
    assert story.trouble() == ""
    assert len(story.server.office.taken) == 1


def test_what_was_never_taken_stays_open_for_a_person_who_has_it_sent_again(story: Story) -> None:
    story.says("hello", "close:before")
    for _ in range(4):
        story.clock.forward(hours=2)
        story.inbox.look()
    assert states(story.case) == [("unsure", "lost")]
    desk = letter_desk(story.cases)
    desk.do(desk.listed(AGENT)[0].number, "again", AGENT)
    rounds_of(story.cases, story.server).look()
    assert states(story.case) == [("sent", "")]
    assert len(story.server.office.taken) == 1


def test_a_receipt_settles_what_nobody_knew(story: Story) -> None:
    story.says("hello", "close:after")
    story.told(good=True)
    assert states(story.case) == [("sent", "")]
    assert story.trouble() == ""


def test_twilio_is_believed_by_its_signature_and_its_price_is_kept(story: Story) -> None:
    from amends.store.models import SmsRow

    if story.server.office.kind != "twilio":
        return
    story.says()
    story.server.office.secret = "somebody else"
    assert story.told(good=True) == 401
    assert story.inbox.take("guess", {}, b"") is None
    story.server.office.secret = "s3cret"
    story.told(good=True)
    story.clock.forward(minutes=3)
    story.inbox.look()
    row = SmsRow.objects.get()
    assert (f"{row.cost:f}", row.currency, row.charged) == ("0.00790", "USD", True)


def test_an_answer_joins_the_thread_once_and_the_next_word_goes_back_by_the_same_way(story: Story) -> None:
    story.says()
    assert story.came("还没收到退款") == 200
    assert story.came("还没收到退款") == 200
    assert [one[0] for one in story.thread()] == ["shop", "buyer"]
    assert story.thread()[-1][2] == "sms"
    assert letter_desk(story.cases).preview(story.case, "x", AGENT).way == "sms"


@pytest.mark.parametrize("word", ["退订", "STOP"])
def test_who_says_stop_gets_no_more_until_they_say_start(story: Story, word: str) -> None:
    story.says()
    story.came(word)
    assert [one[0] for one in story.thread()] == ["shop"]
    assert story.cases.casework.history(story.case).entries[-1].entry.what == "texts_stopped"
    shown = letter_desk(story.cases).preview(story.case, "x", AGENT, "sms")
    assert shown.why_not
    story.says("again")
    assert states(story.case)[-1] == ("failed", "stopped")
    assert len(story.server.office.taken) == 1
    story.came("start", "n2")
    story.says("once more")
    assert len(story.server.office.taken) == 2


@pytest.mark.parametrize("word", ["R", "ＴＤ", "回复R"])
def test_a_stop_holds_for_what_waits_to_be_tried_again_and_for_a_person_who_sends_it_again(
    story: Story, word: str
) -> None:
    story.says(trouble="throttle")
    assert states(story.case) == [("ready", "")]
    story.came(word)
    for _ in range(2):
        story.clock.forward(minutes=40)
        rounds_of(story.cases, story.server).look()
    assert story.server.office.taken == []
    assert states(story.case) == [("failed", "stopped")]
    desk = letter_desk(story.cases)
    with pytest.raises(UnableToWork, match="wants no text"):
        desk.do(desk.listed(AGENT)[0].number, "again", AGENT)
    assert states(story.case) == [("failed", "stopped")]


def test_a_yes_of_somebody_who_never_said_stop_is_an_answer(story: Story) -> None:
    story.says("Shall we send the red one?")
    story.came("Yes")
    assert [one[0] for one in story.thread()] == ["shop", "buyer"]


def test_what_belongs_to_no_case_waits_for_a_person(story: Story) -> None:
    story.came("hi", phone="+8613700000000")
    (one,) = story.inbox.waiting(AGENT)
    assert story.inbox.waiting(STRANGER) == []
    with pytest.raises(UnableToWork):
        story.inbox.assign(one.number, story.case, STRANGER)
    with pytest.raises(UnableToWork):
        story.inbox.assign(one.number, 999, AGENT)
    story.inbox.assign(one.number, story.case, AGENT)
    assert story.thread() == [("buyer", "kept", "sms")]
    assert story.inbox.waiting(AGENT) == []
    with pytest.raises(UnableToWork):
        story.inbox.ignore(one.number, AGENT)
