"""Mails as bytes: what the standard library reads back is what was written."""

import binascii
import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
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


NAMES = [
    "عبدالرحمنعبداللهعبدالعزيزعبدالكريمعبدالرزاقعبدالحميدعبدال",
    "Ἀριστοτέλης ὁ Σταγειρίτης, ὁ τοῦ Νικομάχου υἱός, φιλόσοφος",
    "東京大学大学院情報学環・学際情報学府国際関係論研究室の田中太郎さん",
    "🙂" * 60,
    "é" * 200,
    "A very long name, " * 11,
    "=?utf-8?q?not_encoded?=",
]


@pytest.mark.parametrize("header", ["To", "From", "Reply-To", "Subject", "List-Id"])
@pytest.mark.parametrize("name", NAMES)
def test_names_of_any_script_and_length_stand_in_headers_as_rfc_2047_wants(header: str, name: str) -> None:
    value = name if header in {"Subject", "List-Id"} else wire.address(name, "a@example.org")
    content = wire.mail({**HEADERS, header: value}, "text", "html").content
    head = content.partition(b"\r\n\r\n")[0]
    lines = [line for line in head.split(b"\r\n") if b"=?" in line]
    assert all(len(line) <= 76 for line in lines)
    assert all(len(word) <= 75 for line in lines for word in re.findall(rb"=\?[^\s]*?\?=", line))
    # The library's newer reader puts a space between encoded words of a phrase, which RFC 2047 says are one.
    raw = str(message_from_bytes(content, policy=policy.compat32)[header])
    value, _, address = str(make_header(decode_header(raw))).rpartition(" <") if "<a@" in raw else (raw, "", "")
    shown = value if address else str(make_header(decode_header(raw)))
    assert shown.strip('"').split() == name.split()
    assert address in {"", "a@example.org>"}


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Cn"]), min_size=1, max_size=200))
def test_any_name_is_read_back_and_costs_nobody_their_mail(name: str) -> None:
    content = wire.mail({**HEADERS, "To": wire.address(name, "a@example.org")}, "text", "html").content
    (address,) = read(content)["To"].addresses
    assert address.addr_spec == "a@example.org"
    assert max(map(len, content.split(b"\r\n"))) <= 998


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
