"""Forms of statements, and the desk that reconciles them, over the database that Django was made ready for."""

from __future__ import annotations

from typing import Final

from amends.desk.reconcile import ReconcileDesk
from amends.facts.statements import StatementForm
from amends.gateways import jd_statement, paypal_statement, stripe_statement
from amends.gateways.alipay import statement as alipay_statement
from amends.gateways.wechat_pay import statement as wechat_statement
from amends.wiring.clock import now

STATEMENTS: Final[tuple[StatementForm, ...]] = (
    stripe_statement.FORM,
    alipay_statement.FORM,
    wechat_statement.FORM,
    paypal_statement.FORM,
    jd_statement.FORM,
)


def statement_forms() -> tuple[StatementForm, ...]:
    """Every form of statement that is read."""
    return STATEMENTS


def reconcile_desk() -> ReconcileDesk:
    """The verbs of reconciling."""
    from amends.store.statement_book import DatabaseStatements

    return ReconcileDesk(DatabaseStatements(), now)
