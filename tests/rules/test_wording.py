"""Likelihood words as answers: on the form, at the API, in what is stored and shown."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.models import Estimate, Forecast, User
from forecasts.pages.forms import AnswerForm
from forecasts.rules import wording
from forecasts.rules.errors import InvalidValue
from tests import clocks, make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_december() -> Any:
    with clocks.standing_at(make.day(10)):
        yield


@pytest.fixture
def forecast() -> Forecast:
    return make.forecast()


@pytest.fixture
def analyst(forecast: Forecast) -> User:
    return make.member(forecast.scenario)


def answered(client: Client, forecast: Forecast, analyst: User, **fields: str) -> str:
    """Answer on the forecast's page and read what it then shows."""
    client.force_login(analyst)
    fields = {"event": "update", "percent": "", **fields}
    return str(client.post(reverse("estimate", args=[forecast.pk]), fields, follow=True).content.decode())


def posted(client: Client, forecast: Forecast, analyst: User, **fields: Any) -> Any:
    client.force_login(analyst)
    body = {"forecast": forecast.pk, **fields}
    return client.post(reverse("v1:estimate-list"), body, content_type="application/json")


def test_a_word_without_a_number_is_recorded_at_the_middle_of_its_band(
    client: Client, forecast: Forecast, analyst: User
) -> None:
    answered(client, forecast, analyst, word="icd_203/2015/likely")
    one = Estimate.objects.get()
    assert (one.probability, one.word, one.word_scale, one.word_scale_edition) == (6750, "likely", "icd_203", "2015")


def test_the_number_beside_a_word_is_the_one_that_counts(client: Client, forecast: Forecast, analyst: User) -> None:
    answered(client, forecast, analyst, word="phia/2025-03-24/highly_likely", percent="88")
    one = Estimate.objects.get()
    assert (one.probability, one.word, one.word_scale) == (8800, "highly_likely", "phia")


def test_a_word_and_a_number_that_disagree_are_asked_back_before_anything_is_recorded(
    client: Client, forecast: Forecast, analyst: User
) -> None:
    page = answered(client, forecast, analyst, word="icd_203/2015/likely", percent="30")
    assert "Likely means 55-80% (ICD 203), but 30% was given" in page
    assert "I mean both, as they are" in page
    assert not Estimate.objects.exists()
    page = answered(client, forecast, analyst, word="icd_203/2015/likely", percent="30", is_meant="on")
    assert "It is recorded as you gave it." in page
    assert Estimate.objects.get().probability == 3000


def test_a_word_that_agrees_is_not_flagged(client: Client, forecast: Forecast, analyst: User) -> None:
    assert "It is recorded as you gave it." not in answered(client, forecast, analyst, word="icd_203/2015/likely")


def test_mixing_the_rows_of_icd_203_in_one_scenario_warns(client: Client, forecast: Forecast, analyst: User) -> None:
    answered(client, forecast, analyst, word="icd_203/2015/likely")
    other = make.forecast(forecast.scenario)
    page = answered(client, other, analyst, word="icd_203/2015/highly_probable")
    assert "ICD 203 asks for one row of words" in page


def test_the_form_shows_the_number_that_each_word_stands_for(forecast: Forecast) -> None:
    shown = str(AnswerForm(forecast, None)["word"])
    assert "likely (55–80%), counted as 67.5%" in shown
    assert "realistic possibility (40–50%), counted as 45%" in shown
    assert 'data-number="67.5"' in shown


def test_words_are_offered_for_questions_of_yes_or_no_only(forecast: Forecast) -> None:
    assert "word" not in AnswerForm(make.numeric(), None).fields
    assert "word" in AnswerForm(forecast, None).fields


@pytest.mark.parametrize("code", ["icd_203/2015/perhaps", "kent/1964/probable", "x", "//"])
def test_a_word_that_is_not_offered_is_refused_at_its_field(code: str, forecast: Forecast) -> None:
    form = AnswerForm(forecast, None, {"event": "update", "word": code, "percent": "50"})
    assert not form.is_valid()
    assert "word" in form.errors


def test_every_word_offered_stands_for_a_number_inside_its_band() -> None:
    for _, words in wording.offered():
        for word in words:
            low, high = word.band
            assert low <= word.number <= high
            assert 0 < word.number < 1
            assert wording.coded(word.code) == word


def test_the_words_of_a_scale_are_offered_from_the_least_to_the_most_likely() -> None:
    for _, words in wording.offered():
        assert [word.number for word in words] == sorted(word.number for word in words)


def test_the_api_takes_a_word_and_answers_with_scale_edition_and_number(
    client: Client, forecast: Forecast, analyst: User
) -> None:
    answer = posted(client, forecast, analyst, word="very likely")
    said = answer.json()
    assert answer.status_code == 201
    assert (said["probability"], said["word"]) == (0.875, "very_likely")
    assert (said["word_scale"], said["word_scale_edition"], said["warnings"]) == ("icd_203", "2015", [])


def test_the_api_takes_a_word_of_an_earlier_edition(client: Client, forecast: Forecast, analyst: User) -> None:
    fields = {"word": "unlikely", "word_scale": "phia", "word_scale_edition": "earlier", "probability": 0.3}
    said = posted(client, forecast, analyst, **fields).json()
    assert (said["word_scale"], said["word_scale_edition"], said["probability"]) == ("phia", "earlier", 0.3)


def test_the_api_flags_a_disagreement_when_it_is_made_and_whenever_it_is_read(
    client: Client, forecast: Forecast, analyst: User
) -> None:
    made = posted(client, forecast, analyst, word="unlikely", probability=0.9).json()
    assert made["warnings"] == [
        "unlikely means 20-45% (ICD 203), but 90% was given; the word for it is very likely or highly probable"
    ]
    assert client.get(reverse("v1:estimate-list")).json()["results"][0]["warnings"] == made["warnings"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"word": "perhaps"}, "word"),
        ({"word": "likely", "word_scale": "mine"}, "word_scale"),
        ({"word": "likely", "word_scale_edition": "1999"}, "word_scale_edition"),
        ({"probability": 0.5, "word_scale": "phia"}, "word_scale"),
        ({"word": "likely", "event": "withdraw"}, "word"),
    ],
)
def test_the_api_refuses_what_no_scale_knows_at_its_field(
    client: Client, forecast: Forecast, analyst: User, fields: dict[str, Any], field: str
) -> None:
    answer = posted(client, forecast, analyst, **fields)
    assert answer.status_code == 400
    assert field in answer.content.decode()
    assert not Estimate.objects.exists()


def test_a_word_does_not_answer_a_question_for_a_number(client: Client, analyst: User, forecast: Forecast) -> None:
    numeric = make.numeric(forecast.scenario)
    assert "yes or no only" in posted(client, numeric, analyst, word="likely").content.decode()


def test_an_estimate_without_a_word_is_not_asked_about(forecast: Forecast, analyst: User) -> None:
    one = make.estimate(forecast, analyst, 0.3, make.day(1))
    assert wording.warnings(one) == []
    with pytest.raises(InvalidValue):
        wording.worded("")
