"""What was read of a claim as plain JSON, and back: so that whoever drafts needs no parser."""

from dataclasses import asdict
from typing import Any

from .proposition import Proposition
from .slots import NAMES, Slot, Slots, Stated


def plain(slots: Slots, likelihood: Stated | None) -> dict[str, Any]:
    """Slots, likelihood, proposition and zone as JSON holds them."""
    return {
        "slots": {name: asdict(slot) if (slot := getattr(slots, name)) else None for name in NAMES},
        "likelihood": asdict(likelihood) if likelihood else None,
        "proposition": asdict(slots.proposition),
        "zone": slots.zone,
    }


def restored(said: dict[str, Any]) -> tuple[Slots, Stated | None]:
    """The same as it was before it became JSON.

    >>> restored(plain(Slots(zone="Asia/Aden"), None)) == (Slots(zone="Asia/Aden"), None)
    True
    """
    slots: dict[str, Any] = {name: Slot(**one) if (one := said["slots"].get(name)) else None for name in NAMES}
    likelihood = Stated(**said["likelihood"]) if said["likelihood"] else None
    return Slots(**slots, proposition=Proposition(**said["proposition"]), zone=said["zone"]), likelihood
