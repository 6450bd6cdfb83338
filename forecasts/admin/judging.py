"""What a scenario's page says about how well people agree: with each other, and with themselves."""

from dataclasses import dataclass
from datetime import datetime

from forecasts.answers import resolving
from forecasts.models import Relation, Scenario, User
from forecasts.rules import coherence
from forecasts.scoring.agreement import LEAST, Agreement


@dataclass(frozen=True, slots=True)
class Judgement:
    """Agreement of those who resolve, and the contradictions among estimates in force, by relation."""

    agreement: Agreement
    clashes: list[tuple[Relation, int | None]]
    relations: int

    @property
    def agreement_in_words(self) -> str:
        n, agreed, kappa = self.agreement.n, self.agreement.agreed, self.agreement.kappa
        if not n:
            return "No forecast has been answered by two people yet."
        said = f"Two people answered {n} time{'s' if n != 1 else ''} and agreed in {agreed} ({agreed / n:.0%})"
        if kappa is not None:
            return f"{said}; Cohen's kappa is {kappa:.2f}, 1 being perfect and 0 what chance would give."
        if n < LEAST:
            return f"{said}; Cohen's kappa is shown from {LEAST} on, {LEAST - n} more are needed."
        return f"{said}; all answers are the same, so Cohen's kappa does not exist."


def judgement(scenario: Scenario, reader: User, at: datetime) -> Judgement:
    """As of now, as far as this person may know it."""
    counts = coherence.counts(scenario, reader, at)
    relations = Relation.objects.filter(scenario=scenario).in_bulk()
    return Judgement(
        resolving.agreement(scenario),
        [(relations[pk], count) for pk, count in sorted(counts.items())],
        len(relations),
    )
