"""Arms that neither title nor aim sets against each other: what is given alone, and two doses of one thing.

In: text, its terms and what is given. Out: names in lower case, such as "steroids alone" beside "MSCs plus steroids", "lower dose" beside
"higher dose".
"""

import re
from collections.abc import Sequence

from kg.extract.any_case import any_case, lowered
from kg.extract.findings.arm_words import CONTROL, INTERVENTION
from kg.extract.findings.comparisons import GIVEN_KINDS, term_key
from kg.extract.findings.side_names import spellings
from kg.model import Term

_ALONE = any_case(
    r"(?: (?:therapy|treatment|prophylaxis|transplantation|transplants?|infusions?|grafts?|regimen|conditioning))?"
    r" (?:alone|by (?:itself|themselves)|on (?:its|their) own)\b"
)
#: A short form before "alone" that the vocabulary does not know: "CNI/MTX |alone".
_SHORT_FORM = re.compile(r"(?<![\w/+-])(?=[\w/+-]*[A-Z])[A-Z][\w/+-]*[A-Z0-9]$")
_LOW, _HIGH = any_case(r"\b(?:low|lower|smaller|reduced)[- ]dose\b"), any_case(r"\b(?:high|higher|larger|full)[- ]dose\b")


def given_alone(text: str, terms: Sequence[Term], intervention: frozenset[str]) -> tuple[str, ...]:
    """What one arm gets alone and the other with the intervention: "steroids alone"; empty where that is never said."""
    names: list[str] = []
    for match in _ALONE.finditer(text):
        ending = next((t for t in terms if t.end == match.start() and t.kind in GIVEN_KINDS), None)
        short = _SHORT_FORM.search(text, max(0, match.start() - 24), match.start())
        if ending is not None and term_key(ending) not in intervention:
            names.append(lowered(text[ending.start : match.end()]))
        elif ending is None and short is not None:
            names.append(lowered(text[short.start() : match.end()]))
    return tuple(dict.fromkeys(names))


def dose_levels(text: str) -> tuple[tuple[str, int], ...]:
    """Names of the two doses where the text calls its arms by them; the higher dose is what is tested, the lower comes last."""
    printed = _LOW.search(text)
    if printed is None or _HIGH.search(text) is None:
        return ()
    low, high = (spellings([one], [two], text) for one, two in (("lower-dose", "higher-dose"), ("higher-dose", "lower-dose")))
    own = lowered(printed.group()).replace("-", " ")
    return (*((name, INTERVENTION) for name in high), *((name, CONTROL) for name in low if name != own), (own, CONTROL))
