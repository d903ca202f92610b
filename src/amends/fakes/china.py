"""China's time, in which WeChat Pay and Alipay count their days."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8))


def china_time(at: int) -> datetime:
    """The moment `at` (seconds since 1970) on a clock in China."""
    return datetime.fromtimestamp(at, CHINA)


def china_day(at: int) -> str:
    """The day of that moment, such as ``2026-11-25``."""
    return china_time(at).date().isoformat()


def china_clock(at: int) -> str:
    """The moment as Chinese bills write it: ``2026-11-25 18:30:00``."""
    return china_time(at).strftime("%Y-%m-%d %H:%M:%S")
