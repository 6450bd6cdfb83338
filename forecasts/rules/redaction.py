"""Whoever reads a text that holds a signed link must not be able to answer in somebody's name."""

import re

TOKEN = re.compile(r"(/(?:answer|invite|reset|stop|snooze|calendar)/)[^/?#\s\"'<>]+")


def without_tokens(text: str) -> str:
    """The text with the token of each signed link replaced.

    >>> without_tokens("GET /answer/MTI6c2VjcmV0/?next=1")
    'GET /answer/…/?next=1'
    """
    return TOKEN.sub(r"\1…", text)
