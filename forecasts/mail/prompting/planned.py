"""What a sweep of planning did."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planned:
    """How many prompts fell due, and what became of those that waited."""

    prompts: int = 0
    messages: int = 0
    cancelled: int = 0
    set_aside: int = 0

    def __add__(self, other: "Planned") -> "Planned":
        return Planned(
            self.prompts + other.prompts,
            self.messages + other.messages,
            self.cancelled + other.cancelled,
            self.set_aside + other.set_aside,
        )
