"""A folder is loaded whole or not at all, and twice changes nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from forecasts import replaying
from forecasts.models import (
    FACTS,
    Amendment,
    Article,
    Category,
    Estimate,
    Forecast,
    Membership,
    PromptKind,
    Scenario,
    Source,
    Statement,
    User,
    Verdict,
    Watch,
)
from forecasts.questions import intake
from forecasts.rules.errors import InvalidScenario
from tests import folders, make
from tests.folders import ARTICLE, ESTIMATES, SCENARIO, replaced

AT = datetime(2024, 6, 1, tzinfo=UTC)
SEED = Path(__file__).parents[3] / "seeds" / "aleppo-2024"
EVERYTHING = (Scenario, Article, Source, Statement, Forecast, User, Membership, Watch, *FACTS)


def rows() -> dict[str, list[Any]]:
    """Every row of everything that loading writes, to compare before and after."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in EVERYTHING}


@pytest.mark.django_db
def test_what_a_folder_holds_is_what_is_stored(tmp_path: Path) -> None:
    loaded = intake.load(folders.write(tmp_path), AT, demo=False)

    assert (loaded.statements, len(loaded.forecasts), loaded.people) == (3, 4, ())
    article = Article.objects.get()
    assert (article.body, article.source.name, article.language) == (ARTICLE, "Example Courier", "en")
    assert list(loaded.scenario.articles.all()) == [article]
    first, second, third = article.statements.in_order()
    assert (first.key, first.quote, first.cue, first.likelihood) == ("S1", ARTICLE[24:61], "may", "unquantified")
    assert (second.likelihood, second.scale, second.scale_edition) == ("likely", "ICD 203", "2015")
    assert (third.review, third.duplicate_of, third.reason) == ("duplicate", first, "Says the same of the ceasefire.")


@pytest.mark.django_db
def test_each_kind_of_forecast_is_stored_in_its_columns(tmp_path: Path) -> None:
    intake.load(folders.write(tmp_path), AT, demo=False)

    stored = {forecast.key: forecast for forecast in Forecast.objects.all()}
    assert {key: forecast.kind for key, forecast in stored.items()} == {
        "signed": "binary",
        "place": "multiple_choice",
        "displaced": "numeric",
        "day": "date",
    }
    assert [option.label for option in stored["place"].options.all()] == ["Oslo", "Geneva", "elsewhere"]
    people, day = stored["displaced"], stored["day"]
    assert (people.unit, people.range_lower, people.range_upper, people.upper_is_open) == ("people", 0, 1000, True)
    assert people.quantile_levels == [2500, 5000, 7500]
    assert (day.range_lower, day.range_upper) == (19_783, 19_813)
    assert (stored["signed"].statement.key, stored["signed"].fidelity) == ("S1", "narrower")  # type: ignore[union-attr]
    assert (stored["place"].is_derived, stored["place"].review_every) == (True, timedelta(days=7))


@pytest.mark.django_db
def test_without_its_demonstration_a_folder_brings_no_people_estimates_or_resolutions(tmp_path: Path) -> None:
    intake.load(folders.write(tmp_path), AT, demo=False)

    assert not User.objects.exists()
    assert not Estimate.objects.exists()
    assert not Verdict.objects.exists()
    assert not Scenario.objects.get().is_demo
    assert {(forecast.resolver, forecast.backup) for forecast in Forecast.objects.all()} == {(None, None)}


@pytest.mark.django_db
def test_somebody_with_an_account_can_be_named_by_address(tmp_path: Path) -> None:
    rob, eve = make.user("rob@northport.invalid"), make.user("eve@northport.invalid")
    scenario = SCENARIO.replace("resolver: rob", "resolver: Rob@northport.invalid").replace(
        "backup: eve", "backup: eve@northport.invalid"
    )
    intake.load(folders.write(tmp_path, scenario), AT, demo=False)

    assert {(forecast.resolver, forecast.backup) for forecast in Forecast.objects.all()} == {(rob, eve)}
    asked = Watch.objects.get(forecast__key="signed", kind=PromptKind.RESOLVE)
    assert (asked.user, asked.next_at) == (rob, datetime(2024, 4, 3, 12, tzinfo=UTC))


@pytest.mark.django_db
def test_an_address_without_an_account_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    before = rows()
    scenario = replaced(SCENARIO, "resolver: rob", "resolver: who@northport.invalid")

    with pytest.raises(InvalidScenario, match=r"forecasts\[0\] signed: resolver: who@northport.invalid has no account"):
        intake.load(folders.write(tmp_path, scenario), AT, demo=True)

    assert rows() == before


@pytest.mark.django_db
def test_somebody_real_is_not_taken_for_somebody_of_a_demonstration(tmp_path: Path) -> None:
    make.user("ann@demo.invalid", is_demo=False)
    before = rows()

    with pytest.raises(InvalidScenario, match=r"people\[0\] ann: ann@demo.invalid is the account of somebody real"):
        intake.load(folders.write(tmp_path), AT, demo=True)

    assert rows() == before


@pytest.mark.django_db
def test_the_demonstration_brings_marked_people_who_cannot_log_in_yet(tmp_path: Path) -> None:
    loaded = intake.load(folders.write(tmp_path), AT, demo=True)

    assert {(user.email, user.is_demo, user.has_usable_password()) for user in loaded.people} == {
        (f"{key}@demo.invalid", True, False) for key in ("ann", "rob", "eve", "vic")
    }
    roles = dict(Membership.objects.values_list("user__email", "role"))
    assert (roles["ann@demo.invalid"], roles["vic@demo.invalid"]) == ("analyst", "viewer")
    assert loaded.scenario.is_demo


@pytest.mark.django_db
def test_opened_accounts_have_different_passwords_that_work(tmp_path: Path) -> None:
    loaded = intake.load(folders.write(tmp_path), AT, demo=True)

    accounts = intake.open_accounts(loaded.people, loaded.scenario)

    assert len({account.password for account in accounts}) == 4
    for account in accounts:
        assert User.objects.get(email=account.email).check_password(account.password)
        assert len(account.password) >= 16


@pytest.mark.django_db
def test_the_history_stands_at_its_own_times_and_is_marked(tmp_path: Path) -> None:
    loaded = intake.load(folders.write(tmp_path), AT, demo=True)

    told = replaying.retell(loaded, AT)

    assert (told.estimates, told.resolutions) == (7, 4)
    made = Estimate.objects.filter(forecast__key="signed").in_order()
    assert [(one.event, one.probability, one.made_at.day, one.is_demo) for one in made] == [
        ("update", 6000, 2, True),
        ("reaffirm", 6000, 5, True),
        ("withdraw", None, 6, True),
        ("decline", None, 6, True),
    ]
    values = {one.forecast.key: one for one in Estimate.objects.exclude(forecast__key="signed")}
    assert values["place"].probabilities == [2000, 5000, 3000]
    assert values["displaced"].quantiles == [500, 700, 1200]
    assert values["day"].quantiles == [19_800]
    verdicts = {verdict.forecast.key: verdict for verdict in Verdict.objects.all()}
    assert {verdict.recorded_at for verdict in verdicts.values()} == {datetime(2024, 3, 21, 12, tzinfo=UTC)}
    assert (verdicts["signed"].outcome, verdicts["signed"].person.email) == ("yes", "rob@demo.invalid")  # type: ignore[union-attr]
    assert verdicts["place"].option.label == "Geneva"  # type: ignore[union-attr]
    assert (verdicts["displaced"].value, verdicts["day"].value) == (800, 19_802)
    assert verdicts["signed"].evidence.get().url == "https://mediator.example/text"


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [False, True])
def test_loading_the_same_folder_again_changes_nothing(tmp_path: Path, demo: bool) -> None:
    for at in (AT, AT + timedelta(days=1)):
        loaded = intake.load(folders.write(tmp_path), at, demo=demo)
        told = replaying.retell(loaded, at) if demo else replaying.Told()
        if at == AT:
            before = rows()

    assert rows() == before
    assert (loaded.statements, loaded.forecasts, loaded.people, told) == (0, [], [] if demo else (), replaying.Told())


@pytest.mark.django_db
def test_the_demonstration_may_follow_later_and_staffs_the_forecasts(tmp_path: Path) -> None:
    intake.load(folders.write(tmp_path), AT, demo=False)

    later = intake.load(folders.write(tmp_path), AT, demo=True)

    assert replaying.retell(later, AT) == replaying.Told(estimates=7, resolutions=4)
    forecast = Forecast.objects.get(key="signed")
    staff = [user.email for user in (forecast.resolver, forecast.backup) if user]
    assert staff == ["rob@demo.invalid", "eve@demo.invalid"]


@pytest.mark.django_db
def test_a_new_entry_of_a_changed_folder_is_added(tmp_path: Path) -> None:
    without_day = SCENARIO[: SCENARIO.index(folders.DATE)]
    intake.load(folders.write(tmp_path, without_day, estimates=ESTIMATES.partition("day,")[0]), AT, demo=False)

    loaded = intake.load(folders.write(tmp_path), AT, demo=False)

    assert [forecast.key for forecast in loaded.forecasts] == ["day"]
    assert Forecast.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("criteria: As the mediator publishes", "criteria: As the press reports", "criteria"),
        ("closes_at: 2024-03-31T22", "closes_at: 2024-03-30T22", "closes_at"),
        ("The signed forecast", "The other forecast", "title"),
        ("name: The mediator", "name: The mediators", "resolution_source"),
        ("statement: S1", "statement: S2", "statement"),
    ],
)
def test_what_people_estimated_on_does_not_change_by_loading(tmp_path: Path, old: str, new: str, field: str) -> None:
    intake.load(folders.write(tmp_path), AT, demo=False)
    before = rows()

    with pytest.raises(InvalidScenario, match=rf"forecasts\[0\] signed: {field}: differs from what .*amend"):
        intake.load(folders.write(tmp_path, replaced(SCENARIO, old, new)), AT, demo=False)

    assert rows() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [("upper: 1000", "upper: 2000", "displaced: range"), ("elsewhere]", "elsewhere, Paris]", "place: options")],
)
def test_a_changed_range_or_option_is_refused_too(tmp_path: Path, old: str, new: str, entry: str) -> None:
    header = ESTIMATES.splitlines()[0] + "\n"
    intake.load(folders.write(tmp_path), AT, demo=False)

    with pytest.raises(InvalidScenario, match=f"{entry}: differs"):
        intake.load(folders.write(tmp_path, replaced(SCENARIO, old, new), estimates=header), AT, demo=False)


@pytest.mark.django_db
def test_another_text_for_a_loaded_scenario_is_refused(tmp_path: Path) -> None:
    intake.load(folders.write(tmp_path), AT, demo=False)
    longer = ARTICLE + " More."
    scenario = replaced(SCENARIO, Article.digest(ARTICLE), Article.digest(longer))

    with pytest.raises(InvalidScenario, match="article: sha256: northport-talks was loaded with another text"):
        intake.load(folders.write(tmp_path, scenario, longer), AT, demo=False)


@pytest.mark.django_db
def test_a_folder_still_loads_after_its_forecast_was_amended_and_edited_here(tmp_path: Path) -> None:
    intake.load(folders.write(tmp_path), AT, demo=False)
    forecast = Forecast.objects.get(key="signed")
    changes = {"criteria": [forecast.criteria, "As the mediator says."]}
    Amendment.objects.create(
        forecast=forecast, version=2, kind="clarifying", changes=changes, reason="Plainer.", made_at=AT
    )
    Forecast.objects.filter(pk=forecast.pk).update(criteria="As the mediator says.", version=2, background="New.")

    intake.load(folders.write(tmp_path), AT, demo=False)

    forecast.refresh_from_db()
    assert (forecast.criteria, forecast.background) == ("As the mediator says.", "New.")


@pytest.mark.django_db
def test_who_loads_a_running_scenario_late_is_asked_once_and_not_for_every_week_missed(tmp_path: Path) -> None:
    at = datetime(2024, 3, 19, tzinfo=UTC)

    intake.load(folders.write(tmp_path), at, demo=True)

    assert {watch.next_at for watch in Watch.objects.filter(kind=PromptKind.UPDATE)} == {at}


@pytest.mark.django_db
def test_nobody_is_asked_to_estimate_what_has_closed(tmp_path: Path) -> None:
    loaded = intake.load(folders.write(tmp_path), AT, demo=True)

    assert set(loaded.scenario.forecasts.values_list("watches__kind", "watches__next_at")) == {
        ("closing_soon", None),
        ("resolve", datetime(2024, 4, 3, 12, tzinfo=UTC)),
        ("overdue", datetime(2024, 4, 8, 12, tzinfo=UTC)),
        ("overdue", datetime(2024, 4, 13, 12, tzinfo=UTC)),
    }


@pytest.mark.django_db
def test_an_installation_is_empty_until_it_has_a_scenario() -> None:
    assert intake.is_empty()
    make.scenario()
    assert not intake.is_empty()


@pytest.mark.django_db
def test_the_seed_has_two_resolved_forecasts_and_an_open_one_in_each_urgent_category() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    loaded = intake.load(SEED, at, demo=True)
    told = replaying.retell(loaded, at)

    assert (told.estimates, told.resolutions) == (198, 16)
    for category in (
        Category.ESCALATION,
        Category.AIRSTRIKES,
        Category.DISPLACEMENT,
        Category.INTERNATIONAL_RESPONSE,
    ):
        forecasts = Forecast.objects.filter(category=category)
        assert forecasts.resolved(at).count() >= 2, category
        assert forecasts.open(at).count() >= 1, category
    statements = {statement.key: statement for statement in Statement.objects.all()}
    assert statements["S6"].duplicate_of == statements["S1"]
    assert (statements["S8"].review, statements["S8"].reason.startswith("Cannot be resolved")) == ("rejected", True)
    asked = Watch.objects.filter(kind=PromptKind.UPDATE, next_at__lte=at)
    assert set(asked.values_list("forecast__closes_at__year", flat=True)) <= {2027, 2028}
    assert 1 <= asked.count() <= 20
