"""That a person was erased, at whose word."""

from django.db import models

from forecasts.models.facts import append_only
from forecasts.models.people import User


class Erasure(models.Model):
    """A person's name, address and rationales were removed on request. A fact."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="erasures")
    made_at = models.DateTimeField()
    operator = models.CharField(max_length=200, help_text="Who ran the command.")
    reason = models.TextField()

    class Meta:
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"Account {self.user_id} on {self.made_at:%Y-%m-%d}"
