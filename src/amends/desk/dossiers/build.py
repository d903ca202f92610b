"""The building of dossiers beside the runner's rounds: exhibits made ready one by one, drawn, put on the shelf and told, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from amends.desk.cases.faults import UnableToWork
from amends.desk.dossiers.desk import DossierDesk, DossierLook, ask, dossier_of, looked
from amends.desk.dossiers.exhibits import kept_of
from amends.facts.dossier import EVENT, KIND, PDF, Dossier, Exhibit, ExhibitView, UnableToMakeDossier
from amends.facts.evidence import PICTURES, UnableToKeep
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.vault import Made
from amends.prove.dossier.content import Prepared, content_of, digest_of
from amends.prove.dossier.pictures import MANY, SMALL, STEPS, Content, film_length, pages_of, prepare

BESIDE_PICTURES: Final = 900_000
"""Bytes of a PDF that are no pictures: its fonts, its texts."""
_READ: Final = PICTURES | {PDF, "text/plain"}


class DossierRounds:
    """Builds what people asked for, one at a time."""

    def __init__(self, desk: DossierDesk) -> None:
        self._desk = desk

    def look(self) -> int:
        """How many were built or failed. What cannot be built says so on its page."""
        wanted = self._desk.book.next(self._desk.now())
        if wanted is None:
            return 0
        try:
            build(self._desk, wanted)
        except (UnableToMakeDossier, UnableToKeep, UnableToWork) as fault:
            self._desk.book.failed(wanted.number, fault.says, self._desk.now())
        except Exception:
            self._desk.book.failed(wanted.number, _BROKEN, self._desk.now())
            raise
        return 1


_BROKEN: Final = Says(
    "it could not be built; whoever keeps this installation finds the reason in the runner's log",
    "生成失败，原因见运行日志，请联系管理员",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF with what it was made of. `content` is empty where nothing has changed since `before`, which stands."""

    content: bytes
    digest: str
    shown: tuple[str, ...]


def build(desk: DossierDesk, wanted: Dossier) -> None:
    """Build a dossier and keep it. The same again leaves the same file and no second entry. Raises `UnableToMakeDossier`."""
    state = desk.vault.evidence.cases.casework.look(wanted.case)
    if state is None:
        raise UnableToMakeDossier("the case is gone", "售后单不存在")
    seen = looked(desk, state, wanted.choice.forum, wanted.choice.reason)
    drawn = draw(desk, seen, wanted)
    if not drawn.content:
        told = {"pages": wanted.pages, "sha256": wanted.sha256, "size": wanted.size, "name": wanted.name}
        desk.book.built(wanted.number, {**told, "digest": drawn.digest, "shown": list(drawn.shown)}, desk.now())
        return
    _keep(desk, seen, wanted, drawn)


def build_now(desk: DossierDesk, case: int, person: Person, forum: str, reason: str) -> Dossier:
    """Build one dossier without waiting for the runner; should that be at it too, both leave one file and one entry.

    Raises `UnableToWork`, `UnableToMakeDossier` and `UnableToKeep`; the last two stand at the dossier as well.
    """
    wanted = ask(desk, case, person, forum, reason)
    try:
        build(desk, wanted)
    except (UnableToMakeDossier, UnableToKeep) as fault:
        desk.book.failed(wanted.number, fault.says, desk.now())
        raise
    return dossier_of(desk, case, wanted.number, person)


def draw(desk: DossierDesk, seen: DossierLook, wanted: Dossier | None) -> Drawn:
    """Draw what a person chose; progress is told of `wanted`, where there is one."""
    exhibits = [one.exhibit for one in seen.chosen]
    kept = kept_of(desk, seen.state.number, seen.state.market, exhibits)
    limit = seen.checklist.limits.total_bytes
    budget = None if limit is None or not exhibits else max(0, limit - BESIDE_PICTURES) // len(exhibits)

    def content(prepared: Sequence[Prepared]) -> dict[str, Any]:
        return content_of(seen.story, seen.checklist, seen.checked, prepared, kept, seen.letter)

    plain = {**content([Prepared(one) for one in seen.chosen]), "budget": budget, "font": desk.drawer.family()}
    digest, shown = digest_of(plain), tuple(dict.fromkeys(sha for one in exhibits for sha in shown_of(one)))
    if wanted is not None and wanted.digest == digest and _is_there(desk, wanted):
        return Drawn(b"", digest, shown)
    prepared, pictures = _prepare_all(desk, seen.chosen, budget, wanted)
    return Drawn(desk.drawer.draw(content(prepared), pictures), digest, shown)


def shown_of(exhibit: Exhibit) -> tuple[str, ...]:
    """Which contents are shown for an exhibit: its covered copies, or itself."""
    return tuple(copy.sha256 for copy in exhibit.copies) or (exhibit.sha256,)


def _is_there(desk: DossierDesk, wanted: Dossier) -> bool:
    kept = desk.vault.custody.files([wanted.sha256]).get(wanted.sha256)
    return kept is not None and kept.removed_at is None


def _prepare_all(
    desk: DossierDesk, views: Sequence[ExhibitView], budget: int | None, wanted: Dossier | None
) -> tuple[list[Prepared], Mapping[str, bytes]]:
    prepared, pictures = [], dict[str, bytes]()
    longest = SMALL if len(views) > MANY else STEPS[0][0]
    for place, view in enumerate(views, 1):
        shown = [found for copy in (view.exhibit.copies or (view.exhibit,)) if (found := _read(desk, copy)) is not None]
        one, made = prepare(view, place, shown, budget, _millis(desk, view.exhibit), longest)
        prepared.append(one)
        pictures.update(made)
        if wanted is not None:
            desk.book.moved(wanted.number, place, len(views) + 1, desk.now())
    return prepared, pictures


def _read(desk: DossierDesk, exhibit: Exhibit) -> Content | None:
    """What can be drawn of a file; None for films and the like, and where retention took the bytes."""
    if exhibit.mime not in _READ:
        return None
    try:
        with desk.vault.evidence.shelf.original(exhibit.sha256) as file:
            return Content(exhibit.mime, file.read())
    except FileNotFoundError:
        return None


def _millis(desk: DossierDesk, exhibit: Exhibit) -> int | None:
    if exhibit.kind != "video":
        return None
    try:
        with desk.vault.evidence.shelf.original(exhibit.sha256) as file:
            return film_length(file)
    except FileNotFoundError:
        return None


def name_of(seen: DossierLook) -> str:
    """What the PDF is called."""
    parts = ("dossier", seen.state.key, seen.checklist.forum, seen.checklist.reason)
    plain = "-".join(one for one in parts if one)
    return "".join([one if one.isalnum() or one in "-._" else "_" for one in plain])[:70] + ".pdf"


def _keep(desk: DossierDesk, seen: DossierLook, wanted: Dossier, drawn: Drawn) -> None:
    """Put it on the shelf, tell the log and note that it is built: in one transaction, so that none is without the others."""
    cases, number, now = desk.vault.evidence.cases, wanted.case, desk.now()
    name, pages = name_of(seen), pages_of(drawn.content)
    with desk.vault.evidence.shelf.making(Made(name, KIND, PDF, drawn.content)) as received:
        sha = received.pieces[0].sha256
        with cases.casework.holding(number) as held:
            if held is None:
                raise UnableToMakeDossier("the case is gone", "售后单不存在")
            known = any(one.sha256 == sha for one in desk.vault.evidence.shelf.of_case(number))
            received.keep(number, "person", wanted.asked_by, now, "house")
            if not known:
                told = {"forum": wanted.choice.forum, "reason": wanted.choice.reason, "file": sha, "name": name}
                data = {**told, "exhibits": len(seen.chosen), "pages": pages}
                held.write(Entry(EVENT, Actor("person", wanted.asked_by), now, data=data))
            facts = {"pages": pages, "sha256": sha, "size": len(drawn.content), "name": name}
            desk.book.built(wanted.number, {**facts, "digest": drawn.digest, "shown": list(drawn.shown)}, now)
