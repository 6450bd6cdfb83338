"""The form of a draft: blanks that fill its texts, the texts themselves, its dates and people."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.db.models import Q, QuerySet

from forecasts.models import Category, Forecast, Membership, Scenario, Statement, User
from forecasts.questions.drafting import filling, proposing
from forecasts.questions.drafting.counting import RULES
from forecasts.questions.drafting.filling import Blanks
from forecasts.questions.drafting.templates import AUTHORITIES, TEMPLATES, of_category
from forecasts.rules import access

DERIVED = "derived"
FIDELITIES = [
    (Forecast.Fidelity.NARROWER, "narrower: one observable case of it"),
    (Forecast.Fidelity.SAME, "the same as it says"),
    (Forecast.Fidelity.OPPOSITE, "the opposite of it"),
    (DERIVED, "derived: the text does not say it"),
]
BLANKS = ("template", "actor", "object", "place", "threshold", "rule", "authority", "closes_on", "time_zone")
TEXTS = (
    "title", "criteria", "fine_print", "resolution_source", "resolution_source_url", "resolution_source_lag",
    "fallback_source", "unit", "resolves_on",
)  # fmt: skip
NAMES = {"list": "names", "autocomplete": "off"}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DraftForm(forms.Form):
    """A draft of one statement. The blanks may be incomplete; what publishing needs is checked when it is published."""

    template = forms.ChoiceField(label="Question")
    actor = forms.CharField(required=False, max_length=120, widget=forms.TextInput(attrs=NAMES))
    object = forms.CharField(label="Other party", required=False, max_length=120, widget=forms.TextInput(attrs=NAMES))
    place = forms.CharField(required=False, max_length=120, widget=forms.TextInput(attrs=NAMES))
    threshold = forms.IntegerField(label="At least", required=False, min_value=1, max_value=10**9)
    rule = forms.ChoiceField(
        label="Counted as", required=False, choices=[(key, label) for key, (label, _) in RULES.items()]
    )
    authority = forms.ChoiceField(
        label="Source of truth", choices=[(one.key, f"{one.name} ({one.lag})") for one in AUTHORITIES.values()]
    )
    closes_on = forms.DateField(label="Closes at the end of", widget=forms.DateInput(attrs={"type": "date"}))
    time_zone = forms.CharField(max_length=64, widget=forms.TextInput(attrs={"list": "zones"}))

    title = forms.CharField(max_length=500, widget=_area(2))
    criteria = forms.CharField(max_length=20_000, widget=_area(5))
    fine_print = forms.CharField(required=False, max_length=20_000, widget=_area(6))
    resolution_source = forms.CharField(label="Source", max_length=300)
    resolution_source_url = forms.URLField(label="Its address", required=False, max_length=1000, assume_scheme="https")
    resolution_source_lag = forms.CharField(label="Its lag", required=False, max_length=200)
    fallback_source = forms.CharField(label="Fallback", required=False, max_length=2_000, widget=_area(2))
    unit = forms.CharField(required=False, max_length=60)
    resolves_on = forms.DateField(label="Answer known by the end of", widget=forms.DateInput(attrs={"type": "date"}))

    fidelity = forms.ChoiceField(label="Beside the statement it is", choices=FIDELITIES)
    category = forms.ChoiceField(choices=Category.choices)
    scenario = forms.ModelChoiceField(Scenario.objects.none(), empty_label=None)
    review_days = forms.IntegerField(label="Ask analysts every so many days", min_value=1, max_value=366, initial=7)
    resolver = forms.ModelChoiceField(User.objects.none())
    backup = forms.ModelChoiceField(User.objects.none(), label="Else by")
    reason = forms.CharField(label="Why it is published nonetheless", required=False, max_length=2_000)

    def __init__(
        self,
        statement: Statement,
        user: User,
        at: datetime,
        data: Any = None,
        initial: dict[str, Any] | None = None,
        chosen: str = "",
    ) -> None:
        self.statement, self.user, self.at = statement, user, at
        self.ways = proposing.ways(statement)
        self.templates = {**{key: way.template for key, way in self.ways.items()}, **TEMPLATES}
        self.proposed = proposing.proposed(statement, at, self.templates.get(chosen))
        super().__init__(data, initial=initial or self._initial())
        self._choose(
            "template",
            [
                (one.key, one.label)
                for one in [*(way.template for way in self.ways.values()), *of_category(statement.category)]
            ],
        )
        editable = Scenario.objects.filter(access.scenarios(user, "edit") or Q()).filter(articles=statement.article)
        self._offer("scenario", editable.distinct())
        people = resolvers(statement, user)
        self._offer("resolver", people)
        self._offer("backup", people)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
        field.choices = choices

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared so above
        field.queryset = rows

    def _initial(self) -> dict[str, Any]:
        people = list(resolvers(self.statement, self.user)[:20])
        others = [one for one in people if one != self.user]
        return {
            **of_blanks(self.proposed),
            **filling.texts(self.proposed),
            "category": self.proposed.template.category or self.statement.category,
            "fidelity": self._fidelity(),
            "resolver": self.user if self.user in people else next(iter(others), None),
            "backup": next(iter(others), None) if self.user in people else next(iter(others[1:]), None),
            "review_days": 7,
        }

    def _fidelity(self) -> str:
        way = self.ways.get(self.proposed.template.key)
        return (way.fidelity or DERIVED) if way else Forecast.Fidelity.NARROWER

    def blanks(self) -> Blanks:
        """As far as they were filled; where one is missing or wrong, what was proposed stands."""
        said = self.cleaned_data
        template = self.templates.get(said.get("template", ""), self.proposed.template)
        fresh = proposing.proposed(self.statement, self.at, template)
        authority = AUTHORITIES.get(said.get("authority", ""), fresh.authority)
        return replace(
            fresh,
            authority=authority,
            closes_on=said.get("closes_on") or fresh.closes_on,
            zone=said["time_zone"] if said.get("time_zone") in available_timezones() else fresh.zone,
            rule=said.get("rule") or fresh.rule,
            threshold=said.get("threshold") or fresh.threshold,
            **{name: said.get(name, "") for name in ("actor", "object", "place")},
        )

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data["time_zone"])
        if zone not in available_timezones():
            raise forms.ValidationError("This is not the name of a time zone, such as Asia/Damascus.")
        return zone

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        closes, resolves = cleaned.get("closes_on"), cleaned.get("resolves_on")
        if closes and resolves and resolves < closes:
            self.add_error("resolves_on", "The answer cannot be known before it closes.")
        if closes and closes < self.proposed.opens_at.date():
            self.add_error("closes_on", "It would close before it opens.")
        if cleaned.get("resolver") and cleaned.get("resolver") == cleaned.get("backup"):
            self.add_error("backup", "Name somebody else than the resolver.")
        return cleaned

    def missing(self) -> None:
        """Mark the blanks that the template has and nobody filled."""
        template = self.templates.get(self.cleaned_data.get("template", ""), self.proposed.template)
        texts = " ".join(str(self.cleaned_data.get(name, "")) for name in ("title", "criteria", "fine_print"))
        for name in template.blanks:
            if name != "threshold" and not self.cleaned_data.get(name) and filling.BLANK in texts:
                self.add_error(name, "Fill this blank; the texts have … in its place.")


def of_blanks(blanks: Blanks) -> dict[str, Any]:
    return {
        "template": blanks.template.key,
        "actor": blanks.actor,
        "object": blanks.object,
        "place": blanks.place,
        "threshold": blanks.threshold,
        "rule": blanks.rule,
        "authority": blanks.authority.key,
        "closes_on": blanks.closes_on.isoformat() if blanks.closes_on else "",
        "time_zone": blanks.zone,
    }


def resolvers(statement: Statement, user: User) -> QuerySet[User]:
    """Who may resolve in those of the article's scenarios that the person who drafts edits, and that person."""
    scenarios = Scenario.objects.filter(access.scenarios(user, "edit"), articles=statement.article_id)
    roles = access.TABLE["resolve"]
    members = Membership.objects.come_in().filter(scenario__in=scenarios, role__in=roles)
    named = User.objects.filter(Q(memberships__in=members) | Q(pk=user.pk), is_active=True)
    return named.distinct().order_by("name", "pk")


def closing(day: date, zone: str) -> datetime:
    return datetime.combine(day, filling.END_OF_DAY, ZoneInfo(zone)).astimezone(UTC)


def every(days: int) -> timedelta:
    return timedelta(days=days)
