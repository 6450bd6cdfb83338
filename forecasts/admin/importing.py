"""The page of the desk that imports estimates: a file, what is understood of it and what it leaves open, the import."""

from collections.abc import Mapping
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from forecasts.admin.verdicts import person_of
from forecasts.exchange.importing import (
    CHANGES,
    Choices,
    Understood,
    formats,
    import_estimates,
    looked_at,
    said,
    uploads,
)
from forecasts.models import Scenario, User
from forecasts.models.scenarios import categories
from forecasts.rules import access, clock
from forecasts.rules.errors import InvalidImport, InvalidValue
from forecasts.rules.local_times import Instant

MOST_PEOPLE = 200
FOUND_OUT = ("", "found out from the file")
ELSEWHERE = "-"


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class BesideField(forms.FileField):
    """Several files, or none."""

    widget = SeveralFiles(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [super(BesideField, self).clean(one) for one in data or []]


class FileForm(forms.Form):
    """What is imported, and where to."""

    scenario = forms.ModelChoiceField(Scenario.objects.none(), to_field_name="slug")
    file = forms.FileField(label="File", allow_empty_file=True, help_text="CSV of whatever make, Parquet, or JSON.")
    beside = BesideField(
        label="Files beside it", required=False, help_text="The questions of a file of answers, where they stand apart."
    )
    unrelated = forms.BooleanField(
        required=False, label="Its questions are unrelated: each counts as a situation by itself."
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editable = Scenario.objects.filter(access.scenarios(user, "edit"))
        cast("forms.ModelChoiceField[Scenario]", self.fields["scenario"]).queryset = editable


class ChoicesForm(forms.Form):
    """What a file may leave open. Fields that must be answered are marked by the page."""

    format = forms.ChoiceField(
        required=False, choices=lambda: [FOUND_OUT, *((one.name, one.title) for one in formats().values())]
    )
    dates = forms.ChoiceField(
        required=False,
        label="Dates such as 01.02.2025",
        choices=[FOUND_OUT, ("day-first", "1 February: day first"), ("month-first", "2 January: month first")],
    )
    zone = forms.CharField(
        required=False, max_length=64, label="Zone of times that name none", help_text="Such as UTC or Europe/Berlin."
    )
    decimals = forms.ChoiceField(
        required=False, choices=[FOUND_OUT, ("comma", "a comma: 0,5"), ("point", "a point: 0.5")]
    )
    probabilities = forms.ChoiceField(
        required=False, choices=[FOUND_OUT, ("percent", "percent: 40 is 40%"), ("fraction", "fractions: 0.4 is 40%")]
    )
    encoding = forms.CharField(required=False, max_length=40, help_text="Such as cp1251. Empty: found out.")
    category = forms.ChoiceField(
        required=False, choices=lambda: [("", "other"), *categories()], label="Category of forecasts that name none"
    )
    opens = Instant(required=False, label="Opening of forecasts without one")
    closes = Instant(required=False, label="Close of forecasts without one")
    change = forms.MultipleChoiceField(
        required=False,
        label="Change of forecasts that are here already",
        choices=[(one, one) for one in CHANGES],
        widget=forms.CheckboxSelectMultiple,
    )

    def choices(self, people: Mapping[str, str], beside: tuple[Any, ...]) -> Choices:
        given = self.cleaned_data
        return Choices(
            format=given["format"], encoding=given["encoding"], decimals=given["decimals"], dates=given["dates"],
            zone=given["zone"], probabilities=given["probabilities"], category=given["category"], people=people,
            change=frozenset(given["change"]), beside=beside, opens_at=given["opens"], closes_at=given["closes"],
        )  # fmt: skip

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"])
        if zone and zone not in available_timezones():
            raise forms.ValidationError("There is no such zone.")
        return zone


def may_import(user: User) -> bool:
    """Whoever edits a scenario."""
    return user.is_superuser or Scenario.objects.filter(access.scenarios(user, "edit")).exists()


def import_view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """First the file; then what was understood of it, until it is imported or let go."""
    user = person_of(request)
    if not may_import(user):
        raise PermissionDenied
    if request.method == "POST" and "upload" in request.POST:
        return _second(request, site, user)
    form = FileForm(user, request.POST, request.FILES) if request.method == "POST" else FileForm(user)
    if form.is_bound and form.is_valid() and (token := _uploaded(user, form)):
        scenario = form.cleaned_data["scenario"]
        step = {"upload": token, "scenario": scenario, "unrelated": form.cleaned_data["unrelated"]}
        return _look(request, site, user, step, ChoicesForm({}))
    context = {**site.each_context(request), "title": "Import estimates", "form": form}
    return render(request, "admin/forecasts/import.html", context, status=422 if form.errors else 200)


def _uploaded(user: User, form: FileForm) -> str:
    files = [form.cleaned_data["file"], *form.cleaned_data["beside"]]
    try:
        return uploads.keep(user, [(one.name, one.file) for one in files], clock.now())
    except InvalidValue as error:
        form.add_error("file", str(error))
        return ""


def _second(request: HttpRequest, site: AdminSite, user: User) -> HttpResponse:
    """The file was sent before: look at it again with what was answered, or import it."""
    token = request.POST["upload"]
    scenario = Scenario.objects.filter(access.scenarios(user, "edit"), slug=request.POST.get("scenario", "")).first()
    if scenario is None or not uploads.kept(user, token):
        messages.error(request, "The file is not here any more: please send it again.")
        return HttpResponseRedirect(request.path)
    step = {"upload": token, "scenario": scenario, "unrelated": bool(request.POST.get("unrelated"))}
    return _look(request, site, user, step, ChoicesForm(request.POST), is_final="import" in request.POST)


def _look(
    request: HttpRequest,
    site: AdminSite,
    user: User,
    step: dict[str, Any],
    form: ChoicesForm,
    *,
    is_final: bool = False,
) -> HttpResponse:
    path, *beside = uploads.kept(user, step["upload"])
    found: Understood | None = None
    refused = ""
    if form.is_valid():
        choices = form.choices(_people(request.POST), tuple(beside))
        try:
            found = looked_at(path, step["scenario"].slug, clock.now(), choices, user)
            if is_final and found.may_be_imported:
                return _imported(request, user, step, choices)
        except InvalidImport as error:
            refused = str(error)
    asked = {one.name for one in found.questions} if found else set()
    context = {
        **site.each_context(request), **step, "title": "Import estimates", "name": path.name, "choices": form,
        "found": found, "refused": refused, "asked": [one for one in form if one.name in asked],
        "others": [one for one in form if one.name not in asked], "told": said(found) if found else (),
        "people": _rows(request.POST, found, step["scenario"]) if found else [],
        "differs": bool(found and found.differences),
    }  # fmt: skip
    return render(request, "admin/forecasts/import.html", context, status=422 if form.errors or is_final else 200)


def _imported(request: HttpRequest, user: User, step: dict[str, Any], choices: Choices) -> HttpResponse:
    path = uploads.kept(user, step["upload"])[0]
    scenario: Scenario = step["scenario"]
    added = import_estimates(
        path, scenario.slug, clock.now(), unrelated=step["unrelated"], choices=choices, person=user
    )
    uploads.forget(user, step["upload"])
    messages.success(
        request,
        f"Added {added.forecasts:,} forecasts, {added.estimates:,} estimates and {added.verdicts:,} outcomes."
        " Scores follow when the next settling has come through.",
    )
    for note in added.notes:
        messages.info(request, note)
    return HttpResponseRedirect(scenario.get_absolute_url())


def _people(data: Mapping[str, str]) -> dict[str, str]:
    """Whose each name is, as it was chosen: the address of an account, or a name."""
    found = {}
    for number in range(MOST_PEOPLE):
        name, who = data.get(f"name_{number}", ""), data.get(f"who_{number}", "")
        called = data.get(f"called_{number}", "").strip()
        if name and who == ELSEWHERE and called:
            found[name] = called
        elif name and who and who != ELSEWHERE:
            found[name] = who
    return found


def _rows(data: Mapping[str, str], found: Understood, scenario: Scenario) -> list[dict[str, Any]]:
    """One row a name: whose it may be, and what was chosen."""
    members = [
        (one.user.email, f"{one.user.name}, {one.user.email}")
        for one in scenario.memberships.filter(invited_as="").select_related("user").order_by("user__name", "pk")
    ]
    rows: list[dict[str, Any]] = []
    for number, one in enumerate(found.people[:MOST_PEOPLE]):
        chosen = one.who.email if isinstance(one.who, User) else ELSEWHERE if isinstance(one.who, str) else ""
        called = one.who if isinstance(one.who, str) else ""
        rows.append({"number": number, "one": one, "members": members, "chosen": chosen, "called": called})
    return rows
