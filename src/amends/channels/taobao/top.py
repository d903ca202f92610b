"""TOP, the open platform of 淘宝 and 天猫: how a call is signed and sent, and what its answers mean.

The answer's single root key is not looked at: clients differ about whether it keeps the ``taobao_`` of the method's name.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from typing import Any, Final

from amends.channels.kernel_china import beijing_text, form_request, hmac_md5_sign, md5_sign, object_in, without_secrets
from amends.channels.kernel_json import text, whole
from amends.facts.channels import Access, UnableToTalk, WhyNot
from amends.facts.deeds import DeedFile
from amends.facts.wire import Seal, WireAnswer, WireRequest

_PATH: Final = "/router/rest"
_THROTTLED: Final = frozenset({4, 5, 6, 7, 8})
_KEYS: Final = frozenset({11, 12, 13, 24, 25, 26, 27, 28, 29})
_DOWN: Final = frozenset({10})
_BAN: Final = re.compile(r"ban will last for (\d+) more second", re.IGNORECASE)
_MISSING: Final = re.compile(r"not[-_ ]?(?:exist|found)|不存在", re.IGNORECASE)
"""No client shows what is said of a number that nobody has; these words are taken for it."""


def signed(secret: str, values: Mapping[str, str]) -> str:
    """The signature of a call's values, files left out; by `sign_method` among them."""
    return hmac_md5_sign(secret, values) if values.get("sign_method") == "hmac" else md5_sign(secret, values)


def call(
    access: Access,
    seal: Seal,
    method: str,
    values: Mapping[str, str],
    *,
    session: str = "session",
    files: Mapping[str, DeedFile] | None = None,
) -> Generator[WireRequest, WireAnswer, dict[str, Any]]:
    """What a method answers. `session`: the name of the setting that holds whose rights it is called with. Raises `UnableToTalk`."""
    whole_form = {
        "method": method,
        "app_key": access.values.get("app_key", ""),
        "session": access.values.get(session, ""),
        "timestamp": beijing_text(seal.at),
        "format": "json",
        "v": "2.0",
        "sign_method": "hmac",
        **{name: value for name, value in values.items() if value != ""},
    }
    whole_form["sign"] = signed(access.values.get("app_secret", ""), whole_form)
    url = access.url + _PATH
    answer = yield multipart(url, whole_form, files, seal.nonce) if files else form_request(url, whole_form)
    try:
        return read_answer(answer)
    except UnableToTalk as fault:
        words = without_secrets(str(fault), access)
        raise UnableToTalk(fault.why, words, code=fault.code, retry_after=fault.retry_after) from None


def multipart(url: str, values: Mapping[str, str], files: Mapping[str, DeedFile], boundary: str) -> WireRequest:
    """A form with files."""
    edge = f"--{boundary}\r\n".encode()
    parts = [
        edge + f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    for name, file in files.items():
        shown = file.name.replace('"', "").replace("\r", "").replace("\n", "")
        head = f'Content-Disposition: form-data; name="{name}"; filename="{shown}"\r\nContent-Type: {file.kind}\r\n\r\n'
        parts.append(edge + head.encode() + file.content + b"\r\n")
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return WireRequest("POST", url, {"Content-Type": f"multipart/form-data; boundary={boundary}"}, body)


def read_answer(answer: WireAnswer) -> dict[str, Any]:
    """What stands under the answer's only root key. Raises `UnableToTalk`."""
    found = object_in(answer)
    error = found.get("error_response")
    if isinstance(error, dict):
        raise _fault(error)
    roots = [value for value in found.values() if isinstance(value, dict)]
    if len(roots) != 1:
        raise UnableToTalk("strange", f"the answer should have one root, not {sorted(found)[:5]}")
    return roots[0]


def _fault(error: Mapping[str, Any]) -> UnableToTalk:
    code, sub = whole(error, "code") or 0, text(error, "sub_code")
    words = text(error, "sub_msg") or text(error, "msg")
    message = f"{text(error, 'msg')}: {words}" if text(error, "sub_msg") else words
    wait = _BAN.search(words)
    seconds = int(wait.group(1)) if wait else None
    return UnableToTalk(_why(code, sub, words), message[:300], code=sub or str(code), retry_after=seconds)


def _why(code: int, sub: str, words: str) -> WhyNot:
    if code in _THROTTLED:
        return "throttled"
    if code in _KEYS:
        return "keys"
    if code in _DOWN or sub.startswith("isp."):
        return "down"
    return "missing" if _MISSING.search(f"{sub} {words}") else "refused"
