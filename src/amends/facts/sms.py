"""Text messages to buyers: by whom a shop sends them, how long one is, what it costs, and words by which a buyer has them stop."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

from amends.facts.letters import EVENTS
from amends.facts.outgoing import Letter, is_hour_between
from amends.facts.rulebook import Says

SmsProvider = Literal["aliyun", "twilio"]
SMS_PROVIDERS: Final[tuple[SmsProvider, ...]] = ("aliyun", "twilio")
Told = Literal["", "sent", "delivered", "undelivered"]
"""What the provider last told of a message: nothing, its carrier has it, the phone has it, it will not get there."""

PLACES: Final[Mapping[str, Says]] = {
    "shop": Says("the shop's title", "店铺名称"),
    "order": Says("the order's number", "订单号"),
    "case": Says("the case's number", "售后单号"),
    "link": Says("the address of the case's page for the buyer", "买家查看售后进度的链接"),
    "text": Says("the whole message (not with templates that a provider approves)", "完整的消息正文（审核模板不能用）"),
}
_PLACE: Final = re.compile(r"\$?\{([a-z_]+)\}")
_PHONE: Final = re.compile(r"\+[1-9]\d{6,14}")
_CODES: Final[Mapping[str, str]] = {
    "CN": "86", "HK": "852", "TW": "886", "JP": "81", "KR": "82", "SG": "65", "AU": "61", "GB": "44", "UK": "44", "CA": "1",
    "DE": "49", "FR": "33", "ES": "34", "IT": "39", "NL": "31", "BE": "32", "AT": "43", "PL": "48", "SE": "46", "DK": "45",
    "IE": "353", "PT": "351", "FI": "358", "CZ": "420", "CH": "41", "NO": "47",
}  # fmt: skip
_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE: Final = frozenset("^{}\\[~]|€\f")
"""Letters of the plain alphabet of phones that take the room of two."""
SMS_EVENTS: Final = tuple([one for one in EVENTS if one not in ("win_back", "review_thanks", "review_sorry")])
"""What may be told by text message: not advertising, to which buyers agreed by mail alone, and not what is answered in public."""
LONGEST: Final = 1_000
"""Characters of one text message; providers take a little more, and nobody reads it."""
_STOPS: Final = frozenset(
    "stop stopall unsubscribe cancel end quit revoke optout td t r 退订 退訂 取消订阅 取消訂閱 拒收 回t 回td 回r 回复t 回复td 回复r".split()
)
"""`r` and `t`: what text messages in the PRC tell their readers to answer with (拒收请回复R)."""
_STARTS: Final = frozenset("start unstop yes 恢复 恢復 恢复订阅 订阅 訂閱".split())


@dataclass(frozen=True, slots=True)
class SmsKeys:
    """How a provider is spoken to. Never shown, never logged."""

    provider: SmsProvider
    account: str
    secret: str = field(repr=False)
    sign: str
    hook: str = ""
    """Where the provider tells what became of a message; "" where nobody outside can reach this house."""


@dataclass(frozen=True, slots=True)
class SmsText:
    """What is sent on an event. `code`: the number of the template that the provider approved, "" where it needs none."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class SmsSender:
    """How a shop sends text messages. `account`: AccessKey ID or Account SID. `sign`: the 签名, or the sender's number or service.

    `price`: of one part, in `currency`, as the shop pays it; `texts`: by event. `token`: the end of the address that the provider calls.
    """

    shop: str
    number: int
    merchant: str
    market: str = ""
    provider: SmsProvider = "aliyun"
    account: str = ""
    has_secret: bool = False
    sign: str = ""
    texts: Mapping[str, SmsText] = field(default_factory=dict)
    price: Decimal = Decimal(0)
    currency: str = ""
    token: str = ""
    quiet_from: int | None = None
    quiet_to: int | None = None
    on_since: datetime | None = None
    fault: str = ""
    faults: int = 0

    @property
    def is_set(self) -> bool:
        """Whether it was filled in."""
        return bool(self.account and self.sign and self.has_secret)

    def is_quiet(self, hour: int) -> bool:
        """Whether the house keeps still in this hour of the shop's day."""
        return is_hour_between(hour, self.quiet_from, self.quiet_to)

    def text_for(self, event: str) -> SmsText | None:
        """What is sent on an event; None where nothing is. A person's own words need no template where the provider wants none."""
        found = self.texts.get(event)
        if found is None and event == "message" and self.provider == "twilio":
            return SmsText("", "{text}")
        return found


@dataclass(frozen=True, slots=True)
class Size:
    """How long a text message is: characters as phones count them, parts that are paid for, `plain`: in the alphabet of phones."""

    length: int
    parts: int
    plain: bool


@dataclass(frozen=True, slots=True)
class SmsPreview:
    """A text message before it leaves. `cost`: of all parts, None where the shop named no price."""

    text: str
    size: Size
    cost: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class SmsReceipt:
    """What a provider tells of one of ours: by its own `reference`, or by our `name` of it. `parts`: 0 where it does not say."""

    reference: str
    name: str
    told: Told
    code: str = ""
    parts: int = 0
    cost: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class SmsIn:
    """A text message that came in. `reference`: the provider's own id of it; the same twice is one."""

    reference: str
    sender: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptSms:
    """A text message that came in, as it is kept: `state` is taken, waiting or ignored."""

    number: int
    merchant: str
    shop: str
    sender: str
    text: str
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class AskAfter:
    """A message to ask the provider after. `others`: ids of the provider's that are surely other messages."""

    shop: int
    shop_name: str
    letter: Letter
    reference: str
    others: tuple[str, ...] = ()


class UnableToTrustSms(ValueError):
    """What was told does not prove that the provider told it, or cannot be read."""


class UnableToDial(ValueError):
    """A number cannot be written to as it stands."""


def phone_of(text: str, market: str) -> str:
    """Will give a number as networks want it (+8613812345678). One without a country is of the shop's market. Raises `UnableToDial`."""
    kept = "".join([letter for letter in text if letter.isascii() and (letter.isdigit() or letter == "+")])
    country = _CODES.get(market, "1" if market.startswith("US") else "")
    if kept.startswith("00"):
        kept = "+" + kept[2:]
    if not kept.startswith("+"):
        if country and kept.startswith(country) and len(kept) >= len(country) + 10:
            kept = "+" + kept
        elif country:
            kept = f"+{country}{kept if country in ('1', '39') else kept.lstrip('0')}"
    if not _PHONE.fullmatch(kept):
        raise UnableToDial("this is no telephone number that can be written to")
    return kept


def plain(number: Decimal) -> str:
    """Will write an amount without zeros at its end: 0.045."""
    return f"{number.normalize():f}"


def places_in(text: str) -> tuple[str, ...]:
    """Will give the places that a text names, each once."""
    return tuple(dict.fromkeys(_PLACE.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Will fill a text in; a place without a value is empty."""
    return _PLACE.sub(lambda found: values.get(found[1], ""), text).strip()


def size_of(text: str, *, provider: SmsProvider, sign: str = "") -> Size:
    """Will count a text message. 阿里云 counts every letter as one, its sign 【…】 with it: 70 in one, else 67 a part.

    Elsewhere a text in the phones' alphabet has 160 in one, else 153 a part; any other letter makes all of them 70 and 67 (UTF-16 units).
    """
    if provider == "aliyun":
        length = len(f"【{sign}】{text}")
        return Size(length, _parts(length, 70, 67), plain=False)
    if all(letter in _GSM or letter in _GSM_TWICE for letter in text):
        length = sum([2 if letter in _GSM_TWICE else 1 for letter in text])
        return Size(length, _parts(length, 160, 153), plain=True)
    length = len(text.encode("utf-16-le")) // 2
    return Size(length, _parts(length, 70, 67), plain=False)


def wish_in(text: str) -> Literal["stop", "start", ""]:
    """Will read whether a buyer wants no more text messages, or wants them again: the whole message is that word."""
    word = re.sub(r"[\s\"'“”‘’.!。！,，]+", "", unicodedata.normalize("NFKC", text)).casefold()
    return "stop" if word in _STOPS else "start" if word in _STARTS else ""


def _parts(length: int, alone: int, each: int) -> int:
    return 1 if length <= alone else -(-length // each)
