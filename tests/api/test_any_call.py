"""Calls that nobody would think of: none breaks the server, and every answer is one that the document tells of."""

from __future__ import annotations

import subprocess
import sys

from tests.api.conftest import Live


def test_no_call_breaks_the_server_or_the_document(live: Live) -> None:
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    command = [
        sys.executable,
        "-m",
        "schemathesis.cli",
        "run",
        f"{live.url}/api/v1/openapi.json",
        "--header",
        f"Authorization: Bearer {live.token}",
        "--header",
        "Idempotency-Key: any",
        "--checks",
        checks,
        "--max-examples",
        "4",
        "--phases",
        "examples,coverage,fuzzing",
        "--seed",
        "7",
        "--request-timeout",
        "20",
        "--max-failures",
        "10",
        "--no-color",
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
