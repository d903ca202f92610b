"""The answer of `afterSale.Detail` by the names that reading and doing both need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amends.channels.douyin.statuses import ARBITRATING
from amends.channels.kernel_json import part, text, whole


@dataclass(frozen=True, slots=True)
class Detail:
    """The answer of `afterSale.Detail`, by the names that everything here needs."""

    data: Mapping[str, Any]

    @property
    def info(self) -> Mapping[str, Any]:
        """`after_sale_info`."""
        found = part(self.data, "process_info", "after_sale_info")
        return found if isinstance(found, Mapping) else {}

    @property
    def number(self) -> str:
        """The case's number (an integer here, a text in the list)."""
        return text(self.info, "after_sale_id")

    @property
    def kind(self) -> int | None:
        """`after_sale_type`."""
        return whole(self.info, "after_sale_type")

    @property
    def arbitrate(self) -> int | None:
        """`arbitrate_status`."""
        return whole(self.data, "process_info", "arbitrate_info", "arbitrate_status")

    @property
    def own_status(self) -> str:
        """The status of the case itself, whatever the platform's people do beside it."""
        return text(self.info, "after_sale_status")

    @property
    def final(self) -> bool:
        """Nothing can be done any more."""
        return bool(whole(self.info, "aftersale_status_to_final_time"))

    @property
    def status(self) -> str:
        """The key of `STATUSES`: arbitration comes before the case's own status until the case is final."""
        stepped_in = self.arbitrate in ARBITRATING and not self.final
        return f"arbitrate:{self.arbitrate}" if stepped_in else self.own_status

    @property
    def version(self) -> str:
        """What `afterSale.operate` wants to see again."""
        return text(self.info, "update_time")

    @property
    def amount(self) -> int | None:
        """What is asked back, freight included, in fen."""
        return whole(self.info, "refund_total_amount")
