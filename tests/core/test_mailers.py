"""MAIL_URL says everything about the mail server."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.mailers import mailer


def test_a_password_may_hold_escaped_characters() -> None:
    options = mailer("smtps://me%40example.org:p%2Fw@mail.example.org:2465")["OPTIONS"]
    assert (options["username"], options["password"], options["port"]) == ("me@example.org", "p/w", 2465)
    assert options["use_ssl"] is True


def test_a_plain_address_has_the_standard_port_and_no_encryption() -> None:
    options = mailer("smtp://mail")["OPTIONS"]
    assert (options["host"], options["port"]) == ("mail", 25)
    assert "use_tls" not in options


@pytest.mark.parametrize("url", ["mail", "http://mail", "smtp://", ""])
def test_anything_else_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="such as smtp://mail:25"):
        mailer(url)
