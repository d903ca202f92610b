"""The one item of an `afterSale.operate` call: what each code must carry, and what is refused here because it cannot carry it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amends.channels.douyin.detail import Detail
from amends.channels.douyin.operate_codes import WANTS_ADDRESS, OperateCode
from amends.channels.kernel_deeds import Refused
from amends.channels.kernel_json import text, whole
from amends.facts.deeds import Deed


def operate_item(
    deed: Deed, detail: Detail, code: OperateCode, reasons: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any]:
    """The item. Raises `Refused`."""
    item: dict[str, Any] = {"aftersale_id": deed.case, "update_time": whole(detail.info, "update_time") or 0}
    if deed.action == "refuse":
        return item | _refusal(deed, reasons)
    if deed.text:
        item["remark"] = deed.text
    if code.type in WANTS_ADDRESS:
        if not deed.address.isdecimal():
            raise Refused("failed", "address_missing", "the platform's id of the return address (a number) is needed")
        item["logistics"] = {"receiver_address_id": int(deed.address)}
    if deed.action == "ship_replacement":
        if not deed.carrier or not deed.waybill:
            raise Refused("failed", "waybill_missing", "carrier and waybill of the new parcel are needed")
        item["logistics"] = {"company_code": deed.carrier, "logistics_code": deed.waybill}
    return item


def _refusal(deed: Deed, reasons: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    if not deed.reason.isdecimal():
        raise Refused("failed", "reason_missing", "one of the platform's own reasons to refuse must be chosen")
    chosen = next((reason for reason in reasons if text(reason, "reject_reason_code") == deed.reason), None)
    if reasons and chosen is None:
        raise Refused("failed", "reason_unknown", f"the platform offers no reason {deed.reason} for this case")
    links = urls_of(deed)
    if text(chosen, "evidence_need") == "Y" and not links:
        wanted = text(chosen, "evidence_description") or "proof"
        raise Refused("failed", "proof_missing", f"this reason needs proof: {wanted}")
    words = text(chosen, "reason") or deed.text
    item: dict[str, Any] = {"reject_reason_code": int(deed.reason), "reason": words, "remark": deed.text or words}
    if links:
        item["evidence"] = [{"type": 1, "url": link, "desc": deed.text or words} for link in links]
    return item


def urls_of(deed: Deed) -> list[str]:
    """Where the deed's files lie. The platform takes addresses of pictures only, so anything else is a person's. Raises `Refused`."""
    for file in deed.files:
        if not file.url:
            message = f"{file.name}: the platform takes the address of a file, not its content; add it on the console"
            raise Refused("person", "file_without_address", message)
        if not file.kind.startswith("image/"):
            message = f"{file.name}: the platform takes pictures only ({file.kind} is none); add it on the console"
            raise Refused("person", "file_is_no_picture", message)
    return [file.url for file in deed.files]
