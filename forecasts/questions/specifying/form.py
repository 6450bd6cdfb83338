"""The form of a spec: what is counted, compared and settled, chosen from menus that the feed fills."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import cached_property

from forecasts.evidence.feed import Feed, Limit, Text
from forecasts.evidence.feeds import feeds
from forecasts.evidence.menus import Choice, Menus
from forecasts.evidence.parsing import load, spec_of
from forecasts.evidence.spec import FIRST_COMPLETE, OutcomeKind, Rule, Spec, plain
from forecasts.models import Forecast
from forecasts.models.kinds import KINDS
from forecasts.rules.errors import InvalidSpec

FEW, MOST_SHOWN = 12, 600
"""Up to so many values are boxes to tick, and so many are listed."""
COMPARISONS = [("at_least", "at least"), ("at_most", "at most"), ("between", "between")]
RULES = [
    (Rule.INSIDE, "that lie wholly inside"),
    (Rule.OVERLAP, "that share a day with"),
    (Rule.STARTS, "that start in"),
]
_CALLED = {"adm_1": "Region", "adm_2": "District", "adm_3": "Subdistrict", "region": "Part of the world"}
_BLAMED = {"outcome": "number", "window.from": "first", "window": "last", "where.within": "within", "settles": "lag"}

type Said = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """What the spec has to answer: a kind of question, with its options."""

    kind: str
    labels: tuple[str, ...] = ()

    @classmethod
    def by(cls, forecast: Forecast) -> "Asked":
        labels = forecast.options.values_list("label", flat=True) if forecast.pk else ()
        return cls(forecast.kind, tuple(labels))

    @property
    def counted_as(self) -> OutcomeKind:
        return OutcomeKind(KINDS[self.kind].counted_as)


def _day() -> forms.DateInput:
    # Browsers take the ISO form alone, whatever the language.
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class SpecForm(forms.Form):
    """One spec of one feed. `counted` is for pages on which a forecast may also stay without one."""

    counted = forms.BooleanField(label="Let it count itself", required=False)
    feed = forms.ChoiceField(label="By the files of")
    comparison = forms.ChoiceField(label="It asks for", choices=COMPARISONS, required=False)
    number = forms.DecimalField(label="Number", required=False)
    upper = forms.DecimalField(label="and, if between", required=False)
    measure = forms.ChoiceField(label="Counted are")
    rule = forms.ChoiceField(label="In events", choices=RULES)
    first = forms.DateField(label="First day", widget=_day())
    last = forms.DateField(label="Last day", widget=_day())
    within = forms.CharField(
        label="Within",
        required=False,
        max_length=100_000,
        help_text="A box [west, south, east, north], a polygon, GeoJSON or WKT; the edge belongs to it.",
    )
    lag = forms.IntegerField(label="Settled so many days after the last", min_value=0, max_value=3_660)
    version = forms.CharField(
        label="by version",
        required=False,
        max_length=60,
        help_text="Empty: by the newest file then that covers the window, or the first one after.",
    )

    def __init__(
        self,
        feed: Feed,
        menus: Menus,
        asked: Asked,
        data: Any = None,
        initial: Mapping[str, Any] | None = None,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, initial={"lag": feed.lag_days, **(initial or {}), "feed": feed.name}, prefix=prefix)
        self.of, self.asked = feed, asked
        self.spec: Spec | None = None
        _choose(self.fields["feed"], [(name, one.title) for name, one in feeds().items()])
        _choose(self.fields["measure"], [(one.name, one.said) for one in feed.measures])
        for text in feed.texts:
            self.fields[_text(text)] = _menu(text, menus.get(text.name, []), self.initial)
        for limit in feed.limits:
            self.fields[_limit(limit)] = _codes(limit)
        if feed.place is None:
            del self.fields["within"]
        self._compare()

    def _compare(self) -> None:
        """Leave the comparison that this kind of question is answered by."""
        fields, _ = COMPARED[self.asked.counted_as]
        for name in {"comparison", "number", "upper"} - set(fields):
            del self.fields[name]
        for place, label in enumerate(self.asked.labels if "options" in fields else ()):
            self.fields[f"from_{place}"] = forms.DecimalField(label=f"“{label}” from", required=False)
            self.fields[f"to_{place}"] = forms.DecimalField(label="to", required=False)

    def part(self, names: Sequence[str]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def asks(self) -> list[forms.BoundField]:
        options = [name for name in self.fields if name.startswith(("from_", "to_"))]
        return self.part(["comparison", "number", "upper", *options, "measure"])

    @property
    def window(self) -> list[forms.BoundField]:
        return self.part(["rule", "first", "last"])

    @property
    def filters(self) -> list[forms.BoundField]:
        return [self[_text(text)] for text in self.of.texts if not text.optional]

    @property
    def more(self) -> list[forms.BoundField]:
        rest = [_text(text) for text in self.of.texts if text.optional] + [_limit(one) for one in self.of.limits]
        return self.part([*rest, "within", "lag", "version"])

    @property
    def is_more_open(self) -> bool:
        """Whether something is chosen there, or wrong."""
        chosen = {field.name for field in self.more if field.value() not in (None, "", [])} - {"lag"}
        return bool(chosen) or any(field.errors for field in self.more)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.spec = spec_of(self.body)
            except InvalidSpec as error:
                self.add_error(self._blamed(str(error)), str(error))
        return cleaned

    def _blamed(self, message: str) -> str | None:
        found = next((name for start, name in _BLAMED.items() if message.startswith(start)), None)
        return found if found in self.fields else None

    @cached_property
    def body(self) -> dict[str, Any]:
        """The spec as it is kept. Of a form that is valid but for what the spec itself refuses."""
        said = self.cleaned_data
        version = said["version"].strip()
        return {
            "feed": self.of.name,
            **({"where": where} if (where := dict(self._where())) else {}),
            "measure": said["measure"],
            "window": {"from": said["first"].isoformat(), "to": said["last"].isoformat(), "rule": said["rule"]},
            "outcome": COMPARED[self.asked.counted_as][1](said, self.asked.labels),
            "settles": {"after": f"{said['lag']}d", **({"by": version} if version else {})},
        }

    def _where(self) -> Iterator[tuple[str, Any]]:
        for text in self.of.texts:
            if values := self.cleaned_data[_text(text)]:
                yield text.name, values
        for limit in self.of.limits:
            if code := self.cleaned_data[_limit(limit)]:
                yield limit.name, int(code)
        if area := self.cleaned_data.get("within"):
            yield "within", _area(area)


def _range(said: Said, labels: Sequence[str]) -> Any:
    comparison, number = said["comparison"] or "at_least", _number(said["number"])
    return {comparison: [number, _number(said["upper"])] if comparison == "between" else number}


def _options(said: Said, labels: Sequence[str]) -> Any:
    return {"options": {one: [_number(said[f"{end}_{i}"]) for end in ("from", "to")] for i, one in enumerate(labels)}}


def _value(said: Said, labels: Sequence[str]) -> Any:
    return "value"


def _first_day(said: Said, labels: Sequence[str]) -> Any:
    return {"first_day": _number(said["number"])}


COMPARED: Mapping[OutcomeKind, tuple[Sequence[str], Callable[[Said, Sequence[str]], Any]]] = {
    OutcomeKind.RANGE: (("comparison", "number", "upper"), _range),
    OutcomeKind.OPTIONS: (("options",), _options),
    OutcomeKind.VALUE: ((), _value),
    OutcomeKind.FIRST_DAY: (("number",), _first_day),
}
"""By what a kind of question is counted as: the fields that it is compared by, and what they come to."""


def initial_of(spec: Spec, body: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of a kept spec shows."""
    settles, within = spec.settles, (body.get("where") or {}).get("within")
    return {
        "counted": True,
        "measure": spec.measure,
        "first": spec.window.first,
        "last": spec.window.last,
        "rule": spec.window.rule,
        "lag": settles.after.days if settles else spec.feed.lag_days,
        "version": settles.by if settles and settles.by != FIRST_COMPLETE else "",
        "within": within if isinstance(within, str) else str(within) if within else "",
        **{f"text_{name}": list(values) for name, values in spec.texts.items()},
        **{f"limit_{name}": str(code) for name, code in spec.limits.items()},
        **_compared(spec),
    }


def _compared(spec: Spec) -> dict[str, Any]:
    ranges = spec.outcome.ranges if spec.outcome else {}
    if "yes" not in ranges or len(ranges) > 1:
        ends = enumerate(ranges.values())
        return {key: end for i, one in ends for key, end in ((f"from_{i}", one.lowest), (f"to_{i}", one.highest))}
    held = ranges["yes"]
    if held.lowest is not None and held.highest is not None:
        return {"comparison": "between", "number": held.lowest, "upper": held.highest}
    is_floor = held.lowest is not None
    return {"comparison": "at_least" if is_floor else "at_most", "number": held.lowest if is_floor else held.highest}


def _text(text: Text) -> str:
    return f"text_{text.name}"


def _limit(limit: Limit) -> str:
    return f"limit_{limit.name}"


def _menu(text: Text, occurring: Sequence[Choice], initial: Mapping[str, Any]) -> forms.Field:
    """What occurs of a field: boxes where that is little, else a list; what was chosen before stands there too."""
    label = _CALLED.get(text.name) or text.name.replace("_", " ").capitalize()
    chosen = list(initial.get(_text(text), ()))
    lands = set(initial.get("text_country", ())) if text.name != "country" else set()
    near = [one for one in occurring if not lands or one.country in lands or one.value in chosen]
    values = list(text.codes.values()) or [one.value for one in near[:MOST_SHOWN]] or list(text.known)
    values += [value for value in chosen if value not in values]
    choices = [(value, value.replace("_", " ")) for value in sorted(values, key=str.casefold)]
    if not choices:
        return _Typed(label=label, required=False)
    widget = forms.CheckboxSelectMultiple if len(choices) <= FEW else forms.SelectMultiple(attrs={"size": 6})
    return _Chosen(choices=choices, label=label, required=False, widget=widget)


class _Chosen(forms.MultipleChoiceField):
    """Values of a menu. It may have been another country's when it was chosen: what occurs is for the gate to say."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= 300


class _Typed(forms.CharField):
    """Where no file says what occurs: values by hand, separated by semicolons."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [one.strip() for one in str(value or "").split(";") if one.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "; ".join(value) if isinstance(value, list | tuple) else value

    def validate(self, value: Any) -> None:
        return

    def run_validators(self, value: Any) -> None:
        return


def _codes(limit: Limit) -> forms.ChoiceField:
    choices = [("", "any"), *((str(code), f"{code} or better") for code in range(1, limit.highest + 1))]
    return forms.ChoiceField(choices=choices, label=limit.said.split(" to code")[0].capitalize(), required=False)


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
    field.choices = choices


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else plain(value)


def _area(text: str) -> Any:
    try:
        return load(text)
    except InvalidSpec:
        return text
