"""What was given against what: classes of interventions, read from the names of the two sides.

In: a claim and the vocabulary. Out: a ``Contrast``. Umbilical cord and bone marrow MSCs are one class, MSCs and ruxolitinib are
two. What both sides get (a transplantation, background drugs) is no part of the contrast.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.model import Claim, TermKind
from kg.vocabulary import Vocabulary

MSC = "mesenchymal-stromal-cell"

#: Cells below one of these are one class; any other concept is a class of its own.
_CLASSES = (MSC, "regulatory-t-cell")
#: Giving the cells, and products made of them, stand for the cells.
_GIVING = {
    "mesenchymal-stromal-cell-transplantation": MSC,
    "regulatory-t-cell-infusion": "regulatory-t-cell",
    "donor-lymphocyte-infusion": "donor-lymphocyte",
    "remestemcel-l": MSC,
    "obnitix": MSC,
    "darvadstrocel": MSC,
}
#: What a control group gets when the intervention is what differs.
_BACKGROUND = frozenset({"placebo", "standard-of-care", "supportive-care", "best-available-therapy"})
_GIVEN_KINDS = (TermKind.CELL_TYPE, TermKind.DRUG, TermKind.PROCEDURE, TermKind.TRANSPLANT)
_WORD = re.compile(r"[^\s+/,;()&]+")
#: "Ciclosporin alone": what the other side gets too, however it is named.
_ALONE = re.compile(r"\b(?:alone|only|by (?:itself|themselves)|on (?:its|their) own)\b", re.IGNORECASE)
_LONGEST_NAME = 6


@dataclass(frozen=True)
class Contrast:
    """Classes given on one side only."""

    given: frozenset[str]
    #: Empty for placebo, standard care and no treatment.
    against: frozenset[str]


def contrast_of(claim: Claim, vocabulary: Vocabulary, *, named: Callable[[str | None], frozenset[str]]) -> Contrast:
    """What the claim's intervention side got that its comparator did not, and the other way round.

    ``named`` gives the concepts that a side's name holds. The names are read first, because the cells of a claim may be those of the
    whole study: a cohort that gave MSCs to some compares reduced with full conditioning too.
    """
    own, other = named(claim.intervention), named(claim.comparator)
    given = own - other or ((frozenset(claim.cells) or frozenset(claim.interventions)) if not own else frozenset())
    against = frozenset() if _ALONE.search(claim.comparator or "") is not None else other - own - _BACKGROUND
    return Contrast(given=_classes(given, vocabulary), against=_classes(against, vocabulary))


def named_concepts(label: str | None, vocabulary: Vocabulary) -> frozenset[str]:
    """Concepts that can be given and that a side's name holds, the longest names first; "non-MSC controls" names none."""
    words = _WORD.findall(label or "")
    found: set[str] = set()
    start = 0
    while start < len(words):
        width, slug = _longest(words[start : start + _LONGEST_NAME], vocabulary)
        found.update([slug] if slug is not None else [])
        start += width
    return frozenset(found)


def _classes(slugs: frozenset[str], vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(_class_of(slug, vocabulary) for slug in slugs if slug in vocabulary)


def _class_of(slug: str, vocabulary: Vocabulary) -> str:
    line = (slug, *vocabulary.ancestors(slug))
    return next((_GIVING.get(each, each) for each in line if each in _CLASSES or each in _GIVING), slug)


def _longest(words: list[str], vocabulary: Vocabulary) -> tuple[int, str | None]:
    """How many of the words name a concept that can be given, and which; one word that names none is passed over."""
    for width in range(len(words), 0, -1):
        name = " ".join(words[:width])
        for form in (name, name.removesuffix("s")):
            for kind in _GIVEN_KINDS:
                concept = vocabulary.find(form, kind=kind)
                if concept is not None:
                    return width, concept.slug
    return 1, None
