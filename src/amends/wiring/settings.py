"""The verbs of the settings on the database."""

from __future__ import annotations

import hashlib

from amends.desk.house import House
from amends.desk.settings.calendars import CalendarDesk
from amends.desk.settings.desk import SettingsDesk
from amends.desk.settings.messages import MessageDesk
from amends.desk.settings.policies import PolicyDesk
from amends.desk.settings.shops import ShopDesk
from amends.intake.pictures import logo_of


def settings_desk(house: House) -> SettingsDesk:
    """Policies, calendars, messages and shops on the database that Django was made ready for."""
    from amends.store.calendars import DatabaseCalendars
    from amends.store.policy_book import DatabasePolicies
    from amends.store.shop_pages import DatabaseShops
    from amends.store.templates import DatabaseTemplates

    calendars = DatabaseCalendars()
    return SettingsDesk(
        PolicyDesk(DatabasePolicies(), house),
        CalendarDesk(calendars),
        MessageDesk(DatabaseTemplates()),
        ShopDesk(DatabaseShops(), calendars, logo_of, lambda content: hashlib.sha256(content).hexdigest()),
    )
