"""What is typed about money that a buyer pays: amounts, proofs, links."""

from __future__ import annotations

from amends.basics.money import Minor, UnableToReadAmount, read_minor
from amends.desk.cases.faults import bad_value


def read_price(text: str, digits: int, field: str) -> Minor:
    """An amount that was typed, zero or more. Raises `UnableToWork` that names the field."""
    try:
        found = read_minor(text.strip(), digits)
    except UnableToReadAmount as fault:
        raise bad_value(field, f"an amount such as 12.50: {fault}", "请填写金额，例如 12.50") from fault
    if not 0 <= found < 10**13:
        raise bad_value(field, "an amount of zero or more", "金额不能小于零")
    return found


def proof_of(reference: str) -> str:
    """What proves that money moved. Raises `UnableToWork` where nothing was typed."""
    found = reference.strip()[:160]
    if not found:
        raise bad_value("reference", "give the payment's number", "请填写付款流水号或凭证")
    return found


def checked_link(link: str) -> str:
    """Where something is paid: an address, or the platform's reference. Raises `UnableToWork`."""
    found = link.strip()
    if len(found) > 500:
        raise bad_value("link", "at most 500 characters", "最多 500 字")
    if ":" in found and not found.lower().startswith("https://") and "/" in found:
        raise bad_value(
            "link",
            "an address that begins with https://, or the platform's reference",
            "请填写 https:// 开头的链接，或平台补差价编号",
        )
    return found
