"""Names of what is read out of a buyer's words: zh first, en second."""

from typing import Final

READING_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "said_word": {
        "size_small": ("偏小", "too small"),
        "size_big": ("偏大", "too big"),
        "size": ("尺码", "size"),
        "colour": ("颜色", "colour"),
        "material": ("材质", "material"),
        "not_working": ("不能使用", "does not work"),
        "workmanship": ("做工", "workmanship"),
        "fading": ("掉色缩水", "fades or shrinks"),
        "rotten": ("变质", "gone bad"),
        "smell": ("异味", "smell"),
        "noise": ("噪音", "noise"),
        "stain": ("污渍", "stains"),
        "broken": ("碎裂", "broken"),
        "leak": ("漏液", "leaks"),
        "missing_part": ("缺件", "parts missing"),
    },
    "said_part": {
        "points": ("依据", "counts"),
        "denied": ("被否定", "denied"),
        "asked": ("只是询问", "only asked"),
        "urgent": ("催促", "presses"),
        "threat": ("投诉倾向", "threatens"),
    },
}
