"""A report as a table."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from forecasts.statistics import Grouped, Report

COLUMNS = ("lower", "upper", "n", "forecasts", "mean_probability", "observed_frequency")
INTERVAL = ("ci95_low", "ci95_high")


def table(answer: Report | Grouped) -> str:
    """One line for each bin, after its group where there are groups. What is not known stays empty."""
    written = io.StringIO()
    writer = csv.writer(written)
    if isinstance(answer, Report):
        writer.writerow([*COLUMNS, *INTERVAL])
        writer.writerows(_lines(answer))
    else:
        writer.writerow(["key", "label", *COLUMNS, *INTERVAL])
        for group in answer.groups:
            writer.writerows([group.key, _harmless(group.label), *line] for line in _lines(group.report))
    return written.getvalue()


def _lines(report: Report) -> Iterator[list[Any]]:
    for one in report.bins:
        yield [*(getattr(one, column) for column in COLUMNS), *(one.ci95 or (None, None))]


def _harmless(label: str) -> str:
    """Spreadsheets compute what begins like a formula."""
    return f"'{label}" if label.startswith(("=", "+", "-", "@", "\t", "\r")) else label
