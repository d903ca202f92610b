"""The processes beside the server: what does not start says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.cli.tools import UnableToStart
from amends.wiring.processes import fakes


def test_fakes_whose_folder_is_a_file_are_a_plain_message(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UnableToStart, match=r"python -m amends\.fakes"), fakes(tmp_path / "taken"):
        pass
