"""What lets a program act in a person's name."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from forecasts.models.people import User


class Scope(models.TextChoices):
    """What a token may be used for, within what its person may do."""

    READ = "read", "read"
    ESTIMATE = "estimate", "estimate"
    WRITE = "write", "write"
    RESOLVE = "resolve", "resolve"


class Token(models.Model):
    """Named by its person, for some acts only, and until a day. Of its secret only a hash is kept."""

    digest = models.CharField(max_length=128, primary_key=True)
    token_key = models.CharField("begins with", max_length=25, db_index=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    created = models.DateTimeField()
    expiry = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=100)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope))
    used_at = models.DateTimeField(null=True, help_text="Last used, to within ten minutes.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(scopes__len__gt=0, scopes__contained_by=Scope.values), name="token_scopes_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_over(self, at: datetime) -> bool:
        return self.expiry is not None and self.expiry <= at
