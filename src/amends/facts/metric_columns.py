"""The two tables that metrics are counted on: one row a case, one row an order and SKU. Whole numbers and texts only.

Times are seconds since 1970, days are days since 1970 on the market's wall clock, amounts are minor units of `currency`, yes and no are
1 and 0: so that the same question gives the same answer in every database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

Table = Literal["cases", "sales"]
Fact = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FactColumn:
    """A column. `kind`: whole number or text. `empty`: whether a number may be unknown; an unknown text is ""."""

    name: str
    kind: Literal["number", "text"]
    means: str
    empty: bool = False


def _texts(told: str) -> tuple[FactColumn, ...]:
    return tuple([FactColumn(*_parted(one, "text")) for one in told.strip().split("\n")])


def _numbers(told: str, *, empty: bool = False) -> tuple[FactColumn, ...]:
    return tuple([FactColumn(*_parted(one, "number"), empty) for one in told.strip().split("\n")])


def _parted(line: str, kind: Literal["number", "text"]) -> tuple[str, Literal["number", "text"], str]:
    name, means = line.strip().split(": ", 1)
    return name, kind, means


CASES: Final = (
    *_numbers("id: the case's number"),
    *_texts("""merchant: whose shop it is
        shop: the shop's name
        platform: the channel on which it was sold
        market: the market whose law holds
        currency: ISO 4217
        kind: what was asked for
        reason: the buyer's reason
        sku: the first line that the request is about
        batch: its lot, where the order tells it
        supplier: who made it, where the order tells it
        carrier: who brought the goods
        station: the carrier's station that brought them, where the order tells it
        creator: whose video or stream sold it, where the order tells it
        campaign: which campaign sold it, where the order tells it
        origin: how the case came in
        state: open or closed
        answered_by: who answered first: person, system, platform or nobody yet
        ruled: how the platform ruled: us, buyer or not at all
        grade: what the inspection found
        dispute_end: won, lost, accepted or not decided"""),
    *_numbers("""version: entries of the case's log when it was read
        order_row: the order's row in the table of sales, 0 where the shop did not tell it
        opened_at: when it was asked for
        opened_day: the day of it
        order_known: the shop told the order, so that it is in the table of sales
        quality: the reason says that what came is not what was bought
        limited: a law or platform set a deadline for our answer, and it was answered or is over
        in_limit: it was answered before that
        touched: a person did something on it
        automatic: the house alone answered it, no person did anything
        wrong: it was reopened, taken back, or the platform or the card network was called after the answer
        overturned: the platform, the card network or the house itself turned the answer round
        stepped_in: the platform was called in
        counts_order: the first case of its order
        counts_refund: the first case of its order for which money went back
        counts_return: the first case of its order whose goods came back
        pieces: pieces asked about
        refunded_pieces: pieces asked about, where money went back
        back_pieces: pieces asked about, where the goods came back
        came_back: the goods came back
        value_minor: what was paid for the pieces asked about
        asked_minor: what was asked for
        returned_minor: money that went back to the buyer
        kept_minor: value that stayed: store credit, and what an exchange replaced
        lost_minor: money that went back for goods that did not come back fit to be sold
        back_minor: paid for goods that came back
        replies: messages of the buyer that were answered
        reply_seconds: how long those answers took, together
        chats: rounds that the buyer began between 8 and 23 o'clock of the market
        chats_soon: of those, answered by a person within three minutes
        disputed: a dispute on the payment
        disputed_minor: what it is about
        won_minor: what of it was won
        dispute_net_minor: what was won, less fees and later losses
        survey_asked: the buyer was asked whether they were content
        survey_answered: the buyer answered
        survey_score: the answer, 1 to 5; 0 where there is none
        survey_unhappy: the answer was 1 or 2, or the buyer was contacted for it
        contacted: the buyer was contacted a second time
        recovered: after the contact the buyer was content, by its outcome or an answer of 4 or 5"""),
    *_numbers(
        """seconds_to_act: from the request to our first action
        seconds_to_close: from the request to the close
        closed_at: when it was closed
        closed_day: the day of it
        back_day: the day on which the goods came back, where that was seen
        survey_day: the day on which the buyer was asked""",
        empty=True,
    ),
)
SALES: Final = (
    *_numbers("id: the order's row in the house"),
    *_texts("""merchant: whose shop it is
        shop: the shop's name
        platform: the channel
        market: the market
        currency: ISO 4217
        sku: the SKU
        category: what sort of goods it is
        batch: its lot, where the order tells it
        supplier: who made it, where the order tells it
        carrier: who brought it, where the order tells it
        station: the carrier's station that brought it, where the order tells it
        creator: whose video or stream sold it, where the order tells it
        campaign: which campaign sold it, where the order tells it"""),
    *_numbers("""whole: 1 on the first row of an order, 0 on its others: adding it up counts orders
        one: 1 on every row: adding it up counts orders by SKU
        pieces: pieces sold
        value_minor: what was paid for them"""),
    *_numbers(
        """paid_day: the day of payment
        shipped_day: the day on which all of it had left
        signed_day: the day on which all of it was signed for""",
        empty=True,
    ),
)
TABLES: Final[dict[Table, tuple[FactColumn, ...]]] = {"cases": CASES, "sales": SALES}


def plain_fact(table: Table) -> Fact:
    """A row of nothing: texts "", numbers 0, what may be unknown unknown."""
    return {one.name: "" if one.kind == "text" else None if one.empty else 0 for one in TABLES[table]}
