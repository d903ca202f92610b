"""The dossiers of a case as pages, the command line and the runner use them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from amends.desk.cases.faults import UnableToWork, bad_value, not_allowed
from amends.desk.dossiers.exhibits import exhibits_of
from amends.desk.dossiers.ports import DossierBook, Drawer, OwnLimits, Past, Tell
from amends.desk.dossiers.stories import story_of
from amends.desk.dossiers.without_files import told_without_files
from amends.desk.tracking.desk import TrackingDesk
from amends.desk.tracking.look import parcels_of
from amends.desk.vault.desk import VaultDesk
from amends.facts.dossier import Checked, Checklist, Choice, Dossier, ExhibitView
from amends.facts.dossier_story import Story
from amends.facts.people import Person
from amends.facts.work import CaseState
from amends.prove.dossier.check import check, ready, views
from amends.prove.dossier.checklists import checklist_of, proofs, reasons_of
from amends.prove.dossier.letter import letter_of

NOTHING = ("-",)
"""The order of one who chose no exhibit at all; an empty order is the usual one."""
MOST_LETTER = 8_000


@dataclass(frozen=True, slots=True)
class DossierDesk:
    """What the verbs of dossiers are handed."""

    vault: VaultDesk
    tracking: TrackingDesk
    book: DossierBook
    drawer: Drawer
    tell: Tell
    limits: OwnLimits = lambda forum: None
    past: Past = lambda case: None

    def now(self) -> datetime:
        """The present instant."""
        return self.vault.now()


@dataclass(frozen=True, slots=True)
class DossierLook:
    """A dossier as a person finds it. `chosen`: the exhibits in their order; `left`: those that are not shown.

    `letter`: as it would be drawn now; `own_letter`: a person wrote it. `dossier`: None before anybody chose anything.
    """

    state: CaseState
    checklist: Checklist
    checked: tuple[Checked, ...]
    chosen: tuple[ExhibitView, ...]
    left: tuple[ExhibitView, ...]
    story: Story
    letter: str
    own_letter: bool
    ready: bool
    choice: Choice
    dossier: Dossier | None
    at: datetime

    @property
    def numbers(self) -> Mapping[str, int]:
        """Under which number each file is shown."""
        return {one.exhibit.sha256: place for place, one in enumerate(self.chosen, 1)}

    @property
    def missing(self) -> tuple[Checked, ...]:
        """What must be there and is not."""
        return tuple(one for one in self.checked if one.item.need == "required" and one.state != "have")


def look(desk: DossierDesk, number: int, person: Person, forum: str, reason: str) -> DossierLook:
    """What a case has for a forum and a reason. Raises `UnableToWork`: not found, or no such forum."""
    state = desk.vault.case(number, person)
    return looked(desk, state, forum, reason)


def looked(desk: DossierDesk, state: CaseState, forum: str, reason: str) -> DossierLook:
    """The same, for one who has seen to it that the case may be seen."""
    try:
        checklist = checklist_of(forum, reason, desk.limits(forum))
    except KeyError as fault:
        raise bad_value("forum", f"no such forum: {forum!r}", f"没有该提交对象：{forum}") from fault
    dossier = desk.book.get(state.number, forum, reason)
    choice = dossier.choice if dossier else Choice(forum, reason)
    parcels = parcels_of(desk.tracking, state.number)
    history = desk.vault.evidence.cases.casework.history(state.number)
    box = desk.vault.evidence.cases.money.till.box(state.number)
    story = story_of(desk, state, history, parcels, box)
    exhibits = exhibits_of(desk, state.number, choice.counts_as)
    checked = check(checklist, exhibits, told_without_files(state, parcels, story, desk.past(state.number)))
    chosen, left = _parted(checklist, views(checklist, exhibits), choice.order)
    numbers = {one.exhibit.sha256: place for place, one in enumerate(chosen, 1)}
    letter = choice.letter or letter_of(story, checklist, checked, numbers)
    return DossierLook(
        state, checklist, checked, chosen, left, story, letter, bool(choice.letter), ready(checked), choice, dossier, desk.now()
    )  # fmt: skip


def choose(desk: DossierDesk, number: int, person: Person, choice: Choice) -> Dossier:
    """Keep what a person chose for a dossier. Raises `UnableToWork`."""
    seen = look(desk, number, person, choice.forum, choice.reason)
    if not person.may("work"):
        raise not_allowed(person.role, "work")
    if len(choice.reason) > 60:
        raise bad_value("reason", "at most 60 characters", "最多 60 个字符")
    if len(choice.letter) > MOST_LETTER:
        raise bad_value("letter", f"at most {MOST_LETTER} characters", f"最多 {MOST_LETTER} 个字符")
    there = {one.exhibit.sha256 for one in (*seen.chosen, *seen.left)}
    known = proofs()
    if wrong := [one for one in choice.counts_as.values() if one not in known]:
        raise bad_value("counts_as", f"unknown proof {wrong[0]!r}", f"未知的证明类型：{wrong[0]}")
    order = tuple(one for one in dict.fromkeys(choice.order) if one in there) or NOTHING
    counts = {sha: proof for sha, proof in choice.counts_as.items() if sha in there}
    letter = choice.letter.replace("\r\n", "\n").strip()
    fresh = replace(
        choice,
        order=order,
        counts_as=counts,
        letter="" if letter == seen.letter.strip() and not seen.own_letter else letter,
    )
    return desk.book.keep(number, fresh)


def ask(desk: DossierDesk, number: int, person: Person, forum: str, reason: str) -> Dossier:
    """Have a dossier built by the runner, as it was chosen. Raises `UnableToWork`."""
    desk.vault.case(number, person, "work")
    there = desk.book.get(number, forum, reason)
    if there is None:
        there = choose(desk, number, person, _usual(desk, number, person, forum, reason))
    return desk.book.ask(there.number, person.name, desk.now())


def _usual(desk: DossierDesk, number: int, person: Person, forum: str, reason: str) -> Choice:
    seen = look(desk, number, person, forum, reason)
    return Choice(forum, reason, tuple(one.exhibit.sha256 for one in seen.chosen))


def dossier_of(desk: DossierDesk, case: int, number: int, person: Person) -> Dossier:
    """One of a case's dossiers. Raises `UnableToWork`."""
    desk.vault.case(case, person)
    found = desk.book.numbered(case, number)
    if found is None:
        raise UnableToWork("not_found", "there is no such dossier", "没有该举证材料")
    return found


def known_reason(forum: str, reason: str) -> bool:
    """Whether a forum has a list of its own for a reason."""
    return reason in {code for code, _ in reasons_of(forum)}


def _parted(
    checklist: Checklist, seen: Sequence[ExhibitView], order: Sequence[str]
) -> tuple[tuple[ExhibitView, ...], tuple[ExhibitView, ...]]:
    """What is shown, in its order, and what is not: by choice, or else all that may answer the reason, the weightiest first."""
    by_sha = {one.exhibit.sha256: one for one in seen}
    if order:
        chosen = tuple(by_sha[sha] for sha in order if sha in by_sha)
    else:
        ranks = {one.proof: place for place, one in enumerate(checklist.items)}
        fit = [one for one in seen if one.no_help is None]
        chosen = tuple(
            sorted(fit, key=lambda one: (min([ranks[p] for p in one.helps], default=len(ranks)), one.exhibit.at))
        )
    shown = {one.exhibit.sha256 for one in chosen}
    return chosen, tuple(one for one in seen if one.exhibit.sha256 not in shown)
