"""Serving on this machine until Ctrl-C: the runner beside, fake gateways where it is a demo."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from amends.cli.tools import UnableToStart
from amends.facts.dispute_settings import UnableToReadDisputeSettings
from amends.facts.freight_terms import UnableToReadFreight
from amends.facts.rubrics import UnableToReadRubrics
from amends.wiring.demo_money import aim_webhooks, capture_payments, demo_ways, kept_ways, write_addresses
from amends.wiring.disputes import settings_of as dispute_settings
from amends.wiring.django_start import keep_address
from amends.wiring.freight import terms_of
from amends.wiring.networks import UnableToReadNetworks
from amends.wiring.pages import application
from amends.wiring.processes import fakes, running
from amends.wiring.station import rubrics_of
from amends.wiring.tracking import networks_of
from amends.wiring.ways import UnableToReadWays, read_ways

_UNREADABLE: Final = (UnableToReadNetworks, UnableToReadDisputeSettings, UnableToReadFreight, UnableToReadRubrics)


def serve(data: Path, url: str | None, port: int, demo: bool, workers: int = 1) -> None:
    """Serve the pages on this machine until Ctrl-C, with a runner beside; with `demo`, over fake gateways."""
    kept = kept_ways(data)
    keep_address(data, port)
    with ExitStack() as around:
        if kept is None and demo:
            running_fakes = around.enter_context(fakes(data / "demo-gateways"))
            capture_payments(running_fakes)
            aim_webhooks(running_fakes, port)
            write_addresses(running_fakes, data / "demo-gateways")
            kept = demo_ways(running_fakes)
        ways = kept or ""
        _checked_ways(ways, data)
        around.enter_context(running(data, url, ways))
        _serve_pages(functools.partial(application, data, url, ways), port, workers)


def _checked_ways(text: str, data: Path) -> None:
    try:
        read_ways(text)
    except UnableToReadWays as fault:
        raise UnableToStart(f"{data / 'gateways.yaml'}: {fault}") from fault
    try:
        for read in (networks_of, dispute_settings, terms_of, rubrics_of):
            read(data)
    except _UNREADABLE as fault:
        raise UnableToStart(str(fault)) from fault


def _serve_pages(build: Callable[[], Any], port: int, workers: int) -> None:
    from amends.web.serve import UnableToServe
    from amends.web.serve import serve as serve_pages

    try:
        serve_pages(build, "127.0.0.1", port, workers)
    except UnableToServe as fault:
        raise UnableToStart(str(fault)) from fault
