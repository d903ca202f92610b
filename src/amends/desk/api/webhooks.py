"""Webhooks out: endpoints kept by merchants, and what the runner does for them round after round."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from amends.desk.api.ports import WebhookShelf
from amends.desk.api.signing import headers, secret_of
from amends.desk.cases.faults import UnableToWork, bad_value, not_allowed
from amends.facts.api import Delivery, Endpoint
from amends.facts.people import Person
from amends.facts.wire import UnableToPost, WireAnswer, WireRequest

MOST_ENDPOINTS: Final = 20
WAITS: Final = tuple(
    [timedelta(seconds=one) for one in (5, 30, 120, 600, 1800, 3600, 2 * 3600, 4 * 3600, 8 * 3600, 12 * 3600)]
)
"""How long is waited after each try that failed; the last again and again, until `GIVES_UP` after the first."""
GIVES_UP: Final = timedelta(days=3)
SWITCHED_OFF_AFTER: Final = timedelta(days=5)
LEASE: Final = timedelta(seconds=60)
MOST: Final = 40
KEPT: Final = timedelta(days=30)
_PATTERN: Final = re.compile(r"case\.(\*|[a-z_]{1,40}\*?)|\*")


class Post(Protocol):
    """Sends one request to an address that a merchant gave. Raises `UnableToPost`."""

    def __call__(self, request: WireRequest) -> WireAnswer:
        """Give the answer."""
        ...


@dataclass(frozen=True, slots=True)
class WebhookDesk:
    """The verbs on endpoints. `draw` gives random bytes; `private`: hosts inside the house that may be called all the same."""

    shelf: WebhookShelf
    draw: Callable[[int], bytes]
    private: Collection[str]
    now: Callable[[], datetime]

    def make(self, person: Person, merchant: str, url: str, events: Sequence[str]) -> Endpoint:
        """Begin to send events of a merchant to an address."""
        self._may(person, merchant)
        if len(self.shelf.all(frozenset({merchant}))) >= MOST_ENDPOINTS:
            raise UnableToWork(
                "not_possible", f"at most {MOST_ENDPOINTS} endpoints", f"最多 {MOST_ENDPOINTS} 个推送地址"
            )
        found = self._checked(Endpoint(0, merchant, url, tuple(events), (self._secret(),), person.name, self.now()))
        return self.shelf.put(found)

    def change(
        self,
        person: Person,
        number: int,
        url: str | None = None,
        events: Sequence[str] | None = None,
        on: bool | None = None,
    ) -> Endpoint:
        """Change where or what is sent, or switch it on and off."""
        found = self.get(person, number)
        self._may(person, found.merchant)
        changed = replace(
            found,
            url=found.url if url is None else url,
            events=found.events if events is None else tuple(events),
        )
        if on is True:
            changed = replace(changed, off_since=None, alarm="", failing_since=None)
        elif on is False:
            changed = replace(changed, off_since=found.off_since or self.now())
        return self.shelf.put(self._checked(changed))

    def new_secret(self, person: Person, number: int) -> Endpoint:
        """Sign with a new secret, and with the one before as well, until the next one is drawn."""
        found = self.get(person, number)
        self._may(person, found.merchant)
        return self.shelf.put(replace(found, secrets=(self._secret(), found.secrets[0])))

    def drop(self, person: Person, number: int) -> None:
        """Send nothing more there, and forget what was sent."""
        found = self.get(person, number)
        self._may(person, found.merchant)
        self.shelf.drop(number)

    def get(self, person: Person, number: int) -> Endpoint:
        """One endpoint. Raises `UnableToWork` where there is none, or it is another merchant's."""
        found = self.shelf.get(number)
        if found is None or not person.may_see(found.merchant):
            raise UnableToWork("not_found", f"there is no endpoint {number}", f"没有推送地址 {number}")
        return found

    def endpoints(self, person: Person) -> Sequence[Endpoint]:
        """Every endpoint of the person's merchants."""
        return self.shelf.all(person.merchants)

    def deliveries(self, person: Person, number: int, before: int = 0, most: int = 50) -> Sequence[Delivery]:
        """What was or is to be sent to an endpoint, the newest first."""
        self.get(person, number)
        return self.shelf.deliveries(number, before, most)

    def send_again(self, person: Person, number: int, delivery: int) -> Delivery:
        """Send one delivery once more, under the same id."""
        self._may(person, self.get(person, number).merchant)
        found = self.shelf.delivery(delivery)
        if found is None or found.endpoint != number:
            raise UnableToWork("not_found", f"there is no delivery {delivery}", f"没有推送记录 {delivery}")
        self.shelf.again([delivery], self.now())
        return self.shelf.delivery(delivery) or found

    def send_failed_again(self, person: Person, number: int, since: datetime) -> int:
        """Send again everything that failed for good since then; how much."""
        self._may(person, self.get(person, number).merchant)
        return self.shelf.again(self.shelf.failed_of(number, since), self.now())

    def test(self, person: Person, number: int) -> Delivery:
        """Send an event that tells of nothing, to see whether it arrives."""
        found = self.get(person, number)
        self._may(person, found.merchant)
        now = self.now()
        name = "test_" + self.draw(9).hex()
        body = {"id": name, "type": "test", "timestamp": now.isoformat(), "data": {"merchant": found.merchant}}
        return self.shelf.send_test(number, name, "test", json.dumps(body), now)

    def _secret(self) -> str:
        return secret_of(self.draw(32))

    def _may(self, person: Person, merchant: str) -> None:
        if not person.may("settings"):
            raise not_allowed(person.role, "settings")
        if not merchant or not person.may_see(merchant):
            raise bad_value("merchant", "one of your own merchants", "请选择自己的商家")

    def _checked(self, one: Endpoint) -> Endpoint:
        url = one.url.strip()
        if fault := address_fault(url, self.private):
            raise bad_value("url", fault, "须为 https 地址（仅配置过的内部主机可用 http），且不含账号密码")
        if bad := [event for event in one.events if not _PATTERN.fullmatch(event)]:
            raise bad_value(
                "events",
                f"{bad[0]!r} is none; write case.approved, case.refund_* or *",
                "事件须形如 case.approved 或 case.*",
            )
        return replace(one, url=url)


def address_fault(url: str, private: Collection[str]) -> str:
    """Why an address may not be called as it stands, "" where it may. What its name leads to is looked at when it is called."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "this is no address"
    if len(url) > 500 or not host or any(letter <= " " or letter > "~" for letter in url):
        return "an address such as https://shop.example/hooks, of at most 500 plain characters"
    if parts.username or parts.password:
        return "an address holds no name and password; the signature says who sends"
    if parts.scheme == "https" or (parts.scheme == "http" and host in private):
        return ""
    return "an https address (plain http only to hosts inside that the installation allows)"


@dataclass(slots=True)
class WebhookRounds:
    """Sends what is due. One that fails is tried again, ever more slowly; an endpoint that fails for days is switched off with an alarm."""

    shelf: WebhookShelf
    post: Post
    now: Callable[[], datetime]
    _forgot: datetime | None = None

    def look(self) -> int:
        """Send what is due now; how much there was."""
        now = self.now()
        if self._forgot is None or now - self._forgot > timedelta(hours=1):
            self._forgot = now
            self.shelf.forget(now - KEPT, 5000)
        due = self.shelf.claim(now, now + LEASE, MOST)
        for endpoint, delivery in due:
            self._send(endpoint, delivery)
        return len(due)

    def _send(self, endpoint: Endpoint, delivery: Delivery) -> None:
        now = self.now()
        body = delivery.body.encode()
        request = WireRequest(
            "POST", endpoint.url, headers(endpoint.secrets, delivery.name, int(now.timestamp()), body), body
        )
        status, message = None, ""
        try:
            answer = self.post(request)
            status = answer.status
            message = "" if 200 <= status < 300 else answer.body[:200].decode("utf-8", "replace")
        except UnableToPost as fault:
            message = str(fault)
        self._settle(endpoint, delivery, status, message.replace("\x00", "")[:300])

    def _settle(self, endpoint: Endpoint, delivery: Delivery, status: int | None, message: str) -> None:
        now = self.now()
        if status is not None and 200 <= status < 300:
            self.shelf.settle(delivery.number, "delivered", status, "", now, None)
            return
        waited = WAITS[min(delivery.tries, len(WAITS) - 1)]
        over = now + waited - delivery.made_at > GIVES_UP and delivery.tries > 0
        gone = status == 410
        self.shelf.settle(
            delivery.number,
            "failed" if over or gone else "waiting",
            status,
            message,
            now,
            None if over else now + waited,
        )
        if gone:
            self.shelf.switch_off(endpoint.number, "the receiver answered 410 Gone", now)
        elif endpoint.failing_since is not None and now - endpoint.failing_since > SWITCHED_OFF_AFTER:
            days = SWITCHED_OFF_AFTER.days
            self.shelf.switch_off(endpoint.number, f"nothing arrived for {days} days; last: {status or message}", now)


def told(one: Endpoint, *, secret: bool = False) -> dict[str, Any]:
    """An endpoint as the outside reads it; its secret only where it was just made."""
    return {
        "id": one.number,
        "merchant": one.merchant,
        "url": one.url,
        "events": list(one.events),
        "on": one.off_since is None,
        "alarm": one.alarm,
        "failing_since": one.failing_since.isoformat() if one.failing_since else None,
        "made_at": one.made_at.isoformat(),
        "secret": one.secrets[0] if secret else None,
    }
