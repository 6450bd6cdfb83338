"""Which picture of a report is asked for, and the specification that draws it."""

from collections.abc import Callable

from forecasts.api.questions import Question
from forecasts.presenting import charts, trend
from forecasts.presenting.charts.looks import Spec
from forecasts.presenting.trend import LEAD_TIME, MONTHS

RELIABILITY = "reliability"


def specification(question: Question) -> Spec:
    """The Vega-Lite specification of the plot that was asked for. Raises InvalidValue."""
    return PLOTS[question.plot or RELIABILITY](question)


PLOTS: dict[str, Callable[[Question], Spec]] = {
    RELIABILITY: lambda question: charts.reliability(question.report()),
    "months": lambda question: charts.trend(trend.over_months(question.split(MONTHS)), "months"),
    "lead_time": lambda question: charts.trend(trend.over_lead_times(question.split(LEAD_TIME)), "lead_time"),
    "coverage": lambda question: charts.coverage(question.report()),
    "pit": lambda question: charts.pit(question.report()),
}
