"""Displacement and humanitarian need."""

from forecasts.questions.drafting.authorities import IDMC, IPC, OCHA, UNHCR
from forecasts.questions.drafting.template import Template

TEMPLATES = (
    Template(
        key="displacement-least",
        category="displacement",
        label="At least so many people are newly displaced",
        title="At least {threshold} people are newly displaced in {place} by {day}",
        criteria="YES if {source} reports at least {threshold} people newly displaced inside {place}.",
        fine_print=(
            "Newly displaced means people who left their homes after the opening. Returns are not subtracted. Where a "
            "range is published, its middle counts."
        ),
        authorities=(OCHA, IDMC, UNHCR),
        blanks=("place", "threshold"),
        threshold=100_000,
        rule="peak",
        unit="people",
    ),
    Template(
        key="displacement-number",
        category="displacement",
        label="How many people are newly displaced",
        title="How many people are newly displaced in {place} by {day}, as {source} reports",
        criteria="The number of people newly displaced inside {place} that {source} reports.",
        fine_print="Newly displaced means people who left their homes after the opening. Returns are not subtracted.",
        authorities=(OCHA, IDMC, UNHCR),
        rule="peak",
        kind="numeric",
        unit="people",
    ),
    Template(
        key="displacement-abroad",
        category="displacement",
        label="At least so many refugees are registered",
        title="At least {threshold} new refugees from {place} are registered by {day}",
        criteria="YES if {source} reports at least {threshold} people from {place} newly registered abroad.",
        fine_print="Registered means registered as refugees or asylum-seekers after the opening, in all countries.",
        authorities=(UNHCR, OCHA),
        blanks=("place", "threshold"),
        threshold=50_000,
        rule="cumulative",
        unit="people",
        days=60,
    ),
    Template(
        key="humanitarian-need",
        category="humanitarian",
        label="At least so many people are in need",
        title="At least {threshold} people in {place} are in need of humanitarian assistance by {day}",
        criteria="YES if {source} reports at least {threshold} people in need of humanitarian assistance in {place}.",
        fine_print="In need means what the source counts as “people in need”, for the whole of {place}.",
        authorities=(OCHA, IPC),
        blanks=("place", "threshold"),
        threshold=1_000_000,
        rule="peak",
        unit="people",
        days=90,
    ),
    Template(
        key="humanitarian-famine",
        category="humanitarian",
        label="A famine is classified",
        title="Famine is classified in {place} by {day}",
        criteria="YES if {source} publishes a classification of Famine (phase 5) for any area inside {place}.",
        fine_print="“Famine with reasonable evidence” counts as Famine; “risk of famine” and projections do not count.",
        authorities=(IPC, OCHA),
        days=90,
    ),
)
