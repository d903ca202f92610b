"""Looks a page over with axe-core, in the light and in the dark: `assert_accessible(page)`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = ("serious", "critical")
LOOK_OVER = """async (standards) => {
  const found = await axe.run(document, { runOnly: standards, resultTypes: ["violations"] });
  return found.violations.map(({ id, impact, help, nodes }) => ({
    id, impact, help, nodes: nodes.map((node) => [node.target.join(" "), node.failureSummary]),
  }));
}"""


def assert_accessible(page: Any, *, looks: tuple[str, ...] = ("light", "dark"), but: tuple[str, ...] = ()) -> None:
    """Will fail where axe-core finds a serious or critical breach of WCAG 2.2 AA in what the page shows now.

    The page is looked over as it stands: open what should be looked at (a menu, a dialog) before. `but` names rules that
    are left out, each with a reason beside the call.
    """
    page.evaluate(_axe())
    told = []
    for look in looks:
        page.emulate_media(color_scheme=look, reduced_motion="reduce")
        for breach in page.evaluate(LOOK_OVER, STANDARDS):
            if breach["impact"] in GRAVE and breach["id"] not in but:
                told += [
                    f"{look}: {breach['id']} ({breach['help']}): {where}\n    {why}" for where, why in breach["nodes"]
                ]
    page.emulate_media(color_scheme=None, reduced_motion=None)
    assert not told, f"{len(told)} breaches on {page.url}\n" + "\n".join(told)


@cache
def _axe() -> str:
    """The script is handed in by the debugger, which no content security policy forbids; the page asks for nothing."""
    return AXE.read_text(encoding="utf-8")
