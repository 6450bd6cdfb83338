"""A small drawing for each category, so that colour never stands alone. Shapes in a square of 12 by 12."""

from forecasts.models import Category

SHAPES = {
    Category.ESCALATION: "M6 0.5 11.5 11H0.5Z",
    Category.AIRSTRIKES: "M6 12 2.6 6.6H5V0h2v6.6h2.4Z",
    Category.DISPLACEMENT: "M12 6 6.6 9.4V7H0V5h6.6V2.6Z",
    Category.INTERNATIONAL_RESPONSE: "M6 0 12 6 6 12 0 6ZM6 3.2 3.2 6 6 8.8 8.8 6Z",
    Category.TERRITORIAL_CONTROL: "M1 0h2v1h8L8.8 4 11 7H3v5H1Z",
    Category.NEGOTIATION: "M0 3.5 4 .5v2h4v2H4v2ZM12 8.5 8 5.5v2H4v2h4v2Z",
    Category.HUMANITARIAN: "M4.5.5h3v4h4v3h-4v4h-3v-4h-4v-3h4Z",
    Category.OTHER: "M6 1a5 5 0 1 0 .01 0ZM6 3a3 3 0 1 1-.01 0Z",
}


def shape(category: str) -> str:
    """The path of a category's mark.

    >>> shape("escalation")
    'M6 0.5 11.5 11H0.5Z'
    """
    return SHAPES[Category(category)]
