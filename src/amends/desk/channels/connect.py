"""Connecting shops: keys, a test call, switches, history, and how it all is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.desk.channels.asking import Asking, UnableToFindConnection
from amends.desk.channels.faults import UnableToConnect, fault_of, no_connection
from amends.desk.channels.given import address_of, checked_shop, checked_values
from amends.desk.channels.ports import HealthBook, ShopsOfChannels, SweepBook
from amends.desk.settings.gate import check_may_set
from amends.facts.channels import Channel, Probe, UnableToTalk
from amends.facts.connections import Backfill, ChannelAlarm, Connection, Health
from amends.facts.imported import ShopSetting
from amends.facts.people import MAIN, Person
from amends.facts.wire import UnableToReach

FURTHEST: Final = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class ConnectDesk:
    """The verbs of connections. `address`: of this house as platforms reach it, without a last slash.

    Whoever may see a merchant may look; whoever keeps its settings may change. Faults are `UnableToConnect` and `UnableToSet`.
    """

    asking: Asking
    shops: ShopsOfChannels
    health_book: HealthBook
    sweeps: SweepBook
    address: Callable[[], str]

    def kinds(self) -> tuple[Channel, ...]:
        """The channels that a shop can be connected by."""
        return tuple(self.asking.channels.values())

    def get(self, person: Person, number: int) -> Connection:
        """One connection. Raises `UnableToConnect` where there is none that the person may see."""
        found = self.asking.connections.get(number)
        if found is None or not person.may_see(found.merchant):
            raise no_connection(number)
        return found

    def of_shop(self, person: Person, shop: str) -> Connection | None:
        """A shop's connection; None where it has none, or is not the person's to see."""
        found = self.asking.connections.of_shop(shop)
        return found if found is not None and person.may_see(found.merchant) else None

    def save_keys(
        self,
        person: Person,
        shop: str,
        channel: str,
        values: Mapping[str, str],
        *,
        market: str,
        currency: str,
        merchant: str | None = None,
        url: str = "",
    ) -> Connection:
        """Keep what a shop is connected with; a shop not known yet is made. A blank secret keeps the one that is there.

        Calls that were paused for wrong keys go on. Raises `UnableToConnect` or `UnableToSet`, naming the field at fault.
        """
        kind = self._kind(channel)
        setting = self._shop(person, shop.strip(), kind, market, currency, merchant)
        there = self.asking.connections.of_shop(setting.name)
        kept = checked_values(kind, values, there.secrets if there is not None else frozenset())
        address = address_of(kind, url, kept)
        if (
            there is not None and there.url != address
        ):  # old secrets never go to an address that they were not given for
            kept = checked_values(kind, values, frozenset())
        self.shops.make(setting)
        secret = frozenset(one.name for one in kind.settings if one.secret)
        now = self.asking.now()
        made = self.asking.connections.make(setting.name, kind.name, address, kept, secret, person.name, now)
        return self._go_on(made.number, now)

    def test(self, person: Person, number: int) -> Probe:
        """A call that changes nothing; what it found is kept. Raises `UnableToConnect`, whose `why` says what was wrong."""
        found = self._own(person, number)
        try:
            probe = self.asking.ask(number, lambda channel, access, seal: channel.probe(access, seal))
        except UnableToFindConnection:
            raise no_connection(number) from None
        except (UnableToTalk, UnableToReach) as fault:
            told = fault_of(fault)
            raise UnableToConnect(told.en, told.zh, why=told.why) from fault
        values: dict[str, object] = {"account": probe.name[:160]}
        if probe.until is not None:
            values["keys_until"] = probe.until
        self.asking.connections.set(found.number, **values)
        self._go_on(found.number, self.asking.now())
        return probe

    def switch_on(
        self, person: Person, number: int, *, may_act: bool, may_pay: bool, acts_from: datetime | None = None
    ) -> Connection:
        """Begin to read, from now on; `acts_from`: cases asked for before are never acted on by the house alone (now by default)."""
        found, now = self._own(person, number), self.asking.now()
        self._check_complete(found)
        self._check_switches(found, may_act, may_pay)
        begins: dict[str, object] = {} if self._has_read(found, now) else {"read_until": now}
        return self.asking.connections.set(
            number, state="on", may_act=may_act, may_pay=may_pay, acts_from=acts_from or found.acts_from or now,
            due_at=now, again_at=None, **begins,
        )  # fmt: skip

    def set_switches(
        self, person: Person, number: int, *, may_act: bool, may_pay: bool, acts_from: datetime | None = None
    ) -> Connection:
        """Change what the house may do over there. `acts_from` stays where it is not given."""
        found = self._own(person, number)
        self._check_switches(found, may_act, may_pay)
        values: dict[str, object] = {"may_act": may_act, "may_pay": may_pay}
        return self.asking.connections.set(number, **values, **({"acts_from": acts_from} if acts_from else {}))

    def pause(self, person: Person, number: int) -> Connection:
        """Call the platform no more until it is resumed; what it pushes is kept."""
        if self._own(person, number).state == "draft":
            raise UnableToConnect("It is not switched on yet.", "该连接尚未启用。")
        return self.asking.connections.set(number, state="paused")

    def resume(self, person: Person, number: int) -> Connection:
        """Go on where the reading was paused: everything since is read."""
        if self._own(person, number).state == "draft":
            raise UnableToConnect("It is not switched on yet.", "该连接尚未启用。")
        self.asking.connections.set(number, state="on")
        return self._go_on(number, self.asking.now())

    def read_now(self, person: Person, number: int) -> Connection:
        """Have it read at once, whatever it waits for."""
        if self._own(person, number).state != "on":
            raise UnableToConnect("It is not switched on.", "该连接未启用。")
        return self._go_on(number, self.asking.now())

    def start_backfill(self, person: Person, number: int, since: datetime) -> Backfill:
        """Read history from `since` up to now, behind everything else. Raises `UnableToConnect` for a time that makes no sense."""
        found, now = self._own(person, number), self.asking.now()
        if found.state == "draft":
            raise UnableToConnect("Switch the connection on first.", "请先启用连接。")
        if since.tzinfo is None or not now - FURTHEST <= since < now:
            raise UnableToConnect("Choose a day of the last three years.", "请选择最近三年内的日期。", "since")
        begun = self.sweeps.begin(number, "history", since, now, person.name, now)
        self.asking.connections.set(number, due_at=now)
        return next(one for one in self.sweeps.history(number) if one.number == begun)

    def stop_backfill(self, person: Person, number: int) -> None:
        """Read no more history; what was read stays."""
        self.sweeps.stop(self._own(person, number).number, self.asking.now())

    def backfills(self, person: Person, number: int) -> tuple[Backfill, ...]:
        """The history that was asked for, latest first."""
        return tuple(self.sweeps.history(self.get(person, number).number))

    def healths(self, person: Person) -> tuple[Health, ...]:
        """How all connections are that the person may see, by shop."""
        there = self.asking.connections.seen_by(person.merchants)
        return tuple(self.health_book.healths(there, self.asking.now()))

    def health(self, person: Person, number: int) -> Health:
        """How one is."""
        return self.health_book.healths([self.get(person, number)], self.asking.now())[0]

    def alarms(self, person: Person, number: int) -> tuple[ChannelAlarm, ...]:
        """What nobody has seen yet of a connection, latest first."""
        return tuple(self.health_book.alarms(self.get(person, number).number))

    def seen(self, person: Person, alarm: int) -> None:
        """Note that the person has seen an alarm. Raises `UnableToConnect` where there is none that they may see."""
        number = self.health_book.of_alarm(alarm)
        if number is None:
            raise UnableToConnect(f"There is no alarm {alarm}.", f"没有编号为 {alarm} 的提醒。")
        self.get(person, number)
        self.health_book.seen(alarm, person.name, self.asking.now())

    def push_url(self, connection: Connection) -> str:
        """The address that the platform is to push to."""
        return f"{self.address()}/hooks/channels/{connection.push_name}"

    def _own(self, person: Person, number: int) -> Connection:
        found = self.get(person, number)
        check_may_set(person, found.merchant)
        return found

    def _kind(self, channel: str) -> Channel:
        kind = self.asking.channels.get(channel)
        if kind is None:
            names = ", ".join(self.asking.channels)
            raise UnableToConnect(f"Choose one of {names}.", f"请从以下平台中选择：{names}。", "channel")
        return kind

    def _shop(
        self, person: Person, name: str, kind: Channel, market: str, currency: str, merchant: str | None
    ) -> ShopSetting:
        there = self.shops.known(name)
        if there is None:
            owner = merchant or (min(person.merchants) if person.merchants and len(person.merchants) == 1 else MAIN)
            check_may_set(person, owner)
            return checked_shop(ShopSetting(name, kind.name, market, currency, merchant=owner))
        if not person.may_see(there.merchant) or (merchant is not None and merchant != there.merchant):
            raise UnableToConnect("This name is taken; choose another.", "该店铺名称已被使用，请换一个。", "shop")
        check_may_set(person, there.merchant)
        if there.channel != kind.name:
            raise UnableToConnect(
                f"This shop is one of {there.channel}; it cannot be connected to {kind.title.en}.",
                f"该店铺属于 {there.channel}，不能连接到{kind.title.zh}。",
                "channel",
            )
        return there

    def _check_complete(self, found: Connection) -> None:
        for one in self._kind(found.channel).settings:
            if one.needed and one.name not in found.secrets and not found.plain.get(one.name):
                raise UnableToConnect(f"{one.says.en} is needed.", f"请填写“{one.says.zh}”。", one.name)

    def _check_switches(self, found: Connection, may_act: bool, may_pay: bool) -> None:
        can = self._kind(found.channel).can
        if may_pay and not may_act:
            raise UnableToConnect("Paying is acting: allow both.", "允许退款前须先允许操作。", "may_pay")
        if may_act and not can.actions:
            raise UnableToConnect(
                "Nothing can be done on this platform by calls.", "该平台不支持通过接口操作。", "may_act"
            )
        if may_pay and not can.pays:
            raise UnableToConnect("This platform moves no money by calls.", "该平台不支持通过接口退款。", "may_pay")

    def _has_read(self, found: Connection, now: datetime) -> bool:
        return self.health_book.healths([found], now)[0].read_until is not None

    def _go_on(self, number: int, now: datetime) -> Connection:
        """Due at once, and what went wrong before is forgotten."""
        return self.asking.connections.set(number, due_at=now, again_at=None, faults=0, fault_why="", fault_says="")
