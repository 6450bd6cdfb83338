"""From verdicts to contributions, tallies and reports."""
