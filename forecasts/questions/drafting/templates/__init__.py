"""Templates of questions, by category. To add one, append it to the file of its category."""

from forecasts.questions.drafting.template import Template
from forecasts.questions.drafting.templates import force, people, politics

TEMPLATES: dict[str, Template] = {one.key: one for one in (*force.TEMPLATES, *people.TEMPLATES, *politics.TEMPLATES)}


def of_category(category: str) -> list[Template]:
    """Those of a category first, then all others, in their order."""
    return sorted(TEMPLATES.values(), key=lambda one: one.category != category)
