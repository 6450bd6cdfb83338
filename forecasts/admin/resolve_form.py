"""The form in which somebody says what came of a forecast, with its evidence."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from forecasts.answers import resolving
from forecasts.answers.resolving import Finding, KeptFile, Proof
from forecasts.models import Forecast, Verdict, kinds
from forecasts.rules import values
from forecasts.rules.errors import InvalidValue
from forecasts.rules.local_times import Instant

Outcome = Verdict.Outcome
LATER = "later"
PIECES = 5
WORDS = {
    Outcome.YES: "Yes",
    Outcome.NO: "No",
    Outcome.VALUE: "The value below came true",
    Outcome.ANNULLED: "Annulled: the forecast was defective",
    Outcome.AMBIGUOUS: "Ambiguous: reality stayed unclear",
}


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class EvidenceForm(forms.Form):
    """One piece of evidence. A piece in which only the date of retrieval is filled in is no piece."""

    url = forms.URLField(required=False, label="Address", assume_scheme="https", max_length=1000)
    quote = forms.CharField(
        required=False,
        label="Verbatim quote",
        widget=area(2),
        max_length=10_000,
        help_text="Word for word, as it stands there.",
    )
    as_of = Instant(required=False, label="Speaks for", help_text="Where a figure stands for another day.")
    retrieved_at = Instant(required=False, label="Retrieved")
    file = forms.FileField(
        required=False,
        label="File to keep",
        help_text="PDF, picture or text, up to 10 MB: pages change and vanish.",
    )
    text = forms.CharField(required=False, label="Or text to keep", widget=area(3), max_length=1_000_000)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["kept"] = self._kept(data)
        if data.get("quote") and not data.get("url") and data["kept"] is None and not self.errors:
            self.add_error("url", "Give the address where that stands, or keep the file or the text it is from.")
        return data

    def _kept(self, data: dict[str, Any]) -> KeptFile | None:
        upload: UploadedFile | None = data.get("file")
        if upload is None:
            return resolving.kept_text(data["text"]) if data.get("text") else None
        if data.get("text"):
            self.add_error("text", "Keep a file or a text; another piece takes the other.")
        try:
            return resolving.kept(upload.name or "", upload.read(resolving.LARGEST + 1))
        except InvalidValue as error:
            self.add_error("file", str(error))
            return None

    @property
    def is_begun(self) -> bool:
        """Whether something stands in it, and be it wrong."""
        given = any(self[name].data for name in ("url", "quote", "file", "text"))
        return self.is_bound and (given or bool(self.errors))

    @property
    def is_given(self) -> bool:
        data = self.cleaned_data
        return bool(data.get("url") or data.get("kept"))

    def proof(self) -> Proof:
        data = self.cleaned_data
        return Proof(data["url"], data["quote"], data["retrieved_at"], data["as_of"], data["kept"])


class Pieces:
    """The pieces of evidence of one page; the first is open, each later one folds out."""

    def __init__(self, data: Any, files: Any, at: Any) -> None:
        self.forms = [
            EvidenceForm(data, files, prefix=f"evidence-{place}", initial={"retrieved_at": at})
            for place in range(PIECES)
        ]

    def __iter__(self) -> Iterator[EvidenceForm]:
        return iter(self.forms)

    def is_valid(self) -> bool:
        return not any(form.errors for form in self.forms)

    @property
    def is_given(self) -> bool:
        return any(form.is_given for form in self.forms if form.is_valid())

    @property
    def errors(self) -> list[Any]:
        return [form.errors for form in self.forms if form.errors]

    def proofs(self) -> list[Proof]:
        return [form.proof() for form in self.forms if form.is_given]

    @property
    def media(self) -> forms.Media:
        return self.forms[0].media


class ResolveForm(forms.Form):
    """An outcome that fits the forecast's kind, its times in the forecast's zone, evidence and a note."""

    outcome = forms.ChoiceField(
        label="What came of it?", widget=forms.RadioSelect, error_messages={"required": "Choose one of these."}
    )
    value = forms.FloatField(required=False, widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}))
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}), label="Date that came true")
    annulled_because = forms.ChoiceField(
        required=False, label="What was wrong with it", choices=[("", "Choose…"), *Verdict.Defect.choices]
    )
    until = forms.DateField(
        required=False,
        label="Not knowable before",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Nobody is asked to resolve it until then.",
    )
    known_at = Instant(
        required=False,
        label="Known",
        help_text="When the public could know the answer. Estimates made after it are not scored.",
    )
    known_before = forms.BooleanField(required=False, label="It was known before the forecast opened")
    occurred_at = Instant(required=False, label="Occurred", help_text="When it happened, if it did.")
    note = forms.CharField(required=False, label="Note", widget=area(3), max_length=10_000)

    def __init__(
        self, forecast: Forecast, pieces: Pieces, *args: Any, may_postpone: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.forecast = forecast
        self.pieces = pieces
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101
        unscored = [(o.value, WORDS[o]) for o in Verdict.UNSCORED]
        later = [(LATER, "Not knowable yet")] if may_postpone else []
        outcome.choices = [*self._answers(), *unscored, *later]
        if not may_postpone:
            del self.fields["until"]
        self._fit_kind()

    def _answers(self) -> list[tuple[str, str]]:
        if self.forecast.asks.has_options:
            return [(f"option:{option.pk}", option.label) for option in self.forecast.options.all()]
        worded = ((outcome, self._worded(Outcome(outcome))) for outcome in self.forecast.asks.outcomes)
        return [(outcome, words) for outcome, words in worded if words]

    def _worded(self, outcome: Outcome) -> str:
        """An answer in words; empty past an end of the range that is closed."""
        if outcome not in Verdict.BEYOND:
            return WORDS[outcome]
        return values.past_end(self.forecast, above=outcome == Outcome.ABOVE).capitalize()

    def _fit_kind(self) -> None:
        unit = self.forecast.unit
        self.fields["value"].label = f"Value that came true ({unit})" if unit else "Value that came true"
        if not self.forecast.asks.is_measured:
            del self.fields["value"]
        if not self.forecast.asks.is_dated:
            del self.fields["day"]

    @property
    def is_later(self) -> bool:
        return bool(self.cleaned_data.get("outcome") == LATER)

    def is_valid(self) -> bool:
        """With the evidence. Both are looked at, so that every error is shown at once."""
        pieces = self.pieces.is_valid()
        return super().is_valid() and pieces

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        outcome = data.get("outcome", "")
        if outcome == LATER:
            self._clean_later(data)
        elif outcome == Outcome.ANNULLED:
            self._clean_annulled(data)
        elif outcome and outcome != Outcome.AMBIGUOUS:
            self._clean_answer(data)
        return data

    def _clean_later(self, data: dict[str, Any]) -> None:
        if data.get("until") is None and "until" not in self.errors:
            self.add_error("until", "Give the day before which nobody can know.")
        if not data.get("note"):
            self.add_error("note", "Say why it cannot be known before that day.")

    def _clean_annulled(self, data: dict[str, Any]) -> None:
        if not data.get("annulled_because"):
            self.add_error("annulled_because", "Choose what was wrong.")
        elif data["annulled_because"] == Verdict.Defect.OTHER and not data.get("note"):
            self.add_error("note", "Say what was wrong.")

    def _clean_answer(self, data: dict[str, Any]) -> None:
        opens_at, known_at = self.forecast.opens_at, data.get("known_at")
        if known_at and opens_at and known_at <= opens_at and not data.get("known_before"):
            self.add_error(
                "known_before",
                "That is before the forecast opened. Correct the time, or tick this: it is then counted as known"
                " before opening, and nobody is scored on it.",
            )
        if not self.pieces.is_given and not (data["outcome"] == Outcome.NO and data.get("note")):
            self.add_error(
                None,
                "Give the evidence: an address, a file or a text. A No may say in the note where you looked instead.",
            )

    def finding(self) -> Finding:
        """What was entered. Only of a valid form that is not put off."""
        data = self.cleaned_data
        outcome, _, option = data["outcome"].partition(":")
        value = kinds.days(data["day"]) if data.get("day") is not None else data.get("value")
        is_answer = outcome not in Verdict.UNSCORED
        return Finding(
            outcome=Outcome(outcome),
            option=self.forecast.options.get(pk=option) if option else None,
            value=value if outcome == Outcome.VALUE else None,
            occurred_at=data["occurred_at"] if is_answer else None,
            known_at=data["known_at"] if is_answer else None,
            annulled_because=data["annulled_because"] if outcome == Outcome.ANNULLED else "",
            note=data["note"],
            evidence=self.pieces.proofs(),
        )


class ReasonForm(forms.Form):
    note = forms.CharField(
        label="Why", widget=area(3), max_length=10_000, help_text="Stays in the history, beside your name."
    )
