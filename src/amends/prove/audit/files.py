"""Every content: its custody, whose it is, and its bytes against its hash; and every file that nobody names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from amends.facts.audit_trail import AuditFinding, AuditProgress, Contents, FileUse, KeptChain, Trail
from amends.facts.log import SealedEntry
from amends.facts.vault import KeptFile, chain_faults, piece_chain
from amends.prove.audit.said import chain_found, found

EVERY: Final = 8 * 1024 * 1024
"""Progress is told after so many bytes."""
CUSTODY: Final = ("custody", "保管链")
_BELONGS: Final = frozenset({"taken_in", "linked"})
_BATCH: Final = 500


def look_at_files(trail: Trail, contents: Contents, total: int) -> Iterator[AuditFinding | AuditProgress]:
    """Everything that is wrong with what the vault keeps."""
    done, told, count = 0, 0, 0
    for count, chain in enumerate(trail.pieces(), 1):
        merchant = next((use.merchant for use in chain.uses), "")
        yield from _chain(chain, merchant)
        for one in _content(chain.file, contents, named_of(chain), merchant):
            if isinstance(one, AuditFinding):
                yield one
                continue
            done += one
            if done - told >= EVERY:
                told = done
                yield AuditProgress("files", count, done, total)
        if count % _BATCH == 0:
            yield AuditProgress("files", count, done, total)
    for use in trail.unkept_uses():
        yield found("use_unkept", use.named, use.merchant, sha=use.sha256)
    yield AuditProgress("files", count, done, total)


def named_of(chain: KeptChain) -> str:
    """How a finding names a content: its hash, and whose it is."""
    whose = ", ".join(use.named for use in chain.uses[:3])
    return f"file {chain.file.sha256}" + (f" ({whose})" if whose else "")


def _chain(chain: KeptChain, merchant: str) -> Iterator[AuditFinding]:
    """The custody itself, and that the rows say what it says."""
    belongs: list[tuple[int, Mapping[str, Any]]] = []
    removed: list[bool] = [False]
    first: list[Mapping[str, Any]] = []

    def passing() -> Iterator[SealedEntry]:
        for one in chain.custody:
            if one.entry.what in _BELONGS:
                belongs.append((one.seq, _told(one)))
                removed[0] = False
            if one.entry.what == "taken_in" and not first:
                first.append(one.entry.data)
            removed[0] = removed[0] or one.entry.what == "removed"
            yield one

    where, sha = named_of(chain), chain.file.sha256
    faults = list(chain_faults(piece_chain(sha), passing(), chain.head, chain.file.count))
    for fault in faults:
        yield chain_found(fault, where, merchant, CUSTODY)
    if not faults:
        yield from _facts(chain.file, first, removed[0], where, merchant)
        yield from _uses(chain, belongs)


def _told(one: SealedEntry) -> Mapping[str, Any]:
    """What custody says of the row that uses a content, in the row's own words."""
    entry = one.entry
    told = {name: value for name, value in entry.data.items() if name != "source"}
    return {**told, "by_kind": entry.by.kind, "by": entry.by.name, "at": entry.at}


def _facts(
    file: KeptFile, first: list[Mapping[str, Any]], removed: bool, where: str, merchant: str
) -> Iterator[AuditFinding]:
    told = first[0] if first else {}
    for field in ("kind", "mime", "size", "source", "origin"):
        mine = getattr(file, field)
        if told.get(field, "") != mine:
            yield found("facts_changed", where, merchant, field=field)
    if removed != (file.removed_at is not None):
        yield found("facts_changed", where, merchant, field="removed_at")


def _uses(chain: KeptChain, belongs: list[tuple[int, Mapping[str, Any]]]) -> Iterator[AuditFinding]:
    """Each row has its entry in the custody, and each such entry its row, with the same in it."""
    left = list(belongs)
    for use in chain.uses:
        fits = [one for one in left if not _differs(use, one[1])]
        if fits:
            left.remove(fits[0])
            continue
        near = min(left, key=lambda one: len(_differs(use, one[1])), default=None)
        if near is None:
            yield found("use_changed", f"{use.named}: file {use.sha256}", use.merchant, field="owner")
            continue
        left.remove(near)
        fields = ", ".join(_differs(use, near[1]))
        yield found("use_changed", f"{use.named}: file {use.sha256}", use.merchant, field=fields)
    for seq, told in left:
        whose = (
            f"case #{told['case']}" if told.get("case") else f"{told.get('order') or told.get('waybill') or 'nobody'}"
        )
        yield found("use_gone", f"file {chain.file.sha256}", seq=seq, whose=whose)


def _differs(use: FileUse, told: Mapping[str, Any]) -> list[str]:
    wanted = {**use.told, "case": use.case}
    return [name for name, value in wanted.items() if told.get(name) != value]


def _content(file: KeptFile, contents: Contents, where: str, merchant: str) -> Iterator[AuditFinding | int]:
    """The bytes of a content, counted as they are read."""
    digest, size = hashlib.sha256(), 0
    try:
        for chunk in contents.sums(file.sha256):
            digest.update(chunk)
            size += len(chunk)
            yield len(chunk)
    except (FileNotFoundError, ValueError):
        if file.removed_at is None:
            yield found("lost", where, merchant)
        return
    if file.removed_at is not None:
        yield found("came_back", where, merchant)
    elif digest.hexdigest() != file.sha256:
        yield found("bytes", where, merchant, found=digest.hexdigest())
    elif size != file.size:
        yield found("size", where, merchant, found=size, size=file.size)


def look_at_strays(trail: Trail, contents: Contents, done: int, total: int) -> Iterator[AuditFinding | AuditProgress]:
    """Files that no row names."""
    batch: list[str] = []
    count = 0
    for count, name in enumerate(contents.names(), 1):
        if len(name) != 64 or "/" in name:
            yield found("stray", f"file {name}")
            continue
        batch.append(name)
        if len(batch) >= _BATCH:
            yield from _strays(trail, batch)
            batch = []
            yield AuditProgress("strays", count, done, total)
    yield from _strays(trail, batch)
    yield AuditProgress("strays", count, done, total)


def _strays(trail: Trail, batch: list[str]) -> Iterator[AuditFinding]:
    for name in sorted(trail.unknown(batch)):
        yield found("stray", f"file {name}")
