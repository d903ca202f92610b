"""Reviews that buyers write about products and shops, and our public answers to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from amends.basics.zones import ZONES, utc
from amends.facts.imported import Wanted, tidy_header
from amends.facts.rulebook import Says

ReviewState = Literal["open", "proposed", "approved", "answered"]
STATES: Final[tuple[ReviewState, ...]] = ("open", "proposed", "approved", "answered")
"""`open`: no answer yet; `proposed`: waits for a second person; `approved`: may go out; `answered`: stands on the platform."""
KINDS: Final = ("product", "shop")
STARS: Final = (1, 2, 3, 4, 5)
LOW: Final = 3
"""Up to so many stars a review counts as a bad one."""
ALWAYS, NEVER = 6, 1
APPROVALS: Final = (ALWAYS, 5, 4, 3, NEVER)
"""Answers to reviews with fewer stars than this wait for a second person."""
MOST_AT_ONCE: Final = 5_000
LONGEST_REVIEW: Final = 4_000
LONGEST_ANSWER: Final = 1_000
LONGEST_ID: Final = 120
PAGE: Final = 50
FIGURE_DAYS: Final = 90

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "review": ("review", "review_id", "评价编号", "评价id"),
    "stars": ("stars", "rating", "星级", "评分"),
    "at": ("at", "written_at", "评价时间"),
    "text": ("text", "content", "评价内容"),
    "order": ("order", "order_id", "订单号", "订单编号"),
    "sku": ("sku", "商品编码", "规格编码"),
    "author": ("author", "buyer", "买家", "昵称"),
    "kind": ("kind", "类型"),
    "link": ("link", "url", "链接"),
    "answer": ("answer", "reply", "商家回复"),
    "answered_at": ("answered_at", "回复时间"),
}
"""Columns of a file with the names that each may have; `review`, `stars` and `at` have to be there."""
NEEDED: Final = ("review", "stars", "at")
_CODES: Final = {tidy_header(alias): code for code, aliases in COLUMNS.items() for alias in aliases}
_LONGEST: Final = {
    "review": LONGEST_ID,
    "text": LONGEST_REVIEW,
    "order": 120,
    "sku": 120,
    "author": 120,
    "link": 500,
    "answer": 4_000,
}
_KINDS: Final = {"": "product", "product": "product", "shop": "shop", "商品": "product", "店铺": "shop"}


class UnableToReadReview(ValueError):
    """A review cannot be taken in. `field` is a key of `COLUMNS`; `says` tells what would be right."""

    def __init__(self, field: str, en: str, zh: str) -> None:
        super().__init__(f"{field}: {en}")
        self.field, self.says = field, Says(en, zh)


@dataclass(frozen=True, slots=True)
class ReviewTold:
    """A review as a platform tells it. `review`: the platform's own number, one in a shop. `answer`: one that stands there already."""

    review: str
    stars: int
    at: datetime
    text: str = ""
    order: str = ""
    sku: str = ""
    author: str = ""
    kind: str = "product"
    link: str = ""
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A review with its answer. `told.answer` is what stands on the platform; `draft`: the text that we propose, or had approved.

    `case`: the latest case of its order, with its own number and reason, None where there is none. `why`: why an answer was sent back.
    """

    number: int
    shop: str
    merchant: str
    market: str
    channel: str
    told: ReviewTold
    state: ReviewState
    draft: str = ""
    drafted_by: str = ""
    drafted_at: datetime | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    why: str = ""
    case: tuple[int, str, str] | None = None

    @property
    def low(self) -> bool:
        """Whether it is a bad one."""
        return self.told.stars <= LOW


@dataclass(frozen=True, slots=True)
class ReviewQuery:
    """What is asked of the reviews. "" and 0: anything. `stars`: 1 to 5, or -1 for the bad ones; `page` counts from 1."""

    shop: str = ""
    stars: int = 0
    state: str = ""
    sku: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One page of reviews: the worst of those without an answer first, then the latest."""

    reviews: Sequence[Review]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class SkuStars:
    """The stars of a SKU: how many reviews, their mean, and how many were bad."""

    shop: str
    sku: str
    many: int
    mean: float
    low: int


@dataclass(frozen=True, slots=True)
class ReviewFigures:
    """Reviews written in the last `FIGURE_DAYS`. `hours`: the median from writing to answer of those with a known time, None for none."""

    many: int
    answered: int
    mean: float
    timed: int
    hours: float | None
    skus: Sequence[SkuStars] = ()

    @property
    def share(self) -> float:
        """Answered by written."""
        return self.answered / self.many if self.many else 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of reviews that were told: how many were new, changed, or known already."""

    new: int = 0
    changed: int = 0
    same: int = 0


def wanted() -> Wanted:
    """The header of a file of reviews."""
    groups = {code: tuple(tidy_header(alias) for alias in aliases) for code, aliases in COLUMNS.items()}
    return Wanted(tuple(groups[code] for code in NEEDED), frozenset(_CODES))


def by_column(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row by the codes of `COLUMNS`; other columns are passed over."""
    return {_CODES[name]: text for name, text in cells.items() if name in _CODES}


def read_review(told: Mapping[str, str], market: str) -> ReviewTold:
    """Will read a review by the keys of `COLUMNS`. A time without an offset is on the wall clock of `market`.

    Raises `UnableToReadReview`.
    """
    clean = {name: told.get(name, "").replace("\x00", "").strip() for name in COLUMNS}
    for name, most in _LONGEST.items():
        if len(clean[name]) > most:
            raise UnableToReadReview(name, f"at most {most} characters", f"最多 {most} 字")
    if not clean["review"]:
        raise UnableToReadReview("review", "the platform's own number of the review is missing", "缺少平台的评价编号")
    answered = clean["answered_at"]
    if answered and not clean["answer"]:
        raise UnableToReadReview("answer", "there is a time of an answer but no answer", "有回复时间但没有回复内容")
    if clean["kind"].casefold() not in _KINDS:
        raise UnableToReadReview("kind", "product or shop", "请填写 商品 或 店铺")
    if clean["link"] and not clean["link"].startswith(("https://", "http://")):
        raise UnableToReadReview("link", "an address that begins with https://", "链接须以 https:// 开头")
    return ReviewTold(
        clean["review"],
        _stars(clean["stars"]),
        _time("at", clean["at"], market),
        clean["text"],
        clean["order"],
        clean["sku"],
        clean["author"],
        _KINDS[clean["kind"].casefold()],
        clean["link"],
        clean["answer"],
        _time("answered_at", answered, market) if answered else None,
    )


def _stars(text: str) -> int:
    plain = text.removesuffix("星").removesuffix(".0").strip()
    if plain not in ("1", "2", "3", "4", "5"):
        raise UnableToReadReview("stars", "a whole number from 1 to 5", "请填写 1 到 5 的整数")
    return int(plain)


def _time(field: str, text: str, market: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace("/", "-"))
        found = found if found.tzinfo else found.replace(tzinfo=ZONES.get(market, ZoneInfo("UTC")))
        found = utc(found)
    except (ValueError, OverflowError) as fault:
        right = "2026-11-25 09:30, or with an offset: 2026-11-25T09:30+08:00"
        raise UnableToReadReview(field, f"a time such as {right}", "时间格式如 2026-11-25 09:30") from fault
    if not 2000 <= found.year <= 2200:
        raise UnableToReadReview(field, "a year from 2000 on", "年份有误")
    return found
