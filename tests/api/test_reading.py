"""What each resource looks like."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forecasts.models import Evidence, Forecast, Verdict
from tests import make
from tests.api.world import API, World, as_person, open_forecast, open_until_late

pytestmark = pytest.mark.django_db


def test_a_scenario_says_ones_own_part_in_it(world: World) -> None:
    row = as_person(world.owner).get(f"{API}scenarios/aleppo-2024/").json()
    assert (row["slug"], row["role"], row["articles"]) == ("aleppo-2024", "owner", [world.article.pk])
    assert as_person(make.administrator()).get(f"{API}scenarios/aleppo-2024/").json()["role"] is None


def test_only_a_single_article_holds_its_body_which_offsets_count_in(world: World) -> None:
    client = as_person(world.member)
    (listed,) = client.get(f"{API}articles/").json()["results"]
    whole = client.get(f"{API}articles/{world.article.pk}/").json()
    statement = client.get(f"{API}statements/{world.statement.pk}/").json()
    assert "body" not in listed
    assert whole["body"][statement["start"] : statement["end"]] == statement["quote"]
    assert whole["published_at"] == "2024-12-01T00:00:00Z"
    assert whole["source"]["name"] == "Example Wire"


def test_a_statement_names_the_forecasts_made_of_it(world: World) -> None:
    row = as_person(world.member).get(f"{API}statements/{world.statement.pk}/").json()
    assert row["forecasts"] == [world.resolved.pk]
    assert (row["likelihood"], row["conditional"], row["review"]) == ("unquantified", False, "proposed")


def test_a_forecast_has_its_criteria_links_dates_and_what_came_of_it(world: World) -> None:
    row = as_person(world.member).get(f"{API}forecasts/{world.resolved.pk}/").json()
    assert row["criteria"] == world.resolved.criteria
    assert (row["scenario"], row["statement"], row["article"]) == (
        "aleppo-2024",
        world.statement.pk,
        world.article.pk,
    )
    assert (row["opens_at"], row["closes_at"]) == ("2024-12-01T00:00:00Z", "2024-12-31T00:00:00Z")
    assert (row["review_every"], row["is_derived"], row["fidelity"]) == ("P7DT00H00M00S", False, "same")
    assert row["resolution"] == {
        "outcome": "yes",
        "option": None,
        "value": None,
        "occurred_at": None,
        "known_at": "2024-12-31T00:00:00Z",
        "recorded_at": "2024-12-31T00:00:00Z",
        "takes_effect_at": "2024-12-31T00:00:00Z",
        "annulled_because": "",
        "in_effect": True,
    }


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        (open_until_late({}), "open"),
        (open_until_late({"opens_at": make.day(300_000)}), "upcoming"),
        ({"resolves_at": make.day(365_000)}, "awaiting_resolution"),
        ({}, "overdue"),
    ],
)
def test_an_unresolved_forecast_has_the_one_state_that_its_dates_give(
    world: World, fields: dict[str, object], state: str
) -> None:
    forecast = make.forecast(world.scenario, **fields)
    client = as_person(world.member)
    assert client.get(f"{API}forecasts/{forecast.pk}/").json()["state"] == state
    found = client.get(f"{API}forecasts/?state={state}").json()["results"]
    assert forecast.pk in [row["id"] for row in found]
    assert {row["state"] for row in found} == {state}


def test_a_forecast_with_a_resolution_that_was_taken_back_is_not_resolved(world: World) -> None:
    taken = make.forecast(world.scenario)
    make.verdict(taken, "no")
    make.verdict(
        taken, "", round=1, act=Verdict.Act.TAKE_BACK, known_at=None, recorded_at=make.day(31), takes_effect_at=None
    )
    row = as_person(world.member).get(f"{API}forecasts/{taken.pk}/").json()
    assert (row["state"], row["resolution"]) == ("overdue", None)
    assert as_person(world.member).get(f"{API}resolutions/{taken.pk}/").status_code == 404


def test_what_intervals_are_clustered_by_can_be_read(world: World) -> None:
    named = make.forecast(world.scenario, situation="the fall of Aleppo")
    pool = make.scenario("pool", visibility="all", is_pool=True)
    client = as_person(world.member)
    assert client.get(f"{API}forecasts/{named.pk}/").json()["situation"] == "the fall of Aleppo"
    assert client.get(f"{API}scenarios/{pool.slug}/").json()["is_pool"] is True
    assert client.get(f"{API}scenarios/{world.scenario.slug}/").json()["is_pool"] is False


def test_options_come_in_order_with_probabilities_beside_them(world: World) -> None:
    chosen = make.choice(["the army", "the rebels", "neither"], world.scenario)
    make.estimate(chosen, world.member, None, make.day(1), probabilities=[5_000, 3_000, 2_000])
    client = as_person(world.member)
    row = client.get(f"{API}forecasts/{chosen.pk}/").json()
    (estimate,) = client.get(f"{API}estimates/?forecast={chosen.pk}").json()["results"]
    assert [option["label"] for option in row["options"]] == ["the army", "the rebels", "neither"]
    assert (estimate["probability"], estimate["probabilities"]) == (None, [0.5, 0.3, 0.2])


def test_quantiles_are_numbers_and_those_of_a_date_forecast_dates(world: World) -> None:
    people = make.numeric(world.scenario, range_lower=0, range_upper=900_000)
    end = make.numeric(world.scenario, kind=Forecast.Kind.DATE, range_lower=20_058, quantile_levels=[2500, 7500])
    make.estimate(people, world.member, None, make.day(1), quantiles=[1.5, 2, 3, 4, 5])
    make.estimate(end, world.member, None, make.day(1), quantiles=[20_089, 20_090])
    make.verdict(end, "value", value=20_090)
    client = as_person(world.member)
    forecasts = {row["id"]: row for row in client.get(f"{API}forecasts/").json()["results"]}
    estimates = {row["forecast"]: row for row in client.get(f"{API}estimates/").json()["results"]}
    assert forecasts[people.pk]["quantile_levels"] == [0.05, 0.25, 0.5, 0.75, 0.95]
    assert (forecasts[people.pk]["range_lower"], forecasts[end.pk]["range_lower"]) == (0, "2024-12-01")
    assert estimates[people.pk]["quantiles"] == [1.5, 2, 3, 4, 5]
    assert estimates[end.pk]["quantiles"] == ["2025-01-01", "2025-01-02"]
    assert forecasts[end.pk]["resolution"]["value"] == "2025-01-02"


def test_an_estimate_says_whose_it_is_and_whether_it_is_a_demonstration(world: World) -> None:
    make.estimate(world.open, world.owner, 0.6, make.day(4), is_demo=True)
    rows = as_person(world.member).get(f"{API}estimates/?ordering=made_at").json()["results"]
    assert [(row["forecaster"]["name"], row["probability"], row["is_demo"]) for row in rows] == [
        ("Ada", 0.35, False),
        (world.owner.name, 0.6, True),
    ]
    assert (rows[0]["rationale"], rows[0]["made_at"]) == ("Troops gather.", "2024-12-04T00:00:00Z")


def test_a_resolution_has_its_evidence_and_every_verdict_on_the_way(world: World) -> None:
    wrong = make.verdict(world.open, "no", known_at=make.day(5), note="Nobody saw it.")
    make.verdict(world.open, "yes", act=Verdict.Act.SUPERSEDE, known_at=make.day(6), person=world.owner)
    Evidence.objects.create(verdict=wrong, url="https://example.org/wrong")
    Evidence.objects.create(verdict=world.open.verdicts.get(round=2), url="https://example.org/right", quote="It fell.")
    row = as_person(world.member).get(f"{API}resolutions/{world.open.pk}/").json()
    assert (row["forecast"], row["outcome"]) == (world.open.pk, "yes")
    assert [proof["url"] for proof in row["evidence"]] == ["https://example.org/right"]
    assert [(one["round"], one["act"], one["outcome"]) for one in row["verdicts"]] == [
        (1, "propose", "no"),
        (2, "supersede", "yes"),
    ]
    assert [one["person"] for one in row["verdicts"]] == [None, world.owner.name]
    assert row["verdicts"][0]["evidence"][0]["url"] == "https://example.org/wrong"


def test_while_a_new_round_cools_off_the_old_resolution_stands(world: World) -> None:
    now = timezone.now()
    make.verdict(
        world.resolved, "no", act=Verdict.Act.SUPERSEDE, recorded_at=now, takes_effect_at=now + timedelta(hours=24)
    )
    row = as_person(world.member).get(f"{API}resolutions/{world.resolved.pk}/").json()
    assert (row["outcome"], row["in_effect"], len(row["verdicts"])) == ("yes", True, 2)


def test_a_first_resolution_shows_while_it_cools_off_and_says_so(world: World) -> None:
    now = timezone.now()
    make.verdict(world.open, "no", known_at=now, recorded_at=now, takes_effect_at=now + timedelta(hours=24))
    row = as_person(world.member).get(f"{API}resolutions/{world.open.pk}/").json()
    assert (row["outcome"], row["in_effect"]) == ("no", False)


def test_a_reader_in_another_zone_is_answered_in_utc(world: World) -> None:
    with timezone.override("Asia/Kathmandu"):
        row = as_person(world.member).get(f"{API}estimates/{world.estimate.pk}/").json()
    assert row["made_at"] == "2024-12-04T00:00:00Z"


def test_a_new_forecast_is_found_without_any_estimate(world: World) -> None:
    lonely = open_forecast(world.scenario)
    assert as_person(world.member).get(f"{API}forecasts/{lonely.pk}/").json()["resolution"] is None
