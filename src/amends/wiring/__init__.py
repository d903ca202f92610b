"""The one place that builds and joins everything. Explicit tuples; nothing happens on import."""

from __future__ import annotations

from typing import Final

from amends.cli import main
from amends.cli.tools import Tools
from amends.wiring.house import FORMS, load_rulebooks
from amends.wiring.month import play_month
from amends.wiring.pages import Catalogue
from amends.wiring.people import add_person
from amends.wiring.policies import load_policy
from amends.wiring.processes import fakes, platforms, wait
from amends.wiring.readers import (
    audit,
    cases,
    doctor,
    dossiers,
    forecast,
    last_digest,
    metrics,
    past_cases,
