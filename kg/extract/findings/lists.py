"""Lists of outcomes: mentions that share one predicate and go with lists of numbers."""

import re

from kg.extract.any_case import any_case
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Scene

_LIST_GLUE = any_case(
    r"^(?:\s*\([^()\d]{1,40}\))?\s*(?:,|;)?\s*(?:and|or|nor|as well as|but also|plus)?\s*(?:the |both |either |of |in |for "
    r"|a |an |early |late |also |median |\d+-(?:year|month|week|day) |(?:one|two|three|four|five|six)-(?:year|month) )*$",
)


def find_blocks(scene: Scene) -> list[list[int]]:
    """Indices of outcomes that stand in one list."""
    blocks: list[list[int]] = []
    for i, outcome in enumerate(scene.outcomes):
        if blocks and _LIST_GLUE.match(scene.gap(scene.outcomes[blocks[-1][-1]].end, outcome.start)):
            blocks[-1].append(i)
        else:
            blocks.append([i])
    return blocks


def block_of_size(scene: Scene, position: int, blocks: list[list[int]], size: int) -> list[int] | None:
    """The list of outcomes nearest to the run that has as many members as the run; the one before it first."""
    before = [block for block in blocks if len(block) == size and scene.outcomes[block[-1]].end <= position]
    after = [block for block in blocks if len(block) == size and scene.outcomes[block[0]].start >= position]
    return before[-1] if before else after[0] if after else None


#: "ST2 was higher …", "Treg (CD4+CD25+) counts rose …": the mention is what the clause speaks of.
_IS_SUBJECT = re.compile(
    r"(?: \([^()]{1,40}\))?(?: (?:levels?|counts?|numbers?|concentrations?|frequenc(?:y|ies)|percentages?))?(?: \w+ly)?"
    r"(?: (?:at|on|by) (?:day )?\+?\d+(?: \w+)?)? "
    r"(?:was|were|rose|fell|increased|decreased|declined|remained|recovered|expanded|dropped)\b"
)


def can_own(scene: Scene, outcome: OutcomeMention, distance: int) -> bool:
    """A weak mention, such as a cell, owns only what is printed right beside it, unless its clause speaks of it."""
    return not outcome.is_weak or distance <= 25 or (distance <= 90 and _IS_SUBJECT.match(scene.text, outcome.end) is not None)
