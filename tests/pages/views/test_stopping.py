"""Links that stop and snooze: GET shows, POST acts, without log-in or cookie, however often."""

import re
import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from forecasts import watching
from forecasts.answers import estimating
from forecasts.answers.estimating import Answer
from forecasts.mail import links, prompting
from forecasts.models import Estimate, Forecast, Message, Mute, Preference, Prompt, PromptKind, Scenario, User, Watch
from forecasts.watching import reasons
from tests import clocks, make
from tests.pages.views.test_answering import open_at

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def forecast(scenario: Scenario, analyst: User, now: datetime) -> Forecast:
    made = make.forecast(scenario, **open_at(now))
    watching.refresh(made, now - timedelta(hours=1))
    return made


def path(url: str) -> str:
    return re.sub(r"^https?://[^/]+", "", url)


def stop(analyst: User, kind: str = PromptKind.UPDATE) -> str:
    return path(links.stop_url(analyst, kind))


def snooze(analyst: User, forecast: Forecast) -> str:
    return path(links.snooze_url(analyst, forecast, timezone.now()))


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_a_stop_link_stops_nothing(client: Client, analyst: User, method: str) -> None:
    assert getattr(client, method)(stop(analyst)).status_code == 200
    assert not Preference.objects.exclude(stopped=[]).exists()
    assert not client.cookies


def test_one_click_from_a_mail_program_stops_the_kind_without_log_in_or_cookie(analyst: User) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(stop(analyst), ONE_CLICK)
    assert answer.status_code == 200
    assert "“update” to" in answer.content.decode()
    assert Preference.objects.get(user=analyst).stopped == ["update"]
    assert not client.cookies


def test_what_waits_to_be_sent_is_cancelled_and_nothing_more_of_the_kind_is_asked(
    client: Client, analyst: User, forecast: Forecast, now: datetime
) -> None:
    prompting.plan(now)
    client.post(stop(analyst), ONE_CLICK)
    message, prompt = Message.objects.get(), Prompt.objects.get()
    assert (message.state, prompt.state, prompt.reason) == ("cancelled", "cancelled", reasons.STOPPED)
    assert not Watch.objects.filter(user=analyst, kind=PromptKind.UPDATE).exclude(next_at=None).exists()
    assert Watch.objects.filter(user=analyst, kind=PromptKind.CLOSING_SOON).exclude(next_at=None).exists()


def test_a_second_click_changes_nothing_and_answers_the_same(client: Client, analyst: User) -> None:
    first, second = (client.post(stop(analyst), ONE_CLICK) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert Preference.objects.get().stopped == ["update"]


@pytest.mark.parametrize("kind", [PromptKind.INVITATION, PromptKind.PASSWORD_RESET, PromptKind.RETURNED])
def test_one_click_in_a_mail_that_somebody_asked_for_stops_nothing(client: Client, analyst: User, kind: str) -> None:
    """Mails that went out before carried such links."""
    shown = [client.get(stop(analyst, kind)), client.post(stop(analyst, kind), ONE_CLICK)]
    assert [one.status_code for one in shown] == [200, 200]
    assert all("Nothing to stop here" in one.content.decode() for one in shown)
    assert not Preference.objects.exclude(stopped=[]).exists()


def test_one_click_in_a_digest_stops_the_kinds_that_it_held(client: Client, analyst: User) -> None:
    client.post(stop(analyst, "result,update"), ONE_CLICK)
    assert set(Preference.objects.get().stopped) == {"update", "result"}


def test_who_stopped_everything_still_gets_a_new_password(client: Client, analyst: User, now: datetime) -> None:
    client.post(stop(analyst, "digest"), ONE_CLICK)
    client.post("/password-reset/", {"email": analyst.email})
    assert prompting.plan(timezone.now()).messages == 1


@pytest.mark.parametrize("purpose", ["stop", "snooze"])
def test_a_damaged_link_changes_nothing_and_says_so(
    client: Client, analyst: User, forecast: Forecast, purpose: str
) -> None:
    url = stop(analyst) if purpose == "stop" else snooze(analyst, forecast)
    answer = client.post(url[:-2] + "x/", ONE_CLICK)
    assert answer.status_code == 400
    assert "damaged" in answer.content.decode()
    assert not Preference.objects.exists()


def test_a_token_for_one_purpose_is_none_for_the_other(client: Client, analyst: User, forecast: Forecast) -> None:
    token = stop(analyst).split("/")[2]
    assert client.post(f"/snooze/{token}/", {"how": "7"}).status_code == 400


def test_the_link_of_a_closed_account_does_nothing(client: Client, analyst: User) -> None:
    url = stop(analyst)
    User.objects.filter(pk=analyst.pk).update(is_active=False)
    assert client.post(url, ONE_CLICK).status_code == 404


def test_a_snooze_link_dies_with_its_age_and_a_stop_link_never_does(
    client: Client, analyst: User, forecast: Forecast, now: datetime
) -> None:
    old = path(links.snooze_url(analyst, forecast, now - links.LIFE))
    for answer in (client.get(old), client.post(old, {"how": "decline"})):
        assert answer.status_code == 410
        assert forecast.title not in answer.content.decode()
    assert not Estimate.objects.exists()
    with clocks.standing_at(now + timedelta(days=4_000)):
        assert client.post(stop(analyst), ONE_CLICK).status_code == 200


def test_whoever_was_removed_reads_and_does_nothing_through_a_snooze_link(
    client: Client, analyst: User, forecast: Forecast
) -> None:
    url = snooze(analyst, forecast)
    analyst.memberships.all().delete()
    for answer in (client.get(url), client.post(url, {"how": "decline"}), client.post(url, {"how": "mute"})):
        assert answer.status_code == 404
        assert forecast.title not in answer.content.decode()
        assert forecast.scenario.title not in answer.content.decode()
    assert not Estimate.objects.exists()
    assert not Mute.objects.exists()


def test_a_stop_page_shows_no_text_of_a_scenario(client: Client, analyst: User, forecast: Forecast) -> None:
    for answer in (client.get(stop(analyst)), client.post(stop(analyst), ONE_CLICK)):
        assert forecast.title not in answer.content.decode()
        assert forecast.scenario.title not in answer.content.decode()


def test_the_snooze_page_preselects_nothing_and_looking_changes_nothing(
    client: Client, analyst: User, forecast: Forecast
) -> None:
    page = client.get(snooze(analyst, forecast)).content.decode()
    assert re.findall(r'name="how" value="(\w+)"', page) == ["3", "7", "30", "mute", "decline"]
    assert "checked" not in page
    assert not Mute.objects.exists()


def test_posting_no_choice_says_so_at_the_field(client: Client, analyst: User, forecast: Forecast) -> None:
    answer = client.post(snooze(analyst, forecast), ONE_CLICK)
    assert answer.status_code == 422
    assert "Choose one of these." in answer.content.decode()
    assert not Mute.objects.exists()


def test_a_snooze_cancels_what_waits_and_asks_again_when_it_is_over(
    client: Client, analyst: User, forecast: Forecast, now: datetime
) -> None:
    prompting.plan(now)
    client.post(snooze(analyst, forecast), {"how": "7"})
    until = Mute.objects.get().until
    assert until is not None
    assert until - now > timedelta(days=6.9)
    assert Prompt.objects.get().reason == reasons.SNOOZED
    assert Watch.objects.get(user=analyst, kind=PromptKind.UPDATE).next_at == until
    assert prompting.plan(until - timedelta(seconds=1)).messages == 0
    assert prompting.plan(until).messages == 1


def test_a_mute_ends_all_mail_about_the_forecast(
    client: Client, analyst: User, forecast: Forecast, now: datetime
) -> None:
    client.post(snooze(analyst, forecast), {"how": "mute"})
    assert not Watch.objects.filter(user=analyst, forecast=forecast).exclude(next_at=None).exists()
    assert prompting.plan(now + timedelta(days=29)).prompts == 0


def test_not_my_area_is_recorded_as_such(client: Client, analyst: User, forecast: Forecast) -> None:
    client.post(snooze(analyst, forecast), {"how": "decline"})
    assert Estimate.objects.get().event == Estimate.Event.DECLINE
    assert not Watch.objects.filter(user=analyst, forecast=forecast).exclude(next_at=None).exists()


def test_a_forecast_that_has_closed_cannot_be_declined_and_the_page_says_why(
    client: Client, analyst: User, forecast: Forecast, now: datetime
) -> None:
    Forecast.objects.update(closes_at=now, resolves_at=now)
    answer = client.post(snooze(analyst, forecast), {"how": "decline"})
    assert answer.status_code == 422
    assert "closed" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_fifty_posts_at_once_have_one_effect_and_fifty_equal_answers() -> None:
    now = timezone.now()
    scenario = make.scenario()
    analyst = make.member(scenario)
    watching.refresh(make.forecast(scenario, **open_at(now)), now)
    prompting.plan(now)
    url, answers = stop(analyst), []
    start = threading.Barrier(50)

    def click() -> None:
        start.wait()
        answer = Client().post(url, ONE_CLICK)
        answers.append((answer.status_code, answer.content))
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(50)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert len(answers) == 50
    assert len(set(answers)) == 1
    assert answers[0][0] == 200
    assert Preference.objects.get().stopped == ["update"]
    assert Prompt.objects.filter(state="cancelled", reason=reasons.STOPPED).count() == 1


def test_an_answer_on_the_page_calls_off_the_mail_that_asks_for_it(
    analyst: User, forecast: Forecast, now: datetime
) -> None:
    prompting.plan(now)
    given = Answer(event=Estimate.Event.DECLINE)
    estimating.record(forecast, analyst, given, at=now + timedelta(seconds=1), channel=Estimate.Channel.WEB)
    assert Message.objects.get().state == Message.State.CANCELLED
