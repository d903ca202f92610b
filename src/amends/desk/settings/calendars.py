"""The merchant's calendars: making, changing and removing one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from amends.desk.settings.gate import UnableToSet, check_may_set
from amends.desk.settings.ports import CalendarBook
from amends.facts.calendar_json import UnableToReadCalendar, read_calendar
from amends.facts.calendars import ShopCalendar
from amends.facts.kept_settings import KeptCalendar
from amends.facts.people import Person

LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class CalendarDesk:
    """The verbs of calendars over a book."""

    book: CalendarBook

    def calendars(self, person: Person) -> Sequence[KeptCalendar]:
        """The calendars that the person may see."""
        return self.book.calendars(person.merchants)

    def calendar(self, number: int, person: Person) -> KeptCalendar | None:
        """One calendar; None where there is none, or it is not the person's to see."""
        found = self.book.calendar(number)
        return found if found and person.may_see(found.merchant) else None

    def merchants(self, person: Person) -> list[str]:
        """The merchants for which the person may make a calendar."""
        return [merchant for merchant in self.book.merchants() if person.may_see(merchant)]

    def keep(self, number: int | None, merchant: str, given: Mapping[str, Any], person: Person) -> int:
        """Write a calendar in plain JSON over one that is there, or make one; gives its number. Raises `UnableToSet`, naming the field."""
        there = None if number is None else self.book.calendar(number)
        if number is not None and there is None:
            raise UnableToSet("There is no such calendar.", "没有这个日历。")
        check_may_set(person, there.merchant if there else merchant, None if there else self.book.merchants())
        made = self.book.keep(number, there.merchant if there else merchant, read_given(given))
        if made is None:
            raise UnableToSet("There is a calendar of this name already.", "已有同名日历。", "name")
        return made

    def remove(self, number: int, person: Person) -> None:
        """Remove a calendar that no shop keeps. Raises `UnableToSet`."""
        there = self.book.calendar(number)
        if there is None:
            return
        check_may_set(person, there.merchant)
        if not self.book.remove(number):
            raise UnableToSet(
                "Shops keep this calendar; give them another one first.", "仍有店铺使用该日历；请先为它们更换日历。"
            )


def read_given(given: Mapping[str, Any]) -> ShopCalendar:
    """A calendar in plain JSON that can be kept: it has a name, and opens. Raises `UnableToSet`, naming the field."""
    try:
        calendar = read_calendar(given)
    except UnableToReadCalendar as fault:
        raise UnableToSet(fault.says.en, fault.says.zh, fault.field) from fault
    if not calendar.name.strip() or len(calendar.name) > LONGEST_NAME:
        raise UnableToSet("Give it a name of 80 characters at most.", "请填写名称，最多 80 个字。", "name")
    if not any(calendar.week.days):
        raise UnableToSet("Give at least one day hours.", "请至少为一天填写时间。", "week")
    return calendar
