"""The examples of the documentation, run as they stand."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess

import pytest

from tests.api.conftest import Live
from tests.conftest import CHECKOUT


def test_the_examples_work_one_after_the_other(live: Live) -> None:
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    page = (CHECKOUT / "docs" / "api.md").read_text(encoding="utf-8")
    examples = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 6
    around = os.environ | {"AMENDS": live.url, "TOKEN": live.token, "CASE": "0", "NO_PROXY": "127.0.0.1"}
    answers = []
    for example in examples:
        done = subprocess.run(["bash", "-c", example], env=around, capture_output=True, text=True, check=True)
        answers.append(json.loads(done.stdout))
        assert "code" not in answers[-1], answers[-1]
        if "new" in answers[-1]:
            around["CASE"] = str(answers[-1]["id"])
    assert answers[-1]["money"]["payments"][0]["given_back"] == "20.00"
