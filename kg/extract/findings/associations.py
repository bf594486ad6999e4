"""Which side of an association is the outcome: "ferritin and fibrosis were unrelated to |relapse|".

In: the outcome mentions of a sentence. Out: those that are no factors. What predicts comes before what is predicted, unless the other
way round is the only one that makes sense: survival is told by interleukin-6, never interleukin-6 by survival.
"""

import re
from collections.abc import Iterator, Sequence

from kg.extract.any_case import any_case
from kg.extract.findings.outcome_grammar import Family
from kg.extract.findings.outcomes import OutcomeMention

_GOES_WITH = any_case(
    r"\b(?:(?P<both>correlat(?:ed|es?|ions?) (?:\w+ly )?(?:with|to|between))"
    r"|(?:un)?(?:associated|related|linked|connected|tied) (?:with|to)"
    r"|predict(?:ed|s|ive of|ors? (?:of|for))|risk factors? for|fore(?:told|tells)|portend(?:s|ed)|presag(?:ed|es)|herald(?:ed|s)"
    r"|(?:bore|bears?|had|has|showed|shows|was of|were of|of) (?:no|little|any|some|a|an) (?:\w+ )?(?:relation(?:ship)?|correlation"
    r"|association|influence|impact|effect|bearing|link|connection|consequence) (?:to|with|on|upon|for)"
    r"|(?:did|does|do) not (?:\w+ly )?(?:affect|influence|impact|determine|predict)|(?:affect|influenc|impact|determin)(?:ed|s)"
    r"|had (?:a |an )?(?:\w+ )?(?:higher|lower|greater|raised) risk of|went (?:hand in hand |along )?with"
    r"|(?P<acts>(?:improv|worsen|rais|lower|shorten|prolong|curb|enhanc|halv|doubl)ed))(?![\w-])"
)
#: "The limited form |improved |overall survival": nothing but an article between what acts and what it acts on.
_NEXT = any_case(r" (?:the |their )?")
#: "While age and |relapse risk| did not": the predicate is that of the clause before.
_NOR_DID = any_case(r"[,;]? (?:while|whereas|but|and)\b(?P<factors>[^;.]*?)\b(?:did|was|were|had|does|do) not(?= ?(?:[.;,]|$))")
_BORDER = any_case(r"[;:]|,? \b(?:but|while|whereas|although|though)\b|, and\b")
_HARD = any_case(r".*(?:mortality|death|relapse|progression)")


def without_factors(text: str, start: int, end: int, found: Sequence[OutcomeMention]) -> list[OutcomeMention]:
    """Mentions that are no factors of an association; ``text[start:end]`` is their sentence."""
    predicates = list(_GOES_WITH.finditer(text, start, end)) if len(found) > 1 else []
    if not predicates:
        return list(found)
    factors = {outcome for predicate in predicates for outcome in _factors(text, end, predicate, found)}
    elided = _NOR_DID.search(text, predicates[0].end(), end)
    if elided is not None:
        factors.update(o for o in found if elided.start("factors") <= o.start < elided.end("factors"))
    return [outcome for outcome in found if outcome not in factors]


def _factors(text: str, end: int, predicate: re.Match[str], found: Sequence[OutcomeMention]) -> Iterator[OutcomeMention]:
    """The mentions on the side that tells; none where only one side has any."""
    first = max((b.end() for b in _BORDER.finditer(text, max(0, predicate.start() - 200), predicate.start())), default=0)
    border = _BORDER.search(text, predicate.end(), end)
    last = border.start() if border is not None else end
    before = [o for o in found if first <= o.start and o.end <= predicate.start()]
    after = [o for o in found if predicate.end() <= o.start < last]
    if not before or not after:
        return
    if predicate["acts"] is not None:
        is_next = text[before[-1].end : predicate.start()] == " " and _NEXT.fullmatch(text, predicate.end(), after[0].start)
        yield from before[-1:] if is_next else ()
        return
    is_reversed = max(map(_weight, before)) > max(map(_weight, after)) or predicate["both"] is not None
    yield from after if is_reversed else before


def _weight(outcome: OutcomeMention) -> int:
    """What is told by the others: life and death first, then events, then what is measured in blood."""
    if outcome.family is Family.SURVIVAL or _HARD.match(outcome.label) is not None:
        return 3
    return 1 if outcome.family is Family.QUANTITY else 2
