"""Which address is the API's."""

from django.urls import path

from amends.web.api import docs
from amends.web.api.api import build

urlpatterns = [
    path("api/docs", docs.page, name="api-docs"),
    path("api/docs/<str:file>", docs.swagger, name="api-docs-file"),
    path("api/v1/openapi.json", docs.openapi, name="openapi"),
    path("api/v1/", build().urls),
]
