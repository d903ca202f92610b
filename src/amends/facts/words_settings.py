"""Names of the codes of the settings: zh first, en second."""

from typing import Final

SETTINGS_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "version_state": {
        "draft": ("草稿", "draft"),
        "live": ("生效中", "live"),
        "retired": ("已停用", "retired"),
    },
    "weekday": {
        "mon": ("周一", "Mon"),
        "tue": ("周二", "Tue"),
        "wed": ("周三", "Wed"),
        "thu": ("周四", "Thu"),
        "fri": ("周五", "Fri"),
        "sat": ("周六", "Sat"),
        "sun": ("周日", "Sun"),
    },
    "setting": {
        "name": ("名称", "Name"),
        "zone": ("时区", "Time zone"),
        "week": ("每周时间", "Week"),
        "closed": ("休息的日期", "Closed dates"),
        "extra": ("调休上班的日期", "Extra dates"),
    },
}
