"""All verbs of the settings, as the pages are handed them."""

from __future__ import annotations

from dataclasses import dataclass

from amends.desk.settings.calendars import CalendarDesk
from amends.desk.settings.messages import MessageDesk
from amends.desk.settings.policies import PolicyDesk
from amends.desk.settings.shops import ShopDesk


@dataclass(frozen=True, slots=True)
class SettingsDesk:
    """Policies, calendars, messages and shops."""

    policies: PolicyDesk
    calendars: CalendarDesk
    messages: MessageDesk
    shops: ShopDesk
