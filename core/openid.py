"""The identity provider, as the environment names it, in the form that django-allauth reads."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ROLES = ("viewer", "analyst", "resolver", "editor", "owner", "administrator")


def providers(key: str, issuer: str, *, client: str, secret: str, name: str, scopes: list[str]) -> dict[str, Any]:
    """Nothing where there is no issuer. Raises ImproperlyConfigured where it is named by halves."""
    if not issuer:
        return {}
    if not client or not secret:
        raise ImproperlyConfigured("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, by the provider's word.")
    if urlsplit(issuer).scheme not in ("https", "http"):
        raise ImproperlyConfigured("OIDC_ISSUER is an address, such as https://login.example.org/realms/team.")
    app = {
        "provider_id": key,
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True, "fetch_userinfo": True, "scope": scopes},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True, "SCOPE": scopes}}


def roles(text: str) -> list[tuple[str, str]]:
    """Pairs of a group there and a role here.

    >>> roles("forecasters=analyst, chiefs=administrator")
    [('forecasters', 'analyst'), ('chiefs', 'administrator')]
    """
    pairs = [tuple(part.strip() for part in one.rpartition("=")[::2]) for one in text.split(",") if one.strip()]
    for group, role in pairs:
        if not group or role not in ROLES:
            raise ImproperlyConfigured(
                f"OIDC_ROLES is GROUP=ROLE, with commas between; the roles are {', '.join(ROLES)}."
            )
    return [(group, role) for group, role in pairs]


def origin(address: str) -> str:
    """
    >>> origin("https://login.example.org/realms/team")
    'https://login.example.org'
    """
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
