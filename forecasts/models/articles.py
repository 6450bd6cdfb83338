"""Who published, what they published, and what it says will happen."""

import hashlib
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from forecasts.language import OTHER
from forecasts.models.keeping_record import unchanging
from forecasts.models.people import User
from forecasts.models.scenarios import Scenario, categories

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Sources of the articles that this person may see."""
        return self.filter(Exists(Article.objects.visible_to(user).filter(source=OuterRef("pk"))))


class Source(models.Model):
    """Who published: an outlet, a think tank, a ministry."""

    class Kind(models.TextChoices):
        OUTLET = "outlet", "news outlet"
        THINK_TANK = "think_tank", "think tank"
        MINISTRY = "ministry", "ministry"
        ORGANISATION = "organisation", "organisation"
        OTHER = "other", "other"

    name = models.CharField(
        max_length=200, db_index=True, help_text="Two may bear one name where nobody who adds to one sees the other."
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OUTLET)
    url = models.URLField(blank=True)
    scale = models.CharField(max_length=20, blank=True, help_text="The scale of likelihood words it says it uses.")
    scale_edition = models.CharField(max_length=20, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Articles of the scenarios that this person may see."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(Exists(Scenario.objects.visible_to(user).filter(articles=OuterRef("pk"))))


class Article(models.Model):
    """An immutable text. Offsets into `body` are code points."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    title = models.CharField(max_length=500)
    authors = models.JSONField(default=list, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    published_at = models.DateTimeField()
    published_at_note = models.CharField(max_length=200, blank=True, help_text="Such as “inferred”.")
    language = models.CharField(max_length=12, default="en")
    body = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    added_at = models.DateTimeField(null=True, blank=True, editable=False)
    added_by = models.ForeignKey(
        User, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="articles_added"
    )
    notice = models.TextField(
        blank=True, editable=False, help_text="What went wrong while its statements were sought, for its reviewers."
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at"]
        triggers = [unchanging(("body", "sha256", "published_at", "language"), "articles stay as they were written")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])

    @staticmethod
    def normalised(body: str) -> str:
        """Line ends become LF; nothing else is touched."""
        return body.replace("\r\n", "\n").replace("\r", "\n")

    @staticmethod
    def digest(body: str) -> str:
        return hashlib.sha256(body.encode()).hexdigest()


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(article__in=Article.objects.visible_to(user))

    def in_order(self) -> Self:
        return self.order_by("start", "-end", "pk")


class Statement(models.Model):
    """One forward-looking claim of an article, tied to its quote by offsets."""

    class Review(models.TextChoices):
        PROPOSED = "proposed", "proposed"
        ACCEPTED = "accepted", "accepted"
        REJECTED = "rejected", "rejected"
        DUPLICATE = "duplicate", "duplicate"

    UNQUANTIFIED = "unquantified"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="statements")
    key = models.CharField(max_length=40, blank=True, help_text="Its name in the scenario folder, such as S1.")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()
    quote = models.TextField()
    cue = models.CharField(max_length=200)
    category = models.CharField(max_length=30, choices=categories, default=OTHER)
    likelihood = models.CharField(max_length=40, default=UNQUANTIFIED)
    scale = models.CharField(max_length=20, blank=True)
    scale_edition = models.CharField(max_length=20, blank=True)
    scale_is_assumed = models.BooleanField(default=False)
    is_conditional = models.BooleanField("conditional", default=False)
    attributed_to = models.CharField(max_length=200, blank=True)
    review = models.CharField(max_length=10, choices=Review, default=Review.PROPOSED)
    reason = models.TextField(blank=True, help_text="Why it was rejected, or why it was found.")
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="duplicates"
    )
    extractor = models.CharField(max_length=100)
    extractor_version = models.CharField(max_length=100)
    extraction = models.JSONField(default=dict, blank=True, help_text="What the extractor says of its own work.")
    reviewed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="statement_start_before_end"),
            models.CheckConstraint(
                condition=Q(sentence_start__lte=F("start"), sentence_end__gte=F("end")),
                name="statement_inside_sentence",
            ),
            models.CheckConstraint(
                condition=~Q(review="duplicate") | Q(duplicate_of__isnull=False),
                name="statement_duplicate_names_original",
            ),
            models.CheckConstraint(
                condition=~Q(review="rejected") | ~Q(reason=""), name="statement_rejected_has_reason"
            ),
            models.UniqueConstraint(fields=["article", "start", "end"], name="statement_span_once"),
        ]
        triggers = [
            unchanging(
                ("article_id", "start", '"end"', "quote"),
                "what a published forecast was made of stays",
                "EXISTS (SELECT FROM forecasts_forecast f WHERE f.statement_id = OLD.id AND f.published_at IS NOT NULL)",  # noqa: E501
            )
        ]

    def __str__(self) -> str:
        return self.quote if len(self.quote) <= 80 else self.quote[:79] + "…"
