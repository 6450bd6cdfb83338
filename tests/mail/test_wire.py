"""Mails as bytes: what the standard library reads back is what was written."""

import binascii
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.mail.emails import one_line, readable, wire
from forecasts.mail.emails.wire import Picture

HEADERS = {
    "Subject": "Your estimate: Will it rain?",
    "From": "Reckoner <asks@reckoner.example.org>",
    "To": wire.address("An analyst", "a@example.org"),
    "Message-ID": "<0123@reckoner.example.org>",
}
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@settings(max_examples=150, deadline=None)
@given(texts)
def test_a_subject_is_read_back_as_it_was_written(title: str) -> None:
    subject = one_line(f"Result: {title}")
    content = wire.mail({**HEADERS, "Subject": subject}, "text\n", "<p>text</p>\n").content
    assert str(read(content)["Subject"]).split() == subject.split()
    assert read(content)["Bcc"] is None


@settings(max_examples=150, deadline=None)
@given(texts)
def test_both_bodies_are_read_back_as_they_were_written(said: str) -> None:
    text = f"{readable(said)}\n"
    mail = read(wire.mail(HEADERS, text, f"<p>{text}</p>\n").content)
    assert body(mail, "plain").rstrip("\n") == text.rstrip("\n")
    assert body(mail, "html").rstrip("\n") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "text", ["word " * 400, "ж" * 3_000, "x" * 5_000, "long “quoted” line " * 90, ".\n.\nFrom me\n"]
)
def test_every_line_fits_any_server(text: str) -> None:
    content = wire.mail({**HEADERS, "Subject": "word " * 60 + "end"}, text, text).content
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert body(read(content), "plain").strip() == text.strip()


@settings(max_examples=150, deadline=None)
@given(st.text("ab. =\t\n", max_size=300))
def test_a_page_is_quoted_as_if_its_head_and_its_body_were_one(said: str) -> None:
    page = f"<title>“{said}”</title>\n<style>p {'{ margin: 0; }' * 9}</style>\n</head>\n<body>\n{said}\n"
    whole = binascii.b2a_qp(page.encode(), istext=True).replace(b"\n", b"\r\n")
    assert whole in wire.mail(HEADERS, "text\n", page).content


def test_a_text_that_looks_encoded_stays_what_it_is() -> None:
    content = wire.mail({**HEADERS, "Subject": "=?utf-8?q?Bcc=3A?= rain"}, "text", "html").content
    assert str(read(content)["Subject"]) == "=?utf-8?q?Bcc=3A?= rain"


@pytest.mark.parametrize("name", ["Zoë, “the” analyst", "Al-Ḥasan", 'A "quoted" name', "Plain", ""])
def test_a_name_is_read_back_and_names_one_address(name: str) -> None:
    content = wire.mail({**HEADERS, "To": wire.address(name, "a@example.org")}, "text", "html").content
    (address,) = read(content)["To"].addresses
    assert (address.display_name, address.addr_spec) == (name, "a@example.org")


@pytest.mark.parametrize("email", ["no address at all", "a@", "a b@example.org", ""])
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(Exception, match=r".+"):
        wire.address("A name", email)


def test_a_picture_goes_with_the_html_that_shows_it() -> None:
    content = wire.mail(
        HEADERS, "text", '<img src="cid:calibration">', [Picture("calibration", b"\x89PNG" * 500)]
    ).content
    mail = read(content)
    (picture,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert picture.get_content() == b"\x89PNG" * 500
    assert picture["Content-ID"] == "<calibration>"
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
