"""Names of what prevention shows: zh first, en second."""

from typing import Final

PREVENTION_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "cause_place": {
        "sku": ("商品", "SKU"),
        "batch": ("批次", "Batch"),
        "supplier": ("供应商", "Supplier"),
        "carrier": ("快递公司", "Carrier"),
        "station": ("网点", "Station"),
        "creator": ("达人", "Creator"),
        "campaign": ("活动", "Campaign"),
    },
    "cause_state": {
        "open": ("待处理", "to do"),
        "changed": ("已改动，观察效果", "changed, effect being measured"),
        "done": ("已完成", "done"),
        "dropped": ("已排除", "nothing found"),
    },
    "cause_kind": {
        "remorse": ("买家改变主意", "the buyer's change of mind"),
        "misled": ("与我们所说不符", "not what we told buyers"),
        "failed": ("商品或履约有问题", "goods or delivery failed"),
    },
    "cause_fix": {
        "size": (
            "核对尺码表：用厘米标注实测尺寸，并写明偏大或偏小。",
            "Check the size table: measured centimetres, and whether it runs large or small.",
        ),
        "listing": (
            "对照买家的描述修改图片与文字：颜色、材质、成分、功能。",
            "Hold picture and text against what buyers describe: colour, material, contents, function; then correct them.",
        ),
        "picking": (
            "检查拣货与复核：称重、扫码、易混商品分开放置。",
            "Look at picking and the check after it: weigh, scan, keep what looks alike apart.",
        ),
        "packing": (
            "改进包装：填充、外箱强度、易碎标识，并做跌落测试。",
            "Pack better: filling, a stronger box, a mark for fragile goods, a drop test.",
        ),
        "carrier": (
            "把这些单号交给快递核查并索赔；没有改善则更换线路。",
            "Give the carrier these waybills to look into and claim for; use another route if it goes on.",
        ),
        "supplier": (
            "停售该批次，抽检库存，凭这些售后单向供应商索赔。",
            "Hold the batch, inspect the stock, and claim from the supplier with these cases.",
        ),
        "descriptor": (
            "修改账单名称，让买家认得出是哪家店。",
            "Change the name on statements to one that buyers know.",
        ),
        "stock": ("核对库存同步与发货时效承诺。", "Check that stock is in step, and what is promised about dispatch."),
        "promise": (
            "核对达人或活动页的说法与商品实际，统一口径。",
            "Hold what the creator or the campaign says against the goods, and have it put right.",
        ),
        "remorse": (
            "多为改变主意：看是否冲动促单、下单后能否方便取消；不必修改商品。",
            "Mostly a change of mind: look at pressure to buy and at cancelling before dispatch; the goods need no change.",
        ),
        "look": ("逐单查看，找出共同点。", "Read these cases and find what they share."),
    },
    "cause_finding": {
        "unknown": ("尚不能判断", "not yet known"),
        "better": ("明显好转", "better"),
        "worse": ("明显变差", "worse"),
        "same": ("看不出变化", "no change to be seen"),
    },
}
