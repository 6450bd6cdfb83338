"""Answering: a link shows on GET and records on POST, once."""

import io
import logging
import re
import threading
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from forecasts.mail import links
from forecasts.models import Estimate, Forecast, Membership, Message, Prompt, PromptKind, Scenario, User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def forecast(scenario: Scenario, now: datetime) -> Forecast:
    return make.forecast(scenario, **open_at(now))


def open_at(now: datetime) -> dict[str, datetime]:
    day = timedelta(days=1)
    return {
        "published_at": now - day,
        "opens_at": now - day,
        "closes_at": now + 30 * day,
        "resolves_at": now + 30 * day,
    }


def link(forecast: Forecast, person: User, at: datetime) -> str:
    prompt = Prompt.objects.create(recipient=person, forecast=forecast, kind=PromptKind.UPDATE, slot=at)
    return f"/answer/{links.answer_token(prompt, at)}/"


def test_the_page_shows_question_criteria_quote_and_four_choices_none_preselected(
    client: Client, scenario: Scenario, analyst: User, now: datetime
) -> None:
    article = make.article("Before it. The army may retake the city. After it.")
    scenario.articles.add(article)
    statement = make.statement(article, "The army may retake the city.")
    forecast = make.forecast(scenario, statement=statement, fidelity="same", **open_at(now))
    make.estimate(forecast, analyst, 0.345, now)
    page = client.get(link(forecast, analyst, now)).content.decode()
    for part in (forecast.title, forecast.criteria, "Before it. <mark>The army may retake the city.</mark> After it."):
        assert part in page
    assert re.findall(r'name="event" value="(\w+)"', page) == ["reaffirm", "update", "withdraw", "decline"]
    assert "you said 34.5%" in page
    assert "checked" not in page


def test_without_an_estimate_in_force_there_is_nothing_to_keep_or_withdraw(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    page = client.get(link(forecast, analyst, now)).content.decode()
    assert re.findall(r'name="event" value="(\w+)"', page) == ["update", "decline"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_records_nothing(client: Client, forecast: Forecast, analyst: User, now: datetime, method: str) -> None:
    url = link(forecast, analyst, now)
    assert getattr(client, method)(f"{url}?event=update&percent=35").status_code == 200
    assert not Estimate.objects.exists()
    assert not client.cookies


def test_a_new_value_is_recorded_with_its_rationale_and_its_prompt(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    url = link(forecast, analyst, now)
    answer = client.post(url, {"event": "update", "percent": "35.5", "rationale": "Troops moved."})
    assert (answer.status_code, answer["Location"]) == (303, url)
    estimate = Estimate.objects.get()
    assert (estimate.probability, estimate.rationale, estimate.channel) == (3_550, "Troops moved.", "mail")
    assert estimate.forecaster.user == analyst
    prompt = Prompt.objects.get()
    assert estimate.prompt == prompt
    assert prompt.state == Prompt.State.ANSWERED


@pytest.mark.parametrize(("event", "probability"), [("reaffirm", 3_000), ("withdraw", None), ("decline", None)])
def test_the_other_choices_are_recorded_as_what_they_are(
    client: Client, forecast: Forecast, analyst: User, now: datetime, event: str, probability: int | None
) -> None:
    make.estimate(forecast, analyst, 0.3, now)
    client.post(link(forecast, analyst, now), {"event": event})
    newest = Estimate.objects.in_order().last()
    assert newest is not None
    assert (newest.event, newest.probability) == (event, probability)


def test_a_used_link_shows_what_was_recorded_and_records_no_more(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    url = link(forecast, analyst, now)
    client.post(url, {"event": "update", "percent": "35"})
    page = client.get(url)
    assert page.status_code == 200
    assert "You said 35%" in page.content.decode()
    again = client.post(url, {"event": "update", "percent": "90"})
    assert "You said 35%" in again.content.decode()
    assert Estimate.objects.count() == 1


def correct(client: Client, url: str, percent: str) -> Any:
    """What a person does who opens the page again, and corrects."""
    page = client.get(url + "?correct=1").content.decode()
    slip = re.findall(r'name="correct" value="(\d+)"', page)
    return client.post(url, {"event": "update", "percent": percent, "correct": slip[0] if slip else ""})


def test_a_slip_is_corrected_through_the_same_link_by_a_second_fact_that_names_the_first(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    url = link(forecast, analyst, now)
    client.post(url, {"event": "update", "percent": "99"})
    assert "Correct it" in client.get(url).content.decode()
    assert correct(client, url, "9.9").status_code == 303
    slip, right = Estimate.objects.order_by("pk")
    assert (slip.probability, right.probability, right.corrects) == (9_900, 990, slip)
    page = client.get(url).content.decode()
    assert "You said 9.9%" in page
    assert "takes the place of what you recorded before" in page


def test_a_correction_can_be_corrected_and_the_last_one_counts(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    url = link(forecast, analyst, now)
    client.post(url, {"event": "update", "percent": "99"})
    correct(client, url, "9")
    correct(client, url, "19")
    first, second, third = Estimate.objects.order_by("pk")
    assert (second.corrects, third.corrects) == (first, second)
    assert list(Estimate.objects.in_force(timezone.now())) == [third]


def test_after_a_quarter_of_an_hour_or_another_answer_the_link_corrects_nothing(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    url = link(forecast, analyst, now)
    prompt = Prompt.objects.get()
    slip = make.estimate(forecast, analyst, 0.99, now - timedelta(minutes=15), prompt=prompt)
    assert "Correct it" not in client.get(url).content.decode()
    client.post(url, {"event": "update", "percent": "9", "correct": slip.pk})
    assert list(Estimate.objects.all()) == [slip]


def test_another_answer_since_then_is_not_corrected(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    url = link(forecast, analyst, now)
    slip = make.estimate(forecast, analyst, 0.99, now - timedelta(minutes=5), prompt=Prompt.objects.get())
    make.estimate(forecast, analyst, 0.5, now - timedelta(minutes=1))
    client.post(url, {"event": "update", "percent": "9", "correct": slip.pk})
    assert Estimate.objects.count() == 2


def test_the_form_of_the_first_answer_posted_twice_corrects_nothing(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    url = link(forecast, analyst, now)
    for percent in ("35", "90", "90"):
        client.post(url, {"event": "update", "percent": percent})
    assert Estimate.objects.count() == 1


def test_a_slip_corrected_to_not_my_area_holds_nothing(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    url = link(forecast, analyst, now)
    client.post(url, {"event": "update", "percent": "99"})
    client.post(url, {"event": "decline", "correct": Estimate.objects.get().pk})
    assert Estimate.objects.get(event="decline").corrects is not None
    assert not Estimate.objects.in_force(timezone.now()).exists()


def test_the_page_behind_a_link_speaks_in_the_persons_zone(
    client: Client, scenario: Scenario, forecast: Forecast, now: datetime
) -> None:
    person = make.member(scenario, time_zone="Asia/Kathmandu")
    url = link(forecast, person, now)
    closes = (now + timedelta(days=30)).astimezone(ZoneInfo("Asia/Kathmandu"))
    assert f"{closes:%H:%M} Asia/Kathmandu" in client.get(url).content.decode()
    client.post(url, {"event": "update", "percent": "35"})
    assert "Asia/Kathmandu" in client.get(url).content.decode()
    Forecast.objects.update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    late = link(make.forecast(scenario, closes_at=now - timedelta(days=1)), person, now)
    assert "Asia/Kathmandu" in client.get(late).content.decode()


@pytest.mark.parametrize(
    ("entered", "message"),
    [
        ({}, "Choose one of these."),
        ({"event": "update"}, "Give a value."),
        ({"event": "update", "percent": "0"}, "greater than or equal to 0.1"),
        ({"event": "update", "percent": "100"}, "less than or equal to 99.9"),
        ({"event": "update", "percent": "-5"}, "greater than or equal to 0.1"),
        ({"event": "update", "percent": "nan"}, "Enter a number."),
        ({"event": "update", "percent": "Infinity"}, "Enter a number."),
        ({"event": "update", "percent": "a third"}, "Enter a number."),
        ({"event": "update", "percent": "33.33"}, "no more than 1 decimal place"),
        ({"event": "reaffirm"}, "Select a valid choice"),
        ({"event": "withdraw"}, "Select a valid choice"),
        ({"event": "import"}, "Select a valid choice"),
        ({"event": "decline", "percent": "35"}, "You also gave a number."),
        ({"event": "update", "percent": "35", "rationale": "x" * 10_001}, "at most 10000 characters"),
        ({"event": "update", "percent": "35", "rationale": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_is_refused_at_its_field_and_nothing_is_kept(
    client: Client, forecast: Forecast, analyst: User, now: datetime, entered: dict[str, str], message: str
) -> None:
    answer = client.post(link(forecast, analyst, now), entered)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Estimate.objects.exists()
    assert Prompt.objects.get().state == Prompt.State.PLANNED


def test_options_are_answered_one_by_one_and_sum_to_one(
    client: Client, scenario: Scenario, analyst: User, now: datetime
) -> None:
    forecast = make.choice(["Yes", "No", "Other"], scenario, **open_at(now))
    url = link(forecast, analyst, now)
    short = client.post(url, {"event": "update", "option_0": "50", "option_1": "20", "option_2": "20"})
    assert "they sum to 90%" in short.content.decode()
    client.post(url, {"event": "update", "option_0": "33.3", "option_1": "33.3", "option_2": "33.3"})
    estimate = Estimate.objects.get()
    assert sum(estimate.probabilities or []) == 10_000


def test_quantiles_must_rise(client: Client, scenario: Scenario, analyst: User, now: datetime) -> None:
    forecast = make.numeric(scenario, quantile_levels=[1000, 5000, 9000], **open_at(now))
    url = link(forecast, analyst, now)
    falling = {"event": "update", "quantile_1000": "30", "quantile_5000": "20", "quantile_9000": "40"}
    assert "Quantiles must rise" in client.post(url, falling).content.decode()
    client.post(url, {**falling, "quantile_1000": "10"})
    assert Estimate.objects.get().quantiles == [10, 20, 40]


def test_dates_are_answered_with_dates(client: Client, scenario: Scenario, analyst: User, now: datetime) -> None:
    forecast = make.forecast(scenario, kind="date", quantile_levels=[2500, 7500], **open_at(now))
    url = link(forecast, analyst, now)
    bad = client.post(url, {"event": "update", "quantile_2500": "soon", "quantile_7500": "1970-01-03"})
    assert "Enter a valid date." in bad.content.decode()
    client.post(url, {"event": "update", "quantile_2500": "1970-01-02", "quantile_7500": "1970-01-03"})
    assert Estimate.objects.get().quantiles == [1, 2]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_tampered_link_does_nothing_and_says_so(
    client: Client, forecast: Forecast, analyst: User, now: datetime, method: str
) -> None:
    url = link(forecast, analyst, now)[:-2] + "x/"
    answer = getattr(client, method)(url, {"event": "update", "percent": "35"})
    assert answer.status_code == 400
    assert "This link is damaged" in answer.content.decode()
    assert forecast.title not in answer.content.decode()
    assert not Estimate.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_link_of_somebody_who_left_does_nothing(
    client: Client, forecast: Forecast, analyst: User, now: datetime, method: str
) -> None:
    url = link(forecast, analyst, now)
    Membership.objects.all().delete()
    assert getattr(client, method)(url, {"event": "update", "percent": "35"}).status_code == 404
    assert not Estimate.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("closes", ["long ago", "later"])
def test_an_expired_link_does_nothing(
    client: Client, forecast: Forecast, analyst: User, now: datetime, method: str, closes: str
) -> None:
    url = link(forecast, analyst, now - timedelta(days=15 if closes == "later" else 1))
    newer = Message.objects.create(
        recipient=analyst, address="a@example.org", message_id="<1>", made_at=now, due_at=now
    )
    Prompt.objects.create(recipient=analyst, forecast=forecast, kind=PromptKind.UPDATE, slot=now, message=newer)
    if closes == "long ago":
        Forecast.objects.update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    assert getattr(client, method)(url, {"event": "update", "percent": "35"}).status_code == 410
    assert not Estimate.objects.exists()


def test_a_link_tells_nobody_where_one_came_from_and_is_kept_nowhere(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    for url in (link(forecast, analyst, now), "/answer/nonsense/"):
        answer = client.get(url)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"


def test_answering_needs_no_cookie_and_no_csrf_token(forecast: Forecast, analyst: User, now: datetime) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(link(forecast, analyst, now), {"event": "update", "percent": "35"}, headers={"origin": "null"})
    assert answer.status_code == 303
    assert not strict.cookies


def test_no_log_line_of_a_request_holds_its_token(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    written = io.StringIO()
    shown = logging.StreamHandler(written)
    stderr = logging.getHandlerByName("stderr")
    assert stderr is not None
    shown.setFormatter(stderr.formatter)
    watched = logging.getLogger("django_structlog")
    level = watched.level
    watched.setLevel(logging.DEBUG)
    watched.addHandler(shown)
    try:
        url = link(forecast, analyst, now)
        client.get(url)
        client.post(url, {"event": "update", "percent": "35"})
    finally:
        watched.removeHandler(shown)
        watched.setLevel(level)
    token = url.split("/")[2]
    assert "/answer/…/" in written.getvalue()
    assert token not in written.getvalue()
    assert token.split(".")[1] not in written.getvalue()


@pytest.mark.django_db(transaction=True)
def test_six_posts_at_once_record_one_estimate_and_answer_alike(
    forecast: Forecast, analyst: User, now: datetime
) -> None:
    url = link(forecast, analyst, now)
    start = threading.Barrier(6)
    answers: list[str] = []

    def post() -> None:
        start.wait()
        answers.append(Client().post(url, {"event": "update", "percent": "35"}, follow=True).content.decode())
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Estimate.objects.count() == 1
    assert len(answers) == 6
    assert len(set(answers)) == 1
    assert "You said 35%" in answers[0]
