"""The form in which an analyst answers, the same behind a mail's link and on a forecast's page."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField

from forecasts.answers import estimating
from forecasts.answers.estimating import Answer
from forecasts.mail import emails
from forecasts.models import Estimate, Forecast, kinds
from forecasts.rules import values, wording
from forecasts.rules.errors import InvalidValue
from forecasts.rules.values import RATIONALE_LENGTH, Value
from forecasts.rules.wording import Wording

Event = Estimate.Event
# What rounding each of n options to a tenth of a percent can move their sum by.
ROUNDING = Decimal("0.05")
HUNDRED = Decimal(100)
# The fields in which somebody says that the answer is known.
KNOWN = ("is_known", "known_url", "known_note")


type Fields = dict[str, forms.Field]


class AnswerForm(forms.Form):
    """Four choices, none preselected. The fields of a new value depend on the forecast's kind."""

    event = forms.ChoiceField(label="Your answer", widget=forms.RadioSelect)
    # What the page showed; the template writes the one that stands now, so that a second try answers that.
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    rationale = forms.CharField(
        label="Why",
        required=False,
        max_length=RATIONALE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What moved you. The members of the scenario can read it.",
    )
    is_known = forms.BooleanField(
        label="The answer is known already",
        required=False,
        help_text="Two analysts who say so wake whoever resolves this forecast.",
    )
    known_url = forms.URLField(label="Address where it stands", required=False, max_length=1000, assume_scheme="https")
    known_note = forms.CharField(
        label="What is known", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, forecast: Forecast, own: Estimate | None, *args: Any, corrects: Estimate | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.corrects = corrects
        self.forecast = forecast
        self.own = own
        self.recorded: Estimate | None = None
        self.said = emails.in_words(forecast, Value.of(own)) if own else ""
        self._choices()
        self.value_names: list[str] = []
        for name, field in value_fields(forecast).items():
            self.fields[name] = field
            self.value_names.append(name)
        if forecast.asks.is_yes_or_no:
            self.fields["word"] = _word()
            self.fields["is_meant"] = forms.BooleanField(label="I mean both, as they are", required=False)
        self.order_fields(["event", "word", *self.value_names, "is_meant", "rationale", *KNOWN])

    def _choices(self) -> None:
        # What was said of fewer options than there are now cannot be said again.
        may_keep = self.own is not None and estimating.covers_options(self.forecast, self.own.probabilities)
        keep = [(Event.REAFFIRM, f"No change: keep {self.said}")] if may_keep and not self.corrects else []
        leave = [(Event.WITHDRAW, f"Withdraw my estimate of {self.said}")] if self.said else []
        event = self.fields["event"]
        assert isinstance(event, forms.ChoiceField)  # noqa: S101 - declared so above
        event.choices = [
            *keep,
            (Event.UPDATE, "A new value" if self.own else "My estimate"),
            *leave,
            (Event.DECLINE, "Not my area: do not ask me about this again"),
        ]
        event.error_messages["required"] = "Choose one of these."

    @property
    def is_known_open(self) -> bool:
        """Whether the fields about a known answer are unfolded: where they were used, or hold an error."""
        return any(name in self.errors or self[name].value() for name in KNOWN)

    def known_fields(self) -> Sequence[BoundField]:
        return [self["known_url"], self["known_note"]]

    def value_fields(self) -> Sequence[BoundField]:
        return [self[name] for name in self.value_names]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given = [name for name in self.value_names if cleaned.get(name) is not None]
        if cleaned.get("event") == Event.UPDATE:
            self._clean_value(cleaned)
        elif given and "event" in cleaned:
            self.add_error("event", "You also gave a number. To record it, choose the new value; else clear it.")
        self._clean_known(cleaned)
        return cleaned

    def _clean_known(self, cleaned: dict[str, Any]) -> None:
        said = cleaned.get("known_url") or cleaned.get("known_note")
        if said and not cleaned.get("is_known"):
            self.add_error("is_known", "You say where it is known. Tick this as well, or clear what is below.")
        if cleaned.get("is_known") and not said and not {"known_url", "known_note"} & set(self.errors):
            self.add_error("known_url", "Give an address, or say what is known.")

    def _clean_value(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("word") and cleaned.get("percent") is None and "percent" not in self.errors:
            cleaned["percent"] = Decimal(str(wording.coded(cleaned["word"]).number)) * HUNDRED
        missing = [name for name in self.value_names if cleaned.get(name) is None and name not in self.errors]
        for name in missing:
            self.add_error(name, "Give a value.")
        if not self.errors:
            try:
                cleaned["value"] = self._value([cleaned[name] for name in self.value_names])
            except InvalidValue as error:
                self.add_error(self.value_names[0], str(error))
            else:
                self._ask_back(cleaned)

    def _ask_back(self, cleaned: dict[str, Any]) -> None:
        """A word and a number that disagree are a slip, unless somebody says that they are not."""
        word, units = cleaned.get("word"), cleaned["value"].probability
        if not word or units is None or cleaned.get("is_meant"):
            return
        if flag := wording.apart(wording.coded(word), units):
            self.add_error(
                "is_meant", f"{flag[:1].upper()}{flag[1:]}. Change one of the two, or say that you mean both."
            )

    @property
    def is_asked_back(self) -> bool:
        return "is_meant" in self.errors or bool("is_meant" in self.fields and self["is_meant"].value())

    def _value(self, given: Sequence[Any]) -> Value:
        return values.of(self.forecast, ENTRIES[self.forecast.asks.column].numbers(given))

    def answer(self) -> Answer:
        """What was entered. Only of a form that is valid."""
        data = self.cleaned_data
        answer = Answer(
            event=Event(data["event"]), value=data.get("value"), rationale=data["rationale"], version=data["version"]
        )
        if answer.value is None or not data.get("word"):
            return answer
        said = wording.coded(data["word"])
        return replace(answer, word=said.term, word_scale=said.scale, word_scale_edition=said.edition)


def value_fields(forecast: Forecast) -> Fields:
    """The fields that make up a value of this forecast, by name, in order."""
    return ENTRIES[forecast.asks.column].fields(forecast)


class WordSelect(forms.Select):
    """Tells the page's script which number each word stands for, and its band."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value:
            said: Wording = wording.coded(str(value))
            low, high = said.band
            option["attrs"] |= {"data-number": f"{100 * said.number:g}", "data-low": low, "data-high": high}
        return option


def _word() -> forms.ChoiceField:
    groups = [(scale, [(word.code, word.label) for word in words]) for scale, words in wording.offered()]
    return forms.ChoiceField(
        label="In a word",
        required=False,
        choices=[("", "no word"), *groups],
        widget=WordSelect,
        help_text="Sets the number below, which you may change. Without a number the middle of its band is recorded.",
    )


def _one(_: Forecast) -> Fields:
    return {"percent": _percent("Probability in percent", Decimal("0.1"), Decimal("99.9"))}


def _options(forecast: Forecast) -> Fields:
    return {f"option_{one.position}": _percent(one.label, Decimal(0), HUNDRED) for one in forecast.options.all()}


def _levels(forecast: Forecast) -> Fields:
    unit = f" ({forecast.unit})" if forecast.unit and forecast.asks.is_measured else ""
    make = _day if forecast.asks.is_dated else _number
    return {
        f"quantile_{level}": make(f"{level / 100:g}% chance that it is below{unit}")
        for level in forecast.quantile_levels
    }


def _percent(label: str, lowest: Decimal, highest: Decimal) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=lowest,
        max_value=highest,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.1", "autocomplete": "off"}),
    )


def _number(label: str) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "autocomplete": "off"})
    return forms.FloatField(label=label, required=False, widget=widget)


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


def _shares(percentages: Sequence[Decimal]) -> list[float]:
    """Shares of one. Three times 33.3% is taken for a whole, since nobody can write thirds."""
    total = sum(percentages, Decimal(0))
    exact = abs(total - HUNDRED) <= ROUNDING * len(percentages)
    whole = total if exact else HUNDRED
    return [float(one / whole) for one in percentages] if math.isfinite(whole) and whole else []


class Entry(NamedTuple):
    """How a value is entered: its fields by name, in order, and the numbers that they hold."""

    fields: Callable[[Forecast], Fields]
    numbers: Callable[[Sequence[Any]], list[float]]


ENTRIES = {
    "probability": Entry(_one, lambda given: [float(given[0] / HUNDRED)]),
    "probabilities": Entry(_options, _shares),
    "quantiles": Entry(
        _levels, lambda given: [kinds.days(one) if isinstance(one, date) else float(one) for one in given]
    ),
}
"""By the column that holds the value. Percentages have one decimal."""
