"""The page of the desk on the files of feeds: what is kept of each, what is odd about it, and a form to upload one."""

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from forecasts.admin.verdicts import person_of
from forecasts.answers import dropping
from forecasts.evidence.feeds import feeds
from forecasts.models import Scenario, User, Vintage
from forecasts.rules import access, clock
from forecasts.rules.errors import InvalidValue

SHOWN = 100


class UploadForm(forms.Form):
    feed = forms.ChoiceField(choices=[(feed.name, feed.title) for feed in feeds().values()])
    version = forms.CharField(
        max_length=60,
        help_text="As the feed calls it: 25.1 or 24.0.12 of UCDP; else the day of the export, 2026-11-30.",
    )
    file = forms.FileField(
        help_text="As it was downloaded: .csv or .json, also .gz, .xz or .zip.", allow_empty_file=True
    )


def may_upload(user: User) -> bool:
    """Files serve all scenarios: whoever edits one of them may bring some."""
    return user.is_superuser or Scenario.objects.filter(access.scenarios(user, "edit")).exists()


def files_view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """List the vintages; lay an uploaded file where it is taken within a minute."""
    user = person_of(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST":
        if not may_upload(user):
            raise PermissionDenied
        if form.is_valid() and _laid(form):
            said = "The file waits: it is taken and counted within a minute, or refused here with the reason."
            messages.success(request, said)
            return HttpResponseRedirect(reverse("admin:files"))
    context = {
        **site.each_context(request),
        "title": "Files of feeds",
        "form": form if may_upload(user) else None,
        "vintages": Vintage.objects.visible_to(user).known(clock.now())[:SHOWN],
        "waiting": [f"{path.parent.name}/{path.name}" for path in dropping.dropped(None)],
        "refusals": list(dropping.refusals())[:SHOWN] if may_upload(user) else [],
        "feeds": feeds(),
    }
    return render(request, "admin/forecasts/files.html", context, status=422 if form.errors else 200)


def _laid(form: UploadForm) -> bool:
    said = form.cleaned_data
    try:
        dropping.upload(said["file"].file, said["file"].name, said["feed"], said["version"].strip())
    except InvalidValue as error:
        form.add_error(error.field, str(error))
        return False
    return True
