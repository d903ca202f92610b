"""A shop's connection to its platform, as people see it and as the house works with it. Secrets are in neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from amends.facts.channels import Access

ConnectionState = Literal["draft", "on", "paused"]


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection. `number`: its row. `secrets`: the names of the secret settings that are there.

    `may_act`, `may_pay`: whether the house may change anything over there, and pay. `push_name`: the last part of the address it pushes
    to. `account`: what the platform calls the shop. `acts_from`: cases asked for before are never acted on by the house alone.
    """

    number: int
    shop: str
    merchant: str
    channel: str
    url: str
    state: ConnectionState
    plain: Mapping[str, str]
    secrets: frozenset[str]
    may_act: bool
    may_pay: bool
    push_name: str
    account: str
    made_by: str
    made_at: datetime
    keys_until: datetime | None = None
    acts_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """A connection with all that is needed to call its platform. Never shown, never logged."""

    connection: Connection
    access: Access = field(repr=False)


@dataclass(frozen=True, slots=True)
class Health:
    """How a connection is. `lag_seconds`: how far behind the platform we may be. `waiting`: things heard of and not read yet.

    `fault_why`: `amends.facts.channels.WhyNot` or ``reach``; "" while all is well. `again_at`: not called before. `stuck`: deeds that a
    person must look at. `drift`: cases about which the platform and we disagree.
    """

    connection: Connection
    read_until: datetime | None
    read_at: datetime | None
    tried_at: datetime | None
    pushed_at: datetime | None
    reconciled_at: datetime | None
    lag_seconds: int | None
    faults: int
    fault_why: str
    fault_says: str
    again_at: datetime | None
    calls_left: int | None
    waiting: int
    stuck: int
    drift: int
    alarms: int


@dataclass(frozen=True, slots=True)
class ChannelAlarm:
    """Something that a person must see of a connection."""

    number: int
    shop: str
    code: str
    thing: str
    zh: str
    en: str
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class KeptPush:
    """A message that a platform pushed, as it was kept. `state`: heard, or refused with the `reason`."""

    kind: str
    what: str
    thing: str
    state: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """A connection that cannot be read, or whose keys ran out: said on the work list."""

    number: int
    shop: str
    why: str


@dataclass(frozen=True, slots=True)
class Troubling:
    """A case that a person must look at because of its platform. `says`: in both languages; "" where the platform said nothing."""

    case: int
    order: str
    thing: str
    zh: str
    en: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Backfill:
    """History that is being read in. `share`: of the time it covers, in percent."""

    number: int
    since: datetime
    until: datetime
    done_to: datetime
    state: Literal["running", "done", "stopped"]
    cases: int
    orders: int
    refused: int
    share: int
