"""The inbox of the embedded mail catcher: for this machine only, and harmless."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from core.local import catcher, inbox
from tests import make

pytestmark = pytest.mark.django_db

HTML = '<html><head><title>x</title></head><body><a href="http://127.0.0.1:8000/answer/t/">Answer</a></body></html>'


@pytest.fixture(autouse=True)
def mailbox(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.EMBEDDED_MAIL = True
    monkeypatch.setenv("RECKONER_VAR", str(tmp_path))
    folder = catcher.mailbox()
    for part in ("new", "cur", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def key(mailbox: Path) -> str:
    """The key of one message in the box."""
    message = EmailMessage()
    message["Subject"] = "Your estimate, please"
    message["From"] = "Reckoner <reckoner@localhost>"
    message["To"] = "analyst@example.invalid"
    message.set_content("Answer at http://127.0.0.1:8000/answer/t/ today.")
    message.add_alternative(HTML, subtype="html")
    (mailbox / "new" / "1").write_bytes(bytes(message))
    return inbox.messages()[0].key


def test_the_list_names_recipient_and_subject(client: Client, key: str) -> None:
    page = client.get(reverse("inbox")).content.decode()
    assert "analyst@example.invalid" in page
    assert "Your estimate, please" in page
    assert reverse("inbox-message", args=[key]) in page


def test_an_empty_inbox_says_what_will_appear(client: Client) -> None:
    assert "Every mail that Reckoner sends will appear here" in client.get(reverse("inbox")).content.decode()


def test_a_message_shows_its_text_with_clickable_links_and_frames_its_html(client: Client, key: str) -> None:
    page = client.get(reverse("inbox-message", args=[key])).content.decode()
    assert '<a href="http://127.0.0.1:8000/answer/t/" rel="nofollow">' in page
    assert f'src="{reverse("inbox-html", args=[key])}"' in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page


def test_the_framed_html_may_run_load_and_send_nothing(client: Client, key: str) -> None:
    answer = client.get(reverse("inbox-html", args=[key]))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "form-action 'none'" in policy
    assert "script-src" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_links_of_the_framed_html_open_in_a_new_tab(client: Client, key: str) -> None:
    html = client.get(reverse("inbox-html", args=[key])).content.decode()
    assert html == HTML.replace("<head>", '<head><base target="_blank">') + "\n"


def test_nothing_of_the_inbox_is_kept_by_caches(client: Client, key: str) -> None:
    for address in (reverse("inbox"), reverse("inbox-message", args=[key]), reverse("inbox-html", args=[key])):
        assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("address", ["203.0.113.7", "10.0.0.5", "::ffff:10.0.0.5", "fe80::1", "", "unknown"])
def test_another_machine_finds_no_inbox_even_logged_in(client: Client, key: str, address: str) -> None:
    client.force_login(make.administrator())
    for name, arguments in (("inbox", []), ("inbox-message", [key]), ("inbox-html", [key])):
        assert client.get(reverse(name, args=arguments), REMOTE_ADDR=address).status_code == 404


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1"])
def test_this_machine_finds_it_without_logging_in(client: Client, address: str) -> None:
    assert client.get(reverse("inbox"), REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"])
def test_what_a_proxy_passed_on_is_from_elsewhere(client: Client, header: str) -> None:
    assert client.get(reverse("inbox"), **{header: "203.0.113.7"}).status_code == 404  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "value"), [("EMBEDDED_MAIL", False), ("PRODUCTION", True)])
def test_there_is_no_inbox_where_mail_is_not_embedded(
    client: Client, settings: Settings, name: str, *, value: bool
) -> None:
    setattr(settings, name, value)
    assert client.get(reverse("inbox")).status_code == 404


@pytest.mark.parametrize("key", ["nothing", "..%2F..%2Fsecrets", "%00"])
def test_an_unknown_message_is_not_found(client: Client, key: str) -> None:
    assert client.get(f"/inbox/{key}/").status_code == 404
    assert client.get(f"/inbox/{key}/html/").status_code == 404
