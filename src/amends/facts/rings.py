"""Claims of one merchant with what ties their buyers together, and the rings that these make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

TIES: Final = ("phone", "email", "card", "device", "address")
"""What two claims can have in common; kept and compared as digests alone."""


@dataclass(frozen=True, slots=True)
class TiedClaim:
    """One case. `buyer`: the digest of the contact that stands for the buyer; `ties`: digests by kind, of `TIES`.

    `goods_stay`: money was asked for without the goods coming back.
    """

    case: int
    order: str
    buyer: str
    ties: Mapping[str, str]
    goods_stay: bool


@dataclass(frozen=True, slots=True)
class Ring:
    """Buyers who are tied together and claim far more often than the shop's others. A sign with its reasons, never a verdict.

    `shared`: by kind of tie, how many buyers have the commonest one in common. `orders`: what they ordered in the same days; `usual`: the
    share of orders that others claim about. `chance`: how likely so many claims are at that share.
    """

    cases: tuple[int, ...]
    numbers: tuple[str, ...]
    buyers: int
    orders: int
    goods_stay: int
    shared: tuple[tuple[str, int], ...]
    usual: float
    chance: float
