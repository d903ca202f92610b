"""One call to 抖店 and what its envelope says: `{code, msg, sub_code, sub_msg, log_id, data}`, nearly always with HTTP 200."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from amends.channels.douyin.signing import canonical, sign_call
from amends.channels.kernel_json import object_of, part, text, whole
from amends.facts.channels import Access, UnableToTalk, WhyNot
from amends.facts.wire import Seal, WireAnswer, WireRequest

_OK: Final = 10_000
_BY_CODE: Final[dict[int, WhyNot]] = {
    20_000: "down",
    30_001: "refused",
    50_001: "keys",
    60_000: "throttled",
    70_000: "down",
    90_000: "down",
}
_KEYS: Final = ("isv.access-token", "isv.signature", "isv.app-id", "isv.authorization", "dop.token-generate-failed")
_BUSY: Final = frozenset(
    {
        "isv.business-failed:10000",
        "isv.business-failed:10002",
        "isv.business-failed:20004",
        "isv.business-failed:20045",
        "isv.business-failed:20055",
    }
)
"""Business refusals by their number, but what they say is “try again”."""
NO_RIGHT: Final = "30001"
_MISSING: Final = frozenset(
    {"isv.parameter-invalid:11003", "isv.parameter-invalid:20001", "isv.parameter-invalid:20014"}
)


def request(access: Access, seal: Seal, path: str, params: Mapping[str, Any], with_token: bool = True) -> WireRequest:
    """A signed request. Raises `UnableToTalk` where a token is wanted and none has been fetched yet."""
    values = access.values
    method, param_json, at = path.replace("/", "."), canonical(params), str(int(seal.at.timestamp()))
    query = {
        "app_key": values.get("app_key", ""),
        "method": method,
        "timestamp": at,
        "v": "2",
        "sign_method": "hmac-sha256",
    }
    if with_token:
        if not values.get("access_token"):
            raise UnableToTalk("keys", "no access token has been fetched yet; the keys must be renewed first")
        query["access_token"] = values["access_token"]
    query["sign"] = sign_call(query["app_key"], values.get("app_secret", ""), method, at, param_json)
    headers = {"Content-Type": "application/json;charset=UTF-8", "x-open-no-old-err-code": "1"}
    return WireRequest("POST", f"{access.url}/{path}?{urlencode(query)}", headers, param_json.encode())


def ask(
    access: Access, seal: Seal, path: str, params: Mapping[str, Any], with_token: bool = True
) -> Generator[WireRequest, WireAnswer, Mapping[str, Any]]:
    """Call and give the answer's `data`. Raises `UnableToTalk`."""
    found, _ = yield from ask_logged(access, seal, path, params, with_token)
    return found


def ask_logged(
    access: Access, seal: Seal, path: str, params: Mapping[str, Any], with_token: bool = True
) -> Generator[WireRequest, WireAnswer, tuple[Mapping[str, Any], str]]:
    """As `ask`, with the `log_id` by which the platform's people find the call. Raises `UnableToTalk`."""
    answer = yield request(access, seal, path, params, with_token)
    return data_of(answer), text(object_of(answer.body), "log_id")


def data_of(answer: WireAnswer) -> Mapping[str, Any]:
    """The `data` of an answer; {} where it brings none. Raises `UnableToTalk` with the platform's own code and its `log_id`."""
    if answer.status == 429:
        raise UnableToTalk("throttled", "too many calls", code="http_429", retry_after=_wait(answer))
    if answer.status >= 500:
        raise UnableToTalk("down", f"the platform answered HTTP {answer.status}", code=f"http_{answer.status}")
    body = object_of(answer.body)
    code = whole(body, "code")
    if body is None or code is None:
        shown = answer.body[:120].decode("utf-8", errors="replace")
        raise UnableToTalk("strange", f"the answer cannot be read: {shown!r}", code=f"http_{answer.status}")
    if code != _OK:
        raise _fault(code, body)
    found = part(body, "data")
    return found if isinstance(found, Mapping) else {}


def _fault(code: int, body: Mapping[str, Any]) -> UnableToTalk:
    sub = text(body, "sub_code")
    why: WhyNot = _BY_CODE.get(code, "refused")
    if sub.startswith(_KEYS):
        why = "keys"
    elif sub == "isv.traffic-limited":
        why = "throttled"
    elif sub in _MISSING:
        why = "missing"
    elif sub in _BUSY:
        why = "down"
    said, log = text(body, "sub_msg") or text(body, "msg"), text(body, "log_id")
    return UnableToTalk(
        why,
        f"{said} (log_id {log})" if log else said,
        code=f"{code}:{sub}" if str(code) == NO_RIGHT else sub or str(code),
    )


def _wait(answer: WireAnswer) -> int | None:
    return whole(answer.headers, "retry-after")
