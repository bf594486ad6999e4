"""What two findings must have in common before it is worth asking whether they can be compared. Pure.

Findings on different questions never can (``kg.link.matching``); findings on one are looked up by it, and then looked at in full.
"""

from dataclasses import dataclass

from kg.link.matching import Profile
from kg.link.populations import HUMAN
from kg.model import FindingKind

_IN_VITRO, _ANIMAL = "culture", "animal"


@dataclass(frozen=True)
class Question:
    """What was measured of what against what, in whom, and why."""

    quantity: str
    given: frozenset[str]
    against: frozenset[str]
    kind: FindingKind
    #: "culture", "human", or "animal", whatever its species.
    recipient: str
    purpose: str
    #: Part of the participants; None for all.
    part: str | None

    def __str__(self) -> str:
        """As it stands in the keys of a paper."""
        sides = ("+".join(sorted(each)) for each in (self.given, self.against))
        return "|".join((self.quantity, *sides, self.kind, self.recipient, self.purpose, self.part or ""))


def question_of(profile: Profile) -> Question | None:
    """The question that a finding answers; None where it can be compared with no other."""
    recipient, purpose = _recipient(profile), profile.population.purpose
    if profile.stance is None or profile.quantity is None or not profile.contrast.given or recipient is None or purpose is None:
        return None
    if profile.claim.kind is FindingKind.SINGLE_ARM or profile.is_of_unnamed_part:
        return None
    return Question(
        quantity=profile.quantity.concept,
        given=profile.contrast.given,
        against=profile.contrast.against,
        kind=profile.claim.kind,
        recipient=recipient,
        purpose=purpose,
        part=profile.population.part,
    )


def _recipient(profile: Profile) -> str | None:
    if profile.population.is_in_vitro:
        return _IN_VITRO
    species = profile.population.species
    return species if species is None or species == HUMAN else _ANIMAL
