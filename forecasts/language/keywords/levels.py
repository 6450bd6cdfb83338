"""How much a keyword says, and the signs in its spelling."""

GAP, NAME = "~", "^"
DECISIVE, STRONG, FAIR, WEAK = 6, 4, 2, 1
