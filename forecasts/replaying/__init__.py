"""Tells a scenario folder's months through the code that runs live, by passing the time."""

from forecasts.replaying.telling import Told, retell

__all__ = ["Told", "retell"]
