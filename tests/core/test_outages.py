"""What the web answers while a part is down, and that it goes on by itself when the part is back."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message

import pytest

from core.local import broker, database
from core.local.cluster import Cluster
from core.local.places import CHECKOUT
from tests.runs import environment, own_var
from tests.services import free_port, local_environment, status, wait_until

pytestmark = pytest.mark.slow

type Answer = tuple[int, Message, bytes]

MAKE_TOKEN = """
from forecasts.models import User
from django.utils import timezone
from forecasts.rules import tokens
operator = User.objects.create_superuser("operator@example.invalid", name="Operator")
print(tokens.make(operator, at=timezone.now())[1])
"""


@dataclass(frozen=True)
class Site:
    """A web server of its own, on a database that the test may stop, with no broker and no mail server."""

    url: str
    cluster: Cluster
    token: str

    def get(self, path: str, **headers: str) -> Answer:
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def api(self) -> Answer:
        return self.get("/api/v1/scenarios/", Authorization=f"Token {self.token}")


def manage(*arguments: str, env: Mapping[str, str]) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=env, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with own_var() as var, environment({"RECKONER_VAR": str(var)}), database.running(durable=False) as cluster:
        port = free_port()
        env = local_environment(var, PORT=str(port))
        manage("migrate", "--verbosity", "0", env=env)
        token = manage("shell", "--verbosity", "0", "--command", MAKE_TOKEN, env=env).split()[-1]
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "core.wsgi:application"]
        web = subprocess.Popen(granian, cwd=CHECKOUT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            here = f"http://127.0.0.1:{port}"
            wait_until(lambda: status(f"{here}/healthz") is not None, "the web server")
            yield Site(here, cluster, token)
        finally:
            web.terminate()
            web.wait(120)


def test_without_a_broker_the_api_and_the_pages_work_and_health_says_so(site: Site) -> None:
    assert site.api()[0] == 200
    assert site.get("/login/")[0] == 200
    # Pictures are kept beside the queues where there is a broker, and drawn all the same where there is none.
    for _ in range(2):
        assert site.get("/api/v1/calibration.svg", Authorization=f"Token {site.token}")[0] == 200
    code, _, body = site.get("/healthz")
    assert code == 503
    assert json.loads(body)["parts"]["broker"] == "down"


def test_health_recovers_with_the_broker(site: Site) -> None:
    with environment({"RECKONER_VAR": str(site.cluster.data.parent)}), broker.running():
        wait_until(lambda: json.loads(site.get("/healthz")[2])["parts"]["broker"] == "ok", "the broker to be seen")
    assert json.loads(site.get("/healthz")[2])["parts"]["broker"] == "down"


def test_without_its_database_the_site_answers_503_and_goes_on_when_it_is_back(site: Site) -> None:
    assert site.api()[0] == 200
    site.cluster.stop()
    try:
        code, headers, body = site.api()
        assert (code, headers["Retry-After"], json.loads(body)["code"]) == (503, "30", "unavailable")
        code, _, page = site.get("/", Cookie="sessionid=somebody")
        assert (code, b"is safe; try again" in page) == (503, True)
        assert json.loads(site.get("/healthz")[2])["parts"]["database"] == "down"
    finally:
        site.cluster.start()
    wait_until(lambda: site.api()[0] == 200, "the API to answer again")
