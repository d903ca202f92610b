"""The port that every tracking network implements: following parcels, stopping them, and buying labels.

A network is a pure translator and *talks* as a channel does (`amends.facts.channels`): a generator that gives requests and is handed
answers. Whoever calls it keeps the pace, the counts and the keys.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from amends.facts.channels import Probe, Setting
from amends.facts.labels import LabelReceipt, LabelWanted, Rate
from amends.facts.network_access import NetworkAccess as NetworkAccess
from amends.facts.pickups import Collector
from amends.facts.rulebook import Says
from amends.facts.traces import Scan
from amends.facts.wire import Seal, WireAnswer, WireRequest


@dataclass(frozen=True, slots=True)
class TrackingCan:
    """What a network can do. Named in its page of the documents.

    `pushes`: it tells by itself what it was subscribed to; `asks`: it can be asked, of one number at most `asks_a_day` times a calendar
    day (UTC; a day's limit below half of a limit that rolls over 24 hours never reaches it) and `ask_every` apart. `again_after`: how
    long to wait before subscribing again once it has given up. `needs_carrier`: it does not find the carrier itself. `phone_for`:
    carriers of which it wants the last digits of a telephone. `intercepts`: it passes a wish to stop a parcel on; `labels`: it sells
    labels for the way back; `label_once`: it refuses by itself to sell a second one for the same offer; `label_hosts`: where the files of
    its labels lie, beside its own address; `voids`: it takes unused ones back. `signs`: its pushes are signed.
    """

    pushes: bool = True
    asks: bool = True
    asks_a_day: int = 100
    ask_every: timedelta = timedelta(minutes=30)
    again_after: timedelta = timedelta(minutes=30)
    needs_carrier: bool = True
    phone_for: frozenset[str] = frozenset()
    intercepts: bool = False
    labels: bool = False
    label_once: bool = False
    label_hosts: frozenset[str] = frozenset()
    voids: bool = False
    signs: bool = True
    calls_per_second: int | None = None


@dataclass(frozen=True, slots=True)
class Waybill:
    """A parcel as a network is asked about it. `carrier`: our code (`amends.carriers.codes`), "" where nobody knows.

    `phone`: the last four digits of sender's or receiver's telephone. `reference`: the network's own id, once it has told one.
    """

    number: str
    carrier: str = ""
    phone: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ParcelTold:
    """What a network tells of a parcel: every scan it knows. `number` and `carrier` as it was asked (`carrier` "" where its is unknown).

    `over`: it will tell no more. `again`: it gave up, and must be subscribed to again. `alarms`: words of it that nobody knows.
    `id`: of the message, the same for the same message.
    """

    number: str
    carrier: str = ""
    reference: str = ""
    scans: tuple[Scan, ...] = ()
    over: bool = False
    again: bool = False
    alarms: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """A subscription that was taken in. `told`: what the network knew already."""

    reference: str = ""
    told: ParcelTold | None = None


StopOutcome = Literal["asked", "stopped", "failed", "absent", "unknown"]
"""`asked`: taken in, its outcome comes later. `stopped`: the carrier has stopped the parcel. `failed`: it will not, and says why.
`absent`: surely not asked for. `unknown`: nothing can be concluded."""


@dataclass(frozen=True, slots=True)
class StopReceipt:
    """What is said of a wish to stop a parcel. `reference`: the network's id of it."""

    outcome: StopOutcome
    reference: str = ""
    code: str = ""
    message: str = ""


class Network(Protocol):
    """A tracking network's translator. Pure.

    `probe`, `subscribe` and `ask` raise `amends.facts.channels.UnableToTalk`; what changes something answers with a receipt instead.
    """

    @property
    def name(self) -> str:
        """Its name in `carriers.yaml`."""
        ...

    @property
    def title(self) -> Says:
        """Its name for people."""
        ...

    @property
    def can(self) -> TrackingCan:
        """What it can do."""
        ...

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What it is connected with."""
        ...

    @property
    def base_url(self) -> str:
        """Its address, where none is configured."""
        ...

    @property
    def guide(self) -> tuple[Says, ...]:
        """What to create over there, step by step; ``{push_url}`` stands for the address that it is to push to."""
        ...

    @property
    def codes(self) -> Mapping[str, str]:
        """Its own code of every carrier of ours that it knows."""
        ...

    @property
    def collector(self) -> Collector | None:
        """Its hand for collections at buyers' doors; None where it arranges none."""
        ...

    def probe(self, access: NetworkAccess, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """A call that changes nothing and shows that the keys are good."""
        ...

    def subscribe(
        self, access: NetworkAccess, parcel: Waybill, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, Followed]:
        """Have it follow a parcel; one that it follows already is no fault."""
        ...

    def ask(
        self, access: NetworkAccess, parcel: Waybill, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, ParcelTold | None]:
        """What it knows of a parcel now; None where it knows nothing."""
        ...

    def pushed(
        self, access: NetworkAccess, headers: Mapping[str, str], body: bytes, at: datetime
    ) -> tuple[ParcelTold, ...]:
        """What a push tells. Raises `amends.facts.wire.UnableToTrustNotice` unless it proves where it comes from."""
        ...

    def answer_push(self) -> WireAnswer:
        """What it wants to hear so that it does not push the same again."""
        ...

    def intercept(
        self, access: NetworkAccess, parcel: Waybill, key: str, why: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, StopReceipt]:
        """Ask the carrier to stop a parcel and bring it back."""
        ...

    def rates(
        self, access: NetworkAccess, wanted: LabelWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[Rate, ...]]:
        """What it offers to carry the parcel for; nothing is bought. Raises `amends.facts.channels.UnableToTalk`."""
        ...

    def label(
        self, access: NetworkAccess, wanted: LabelWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """Buy a label: the one of `wanted.offer`, by one call, where there is one; else once for one key: it looks first whether it has
        been bought."""
        ...

    def label_of(
        self, access: NetworkAccess, wanted: LabelWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """Whether the label of `wanted.offer` was bought; nothing is bought by asking."""
        ...

    def void_label(
        self, access: NetworkAccess, reference: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """Give an unused label back."""
        ...
