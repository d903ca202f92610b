"""The book of cases in the database: what an import brings in, each case once, the later telling wins."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from amends.facts.imported import CaseMade, IncomingCase, IncomingRefusal, PutOutcome, RowSource, ShopSetting
from amends.facts.log import Actor
from amends.facts.told import told_tracks, with_ours
from amends.store.case_log import append, first_entry, tracks_of
from amends.store.database import writing
from amends.store.members import ensure_merchant
from amends.store.models import CaseFile, CaseRow, CaseText, RawRow, Shop
from amends.store.summary import search_words, summarise_case

_EARLIEST = datetime.min.replace(tzinfo=UTC)


class DatabaseCaseBook:
    """Keeps cases, source rows and refused rows. `now` is asked once a call and stamps what is written."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def put(self, shop: ShopSetting, cases: Sequence[IncomingCase]) -> list[PutOutcome]:
        """Will take in the cases, in order, all or none; see `amends.desk.ports.CaseBook`."""
        at = self._now()
        with writing():
            row = self._shop(shop)
            keys = {one.made.key for one in cases}
            there = {file.case.key: file for file in _files(row, keys)}
            return [_put_one(row, there, one, at) for one in cases]

    def keep_refused(self, shop: ShopSetting, refusals: Sequence[IncomingRefusal]) -> None:
        """Will keep rows that made no case, each once, with the reason."""
        with writing():
            row = self._shop(shop)
            for one in refusals:
                remark = asdict(one.refused.remark) | {"nothing_to_decide": one.refused.nothing_to_decide}
                _keep_rows(row, None, one.source, remark)

    def _shop(self, setting: ShopSetting) -> Shop:
        wanted = {
            "channel": setting.channel,
            "market": setting.market,
            "currency": setting.currency,
            "category": setting.category or "",
            "labels": list(setting.labels),
            "merchant": setting.merchant,
        }
        ensure_merchant(setting.merchant)
        return Shop.objects.get_or_create(name=setting.name, defaults=wanted)[0]


def _files(shop: Shop, keys: set[str]) -> list[CaseFile]:
    """The files of these cases, held until the transaction ends: whoever works on a case meanwhile waits or is waited for."""
    found: list[CaseFile] = []
    ordered = sorted(keys)
    for start in range(0, len(ordered), 500):
        part = ordered[start : start + 500]
        rows = CaseFile.objects.select_related("case").filter(case__shop=shop, case__key__in=part)
        found += rows.select_for_update(of=("self", "case")).order_by("case_id")
    return found


def _put_one(shop: Shop, there: dict[str, CaseFile], one: IncomingCase, at: datetime) -> PutOutcome:
    made = one.made
    digest = _digest(made)
    file = there.get(made.key)
    if file is None:
        case = CaseRow.objects.create(
            shop=shop,
            key=made.key,
            state="open",
            buyer=_buyer(made),
            imported_at=at,
            updated_at=at,
            **summarise_case(made.case),
        )
        file = CaseFile(case=case)
        there[made.key] = file
        _write_file(file, made, digest, is_new=True)
        _keep_rows(shop, case, one.source, None)
        append(case, first_entry("imported", _source(one), at, told_tracks(made.case, made.state), _told_data(one)))
        return "new"
    if file.digest == digest:
        if _moment(made.as_of) > _moment(file.as_of):  # what is older than this and comes later tells nothing new
            file.as_of = made.as_of or ""
            file.save(update_fields=["as_of"])
        return "unchanged"
    if _moment(made.as_of) < _moment(file.as_of):
        return "older"
    case = file.case
    for name, value in summarise_case(with_ours(made.case, file.ours or {})).items():
        setattr(case, name, value)
    case.buyer, case.updated_at = _buyer(made), at
    case.save()
    _write_file(file, made, digest, is_new=False)
    _keep_rows(shop, case, one.source, None)
    told = told_tracks(file.case_json, made.state, tracks_of(case))
    append(case, first_entry("platform_told", _source(one), at, told, _told_data(one)))
    return "changed"


def _source(one: IncomingCase) -> Actor:
    return Actor("platform", str((one.made.case.get("shop") or {}).get("channel") or "")[:120])


def _told_data(one: IncomingCase) -> dict[str, object]:
    """What came: the file's name and digest, and until when it tells."""
    return {"file": one.source.file[-255:], "sha256": one.source.sha256, "as_of": one.made.as_of or ""}


def _write_file(file: CaseFile, made: CaseMade, digest: str, *, is_new: bool) -> None:
    """A changed case loses its decision: an old answer to other facts would mislead."""
    file.case_json, file.decision_json, file.digest = with_ours(made.case, file.ours or {}), None, digest
    file.as_of = made.as_of or ""
    file.remarks = [asdict(one) for one in made.remarks]
    file.save(force_insert=is_new)
    words = search_words(made.case, made.key)
    if is_new:
        CaseText.objects.create(case=file.case, words=words)
    else:
        CaseText.objects.filter(case=file.case).update(words=words)


def _keep_rows(shop: Shop, case: CaseRow | None, source: RowSource, refusal: dict[str, object] | None) -> None:
    RawRow.objects.bulk_create(
        [
            RawRow(
                shop=shop,
                case=case,
                file=source.file[-255:],
                sha256=source.sha256,
                number=number,
                cells=dict(cells),
                refusal=refusal,
            )
            for number, cells in zip(source.numbers, source.raw, strict=True)
        ],
        ignore_conflicts=True,
    )


def _buyer(made: CaseMade) -> str:
    return str((made.case.get("buyer") or {}).get("name") or "")[:120]


def _digest(made: CaseMade) -> str:
    told = [made.case, made.state]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _moment(text: str | None) -> datetime:
    return datetime.fromisoformat(text) if text else _EARLIEST
