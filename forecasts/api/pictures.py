"""Which picture of a report is asked for, and the specification that draws it."""

from collections.abc import Callable

from forecasts import charts, statistics
from forecasts.api.questions import Question
from forecasts.charts.looks import Spec
from forecasts.presenting import trend
from forecasts.presenting.trend import LEAD_TIME, MONTHS
from forecasts.statistics import Grouped

RELIABILITY = "reliability"


def specification(question: Question) -> Spec:
    """The Vega-Lite specification of the plot that was asked for. Raises InvalidValue."""
    return PLOTS[question.plot or RELIABILITY](question)


def _split(question: Question, group_by: str) -> Grouped:
    return statistics.grouped(question.user, group_by, question.filters, question.estimand)


PLOTS: dict[str, Callable[[Question], Spec]] = {
    RELIABILITY: lambda question: charts.reliability(question.report()),
    "months": lambda question: charts.trend(trend.over_months(_split(question, MONTHS)), "months"),
    "lead_time": lambda question: charts.trend(trend.over_lead_times(_split(question, LEAD_TIME)), "lead_time"),
    "coverage": lambda question: charts.coverage(question.report()),
    "pit": lambda question: charts.pit(question.report()),
}
