"""Tokens: how one is obtained, used, and revoked."""

import base64
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from core.caching import SharedCache
from forecasts.api.authentication import Guesses
from forecasts.mail import links
from tests import make
from tests.api.world import API, World, as_person

pytestmark = pytest.mark.django_db

TOKENS = f"{API}tokens/"


def basic(email: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{email}:{password}".encode()).decode()


def with_token(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def test_address_and_password_give_a_token_that_reads(world: World) -> None:
    answer = APIClient().post(TOKENS, HTTP_AUTHORIZATION=basic(world.member.email, make.PASSWORD))
    assert (answer.status_code, answer.json()["expires_at"]) == (201, None)
    assert with_token(answer.json()["token"]).get(f"{API}forecasts/").json()["count"] == 2


def test_someone_logged_in_gets_one_too_and_an_address_is_read_without_case(world: World) -> None:
    assert as_person(world.member).post(TOKENS).status_code == 201
    answer = APIClient().post(TOKENS, HTTP_AUTHORIZATION=basic(world.member.email.upper(), make.PASSWORD))
    assert answer.status_code == 201


def test_only_a_hash_of_the_token_is_kept(world: World) -> None:
    token = as_person(world.member).post(TOKENS).json()["token"]
    row = AuthToken.objects.get()
    assert token not in (row.digest, row.token_key)
    assert len(row.token_key) < len(token) / 2


def test_a_revoked_token_opens_nothing(world: World) -> None:
    client = with_token(as_person(world.member).post(TOKENS).json()["token"])
    assert client.delete(TOKENS).status_code == 204
    answer = client.get(f"{API}forecasts/")
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")
    assert answer["WWW-Authenticate"] == "Token"


def test_revoking_one_leaves_the_others(world: World) -> None:
    person = as_person(world.member)
    first, second = (with_token(person.post(TOKENS).json()["token"]) for _ in range(2))
    first.delete(TOKENS)
    assert second.get(f"{API}forecasts/").status_code == 200


def test_a_token_makes_no_further_tokens(world: World) -> None:
    client = with_token(as_person(world.member).post(TOKENS).json()["token"])
    answer = client.post(TOKENS)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert AuthToken.objects.count() == 1


def test_a_session_has_no_token_to_revoke(world: World) -> None:
    assert as_person(world.member).delete(TOKENS).json()["code"] == "not_allowed"


def test_the_token_of_an_inactive_person_opens_nothing(world: World) -> None:
    client = with_token(as_person(world.member).post(TOKENS).json()["token"])
    world.member.is_active = False
    world.member.save()
    assert client.get(f"{API}forecasts/").status_code == 401
    answer = APIClient().post(TOKENS, HTTP_AUTHORIZATION=basic(world.member.email, make.PASSWORD))
    assert answer.status_code == 401


def test_an_expired_token_opens_nothing(world: World) -> None:
    _, token = AuthToken.objects.create(world.member, expiry=timedelta(hours=1))
    assert with_token(token).get(f"{API}forecasts/").status_code == 200
    AuthToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    assert with_token(token).get(f"{API}forecasts/").status_code == 401


@pytest.mark.parametrize("sent", ["Token", "Token a b", "Token \x80\xff", "Token ../..", "Token " + "a" * 64])
def test_what_is_no_token_is_refused(db: None, sent: str) -> None:
    answer = APIClient().get(f"{API}forecasts/", HTTP_AUTHORIZATION=sent)
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")


def test_a_request_with_a_token_reads_it_in_one_query(
    world: World, django_assert_num_queries: "pytest.FixtureRequest"
) -> None:
    person = as_person(world.member)
    token, *_others = (person.post(TOKENS).json()["token"] for _ in range(5))
    client = with_token(token)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert client.get(f"{API}schema/").status_code == 200


@pytest.mark.parametrize("sent", ["wrong", ""])
def test_a_wrong_password_gives_no_token(world: World, sent: str) -> None:
    answer = APIClient().post(TOKENS, HTTP_AUTHORIZATION=basic(world.member.email, sent))
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")
    assert answer["WWW-Authenticate"].startswith("Basic ")


def test_after_ten_guesses_a_minute_even_the_right_password_waits(world: World) -> None:
    client = APIClient()
    guesses = [client.post(TOKENS, HTTP_AUTHORIZATION=basic(world.member.email, f"guess {n}")) for n in range(10)]
    late = client.post(TOKENS, HTTP_AUTHORIZATION=basic(world.member.email.upper(), make.PASSWORD))
    assert {answer.status_code for answer in guesses} == {401}
    assert (late.status_code, late.json()["code"]) == (429, "throttled")
    assert 0 < int(late["Retry-After"]) <= 60
    assert client.post(TOKENS, HTTP_AUTHORIZATION=basic(world.owner.email, make.PASSWORD)).status_code == 201


def test_a_password_opens_nothing_but_the_tokens(world: World) -> None:
    answer = APIClient().get(f"{API}forecasts/", HTTP_AUTHORIZATION=basic(world.member.email, make.PASSWORD))
    assert answer.status_code == 401


def test_a_password_set_anew_revokes_the_tokens_of_its_person_and_of_nobody_else(world: World) -> None:
    lost, kept = (with_token(as_person(who).post(TOKENS).json()["token"]) for who in (world.member, world.owner))
    world.member.set_password("another battery entirely")
    world.member.save()
    assert lost.get(f"{API}forecasts/").json()["code"] == "authentication_failed"
    assert kept.get(f"{API}forecasts/").status_code == 200


def test_a_token_outlives_logging_in_and_changing_ones_name(world: World) -> None:
    client = with_token(as_person(world.member).post(TOKENS).json()["token"])
    assert world.member.check_password(make.PASSWORD)
    world.member.name = "Ada L."
    world.member.save()
    assert client.get(f"{API}forecasts/").status_code == 200


def test_a_password_set_by_the_link_of_a_mail_revokes_tokens_too(world: World) -> None:
    client = with_token(as_person(world.member).post(TOKENS).json()["token"])
    browser, mailed = Client(), urlsplit(links.password_url("reset", world.member, timezone.now()))
    asked = browser.get(mailed.path, follow=True)
    new = "another battery entirely"
    browser.post(asked.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
    assert client.get(f"{API}forecasts/").status_code == 401


def test_tries_are_counted_for_all_processes_together(world: World) -> None:
    for _ in range(3):
        APIClient().post(TOKENS, HTTP_AUTHORIZATION=basic(world.member.email, "wrong"))
    ours = settings.CACHES["default"]
    in_another_process = SharedCache(str(ours["LOCATION"]), {"KEY_PREFIX": ours["KEY_PREFIX"]})
    key = Guesses(world.member.email).get_cache_key(None, None)  # type: ignore[arg-type]  # neither is looked at
    assert len(in_another_process.get(key)) == 3
