"""Where passkeys work: under a name, and encrypted or on this machine. Browsers see to that."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest


def problem(request: HttpRequest) -> str:
    """Why a passkey does not work under the address that was opened; empty where it does."""
    opened = urlsplit(f"//{request.get_host()}")
    host = opened.hostname or ""
    if _is_number(host):
        here = f"http://localhost{f':{opened.port}' if opened.port else ''}/"
        return f"A passkey belongs to a name, and {host} is a number. On this machine, open {here} and log in there."
    if not request.is_secure() and host != "localhost" and not host.endswith(".localhost"):
        return f"Browsers use passkeys over an encrypted connection only: open https://{host}/ instead."
    return ""


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
