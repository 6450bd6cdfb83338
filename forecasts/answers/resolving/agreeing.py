"""How often the second person came to the first one's answer, by scenario."""

from collections import defaultdict

from forecasts.models import Scenario, Verdict
from forecasts.scoring.agreement import Agreement, agreement

Label = tuple[str, int | None, float | None]


def in_scenario(scenario: Scenario) -> Agreement:
    """Of the rounds in which a second person gave their own answer; what the owner decided afterwards is no answer."""
    acts = Verdict.objects.filter(forecast__scenario=scenario).exclude(act=Verdict.Act.TAKE_BACK)
    said: dict[tuple[int, int], list[Label]] = defaultdict(list)
    rows = acts.order_by("forecast", "round", "pk")
    for forecast, number, outcome, option, value in rows.values_list(
        "forecast_id", "round", "outcome", "option__position", "value"
    ):
        said[forecast, number].append((outcome, option, value))
    return agreement([(labels[0], labels[1]) for labels in said.values() if len(labels) > 1])
