"""Why a backup cannot be made or restored."""

from forecasts.rules.errors import ReckonerError


class Unusable(ReckonerError):
    """One sentence for the operator. Nothing was kept."""
