"""Serves the pages until it is told to stop."""

from __future__ import annotations

import functools
import logging
import socket
from collections.abc import Callable
from typing import Any, Final

from granian.constants import Interfaces
from granian.server import Server

Application = Callable[..., Any]


class UnableToServe(RuntimeError):
    """The server cannot start; the message says why and what to do."""


_KILL_AFTER: Final = 5
"""Seconds that the worker has to finish what it is answering; nothing is lost by ending it then."""


def serve(build: Callable[[], Application], host: str, port: int, workers: int = 1) -> None:
    """Will serve the application that `build` makes on `host`:`port` until Ctrl-C or SIGTERM; then it returns.

    `build` runs in the worker's own process, so it must be a function that can be pickled (of a module, or a
    `functools.partial` of one over plain values). Each worker has one thread: more of them on PostgreSQL or for many readers.
    Raises `UnableToServe` where the port is taken or may not be used.
    """
    _check_free(host, port)
    server = Server(
        "amends",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        workers_kill_timeout=_KILL_AFTER,
        websockets=False,
        log_level=logging.getLevelName(logging.WARNING).lower(),  # type: ignore[arg-type]
        process_name=None,
    )
    server.serve(target_loader=functools.partial(_load, build), wrap_loader=False)


def _load(build: Callable[[], Application]) -> Application:
    return build()


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise UnableToServe(
                f"cannot listen on {host}:{port} ({fault.strerror}); stop what uses the port, "
                "or choose another one with AMENDS_PORT=8001"
            ) from fault
