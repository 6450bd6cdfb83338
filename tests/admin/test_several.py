"""One act on many forecasts of a scenario."""

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.answers import resolving
from forecasts.models import Forecast, Membership, Scenario, User, Verdict
from tests import make

pytestmark = pytest.mark.django_db
SHARED = {"known_at": "2024-12-05T18:00", "evidence-0-url": "https://www.unocha.org/", "note": "One update says all."}


@pytest.fixture
def owner(scenario: Scenario, client: Client) -> User:
    person = make.member(scenario, Membership.Role.OWNER)
    client.force_login(person)
    return person


@pytest.fixture
def three(scenario: Scenario) -> list[Forecast]:
    return [make.forecast(scenario) for _ in range(3)]


def act(client: Client, name: str, forecasts: list[Forecast], **data: str) -> str:
    chosen = {"forecast": [str(forecast.pk) for forecast in forecasts]}
    address = reverse(f"admin:forecasts_forecast_{name}")
    return client.post(address, {**chosen, **data}, follow=True).content.decode()


def test_several_are_annulled_with_one_reason_and_resolved_ones_left_alone(
    client: Client, owner: User, three: list[Forecast]
) -> None:
    make.verdict(three[0], "yes")
    text = act(client, "annul_several", three, annulled_because="source_gone", note="OCHA stopped.")
    assert "Annulled: 2." in text
    assert f"Left alone: {three[0]}. It is resolved already." in text
    annulled = Verdict.objects.filter(outcome="annulled")
    assert {verdict.forecast for verdict in annulled} == set(three[1:])
    assert {(verdict.annulled_because, verdict.note, verdict.person) for verdict in annulled} == {
        ("source_gone", "OCHA stopped.", owner)
    }


def test_annulling_asks_what_was_wrong(client: Client, owner: User, three: list[Forecast]) -> None:
    assert "This field is required." in act(client, "annul_several", three, annulled_because="", note="")
    assert Verdict.objects.count() == 0


def test_where_two_people_resolve_several_annulments_wait_for_the_second(
    client: Client, owner: User, three: list[Forecast]
) -> None:
    Scenario.objects.update(two_people_resolve=True)
    act(client, "annul_several", three, annulled_because="unclear", note="Two readings.")
    assert Verdict.objects.awaiting_second().count() == 3


def test_several_are_resolved_by_the_evidence_that_they_share(
    client: Client, owner: User, three: list[Forecast]
) -> None:
    outcomes = {
        f"forecast-{forecast.pk}-outcome": said
        for forecast, said in zip(three, ["yes", "no", "ambiguous"], strict=True)
    }
    assert "Resolved: 3." in act(client, "resolve_several", three, **SHARED, **outcomes)
    assert [verdict.outcome for verdict in Verdict.objects.order_by("forecast")] == ["yes", "no", "ambiguous"]
    assert all(verdict.evidence.get().url == "https://www.unocha.org/" for verdict in Verdict.objects.all())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"evidence-0-url": ""}, "Give the evidence that they share."),
        ({"known_at": ""}, "Say when the answer became known"),
        ({"known_at": "2999-01-01T00:00"}, "in the future"),
    ],
)
def test_of_several_none_is_resolved_where_something_is_missing(
    client: Client, owner: User, three: list[Forecast], change: dict[str, str], complaint: str
) -> None:
    outcomes = {f"forecast-{forecast.pk}-outcome": "yes" for forecast in three}
    assert complaint in act(client, "resolve_several", three, **{**SHARED, **change}, **outcomes)
    assert Verdict.objects.count() == 0


def test_an_outcome_is_asked_of_each(client: Client, owner: User, three: list[Forecast]) -> None:
    one = {f"forecast-{three[0].pk}-outcome": "yes"}
    assert "Choose one of these." in act(client, "resolve_several", three, **SHARED, **one)
    assert Verdict.objects.count() == 0


def test_forecasts_get_other_people_and_the_history_says_why(
    client: Client, owner: User, three: list[Forecast]
) -> None:
    new = make.member(three[0].scenario, Membership.Role.RESOLVER)
    text = act(client, "hand_over", three, resolver=str(new.pk), backup="", note="Leaves on Friday.")
    assert "Handed over: 3." in text
    assert set(Forecast.objects.values_list("resolver", flat=True)) == {new.pk}
    history = client.get(reverse("admin:forecasts_forecast_history", args=[three[0].pk])).content.decode()
    assert "Leaves on Friday." in history


def test_nobody_becomes_resolver_and_backup_of_one_forecast(client: Client, owner: User, three: list[Forecast]) -> None:
    new = make.member(three[0].scenario, Membership.Role.RESOLVER)
    text = act(client, "hand_over", three, resolver=str(new.pk), backup=str(new.pk), note="x")
    assert "as resolver and as backup" in text
    assert not Forecast.objects.exclude(resolver=None).exists()


def test_forecasts_are_handed_over_to_members_only(client: Client, owner: User, three: list[Forecast]) -> None:
    stranger = make.user()
    assert "Select a valid choice" in act(client, "hand_over", three, resolver=str(stranger.pk), note="x")


@pytest.mark.parametrize("name", ["annul_several", "hand_over", "resolve_several"])
def test_a_forecast_that_is_not_theirs_is_left_out_like_one_that_is_not_there(
    client: Client, owner: User, three: list[Forecast], name: str
) -> None:
    strange = make.forecast(make.scenario())
    address = reverse(f"admin:forecasts_forecast_{name}")
    for number in (strange.pk, strange.pk + 1_000_000):
        page = client.get(address, {"forecast": [*(str(forecast.pk) for forecast in three), str(number)]})
        assert {forecast for forecast, _ in page.context["chosen"]} == set(three)
        assert client.get(address, {"forecast": [str(number)]}).status_code == 404
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("action", "page"), [("resolve", "resolve_several"), ("annul", "annul_several"), ("hand_over", "hand_over")]
)
def test_the_actions_of_the_list_lead_to_the_page(
    client: Client, owner: User, three: list[Forecast], action: str, page: str
) -> None:
    chosen = {"action": action, "_selected_action": [str(forecast.pk) for forecast in three]}
    answer = client.post(reverse("admin:forecasts_forecast_changelist"), chosen, follow=True)
    assert answer.redirect_chain[0][0].startswith(reverse(f"admin:forecasts_forecast_{page}"))
    assert answer.status_code == 200
    assert all(forecast.title in answer.content.decode() for forecast in three)


def test_the_criteria_of_each_are_in_view_when_several_are_resolved(
    client: Client, owner: User, three: list[Forecast]
) -> None:
    Forecast.objects.filter(pk=three[1].pk).update(criteria="YES if the mayor of Homs resigns.")
    query = {"forecast": [str(forecast.pk) for forecast in three]}
    text = client.get(reverse("admin:forecasts_forecast_resolve_several"), query).content.decode()
    assert "YES if the mayor of Homs resigns." in text


def test_forecasts_of_two_scenarios_are_not_taken_together(client: Client, three: list[Forecast]) -> None:
    client.force_login(make.administrator())
    chosen = [str(forecast.pk) for forecast in (*three, make.forecast(make.scenario()))]
    data = {"action": "annul", "_selected_action": chosen}
    text = client.post(reverse("admin:forecasts_forecast_changelist"), data, follow=True).content.decode()
    assert "of one scenario" in text


def test_evidence_that_differs_is_refused_by_the_domain_too(owner: User, three: list[Forecast]) -> None:
    proofs = [resolving.Proof(url) for url in ("https://a.example/", "https://b.example/")]
    found = {
        forecast: resolving.Finding(Verdict.Outcome.YES, known_at=make.day(3), evidence=[proof])
        for forecast, proof in zip(three, proofs, strict=False)
    }
    with pytest.raises(Exception, match="share their evidence"):
        resolving.resolve_several(found, owner, at=make.day(31))
