"""How disputes are talked about with a gateway: plain values, and the door that each gateway with an interface for them has."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

from amends.facts.disputes import DisputeTold
from amends.facts.wire import Seal, WireAnswer, WireRequest

T = TypeVar("T")
Talk = Generator[WireRequest, WireAnswer, T]
FightOutcome = Literal["done", "failed", "absent", "unknown"]
"""`absent`: surely not taken in, it may be sent again. `unknown`: nothing can be concluded; it is read before anything else."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that goes along: what it shows (`amends.facts.evidence` kinds and `dossier`), and its content."""

    sha256: str
    name: str
    kind: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Defence:
    """What is sent about a dispute. `key`: ours, the same with every sending. `again`: how often a key was found used up by an error.

    `family`: what kind of reason it answers. `texts`: by field. `earlier`: the payments that Compelling Evidence 3.0 stands on.
    """

    reference: str
    key: str
    forum: str
    reason: str
    family: str
    texts: Mapping[str, str] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    earlier: tuple[Mapping[str, str], ...] = ()
    appeal: bool = False
    again: int = 0


@dataclass(frozen=True, slots=True)
class FightReceipt:
    """What came of it, in the gateway's own words for people. `retry_after`: seconds it asked us to wait."""

    outcome: FightOutcome
    reference: str = ""
    code: str = ""
    message: str = ""
    retry_after: int | None = None
    alarm: str = ""


class UnableToStage(ValueError):
    """The gateway does not take this as it is (a file too large, a text too long); the message says what, and nothing was submitted."""


@dataclass(frozen=True, slots=True)
class DoorLimits:
    """What a gateway takes. `lists`: whether disputes can be listed; `tells_given`: whether it says if it has an answer of ours.

    `keyed`: it knows our keys, so that the same request again cannot count twice.
    """

    lists: bool
    tells_given: bool
    mimes: frozenset[str]
    most_bytes: int
    most_files: int
    most_text: int
    keyed: bool = False


class DisputeDoor(Protocol):
    """A stateless translator between our disputes and one provider. Pure: no network, clock or chance."""

    @property
    def name(self) -> str:
        """The name by which disputes know their source."""
        ...

    @property
    def limits(self) -> DoorLimits:
        """What it takes."""
        ...

    def listed(self, since: datetime, seal: Seal) -> Talk[tuple[DisputeTold, ...]]:
        """Every dispute that was opened since. Raises `UnableToTalk`."""
        ...

    def read(self, reference: str, seal: Seal) -> Talk[DisputeTold | None]:
        """How a dispute stands there now; None where it says nothing of it. Raises `UnableToTalk`."""
        ...

    def stage(self, what: Defence, seal: Seal) -> Talk[Mapping[str, str]]:
        """Put files and texts there without submitting; what submitting needs of it. Repeated it changes nothing.

        Raises `UnableToTalk`, `UnableToStage`.
        """
        ...

    def submit(self, what: Defence, staged: Mapping[str, str], seal: Seal) -> Talk[FightReceipt]:
        """Submit, in one request. Never to be done twice: whoever is unsure reads first."""
        ...

    def accept(self, what: Defence, seal: Seal) -> Talk[FightReceipt]:
        """Accept the dispute, in one request: it cannot be taken back."""
        ...


def told_json(told: DisputeTold) -> dict[str, Any]:
    """What was told, as plain values for a notice's detail."""
    plain = asdict(told)
    for name in ("due", "opened", "at"):
        plain[name] = plain[name].isoformat() if plain[name] else None
    return plain


def read_told(plain: Mapping[str, Any]) -> DisputeTold:
    """The same read back."""
    moments = {
        name: datetime.fromisoformat(plain[name]) if plain.get(name) else None for name in ("due", "opened", "at")
    }
    return DisputeTold(**{**plain, **moments})
