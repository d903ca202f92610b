"""What leaves the house: the PDF, or the set of files that a forum wants. To whom each file was given stands in its custody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, not_allowed
from amends.desk.dossiers.desk import DossierDesk, DossierLook, dossier_of, look
from amends.facts.dossier import PDF, Dossier, Exhibit
from amends.facts.log import Actor
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.vault import Custody
from amends.prove.dossier.checklists import proofs
from amends.prove.dossier.packs import (
    HOW_TO_VERIFY,
    Source,
    batches,
    cut,
    exhibit_pages,
    fit,
    manifest,
    sums,
    write_zip,
)

ZIP: Final = "application/zip"


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was written: its name, its type, and what the forum does not take as it is."""

    name: str
    mime: str
    warnings: tuple[Says, ...] = ()


def hand_out_pdf(desk: DossierDesk, case: int, number: int, person: Person) -> tuple[Dossier, BinaryIO]:
    """Open a built dossier to be given to its forum, and write down that it and all that is shown in it were. Raises `UnableToWork`."""
    dossier, forum = _built(desk, case, number, person)
    by, evidence = actor(person), desk.vault.evidence
    try:
        file = evidence.hand_out(dossier.sha256, by, forum, case)
    except FileNotFoundError as fault:
        raise UnableToWork("not_found", "the file is not kept any more", "文件已按期删除") from fault
    for sha in dossier.shown:
        done = Custody("handed_out", by, desk.now(), "", case, {"to": forum, "made": dossier.sha256})
        evidence.shelf.note(sha, done)
    return dossier, file


def export(desk: DossierDesk, case: int, number: int, person: Person, into: BinaryIO) -> HandedOut:
    """Write what a dossier's forum wants into a file. Raises `UnableToWork`.

    A bank: the PDF. A platform's form: the text cut to its length, files within its limits in batches. Police and courts: the PDF, the
    originals, a list of hashes and how to verify them. Carriers and suppliers: the PDF and the files within their limits.
    """
    dossier, file = hand_out_pdf(desk, case, number, person)
    with file:
        document = file.read()
    seen = look(desk, case, person, dossier.choice.forum, dossier.choice.reason)
    kind = seen.checklist.kind
    if kind == "card":
        into.write(document)
        return HandedOut(dossier.name, PDF, _beyond(seen, dossier))
    name = dossier.name.removesuffix(".pdf") + ".zip"
    if kind == "authority":
        _write_set(desk, seen, dossier, person, document, into)
        return HandedOut(name, ZIP)
    return HandedOut(name, ZIP, _write_form(desk, seen, dossier, person, document, into))


def _built(desk: DossierDesk, case: int, number: int, person: Person) -> tuple[Dossier, str]:
    if not person.may("work"):
        raise not_allowed(person.role, "work")
    dossier = dossier_of(desk, case, number, person)
    if not dossier.sha256:
        raise UnableToWork("not_possible", "build it first", "请先生成材料")
    forum = look(desk, case, person, dossier.choice.forum, dossier.choice.reason).checklist.forum_says
    return dossier, f"{forum.en} {dossier.choice.reason}".strip()


def _beyond(seen: DossierLook, dossier: Dossier) -> tuple[Says, ...]:
    most = seen.checklist.limits.total_bytes
    if most is None or dossier.size <= most:
        return ()
    told = f"{dossier.size / 1e6:.1f} MB", f"{most / 1e6:g} MB"
    return (
        Says(
            f"the PDF has {told[0]}; the forum takes {told[1]}. Show fewer exhibits.",
            f"PDF 为 {told[0]}，超过上限 {told[1]}，请减少证据",
        ),
    )


def beyond(seen: DossierLook) -> tuple[Says, ...]:
    """What of a dossier as it stands does not fit its forum: its size, the length of its letter."""
    found = list(_beyond(seen, seen.dossier)) if seen.dossier and seen.dossier.sha256 else []
    _, long = cut(seen.letter, seen.checklist.limits.text)
    return (*found, *([long] if long else []))


def _sources(desk: DossierDesk, seen: DossierLook, person: Person, document: bytes, *, originals: bool) -> list[Source]:
    """The files in their order: as they came, or covered where there is a covered copy."""
    by, to, names = actor(person), seen.checklist.forum_says.en, proofs()
    pages = exhibit_pages(document, len(seen.chosen))
    found = []
    for n, view in enumerate(seen.chosen, 1):
        label = names[view.helps[0]] if view.helps else Says(view.exhibit.name, view.exhibit.name)
        for one in (view.exhibit,) if originals else view.exhibit.copies or (view.exhibit,):
            opening = _opener(desk, one, by, to, seen.state.number)
            found.append(Source(n, one.name, one.mime, one.size, one.sha256, label, opening, pages.get(n, ())))
    return found


def _opener(desk: DossierDesk, one: Exhibit, by: Actor, to: str, case: int) -> Callable[[], BinaryIO]:
    return lambda: desk.vault.evidence.hand_out(one.sha256, by, to, case)


def _write_set(
    desk: DossierDesk, seen: DossierLook, dossier: Dossier, person: Person, document: bytes, into: BinaryIO
) -> None:
    there = desk.vault.custody.files([one.exhibit.sha256 for one in seen.chosen])
    kept = [
        one
        for one in _sources(desk, seen, person, document, originals=True)
        if (file := there.get(one.sha256)) is not None and file.removed_at is None
    ]
    named = [(f"originals/{one.n:03}-{one.name}", one) for one in kept]
    members: list[tuple[str, Callable[[], BinaryIO] | bytes]] = [
        ("HOW-TO-VERIFY.txt", HOW_TO_VERIFY.encode()),
        ("SHA256SUMS", sums((dossier.name, document), named)),
        ("manifest.json", manifest(seen.state.key, seen.checklist.forum, (dossier.name, document), named)),
        (dossier.name, document),
        *[(name, one.open) for name, one in named],
    ]
    write_zip(into, sorted(members, key=lambda one: one[0]))


def _write_form(
    desk: DossierDesk, seen: DossierLook, dossier: Dossier, person: Person, document: bytes, into: BinaryIO
) -> tuple[Says, ...]:
    limits = seen.checklist.limits
    text, long = cut(seen.letter, limits.text)
    sources = _sources(desk, seen, person, document, originals=False)
    fitted = fit(sources, limits, document)
    warnings = (*([long] if long else []), *fitted.warnings)
    members: list[tuple[str, bytes]] = [("text.txt", text.encode()), *batches(fitted.files, limits.files)]
    if seen.checklist.kind == "business":
        members.append((dossier.name, document))
    members.append(("readme.txt", _readme(seen, sources, members, warnings).encode()))
    write_zip(into, sorted(members, key=lambda one: one[0]))
    return warnings


def _readme(
    seen: DossierLook, sources: Sequence[Source], members: Sequence[tuple[str, bytes]], warnings: Sequence[Says]
) -> str:
    """What is in it, in both languages, and what had to be left out or cut."""
    limits, forum = seen.checklist.limits, seen.checklist.forum_says
    labels = {f"{one.n:03}": one for one in sources}
    lines = [
        f"{forum.zh} / {forum.en}  {seen.checklist.reason}  {seen.state.key}",
        "",
        f"上限 / Limits: {limits.files or '–'} files, "
        f"{f'{limits.file_bytes / 1e6:g} MB' if limits.file_bytes else '–'}, {limits.text or '–'} characters, "
        f"{' '.join(limits.formats)}（可信度 / confidence {limits.confidence}）",
        "",
        "text.txt  填入表单的说明文字 / the text for the form",
    ]
    for name, data in members[1:]:
        one = labels.get(name.rpartition("/")[2][:3])
        told = (
            f"证据{one.n} {one.label.zh} / Exhibit {one.n}: {one.label.en} ({one.name}, SHA-256 {one.sha256})"
            if one
            else ""
        )
        lines.append(f"{name}  {len(data)} B  {told}".rstrip())
    if warnings:
        lines += ["", "注意 / Warnings:", *[f"- {one.zh} / {one.en}" for one in warnings]]
    return "\n".join(lines) + "\n"
