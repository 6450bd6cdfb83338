"""Sources, articles and their statements."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forecasts.admin.lists import scenario_filter
from forecasts.admin.site import AdministratorsOnly, ScenarioScoped
from forecasts.models import Article, Scenario, Source, Statement, User
from forecasts.questions.intake.entering import ArticleEntry
from forecasts.rules import access, clock


@admin.register(Source)
class SourceAdmin(AdministratorsOnly):
    list_display = ["name", "kind", "scale", "scale_edition"]
    search_fields = ["name"]


class ArticleForm(forms.ModelForm):
    """What may be mended of an article that is here. Its text and its date may not: statements rest on them."""

    class Meta:
        model = Article
        fields = ["source", "title", "authors", "url", "published_at_note", "language"]

    scenarios = forms.ModelMultipleChoiceField(
        queryset=Scenario.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Whoever sees one of them sees this article. Only those that you edit stand here.",
        error_messages={"required": "An article stays in at least one scenario: without any, nobody would see it."},
    )
    authors = forms.CharField(required=False, help_text="Separate several with semicolons.")
    editor: ClassVar[User]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scenarios"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - declared so above
        edited = Scenario.objects.filter(access.scenarios(self.editor, "edit"))
        field.queryset = edited.order_by("title")
        self.initial["scenarios"] = list(edited.filter(articles=self.instance).values_list("pk", flat=True))
        field.required = not self._elsewhere()
        self.initial["authors"] = "; ".join(self.instance.authors)

    def clean_authors(self) -> list[str]:
        return [name for part in self.cleaned_data["authors"].split(";") if (name := part.strip())]

    def _elsewhere(self) -> list[Scenario]:
        """Those that this person does not edit: they stay."""
        mine = Scenario.objects.filter(access.scenarios(self.editor, "edit")).values("pk")
        return list(Scenario.objects.filter(articles=self.instance).exclude(pk__in=mine))

    def put_into_scenarios(self) -> None:
        self.instance.scenarios.set([*self._elsewhere(), *self.cleaned_data["scenarios"]])


@admin.register(Article)
class ArticleAdmin(ScenarioScoped):
    scenario_path = "scenarios"
    form = ArticleForm
    list_display = ["title", "source", "published_at", "review"]
    list_filter = [scenario_filter("scenarios"), "source"]
    list_select_related = ["source"]
    search_fields = ["title", "body"]
    date_hierarchy = "published_at"
    readonly_fields = ["published_at", "sha256", "added_at", "by", "notice", "body"]
    change_form_template = "admin/forecasts/article/change_form.html"

    def get_view_on_site_url(self, obj: models.Model | None = None) -> str | None:
        """None: a link to its page stands beside that to its review."""
        return None

    def scenarios_of(self, obj: models.Model) -> list[Scenario]:
        assert isinstance(obj, Article)  # noqa: S101
        return list(Scenario.objects.filter(articles=obj))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 -- Django's
        made = super().get_form(request, obj, change, **kwargs)
        return type(made.__name__, (made,), {"editor": request.user})

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        scenarios = ["scenarios"] if self.has_change_permission(request, obj) else []
        return [*ArticleForm.Meta.fields, *scenarios, *self.readonly_fields]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        super().save_related(request, form, formsets, change)
        form.put_into_scenarios()

    def around(self, request: HttpRequest, context: dict[str, Any], stored: Article | None) -> None:
        """Who added it has a name for whoever has met them. The column has no request to ask."""
        if stored is not None:
            context["adminform"].form.instance.adder = access.known(request.user, stored.added_by_id)

    @admin.display(description="added by")
    def by(self, article: Article) -> str:
        return str(getattr(article, "adder", None) or "–")

    @admin.display(description="statements")
    def review(self, article: Article) -> SafeString:
        return format_html('<a href="{}">Review</a>', reverse("review", args=[article.pk]))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The text is taken as it is, its statements are sought at once, and their review follows."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        user = cast("User", request.user)
        if request.method != "POST":
            return self._entry(request, ArticleEntry(user))
        form = ArticleEntry(user, request.POST, request.FILES)
        added = form.add(clock.now()) if form.is_valid() else None
        if added is None:
            return self._entry(request, form)
        self.log_addition(request, added.article, "Added.")
        found = "1 statement was" if added.statements == 1 else f"{added.statements} statements were"
        messages.success(request, f"The article is added, and {found} found in it. Review them here.")
        return HttpResponseRedirect(reverse("review", args=[added.article.pk]))

    def _entry(self, request: HttpRequest, form: ArticleEntry) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Add an article", "form": form}
        return TemplateResponse(request, "admin/forecasts/article/add.html", context)


@admin.register(Statement)
class StatementAdmin(ScenarioScoped):
    """A list to search. What becomes of a statement is decided on its article's review page, which keeps each act."""

    scenario_path = "article__scenarios"
    list_display = ["quote", "category", "likelihood", "review", "article"]
    list_filter = ["review", "category", "likelihood"]
    list_select_related = ["article"]
    search_fields = ["quote", "article__title"]
    fields = [
        "article", "quote", "cue", "category", "likelihood", "is_conditional", "attributed_to", "review", "reason",
        "duplicate_of",
    ]  # fmt: skip
    readonly_fields = ["article", "quote", "cue", "review", "reason", "duplicate_of"]

    def scenarios_of(self, obj: models.Model) -> list[Scenario]:
        assert isinstance(obj, Statement)  # noqa: S101
        return list(Scenario.objects.filter(articles=obj.article_id))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
