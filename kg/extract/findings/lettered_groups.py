"""Groups that the text calls by a letter or a number, with the arm that each stands for.

In: text, terms and what is given. Out: labels such as "group 1" with an arm number, where both arms have one. The arm is told by what
defines each group: the product, a word such as "placebo" or "alone", the size of the dose; else the group named first is what is tested.
"""

from collections.abc import Mapping, Sequence

from kg.extract.any_case import any_case
from kg.extract.findings.arm_words import CONTROL, CONTROL_GROUP, CONTROL_LIKE, IN_PLACE_OF, INTERVENTION, LETTERED_GROUP, lettered_name
from kg.extract.findings.comparisons import term_key
from kg.extract.findings.side_names import amount_of
from kg.model import Span, Term

#: "Group A (n = 48) had …", "group 1: …": the label stands before what it means.
_DEFINED_AHEAD = any_case(
    r"(?: \((?:n ?= ?)?\d+[^()]*\))?(?:,? (?:had|received|took|was given|were given|was treated|were treated|got|underwent|consisted of"
    r"|included|comprised|contained|held|with|without|on)\b|:)|, (?!n ?=)(?=\w)|(?= \((?:n ?= ?)?\d+[^()]*\) (?:\d|no\b|none\b))"
)


def defined_groups(text: str, terms: Sequence[Term], intervention: frozenset[str]) -> tuple[tuple[str, int], ...]:
    """Labels like "group 1" with the arm they stand for: the one whose definition names the product."""
    defined = _definitions(text)
    groups = {
        name: INTERVENTION if any(term_key(t) in intervention and span.start <= t.start < span.end for t in terms) else CONTROL
        for name, span in defined.items()
    }
    doses = [amount_of(text[span.start : span.end]) for span in defined.values()]
    is_replaced = any(IN_PLACE_OF.search(text, span.start, span.end) is not None for span in defined.values())
    if is_replaced or set(groups.values()) != {INTERVENTION, CONTROL} or (len(set(doses)) > 1 and None not in doses):
        groups = _told_apart({name: text[span.start : span.end] for name, span in defined.items()})
    return tuple(sorted(groups.items()))


def _definitions(text: str) -> dict[str, Span]:
    """What defines each label where it is first named: the words behind it, or those before it in its statement."""
    found: dict[str, Span] = {}
    for match in LETTERED_GROUP.finditer(text):
        name = lettered_name(match)
        if name in found:
            continue
        ahead = _DEFINED_AHEAD.match(text, match.end())
        if ahead is not None:
            following = LETTERED_GROUP.search(text, match.end())
            stop = min(following.start() if following else len(text), text.find(". ", match.end()) % (len(text) + 1))
            found[name] = Span(start=match.end(), end=stop)
        else:
            before = max(text.rfind(stop, 0, match.start()) for stop in (". ", " or ", "; ", " and ", "("))
            window = text[:before].rfind(" to ") if text[before : before + 1] == "(" else before
            found[name] = Span(start=max(window, 0), end=match.start())
    return found


def _told_apart(defined: Mapping[str, str]) -> dict[str, int]:
    """Two groups that get the same product or none: the usual one or the smaller dose is the control; empty for any other number."""
    if len(defined) != 2:
        return {}
    one, two = defined
    replaced = [IN_PLACE_OF.search(words) is not None for words in defined.values()]
    usual = [CONTROL_GROUP.search(words) is not None or CONTROL_LIKE.search(words) is not None for words in defined.values()]
    doses = [amount_of(words) for words in defined.values()]
    if replaced[0] != replaced[1]:
        first = replaced[0]
    elif usual[0] != usual[1]:
        first = usual[1]
    elif None not in doses and doses[0] != doses[1]:
        first = (doses[0] or 0) > (doses[1] or 0)
    else:
        first = True
    return {one: INTERVENTION if first else CONTROL, two: CONTROL if first else INTERVENTION}
