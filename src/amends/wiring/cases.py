"""The desk of cases over the database that Django was made ready for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache

from amends.carry_out.speech import Speech
from amends.carry_out.wire import Wire
from amends.desk.cases.desk import CaseDesk
from amends.desk.house import House
from amends.desk.money_desk import MoneyDesk
from amends.desk.orders import OrderDesk
from amends.facts.deeds import PlatformReason
from amends.wiring.channel_desk import asking, speech
from amends.wiring.channels import BY_NAME
from amends.wiring.clock import now
from amends.wiring.letters import letters, working_due, working_left


def case_desk(house: House, money: MoneyDesk) -> CaseDesk:
    """The verbs on cases."""
    from amends.store.casework import DatabaseCasework

    return CaseDesk(
        house, DatabaseCasework(), money, letters, working_due, working_left, channels=BY_NAME, ask_reasons=reasons
    )


def reasons(connection: int, case: str) -> tuple[PlatformReason, ...]:
    """The platform's own reasons to refuse a case, asked for now; a person waits for them, so not long."""
    asks = asking(_patient_speech())
    return asks.ask(connection, lambda channel, access, seal: channel.refusal_reasons(access, case, seal))


@cache
def _patient_speech() -> Speech:
    return speech(Wire((), seconds=6))


def order_desk(clock: Callable[[], datetime] = now) -> OrderDesk:
    """The verbs on orders."""
    from amends.store.shop_orders import DatabaseOrders

    return OrderDesk(DatabaseOrders(), clock)
