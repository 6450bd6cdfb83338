"""Tokens: how one is obtained, used, limited in what it may do, and ended."""

import base64
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from core.caching import SharedCache
from forecasts.mail import links
from forecasts.models import Scope, SecurityEvent, Token, User
from forecasts.rules import guesses, limits
from tests import clocks, make
from tests.api.world import API, World, as_person

pytestmark = pytest.mark.django_db

TOKENS = f"{API}tokens/"
ELSEWHERE = "198.51.100.7"


def basic(email: str, password: str = make.PASSWORD) -> str:
    return "Basic " + base64.b64encode(f"{email}:{password}".encode()).decode()


def ask(email: str, password: str = make.PASSWORD, body: Any = None, **extra: Any) -> Any:
    """Ask for a token with a password."""
    return APIClient().post(TOKENS, body, HTTP_AUTHORIZATION=basic(email, password), **extra)


def with_token(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def scoped(person: User, *scopes: str) -> APIClient:
    return with_token(make.token(person, scopes=scopes))


def test_address_and_password_give_a_token_that_reads(world: World) -> None:
    answer = ask(world.member.email)
    assert answer.status_code == 201
    assert with_token(answer.json()["token"]).get(f"{API}forecasts/").json()["count"] == 2


def test_an_empty_body_makes_one_with_a_name_all_scopes_and_an_end(world: World) -> None:
    made = ask(world.member.email).json()
    assert (made["name"], made["scopes"]) == ("Token", ["read", "estimate", "write", "resolve"])
    ends = datetime.fromisoformat(made["expires_at"]) - timezone.now()
    assert timedelta(days=89) < ends <= timedelta(days=90)


@pytest.mark.parametrize("content_type", ["", "application/x-www-form-urlencoded", "text/plain", "application/json"])
def test_a_body_of_nothing_is_empty_whatever_it_is_called(world: World, content_type: str) -> None:
    answer = Client().generic("POST", TOKENS, b"", content_type, HTTP_AUTHORIZATION=basic(world.member.email))
    assert answer.status_code == 201


def test_a_form_of_no_fields_is_empty_and_one_with_fields_is_refused(world: World) -> None:
    said: dict[str, Any] = {"headers": {"authorization": basic(world.member.email)}}
    assert Client().post(TOKENS, **said).status_code == 201
    assert Client().post(TOKENS, {"scopes": "read"}, **said).status_code == 415
    assert Client().generic("POST", TOKENS, b"read", "text/plain", **said).status_code == 415
    assert Token.objects.count() == 1


def test_one_says_what_it_is_for_what_it_may_do_and_for_how_long(world: World) -> None:
    answer = ask(world.member.email, body={"name": "  The\nreport ", "scopes": ["read", "estimate"], "days": 7})
    token = Token.objects.get()
    assert answer.json()["scopes"] == token.scopes == ["read", "estimate"]
    assert (token.name, token.expiry is not None and token.expiry - token.created < timedelta(days=7.1)) == (
        "The report",
        True,
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"scopes": "read"}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
        ({"days": "soon"}, "days"),
        ({"name": "x" * 101}, "name"),
        ({"name": 7}, "name"),
        ({"expiry": "never"}, "expiry"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(world: World, body: dict[str, Any], field: str) -> None:
    answer = ask(world.member.email, body=body)
    assert (answer.status_code, [name.partition(".")[0] for name in answer.json()["errors"]]) == (400, [field])
    assert not Token.objects.exists()


def test_someone_logged_in_gets_one_too_and_an_address_is_read_without_case(world: World) -> None:
    assert as_person(world.member).post(TOKENS).status_code == 201
    assert ask(world.member.email.upper()).status_code == 201


def test_an_old_log_in_gets_none(world: World) -> None:
    person = as_person(world.member)
    with clocks.standing_at(timezone.now() + timedelta(minutes=6)):
        answer = person.post(TOKENS)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert not Token.objects.exists()


def test_only_a_hash_of_the_token_is_kept(world: World) -> None:
    token = as_person(world.member).post(TOKENS).json()["token"]
    row = Token.objects.get()
    assert token not in (row.digest, row.token_key)
    assert len(row.token_key) < len(token) / 2


def test_a_revoked_token_opens_nothing(world: World) -> None:
    client = with_token(make.token(world.member))
    assert client.delete(TOKENS).status_code == 204
    answer = client.get(f"{API}forecasts/")
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")
    assert answer["WWW-Authenticate"] == "Token"


def test_revoking_one_leaves_the_others(world: World) -> None:
    first, second = (with_token(make.token(world.member)) for _ in range(2))
    first.delete(TOKENS)
    assert second.get(f"{API}forecasts/").status_code == 200


def test_a_token_makes_no_further_tokens(world: World) -> None:
    answer = with_token(make.token(world.member)).post(TOKENS)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert Token.objects.count() == 1


def test_a_session_has_no_token_to_revoke(world: World) -> None:
    assert as_person(world.member).delete(TOKENS).json()["code"] == "not_allowed"


def test_the_token_of_an_inactive_person_opens_nothing(world: World) -> None:
    client = with_token(make.token(world.member))
    world.member.is_active = False
    world.member.save()
    assert client.get(f"{API}forecasts/").status_code == 401
    assert ask(world.member.email).status_code == 401


def test_an_expired_token_opens_nothing(world: World) -> None:
    client = with_token(make.token(world.member, days=1))
    assert client.get(f"{API}forecasts/").status_code == 200
    with clocks.standing_at(timezone.now() + timedelta(days=1, minutes=1)):
        assert client.get(f"{API}forecasts/").status_code == 401


def test_the_last_use_is_known_to_within_ten_minutes_without_writing_each_time(world: World) -> None:
    client = with_token(make.token(world.member))
    assert Token.objects.get().used_at is None
    start = timezone.now()
    for minutes, known in ((0, 0), (9, 0), (11, 11), (12, 11)):
        with clocks.standing_at(start + timedelta(minutes=minutes)):
            client.get(f"{API}schema/")
        assert Token.objects.get().used_at == start + timedelta(minutes=known)


@pytest.mark.parametrize("scope", Scope.values)
def test_a_token_reads_with_the_scope_to_read_only(world: World, scope: str) -> None:
    answer = scoped(world.member, scope).get(f"{API}forecasts/")
    assert answer.status_code == (200 if scope == "read" else 403)
    assert scope == "read" or answer.json()["code"] == "scope"


@pytest.mark.parametrize("scope", Scope.values)
def test_a_token_estimates_with_the_scope_to_estimate_only(world: World, scope: str) -> None:
    answer = scoped(world.member, scope).post(f"{API}estimates/", {"forecast": world.open.pk, "probability": 0.4})
    assert answer.status_code == (201 if scope == "estimate" else 403)


@pytest.mark.parametrize("scope", Scope.values)
def test_a_token_ends_itself_whatever_it_may_do(world: World, scope: str) -> None:
    assert scoped(world.member, scope).delete(TOKENS).status_code == 204


def test_a_scope_gives_nothing_that_its_person_may_not_do(world: World) -> None:
    stranger = scoped(make.user(), "read", "estimate")
    answer = stranger.post(f"{API}estimates/", {"forecast": world.open.pk, "probability": 0.4})
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize("sent", ["Token", "Token a b", "Token \x80\xff", "Token ../..", "Token " + "a" * 64])
def test_what_is_no_token_is_refused(db: None, sent: str) -> None:
    answer = APIClient().get(f"{API}forecasts/", HTTP_AUTHORIZATION=sent)
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")


def test_a_request_with_a_token_reads_it_and_the_clock_in_one_query_each(
    world: World, django_assert_num_queries: Any
) -> None:
    token, *_others = (make.token(world.member) for _ in range(5))
    client = with_token(token)
    client.get(f"{API}schema/")
    with django_assert_num_queries(2):
        assert client.get(f"{API}schema/").status_code == 200


@pytest.mark.parametrize("sent", ["wrong", ""])
def test_a_wrong_password_gives_no_token(world: World, sent: str) -> None:
    answer = ask(world.member.email, sent)
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")
    assert answer["WWW-Authenticate"].startswith("Basic ")


def test_after_ten_guesses_a_minute_even_the_right_password_waits(world: World) -> None:
    wrong = [ask(world.member.email, f"guess {n}", REMOTE_ADDR=f"192.0.2.{n}") for n in range(10)]
    late = ask(world.member.email.upper(), REMOTE_ADDR=ELSEWHERE)
    assert {answer.status_code for answer in wrong} == {401}
    assert (late.status_code, late.json()["code"]) == (429, "throttled")
    assert 0 < int(late["Retry-After"]) <= 60
    assert ask(world.owner.email, REMOTE_ADDR=ELSEWHERE).status_code == 201


def test_ten_guesses_at_ten_accounts_stop_their_address_alone(world: World) -> None:
    for n in range(10):
        assert ask(f"person-{n}@example.org", "guess").status_code == 401
    assert ask(world.owner.email).status_code == 429
    assert ask(world.owner.email, REMOTE_ADDR=ELSEWHERE).status_code == 201


def test_right_passwords_do_not_count(world: World) -> None:
    assert [ask(world.member.email).status_code for _ in range(15)] == [201] * 15


def test_a_password_opens_nothing_but_the_tokens(world: World) -> None:
    answer = APIClient().get(f"{API}forecasts/", HTTP_AUTHORIZATION=basic(world.member.email))
    assert answer.status_code == 401


def test_a_password_set_anew_revokes_the_tokens_of_its_person_and_of_nobody_else(world: World) -> None:
    lost, kept = (with_token(make.token(who)) for who in (world.member, world.owner))
    world.member.set_password("another battery entirely")
    world.member.save()
    assert lost.get(f"{API}forecasts/").json()["code"] == "authentication_failed"
    assert kept.get(f"{API}forecasts/").status_code == 200


def test_a_token_outlives_logging_in_and_changing_ones_name(world: World) -> None:
    client = with_token(make.token(world.member))
    assert world.member.check_password(make.PASSWORD)
    world.member.name = "Ada L."
    world.member.save()
    assert client.get(f"{API}forecasts/").status_code == 200


def test_a_password_set_by_the_link_of_a_mail_revokes_tokens_too(world: World) -> None:
    client = with_token(make.token(world.member))
    browser, mailed = Client(), urlsplit(links.password_url("reset", world.member, timezone.now()))
    asked = browser.get(mailed.path, follow=True)
    new = "another battery entirely"
    browser.post(asked.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
    assert client.get(f"{API}forecasts/").status_code == 401


def test_tries_are_counted_for_all_processes_together(world: World) -> None:
    for _ in range(3):
        ask(world.member.email, "wrong")
    ours = settings.CACHES["default"]
    in_another_process = SharedCache(str(ours["LOCATION"]), {"KEY_PREFIX": ours["KEY_PREFIX"]})
    account, now = limits.digest(world.member.email), int(timezone.now().timestamp())
    places = [f"limit:{guesses.BY_ACCOUNT.name}:{account}:{second}" for second in range(now - 59, now + 1)]
    assert sum(in_another_process.get_many(places).values()) == 3


def test_nobody_has_more_than_a_hundred(world: World) -> None:
    for _ in range(100):
        make.token(world.member)
    assert ask(world.member.email).json()["errors"].keys() == {"name"}
    assert ask(world.owner.email).status_code == 201


def test_making_and_ending_one_is_noted(world: World) -> None:
    ask(world.member.email, body={"name": "Report", "scopes": ["read"], "days": 7}, REMOTE_ADDR=ELSEWHERE)
    made = SecurityEvent.objects.get(kind="token")
    assert (made.person, made.by, made.address) == (world.member, world.member, ELSEWHERE)
    assert made.detail == "Report: read, 7 days"
    with_token(make.token(world.member)).delete(TOKENS)
    assert SecurityEvent.objects.filter(kind="token_gone", person=world.member).count() == 1
