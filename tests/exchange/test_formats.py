"""Files of other platforms: each in its own shape, all kinds of questions, what came of them, and what is hurt."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from forecasts.exchange.importing import Choices, Imported, formats, import_estimates, looked_at
from forecasts.models import Estimate, Forecast, Scenario
from forecasts.rules.errors import InvalidImport
from forecasts.scores import scorekeeping
from tests import make
from tests.exchange.files import shape, text

pytestmark = pytest.mark.django_db

AT = datetime(2026, 12, 1, tzinfo=UTC)
FATEBOOK = (
    "Question title,Multiple choice option,Forecast created by,Forecast (scale = 0-1),Forecast created at,"
    "Question created by,Question created at,Question resolve by,Resolution,Resolved at,Question notes"
)
PREDICTIONBOOK = "prediction_id,prediction,known_on,judgement,confidence,response_created_at,user"
METACULUS = (
    "Question ID,Forecaster ID,Forecaster Username,Start Time,End Time,Forecaster Count,Probability Yes,"
    "Probability Yes Per Category,Continuous CDF"
)
QUESTIONS = (
    "Question ID,Question Title,Question Type,MC Options (All),Lower Bound,Open Lower Bound,Upper Bound,"
    "Open Upper Bound,Continuous Range,Open Time,Scheduled Close Time,Resolution,Resolution Known Time"
)
HUB = "reference_date,location,horizon,target,target_end_date,output_type,output_type_id,value"
GJP = "ifp_id,ctt,cond,training,team,user_id,forecast_id,fcast_type,answer_option,value,fcast_date"
IFPS = "ifp_id,q_type,q_text,q_desc,q_status,date_start,date_suspend,date_to_close,date_closed,outcome,n_opts,options"
KNOWN = "2026-01-31 00:00:00+00:00"
JANUARY = "2026-01-01 00:00:00+00:00,2026-02-01 00:00:00+00:00"


@pytest.fixture(autouse=True)
def pool() -> Scenario:
    return make.scenario("pool")


def taken(path: Path, *beside: Path, **said: Any) -> Imported:
    """Imported twice, the second time without effect, and scored without a difference."""
    choices = Choices(beside=beside, **said)
    added = import_estimates(path, "pool", AT, choices=choices)
    assert import_estimates(path, "pool", AT, choices=choices) == Imported(0, 0, 0)
    scorekeeping.settle(AT)
    assert scorekeeping.verify(AT) == []
    return added


def counts(added: Imported) -> tuple[int, int, int, int]:
    return added.forecasts, added.estimates, added.verdicts, added.late


def outcomes() -> dict[str, str]:
    return {one.key: one.verdicts.get().outcome for one in Forecast.objects.exclude(verdicts=None)}


def events(key: str) -> list[tuple[str, int | None]]:
    return [(one.event, one.probability) for one in Estimate.objects.in_order().filter(forecast__key=key)]


@pytest.mark.parametrize(
    ("name", "counted", "said"),
    [
        ("fatebook_like.csv", (1, 1, 1, 0), {}),
        ("predictionbook_like.csv", (1, 2, 1, 1), {}),
        ("metaculus_like.csv", (1, 2, 0, 0), {"closes_at": datetime(2026, 2, 1, tzinfo=UTC)}),
        ("manifold_like.json", (1, 1, 0, 0), {"closes_at": datetime(2026, 2, 1, tzinfo=UTC)}),
        ("hubverse_like.csv", (1, 1, 0, 0), {}),
    ],
)
def test_the_files_of_the_trade(name: str, counted: Sequence[int], said: dict[str, Any]) -> None:
    assert counts(taken(shape(name), **said)) == counted


@pytest.mark.parametrize("name", ["metaculus_like.csv", "manifold_like.json"])
def test_a_close_that_no_file_tells_is_asked(name: str) -> None:
    with pytest.raises(InvalidImport, match="--closes"):
        import_estimates(shape(name), "pool", AT)


def test_each_format_recognises_its_own_and_no_other(tmp_path: Path) -> None:
    headers = {
        "fatebook": FATEBOOK,
        "predictionbook": PREDICTIONBOOK,
        "metaculus": METACULUS,
        "hubverse": HUB,
        "gjp": GJP,
    }
    for name, header in headers.items():
        path = text(tmp_path, header=header.upper(), name=f"{name}.csv")
        assert [one.name for one in formats().values() if one.recognises(path)] == [name, "general"]
    assert set(formats()) == {*headers, "manifold", "general"}


def test_fatebook(tmp_path: Path) -> None:
    rest = "2026-01-05 10:00:00,Mira,2026-01-04 09:00:00,2026-02-01 00:00:00"
    path = text(
        tmp_path,
        f'"Will it run, again?",,Mira,0.28,{rest},YES,2026-01-20 08:00:00,"by boat\nor not"',
        f"Which one?,Red,Mira,0.5,{rest},NO,2026-01-20 08:00:00,",
        f"Which one?,Blue,Ben,0.9,{rest},YES,2026-01-20 08:00:00,",
        f"Will it stop?,,Mira,0.5,{rest},AMBIGUOUS,2026-01-20 08:00:00,",
        f"Will it go on?,,Mira,0.5,{rest},,,",
        header=FATEBOOK,
    )
    assert counts(taken(path)) == (5, 5, 4, 0)
    assert set(Forecast.objects.values_list("title", flat=True)) == {
        "Will it run, again?", "Which one?: Red", "Which one?: Blue", "Will it stop?", "Will it go on?",
    }  # fmt: skip
    assert sorted(outcomes().values()) == ["ambiguous", "no", "yes", "yes"]
    assert Forecast.objects.get(title="Will it run, again?").criteria == "by boat\nor not"


def test_predictionbook(tmp_path: Path) -> None:
    header = f"{PREDICTIONBOOK},comment"
    path = text(
        tmp_path,
        "7,The ferry runs,2026-02-01,wrong,100,2026-02-03 10:00:00 UTC,mira,late",
        "7,The ferry runs,2026-02-01,wrong,60,2026-01-05 10:00:00 UTC,mira,so I think",
        "7,The ferry runs,2026-02-01,wrong,,2026-01-06 10:00:00 UTC,ben,only words",
        "8,The train runs,2026-02-01,unknown,40,2026-01-05 10:00:00 UTC,mira,",
        header=header,
    )
    added = taken(path)
    assert counts(added) == (2, 3, 1, 1)
    assert "1 rows left out: comments without a confidence." in added.notes
    first = Estimate.objects.in_order().filter(forecast__key="7").first()
    assert first is not None
    assert (first.rationale, first.probability, outcomes()["7"]) == ("so I think", 6000, "no")
    assert Forecast.objects.get(key="7").opens_at == datetime(2026, 1, 5, 10, tzinfo=UTC)


def test_metaculus(tmp_path: Path) -> None:
    cdf = json.dumps([0.0, 0.25, 0.5, 0.75, 1.0])
    path = text(
        tmp_path,
        "1,5,mira,2026-01-05 10:00:00+00:00,2026-01-10 00:00:00+00:00,,0.28,,",
        "1,5,mira,2026-01-10 00:00:00+00:00,2026-01-20 00:00:00+00:00,,0.4,,",
        "1,,recency_weighted,2026-01-05 10:00:00+00:00,,12,0.5,,",
        """2,5,mira,2026-01-05 10:00:00+00:00,,,,"[0.2, 0.8, None]",""",
        f'3,5,mira,2026-01-05 10:00:00+00:00,,,,,"{cdf}"',
        f'4,5,mira,2026-01-05 10:00:00+00:00,,,,,"{cdf}"',
        header=METACULUS,
    )
    days = json.dumps([1767225600 + 86400 * 10 * step for step in range(5)])
    questions = text(
        tmp_path,
        f"1,Will it run?,Binary,,,,,,,{JANUARY},no,{KNOWN}",
        f"""2,Which?,Multiple Choice,"['A', 'B', 'C']",,,,,,{JANUARY},B,{KNOWN}""",
        f'3,How many?,Numeric,,0,False,100,True,"[0, 25, 50, 75, 100]",{JANUARY},above_upper_bound,{KNOWN}',
        f'4,When?,Date,,1767225600,False,1770681600,True,"{days}",{JANUARY},2026-01-21,{KNOWN}',
        header=QUESTIONS,
        name="question_data.csv",
    )
    added = taken(path, questions)
    assert counts(added) == (4, 6, 4, 0)
    assert "1 rows left out: aggregates of many forecasters." in added.notes
    assert events("1") == [("update", 2800), ("update", 4000), ("withdraw", None)]
    assert outcomes() == {"1": "no", "2": "option", "3": "above", "4": "value"}
    assert Estimate.objects.get(forecast__key="2").probabilities == [2000, 8000, 0]
    assert Estimate.objects.get(forecast__key="3").quantiles == [5.0, 25.0, 50.0, 75.0, 95.0]
    when = Forecast.objects.get(key="4")
    assert (when.kind, when.verdicts.get().value, when.range_lower) == ("date", 20474, 20454)


def test_manifold(tmp_path: Path) -> None:
    def bet(market: str, user: str, day: int, after: float, **more: Any) -> dict[str, Any]:
        made = int(datetime(2026, 1, day, tzinfo=UTC).timestamp() * 1000)
        return {"contractId": market, "userId": user, "createdTime": made, "probBefore": 0.5, "probAfter": after,
                "amount": 10, **more}  # fmt: skip

    opened, closed, known = (
        int(datetime(2026, *day, tzinfo=UTC).timestamp() * 1000) for day in ((1, 1), (2, 1), (1, 20))
    )
    market = {"createdTime": opened, "closeTime": closed, "resolutionTime": known}
    markets = [
        {"id": "q1", "question": "Will it run?", "resolution": "YES", **market},
        {"id": "q2", "question": "Which?", "resolution": "b",
         "answers": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}], **market},
        {"id": "q3", "question": "Void?", "resolution": "CANCEL", **market},
    ]  # fmt: skip
    bets = [
        bet("q1", "u1", 5, 0.28), bet("q1", "u1", 6, 0.5), bet("q1", "u2", 7, 0.9, comment="sure"),
        bet("q2", "u1", 5, 0.3, answerId="a"), bet("q2", "u1", 5, 0.7, answerId="b"), bet("q3", "u1", 5, 0.3),
    ]  # fmt: skip
    path, beside = tmp_path / "bets.json", tmp_path / "markets.json"
    path.write_text(json.dumps({"bets": bets, "users": [{"id": "u1", "username": "mira"}]}))
    beside.write_text(json.dumps(markets))
    added = taken(path, beside)
    assert counts(added) == (4, 5, 4, 0)
    assert "1 rows left out: bets that moved nothing." in added.notes
    assert outcomes() == {"q1": "yes", "q2/a": "no", "q2/b": "yes", "q3": "annulled"}
    assert Forecast.objects.get(key="q2/b").title == "Which?: B"
    assert set(Estimate.objects.values_list("forecaster__name", flat=True)) == {"mira", "u2"}


def hub_rows(made: str, kind: str, values: dict[str, float], target: str = "wk inc displaced") -> list[str]:
    return [f"{made},SY,1,{target},2026-01-17,{kind},{name},{value}" for name, value in values.items()]


@pytest.mark.parametrize("is_parquet", [False, True])
def test_hubverse(tmp_path: Path, is_parquet: bool) -> None:
    path = text(
        tmp_path,
        *hub_rows("2026-01-03", "quantile", {"0.05": 100, "0.95": 400, "0.5": 180}),
        *hub_rows("2026-01-10", "quantile", {"0.05": 120, "0.5": 200, "0.95": 300}),
        *hub_rows("2026-01-03", "pmf", {"low": 0.2, "high": 0.8}, "wk rate"),
        *hub_rows("2026-01-03", "cdf", {"100": 0.1, "300": 0.9}, "wk count"),
        *hub_rows("2026-01-03", "mean", {"NA": 190}),
        header=HUB,
        name="2026-01-03-team-model.csv",
    )
    observed = text(
        tmp_path,
        "2026-01-17,SY,wk inc displaced,210",
        "2026-01-17,SY,wk rate,high",
        "2026-01-17,SY,wk count,250",
        header="target_end_date,location,target,observation",
        name="time-series.csv",
    )
    if is_parquet:
        csv, path = path, path.with_suffix(".parquet")
        duckdb.execute(f"COPY (FROM read_csv('{csv}')) TO '{path}'")
    added = taken(path, observed)
    assert counts(added) == (4, 5, 4, 0)
    assert "1 rows left out: of output type “mean”." in added.notes
    numeric = Forecast.objects.get(kind="numeric")
    assert numeric.quantile_levels == [500, 5000, 9500]
    assert [one.quantiles for one in Estimate.objects.in_order().filter(forecast=numeric)] == [
        [100.0, 180.0, 400.0], [120.0, 200.0, 300.0],
    ]  # fmt: skip
    assert numeric.verdicts.get().value == 210
    assert set(Estimate.objects.values_list("forecaster__name", flat=True)) == {"team-model"}
    binary = {
        one.title.partition(" ≤ ")[2]: one.verdicts.get().outcome for one in Forecast.objects.filter(kind="binary")
    }
    assert binary == {"100": "no", "300": "yes"}


def test_gjp(tmp_path: Path) -> None:
    def rows(question: str, forecast: int, kind: int, day: int, *shares: float) -> list[str]:
        letters = zip("abcde", shares, strict=False)
        return [
            f"{question},x,1,a,NA,u1,{forecast},{kind},{letter},{share},2026-01-{day:02}" for letter, share in letters
        ]

    path = text(
        tmp_path,
        *rows("1001-0", 1, 0, 5, 0.3, 0.7),
        *rows("1001-0", 2, 1, 9, 0.6, 0.4),
        *rows("1001-0", 3, 4, 12, 0.6, 0.4),
        *rows("1002-6", 4, 0, 5, 0.2, 0.3, 0.5),
        header=GJP,
        name="survey_fcasts.yr1.csv",
    )
    dates = "2026-01-01,2026-02-01,2026-02-01,2026-01-20"
    questions = text(
        tmp_path,
        f'1001-0,0,Will the côte fall?,"As the sources say.",closed,{dates},b,2,"(a) Yes, (b) No"',
        f'1002-6,6,When?,"",closed,{dates},c,3,"(a) Before May, (b) In May, (c) Later"',
        header=IFPS,
        name="ifps.csv",
        encoding="cp1252",
    )
    assert counts(taken(path, questions)) == (2, 4, 2, 0)
    assert events("1001-0") == [("update", 3000), ("update", 6000), ("withdraw", None)]
    when = Forecast.objects.get(key="1002-6")
    assert (when.options_are_ordered, [one.label for one in when.options.all()]) == (
        True,
        ["Before May", "In May", "Later"],
    )
    assert outcomes() == {"1001-0": "no", "1002-6": "option"}
    assert Forecast.objects.get(key="1001-0").title == "Will the côte fall?"


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        (
            FATEBOOK,
            "Q,,Mira,1.5,2026-01-05 10:00:00,M,2026-01-04 09:00:00,2026-02-01 00:00:00,,,",
            "it is no probability",
        ),
        (
            FATEBOOK,
            "Q,,Mira,0.5,2026-01-05 10:00:00,M,2026-01-04 09:00:00,2026-02-01 00:00:00,MAYBE,,",
            "Resolution: it is",
        ),
        (FATEBOOK, "Q,,Mira", "11 columns were expected, 3 found"),
        (PREDICTIONBOOK, "7,P,soon,right,60,2026-01-05 10:00:00 UTC,m", "known_on: it is no date"),
        (PREDICTIONBOOK, "7,P,2026-02-01,perhaps,60,2026-01-05 10:00:00 UTC,m", "judgement: it is right, wrong"),
        (HUB, "soon,SY,1,t,2026-01-17,quantile,0.5,3", "reference_date: it is no date"),
        (HUB, "2026-01-03,SY,1,t,2026-01-17,quantile,half,3", "output_type_id: it is no level"),
        (HUB, "2026-01-03,SY,1,t,2026-01-17,quantile,0.5,many", "value: it is no number"),
        (GJP, "1-0,x,1,a,NA,u1,1,0,a,3,2026-01-05", "value: it is no probability"),
        (METACULUS, "1,5,mira,soon,,,0.2,,", "Start Time: it is no date"),
    ],
)
def test_what_cannot_be_read_is_named_in_its_own_columns(tmp_path: Path, header: str, row: str, reason: str) -> None:
    with pytest.raises(InvalidImport, match="line 2: ") as caught:
        import_estimates(text(tmp_path, row, header=header), "pool", AT, choices=Choices(closes_at=AT))
    assert reason in str(caught.value)
    assert not Forecast.objects.exists()


def test_a_format_that_there_is_not_and_json_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InvalidImport, match=r"There is no format “crystal”. There are: fatebook"):
        looked_at(text(tmp_path), "pool", AT, Choices(format="crystal"))
    path = tmp_path / "bets.json"
    path.write_text('{"bets": [{"contractId": "q1", "probAfter":')
    with pytest.raises(InvalidImport, match="it is no JSON"):
        looked_at(path, "pool", AT)
