"""Django's settings, built from explicit values: nothing is read from the environment here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import django
from django.conf import settings
from django.db import connection, connections

from amends.web.tongues import NAMES

HERE: Final = Path(__file__).parent
SESSION_SECONDS: Final = 12 * 60 * 60


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What a start decides. `hosts`: the names by which browsers may call the server. `https`: it stands behind TLS.

    `seal_keys` seal what is kept secret in the database: the first seals, all of them open.
    `address`: under which buyers reach the server, for links in messages; none where nobody said.
    """

    database: Mapping[str, Any]
    secret: str
    seal_keys: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    https: bool = False
    address: str = ""


def start(given: WebSettings) -> None:
    """Will make Django ready in this process; the store can be imported only after.

    A second call in one process (tests) changes the database and nothing else.
    """
    if settings.configured:
        connection.close()
        connections.settings = connections.configure_settings({"default": dict(given.database)})
        del connections["default"]
        return
    settings.configure(**django_settings(given))
    django.setup()


def django_settings(given: WebSettings) -> dict[str, Any]:
    """Will give every setting that differs from Django's own."""
    return {
        "SECRET_KEY": given.secret,
        "SEAL_KEYS": list(given.seal_keys),
        "PUBLIC_ADDRESS": given.address,
        "DEBUG": False,
        "ALLOWED_HOSTS": list(given.hosts),
        "DATABASES": {"default": dict(given.database)},
        "INSTALLED_APPS": [
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "amends.store.apps.StoreConfig",
        ],
        "MIDDLEWARE": [
            "amends.web.api.gate.ApiFirst",
            "amends.web.headers.SafeHeaders",
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.gzip.GZipMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.auth.middleware.LoginRequiredMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        "ROOT_URLCONF": "amends.web.addresses",
        "TEMPLATES": [_templates()],
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "USE_I18N": True,
        "LANGUAGE_CODE": "zh-hans",
        "LANGUAGES": [(html.lower(), name) for html, name in NAMES.values()],
        "STATIC_URL": "/static/",
        "LOGIN_URL": "/sign-in",
        "LOGIN_REDIRECT_URL": "/",
        "LOGOUT_REDIRECT_URL": "/sign-in",
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        "FILE_UPLOAD_HANDLERS": [
            "amends.web.uploads.Quota",
            "django.core.files.uploadhandler.MemoryFileUploadHandler",
            "django.core.files.uploadhandler.TemporaryFileUploadHandler",
        ],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "LOGGING": _logging(),
        **_safety(https=given.https),
    }


def _templates() -> dict[str, Any]:
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(HERE / "templates")],
        "OPTIONS": {
            "builtins": [
                "amends.web.tags",
                "amends.web.rule_tags",
                "amends.web.money_tags",
                "amends.web.who_tags",
                "amends.web.setup_tags",
                "amends.web.station_tags",
                "amends.web.mask_tags",
                "amends.web.case_tags",
                "amends.web.dispute_tags",
                "amends.web.metric_tags",
                "amends.web.guard_tags",
                "amends.web.review_tags",
                "amends.web.portal.tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "amends.web.look.page_context",
                "amends.web.who.who_context",
            ],
        },
    }


def _safety(*, https: bool) -> dict[str, Any]:
    return {
        "SESSION_COOKIE_AGE": SESSION_SECONDS,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": https,
        "CSRF_FAILURE_VIEW": "amends.web.faults.csrf_failed",
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "LANGUAGE_COOKIE_AGE": 365 * 24 * 60 * 60,
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if https else None,
    }


def _logging() -> dict[str, Any]:
    """Faults go to standard error; pages that were not found or refused are no faults."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler"}},
        "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
    }
