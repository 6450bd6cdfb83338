"""Tells a scenario folder's months through the code that runs live, by passing the time; no clock is read.

run(folder, until) -> Iterator[Event]      everything, mails included, into an empty database
retell(loaded, until) -> Told              what people did, asking nobody: the history of a demonstration
summary(scenario) -> list[str]             the calibration report in lines
"""

from forecasts.replaying.folder_history import Told, retell
from forecasts.replaying.running import run
from forecasts.replaying.summing import summary
from forecasts.replaying.timeline import Event

__all__ = ["Event", "Told", "retell", "run", "summary"]
