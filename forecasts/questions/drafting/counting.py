"""Counting rules: which of several figures counts. One that is left open has sunk many a forecast."""

RULES: dict[str, tuple[str, str]] = {
    "cumulative": (
        "cumulative total, best estimate",
        "Counted is the cumulative total from the opening to the closing, by the best estimate.",
    ),
    "cumulative_low": (
        "cumulative total, low estimate",
        "Counted is the cumulative total from the opening to the closing, by the low estimate.",
    ),
    "cumulative_high": (
        "cumulative total, high estimate",
        "Counted is the cumulative total from the opening to the closing, by the high estimate.",
    ),
    "peak": (
        "peak: the highest figure published",
        "Counted is the peak: the highest single figure published that speaks for a day of the window.",
    ),
    "current": (
        "current figure at closing",
        "Counted is the current figure at closing: the last one published that speaks for a day of the window.",
    ),
    "first": (
        "cumulative total as first published",
        "Counted is the cumulative total for the window as first published; later revisions do not count.",
    ),
}
"""By key: what the choice says, and the sentence that it puts into the criteria."""
