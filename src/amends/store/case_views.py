"""What each view of the work list holds, as a condition, and the partial index that answers it.

Of a million cases a few thousand are open, and of those a view holds some. An index that holds a view's cases alone, in the list's
order, gives its first page and its count without touching a case of another view. The condition of an index and that of the question
must be written alike, or the database does not see that one answers the other: so both come from `VIEW`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Index, Q

from amends.facts.listed import AWAITING_BUYER, RUNNING_OUT, ListQuery
from amends.store.plain_values import provable

HIGH: Final = 1000
"""`value_points` from which a case is of high value."""
_OPEN: Final = Q(state="open")
_OURS: Final = _OPEN & Q(next_who="merchant")
_UNANSWERED: Final = _OPEN & Q(decision_track__in=["new", "awaiting_evidence"])
VIEW: Final[dict[str, Q]] = {
    "open": _OPEN,
    "evidence": _OPEN & Q(evidence_due=True),
    "inspect": _OPEN & Q(status="to_inspect"),
    "disputes": _OPEN & Q(disputed=True),
    "risk": _OPEN & Q(risky=True),
    "approve": _OPEN & Q(to_approve=True),
    "exceptions": _OPEN & ~Q(exception=""),
    "buyer": _OPEN & Q(status__in=AWAITING_BUYER),
    "review": _UNANSWERED & Q(handling="review"),
    "auto": _UNANSWERED & Q(handling="auto"),
    "high_value": _OPEN & Q(value_points__gte=HIGH),
    "closed": Q(state="closed"),
}
"""The views that hang on the case alone; the others hang on the time and on who asks (`of_view`)."""
INDEXED: Final = (
    "evidence",
    "inspect",
    "disputes",
    "risk",
    "approve",
    "exceptions",
    "buyer",
    "review",
    "auto",
    "high_value",
)


def of_view(query: ListQuery, now: datetime) -> Q:
    """Will give what the asked-for view holds."""
    moment = int(now.timestamp())
    ours, is_open = provable(_OURS), provable(_OPEN)
    if query.view == "overdue":
        return ours & Q(due_order__lt=moment)
    if query.view == "running_out":
        return ours & Q(due_order__gte=moment, due_order__lt=moment + int(RUNNING_OUT.total_seconds()))
    if query.view == "mine":
        return is_open & ((Q(assignee=query.me) if query.me else Q(pk__in=[])) | _handed_up(query.role))
    return provable(VIEW[query.view])


def _handed_up(role: str) -> Q:
    """Cases handed up to a role that nobody has yet; whoever is an agency or keeps the house counts as a manager."""
    role = "manager" if role in ("agency", "admin") else role
    return Q(escalated_to=role, assignee="") if role else Q(pk__in=[])


def index_of(view: str) -> str:
    """Will name the index that holds a view's cases alone; for the views in `INDEXED`."""
    return f"case_view_{view}"


def view_indexes() -> list[Index]:
    """Will give the partial indexes: one a view, in the order of the soonest deadline, the shop at its end for the walls."""
    order = ["due_order", "-value_points", "id", "shop"]
    found = [Index(fields=order, name=index_of(view), condition=VIEW[view]) for view in INDEXED]
    ours = Index(fields=order, name="case_view_ours", condition=_OURS)
    whose = Index(fields=["assignee", *order], name="case_view_whose", condition=_OPEN & ~Q(assignee=""))
    handed = Index(fields=["escalated_to", *order], name="case_view_handed", condition=_OPEN & ~Q(escalated_to=""))
    shops = Index(fields=["shop", *order[:3]], name="case_view_shop", condition=_OPEN)
    return [*found, ours, whose, handed, shops]
