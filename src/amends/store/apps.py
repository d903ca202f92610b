"""How Django knows the store."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The tables of Amends; short label, so that table names read `store_…`."""

    name = "amends.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
