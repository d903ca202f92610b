"""What belongs to a person at the desk: saved views, whether they still need the guide, and what they are looking at.

No case is changed by any of it, so it is no business of the desk's verbs: the pages write it straight down, as they do sessions.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from amends.facts.listed import SavedView
from amends.facts.rulebook import Says
from amends.store.database import writing
from amends.store.models import CaseRow, GuidedRow, PresenceRow, SavedViewRow

MOST: Final = 30
LONGEST: Final = 40
LOOKING: Final = timedelta(seconds=60)
"""For how long someone counts as looking after they last said so."""
_FORGET: Final = timedelta(hours=1)


class UnableToSaveView(ValueError):
    """A view was not saved or renamed; `says` tells why, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


def saved_views(person: str) -> tuple[SavedView, ...]:
    """Will give a person's saved views by name."""
    rows = SavedViewRow.objects.filter(person=person).order_by("name")
    return tuple([SavedView(row.pk, row.name, row.query) for row in rows])


def save_view(person: str, name: str, query: str) -> None:
    """Will keep a question under a name. Raises `UnableToSaveView`."""
    with writing():
        name = _checked(person, name)
        if SavedViewRow.objects.filter(person=person).count() >= MOST:
            raise UnableToSaveView(f"at most {MOST} saved views; delete one first", f"最多保存 {MOST} 个视图，请先删除")
        SavedViewRow.objects.create(person=person, name=name, query=query[:600])


def rename_view(person: str, number: int, name: str) -> bool:
    """Will give a saved view another name; False where the person has no such view. Raises `UnableToSaveView`."""
    with writing():
        row = SavedViewRow.objects.filter(person=person, pk=number).first()
        if row is not None and row.name != name.strip():
            row.name = _checked(person, name)
            row.save(update_fields=["name"])
        return row is not None


def forget_view(person: str, number: int) -> bool:
    """Will delete a saved view; False where the person has no such view."""
    with writing():
        return bool(SavedViewRow.objects.filter(person=person, pk=number).delete()[0])


def _checked(person: str, name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= LONGEST:
        raise UnableToSaveView(f"name: give 1 to {LONGEST} characters", f"名称：请填写 1 至 {LONGEST} 个字")
    if SavedViewRow.objects.filter(person=person, name=name).exists():
        raise UnableToSaveView(f"name: you have a view called {name} already", f"名称：已有名为“{name}”的视图")
    return name


def needs_guide(person: str) -> bool:
    """Will say whether a person has neither done anything from the list nor put the guide away."""
    return not GuidedRow.objects.filter(person=person).exists()


def guided(person: str) -> None:
    """Will show a person the guide no more."""
    if needs_guide(person):
        with writing():
            GuidedRow.objects.get_or_create(person=person)


def look_at(number: int, person: str, now: datetime) -> tuple[str, ...]:
    """Will note that a person looks at a case, and give the others who do."""
    with writing():
        if CaseRow.objects.filter(pk=number).exists():
            PresenceRow.objects.update_or_create(case_id=number, person=person, defaults={"at": now})
            PresenceRow.objects.filter(case_id=number, at__lt=now - _FORGET).delete()
    return lookers(number, person, now)


def lookers(number: int, but: str, now: datetime) -> tuple[str, ...]:
    """Will give who looks at a case, but for one person."""
    rows = PresenceRow.objects.filter(case_id=number, at__gt=now - LOOKING).exclude(person=but)
    return tuple(rows.order_by("person").values_list("person", flat=True))
