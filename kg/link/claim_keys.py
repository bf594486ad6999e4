"""What a finding is looked up by: the quantity, what was given, and which way it went. Pure.

Findings under keys that differ in the way alone may contradict each other; those under one key may agree.
"""

from collections.abc import Iterable, Mapping

from kg.link.matching import profile_of
from kg.link.separations import group_of
from kg.link.verdicts import Way
from kg.model import Claim, StudyContext
from kg.vocabulary import Vocabulary

#: Papers that a finding is compared with, at most, by quantity, intervention and way: those that say otherwise, and those that agree.
MOST_OTHERWISE = 100
MOST_ALIKE = 25


def claim_keys(claims: Iterable[Claim], contexts: Mapping[str, StudyContext], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The keys of findings that can be compared, sorted; contexts are by paper id."""
    return tuple(sorted({_key(group, way) for group, way in _stances(claims, contexts, vocabulary)}))


def counterpart_keys(claims: Iterable[Claim], contexts: Mapping[str, StudyContext], vocabulary: Vocabulary) -> dict[str, int]:
    """The keys of findings that these are to be compared with, each with the number of papers that are looked at."""
    said = _stances(claims, contexts, vocabulary)
    own = {_key(group, way) for group, way in said}
    return {key: MOST_ALIKE if key in own else MOST_OTHERWISE for key in (_key(group, way) for group, _ in said for way in Way)}


def _stances(
    claims: Iterable[Claim], contexts: Mapping[str, StudyContext], vocabulary: Vocabulary
) -> set[tuple[tuple[str, frozenset[str]], Way]]:
    profiles = (profile_of(each, contexts.get(each.paper), vocabulary) for each in claims)
    return {(group, each.stance.way) for each in profiles if each.stance is not None and (group := group_of(each)) is not None}


def _key(group: tuple[str, frozenset[str]], way: Way) -> str:
    quantity, given = group
    return f"on:{quantity}|{'+'.join(sorted(given))}|{way.name.lower()}"
