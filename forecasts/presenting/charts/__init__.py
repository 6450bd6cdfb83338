"""Pictures for files: reports and histories -> Vega-Lite specifications -> SVG, PNG. Pages draw their own.

* reliability(report), coverage(report), pit(report) -> specification
* trend(found, name): score over months or against lead time
* history(past, resolution, at): one forecast over time
* svg(spec), png(spec): the picture, drawn once for all processes

The same inks as on paper; what a colour says, a dash, a shape or a word says too.
"""

from forecasts.presenting.charts.histories import history
from forecasts.presenting.charts.rendering import png, svg
from forecasts.presenting.charts.reports import coverage, pit, reliability, trend

__all__ = ["coverage", "history", "pit", "png", "reliability", "svg", "trend"]
