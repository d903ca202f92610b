"""Connected shops over the database that Django was made ready for: connecting them, hearing them, speaking to them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping

from amends.carry_out.ports import Outside
from amends.carry_out.speech import Speech
from amends.carry_out.wire import Wire
from amends.desk.cases.desk import CaseDesk
from amends.desk.channels.asking import Asking
from amends.desk.channels.connect import ConnectDesk
from amends.desk.channels.ports import Speak
from amends.desk.channels.take_push import PushDesk
from amends.desk.channels.talk_there import TalkThereRounds
from amends.facts.channels import Channel, ReadsTalk
from amends.wiring.channels import BY_NAME
from amends.wiring.clock import now


def speech(wire: Outside | None = None, channels: Mapping[str, Channel] = BY_NAME) -> Speech:
    """What speaks to platforms: one for each process, so that the pace of each connection is kept over all its threads."""
    return Speech(wire or Wire(()), channels, time.monotonic, time.sleep)


def asking(speak: Speak | None = None, channels: Mapping[str, Channel] = BY_NAME) -> Asking:
    """What puts questions to platforms, with the keys that the database keeps."""
    from amends.store.connections import DatabaseConnections

    return Asking(
        DatabaseConnections(), channels, speak or speech(channels=channels), now, lambda: secrets.token_hex(16)
    )


def connect_desk(speak: Speak | None = None, channels: Mapping[str, Channel] = BY_NAME) -> ConnectDesk:
    """The verbs of connections."""
    from amends.store.channel_health import DatabaseHealth
    from amends.store.channel_shops import DatabaseChannelShops
    from amends.store.channel_sweeps import DatabaseSweeps

    return ConnectDesk(asking(speak, channels), DatabaseChannelShops(), DatabaseHealth(), DatabaseSweeps(), _address)


def talk_there(
    cases: CaseDesk, speak: Speak | None = None, channels: Mapping[str, Channel] = BY_NAME
) -> TalkThereRounds:
    """Reads what is said in platforms' own conversations."""
    from amends.store.talk_there import DatabaseTalkThere

    readers = [name for name, one in channels.items() if isinstance(one, ReadsTalk)]
    return TalkThereRounds(asking(speak, channels).ask, readers, DatabaseTalkThere(), cases)


def push_desk(channels: Mapping[str, Channel] = BY_NAME) -> PushDesk:
    """The door for pushes."""
    from amends.store.channel_hints import DatabasePushes
    from amends.store.connections import DatabaseConnections

    return PushDesk(DatabaseConnections(), DatabasePushes(), channels, now)


def _address() -> str:
    """Where platforms reach this house: what the keeper wrote down, without a last slash."""
    from django.conf import settings

    return str(getattr(settings, "PUBLIC_ADDRESS", "")).rstrip("/")
