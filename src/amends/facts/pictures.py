"""What is known of a picture beside what it shows, and what of that a person should look at: signals with reasons, never a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from amends.facts.picture_words import says_of
from amends.facts.rulebook import Says

Strength = Literal["strong", "weak"]

SLACK: Final = timedelta(hours=1)
"""A camera's clock is not held to less than this."""
FURTHEST_WEST: Final = timedelta(hours=12)
FURTHEST_EAST: Final = timedelta(hours=14)
"""Where a picture does not say in which zone it was taken, it is read in the one that contradicts least."""
WITHOUT_GOODS: Final = frozenset(
    "not_received delivery_delayed false_delivery late_shipment out_of_stock refused_delivery duplicate_charge "
    "unrecognised_charge invoice service better_price ordered_by_mistake wrong_address other".split()
)
"""Reasons that are shown by pictures of other things than the goods in the buyer's hands: when those were taken says nothing."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Content credentials (C2PA) that lie in a file, as far as they could be read. They were not validated.

    `by`: what says that it made or changed the picture. `made_by_model`: they say that a model made it, or a part of it.
    """

    by: str = ""
    actions: tuple[str, ...] = ()
    made_by_model: bool = False


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What a picture's file says. `zoned`: whether `taken_at` came with its offset. `camera`: the file names one. `place`: it holds
    a location; which one is not kept. `generator`: a mark of a model that makes pictures. `screen`: a screenshot, and what tells so.
    """

    width: int = 0
    height: int = 0
    taken_at: datetime | None = None
    zoned: bool = False
    software: str = ""
    editor: str = ""
    generator: str = ""
    camera: bool = False
    place: bool = False
    screen: str = ""
    credentials: Credentials | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """What a case says of when things were where: the reason, the first dispatch and delivery, and when the picture came in."""

    reason: str
    shipped_at: datetime | None
    delivered_at: datetime | None
    came_at: datetime


@dataclass(frozen=True, slots=True)
class PictureSignal:
    """Something about a picture that a person should look at. `detail`: plain JSON. `other`: the piece of another case, where there is."""

    code: str
    strength: Strength
    detail: Mapping[str, Any] = field(default_factory=dict)
    other: int | None = None

    @property
    def says(self) -> Says:
        """The signal in words."""
        return says_of(self.code, self.detail)


@dataclass(frozen=True, slots=True)
class NearPrint:
    """A print that shares a key with a sought one: of which picture, its place among those kept of each, and by which key."""

    picture: int
    anchor: int
    bits: int
    key: tuple[int, int]


@dataclass(frozen=True, slots=True)
class UsedPicture:
    """Where a picture is known from: a piece of another case (`piece`, `case`, `key`, `shop`), or a merchant's own pictures (`name`)."""

    picture: int
    sha256: str
    piece: int | None = None
    case: int | None = None
    key: str = ""
    shop: str = ""
    name: str = ""


GIVERS: Final = frozenset({"buyer", "platform"})
"""Whose pictures are asked whether they are what they are said to be; the shop's own are known again later."""


@dataclass(frozen=True, slots=True)
class PieceToLookAt:
    """A piece that nobody has looked at, with the case that it belongs to. `made`: the house made it itself, a covered copy or a note."""

    number: int
    sha256: str
    mime: str
    by_kind: str
    at: datetime
    case: int
    merchant: str
    made: bool = False

    @property
    def theirs(self) -> bool:
        """Whether a buyer gave it, or a platform for one."""
        return self.by_kind in GIVERS and not self.made


@dataclass(frozen=True, slots=True)
class ShownSignal:
    """A signal as it stands on a case page. `other_case`, `other_key`: the case of the piece it is like, where that may be seen.

    `later`: the signal stands on a piece of the other case, which came after this one.
    """

    sha256: str
    code: str
    strength: str
    says: Says
    other_case: int | None = None
    other_key: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True)
class ProductPicture:
    """A merchant's own picture of a product."""

    number: int
    name: str
    at: datetime


REUSED: Final = frozenset({"same_file", "same_picture"})
CONTRADICTING: Final = frozenset({"before_dispatch", "generator", "credentials_model"})


def metadata_signals(facts: PictureFacts, story: Story) -> list[PictureSignal]:
    """What a buyer's picture says of itself that does not go with the case's story. What a file leaves out is no signal."""
    found = [*_of_time(facts, story)]
    if facts.generator:
        found.append(PictureSignal("generator", "strong", {"software": facts.generator}))
    elif facts.editor:
        found.append(PictureSignal("editor", "weak", {"software": facts.editor}))
    if facts.screen:
        found.append(PictureSignal("screenshot", "weak", {"why": facts.screen}))
    if facts.credentials is not None:
        told = {"by": facts.credentials.by, "actions": list(facts.credentials.actions)}
        model = facts.credentials.made_by_model
        found.append(
            PictureSignal("credentials_model" if model else "credentials", "strong" if model else "weak", told)
        )
    return found


def _of_time(facts: PictureFacts, story: Story) -> list[PictureSignal]:
    taken = facts.taken_at
    if taken is None:
        return []
    latest = taken if facts.zoned else taken + FURTHEST_WEST
    earliest = taken if facts.zoned else taken - FURTHEST_EAST
    shown = _minute(taken) if facts.zoned else taken.replace(tzinfo=None).isoformat(" ", "minutes")
    if earliest > story.came_at + SLACK:
        return [PictureSignal("after_arrival", "weak", {"taken": shown})]
    if story.reason in WITHOUT_GOODS:
        return []
    if story.shipped_at is not None and latest + SLACK < story.shipped_at:
        return [PictureSignal("before_dispatch", "strong", {"taken": shown, "shipped": _minute(story.shipped_at)})]
    if story.delivered_at is not None and latest + SLACK < story.delivered_at:
        return [PictureSignal("before_delivery", "weak", {"taken": shown, "delivered": _minute(story.delivered_at)})]
    return []


def _minute(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def counted(signals: Sequence[PictureSignal], before: Mapping[str, Any]) -> dict[str, int]:
    """What a case is told of its photos for deciding: how many were looked at, used before, of the catalogue, or contradict the story."""
    codes = {one.code for one in signals}
    return {
        "looked_at": int(before.get("looked_at") or 0) + 1,
        "reused": int(before.get("reused") or 0) + bool(codes & REUSED),
        "catalogue": int(before.get("catalogue") or 0) + ("catalogue" in codes),
        "contradicting": int(before.get("contradicting") or 0) + bool(codes & CONTRADICTING),
    }
