"""Text messages, over the database that Django was made ready for."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from amends.carry_out.wire import UnableToReach, Wire
from amends.desk.cases.desk import CaseDesk
from amends.desk.talk.rounds import LetterRounds
from amends.desk.talk.sms import SmsHand, SmsLook
from amends.desk.talk.sms_in import SmsInbox
from amends.desk.talk.sms_senders import SmsSenderDesk
from amends.facts.outgoing import Letter, Outcome
from amends.facts.sms import SmsIn, SmsKeys, SmsReceipt, SmsSender
from amends.facts.wire import WireAnswer, WireRequest
from amends.messengers import aliyun_sms, twilio
from amends.wiring.letters import hour_of, link_of

HOMES: Final = {"aliyun": aliyun_sms.HOME, "twilio": twilio.HOME}


class SmsVoice:
    """Implements `amends.desk.talk.sms_ports.SmsWay`. `homes`: where each provider is, for tests elsewhere."""

    def __init__(self, now: Callable[[], datetime], homes: Mapping[str, str] = HOMES, seconds: int = 20) -> None:
        self._now, self._homes = now, homes
        self._wire = Wire([urlsplit(one).hostname or "" for one in homes.values()], seconds)

    def __call__(self, keys: SmsKeys, letter: Letter, point: Callable[[], bool]) -> Outcome:
        """Hand a message over: only a request that surely never left may be sent again."""
        if not point():
            return Outcome("later", "another worker has it")
        try:
            answer = self._wire.call(self._request(keys, letter))
        except UnableToReach as fault:
            return Outcome("unsure" if fault.sent else "later", str(fault)[:200], server=True)
        return aliyun_sms.read_sent(answer) if keys.provider == "aliyun" else twilio.read_sent(answer)

    def ask(self, keys: SmsKeys, letter: Letter, reference: str, others: Sequence[str]) -> SmsReceipt | None:
        """Ask what became of a message; nothing is known where no answer comes."""
        home, aliyun = self._homes[keys.provider], keys.provider == "aliyun"
        nonce = secrets.token_hex(16)
        try:
            answer = self._wire.call(
                aliyun_sms.ask_of(keys, letter, self._now(), nonce, home)
                if aliyun
                else twilio.ask_of(keys, letter, reference, home)
            )
        except UnableToReach:
            return None
        return aliyun_sms.read_asked(answer, letter) if aliyun else twilio.read_asked(answer, letter, others)

    def _request(self, keys: SmsKeys, letter: Letter) -> WireRequest:
        home = self._homes[keys.provider]
        if keys.provider == "aliyun":
            return aliyun_sms.send_of(keys, letter, self._now(), secrets.token_hex(16), home)
        return twilio.send_of(keys, letter, home)


def read_told(
    keys: SmsKeys, headers: Mapping[str, str], body: bytes, query: str
) -> tuple[Sequence[SmsReceipt], Sequence[SmsIn]]:
    """What a provider told at a shop's address. Raises `UnableToTrustSms`."""
    if keys.provider == "aliyun":
        return aliyun_sms.read_told(body)
    return twilio.read_told(headers, body, f"{keys.hook}?{query}" if query else keys.hook, keys.secret)


def answer_told(keys: SmsKeys) -> WireAnswer:
    """What a provider wants to hear."""
    return aliyun_sms.answer_told() if keys.provider == "aliyun" else twilio.answer_told()


def sms_inbox(cases: CaseDesk, voice: SmsVoice | None = None) -> SmsInbox:
    """What providers tell by themselves, and are asked."""
    from amends.store.sms_in import DatabaseSmsIn
    from amends.store.sms_posts import SmsPosts
    from amends.store.sms_senders import DatabaseSmsSenders

    posts, asks = SmsPosts(values_of(cases)), voice or SmsVoice(cases.now)
    return SmsInbox(DatabaseSmsSenders(), DatabaseSmsIn(), posts, cases, read_told, answer_told, asks)


def values_of(cases: CaseDesk) -> Callable[[int], Mapping[str, str]]:
    """What may stand in the text messages of a case."""

    def values(case: int) -> Mapping[str, str]:
        from amends.store.shop_pages import DatabaseShops

        state = cases.casework.look(case)
        if state is None:
            return {}
        title = DatabaseShops().look(state.shop).title or state.shop
        order = str((state.case.get("order") or {}).get("id") or state.key)
        return {"shop": title, "case": state.key, "order": order, "link": link_of(state)}

    return values


def sms_desk(cases: CaseDesk, voice: SmsVoice | None = None) -> SmsSenderDesk:
    """The verbs on how shops send text messages."""
    from amends.store.sms_senders import DatabaseSmsSenders

    return SmsSenderDesk(DatabaseSmsSenders(), voice or SmsVoice(cases.now), lambda: secrets.token_hex(8), cases.now)


def sms_look(cases: CaseDesk) -> SmsLook:
    """What a text message would be before it leaves."""
    from amends.store.sms_senders import DatabaseSmsSenders
    from amends.store.sms_shelf import DatabaseSms

    return SmsLook(DatabaseSmsSenders(), DatabaseSms(), values_of(cases))


def sms_rounds(
    cases: CaseDesk, voice: SmsVoice | None = None, hour: Callable[[str, datetime], int] = hour_of
) -> LetterRounds[SmsSender, SmsKeys]:
    """One round of text messages that leave."""
    from amends.store.sms_posts import SmsPosts
    from amends.store.sms_senders import DatabaseSmsSenders
    from amends.store.sms_shelf import DatabaseSms

    hand = SmsHand(voice or SmsVoice(cases.now), DatabaseSms(), cases.now)
    return LetterRounds(DatabaseSmsSenders(), SmsPosts(values_of(cases)), cases, hand, hour, "bad_phone")
