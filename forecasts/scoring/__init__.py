"""Formulas: arrays in, arrays out. Pure numpy and scipy; nothing here knows of Django or of the clock.

Probabilities are integers in units of 1/10,000 wherever they are stored or tallied (`timeline`, `consensus`,
`cells`) and floats from 0 to 1 in `rules` and `integrated`. Instants are whole microseconds since 1970, UTC.
"""
