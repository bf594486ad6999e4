"""An outcome with what was printed for it: the value that binding makes and direction judges."""

from dataclasses import dataclass

from kg.extract.findings.arm_words import CONTROL, INTERVENTION
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Number, Probability, Ratio
from kg.model import Span


@dataclass(frozen=True)
class Draft:
    """An outcome with what was printed for it; ``numbers`` pairs a number with an arm number, None where no arm is named."""

    outcome: OutcomeMention
    numbers: tuple[tuple[Number, int | None], ...] = ()
    ratio: Ratio | None = None
    probability: Probability | None = None
    #: How the arms were told apart, for the explanation.
    rules: tuple[str, ...] = ()
    #: 0 to 1: how clearly the votes on arms fell; 0 when there was nothing to tell apart.
    margin: float = 0.0
    #: Spans of the lists that the numbers were printed in, parallel to ``numbers``; empty for single numbers.
    lists: tuple[Span, ...] = ()

    #: The name of the intervention where it is not the paper's main one, as with three arms.
    arm: str | None = None

    @property
    def is_bare(self) -> bool:
        """True when nothing was printed for the outcome."""
        return not self.numbers and self.ratio is None and self.probability is None

    def spans(self) -> tuple[Span, ...]:
        """Where each number stands; for a number of a list the whole list."""
        if len(self.lists) == len(self.numbers):
            return self.lists
        return tuple(Span(start=n.start, end=n.end) for n, _ in self.numbers)

    @property
    def is_assigned(self) -> bool:
        """True when both numbers have had their arms from the start."""
        return {arm for _, arm in self.numbers} == {INTERVENTION, CONTROL}

    @property
    def is_bound(self) -> bool:
        """True when the text itself says which number is whose: beside the arm, in order, by a legend or "from … to …"."""
        explicit = (
            "number beside its arm",
            "arms and numbers in the same order",
            "order given by a legend",
            "from … to …",
            "the reference comes second",
        )
        return any(rule.removeprefix("arms: ") in explicit for rule in self.rules)

    @property
    def at(self) -> int:
        """Where the first printed element stands, or the outcome when nothing is printed."""
        places = [n.start for n, _ in self.numbers] + [x.start for x in (self.ratio, self.probability) if x is not None]
        return min(places, default=self.outcome.start)

    def reach(self, position: int) -> int:
        """Where the last of the draft's elements before ``position`` ends; -1 when all stand behind it."""
        ends = [self.outcome.end, *(n.end for n, _ in self.numbers)] + ([self.ratio.end] if self.ratio else [])
        return max((end for end in ends if end <= position), default=-1)
