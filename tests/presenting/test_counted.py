"""The running count in a picture: the sum so far, and a fan for what remains."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from forecasts.answers import counting_round
from forecasts.evidence.wording import agreement_in_words
from forecasts.models import Count, Forecast
from forecasts.presenting import counted
from forecasts.presenting.charts import histories
from forecasts.presenting.history import history
from forecasts.presenting.plot import plot
from tests import make
from tests.evidence.made import LAG_PASSED, OPENS, counted_forecast, months, vintage

pytestmark = pytest.mark.django_db
MIDDLE_OF_SEPTEMBER = datetime(2018, 9, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def forecast(tmp_path: Path) -> Forecast:
    """Half of September is counted: 30 of at least 120, and past months brought 100, or none, after their middle."""
    made = counted_forecast()
    vintage(tmp_path, "a", OPENS, months([10] * 24))
    counting_round.run(OPENS)
    later = [{"date_start": f"{2016 + i // 12}-{i % 12 + 1:02}-25", "best": 100} for i in range(0, 32, 2)]
    now = [{"date_start": "2018-09-03", "best": 30}]
    vintage(tmp_path, "b", MIDDLE_OF_SEPTEMBER, [*months([10] * 24), *later, *now], covers_to=date(2018, 9, 18))
    counting_round.run(MIDDLE_OF_SEPTEMBER)
    return made


def running(forecast: Forecast, at: datetime) -> counted.Running:
    panel = counted.panel(forecast, at)
    assert panel is not None
    assert panel.running is not None
    return panel.running


def test_the_rest_of_a_window_is_a_fan_of_what_remained_in_past_ones(forecast: Forecast) -> None:
    count = Count.objects.get(vintage__version="b")
    assert sorted(set(count.remainders)) == [0, 100]
    found = running(forecast, MIDDLE_OF_SEPTEMBER)
    assert found.said == "30 of at least 120, through 18 September 2018, in version b"
    assert found.projected == "If the rest goes as in past windows: 30 to 130 in eight of ten, 30 in the middle."
    # From the end of the 18th of 30 days, at 30 of a height of 130, to the right edge between 130 and 30.
    assert found.fan == "M192.0 49.7L320 2.0V49.7Z"
    assert found.line is not None


def test_what_is_counted_whole_has_no_fan(forecast: Forecast, tmp_path: Path) -> None:
    vintage(tmp_path, "c", LAG_PASSED, [{"date_start": "2018-09-03", "best": 30}])
    counting_round.run(LAG_PASSED)
    found = running(forecast, LAG_PASSED)
    assert (found.fan, found.projected) == ("", "")
    assert found.under.startswith("NO under ")


def test_references_are_thin_lines_of_their_own_with_their_names_at_the_end(forecast: Forecast) -> None:
    person = make.member(forecast.scenario)
    for who in (person, make.member(forecast.scenario)):
        make.estimate(forecast, who, 0.3, OPENS + timedelta(hours=1))
    past = history(forecast, person, MIDDLE_OF_SEPTEMBER)
    drawn = plot(past, None, MIDDLE_OF_SEPTEMBER)
    assert drawn is not None
    assert {line.label for line in drawn.references} >= {"base rate", "always 50"}
    assert [line.css for line in drawn.lines] == ["consensus", "own"]
    assert len(drawn.others) == 1
    assert "base rate" in drawn.description
    spec = histories.history(past, None, MIDDLE_OF_SEPTEMBER)
    assert "what arithmetic says" in str(spec["title"])


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("yes", "YES under 11 of 12 neighbouring rules"),
        ("few", "“few” under 11 of 12 neighbouring rules"),
        (1234, "1,234 under 11 of 12 neighbouring rules"),
        ("2018-09-05", "5 September 2018 under 11 of 12 neighbouring rules"),
        (None, ""),
    ],
)  # fmt: skip
def test_an_answer_says_under_how_many_neighbouring_rules_it_stands(answer: Any, said: str) -> None:
    assert agreement_in_words(answer, 11, 12) == said
