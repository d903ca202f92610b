"""The vault over the database that Django was made ready for: its desk, its rounds, the time stamps, and the look through it all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from amends.carry_out.timestamp import QUERY, Judge, UnableToTrustStamp, read_roots, stamp_request
from amends.carry_out.wire import UnableToReach, Wire
from amends.desk.evidence import EvidenceDesk
from amends.desk.vault.desk import VaultDesk
from amends.desk.vault.folder import FolderRounds, Lying
from amends.desk.vault.ports import Covering
from amends.desk.vault.rounds import AuditRounds, DigestRounds, RetentionRounds
from amends.desk.vault.stamping import StampRounds, UnableToStamp
from amends.facts.audit_trail import AuditFinding, AuditProgress
from amends.facts.evidence import Upload
from amends.facts.retention import Retention, UnableToReadRetention, read_retention
from amends.facts.wire import WireRequest
from amends.intake.covering import covered_page, page_count, page_picture
from amends.intake.packing_folder import PackingFolder
from amends.prove.audit import Verifier
from amends.wiring.beside import Beside
from amends.wiring.clock import now

FILE: Final = "timestamping.yaml"
_KNOWN: Final = frozenset({"timestamping", "ca", "pieces"})


class UnableToReadStamping(ValueError):
    """`timestamping.yaml` cannot be used; the message names the field and says what would be right."""


@dataclass(frozen=True, slots=True)
class Stamping:
    """The authority that stamps times, whom to trust for it, and whether each piece is stamped beside the digests."""

    url: str
    judge: Judge
    pieces: bool


def stamping_of(data: Path) -> Stamping | None:
    """What `timestamping.yaml` of the data folder says; None where there is none. Raises `UnableToReadStamping`."""
    file = data / FILE
    if not file.is_file():
        return None
    found: Any = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    if not isinstance(found, dict) or not isinstance(found.get("timestamping"), str):
        raise UnableToReadStamping(f"{file}: timestamping: the address of the authority is wanted")
    if unknown := sorted(set(found) - _KNOWN):
        raise UnableToReadStamping(f"{file}: {unknown[0]}: unknown here; known are {', '.join(sorted(_KNOWN))}")
    url = urlsplit(found["timestamping"])
    if url.scheme not in ("http", "https") or not url.hostname:
        raise UnableToReadStamping(
            f"{file}: timestamping: {found['timestamping']!r} should begin with https:// or http://"
        )
    if not isinstance(found.get("pieces", False), bool):
        raise UnableToReadStamping(f"{file}: pieces: true or false is wanted")
    return Stamping(found["timestamping"], Judge(_roots(data, file, found.get("ca"))), bool(found.get("pieces", False)))


def _roots(data: Path, file: Path, ca: object) -> tuple[Any, ...]:
    if not isinstance(ca, str) or not ca:
        raise UnableToReadStamping(f"{file}: ca: the PEM file with the authority's root certificate is wanted")
    try:
        return tuple(read_roots((data / ca).read_bytes()))
    except (OSError, ValueError) as fault:
        raise UnableToReadStamping(f"{file}: ca: {ca} holds no certificate that can be read: {fault}") from fault


def authority(one: Stamping) -> Callable[[str], tuple[bytes, datetime]]:
    """Asks the configured authority, and nobody else."""
    wire = Wire([urlsplit(one.url).hostname or ""])

    def ask(sha256: str) -> tuple[bytes, datetime]:
        nonce = secrets.randbits(63) | 1
        request = WireRequest("POST", one.url, {"content-type": QUERY}, stamp_request(sha256, nonce))
        try:
            answer = wire.call(request)
            if answer.status != 200:
                raise UnableToStamp(f"the authority answered {answer.status}")
            return answer.body, one.judge.check(answer.body, sha256, nonce)
        except (UnableToReach, UnableToTrustStamp) as fault:
            raise UnableToStamp(str(fault)) from fault

    return ask


def retention_of(data: Path) -> Retention:
    """The house's numbers, or those of `retention.yaml` in the data folder. Raises `UnableToReadRetention`, naming the file."""
    own = data / "retention.yaml"
    built_in = resources.files("amends.wiring").joinpath("retention.yaml")
    text = own.read_text(encoding="utf-8") if own.is_file() else built_in.read_text(encoding="utf-8")
    try:
        return read_retention(yaml.load(text, yaml.CSafeLoader) or {})
    except UnableToReadRetention as fault:
        raise UnableToReadRetention(f"{own}: {fault}") from fault


def verifier(data: Path, expected: frozenset[str] = frozenset()) -> Verifier:
    """Looks through everything that is sealed on this database and in this folder."""
    from amends.store.audit_files import VaultFiles
    from amends.store.audit_reader import DatabaseTrail

    stamping = stamping_of(data)
    fault: Callable[[bytes, str], str] = stamping.judge.fault if stamping else _unjudged
    return Verifier(DatabaseTrail(), VaultFiles(data / "evidence"), fault, expected)


def _unjudged(token: bytes, sha256: str) -> str:
    """Without a file that says whom to trust, only the hash in the token can be looked at."""
    return "" if bytes.fromhex(sha256) in token else "the token is over another hash"


def vault_desk(evidence: EvidenceDesk, data: Path, clock: Callable[[], datetime] = now) -> VaultDesk:
    """The verbs of the vault."""
    from amends.store.audit_runs import DatabaseAuditRuns
    from amends.store.digest_book import DatabaseDigests
    from amends.store.goods_proofs import DatabaseGoodsProofs
    from amends.store.listing_book import DatabaseListings
    from amends.store.stamp_book import DatabaseStamps
    from amends.store.vault_book import DatabaseCustody

    def look() -> Iterator[AuditFinding | AuditProgress]:
        return verifier(data).look()

    return VaultDesk(
        evidence,
        DatabaseGoodsProofs(),
        DatabaseListings(),
        DatabaseCustody(),
        DatabaseDigests(),
        DatabaseStamps(),
        DatabaseAuditRuns(),
        look,
        Covering(page_count, page_picture, covered_page),
        retention_of(data),
        clock,
    )


class _Lying:
    """The packing folder as the desk sees it."""

    def __init__(self, folder: PackingFolder) -> None:
        self._folder = folder

    def whole(self) -> list[Lying]:
        """Files that nobody writes to any more."""
        return [
            Lying(one.path.name, one.shop, Upload(one.path.name, one.chunks), str(one.path))
            for one in self._folder.whole()
        ]

    def done(self, one: Lying) -> None:
        """Put one aside that was taken in."""
        self._folder.done(Path(one.path), one.shop)

    def failed(self, one: Lying, reason: str) -> None:
        """Put one aside that was not."""
        self._folder.failed(Path(one.path), one.shop, reason)


def vault_rounds(evidence: EvidenceDesk, data: Path) -> Mapping[str, Callable[[], object]]:
    """What the runner does for the vault; reading files through and asking outside go on beside."""
    from amends.store.flag_book import DatabaseFlags

    desk, stamping = vault_desk(evidence, data), stamping_of(data)
    folder = FolderRounds(desk, _Lying(PackingFolder(_packing(data), now)))
    found: dict[str, Callable[[], object]] = {
        "the packing folder": Beside(folder.look, "the packing folder").look,
        "the digests": DigestRounds(desk, stamping=stamping is not None).look,
        "what is kept too long": Beside(
            RetentionRounds(desk, (DatabaseFlags().forget,)).look, "what is kept too long"
        ).look,
        "the looks through the vault": Beside(AuditRounds(desk).look, "the looks through the vault").look,
    }
    if stamping is not None:
        stamps = StampRounds(desk, authority(stamping), stamping.url, pieces=stamping.pieces)
        found["the time stamps"] = Beside(stamps.look, "the time stamps").look
    return found


def _packing(data: Path) -> Path:
    """The folder `packing` of the data folder, or the one that the file `packing-folder` there names."""
    told = data / "packing-folder"
    return Path(told.read_text(encoding="utf-8").strip()) if told.is_file() else data / "packing"
