"""The desk of cases over the database that Django was made ready for."""

from __future__ import annotations

from amends.desk.cases.desk import CaseDesk
from amends.desk.house import House
from amends.desk.money_desk import MoneyDesk
from amends.desk.orders import OrderDesk
from amends.wiring.channels import BY_NAME
from amends.wiring.clock import now
from amends.wiring.letters import letters, working_due, working_left


def case_desk(house: House, money: MoneyDesk) -> CaseDesk:
    """The verbs on cases."""
    from amends.store.casework import DatabaseCasework

    return CaseDesk(house, DatabaseCasework(), money, letters, working_due, working_left, channels=BY_NAME)


def order_desk() -> OrderDesk:
    """The verbs on orders."""
    from amends.store.shop_orders import DatabaseOrders

    return OrderDesk(DatabaseOrders(), now)
