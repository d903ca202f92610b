"""The verbs on how shops send text messages: kept by managers, tried, turned on and off, and looked at before one leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from amends.desk.settings.gate import UnableToSet, check_may_set
from amends.desk.talk.sms_ports import SmsSenders, SmsWay
from amends.facts.outgoing import Letter, Outcome
from amends.facts.people import Person
from amends.facts.sms import (
    PLACES,
    SMS_EVENTS,
    SMS_PROVIDERS,
    SmsSender,
    UnableToDial,
    filled,
    phone_of,
    places_in,
)

_DEAREST: Final = Decimal(1000)


@dataclass(frozen=True, slots=True)
class SmsSenderDesk:
    """The verbs. `draw` gives a random word, for the name of a message that tries the way."""

    senders: SmsSenders
    way: SmsWay
    draw: Callable[[], str]
    now: Callable[[], datetime]

    def all(self, person: Person) -> Sequence[SmsSender]:
        """One for every shop of the person's merchants. Raises `UnableToSet`."""
        if not person.may("settings"):
            raise UnableToSet("Managers set how text messages leave.", "短信设置由店长及以上角色管理。")
        return self.senders.seen_by(person.merchants)

    def get(self, number: int, person: Person) -> SmsSender:
        """That of one shop. Raises `UnableToSet`."""
        found = self.senders.of_shop(number)
        if found is None or not person.may_see(found.merchant):
            raise UnableToSet("There is no such shop.", "没有这个店铺。")
        check_may_set(person, found.merchant)
        return found

    def save(self, typed: SmsSender, secret: str, person: Person) -> SmsSender:
        """Keep how a shop sends. Raises `UnableToSet` naming the field at fault."""
        kept = self.get(typed.number, person)
        sure = replace(typed, shop=kept.shop, merchant=kept.merchant, market=kept.market)
        _check(sure)
        _check_texts(sure)
        same = kept.has_secret and (kept.provider, kept.account) == (sure.provider, sure.account)
        if not secret and not same:
            raise UnableToSet("secret: this is needed", "secret：请填写密钥", "secret")
        return self.senders.save(sure, secret, person.name, self.now())

    def turn(self, number: int, person: Person, *, on: bool) -> None:
        """Have the shop's text messages leave from now on, or none. Raises `UnableToSet`."""
        kept = self._set(number, person) if on else self.get(number, person)
        if on and not any(kept.text_for(event) for event in SMS_EVENTS):
            raise UnableToSet("texts: give at least one event a text", "texts：请至少为一个事件填写短信内容", "texts")
        self.senders.turn(kept.shop, self.now() if on else None)

    def test(self, number: int, person: Person, to: str) -> Outcome:
        """Send a trial message, which costs what any message costs. Raises `UnableToSet`."""
        kept = self._set(number, person)
        keys = self.senders.keys(kept.shop)
        use = kept.text_for("message") or next(iter(kept.texts.values()), None)
        if keys is None or use is None:
            raise UnableToSet("texts: give an event a text first", "texts：请先为事件填写短信内容", "texts")
        try:
            phone = phone_of(to, kept.market)
        except UnableToDial as fault:
            raise UnableToSet(
                "to: a telephone number such as +8613812345678", "to：请填写手机号，如 13812345678", "to"
            ) from fault
        values = {"shop": kept.shop, "case": "TEST", "order": "TEST", "link": "", "text": f"{kept.shop}: test 测试"}
        text = filled(use.text, values)
        shown = {one: values[one] for one in places_in(use.text)} if kept.provider == "aliyun" else {}
        letter = Letter(
            f"try-{self.draw()}", kept.shop, "", phone, "", text, self.now(), template=use.code, values=shown
        )
        return self.way(keys, letter, lambda: True)

    def _set(self, number: int, person: Person) -> SmsSender:
        kept = self.get(number, person)
        if not kept.is_set:
            raise UnableToSet("account: fill in the provider first", "account：请先填写短信服务商信息", "account")
        return kept


def _check(one: SmsSender) -> None:
    if one.provider not in SMS_PROVIDERS:
        raise UnableToSet("provider: choose one of those shown", "provider：请选择列出的服务商", "provider")
    for name, value in (("account", one.account), ("sign", one.sign)):
        if not value or not value.isprintable() or any(letter in value for letter in "/?#& "):
            raise UnableToSet(f"{name}: this is needed, without spaces", f"{name}：必填，且不能有空格", name)
    if one.provider == "twilio" and not (one.sign.startswith("MG") or _is_number(one.sign)):
        raise UnableToSet(
            "sign: a number of yours such as +14155550100, or a messaging service (MG…)",
            "sign：请填写发信号码（如 +14155550100）或消息服务编号（MG…）",
            "sign",
        )
    if not 0 <= one.price <= _DEAREST:
        raise UnableToSet("price: from 0 to 1000", "price：0 到 1000", "price")
    if one.price and not (len(one.currency) == 3 and one.currency.isascii() and one.currency.isupper()):
        raise UnableToSet("currency: three letters such as CNY", "currency：三个字母，如 CNY", "currency")
    for name, hour in (("quiet_from", one.quiet_from), ("quiet_to", one.quiet_to)):
        if hour is not None and not 0 <= hour <= 23:
            raise UnableToSet(f"{name}: an hour from 0 to 23", f"{name}：0 到 23 点", name)
    if (one.quiet_from is None) != (one.quiet_to is None):
        raise UnableToSet("quiet_to: give both hours, or neither", "quiet_to：请同时填写起止时间，或都留空", "quiet_to")


def _is_number(text: str) -> bool:
    return text.startswith("+") and text[1:].isascii() and text[1:].isdigit() and 7 <= len(text) <= 16


def _check_texts(one: SmsSender) -> None:
    allowed = [place for place in PLACES if not (one.provider == "aliyun" and place == "text")]
    for event, use in one.texts.items():
        field = f"text_{event}"
        if event not in SMS_EVENTS:
            raise UnableToSet(f"{field}: there is no such event", f"{field}：没有这个事件", field)
        if not use.text:
            raise UnableToSet(f"{field}: the text is needed", f"{field}：请填写短信内容", field)
        if one.provider == "aliyun" and not use.code:
            raise UnableToSet(
                f"code_{event}: the number of the approved template, such as SMS_123456789",
                f"code_{event}：请填写审核通过的模板编号，如 SMS_123456789",
                f"code_{event}",
            )
        wrong = [place for place in places_in(use.text) if place not in allowed]
        if wrong:
            known = ", ".join(allowed)
            raise UnableToSet(
                f"{field}: {wrong[0]} is no place; there are {known}",
                f"{field}：没有占位符 {wrong[0]}，可用：{known}",
                field,
            )
