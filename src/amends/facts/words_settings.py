"""Names of the codes of the settings: zh first, en second."""

from typing import Final

SETTINGS_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "version_state": {
        "draft": ("草稿", "draft"),
        "live": ("生效中", "live"),
        "retired": ("已停用", "retired"),
    },
}
