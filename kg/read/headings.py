"""Headings of structured abstracts and the rhetorical part each stands for.

Follows the categories of NLM's list of structured abstract labels (NlmCategory); a heading that names several parts counts
as the one that matters most to a reader of results: results, then methods, conclusions, background, objective.
"""

import re

from kg.model import SectionLabel

_WORDS: dict[SectionLabel, frozenset[str]] = {
    SectionLabel.RESULTS: frozenset({"result", "results", "finding", "findings", "synthesis"}),
    SectionLabel.METHODS: frozenset(
        {
            "method", "methods", "methodology", "methodologies", "design", "designs", "setting", "settings", "participant",
            "participants", "patient", "patients", "subject", "subjects", "population", "sample", "intervention", "interventions",
            "exposure", "exposures", "measure", "measures", "measurement", "measurements", "material", "materials", "procedure",
            "procedures", "source", "sources", "selection", "search", "extraction", "acquisition", "collection", "analysis", "analyses",
            "criteria", "eligibility", "experimental", "approach", "animals", "outcome", "outcomes", "endpoints",
        }
    ),
    SectionLabel.CONCLUSIONS: frozenset(
        {"conclusion", "conclusions", "interpretation", "discussion", "significance", "implication", "implications", "relevance",
         "limitation", "limitations"}
    ),
    SectionLabel.BACKGROUND: frozenset({"background", "introduction", "context", "rationale", "importance", "problem"}),
    SectionLabel.OBJECTIVE: frozenset(
        {"objective", "objectives", "aim", "aims", "purpose", "purposes", "goal", "goals", "hypothesis", "hypotheses", "question"}
    ),
}  # fmt: skip

#: Words that stand beside those above, or head parts that are none of the five.
_OTHER_WORDS = frozenset(
    {
        "and", "of", "the", "for", "in", "to", "with", "main", "key", "primary", "secondary", "study", "studies", "research", "clinical",
        "review", "author", "authors", "reviewers", "s", "data", "statistical", "trial", "trials", "registration", "registry", "registered",
        "number", "identifier", "id", "funding", "level", "levels", "evidence", "abstract", "keywords", "practice", "statement", "major",
        "principal", "scope", "general", "specific", "public", "health", "systematic", "summary",
    }
)  # fmt: skip
#: "Sources of funding" and "Trial registration" are none of the five, whatever else they name.
_NO_PART = frozenset({"funding", "registration", "registry"})
_KNOWN = _OTHER_WORDS.union(*_WORDS.values())
_WORD = re.compile(r"[a-z]+")
_MAX_WORDS = 7


def section_label(heading: str, *, category: str | None = None) -> SectionLabel | None:
    """The rhetorical part a heading stands for; an NlmCategory of the source goes first.

    None for headings such as "Trial registration" or "Funding".
    """
    given = (category or "").lower()
    if given in set(SectionLabel):
        return SectionLabel(given)
    words = set(_WORD.findall(heading.lower()))
    if words & _NO_PART:
        return None
    return next((label for label, cues in _WORDS.items() if words & cues), None)


def is_heading(phrase: str) -> bool:
    """True when the phrase is made of heading words only, such as "Patients and Methods" or "TRIAL REGISTRATION"."""
    words = _WORD.findall(phrase.lower())
    return 0 < len(words) <= _MAX_WORDS and _KNOWN.issuperset(words) and not {"and", "of", "the"}.issuperset(words)
