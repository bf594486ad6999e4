"""Groups that the text calls by a letter or a number, with the arm that each stands for.

In: text, terms and what is given. Out: labels such as "group 1" with an arm number, where both arms have one.
"""

from collections.abc import Sequence

from kg.extract.any_case import any_case
from kg.extract.findings.arm_words import CONTROL, INTERVENTION, LETTERED_GROUP, lettered_name
from kg.extract.findings.comparisons import term_key
from kg.model import Term

#: "Group A (n = 48) had …", "group 1: …": the label stands before what it means.
_DEFINED_AHEAD = any_case(
    r"(?: \((?:n ?= ?)?\d+[^()]*\))?(?:,? (?:had|received|was given|were given|got|underwent|consisted of|included|comprised)\b"
    r"|:)|, (?=\w)"
)


def defined_groups(text: str, terms: Sequence[Term], intervention: frozenset[str]) -> tuple[tuple[str, int], ...]:
    """Labels like "group 1" with the arm they stand for: the one whose definition names the product."""
    groups: dict[str, int] = {}
    for match in LETTERED_GROUP.finditer(text):
        name = lettered_name(match)
        if name in groups:
            continue
        ahead = _DEFINED_AHEAD.match(text, match.end())
        if ahead is not None:
            following = LETTERED_GROUP.search(text, match.end())
            stop = min(following.start() if following else len(text), text.find(". ", match.end()) % (len(text) + 1))
            given = any(term_key(t) in intervention and match.end() <= t.start < stop for t in terms)
            groups[name] = INTERVENTION if given else CONTROL
            continue
        before = max(text.rfind(stop, 0, match.start()) for stop in (". ", " or ", "; ", " and ", "("))
        window = text[:before].rfind(" to ") if text[before : before + 1] == "(" else before
        given = any(term_key(t) in intervention and window <= t.start < match.start() for t in terms)
        groups[name] = INTERVENTION if given else CONTROL
    if set(groups.values()) != {INTERVENTION, CONTROL}:
        return ()
    return tuple(sorted(groups.items()))
