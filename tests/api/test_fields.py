"""What a JSON value may be: no guessing of types, times in UTC, dates as dates."""

import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from forecasts.api.fields import Instant, Probability, Quantity, Text, Whole, finite, number, shown
from forecasts.models import Forecast
from forecasts.rules.errors import InvalidValue

COUNT = Forecast(kind=Forecast.Kind.NUMERIC)
DAY = Forecast(kind=Forecast.Kind.DATE)


def code(refused: pytest.ExceptionInfo[ValidationError]) -> Any:
    codes: Any = refused.value.get_codes()
    return codes[0]


@pytest.mark.parametrize(("given", "read"), [(0, 0.0), (1, 1.0), (0.35, 0.35), (-2, -2.0), (10**300, 1e300)])
def test_a_json_number_is_read_as_it_is(given: float, read: float) -> None:
    assert finite(given) == read


@pytest.mark.parametrize("given", ["0.5", True, False, None, [], {}, [0.5]])
def test_nothing_else_is_taken_for_a_number(given: object) -> None:
    with pytest.raises(ValidationError) as refused:
        finite(given)
    assert code(refused) == "not_a_number"


@pytest.mark.parametrize("given", [math.nan, math.inf, -math.inf, 10**400])
def test_a_number_without_end_is_none(given: float) -> None:
    with pytest.raises(ValidationError) as refused:
        finite(given)
    assert code(refused) == "not_finite"


@pytest.mark.parametrize("given", [1.0, 1.5, "1", True, None])
def test_an_id_is_a_number_without_a_fraction(given: object) -> None:
    with pytest.raises(ValidationError):
        Whole().run_validation(given)
    assert Whole().run_validation(7) == 7


@pytest.mark.parametrize("given", [1, True, None, [], {"a": 1}])
def test_a_text_is_a_string(given: object) -> None:
    with pytest.raises(ValidationError):
        Text().run_validation(given)
    assert Text().run_validation("as it is") == "as it is"


def test_a_probability_goes_out_as_a_number_from_0_to_1() -> None:
    assert [Probability().to_representation(units) for units in (0, 1, 3500, 9999, 10_000)] == [
        0,
        0.0001,
        0.35,
        0.9999,
        1,
    ]


def test_times_go_out_in_utc_whatever_zone_they_came_in() -> None:
    there = datetime(2024, 12, 4, 3, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert Instant().to_representation(there) == "2024-12-03T21:30:00Z"
    assert Instant().to_representation(datetime(2024, 12, 4, tzinfo=UTC)) == "2024-12-04T00:00:00Z"


def test_a_quantile_is_a_number_or_a_date_by_the_kind_of_its_forecast() -> None:
    assert (shown(COUNT, 81.5), shown(DAY, 20_089.0)) == (81.5, "2025-01-01")
    assert (number(COUNT, 81.5, "quantiles"), number(DAY, "2025-01-01", "quantiles")) == (81.5, 20_089.0)


@pytest.mark.parametrize(
    ("forecast", "given", "told"),
    [
        (COUNT, "2025-01-01", "is a number"),
        (DAY, 20_089.0, "is a date, such as 2024-12-31"),
        (DAY, "2025-02-30", "is a date"),
        (DAY, "1 January 2025", "is a date"),
        (DAY, "", "is a date"),
    ],
    ids=str,
)
def test_a_quantile_of_the_other_kind_is_refused_naming_its_field(
    forecast: Forecast, given: float | str, told: str
) -> None:
    with pytest.raises(InvalidValue, match=told) as refused:
        number(forecast, given, "quantiles")
    assert refused.value.field == "quantiles"


def test_a_quantity_lets_texts_through_and_checks_numbers() -> None:
    assert (Quantity().to_internal_value("2025-01-01"), Quantity().to_internal_value(3)) == ("2025-01-01", 3.0)
    with pytest.raises(ValidationError):
        Quantity().to_internal_value(True)
