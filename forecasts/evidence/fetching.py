"""Fetches files of feeds from the services that publish them: optional, off unless a host is named in the settings.

A fetcher only writes a file for `take`; what it fetched is whole or not there.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import httpx

from forecasts.rules.errors import ReckonerError

SECONDS = 60.0
MOST_PAGES = 5_000

type Record = dict[str, Any]


class NotFetched(ReckonerError):
    """A service refused, answered half, or answers in another form than it used to."""

    code = "not_fetched"


@dataclass(frozen=True)
class Access:
    """A service's address and what it asks for; nothing of it stands in messages."""

    address: str
    secrets: Mapping[str, str]

    def secret(self, name: str) -> str:
        if not self.secrets.get(name):
            raise NotFetched(f"The settings give no {name} for {self.address}.")
        return self.secrets[name]


def ucdp_ged(client: httpx.Client, access: Access, version: str) -> Iterator[Record]:
    """UCDP's API: pages with `NextPageUrl`, a token in the header x-ucdp-access-token."""
    headers = {"x-ucdp-access-token": access.secret("token")}
    address: str | None = f"{access.address}/api/gedevents/{version}?pagesize=1000"
    expected, seen = None, 0
    for _ in range(MOST_PAGES):
        page = _answer(client.get(address or "", headers=headers))
        records = _list(page, "Result")
        expected, seen = page.get("TotalCount", expected), seen + len(records)
        yield from records
        address = _on_same_host(page.get("NextPageUrl") or None, access)
        if address is None:
            break
    if expected is not None and seen != expected:
        raise NotFetched(f"UCDP announced {expected:,} events and gave {seen:,}: nothing is kept.")


def acled(client: httpx.Client, access: Access, version: str) -> Iterator[Record]:
    """ACLED's API: OAuth with an account's name and password, pages counted from 1 until one is empty."""
    asked = {"username": access.secret("user"), "password": access.secret("password")}
    grant = {**asked, "grant_type": "password", "client_id": "acled"}
    token = _answer(client.post(f"{access.address}/oauth/token", data=grant)).get("access_token")
    if not token:
        raise NotFetched("ACLED gave no access token.")
    for page in range(1, MOST_PAGES):
        asked_for = {"limit": "5000", "page": str(page), "_format": "json"}
        headers = {"Authorization": f"Bearer {token}"}
        answer = client.get(f"{access.address}/api/acled/read", params=asked_for, headers=headers)
        records = _list(_answer(answer), "data")
        if not records:
            return
        yield from records


def idmc_idu(client: httpx.Client, access: Access, version: str) -> Iterator[Record]:
    """IDMC's API: one list for the last 180 days, with a client id in the query."""
    found = client.get(f"{access.address}/external-api/idus/all/", params={"client_id": access.secret("client_id")})
    yield from _list({"records": _json(found)}, "records")


FETCHERS: dict[str, Callable[[httpx.Client, Access, str], Iterator[Record]]] = {
    "ucdp_ged": ucdp_ged,
    "acled": acled,
    "idmc_idu": idmc_idu,
}


def fetch(feed: str, access: Access, version: str, target: Path) -> Path:
    """Write what a service gives as CSV, whole or not at all. Raises NotFetched."""
    fetcher = FETCHERS.get(feed)
    if fetcher is None:
        raise NotFetched(f"{feed} has no fetcher. Allowed: {', '.join(FETCHERS)}.")
    part = target.with_name(f"{target.name}.part")
    try:
        # Redirects are not followed: they could lead a token to another host.
        with httpx.Client(timeout=SECONDS, follow_redirects=False) as client:
            _write(fetcher(client, access, version), part)
        return part.replace(target)
    except httpx.HTTPError as error:
        raise NotFetched(f"{access.address} did not answer in full ({type(error).__name__}).") from error
    finally:
        part.unlink(missing_ok=True)


def _write(records: Iterator[Record], part: Path) -> None:
    """The records as CSV; each has the columns of the first."""
    first = next(records, None)
    if first is None:
        raise NotFetched("The service gave no records: nothing is kept.")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first), lineterminator="\n")
        writer.writeheader()
        for record in chain([first], records):
            if set(record) != set(first):
                changed = ", ".join(sorted(set(record) ^ set(first)))
                raise NotFetched(f"The columns change on the way ({changed}): nothing is kept.")
            writer.writerow({name: _cell(value) for name, value in record.items()})


def _answer(response: httpx.Response) -> Record:
    found = _json(response)
    if not isinstance(found, dict):
        raise NotFetched(f"{response.url.host} answers in another form than it used to.")
    return found


def _json(response: httpx.Response) -> Any:
    if response.status_code in (401, 403):
        raise NotFetched(f"{response.url.host} refuses the token or account ({response.status_code}).")
    if response.status_code != 200:
        raise NotFetched(f"{response.url.host} answered {response.status_code}.")
    try:
        return response.json()
    except json.JSONDecodeError as error:
        raise NotFetched(f"{response.url.host} answered half: {error.msg}.") from error


def _list(page: Record, name: str) -> list[Record]:
    found = page.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise NotFetched(f"A list was expected under {name}: the service answers in another form than it used to.")
    return found


def _on_same_host(address: str | None, access: Access) -> str | None:
    """The next page, which stays where the settings point: a token goes to no other host."""
    if address and httpx.URL(address).host != httpx.URL(access.address).host:
        raise NotFetched(f"The next page lies at {httpx.URL(address).host}, which the settings do not name.")
    return address


def _cell(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
