"""What the forms of connecting a shop hold: keys by their names, days on the shop's own calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.http import HttpRequest, QueryDict

from amends.basics.zones import ZONES, local
from amends.desk.channels.faults import UnableToConnect
from amends.facts.channels import Channel, Probe, Setting
from amends.facts.connections import Connection
from amends.facts.deeds import ACTIONS
from amends.web.setup.gate import plain

STEPS: Final = ("platform", "shop", "keys", "test", "choices", "history", "done")
BACK: Final = (7, 30, 90, 365)
"""How many days of history are offered."""
_PROBES: Final = "probes"
_LONG: Final = ("private_key", "certificate", "pem")


@dataclass(frozen=True, slots=True)
class KeyField:
    """A setting as the form shows it. `kept`: its secret is there and is not shown; `tall`: it has several lines."""

    setting: Setting
    value: str
    kept: bool
    tall: bool


def key_fields(channel: Channel, connection: Connection, typed: QueryDict | None = None) -> list[KeyField]:
    """The settings of a channel with what is there, or was typed; a secret is never given back."""
    found = []
    for setting in channel.settings:
        there = str(connection.plain.get(setting.name, ""))
        value = there if typed is None else typed.get(setting.name, "")
        tall = any(word in setting.name for word in _LONG)
        found.append(KeyField(setting, "" if setting.secret else value, setting.name in connection.secrets, tall))
    return found


def typed_keys(channel: Channel, post: QueryDict) -> dict[str, str]:
    """What was typed for each setting."""
    return {setting.name: plain(post.get(setting.name, "")).strip() for setting in channel.settings}


def is_complete(channel: Channel, connection: Connection) -> bool:
    """Whether all that is needed to call the platform is there."""
    return all(
        setting.name in connection.secrets or connection.plain.get(setting.name)
        for setting in channel.settings
        if setting.needed
    )


def own_address(channel: Channel, connection: Connection) -> str:
    """The address that a person gave in place of the platform's own; "" where it is that one."""
    usual = channel.base_url
    for name, value in connection.plain.items():
        usual = usual.replace("{" + name + "}", str(value).removeprefix("https://"))
    return "" if connection.url == usual.rstrip("/") else connection.url


def typed_day(post: QueryDict, field: str, market: str) -> datetime | None:
    """The first instant of a day on the market's calendar; None where nothing was typed. Raises `UnableToConnect`."""
    text = post.get(field, "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UnableToConnect("Write a day as 2026-11-25.", "请按 2026-11-25 的格式填写日期。", field) from None
    return datetime.combine(day, time(), ZONES.get(market) or ZONES["CN"])


def days_back(days: str, now: datetime) -> datetime | None:
    """The instant so many days ago; None where history is to be left out. Raises `UnableToConnect` for another number."""
    if not days:
        return None
    if days not in [str(one) for one in BACK]:
        raise UnableToConnect("Choose how far back to read.", "请选择读取多久以前的记录。", "days")
    return now - timedelta(days=int(days))


def day_of(when: datetime, market: str) -> str:
    """The day of an instant on the market's calendar, as a field for days wants it."""
    return local(when.astimezone(ZONES["CN"]) if market not in ZONES else when, market).date().isoformat()


def remember_probe(request: HttpRequest, number: int, probe: Probe | UnableToConnect) -> None:
    """Keep what a test call found until the page shows it."""
    if isinstance(probe, Probe):
        lacks = [{"zh": one.zh, "en": one.en} for one in probe.lacks]
        told: dict[str, object] = {
            "name": probe.name,
            "until": probe.until.isoformat() if probe.until else "",
            "lacks": lacks,
        }
    else:
        told = {"why": probe.why or "strange", "says": {"zh": probe.says.zh, "en": probe.says.en}}
    request.session[_PROBES] = {str(number): told}


def probe_of(request: HttpRequest, number: int) -> dict[str, object] | None:
    """What the newest test call of this session found, where it was of this connection."""
    found: dict[str, object] | None = request.session.get(_PROBES, {}).get(str(number))
    return found


def deeds_of(channel: Channel) -> list[str]:
    """What may be done by calls, in the usual order."""
    return [action for action in ACTIONS if action in channel.can.actions]


def hands_of(channel: Channel) -> list[str]:
    """What only a person can do over there."""
    return [action for action in ACTIONS if action in channel.can.by_person]
