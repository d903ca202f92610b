"""What the command line is handed is there, though it is only loaded when a command calls it."""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import fields

import pytest

from amends.cli.tools import Tools
from amends.wiring import TOOLS


@pytest.mark.parametrize("name", [one.name for one in fields(Tools)])
def test_every_tool_is_there_and_goes_to_worker_processes(name: str) -> None:
    tool = getattr(TOOLS, name)
    assert callable(tool.found())
    assert pickle.loads(pickle.dumps(tool)) == tool  # noqa: S301 (what was written in the line itself)


def test_a_command_that_decides_loads_neither_the_pages_nor_the_databases() -> None:
    asked = "import sys; from amends.wiring import TOOLS; from amends.cli.main import command_line; command_line(['decide'])"
    heavy = "print(sorted({'django', 'duckdb', 'sqlglot', 'pikepdf', 'PIL'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", f"{asked}; {heavy}"], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
