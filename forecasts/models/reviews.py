"""What reviewers did with an article's statements, act by act."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from forecasts.models.articles import Article
from forecasts.models.facts import append_only
from forecasts.models.people import User


class ReviewAct(models.Model):
    """One act of one reviewer. A fact, and what it takes to undo it; undoing is an act as well."""

    class Act(models.TextChoices):
        ACCEPT = "accept", "accepted"
        REJECT = "reject", "rejected"
        DUPLICATE = "duplicate", "marked as a repeat"
        SPLIT = "split", "split"
        ADD = "add", "added"
        SORT = "sort", "put into another category"
        UNDO = "undo", "undone"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="review_acts")
    number = models.PositiveIntegerField(help_text="Counts the acts on one article, from 1.")
    act = models.CharField(max_length=10, choices=Act)
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    statements = ArrayField(models.BigIntegerField(), help_text="The ids of the statements it changed or made.")
    before = models.JSONField(default=dict, help_text="By id, the fields of a statement as they were.")
    made = ArrayField(models.BigIntegerField(), default=list, help_text="The ids of the statements it made.")
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        ordering = ["article", "number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="review_act_number_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_act_display()}"
