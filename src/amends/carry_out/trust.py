"""Whom this machine trusts: read once a process, because reading all authorities takes tens of milliseconds."""

from __future__ import annotations

import functools
import ssl

import httpx


@functools.cache
def trusted() -> ssl.SSLContext:
    """What checks the certificates of others; environment variables change nothing of it."""
    return httpx.create_ssl_context(trust_env=False)
