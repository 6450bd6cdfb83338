"""What people and programs do with a Reckoner that runs, from a scenario folder to the calibration of the API."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from core.local import inbox
from core.local.inbox import Mail
from core.local.places import CHECKOUT
from tests.services import Stack

ARTICLE = "The bridge may be rebuilt before the winter."
QUESTION = "The bridge over the river is open to traffic again"
# Time to be asked and to answer before the forecast closes; longer where the machine is busy.
WINDOW = timedelta(seconds=45)

SCENARIO = """\
format: 1
scenario: {{slug: bridge, title: The bridge, summary: "", visibility: members, cooling_off_hours: 0}}
people:
  - {{key: bridge-analyst, name: Bridge analyst, role: analyst, time_zone: UTC}}
  - {{key: bridge-resolver, name: Bridge resolver, role: resolver, time_zone: UTC}}
  - {{key: bridge-owner, name: Bridge owner, role: owner, time_zone: UTC}}
article:
  file: article.txt
  title: The bridge
  source: {{name: Example Courier, kind: outlet}}
  published_at: {opens_at}
  sha256: "{sha256}"
statements:
  - {{id: S1, start: 0, end: 44, quote: "{article}", category: other, cue: may, likelihood: unquantified,
     review: accepted}}
forecasts:
  - id: bridge-open
    statement: S1
    fidelity: narrower
    category: other
    kind: binary
    title: {question}
    criteria: YES if the ministry reports it by then; NO otherwise.
    resolution_source: {{name: The ministry, url: "https://ministry.example/", lag: a day}}
    fallback: Two agencies that agree.
    time_zone: UTC
    published_at: {opens_at}
    opens_at: {opens_at}
    closes_at: {closes_at}
    resolves_at: {closes_at}
    resolver: bridge-resolver
    backup: bridge-owner
"""


def load(reckoner: Stack, folder: Path, closes_at: datetime) -> None:
    """As an operator would: write a scenario folder and load it."""
    opens_at = closes_at - timedelta(hours=1)
    (folder / "article.txt").write_text(ARTICLE)
    text = SCENARIO.format(
        article=ARTICLE,
        question=QUESTION,
        sha256=hashlib.sha256(ARTICLE.encode()).hexdigest(),
        opens_at=opens_at.isoformat(),
        closes_at=closes_at.isoformat(),
    )
    (folder / "scenario.yaml").write_text(text)
    command = [sys.executable, "manage.py", "load_scenario", str(folder), "--demo"]
    subprocess.run(command, cwd=CHECKOUT, env=reckoner.env, check=True, timeout=240)


def password(reckoner: Stack, email: str) -> str:
    rows = [line.split() for line in (reckoner.var / "demo-accounts").read_text().splitlines()]
    return next(row[2] for row in rows if row[1] == email)


def prompt() -> Mail | None:
    """The mail that asks about the bridge."""
    return next((mail for mail in inbox.messages() if QUESTION in mail.subject), None)


def link(mail: Mail) -> str:
    found = re.search(r"http://\S+/answer/\S+", mail.text)
    assert found, mail.text
    return found[0]


def answer(page: Page, address: str) -> None:
    """Open the link of the mail, which shows and does nothing, then say 35%."""
    page.goto(address)
    page.get_by_text(QUESTION).first.wait_for()
    assert page.locator("input[type=radio]:checked").count() == 0
    page.get_by_label("My estimate").check()
    page.get_by_label("Probability in percent").fill("35")
    page.get_by_label("Why").fill("The piers stand.")
    page.get_by_role("button", name="Record").click()
    page.get_by_text("35%").first.wait_for()


def resolve(page: Page, reckoner: Stack) -> None:
    """Log in to the admin, find the forecast, and resolve it as YES, known just now."""
    page.goto(f"{reckoner.url}/admin/forecasts/forecast/?q=bridge")
    page.locator("input[name=username]").fill("bridge-resolver@demo.invalid")
    page.locator("input[name=password]").fill(password(reckoner, "bridge-resolver@demo.invalid"))
    page.locator("[type=submit]").click()
    page.get_by_role("link", name=QUESTION).click()
    page.get_by_role("link", name="Resolve", exact=True).click()
    page.get_by_label("Yes").check()
    page.get_by_label("Known").fill(f"{datetime.now(UTC):%Y-%m-%dT%H:%M}")
    page.get_by_label("Address").first.fill("https://ministry.example/bridge")
    page.get_by_role("button", name="Resolve as YES").click()
    page.get_by_text("Resolved as YES").wait_for()


def token(reckoner: Stack) -> str:
    """A token of the analyst, as a program obtains it."""
    email = "bridge-analyst@demo.invalid"
    basic = base64.b64encode(f"{email}:{password(reckoner, email)}".encode()).decode()
    return str(post(f"{reckoner.url}/api/v1/tokens/", f"Basic {basic}")["token"])


def calibration(reckoner: Stack, key: str) -> dict[str, Any]:
    """What an API consumer reads about this scenario."""
    address = f"{reckoner.url}/api/v1/calibration/?scenario=bridge"
    request = urllib.request.Request(address, headers={"Authorization": f"Token {key}"})
    with urllib.request.urlopen(request, timeout=120) as response:
        return dict(json.load(response))


def post(address: str, authorization: str) -> dict[str, Any]:
    request = urllib.request.Request(address, method="POST", headers={"Authorization": authorization})
    with urllib.request.urlopen(request, timeout=120) as response:
        return dict(json.load(response))
