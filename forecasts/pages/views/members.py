"""Owners' pages: a scenario of their own, who takes part in it, and inviting people."""

from email.utils import parseaddr
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from forecasts.mail import inviting, membering
from forecasts.mail.inviting import Invited
from forecasts.models import Membership, MembershipChange, Scenario, User
from forecasts.pages.doors.refusals import too_many
from forecasts.pages.views.looking import reader
from forecasts.rules import access, clock, costs
from forecasts.rules.errors import NotNow
from forecasts.rules.limits import TooMany

Role = Membership.Role
MOST_AT_ONCE = 50
CHANGES = 50
ROLE, REMOVE, AGAIN = "role", "remove", "again"
UNKNOWN = "somebody who was here"


class PeopleField(forms.CharField):
    """Addresses, one a line, each with a name before it if one likes."""

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_AT_ONCE:
            raise ValidationError(f"At most {MOST_AT_ONCE} at once.")
        return list({one.email.lower(): one for one in map(_invited, reversed(lines))}.values())[::-1]


def _invited(line: str) -> Invited:
    name, address = parseaddr(line if "<" in line else f"<{line}>")
    try:
        validate_email(address)
    except ValidationError as error:
        said = f"“{line[:80]}” is no address. Write Amina Said <amina@example.org>, or the address alone."
        raise ValidationError(said) from error
    if len(address) > 254 or len(name) > 200:
        raise ValidationError(f"“{line[:80]}…” is too long.")
    return Invited(address, name)


class InviteForm(forms.Form):
    people = PeopleField(
        label="Whom",
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "Amina Said <amina@example.org>"}),
        max_length=20_000,
        help_text=f"An e-mail address a line, with the name before it if you like; {MOST_AT_ONCE} at most.",
    )
    role = forms.ChoiceField(
        label="Role",
        choices=Role.choices,
        initial=Role.ANALYST,
        help_text="Analysts and resolvers are asked for estimates; resolvers, editors and owners may resolve.",
    )


class ScenarioForm(forms.ModelForm):
    class Meta:
        model = Scenario
        fields: ClassVar[list[str]] = ["title", "summary", "visibility", "blind_until_answered", "two_people_resolve"]
        widgets: ClassVar[dict[str, Any]] = {"summary": forms.Textarea(attrs={"rows": 4})}


class MemberForm(forms.Form):
    """What becomes of one member."""

    act = forms.ChoiceField(choices=[(one, one) for one in (ROLE, REMOVE, AGAIN)])
    role = forms.ChoiceField(choices=Role.choices, required=False)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make_scenario(request: HttpRequest) -> HttpResponse:
    """A scenario of one's own."""
    if not access.may_make_scenarios(request.user):
        raise PermissionDenied
    form = ScenarioForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = membering.make_scenario(form.cleaned_data, by=request.user, at=clock.now())
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "It is made, and you own it. Invite those who take part.")
            return redirect("members", made.slug)
    return render(request, "forecasts/make_scenario.html", {"form": form, "person": reader(request)})


def _owned(request: HttpRequest, slug: str) -> Scenario:
    scenario: Scenario = get_object_or_404(Scenario.objects.visible_to(request.user), slug=slug)
    if not access.may(request.user, "invite", scenario):
        raise PermissionDenied
    return scenario


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite people into a scenario."""
    scenario, at = _owned(request, slug), clock.now()
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data["people"]
        try:
            for _ in people[1:]:
                costs.take(costs.Cost.INVITATION, reader(request).pk, at=at)
        except TooMany as error:
            return too_many(request, error)
        inviting.invite_several(scenario, people, form.cleaned_data["role"], by=reader(request), at=at)
        messages.success(request, f"Noted: {len(people)}. Whoever does not take part yet gets a mail in a moment.")
        return redirect("members", scenario.slug)
    return render(request, "forecasts/registration/invite.html", {"form": form, "scenario": scenario})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part and who was invited, with what an owner does about each; and what was done, by whom."""
    scenario = _owned(request, slug)
    form = MemberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        member = _member(request, scenario)
        try:
            messages.success(request, _act(member, form.cleaned_data, reader(request)))
        except NotNow as error:
            messages.error(request, str(error))
        return redirect(request.path)
    context = {
        "scenario": scenario,
        "members": _shown(scenario, is_awaited=False),
        "awaited": _shown(scenario, is_awaited=True),
        "roles": Role.choices,
        "changes": _changes(scenario, reader(request)),
    }
    return render(request, "forecasts/members.html", context, status=422 if form.is_bound else 200)


def _member(request: HttpRequest, scenario: Scenario) -> Membership:
    number = request.POST.get("member", "")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    found = Membership.objects.select_related("user", "scenario").filter(scenario=scenario)
    return get_object_or_404(found, pk=pk)


def _act(member: Membership, wish: dict[str, Any], by: User) -> str:
    """Do it, and say what was done. Raises NotNow."""
    at, name = clock.now(), _name(member)
    if wish["act"] == AGAIN:
        inviting.invite_again(member, by=by, at=at)
        return f"{name} gets the invitation again."
    if wish["act"] == REMOVE:
        membering.remove(member, by=by, at=at)
        return f"{name} takes no part any more."
    role = wish["role"] or member.role
    membering.give_role(member, role, by=by, at=at)
    return f"{name} is {Role(role).label} now."


def _name(member: Membership) -> str:
    return member.invited_as or str(member.user)


def _shown(scenario: Scenario, *, is_awaited: bool) -> list[dict[str, Any]]:
    found = Membership.objects.filter(scenario=scenario).select_related("user")
    chosen = found.exclude(invited_as="") if is_awaited else found.come_in()
    rows = [
        {"pk": one.pk, "name": _name(one), "role": one.role, "is_closed": not (is_awaited or one.user.is_active)}
        for one in chosen
    ]
    return sorted(rows, key=lambda row: (row["name"].casefold(), row["pk"]))


def _changes(scenario: Scenario, user: User) -> list[dict[str, Any]]:
    """The newest first, people as this reader may name them."""
    held = MembershipChange.objects.filter(scenario=scenario).order_by("-made_at", "-pk")[:CHANGES]
    awaited = Membership.objects.filter(scenario=scenario).exclude(invited_as="")
    named: dict[int | None, str] = dict(awaited.values_list("user", "invited_as"))
    people = {pk for one in held for pk in (one.user_id, one.made_by_id) if pk is not None} - set(named)
    named |= {person.pk: str(person) for person in access.met(user).filter(pk__in=people)}
    return [
        {
            "at": one.made_at,
            "who": named.get(one.user_id, UNKNOWN),
            "before": one.get_before_display(),
            "after": one.get_after_display(),
            "by": named.get(one.made_by_id, UNKNOWN) if one.made_by_id else "",
        }
        for one in held
    ]
