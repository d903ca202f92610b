"""Follow-up joined to the database, to letters and to the buyers' pages."""

from __future__ import annotations

from collections.abc import Callable

from amends.desk.cases.desk import CaseDesk
from amends.desk.follow.desk import FollowDesk
from amends.desk.follow.rounds import FollowRounds
from amends.desk.follow.win_back import WinBackDesk, WinBackRounds
from amends.facts.work import CaseState
from amends.wiring.letters import link_of


def follow_desk(cases: CaseDesk) -> FollowDesk:
    """The verbs of follow-up, over the database that Django was made ready for."""
    from amends.store.follow_book import DatabaseFollow

    return FollowDesk(DatabaseFollow(), cases)


def follow_rounds(cases: CaseDesk) -> FollowRounds:
    """One round of asking buyers whether they are content."""
    from amends.store.follow_book import DatabaseFollow

    return FollowRounds(DatabaseFollow(), cases, survey_page)


def survey_page(state: CaseState) -> str:
    """Where a case's buyer answers; "" where nobody said under which address buyers reach this house, or a platform has its own."""
    link = link_of(state)
    return f"{link}/survey" if link else ""


def win_back_desk(cases: CaseDesk) -> WinBackDesk:
    """The verbs of win-back, over the database that Django was made ready for."""
    from amends.store.win_back_book import DatabaseWinBack

    return WinBackDesk(DatabaseWinBack(), cases, stop_page)


def follow_looks(cases: CaseDesk) -> dict[str, Callable[[], int]]:
    """What the runner looks at after cases are closed, by what people call it."""
    return {
        "whether buyers are content": follow_rounds(cases).look,
        "who may be won back": WinBackRounds(win_back_desk(cases)).look,
    }


def stop_page(state: CaseState) -> str:
    """Where a case's buyer says no to advertising; "" where they have no page of ours."""
    link = link_of(state)
    return f"{link}/no-more" if link else ""
