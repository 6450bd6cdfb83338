"""Drafts forecasts from accepted statements."""
