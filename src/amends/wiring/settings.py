"""The verbs of the settings on the database."""

from __future__ import annotations

from amends.desk.house import House
from amends.desk.settings.calendars import CalendarDesk
from amends.desk.settings.desk import SettingsDesk
from amends.desk.settings.policies import PolicyDesk


def settings_desk(house: House) -> SettingsDesk:
    """Policies, calendars, messages and shops on the database that Django was made ready for."""
    from amends.store.calendars import DatabaseCalendars
    from amends.store.policy_book import DatabasePolicies

    return SettingsDesk(PolicyDesk(DatabasePolicies(), house), CalendarDesk(DatabaseCalendars()))
