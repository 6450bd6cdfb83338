"""The form in which an article is entered: pasted as text, HTML or Markdown, or uploaded, as PDF and Word too."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html

from forecasts.models import Article, Scenario, Source, User
from forecasts.questions.intake import adding
from forecasts.questions.intake.adding import Added, AlreadyHere, Heading
from forecasts.questions.intake.documents import LARGEST_DOCUMENT
from forecasts.questions.intake.simple_values import near, safe_line
from forecasts.questions.intake.taken import SUFFIXES, Format, Taken
from forecasts.rules import access
from forecasts.rules.errors import InvalidValue
from forecasts.rules.local_times import Instant, LocalTimeInput

FORMATS = [(Format.TEXT, "plain text"), (Format.HTML, "HTML"), (Format.MARKDOWN, "Markdown")]


class ArticleEntry(forms.Form):
    """Everything that is refused is refused at its field. Only a form that is valid can be added."""

    source = forms.CharField(
        max_length=200,
        help_text="Who published it: an outlet, a think tank, a ministry. A new name makes a new source.",
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    title = forms.CharField(max_length=500, widget=forms.TextInput(attrs={"size": 80}))
    published_at = Instant(
        label="Published",
        help_text="The day, such as 2024-12-01, or with its time in UTC: 2024-12-01 15:30. What it says of the future "
        "is counted from then.",
        widget=LocalTimeInput(attrs={"placeholder": "2024-12-01"}),
    )
    published_at_note = forms.CharField(
        label="Note on the date", required=False, max_length=200, help_text="Such as “inferred”."
    )
    authors = forms.CharField(required=False, max_length=1000, help_text="Several are parted by semicolons.")
    url = forms.URLField(
        label="Address",
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text="Where it stands. It is kept as a reference and never fetched.",
    )
    language = forms.CharField(max_length=12, initial="en", help_text="Its code, such as en, de or ar.")
    format = forms.ChoiceField(choices=FORMATS, initial=Format.TEXT, required=False)
    body = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "cols": 90}),
        help_text="Paste it here, or choose a file below. At most 2 MB. It never changes afterwards.",
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        help_text="Text, HTML or Markdown in UTF-8, a PDF or a .docx. Its ending says what format it has.",
    )
    whole = forms.BooleanField(
        label="Keep everything",
        required=False,
        help_text="Menus, footers and page numbers too. Otherwise they stay out, and the review page says what did.",
    )
    scenario = forms.ModelChoiceField(
        Scenario.objects.none(), empty_label=None, help_text="Its members will see the article."
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.known_sources = Source.objects.filter(articles__in=Article.objects.visible_to(user)).distinct()
        scenario = self.fields["scenario"]
        assert isinstance(scenario, forms.ModelChoiceField)  # noqa: S101 - declared so above
        scenario.queryset = Scenario.objects.filter(access.scenarios(user, "edit") or Q()).distinct()

    def clean_source(self) -> str:
        return _line(self.cleaned_data["source"])

    def clean_title(self) -> str:
        return _line(self.cleaned_data["title"])

    def clean_published_at(self) -> datetime:
        try:
            return near(self.cleaned_data["published_at"])
        except ValueError as error:
            raise ValidationError(f"The date {error}.") from None

    def clean_authors(self) -> list[str]:
        return [_line(name.strip()) for name in self.cleaned_data["authors"].split(";") if name.strip()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        field = "file" if cleaned.get("file") else "body"
        try:
            cleaned["text"] = self._text(cleaned)
        except AlreadyHere as error:
            self.add_error(field, self._known(error.article))
        except InvalidValue as error:
            self.add_error(field, str(error))
        return cleaned

    def _text(self, cleaned: dict[str, Any]) -> Taken:
        # Unlike the cleaned value, what came has its NUL characters still, and is refused for them in words.
        pasted = str(self.data.get(self.add_prefix("body"), ""))
        file = cleaned.get("file")
        kind = Format(cleaned.get("format") or Format.TEXT)
        whole = bool(cleaned.get("whole"))
        if file is None:
            return adding.body_of(pasted, kind, self.user, whole=whole)
        if pasted.strip():
            raise InvalidValue("file", "Paste the text or choose a file, not both.")
        ending = "." + str(file.name).rsplit(".", 1)[-1].lower()
        content = file.read(LARGEST_DOCUMENT + 1)
        return adding.file_of(content, SUFFIXES.get(ending, kind), self.user, whole=whole)

    def _known(self, article: Article) -> str:
        words = 'This very text is an article already: <a href="{}">{}</a>.'
        return format_html(words, article.get_absolute_url(), article.title)

    def add(self, at: datetime) -> Added | None:
        """The article of a valid form, or None where it is there already; then the form says so."""
        given = self.cleaned_data
        names = ("source", "title", "published_at", "published_at_note", "authors", "url", "language")
        heading = Heading(**{name: given[name] for name in names})
        try:
            return adding.add(heading, given["text"], given["scenario"], at=at, by=self.user)
        except AlreadyHere as error:
            self.add_error("body", self._known(error.article))
            return None


def _line(text: str) -> str:
    try:
        return safe_line(text)
    except ValueError as error:
        said = str(error)
        raise ValidationError(f"{said[:1].upper()}{said[1:]}.") from None
