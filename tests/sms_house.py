"""Text messages, over a test's database and a provider on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from amends.desk.cases.desk import CaseDesk
from amends.desk.talk.rounds import LetterRounds
from amends.facts.orders import Contact
from amends.facts.sms import SmsKeys, SmsSender, SmsText
from amends.fakes.sms import FakeSms, SmsOffice
from amends.wiring.sms import SmsVoice, sms_desk, sms_rounds
from tests.case_house import MANAGER, Clock

NOON = 12
APPROVED = {"SMS_1": "您的售后单${case}有新消息，请到${shop}查看。", "SMS_2": "您的退款已批准，单号${case}。"}
TEXTS = {"message": SmsText("SMS_1", APPROVED["SMS_1"]), "approved": SmsText("SMS_2", APPROVED["SMS_2"])}
PHONE = "+8613812345678"


def office(kind: str) -> SmsOffice:
    """An account at a provider."""
    return SmsOffice(kind, sign="晴朗" if kind == "aliyun" else "+14155550100", templates=dict(APPROVED))


def voice(server: FakeSms, now: Callable[[], datetime]) -> SmsVoice:
    """The providers, all of them at this server."""
    return SmsVoice(now, {"aliyun": server.url, "twilio": server.url}, seconds=2)


def rounds_of(
    cases: CaseDesk, server: FakeSms, hour: Callable[[str, datetime], int] = lambda shop, at: NOON
) -> LetterRounds[SmsSender, SmsKeys]:
    """One round of text messages that leave."""
    return sms_rounds(cases, voice(server, cases.now), hour)


def texts_by(cases: CaseDesk, server: FakeSms, clock: Clock, **change: object) -> SmsSender:
    """Have the shop acme send text messages by this provider from now on."""
    from amends.store.models import Shop

    desk, number, kind = sms_desk(cases, voice(server, clock)), Shop.objects.get(name="acme").pk, server.office.kind
    typed = SmsSender(
        "acme", number, "", provider="aliyun" if kind == "aliyun" else "twilio", account=server.office.account,
        sign=server.office.sign, texts=TEXTS if kind == "aliyun" else {"approved": SmsText("", "{shop}: {text}")},
        price=Decimal("0.045"), currency="CNY",
    )  # fmt: skip
    desk.save(replace(typed, **change), server.office.secret, MANAGER)  # type: ignore[arg-type]
    desk.turn(number, MANAGER, on=True)
    found = desk.senders.of_shop(number)
    assert found
    return found


def reached_at(phone: str = PHONE, email: str = "", number: str = "O1") -> None:
    """The order of this number was placed with a telephone number."""
    from amends.store.shop_orders import DatabaseOrders
    from tests.django_house import NOW

    DatabaseOrders().put("acme", number, {"order": {"id": number}}, Contact(email=email, phone=phone), NOW)
