"""How values look in JSON: times in UTC, probabilities as numbers from 0 to 1, dates as dates. No guessing of types."""

import math
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forecasts.models import Forecast
from forecasts.rules.errors import InvalidValue
from forecasts.rules.values import UNITS


class Instant(serializers.DateTimeField):
    """A time, shown in UTC whatever the reader's zone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, **kwargs)


class Number(serializers.FloatField):
    """A JSON number; a string or a boolean is none."""

    def to_internal_value(self, data: Any) -> float:
        return finite(data)


def finite(data: Any) -> float:
    """What came as a JSON number. Raises ValidationError."""
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise serializers.ValidationError("This is not a number.", "not_a_number")
    try:
        number = float(data)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise serializers.ValidationError("This number is not finite.", "not_finite")
    return number


@extend_schema_field({"type": "number", "minimum": 0, "maximum": 1})
class Probability(serializers.Field[float, Any, float, Any]):
    """A number from 0 to 1; inside, units of 1/10,000."""

    def to_internal_value(self, data: Any) -> float:
        return finite(data)

    def to_representation(self, value: Any) -> float:
        units: int = value
        return units / UNITS


class Whole(serializers.IntegerField):
    """A JSON number without a fraction."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            raise serializers.ValidationError("This is not a whole number.", "not_a_number")
        return data


class Text(serializers.CharField):
    """A JSON string."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError("This is not a text.", "not_a_text")
        return str(super().to_internal_value(data))


class StrictSerializer(serializers.Serializer[Any]):
    """What somebody sends. A field that is none is refused, not passed over."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, Mapping) else set()
        if unknown:
            said = f"There is no such field. Allowed here: {', '.join(self.fields)}."
            raise serializers.ValidationError({name: [said] for name in sorted(unknown)}, "unknown_field")
        return super().to_internal_value(data)


@extend_schema_field({"oneOf": [{"type": "number"}, {"type": "string", "format": "date"}]})
class Quantity(serializers.Field[float | str, Any, float | str, float | str]):
    """A number, or the date of a date forecast. Which of them, the forecast's kind decides."""

    def to_internal_value(self, data: Any) -> float | str:
        return data if isinstance(data, str) else finite(data)

    def to_representation(self, value: float | str) -> float | str:
        return value


def shown(forecast: Forecast, number: float) -> float | str:
    """A value of a numeric or date forecast, as JSON."""
    return forecast.asks.write(number)


def number(forecast: Forecast, given: float | str, field: str) -> float:
    """The reverse of `shown`. Raises InvalidValue naming the field."""
    try:
        return forecast.asks.read(given)
    except ValueError:
        raise InvalidValue(field, f"Each quantile of this forecast is {forecast.asks.noun}.") from None


class ModelSerializer(serializers.ModelSerializer[Any]):
    """A model's fields, with times as `Instant`."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: Instant,
    }
