"""The door for notices: no session is needed, sizes are bounded, unknown gateways are told so."""

from __future__ import annotations

from typing import Any


def test_an_unknown_gateway_is_told_so(stranger: Any) -> None:
    assert stranger.post("/hooks/nobody", b"{}", content_type="application/json").status_code == 404


def test_only_posts_are_taken(stranger: Any) -> None:
    assert stranger.get("/hooks/stripe").status_code == 405


def test_a_body_that_is_too_large_is_not_read(stranger: Any) -> None:
    assert stranger.post("/hooks/stripe", b"x" * 1_100_000, content_type="application/json").status_code == 413
