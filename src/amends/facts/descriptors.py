"""What a buyer will read on a bank statement: what processors and networks let stand there, and what makes a buyer ask "who is this?"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from amends.facts.rulebook import Says

Weight = Literal["fault", "warning", "advice"]
_COMMON: Final = frozenset(
    "shop store online payment payments order orders buy sale sales web webshop ecommerce "
    "official mall market pay checkout purchase goods product products".split()
)
_URL: Final = re.compile(r"^(https?://)?(www\.)?[\w-]+(\.[\w-]+)+/?$", re.IGNORECASE)
_PHONE: Final = re.compile(r"\d[\d ()-]{6,}\d")
_LEGAL: Final = frozenset(
    "ltd limited inc llc gmbh co company corp bv sarl sas ag kg oy ab as plc holding holdings "
    "group international intl trading".split()
)


@dataclass(frozen=True, slots=True)
class Form:
    """How one processor lets a descriptor be written.

    `prefix`: what it puts before; `joint`: what stands between the fixed part and one of an order.

    `allowed`: the characters, as a class of a regular expression; "" where only ASCII is known to be needed. Lengths count characters.
    """

    name: str
    longest: int
    source: str
    confidence: str
    shortest: int = 1
    allowed: str = ""
    banned: str = ""
    prefix: str = ""
    joint: str = " "


FORMS: Final[tuple[Form, ...]] = (
    Form("stripe", 22, "Stripe docs", "H", 5, banned="<>\\'\"*", joint="* "),
    Form("adyen", 22, "Adyen docs", "H", allowed=r"a-zA-Z0-9 .,'_\-?+*/"),
    Form("paypal", 22, "PayPal docs, 2026-06-26", "H", prefix="PAYPAL *"),
    Form("square", 22, "Square docs", "M", prefix="SQ *"),
    Form("worldpay", 24, "Worldpay docs", "M"),
    Form("other", 22, "network field", "M"),
)
NETWORKS: Final = (("visa", 25), ("mastercard", 22))
"""How much of a merchant's name a network's own field holds."""


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What a shop writes on statements: by which processor, the fixed part, and an example of the part that differs by order ("": none)."""

    processor: str
    text: str
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something about a descriptor: a fault is refused there, a warning costs disputes, advice would help."""

    code: str
    weight: Weight
    says: Says


def form_of(name: str) -> Form:
    """The form of a processor; that of the network's field where it is not known."""
    return next((one for one in FORMS if one.name == name), FORMS[-1])


def whole(descriptor: Descriptor) -> str:
    """The descriptor as it is sent, the two parts joined."""
    form = form_of(descriptor.processor)
    return f"{descriptor.text}{form.joint}{descriptor.suffix}" if descriptor.suffix else descriptor.text


def plain(text: str) -> str:
    """What is left of a text where a bank prints capitals of ASCII only."""
    flat = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in flat if sign.isascii() and sign.isprintable())
    return re.sub(r" +", " ", kept).strip().upper()


def seen(descriptor: Descriptor) -> tuple[tuple[str, str], ...]:
    """What stands on a statement, by network: capitals of ASCII, cut to the network's field."""
    text = form_of(descriptor.processor).prefix + plain(whole(descriptor))
    return tuple((network, text[:room].rstrip()) for network, room in NETWORKS)


def lint(descriptor: Descriptor, names: tuple[str, ...]) -> tuple[Flaw, ...]:
    """Everything about a descriptor that would be refused or that makes buyers dispute. `names`: what buyers know the shop as."""
    text = whole(descriptor)
    if not text.strip():
        return (
            _flaw(
                "empty",
                "warning",
                "Nothing is written; the bank will print the company's name or a number.",
                "未填写：账单将显示公司注册名或编号。",
            ),
        )
    return (*_written(descriptor, text), *_known(text, names), *_reached(text))


def _flaw(code: str, weight: Weight, en: str, zh: str) -> Flaw:
    return Flaw(code, weight, Says(en, zh))


def _written(descriptor: Descriptor, text: str) -> list[Flaw]:
    """What the processor refuses."""
    form = form_of(descriptor.processor)
    return [*_signs(descriptor, text, form), *_length(text, form), *_letters(descriptor)]


def _signs(descriptor: Descriptor, text: str, form: Form) -> list[Flaw]:
    told = descriptor.text + descriptor.suffix if form.joint.strip() and descriptor.suffix else text
    allowed = re.compile(f"[{form.allowed}]") if form.allowed else None
    bad = " ".join(sorted({one for one in told if one in form.banned or (allowed and not allowed.match(one))}))
    flaws = []
    if bad:
        en, zh = f"{form.name} does not take: {bad}", f"{form.name} 不接受以下字符：{bad}"
        flaws.append(_flaw("characters", "fault", en, zh))
    if not text.isascii():
        left = plain(text) or "—"
        en, zh = f"Banks print Latin letters only; what is left is {left}", f"银行账单只印拉丁字母，实际只剩：{left}"
        flaws.append(_flaw("not_latin", "fault", en, zh))
    return flaws


def _length(text: str, form: Form) -> list[Flaw]:
    flaws, room = [], form.longest - len(form.prefix)
    if len(text) < form.shortest:
        en, zh = (
            f"{form.name} wants at least {form.shortest} characters",
            f"{form.name} 要求至少 {form.shortest} 个字符",
        )
        flaws.append(_flaw("short", "fault", en, zh))
    if len(text) > room:
        gone = text[room:]
        en, zh = (
            f"Only {room} characters have room; cut off is: {gone}",
            f"只容 {room} 个字符，以下部分会被截掉：{gone}",
        )
        flaws.append(_flaw("long", "fault", en, zh))
    return flaws


def _letters(descriptor: Descriptor) -> list[Flaw]:
    parts = [part for part in (descriptor.text, descriptor.suffix) if part]
    if all(re.search("[A-Za-z]", part) for part in parts):
        return []
    return [_flaw("no_letter", "fault", "Each part needs a letter", "每一部分至少要有一个字母")]


def _words(text: str) -> set[str]:
    return {word for word in re.split(r"[^a-z0-9]+", plain(text).lower()) if word}


def _known(text: str, names: tuple[str, ...]) -> list[Flaw]:
    flaws, words = [], _words(text)
    telling = words - _COMMON - _LEGAL
    if _URL.match(text.strip()):
        flaws.append(
            _flaw(
                "only_address",
                "warning",
                "Only an address of a page: write the name buyers know, too",
                "只有网址：请同时写上买家认识的店名",
            )
        )
    elif not telling:
        flaws.append(
            _flaw(
                "common",
                "warning",
                "Only words that any shop could use; a buyer cannot tell who this is",
                "全是通用词，买家无法认出是哪家店",
            )
        )
    squeezed = "".join(sorted(words)) and re.sub(r"[^a-z0-9]", "", plain(text).lower())
    known = {word for name in names for word in _words(name) - _COMMON - _LEGAL}
    shared = any(word in squeezed for word in known if len(word) >= 3) or bool(telling & known)
    if known and telling and not shared:
        listed = ", ".join(names)
        flaws.append(
            _flaw(
                "not_the_name",
                "warning",
                f"No word of it is the name that buyers know ({listed}); a name of a company they never heard "
                "of is disputed",
                f"与买家认识的店名（{listed}）没有相同的词；陌生的公司名容易被当作盗刷",
            )
        )
    if not known and telling:
        flaws.append(
            _flaw(
                "name_unknown",
                "advice",
                "Write the shop's name in Latin letters on this page, so that both can be compared",
                "请在本页填写店铺的拉丁字母名称，以便比对",
            )
        )
    return flaws


def _reached(text: str) -> list[Flaw]:
    if _PHONE.search(text) or "." in text:
        return []
    return [
        _flaw(
            "no_contact",
            "advice",
            "No telephone number or address of a page: a buyer who wonders can only ask the bank",
            "没有电话或网址：买家有疑问时只能找银行",
        )
    ]
