"""The programmes by which card networks watch merchants: what is counted, where the lines lie. Dated rows, each with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from amends.basics.zones import EU_MARKETS, ZONES
from amends.facts.rulebook import Says

Region = Literal["us", "ca", "eu", "ap", "lac", "cemea"]
REGIONS: Final[tuple[Region, ...]] = ("us", "ca", "eu", "ap", "lac", "cemea")


def region_of(market: str) -> Region:
    """Where an acquirer most likely counts a shop whose home is this market: what is supposed until somebody tells it."""
    if market in EU_MARKETS or market == "GB":
        return "eu"
    return "ap" if market in ZONES else "us"


Base = Literal["this_month", "last_month"]
Counted = Literal["disputes_and_frauds", "disputes", "frauds"]


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme of one network, as it is in force between two days.

    A merchant is over the line where the ratio *and* the count (and the money, in whole US dollars) are reached. `base`: which
    month's payments the ratio is over.
    `payments`: fewer than that are not watched; `secure_below`: percent of payments with 3-D Secure from
    which on nobody is. `left_out`: how disputes were resolved that do not count. `regions`: empty for everywhere.
    `spared`: homes of shops that it does not watch.
    """

    id: str
    forum: str
    title: Says
    formula: Says
    counted: Counted
    base: Base
    ratio: Decimal
    count: int
    consequence: Says
    source: str
    confidence: str
    since: date
    until: date | None = None
    regions: frozenset[Region] = frozenset()
    dollars: int | None = None
    payments: int = 0
    secure_below: int | None = None
    spared: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    warning: Says | None = None

    def in_force(self, on: date, region: Region, market: str = "") -> bool:
        """Whether this row speaks about merchants of a region, at home in a market, on a day."""
        return (
            self.since <= on
            and (self.until is None or on < self.until)
            and (not self.regions or region in self.regions)
            and market not in self.spared
        )


_VAMP_FORMULA: Final = Says(
    "(reports of fraud + disputes) ÷ settled payments without the card present, both by count, of the month. "
    "What Compelling Evidence 3.0 or Rapid Dispute Resolution settled is left out",
    "（欺诈报告 + 拒付）÷ 当月结算的无卡交易笔数，均按笔数计；经 CE 3.0 或 RDR 解决的不计",
)
_VAMP_FEE: Final = Says(
    "about 8 US dollars for every fraud report and dispute of the month, after three months of grace for a first time",
    "当月每笔欺诈报告与拒付约 8 美元；首次触线有三个月宽限",
)
_VAMP_LEFT: Final = frozenset({"ce3", "rdr"})
_CONTRADICT: Final = Says(
    "Sources contradict each other on where 1.5 % applies; the region is a setting.",
    "关于 1.5% 的适用地区，各来源说法不一；地区请在设置中选择。",
)
_OLD_PAGES: Final = Says(
    "Taken from programme pages of 2020 to 2023; ask the acquirer for the numbers of today.",
    "取自 2020–2023 年的计划说明，请向收单行核实现行数值。",
)
_WEALTHY: Final[frozenset[Region]] = frozenset({"us", "ca", "eu", "ap"})


def _vamp(
    ratio: str,
    count: int,
    since: date,
    until: date | None,
    regions: frozenset[Region],
    confidence: str,
    dollars: int | None = None,
) -> Programme:
    return Programme(
        "vamp",
        "visa",
        Says("Visa Acquirer Monitoring Program, merchant line", "Visa 收单行监控计划（VAMP）商户线"),
        _VAMP_FORMULA,
        "disputes_and_frauds",
        "this_month",
        Decimal(ratio),
        count,
        _VAMP_FEE,
        "Visa VAMP",
        confidence,
        since,
        until,
        regions,
        dollars,
        left_out=_VAMP_LEFT,
        warning=_CONTRADICT if confidence != "H" else None,
    )


_ENFORCED: Final = date(2025, 6, 1)
_TIGHTER: Final = date(2026, 4, 1)
_SEEN: Final = date(2023, 1, 1)


def _efm(regions: frozenset[Region], secure_below: int) -> Programme:
    return Programme(
        "efm",
        "mastercard",
        Says("Mastercard Excessive Fraud Merchant", "万事达过量欺诈商户（EFM）"),
        Says(
            "fraud charge-backs ÷ payments on the internet, and 50,000 US dollars of them, and few "
            "payments with 3-D Secure; not for shops at home in Germany, Liechtenstein or Switzerland",
            "欺诈拒付 ÷ 线上交易，且金额达 5 万美元，且 3-D Secure 占比低；德国、列支敦士登、瑞士的商户除外",
        ),
        "frauds",
        "last_month",
        Decimal("0.005"),
        1,
        Says("fines; liability for fraud may move to the merchant", "罚款；欺诈责任可能转由商户承担"),
        "Mastercard EFM",
        "M",
        _SEEN,
        regions=regions,
        dollars=50_000,
        payments=1000,
        secure_below=secure_below,
        spared=frozenset({"DE", "LI", "CH"}),
        warning=_OLD_PAGES,
    )


PROGRAMMES: Final[tuple[Programme, ...]] = (
    _vamp("0.022", 1500, _ENFORCED, _TIGHTER, _WEALTHY, "H"),
    _vamp("0.015", 1500, _TIGHTER, None, _WEALTHY, "M"),
    _vamp("0.015", 1500, _ENFORCED, None, frozenset({"lac"}), "M"),
    _vamp("0.022", 101, _ENFORCED, None, frozenset({"cemea"}), "L", 75_000),
    Programme(
        "ecm",
        "mastercard",
        Says("Mastercard Excessive Chargeback Merchant", "万事达过量拒付商户（ECM）"),
        Says("charge-backs of this month ÷ payments of last month, by count", "当月拒付笔数 ÷ 上月交易笔数"),
        "disputes",
        "last_month",
        Decimal("0.015"),
        100,
        Says(
            "fines that rise by the month; out after three months in a row below",
            "罚款逐月递增；连续三个月低于线方可退出",
        ),
        "Mastercard ECM",
        "M",
        _SEEN,
        warning=_OLD_PAGES,
    ),
    Programme(
        "hecm",
        "mastercard",
        Says("Mastercard High Excessive Chargeback Merchant", "万事达严重过量拒付商户（HECM）"),
        Says("charge-backs of this month ÷ payments of last month, by count", "当月拒付笔数 ÷ 上月交易笔数"),
        "disputes",
        "last_month",
        Decimal("0.03"),
        300,
        Says("higher fines; the processor may end the contract", "更高罚款；支付机构可能终止合作"),
        "Mastercard HECM",
        "M",
        _SEEN,
        warning=_OLD_PAGES,
    ),
    _efm(frozenset({"us", "ca", "ap", "lac", "cemea"}), 10),
    _efm(frozenset({"eu"}), 50),
)


def programmes(on: date, region: Region, market: str = "") -> tuple[Programme, ...]:
    """Every programme that watches merchants of a region, at home in a market, on a day."""
    return tuple(one for one in PROGRAMMES if one.in_force(on, region, market))
