"""The table of what was put back from a backup."""

from django.db import models


class RestoreRow(models.Model):
    """The database was put back from a backup. `made_at`: as of when it knows the world. Nothing leaves the house until `released_at`."""

    made_at = models.DateTimeField()
    restored_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
