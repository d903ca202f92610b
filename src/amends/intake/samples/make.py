"""The export files of the three sample shops. They go through the importers exactly as a user's own file does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final

from amends.facts.imported import ShopSetting
from amends.intake.samples.douyin_shop import douyin_export
from amends.intake.samples.own_store import own_store_export
from amends.intake.samples.taobao_shop import taobao_export

SEED: Final = 20261125
_BEIJING: Final = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class SampleExport:
    """A file to import: its name, the form it has (`--as`), the shop it is from, and its bytes."""

    file: str
    form: str
    shop: ShopSetting
    content: bytes


def sample_exports(anchor: datetime, seed: int = SEED) -> tuple[SampleExport, ...]:
    """Will make the three files (300 cases in all) around `anchor`, an instant with an offset that counts as now.

    The same seed and anchor give the same bytes.
    """
    stamp = f"{anchor.astimezone(_BEIJING):%Y-%m-%d %H_%M_%S}"
    return (
        SampleExport(
            f"售后单-{stamp}.xlsx",
            "douyin-aftersales",
            ShopSetting("暖屿服饰", "douyin", category="apparel", labels=("fast_refund",), merchant="demo"),
            douyin_export(seed, anchor, 120),
        ),
        SampleExport(
            f"退款管理-{stamp}.csv",
            "taobao-refunds",
            ShopSetting("山野鲜集", "taobao", category="fresh", merchant="demo-client"),
            taobao_export(seed, anchor, 80),
        ),
        SampleExport(
            f"nordhus-cases-{stamp}.jsonl",
            "cases",
            ShopSetting("Nordhus", "direct", market="DE", currency="EUR", merchant="demo"),
            own_store_export(seed, anchor, 100),
        ),
    )
