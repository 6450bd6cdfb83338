"""How much a keyword says, and the signs in its spelling.

Keywords stand between commas. `escalat*` is any word that begins so; `send ~ troops` allows up to three words between;
`take ^` is followed by a word with a capital letter, a name. Hyphens and apostrophes part words, so `all out` also
finds “all-out”. Of several that begin at a word the longest counts. Neutral ones count for nothing: names and turns of
phrase that hold a word of some category by accident.
"""

GAP, NAME = "~", "^"
DECISIVE, STRONG, FAIR, WEAK, NEUTRAL = 6, 4, 2, 1, 0
WEIGHTS = {DECISIVE, STRONG, FAIR, WEAK, NEUTRAL}
