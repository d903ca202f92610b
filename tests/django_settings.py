"""The least that Django must know to have its models read: for the type checker; nothing runs on these settings."""

SECRET_KEY = "for the type checker only"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "amends.store",
]
USE_TZ = True
