"""What happened that matters for security. Facts: who looks for what went wrong can rely on them."""

from django.db import models

from forecasts.models.facts import append_only
from forecasts.models.people import User


class SecurityEvent(models.Model):
    """One thing that happened to an account or to the installation, and from where. A fact.

    What was typed where an address was asked for is not kept: people type passwords there.
    """

    class Kind(models.TextChoices):
        LOG_IN = "log_in", "log-in"
        DEVICE = "device", "log-in from a new browser"
        LOG_IN_FAILED = "log_in_failed", "log-in failed"
        LOG_IN_REFUSED = "log_in_refused", "too many guesses"
        LOG_OUT = "log_out", "log-out"
        SESSIONS = "sessions", "sessions ended"
        PASSWORD = "password", "new password"
        RESET = "reset", "password reset asked for"
        FACTOR = "factor", "factor added"
        FACTOR_GONE = "factor_gone", "factor removed"
        CODES = "codes", "recovery codes made"
        CONNECTED = "connected", "connected with the identity provider"
        TOKEN = "token", "token made"
        TOKEN_GONE = "token_gone", "token revoked"
        ROLE = "role", "role given"
        ROLE_GONE = "role_gone", "role taken"
        EXPORT = "export", "export"
        ERASURE = "erasure", "erasure"
        SETTING = "setting", "setting changed"

    kind = models.CharField(max_length=20, choices=Kind)
    made_at = models.DateTimeField(db_index=True)
    # Facts outlive the rows that they are about.
    person = models.ForeignKey(
        User,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="security_events",
        help_text="Whose account; none where there is none of that address, or no account is concerned.",
    )
    by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        help_text="Who did it; none at the command line.",
    )
    address = models.GenericIPAddressField(null=True, help_text="Where the request came from.")
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.made_at:%Y-%m-%d %H:%M}"


TOLD = frozenset(
    {
        SecurityEvent.Kind.DEVICE,
        SecurityEvent.Kind.PASSWORD,
        SecurityEvent.Kind.FACTOR,
        SecurityEvent.Kind.FACTOR_GONE,
        SecurityEvent.Kind.CODES,
        SecurityEvent.Kind.CONNECTED,
        SecurityEvent.Kind.TOKEN,
    }
)
"""What the person is told of by mail, so that they notice what somebody else did in their name."""
