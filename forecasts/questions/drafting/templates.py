"""Templates of questions and the sources of truth that they name, from the records of the categories."""

from forecasts.language import CATEGORIES
from forecasts.language.categories.authorities import Authority
from forecasts.language.categories.template import Template

TEMPLATES: dict[str, Template] = {
    template.key: template for category in CATEGORIES.values() for template in category.templates
}
AUTHORITIES: dict[str, Authority] = {
    authority.key: authority for category in CATEGORIES.values() for authority in category.authorities
}


def of_category(category: str) -> list[Template]:
    """Those of a category first, then all others, in their order."""
    return sorted(TEMPLATES.values(), key=lambda one: one.category != category)
