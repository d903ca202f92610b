"""The shops: how they work by themselves, and what they show their buyers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from amends.basics.currencies import EXPONENTS
from amends.basics.zones import MARKETS
from amends.desk.settings.gate import UnableToSet, check_may_set
from amends.desk.settings.ports import CalendarBook, ShopBook
from amends.facts.kept_settings import KeptCalendar
from amends.facts.people import Person
from amends.facts.shops import (
    BIGGEST_LOGO,
    MOST_ADDRESSES,
    MOST_ANSWER_MINUTES,
    MOST_SETTLE_HOURS,
    MOST_UNDO_SECONDS,
    KeptShop,
    ReturnAddress,
)
from amends.facts.vocabulary_case import LABELS

_MAIL: Final = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+")
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")

Picture = Callable[[bytes], bytes | None]
"""Takes an upload and gives the picture in it, written anew; None where there is none."""


@dataclass(frozen=True, slots=True)
class ShopDesk:
    """The verbs of shops over the books of shops and calendars. `fingerprint` gives the sha256 of a picture."""

    book: ShopBook
    calendars: CalendarBook
    picture: Picture
    fingerprint: Callable[[bytes], str]

    def shops(self, person: Person) -> Sequence[KeptShop]:
        """The shops that the person may see."""
        return self.book.shops(person.merchants)

    def shop(self, number: int, person: Person) -> KeptShop | None:
        """One shop; None where there is none, or it is not the person's to see."""
        found = self.book.shop(number)
        return found if found and person.may_see(found.merchant) else None

    def calendars_of(self, shop: KeptShop) -> list[KeptCalendar]:
        """The calendars that a shop may keep: its own merchant's."""
        return list(self.calendars.calendars(frozenset({shop.merchant})))

    def change(self, shop: KeptShop, person: Person, upload: bytes | None = None) -> None:
        """Write a shop's settings; name, channel and merchant stay as they are. Raises `UnableToSet`, naming the field.

        `upload`: a new logo. Open cases keep the promises that they were given.
        """
        there = self.book.shop(shop.number)
        if there is None:
            raise UnableToSet("There is no such shop.", "没有这家店铺。")
        check_may_set(person, there.merchant)
        wanted = replace(shop, name=there.name, merchant=there.merchant, channel=there.channel)
        self._check(wanted)
        logo = None if upload is None else self._picture(upload)
        if logo is not None:
            wanted = replace(wanted, look=replace(wanted.look, logo_sha256=self.fingerprint(logo)))
        self.book.keep(wanted, logo)

    def _picture(self, upload: bytes) -> bytes:
        if len(upload) > BIGGEST_LOGO:
            raise UnableToSet("A logo is 200 kB at most.", "图标最大 200 kB。", "logo")
        logo = self.picture(upload)
        if logo is None:
            raise UnableToSet(
                "This is no PNG, JPEG or WebP picture that can be opened.",
                "无法打开；请使用 PNG、JPEG 或 WebP 图片。",
                "logo",
            )
        return logo

    def _check(self, shop: KeptShop) -> None:
        if shop.market not in MARKETS and not shop.market.startswith("US-"):
            raise UnableToSet("Choose a market from the list.", "请从列表中选择市场。", "market")
        if shop.currency not in EXPONENTS:
            raise UnableToSet(
                "Write a currency's three letters, for example CNY.", "请填写币种代码，例如 CNY。", "currency"
            )
        if not set(shop.labels) <= LABELS:
            raise UnableToSet("Choose service marks from the list.", "请从列表中选择服务标识。", "labels")
        if not 0 <= shop.undo_seconds <= MOST_UNDO_SECONDS:
            raise UnableToSet("0 to 120 seconds.", "请填写 0 到 120 秒。", "undo_seconds")
        minutes = shop.answer_within_minutes
        if minutes is not None and not 1 <= minutes <= MOST_ANSWER_MINUTES:
            raise UnableToSet(
                "1 minute to 30 days of working time, or nothing.",
                "1 分钟到 30 天的工作时间，或留空。",
                "answer_within",
            )
        hours = shop.settle_within_hours
        if hours is not None and not 1 <= hours <= MOST_SETTLE_HOURS:
            raise UnableToSet(
                "1 to 2000 working hours, or nothing.", "请填写 1 到 2000 个工作小时，或留空。", "settle_within"
            )
        if shop.calendar is not None and shop.calendar not in {one.number for one in self.calendars_of(shop)}:
            raise UnableToSet("Choose a calendar of this merchant.", "请选择该商家的日历。", "calendar")
        _check_look(shop)


def _check_look(shop: KeptShop) -> None:
    look = shop.look
    if len(look.title) > 120:
        raise UnableToSet("120 characters at most.", "最多 120 个字。", "title")
    if look.contact_mail and not (len(look.contact_mail) <= 254 and _MAIL.fullmatch(look.contact_mail)):
        raise UnableToSet(
            "Write a mail address, for example service@shop.example.",
            "请填写邮箱，例如 service@shop.example。",
            "contact_mail",
        )
    if look.colour and not _COLOUR.fullmatch(look.colour):
        raise UnableToSet("Write a colour as #0d5c63.", "颜色请写成 #0d5c63。", "colour")
    if len(look.return_addresses) > MOST_ADDRESSES:
        raise UnableToSet("10 addresses at most.", "最多 10 个地址。", "return_addresses")
    for address in look.return_addresses:
        _check_address(address)


def _check_address(address: ReturnAddress) -> None:
    if not address.name or not address.lines:
        raise UnableToSet(
            "An address has a name and at least one line.", "地址需有收件人和至少一行地址。", "return_addresses"
        )
    if any(len(part) > 200 for part in (address.name, *address.lines, address.phone)) or len(address.lines) > 6:
        raise UnableToSet("Six lines of 200 characters at most.", "最多六行，每行 200 个字。", "return_addresses")
