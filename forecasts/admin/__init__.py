"""The analysts' desk: Django's admin, with one way in for whoever resolves, edits or owns something."""

from forecasts.admin import articles, fact_lists, forecasts, mail, people, relations, scenarios

__all__ = ["articles", "fact_lists", "forecasts", "mail", "people", "relations", "scenarios"]
