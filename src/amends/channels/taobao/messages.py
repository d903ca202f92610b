"""Messages on a refund of 淘宝/天猫. The platform keeps no key of ours: the same words of the seller are the same message."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime
from typing import Final, Literal

from amends.channels.kernel_china import read_moment, rows_of
from amends.channels.kernel_json import text, whole
from amends.channels.taobao.top import call
from amends.facts.channels import Access
from amends.facts.deeds import Deed, DeedReceipt
from amends.facts.platforms import PlatformSaid, ToldCase
from amends.facts.wire import Seal, WireAnswer, WireRequest

MOST_BYTES: Final = 400
_SELLER: Final = "2"
_SPEAKERS: Final[dict[str, Literal["buyer", "seller", "platform"]]] = {"1": "buyer", _SELLER: "seller", "3": "platform"}
_PAGE: Final = 40
_MOST_PAGES: Final = 5
Talk = Generator[WireRequest, WireAnswer, DeedReceipt]


def said_before(access: Access, deed: Deed, told: ToldCase, seal: Seal) -> Talk:
    """Whether the seller has said these words on this case."""
    wanted = _cut(deed.text)
    for page in range(1, _MOST_PAGES + 1):
        found = yield from call(access, seal, "taobao.refund.messages.get", _asked(told, page))
        for row in rows_of(found, "refund_messages", "refund_message"):
            if text(row, "owner_role") == _SELLER and text(row, "content") == wanted:
                return DeedReceipt("done", text(row, "id"))
        if page * _PAGE >= (whole(found, "total_results") or 0):
            return DeedReceipt("absent", told.number)
    return DeedReceipt(
        "unknown", told.number, message="留言过多，未能查完 / there are more messages than are looked through"
    )


def talk_of(access: Access, told: ToldCase, seal: Seal) -> Generator[WireRequest, WireAnswer, tuple[PlatformSaid, ...]]:
    """What buyer, seller and the platform's people said about a refund, oldest first; pictures alone are left out."""
    found: list[PlatformSaid] = []
    for page in range(1, _MOST_PAGES + 1):
        answer = yield from call(access, seal, "taobao.refund.messages.get", _asked(told, page))
        for row in rows_of(answer, "refund_messages", "refund_message"):
            by, words = _SPEAKERS.get(text(row, "owner_role")), text(row, "content").strip()
            if by is not None and words and text(row, "id"):
                found.append(PlatformSaid(text(row, "id"), by, words, read_moment(row.get("created"))))
        if page * _PAGE >= (whole(answer, "total_results") or 0):
            break
    last = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(found, key=lambda one: (one.at or last, len(one.name), one.name)))


def _asked(told: ToldCase, page: int) -> dict[str, str]:
    return {
        "refund_id": told.number,
        "refund_phase": text(told.raw, "refund_phase"),
        "fields": "id,created,content,owner_role",
        "page_no": str(page),
        "page_size": str(_PAGE),
    }


def say(access: Access, deed: Deed, told: ToldCase, seal: Seal) -> Talk:
    """Say it."""
    values = {"refund_id": told.number, "content": _cut(deed.text)}
    found = yield from call(access, seal, "taobao.refund.message.add", values)
    rows = rows_of(found, "refund_message")
    return DeedReceipt("done", text(rows[0], "id") if rows else told.number)


def _cut(text: str) -> str:
    """At most 400 bytes, no character cut in two."""
    return text.strip().encode()[:MOST_BYTES].decode(errors="ignore").strip()
