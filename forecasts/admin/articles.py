"""Sources, articles and their statements."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from forecasts.admin.site import AdministratorsOnly, ScenarioScoped
from forecasts.models import Article, Scenario, Source, Statement


@admin.register(Source)
class SourceAdmin(AdministratorsOnly):
    list_display = ["name", "kind", "scale", "scale_edition"]
    search_fields = ["name"]


class ArticleForm(forms.ModelForm):
    """The body is taken as it is; only its line ends become LF."""

    class Meta:
        model = Article
        fields = ["source", "title", "authors", "url", "published_at", "published_at_note", "language", "body"]

    def clean_body(self) -> str:
        body = Article.normalised(str(self.data.get(self.add_prefix("body"), "")))
        if "\x00" in body:
            raise ValidationError("The text holds a NUL character, which no article does.")
        if Article.objects.filter(sha256=Article.digest(body)).exists():
            raise ValidationError("This very text is an article here already.")
        return body


@admin.register(Article)
class ArticleAdmin(ScenarioScoped):
    scenario_path = "scenarios"
    form = ArticleForm
    list_display = ["title", "source", "published_at"]
    list_filter = ["source"]
    list_select_related = ["source"]
    search_fields = ["title", "body"]
    date_hierarchy = "published_at"
    readonly_fields = ["sha256"]

    def scenarios_of(self, obj: models.Model) -> list[Scenario]:
        assert isinstance(obj, Article)  # noqa: S101
        return list(Scenario.objects.filter(articles=obj))

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """An article is immutable: its statements point into it."""
        return ["sha256"] if obj is None else ["sha256", "body"]

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        if not change:
            obj.sha256 = Article.digest(obj.body)
        super().save_model(request, obj, form, change)


@admin.register(Statement)
class StatementAdmin(ScenarioScoped):
    scenario_path = "article__scenarios"
    list_display = ["quote", "category", "likelihood", "review", "article"]
    list_filter = ["review", "category", "likelihood"]
    list_select_related = ["article"]
    search_fields = ["quote", "article__title"]
    fields = [
        "article", "quote", "cue", "category", "likelihood", "is_conditional", "attributed_to", "review", "reason",
        "duplicate_of",
    ]  # fmt: skip
    readonly_fields = ["article", "quote", "cue"]
    raw_id_fields = ["duplicate_of"]

    def scenarios_of(self, obj: models.Model) -> list[Scenario]:
        assert isinstance(obj, Statement)  # noqa: S101
        return list(Scenario.objects.filter(articles=obj.article_id))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
