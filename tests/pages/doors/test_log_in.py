"""The log-in: one door for pages and desk. Nobody guesses at it for long, and no stranger keeps anybody out of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from forecasts.models import SecurityEvent, User
from tests import clocks, make

pytestmark = pytest.mark.django_db

ELSEWHERE = "198.51.100.7"
FORM = {"username", "password", "next", "csrfmiddlewaretoken"}


@pytest.fixture
def person() -> User:
    return make.user("somebody@example.org")


def log_in(client: Client, password: str = make.PASSWORD, account: str = "somebody@example.org", **more: Any) -> Any:
    return client.post("/login/", {"username": account, "password": password}, **more)


def guess(times: int, account: str = "somebody@example.org", **more: Any) -> list[int]:
    return [log_in(Client(), f"guess {n}", account, **more).status_code for n in range(times)]


def from_everywhere(times: int) -> None:
    """Wrong guesses at the account, each from an address of its own."""
    for n in range(times):
        assert guess(1, REMOTE_ADDR=f"203.0.113.{n}") == [200]


def test_the_form_has_the_fields_that_it_always_had(client: Client) -> None:
    page = client.get("/login/?next=/articles/").content.decode()
    form = page[page.index('<form class="stack" method="post" action="/login/"') :].partition("</form>")[0]
    assert {part.partition('"')[0] for part in form.split('name="')[1:]} == FORM
    assert 'name="next" value="/articles/"' in form


def test_address_and_password_open_the_page_that_was_wanted(person: User) -> None:
    client = Client()
    answer = client.post("/login/", {"username": person.email, "password": make.PASSWORD, "next": "/articles/"})
    assert (answer.status_code, answer["Location"]) == (302, "/articles/")
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("wanted", ["https://example.net/", "//example.net/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_by_logging_in(person: User, wanted: str) -> None:
    answer = Client().post("/login/", {"username": person.email, "password": make.PASSWORD, "next": wanted})
    assert answer["Location"] == "/"


def test_after_ten_wrong_guesses_from_one_address_the_eleventh_waits(person: User) -> None:
    assert guess(10, "nobody@example.org") == [200] * 10
    late = log_in(Client())
    assert (late.status_code, 0 < int(late["Retry-After"]) <= 60) == (429, True)
    assert "Ten guesses were wrong" in late.content.decode()
    assert "_auth_user_id" not in late.client.session


def test_after_ten_wrong_guesses_at_one_account_the_eleventh_waits(person: User) -> None:
    from_everywhere(10)
    assert log_in(Client(), REMOTE_ADDR=ELSEWHERE).status_code == 429
    assert log_in(Client(), account="another@example.org", REMOTE_ADDR=ELSEWHERE).status_code == 200


def test_one_gets_in_again_as_soon_as_was_said(person: User) -> None:
    from_everywhere(10)
    wait = int(log_in(Client(), REMOTE_ADDR=ELSEWHERE)["Retry-After"])
    with clocks.standing_at(timezone.now() + timedelta(seconds=wait + 1)):
        assert log_in(Client(), REMOTE_ADDR=ELSEWHERE).status_code == 302


def test_guesses_that_are_refused_do_not_make_the_wait_longer(person: User) -> None:
    from_everywhere(10)
    waits = [int(log_in(Client(), "guess", REMOTE_ADDR=ELSEWHERE)["Retry-After"]) for _ in range(30)]
    assert max(waits) <= waits[0]


@pytest.mark.parametrize("account", [" Somebody@Example.ORG", "SOMEBODY@EXAMPLE.ORG "])
def test_an_account_is_the_same_however_it_is_written(person: User, account: str) -> None:
    from_everywhere(9)
    assert guess(1, account, REMOTE_ADDR="203.0.113.99") == [200]
    assert log_in(Client(), REMOTE_ADDR=ELSEWHERE).status_code == 429


def test_addresses_of_one_ipv6_network_count_as_one(person: User) -> None:
    for n in range(10):
        assert guess(1, f"nobody-{n}@example.org", REMOTE_ADDR=f"2001:db8::{n + 1:x}") == [200]
    assert log_in(Client(), REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert log_in(Client(), REMOTE_ADDR="2001:db8:0:1::1").status_code == 302


def test_the_basic_door_and_the_form_count_together(person: User) -> None:
    for _ in range(10):
        Client().post("/api/v1/tokens/", headers={"authorization": "Basic c29tZWJvZHlAZXhhbXBsZS5vcmc6eA=="})
    assert log_in(Client(), REMOTE_ADDR=ELSEWHERE).status_code == 429


def test_right_passwords_are_no_guesses(person: User) -> None:
    assert [log_in(Client()).status_code for _ in range(15)] == [302] * 15


def test_nothing_was_guessed_where_a_field_is_empty(person: User) -> None:
    assert [log_in(Client(), "").status_code for _ in range(15)] == [200] * 15
    assert log_in(Client()).status_code == 302


def test_a_stranger_keeps_nobody_out_of_a_browser_that_the_account_has_used(person: User) -> None:
    mine = Client()
    log_in(mine)
    mine.post("/logout/")
    from_everywhere(10)
    guess(10)  # from the same address too, as a neighbour behind the same router would
    assert log_in(Client()).status_code == 429
    assert log_in(mine).status_code == 302


def test_a_browser_that_is_known_is_no_place_to_guess_either(person: User) -> None:
    mine = Client()
    log_in(mine)
    mine.post("/logout/")
    assert [log_in(mine, f"guess {n}").status_code for n in range(10)] == [200] * 10
    assert log_in(mine).status_code == 429


def test_a_browser_is_known_to_the_accounts_that_logged_in_with_it_and_to_no_other(person: User) -> None:
    make.user("another@example.org")
    theirs = Client()
    log_in(theirs, account="another@example.org")
    theirs.post("/logout/")
    from_everywhere(10)
    assert log_in(theirs).status_code == 429


def test_nobody_makes_up_a_browser_that_is_known(person: User) -> None:
    from_everywhere(10)
    made_up = Client()
    made_up.cookies["known"] = "eyJhIjpbImIiLDFdfQ:1aB2c3"
    assert log_in(made_up, REMOTE_ADDR=ELSEWHERE).status_code == 429


def test_the_link_of_a_mail_lets_somebody_in_whom_a_stranger_guesses_at(person: User) -> None:
    from forecasts.mail import links

    from_everywhere(10)
    mine = Client()
    page = mine.get(links.password_url("reset", person, timezone.now()).partition("8000")[2], follow=True)
    new = "another battery entirely"
    mine.post(page.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
    assert mine.get("/account/").status_code == 200
    mine.post("/logout/")
    assert log_in(mine, new).status_code == 302


def test_the_desk_has_the_same_door(person: User) -> None:
    for address in ("/admin/", "/admin/login/?next=/admin/"):
        answer = Client().get(address, follow=True)
        assert answer.redirect_chain[-1][0] == "/login/?next=/admin/"
    form = {"username": person.email, "password": make.PASSWORD}
    assert Client().post("/admin/login/", form)["Location"] == "/admin/"
    from_everywhere(10)
    assert Client().post("/admin/login/", form, REMOTE_ADDR=ELSEWHERE).status_code == 429


def test_the_page_of_a_closed_account_says_nothing_that_a_wrong_password_would_not(person: User) -> None:
    make.user("closed@example.org", is_active=False)
    closed, unknown = (
        log_in(Client(), account=f"{name}@example.org").content.decode().partition("<main")[2]
        for name in ("closed", "unknown")
    )
    assert "is wrong" in closed
    assert closed.count("errorlist") == unknown.count("errorlist") == 1


def test_log_ins_and_wrong_guesses_are_noted_with_where_they_came_from(person: User) -> None:
    guess(2, REMOTE_ADDR=ELSEWHERE)
    log_in(Client(), REMOTE_ADDR=ELSEWHERE)
    noted = SecurityEvent.objects.order_by("pk").values_list("kind", "person", "by", "address")
    wrong, right = ("log_in_failed", person.pk, None, ELSEWHERE), ("log_in", person.pk, person.pk, ELSEWHERE)
    assert list(noted) == [wrong, wrong, right]


def test_what_was_typed_at_an_unknown_account_is_not_kept(db: None) -> None:
    guess(1, "my password by mistake")
    event = SecurityEvent.objects.get()
    assert (event.person, event.detail) == (None, "at the log-in")


def test_a_flood_of_guesses_is_noted_once(person: User) -> None:
    guess(40)
    kinds = list(SecurityEvent.objects.values_list("kind", flat=True))
    assert (kinds.count("log_in_failed"), kinds.count("log_in_refused")) == (10, 1)


def test_a_log_in_from_a_new_browser_is_noted_and_the_first_of_all_is_not(person: User) -> None:
    mine = Client()
    log_in(mine)
    mine.post("/logout/")
    log_in(mine)
    assert not SecurityEvent.objects.filter(kind="device").exists()
    log_in(Client(headers={"user-agent": "Another/1.0"}))
    assert SecurityEvent.objects.get(kind="device").detail == "Another/1.0"


def test_logging_out_is_noted(person: User) -> None:
    mine = Client()
    log_in(mine)
    mine.post("/logout/")
    assert SecurityEvent.objects.get(kind="log_out").person == person
