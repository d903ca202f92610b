"""All tables, so that Django finds them: cases, the inbox, statements, money, people."""

from amends.store.case_models import CaseFile, CaseRow, CaseText, RawRow, Shop
from amends.store.inbox_models import NoticeRow
from amends.store.money_models import (
    AgendaRow,
    BookEntryRow,
    BookLineRow,
    Order,
    OrderLine,
    OrderPayment,
    PayPlan,
    PayStep,
    StepAttempt,
    StepPart,
)
from amends.store.people_models import Membership, Merchant
from amends.store.statement_models import (
    DifferenceRow,
    StatementLineRow,
    StatementRow,
)

__all__ = [
    "AgendaRow",
    "BookEntryRow",
    "BookLineRow",
    "CaseFile",
    "CaseRow",
    "CaseText",
    "DifferenceRow",
    "Membership",
    "Merchant",
    "NoticeRow",
    "Order",
    "OrderLine",
    "OrderPayment",
    "PayPlan",
    "PayStep",
    "RawRow",
    "Shop",
    "StatementLineRow",
    "StatementRow",
    "StepAttempt",
    "StepPart",
]
