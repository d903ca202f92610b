"""The signatures of the fake Alipay: over sorted parameters of calls and notices, and over the raw text of answers."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from amends.fakes.keys import Pair


def why_not_signed(values: Mapping[str, str], app_id: str, pair: Pair) -> str | None:
    """What is wrong with a call, as a `sub_code`; None for a good one."""
    if values.get("app_id") != app_id:
        return "isv.invalid-app-id"
    if values.get("sign_type") != "RSA2":
        return "isv.invalid-signature-type"
    rest = {name: value for name, value in values.items() if name != "sign"}
    return None if pair.has_signed(_text(rest), values.get("sign", "")) else "isv.invalid-signature"


def signed_answer(part: str, raw: bytes, pair: Pair, wrong: bool) -> bytes:
    """The whole answer: `raw` stands in it letter for letter, since it is what was signed."""
    signature = pair.sign(raw + b" " if wrong else raw)
    return b'{"' + part.encode() + b'":' + raw + b',"sign":"' + signature.encode() + b'"}'


def signed_form(values: Mapping[str, str], pair: Pair, wrong: bool) -> bytes:
    """A notice as a form; `sign_type` goes along unsigned."""
    signed = {**values, "trade_no": values.get("trade_no", "") + "0"} if wrong else values
    return urlencode({**values, "sign_type": "RSA2", "sign": pair.sign(_text(signed))}).encode()


def _text(values: Mapping[str, str]) -> bytes:
    return "&".join([f"{name}={value}" for name, value in sorted(values.items()) if value]).encode()
