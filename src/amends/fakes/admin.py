"""The doors under /__fake__/ by which tests and people look at a fake, pay into it and make it misbehave."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final, Protocol, runtime_checkable

from amends.fakes.calls import Call, Reply, UnableToUnderstand, json_reply
from amends.fakes.courier import UnableToDeliver
from amends.fakes.disputes import KNOWN
from amends.fakes.fake import Fake
from amends.fakes.faults import FAULTS, UnableToSetFault
from amends.fakes.ledger import UnableToMove

PREFIX: Final = "/__fake__/"
_SETTINGS: Final = ("latency_ms", "finish_ms", "clock_offset")
_Door = Callable[[Fake, Call, str], Any]


@runtime_checkable
class HasBills(Protocol):
    """A fake that makes the bill of a day."""

    def bill(self, day: str, kind: str) -> bytes | None:
        """The file of a day (``2026-11-25``) as the provider makes it; None where there was nothing."""
        ...


@runtime_checkable
class HasDoors(Protocol):
    """A fake with doors of its own."""

    def doors(self) -> tuple[tuple[str, str, Any], ...]:
        """Method, pattern below /__fake__/, and what answers it: a function of the fake, the call and the first group."""
        ...


def administer(fake: Fake, call: Call) -> Reply:
    """Answer a call under /__fake__/. A wrong one is a 4xx that says what is wrong; nothing is done then."""
    path = call.path[len(PREFIX) :].strip("/")
    for method, pattern, door in _doors_of(fake):
        if method == call.method and (found := re.fullmatch(pattern, path)):
            try:
                told = door(fake, call, found.group(1) if found.groups() else "")
                return told if isinstance(told, Reply) else json_reply(200, told)
            except (UnableToMove, UnableToSetFault, UnableToDeliver, UnableToUnderstand) as fault:
                return json_reply(422, {"error": str(fault)})
    return json_reply(404, {"error": f"nothing answers {call.method} {path!r}", "doors": _doors(fake)})


def _doors_of(fake: Fake) -> tuple[tuple[str, str, Any], ...]:
    return (*_DOORS, *(fake.doors() if isinstance(fake, HasDoors) else ()))


def _doors(fake: Fake) -> list[str]:
    return [f"{method} {PREFIX}{pattern}" for method, pattern, _ in _doors_of(fake)]


def _whole(content: dict[str, Any], name: str, fallback: int | None = None) -> int:
    value = content.get(name, fallback)
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnableToUnderstand(f"{name}: {value!r} should be a whole number (amounts: minor units)")
    return value


def _text(content: dict[str, Any], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str) or not value:
        raise UnableToUnderstand(f"{name}: {value!r} should be a text")
    return value


def _about(fake: Fake, call: Call, _: str) -> Any:
    return {"name": fake.name, "config": fake.config(), "faults": FAULTS, "doors": _doors(fake)}


def _pay(fake: Fake, call: Call, _: str) -> Any:
    content = call.json()
    name = _text(content, "id") if "id" in content else None
    payment = fake.pay(_whole(content, "amount"), _text(content, "currency"), name)
    return asdict(payment)


def _payments(fake: Fake, call: Call, _: str) -> Any:
    return [fake.ledger.balance(payment.id) for payment in fake.ledger.payments()]


def _balance(fake: Fake, call: Call, name: str) -> Any:
    if fake.ledger.payment(name) is None:
        raise UnableToMove("no_payment", f"no payment has the id {name}")
    return fake.ledger.balance(name)


def _refunds(fake: Fake, call: Call, _: str) -> Any:
    return [asdict(refund) for refund in fake.ledger.refunds(call.query.get("payment"))]


def _refund_outside(fake: Fake, call: Call, _: str) -> Any:
    content = call.json()
    return asdict(fake.refund_outside(_text(content, "payment"), _whole(content, "amount")))


def _finish(fake: Fake, call: Call, name: str) -> Any:
    state = call.json().get("state", "succeeded")
    if state not in ("succeeded", "failed"):
        raise UnableToUnderstand(f"state: {state!r} should be succeeded or failed")
    refund = fake.finish(name, state)
    return asdict(refund) if refund else None


def _finish_all(fake: Fake, call: Call, _: str) -> Any:
    pending = [refund.id for refund in fake.ledger.refunds() if refund.state == "pending"]
    for name in pending:
        fake.finish(name, quietly=True)
    return {"finished": pending}


def _turn_back(fake: Fake, call: Call, name: str) -> Any:
    return asdict(fake.turn_back(name))


def _dispute(fake: Fake, call: Call, _: str) -> Any:
    content = call.json()
    stage = content.get("stage", "opened")
    if stage not in ("opened", "won", "lost"):
        raise UnableToUnderstand(f"stage: {stage!r} should be opened, won or lost")
    amount = _whole(content, "amount") if "amount" in content else None
    more = {name: value for name, value in content.items() if name not in ("payment", "amount", "stage")}
    if extra := more.keys() - KNOWN:
        raise UnableToUnderstand(f"{min(extra)}: unknown; known are {', '.join(sorted(KNOWN))}")
    return {"webhooks": fake.dispute(_text(content, "payment"), amount, stage, **more)}


def _events(fake: Fake, call: Call, _: str) -> Any:
    after = call.query.get("after", "0")
    if not after.isdecimal():
        raise UnableToUnderstand(f"after: {after!r} should be the number of an event")
    return fake.events[int(after) :]


def _set_faults(fake: Fake, call: Call, _: str) -> Any:
    content = call.json()
    if "seed" in content:
        fake.faults.seed(_whole(content, "seed"))
        content.pop("seed")
    wanted = content.pop("faults", None) or ([content] if content else [])
    for settings in wanted:
        if not isinstance(settings, dict) or not isinstance(settings.get("name"), str):
            raise UnableToUnderstand('a fault is an object such as {"name": "drop_after", "times": 1}')
        fake.faults.set(**settings)
    return fake.faults.listed()


def _faults(fake: Fake, call: Call, _: str) -> Any:
    return fake.faults.listed()


def _clear_faults(fake: Fake, call: Call, name: str) -> Any:
    fake.faults.clear(name or None)
    return fake.faults.listed()


def _webhooks(fake: Fake, call: Call, _: str) -> Any:
    held = [asdict(told) for told in fake.courier.held]
    return {"url": fake.courier.url, "held": held, "idle": fake.courier.idle() and fake.later.idle()}


def _aim(fake: Fake, call: Call, _: str) -> Any:
    content = call.json()
    fake.courier.aim(_text(content, "url") if content.get("url") is not None else None)
    return {"url": fake.courier.url}


def _deliver(fake: Fake, call: Call, _: str) -> Any:
    return {"delivered": fake.courier.release()}


def _bill(fake: Fake, call: Call, day: str) -> Any:
    if not isinstance(fake, HasBills):
        raise UnableToUnderstand(f"{fake.name} makes no bills here")
    found = fake.bill(day, call.query.get("kind", "trade"))
    if found is None:
        raise UnableToUnderstand(f"there is no bill for {day!r}; write a day with payments, such as 2026-11-25")
    return Reply(200, found, {"Content-Type": "application/octet-stream"})


def _settings(fake: Fake, call: Call, _: str) -> Any:
    for name, value in call.json().items():
        if name not in _SETTINGS:
            raise UnableToUnderstand(f"{name}: there is no such setting; there are {', '.join(_SETTINGS)}")
        if not (isinstance(value, int) or (name == "finish_ms" and value is None)):
            raise UnableToUnderstand(f"{name}: {value!r} should be a whole number")
        setattr(fake, name, value)
    return {name: getattr(fake, name) for name in _SETTINGS}


_DOORS: Final[tuple[tuple[str, str, _Door], ...]] = (
    ("GET", "", _about),
    ("POST", "payments", _pay),
    ("GET", "payments", _payments),
    ("GET", "payments/([^/]+)/balance", _balance),
    ("GET", "refunds", _refunds),
    ("POST", "refunds", _refund_outside),
    ("POST", "refunds/([^/]+)/finish", _finish),
    ("POST", "refunds/([^/]+)/reverse", _turn_back),
    ("POST", "finish", _finish_all),
    ("POST", "disputes", _dispute),
    ("GET", "events", _events),
    ("GET", "faults", _faults),
    ("POST", "faults", _set_faults),
    ("DELETE", "faults/?([^/]*)", _clear_faults),
    ("GET", "webhooks", _webhooks),
    ("POST", "webhooks", _aim),
    ("POST", "webhooks/deliver", _deliver),
    ("POST", "settings", _settings),
    ("GET", "bill/([^/]+)", _bill),
)
