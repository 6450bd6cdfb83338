"""What a parser read in a statement: a work row, which can be made anew from the article."""

from typing import Self

from django.db import models

from forecasts.models.articles import Statement


class StatementReadingQuerySet(models.QuerySet["StatementReading"]):
    def of(self, statement: Statement) -> "StatementReading | None":
        """The reading of a statement, if it has been read."""
        return self.filter(statement=statement).first()

    def stale(self, version: str) -> Self:
        """Readings by another version of the reader."""
        return self.exclude(version=version)


class StatementReading(models.Model):
    """The slots of a statement with their offsets in the article, as the reader of `version` found them."""

    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="reading")
    said = models.JSONField(help_text="Slots, likelihood and proposition.")
    version = models.CharField(max_length=40)

    objects = StatementReadingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"reading of {self.statement_id}"
