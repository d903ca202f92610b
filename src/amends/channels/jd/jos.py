"""JOS, the open platform of 京东: how a call is signed and sent, and what its answers mean."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from typing import Any, Final

from amends.channels.kernel_china import beijing_text, form_request, md5_sign, object_in, without_secrets
from amends.channels.kernel_json import text, whole
from amends.facts.channels import Access, UnableToTalk, WhyNot
from amends.facts.wire import Seal, WireAnswer, WireRequest

_PATH: Final = "/routerjson"
_THROTTLED: Final = frozenset({2})
_KEYS: Final = frozenset({11, 12, 18, 19, 20, 21, 22, 24, 25, 64, 73, 79})
_DOWN: Final = frozenset({43, 65, 66, 67, 69})
_NOT_OURS: Final = frozenset({71})


def call(
    access: Access, seal: Seal, method: str, values: Mapping[str, str | int]
) -> Generator[WireRequest, WireAnswer, dict[str, Any]]:
    """What a method answers, without the key (``…_responce``, spelt so) that it is wrapped in. Raises `UnableToTalk`."""
    form = {
        "method": method,
        "app_key": access.values.get("app_key", ""),
        "access_token": access.values.get("access_token", ""),
        "timestamp": beijing_text(seal.at),
        "v": "2.0",
        "format": "json",
        "360buy_param_json": json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
    }
    form["sign"] = md5_sign(access.values.get("app_secret", ""), form)
    answer = yield form_request(access.url + _PATH, form)
    found = object_in(answer)
    error = found.get("error_response")
    if isinstance(error, dict):
        raise _fault(error, access)
    roots = [value for value in found.values() if isinstance(value, dict)]
    if len(roots) != 1:
        raise UnableToTalk("strange", f"the answer should have one root, not {sorted(found)[:5]}")
    if text(roots[0], "code") not in ("", "0"):
        raise _fault(roots[0], access)
    return roots[0]


def result_of(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The result object under a name, its own success looked at. Raises `UnableToTalk`."""
    result = found.get(name)
    if not isinstance(result, dict):
        raise UnableToTalk("strange", f"the answer has no {name}, but {sorted(found)[:5]}")
    if str(result.get("success", "true")).lower() == "false":
        words = text(result, "msg") or text(result, "errorMsg") or "the platform reports no success"
        raise UnableToTalk("refused", words[:300], code=text(result, "code") or text(result, "errorCode"))
    return result


def _fault(error: Mapping[str, Any], access: Access) -> UnableToTalk:
    code = whole(error, "code")
    words = text(error, "zh_desc") or text(error, "en_desc") or "a fault without words"
    return UnableToTalk(_why(code), without_secrets(words, access)[:300], code=text(error, "code"))


def _why(code: int | None) -> WhyNot:
    if code in _THROTTLED:
        return "throttled"
    if code in _KEYS:
        return "keys"
    if code in _DOWN:
        return "down"
    return "missing" if code in _NOT_OURS else "refused"
