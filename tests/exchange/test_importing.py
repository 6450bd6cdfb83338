"""Estimates from files: all or nothing, line by line, once and only once."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from forecasts.exchange.importing import Choices, Imported, import_estimates
from forecasts.models import Estimate, Forecast, Forecaster, Scenario, Settlement, Verdict, Watch
from forecasts.rules.errors import InvalidImport
from forecasts.scores import scorekeeping, statistics
from forecasts.scores.statistics import Filters
from tests import make

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "forecast,analyst,made_at,probability,title,category,opens_at,closes_at,outcome,known_at"
WINDOW = "2020-01-01T00:00:00Z,2020-02-01T00:00:00Z"
ROWS = [
    f"rain,Model A,2020-01-02T00:00:00Z,0.3,Will it rain?,other,{WINDOW},1,",
    f"rain,Model A,2020-01-20T12:00:00+02:00,0.8,Will it rain?,other,{WINDOW},1,",
    f"rain,Model B,2020-01-02T00:00:00Z,1,Will it rain?,other,{WINDOW},1,",
    f"snow,Model A,2020-01-02T00:00:00Z,0.25,Will it snow?,humanitarian,{WINDOW},annulled,",
    f"hail,Model A,2020-01-02T00:00:00Z,0.5,Will it hail?,other,{WINDOW},,",
]


@pytest.fixture
def weather() -> Scenario:
    return make.scenario("weather", visibility="all")


def written(folder: Path, rows: list[str], header: str = HEADER) -> Path:
    path = folder / "estimates.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_file_becomes_forecasts_estimates_and_outcomes(weather: Scenario, tmp_path: Path) -> None:
    assert import_estimates(written(tmp_path, ROWS), "weather", AT) == Imported(3, 5, 2)
    rain = Forecast.objects.get(key="rain")
    assert (rain.title, rain.category, rain.is_imported) == ("Will it rain?", "other", True)
    assert (rain.published_at, rain.resolves_at) == (rain.opens_at, rain.closes_at)
    first = Estimate.objects.in_order().filter(forecaster__name="Model A", forecast=rain)
    assert [(one.probability, one.made_at) for one in first] == [
        (3000, datetime(2020, 1, 2, tzinfo=UTC)),
        (8000, datetime(2020, 1, 20, 10, tzinfo=UTC)),
    ]
    assert {(one.channel, one.event, one.recorded_at, one.rationale) for one in first} == {("import", "update", AT, "")}
    verdict = Verdict.objects.get(forecast=rain)
    assert (verdict.outcome, verdict.known_at, verdict.takes_effect_at, verdict.is_imported) == (
        "yes",
        rain.closes_at,
        AT,
        True,
    )


def test_imported_forecasts_are_scored_and_nobody_is_asked(weather: Scenario, tmp_path: Path) -> None:
    import_estimates(written(tmp_path, ROWS), "weather", AT)
    assert set(Settlement.objects.values_list("forecast__key", "due_at")) == {
        ("rain", AT),
        ("snow", AT),
        ("hail", AT),
    }
    scorekeeping.settle(AT)
    report = statistics.report(make.administrator(), Filters(scenario="weather"))
    assert (report.counts.scored_pairs, report.counts.annulled, report.counts.published) == (2, 1, 3)
    assert report.scores.brier is not None
    assert report.scores.brier.mean == pytest.approx((0.2**2 + 0) / 2)
    assert not Watch.objects.exists()
    assert scorekeeping.verify(AT) == []


def test_the_same_file_twice_changes_nothing(weather: Scenario, tmp_path: Path) -> None:
    path = written(tmp_path, ROWS)
    import_estimates(path, "weather", AT)
    scorekeeping.settle(AT)
    assert import_estimates(path, "weather", AT) == Imported(0, 0, 0)
    assert (Estimate.objects.count(), Verdict.objects.count(), Forecaster.objects.analysts().count()) == (5, 2, 2)
    assert not Settlement.objects.due(AT).exists()


def test_a_longer_file_adds_what_is_new_and_settles_again(weather: Scenario, tmp_path: Path) -> None:
    import_estimates(written(tmp_path, ROWS), "weather", AT)
    scorekeeping.settle(AT)
    late = f"rain,Model B,2020-01-30T00:00:00Z,0.6,Will it rain?,other,{WINDOW},1,"
    assert import_estimates(written(tmp_path, [*ROWS, late]), "weather", AT) == Imported(0, 1, 0)
    assert [one.forecast.key for one in Settlement.objects.due(AT)] == ["rain"]
    scorekeeping.settle(AT)
    assert scorekeeping.verify(AT) == []


def test_a_changed_outcome_is_told_and_a_new_round_where_one_says_so(weather: Scenario, tmp_path: Path) -> None:
    import_estimates(written(tmp_path, ROWS), "weather", AT)
    changed = [row.replace(f"{WINDOW},1,", f"{WINDOW},0,") for row in ROWS]
    told = import_estimates(written(tmp_path, changed), "weather", AT)
    assert told == Imported(0, 0, 0)
    assert "“rain”, outcome: here yes, known 2020-02-01T00:00:00+00:00, in the file no" in told.notes[0]
    choices = Choices(change=frozenset({"outcome"}))
    assert import_estimates(written(tmp_path, changed), "weather", AT, choices=choices) == Imported(0, 0, 1)
    rounds = Verdict.objects.filter(forecast__key="rain").order_by("round")
    assert [(one.round, one.act, one.outcome) for one in rounds] == [(1, "propose", "yes"), (2, "supersede", "no")]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (f"rain,A,2020-01-02T00:00:00Z,1.5,,other,{WINDOW},1,", "probability: it lies between 0 and 1; got 1.5"),
        (f"rain,A,2020-01-02T00:00:00Z,nan,,other,{WINDOW},1,", "probability: it is no number"),
        (f"rain,A,2020-01-02T00:00:00Z,often,,other,{WINDOW},1,", "probability: it is no number"),
        (f"rain,A,2020-01-02T00:00:00,0.5,,other,{WINDOW},1,", "made_at: it is no date and time with a zone"),
        (f"rain,A,2020-02-30T00:00:00Z,0.5,,other,{WINDOW},1,", "made_at: it is no date and time with a zone"),
        (f"rain,A,2019-12-31T23:59:59Z,0.5,,other,{WINDOW},1,", "made_at: the forecast was not open yet"),
        (f"rain,A,2020-01-02T00:00:00Z,0.5,,weather,{WINDOW},1,", "category: unknown value “weather”"),
        (
            f"rain,A,2020-01-02T00:00:00Z,0.5,,other,{WINDOW},maybe,",
            "outcome: it is 1, 0, annulled, ambiguous or empty",
        ),
        (f"rain,A,2020-01-02T00:00:00Z,0.5,,other,{WINDOW},1,2030-01-01T00:00:00Z", "known_at: the answer cannot"),
        (f"rain,A,2020-01-02T00:00:00Z,0.5,,other,{WINDOW},1,soon", "known_at: it is no date"),
        (f",A,2020-01-02T00:00:00Z,0.5,,other,{WINDOW},1,", "forecast: it is empty"),
        (f"rain,,2020-01-02T00:00:00Z,0.5,,other,{WINDOW},1,", "analyst: it is empty"),
        (
            "rain,A,2020-01-02T00:00:00Z,0.5,,other,2020-02-01T00:00:00Z,2020-01-01T00:00:00Z,1,",
            "opens before it closes",
        ),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_nothing_is_kept(
    weather: Scenario, tmp_path: Path, bad: str, message: str
) -> None:
    with pytest.raises(InvalidImport, match=r"estimates\.csv, line 5: ") as caught:
        import_estimates(written(tmp_path, [*ROWS[2:], bad]), "weather", AT)
    assert message in str(caught.value)
    assert not Forecast.objects.exists()
    assert not Forecaster.objects.exists()


def test_the_line_is_right_after_a_title_of_several_lines(weather: Scenario, tmp_path: Path) -> None:
    tall = f'fog,A,2020-01-02T00:00:00Z,0.5,"Will\nthere be\nfog?",other,{WINDOW},1,'
    bad = f"rain,A,2020-01-02T00:00:00Z,2,,other,{WINDOW},1,"
    with pytest.raises(InvalidImport, match="line 5: probability"):
        import_estimates(written(tmp_path, [tall, bad]), "weather", AT)


def test_a_forecast_that_contradicts_itself_is_named(weather: Scenario, tmp_path: Path) -> None:
    other = ROWS[1].replace(f"{WINDOW},1,", f"{WINDOW},0,")
    with pytest.raises(InvalidImport, match="line 3: forecast: “rain” has other dates"):
        import_estimates(written(tmp_path, [ROWS[0], other]), "weather", AT)


def test_two_estimates_of_one_moment_are_refused(weather: Scenario, tmp_path: Path) -> None:
    with pytest.raises(InvalidImport, match="line 3: made_at: the analyst has another estimate of that time"):
        import_estimates(written(tmp_path, [ROWS[0], ROWS[0]]), "weather", AT)


def test_a_recorded_estimate_is_never_changed(weather: Scenario, tmp_path: Path) -> None:
    import_estimates(written(tmp_path, ROWS), "weather", AT)
    changed = [ROWS[0].replace(",0.3,", ",0.4,"), *ROWS[1:]]
    with pytest.raises(InvalidImport, match="line 2: probability: this estimate is recorded already"):
        import_estimates(written(tmp_path, changed), "weather", AT)


def test_a_forecast_that_people_answer_is_not_imported_into(weather: Scenario, tmp_path: Path) -> None:
    make.forecast(weather, key="rain")
    with pytest.raises(InvalidImport, match="already, which was not imported"):
        import_estimates(written(tmp_path, ROWS), "weather", AT)
    assert not Estimate.objects.exists()


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (HEADER.replace("made_at", "date"), "lacks the columns made_at"),
        (HEADER + ",mood", "unknown columns mood"),
    ],
)
def test_columns_are_checked_by_name(weather: Scenario, tmp_path: Path, header: str, message: str) -> None:
    with pytest.raises(InvalidImport, match=message):
        import_estimates(written(tmp_path, [], header), "weather", AT)


def test_a_row_with_too_few_cells_is_named(weather: Scenario, tmp_path: Path) -> None:
    with pytest.raises(InvalidImport, match="line 3: 10 columns were expected, 2 found"):
        import_estimates(written(tmp_path, [ROWS[0], "rain,A"]), "weather", AT)


def test_unknown_scenarios_and_files_are_named(weather: Scenario, tmp_path: Path) -> None:
    with pytest.raises(InvalidImport, match="Unknown scenario “climate”"):
        import_estimates(written(tmp_path, ROWS), "climate", AT)
    with pytest.raises(InvalidImport, match="there is no such file"):
        import_estimates(tmp_path / "nothing.csv", "weather", AT)


def test_parquet_is_read_like_csv(weather: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "estimates.parquet"
    duckdb.execute(
        f"""
        COPY (SELECT forecast, analyst, made_at::TIMESTAMPTZ AS made_at, probability::DOUBLE AS probability,
            opens_at::TIMESTAMPTZ AS opens_at, closes_at::TIMESTAMPTZ AS closes_at, outcome
            FROM read_csv('{written(tmp_path, ROWS)}', all_varchar = true)) TO '{path}'
        """
    )
    assert import_estimates(path, "weather", AT) == Imported(3, 5, 2)
    assert Forecast.objects.get(key="rain").title == "rain"


def test_times_without_a_zone_are_refused_in_parquet_too(weather: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "estimates.parquet"
    duckdb.execute(
        f"""
        COPY (SELECT 'rain' AS forecast, 'A' AS analyst, TIMESTAMP '2020-01-02' AS made_at, 0.5 AS probability,
            TIMESTAMPTZ '2020-01-01 00:00:00Z' AS opens_at, TIMESTAMPTZ '2020-02-01 00:00:00Z' AS closes_at) TO '{path}'
        """
    )
    with pytest.raises(InvalidImport, match="made_at has no time zone"):
        import_estimates(path, "weather", AT)


def test_progress_counts_every_estimate(weather: Scenario, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    import_estimates(written(tmp_path, ROWS), "weather", AT, lambda done, total: seen.append((done, total)))
    assert seen == [(0, 5), (5, 5)]
