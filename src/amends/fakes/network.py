"""What every fake tracking network is made of: parcels, the hands that move them, labels, and doors for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar, Final

from amends.fakes.calls import Call, Reply, Told, UnableToUnderstand
from amends.fakes.fake import Fake
from amends.fakes.ledger import Refund

HANDS: Final[dict[str, str]] = {
    "announced": "Label made",
    "picked_up": "Picked up",
    "in_transit": "Arrived at a sorting centre",
    "out_for_delivery": "Out for delivery",
    "attempted": "Nobody was at home",
    "at_station": "Waits at a station to be fetched",
    "delivered": "Delivered",
    "refused": "Refused by the receiver",
    "intercepted": "Stopped on request",
    "returning": "On its way back to the sender",
    "returned": "Signed for by the sender",
    "lost": "Lost",
}
CHINA: Final = timezone(timedelta(hours=8))


@dataclass(slots=True)
class Moved:
    """One scan. `at`: seconds since 1970. `by`: who signed (buyer, station, locker, other), where that is told."""

    at: int
    kind: str
    text: str
    place: str = "Hangzhou"
    by: str = ""
    strange: str = ""


@dataclass(slots=True)
class Parcel:
    """A parcel. `code`: the network's code of its carrier. `subscribed`: it is told of. `asked`: when it was asked about."""

    number: str
    code: str
    id: str
    scans: list[Moved] = field(default_factory=list)
    subscribed: bool = False
    subscriptions: int = 0
    asked: list[int] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    gave_up: bool = False


@dataclass(slots=True)
class Sold:
    """A shipment with its rates, and the label that was bought for it. `refund`: how far giving it back is."""

    id: str
    key: str
    rates: list[dict[str, str]] = field(default_factory=list)
    rate: str = ""
    label: str = ""
    waybill: str = ""
    refund: str = ""
    refund_id: str = ""


class NetworkFake(Fake):
    """A stand-in for one network. A subclass gives routes, shapes and signatures; `usual` is its code of the usual carrier,
    `currency` that of its rates."""

    usual: ClassVar[str] = "usps"
    tells: ClassVar[bool] = True
    currency: str = "USD"

    def __init__(self, store: str | None = None, seed: int = 0, latency_ms: int = 0) -> None:
        """See `Fake`."""
        super().__init__(store, seed, latency_ms)
        self.parcels = {
            one["number"]: Parcel(**{**one, "scans": [Moved(**scan) for scan in one["scans"]]})
            for one in self.shelf.all("parcel")
        }
        self.sold = {one["id"]: Sold(**one) for one in self.shelf.all("sold")}

    # What a subclass gives, besides what every fake gives.

    def told_parcel(self, parcel: Parcel) -> list[Told]:
        """The pushes that tell how a parcel stands."""
        raise NotImplementedError

    def told_refund(self, refund: Refund, late: bool) -> list[Told]:
        """No money is moved here."""
        return []

    # The carrier's hands.

    def parcel(self, number: str, code: str = "") -> Parcel:
        """The parcel of a number, made where nobody knew it."""
        with self.lock:
            found = self.parcels.get(number) or Parcel(number, code or self.usual, self.new_id("trk_"))
            return self.keep(found)

    def keep(self, parcel: Parcel) -> Parcel:
        """Write a parcel down."""
        self.parcels[parcel.number] = parcel
        self.shelf.keep("parcel", parcel.number, asdict(parcel))
        return parcel

    def advance(self, number: str, what: str, **more: Any) -> Parcel:
        """Something happens to a parcel (`HANDS`): a second after the last, unless `at` is given. It is told where it is followed."""
        if what not in HANDS:
            raise UnableToUnderstand(f"do: {what!r} should be one of {', '.join(HANDS)}")
        with self.lock:
            parcel = self.parcel(number)
            last = max([scan.at for scan in parcel.scans], default=0)
            at = int(more.pop("at", 0)) or max(self.now(), last + 1)
            parcel.scans.append(Moved(at, what, more.pop("text", HANDS[what]), **more))
            parcel.scans.sort(key=lambda scan: scan.at)
            self.keep(parcel)
            notices = self.told_parcel(parcel) if parcel.subscribed and self.tells else []
        self.send_notices(tuple(notices))
        return parcel

    def tell_again(self, number: str) -> None:
        """Push once more how a parcel stands."""
        with self.lock:
            notices = self.told_parcel(self.parcel(number))
        self.send_notices(tuple(notices))

    # Labels, as a subclass's routes use them. They hold the lock already.

    def keep_sold(self, sold: Sold) -> Sold:
        """Write a shipment down."""
        self.sold[sold.id] = sold
        self.shelf.keep("sold", sold.id, asdict(sold))
        return sold

    def sell(self, sold: Sold, rate: str, call: Call) -> Sold:
        """A label is bought: it has a number and a file, and the parcel is followed."""
        home = f"http://{call.headers.get('host', '127.0.0.1')}"
        sold.rate, sold.label = rate, f"{home}/labels/{self.new_id('label_')}.pdf"
        sold.waybill = "9400" + str(int(self.new_id("", 15), 16))[-18:].rjust(18, "1")
        self.parcel(sold.waybill).subscribed = True
        return self.keep_sold(sold)

    def label_file(self, call: Call) -> Reply:
        """The file of a label that was sold; anybody may read it who knows its address, as with the real ones."""
        sold = next((one for one in self.sold.values() if one.label.endswith(call.path)), None)
        if sold is None:
            return Reply(404, b"")
        text = f"%PDF-1.4\n% label {sold.waybill}\n%%EOF\n"
        return Reply(200, text.encode(), {"Content-Type": "application/pdf"})

    # The doors below /__fake__/ for people and tests.

    def doors(self) -> tuple[tuple[str, str, Any], ...]:
        """Look at parcels and labels, move a parcel."""
        return (
            ("GET", "parcels", lambda fake, call, _: [asdict(one) for one in fake.parcels.values()]),
            ("GET", "labels", lambda fake, call, _: [asdict(one) for one in fake.sold.values()]),
            ("POST", "parcels/([^/]+)", _move),
            ("POST", "parcels/([^/]+)/tell", _tell),
        )


def _move(fake: NetworkFake, call: Call, number: str) -> Any:
    content = call.json()
    what = str(content.pop("do", ""))
    try:
        return asdict(fake.advance(number, what, **content))
    except TypeError as fault:
        raise UnableToUnderstand(str(fault)) from None


def _tell(fake: NetworkFake, call: Call, number: str) -> Any:
    fake.tell_again(number)
    return {"told": number}


def iso(at: int) -> str:
    """Seconds since 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def filled(content: Mapping[str, Any]) -> dict[str, Any]:
    """What is there of a mapping."""
    return {name: value for name, value in content.items() if value not in ("", None)}
