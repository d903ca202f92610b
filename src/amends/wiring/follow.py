"""Follow-up joined to the database, to letters and to the buyers' pages."""

from __future__ import annotations

from amends.desk.cases.desk import CaseDesk
from amends.desk.follow.desk import FollowDesk
from amends.desk.follow.rounds import FollowRounds
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
