"""Half settings are told of, and never half used."""

import pytest
from pytest_django import Settings

from core import checks
from forecasts.extractors import extract, problems
from forecasts.extractors.setup import chosen

GOOD = {"EXTRACTOR_URL": "https://models.example.org/v1/", "EXTRACTOR_MODEL": "reader", "EXTRACTOR_KEY": "s3cret"}
WRONG = [
    ({"EXTRACTOR_URL": ""}, "EXTRACTOR_URL is not."),
    ({"EXTRACTOR_MODEL": ""}, "EXTRACTOR_MODEL is not."),
    ({"EXTRACTOR_URL": "models.example.org"}, "no http:// or https:// address"),
    ({"EXTRACTOR_URL": "ftp://models.example.org"}, "no http:// or https:// address"),
    ({"EXTRACTOR_URL": "http://[::1"}, "no http:// or https:// address"),
    ({"EXTRACTOR_URL": "http://models.example.org/v1"}, "would travel in the clear"),
    ({"EXTRACTOR_SECONDS": 0.0}, "not above zero"),
    ({"EXTRACTOR_INPUT_PRICE": 1.0}, "Only one of EXTRACTOR_INPUT_PRICE"),
]


def apply(settings: Settings, **values: object) -> None:
    for name, value in {**GOOD, **values}.items():
        setattr(settings, name, value)


def test_an_address_and_a_model_are_enough(settings: Settings) -> None:
    apply(settings, EXTRACTOR_KEY="")
    assert problems() == []
    found = chosen()
    assert found is not None
    assert (found.url, found.model, found.cost(1, 1)) == ("https://models.example.org/v1", "reader", None)


def test_no_settings_are_no_problem(settings: Settings) -> None:
    apply(settings, EXTRACTOR_URL="", EXTRACTOR_MODEL="", EXTRACTOR_KEY="")
    assert (problems(), chosen()) == ([], None)


def test_a_server_on_this_machine_may_be_asked_in_the_clear(settings: Settings) -> None:
    apply(settings, EXTRACTOR_URL="http://127.0.0.1:11434/v1")
    assert problems() == []


@pytest.mark.parametrize(("values", "sentence"), WRONG)
def test_half_settings_are_warned_about_and_not_used(
    settings: Settings, values: dict[str, object], sentence: str
) -> None:
    apply(settings, **values)
    (warning,) = checks.extractor_is_set_up_wholly_or_not_at_all(None)
    assert sentence in warning.msg
    assert (warning.id, bool(warning.hint)) == ("reckoner.W003", True)
    assert chosen() is None
    assert extract("The army will attack.").extractor == "rules"


def test_the_key_is_not_shown(settings: Settings) -> None:
    apply(settings)
    assert "s3cret" not in repr(chosen())
