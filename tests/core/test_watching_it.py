"""The alert rules and the dashboard ask for what /metrics says, and for all of it."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml
from django.test import Client

from core.local.places import CHECKOUT
from forecasts.models import Sweep

PROMETHEUS = CHECKOUT / "deploy" / "prometheus"
RULES: list[dict[str, Any]] = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())["groups"][0]["rules"]
DASHBOARD: dict[str, Any] = json.loads((CHECKOUT / "deploy" / "grafana" / "reckoner.json").read_text())


def names(text: str) -> set[str]:
    return set(re.findall(r"\breckoner_[a-z_]+", text))


@pytest.fixture
def said(client: Client, db: None) -> set[str]:
    Sweep.came_through("plan", datetime.now(UTC))
    return names("\n".join(re.findall(r"^reckoner_[a-z_]+", client.get("/metrics").content.decode(), re.MULTILINE)))


def test_each_metric_has_a_rule_and_each_rule_a_metric(said: set[str]) -> None:
    assert names(" ".join(rule["expr"] for rule in RULES)) == said


def test_the_dashboard_shows_each_metric_and_no_other(said: set[str]) -> None:
    asked = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    assert names(" ".join(asked)) == said


def test_panels_do_not_lie_on_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for place in (panel["gridPos"] for panel in DASHBOARD["panels"]):
        covered = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not covered & taken
        assert place["x"] + place["w"] <= 24
        taken |= covered


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_prometheus_takes_the_rules_and_they_fire_when_they_should() -> None:
    subprocess.run(["promtool", "check", "rules", PROMETHEUS / "alerts.yml"], check=True)
    subprocess.run(["promtool", "test", "rules", PROMETHEUS / "alerts_test.yml"], check=True)
