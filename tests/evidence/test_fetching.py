"""Fetching files of feeds, from servers on loopback that speak as the services do."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from forecasts.evidence.event_tables import read, scratch
from forecasts.evidence.feeds import feed_named
from forecasts.evidence.fetching import Access, NotFetched, fetch
from tests.evidence.rows import DEFAULTS

type Answer = tuple[int, bytes]
type Ask = Callable[[str, dict[str, str], dict[str, str], bytes], Answer]
EVENTS = [{**DEFAULTS, "id": number} for number in range(5)]


class Server:
    """A service on loopback: `ask` gets path, query, headers and body."""

    def __init__(self) -> None:
        self.ask: Ask = lambda *_: (404, b"")
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self.rfile.read(int(headers.get("content-length", 0)))
                status, content = outer.ask(parts.path, query, headers, body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_POST = do_GET  # noqa: N815 -- the name is of the standard library

            def log_message(self, *_: object) -> None:
                """Tests say what went wrong."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    yield found
    found.stop()


def ucdp(server: Server, *, total: int = 5, size: int = 2) -> Ask:
    """Pages of two events, for whoever sends the token."""

    def ask(path: str, query: dict[str, str], headers: dict[str, str], body: bytes) -> Answer:
        if headers.get("x-ucdp-access-token") != "secret":
            return 401, b"{}"
        page = int(query.get("page", 0))
        more = f"{server.address}{path}?pagesize=2&page={page + 1}" if (page + 1) * size < len(EVENTS) else ""
        part = EVENTS[page * size : (page + 1) * size]
        return 200, json.dumps({"TotalCount": total, "NextPageUrl": more, "Result": part}).encode()

    return ask


def test_ucdp_is_read_page_by_page_into_a_file_that_take_reads(server: Server, tmp_path: Path) -> None:
    server.ask = ucdp(server)
    path = fetch("ucdp_ged", Access(server.address, {"token": "secret"}), "25.1", tmp_path / "25.1.csv")
    with scratch() as database:
        read(database, path, feed_named("ucdp_ged"))
        assert database.execute("SELECT count(*) FROM event").fetchall() == [(5,)]


def test_a_refusal_half_an_answer_and_fewer_events_than_announced_keep_nothing(server: Server, tmp_path: Path) -> None:
    access, target = Access(server.address, {"token": "secret"}), tmp_path / "25.1.csv"
    server.ask = ucdp(server)
    with pytest.raises(NotFetched, match="refuses the token"):
        fetch("ucdp_ged", Access(server.address, {"token": "wrong"}), "25.1", target)
    server.ask = ucdp(server, total=6)
    with pytest.raises(NotFetched, match="announced 6 events and gave 5"):
        fetch("ucdp_ged", access, "25.1", target)
    server.ask = lambda *_: (200, b'{"Result": [{"id"')
    with pytest.raises(NotFetched, match="answered half"):
        fetch("ucdp_ged", access, "25.1", target)
    server.ask = lambda *_: (503, b"")
    with pytest.raises(NotFetched, match="answered 503"):
        fetch("ucdp_ged", access, "25.1", target)
    assert list(tmp_path.iterdir()) == []


def test_changed_columns_and_another_form_are_noticed(server: Server, tmp_path: Path) -> None:
    access, target = Access(server.address, {"token": "secret"}), tmp_path / "25.1.csv"
    changed = {"TotalCount": 2, "Result": [{"id": 1, "best": 2}, {"id": 2, "deaths": 3}]}
    server.ask = lambda *_: (200, json.dumps(changed).encode())
    with pytest.raises(NotFetched, match="columns change on the way \\(best, deaths\\)"):
        fetch("ucdp_ged", access, "25.1", target)
    server.ask = lambda *_: (200, b'{"data": []}')
    with pytest.raises(NotFetched, match="under Result"):
        fetch("ucdp_ged", access, "25.1", target)
    assert list(tmp_path.iterdir()) == []


def test_a_token_goes_to_no_other_host(server: Server, tmp_path: Path) -> None:
    page = {"TotalCount": 2, "NextPageUrl": "http://elsewhere.invalid/2", "Result": [{"id": 1}]}
    server.ask = lambda *_: (200, json.dumps(page).encode())
    with pytest.raises(NotFetched, match=r"elsewhere\.invalid, which the settings do not name"):
        fetch("ucdp_ged", Access(server.address, {"token": "secret"}), "25.1", tmp_path / "x.csv")
    server.ask = lambda *_: (302, b"")
    with pytest.raises(NotFetched, match="answered 302"):
        fetch("ucdp_ged", Access(server.address, {"token": "secret"}), "25.1", tmp_path / "x.csv")


def test_acled_gives_a_token_for_an_account_and_pages_until_one_is_empty(server: Server, tmp_path: Path) -> None:
    def ask(path: str, query: dict[str, str], headers: dict[str, str], body: bytes) -> Answer:
        if path == "/oauth/token":
            given = parse_qs(body.decode())
            is_known = (given["username"], given["password"], given["grant_type"]) == (["me"], ["word"], ["password"])
            return (200, b'{"access_token": "t"}') if is_known else (401, b"{}")
        if headers.get("authorization") != "Bearer t":
            return 403, b"{}"
        records = [{"event_id_cnty": f"XYZ{query['page']}", "fatalities": 3}] if int(query["page"]) < 3 else []
        return 200, json.dumps({"data": records}).encode()

    server.ask = ask
    path = fetch("acled", Access(server.address, {"user": "me", "password": "word"}), "", tmp_path / "acled.csv")
    assert path.read_text().splitlines() == ["event_id_cnty,fatalities", "XYZ1,3", "XYZ2,3"]
    with pytest.raises(NotFetched, match="refuses"):
        fetch("acled", Access(server.address, {"user": "me", "password": "wrong"}), "", tmp_path / "x.csv")


def test_idmc_asks_for_a_client_id(server: Server, tmp_path: Path) -> None:
    def ask(path: str, query: dict[str, str], headers: dict[str, str], body: bytes) -> Answer:
        if query.get("client_id") != "us":
            return 403, b"{}"
        return 200, json.dumps([{"id": 1, "country": "India", "figure": 12}]).encode()

    server.ask = ask
    path = fetch("idmc_idu", Access(server.address, {"client_id": "us"}), "", tmp_path / "idu.csv")
    assert path.read_text().splitlines() == ["id,country,figure", "1,India,12"]
    with pytest.raises(NotFetched, match="give no client_id"):
        fetch("idmc_idu", Access(server.address, {}), "", tmp_path / "x.csv")


def test_a_server_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotFetched, match="did not answer in full"):
        fetch("idmc_idu", Access("http://127.0.0.1:9", {"client_id": "us"}), "", tmp_path / "x.csv")
