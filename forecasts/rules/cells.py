"""What a spreadsheet must not compute."""

FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a cell begins with that a spreadsheet takes for a formula, or that hides one from the eye."""


def harmless(text: str) -> str:
    """A text as a cell of an export.

    >>> harmless("＝1+1")
    "'＝1+1"
    >>> harmless("Hama")
    'Hama'
    """
    return f"'{text}" if text.startswith(FORMULAS) else text
