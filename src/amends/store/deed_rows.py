"""Rows of deeds and of platforms' sides, as plain values and back."""

from __future__ import annotations

from typing import Final

from amends.facts.deed_work import DeedClaim, DeedState, DeedView, NewDeed, PlatformSide, deed_json, deed_of
from amends.facts.deeds import Action
from amends.facts.rulebook import Says
from amends.store import hot
from amends.store.models import CaseRow, ConnectionRow, DeedRow, PlatformCaseRow

ADDRESS: Final = "return_address"
"""The setting of a connection that holds the platform's id of the address to which goods go back."""
_SIDE: Final = (
    "store_platformcaserow JOIN store_connectionrow ON store_connectionrow.id = store_platformcaserow.connection_id "
    "JOIN store_caserow ON store_caserow.id = store_platformcaserow.case_id WHERE store_platformcaserow.case_id = %s"
)


def side_of_case(number: int) -> PlatformSide | None:
    """Will give how a case stands on its platform; None where it came by no connection."""
    found = hot.joined((PlatformCaseRow, ConnectionRow, CaseRow), _SIDE, [number])
    if not found:
        return None
    row, connection, case = found[0]
    return PlatformSide(
        connection=connection.pk,
        channel=connection.channel,
        number=case.key,
        order=case.order_no,
        status=row.status,
        standing=row.standing,
        version=row.version,
        deadline=row.deadline,
        final=row.final,
        by_itself=row.by_itself,
        read_at=row.read_at,
        on=connection.state == "on",
        may_act=connection.may_act,
        may_pay=connection.may_pay,
        acts_from=connection.acts_from,
        address=str(connection.plain.get(ADDRESS) or ""),
        url=connection.url,
        drift=Says(row.drift_en, row.drift_zh) if row.drift_at else None,
    )


def state_of_deed(row: DeedRow) -> DeedState:
    """Will give a row's state."""
    state: DeedState = row.state  # type: ignore[assignment]
    return state


def action_of(row: DeedRow) -> Action:
    """Will give a row's action."""
    action: Action = row.action  # type: ignore[assignment]
    return action


def new_row(case: int, wanted: NewDeed, connection: int) -> DeedRow:
    """Will make the row of a deed that is wanted, unsaved."""
    return DeedRow(
        connection_id=connection,
        case_id=case,
        key=wanted.deed.key,
        action=wanted.deed.action,
        deed=deed_json(wanted.deed),
        proof=list(wanted.proof),
        state=wanted.state,
        may_send=wanted.state == "wanted",
        made_by=wanted.by,
        made_at=wanted.at,
        due_at=wanted.due,
        code=wanted.code,
        told="person" if wanted.state == "person" else "",
    )


def wanted_of(row: DeedRow) -> NewDeed:
    """Will give a deed as it was wanted."""
    return NewDeed(
        deed_of(row.deed), state_of_deed(row), row.due_at, row.made_by, row.made_at, tuple(row.proof), row.code
    )


def view_of(row: DeedRow) -> DeedView:
    """Will give a deed as people see it."""
    return DeedView(
        number=row.pk,
        action=action_of(row),
        state=state_of_deed(row),
        text=str(row.deed.get("text", "")),
        made_by=row.made_by,
        made_at=row.made_at,
        due_at=row.due_at,
        sends=row.sends,
        settled_at=row.settled_at,
        reference=row.reference,
        code=row.code,
        message=row.message,
        alarm=row.alarm,
    )


def claim_of(row: DeedRow, version: str | None) -> DeedClaim:
    """Will give a leased row as its worker holds it. `version`: the case's now, where it takes the place of the one decided on."""
    told = row.deed if version is None else {**row.deed, "version": version}
    may_send = row.may_send and row.state in ("wanted", "unknown")
    return DeedClaim(
        number=row.pk,
        lease=row.lease,
        connection=row.connection_id,
        case=row.case_id,
        deed=deed_of(told),
        proof=tuple(row.proof),
        state=state_of_deed(row),
        may_send=may_send,
        sends=row.sends,
        asks=row.asks,
    )
