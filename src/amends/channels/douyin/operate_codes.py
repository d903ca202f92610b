"""The `type` codes of `afterSale.operate`, as data: which code does an action to a kind of case in a status.

No client of the vendor lists them; its own page is not public. Sources: a program's table of codes with what each must carry, and a
second program's page that offers each code only for certain kinds and statuses. They agree. Marks: M two witnesses, L one.
What is not here is not sent. Left out on purpose, since what they must carry is not witnessed: 203 (同意拒签后退款); 602, 611, 621
(维修).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from amends.facts.deeds import Action


@dataclass(frozen=True, slots=True)
class OperateCode:
    """One code: the `action` it is to us, the `kind` (`after_sale_type`) and the statuses in which it is right, and how sure it is."""

    type: int
    action: Action
    kind: int
    statuses: frozenset[int]
    sure: str
    says: str


def _code(type_: int, action: Action, kind: int, statuses: str, sure: str, says: str) -> OperateCode:
    return OperateCode(type_, action, kind, frozenset(int(status) for status in statuses.split()), sure, says)


CODES: Final[tuple[OperateCode, ...]] = (
    _code(101, "agree_return", 0, "6 27", "M", "同意退货申请"),
    _code(102, "refuse", 0, "6", "M", "拒绝退货申请"),
    _code(111, "agree_refund", 0, "7 11 29", "M", "同意退货退款(二次)"),
    _code(112, "refuse", 0, "11", "M", "拒绝退货退款(二次)"),
    _code(121, "agree_refund", 0, "6 27", "M", "退货转退款"),
    _code(201, "agree_refund", 1, "6 27", "M", "同意仅退款"),
    _code(202, "refuse", 1, "6", "M", "拒绝仅退款"),
    _code(301, "agree_return", 3, "6 27", "M", "同意换货申请"),
    _code(302, "refuse", 3, "6", "M", "拒绝换货申请"),
    _code(311, "ship_replacement", 3, "7 11 29", "M", "同意换货(二次)，发新货"),
    _code(312, "refuse", 3, "11", "M", "拒绝换货(二次)"),
    _code(321, "agree_refund", 3, "6 7 11 29", "M", "换货转退款"),
    _code(401, "agree_refund", 2, "6", "M", "同意售前退"),
    _code(501, "agree_return", 7, "6 27", "L", "同意补寄"),
    _code(502, "refuse", 7, "6", "L", "拒绝补寄"),
    _code(601, "agree_return", 8, "6 27", "L", "同意维修，需寄回"),
    _code(603, "refuse", 8, "6", "L", "拒绝维修"),
    _code(612, "refuse", 8, "11", "L", "拒绝维修(二次)"),
)
SEND_TYPES: Final[dict[int, int]] = {7: 1, 8: 4}
"""`send_type` of `afterSale.fillLogistics` by kind: resend and repair are shipped by it, in status 8."""
WANTS_ADDRESS: Final = frozenset({101, 301, 601})


def operate_code(action: Action, kind: int, status: int) -> OperateCode | None:
    """The code for this; None where none is known, and then nothing is sent."""
    fits = [code for code in CODES if code.action == action and code.kind == kind and status in code.statuses]
    return fits[0] if len(fits) == 1 else None
