"""POP, the open platform of 拼多多: how a call is signed and sent, and what its answers mean."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, Final

from amends.channels.kernel_china import form_request, md5_sign, object_in, seconds_of, without_secrets
from amends.channels.kernel_json import text, whole
from amends.facts.channels import Access, UnableToTalk, WhyNot
from amends.facts.wire import Seal, WireAnswer, WireRequest

_PATH: Final = "/api/router"
_THROTTLED: Final = frozenset({70031, 52101, 70036})
_KEYS: Final = frozenset({10016, 10018, 10019, 20004, 20005, 20031, 20032, 30000, 30001})
_DOWN: Final = frozenset({20034, 50000, 50002, 52001, 52002, 52102, 52103, 70033})
_NOT_OURS: Final = "45001"
"""Sub code of an order that this shop does not have."""


def call(
    access: Access, seal: Seal, method: str, values: Mapping[str, str]
) -> Generator[WireRequest, WireAnswer, dict[str, Any]]:
    """What a method answers, without the one key that some of its answers are wrapped in. Raises `UnableToTalk`."""
    form = {
        "type": method,
        "client_id": access.values.get("client_id", ""),
        "access_token": access.values.get("access_token", ""),
        "timestamp": str(seconds_of(seal.at)),
        "data_type": "JSON",
        "version": "V1",
        **values,
    }
    form["sign"] = md5_sign(access.values.get("client_secret", ""), form)
    answer = yield form_request(access.url + _PATH, form)
    found = object_in(answer)
    error = found.get("error_response")
    if isinstance(error, dict):
        raise _fault(error, access)
    wrapped = [value for key, value in found.items() if key.endswith("_response") and isinstance(value, dict)]
    return wrapped[0] if len(wrapped) == 1 else found


def _fault(error: Mapping[str, Any], access: Access) -> UnableToTalk:
    code, sub = whole(error, "error_code") or 0, text(error, "sub_code")
    words = [text(error, "error_msg"), text(error, "sub_msg")]
    message = without_secrets(": ".join([word for word in words if word]), access)[:300]
    return UnableToTalk(_why(code, sub), message, code=str(code))


def _why(code: int, sub: str) -> WhyNot:
    if code in _THROTTLED:
        return "throttled"
    if code in _KEYS:
        return "keys"
    if code in _DOWN:
        return "down"
    return "missing" if sub == _NOT_OURS else "refused"
