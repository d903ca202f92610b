"""The merchants' policies: taken in from files, compiled from the database."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path

from amends.cli.tools import UnableToStart
from amends.decide.policy.compiled import CompiledPolicy, compile_policy
from amends.decide.policy.read_policy import read_policy
from amends.decide.policy.shelf import Shelf
from amends.decide.policy.spots import UnableToReadPolicy
from amends.facts.kept_policies import LivePolicy
from amends.facts.situation import Policy
from amends.intake.policy_files import policy_files
from amends.wiring.clock import now

PolicyFor = Callable[[str, str, str], Policy]


@cache
def standard() -> CompiledPolicy:
    """The built-in policy, which speaks where no other does."""
    text = resources.files("amends.decide.policy").joinpath("standard.yaml").read_text(encoding="utf-8")
    return compile_policy(read_policy(text))


def load_policy(path: Path | None) -> CompiledPolicy:
    """The policy in the file at `path`; None gives the built-in `standard`. `UnableToReadPolicy` names the lines at fault."""
    return compile_policy(read_policy(path.read_text(encoding="utf-8"))) if path else standard()


def take_in_files(data: Path) -> int:
    """Keep each text in `policies` of the data folder that is not known yet as a new live version; how many were new.

    Raises `UnableToStart`, with nothing kept, where a file cannot be read.
    """
    from amends.store.policy_book import DatabasePolicies

    texts = []
    for path, text in policy_files(data / "policies"):
        try:
            texts.append((read_policy(text), text))
        except UnableToReadPolicy as fault:
            raise UnableToStart(f"{path}: {fault}") from fault
    book = DatabasePolicies()
    return sum(book.take_in_file(policy.id, text, policy.shops, now()) for policy, text in texts)


def live_shelf() -> PolicyFor:
    """Gives the policy that is live for a shop, market and channel now."""
    from amends.store.policy_shelf import LiveShelf

    return LiveShelf(_shelf).policy_for


def live_of(merchant: str) -> list[CompiledPolicy]:
    """A merchant's live policies now, in the order in which they are asked."""
    from amends.store.policy_book import live_policies

    return [compile_policy(read_policy(one.text)) for one in live_policies() if one.merchant == merchant]


def _shelf(live: list[LivePolicy]) -> PolicyFor:
    return Shelf(tuple([compile_policy(read_policy(one.text)) for one in live]), standard()).policy_for
