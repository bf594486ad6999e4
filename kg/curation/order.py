"""Decisions from the oldest to the newest. Pure."""

from collections.abc import Iterable
from datetime import datetime

from kg.model import Decision


def oldest_first(decisions: Iterable[Decision]) -> list[Decision]:
    """By moment; of one second, a decision comes after the one that it takes the place of, and else by id."""
    known = {each.id: each for each in decisions}

    def depth(decision: Decision) -> int:
        seen = {decision.id}
        while decision.revises in known and decision.revises not in seen:
            seen.add(decision.revises)
            decision = known[decision.revises]
        return len(seen)

    return sorted(known.values(), key=lambda each: (datetime.fromisoformat(each.time), depth(each), each.id))
