"""The environment as the settings read it: a variable, or the file that NAME_FILE names, where secrets belong."""

import os
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv


class Environment(FileAwareEnv):
    """Says by name which file cannot be read."""

    def __init__(self) -> None:
        super().__init__(strip_whitespace=True)

    def _get_value(self, env_key: str, default: Any) -> Any:
        try:
            return super()._get_value(env_key, default)
        except (ValueError, UnicodeDecodeError) as error:
            path = os.environ.get(f"{env_key}_FILE")
            raise ImproperlyConfigured(f"{env_key}_FILE names {path}, which cannot be read: {error}") from error


def with_password(url: str, password: str) -> str:
    """An address with the password in its place, whatever is in it; the address alone where there is none.

    >>> with_password("postgres://app@db/reckoner", "p@ss:w/rd")
    'postgres://app:p%40ss%3Aw%2Frd@db/reckoner'
    >>> with_password("redis://redis:6379/0", "secret"), with_password("redis://redis:6379/0", "")
    ('redis://:secret@redis:6379/0', 'redis://redis:6379/0')
    """
    if not url or not password:
        return url
    parts = urlsplit(url)
    user = (parts.username or "") if "@" in parts.netloc else ""
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{place}"))
