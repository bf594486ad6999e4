"""Mentions that look like outcomes but are what was done, what was given, what defines or what sums up.

In: the mentions of a sentence in order. Out: those that can be results.
"""

import re
from collections.abc import Sequence

from kg.extract.any_case import any_case
from kg.extract.findings.outcomes import OutcomeMention

_BY_EXPOSURE = re.compile(r"\b(?:by|(?<!went )(?<!goes )(?<!associated )(?<!correlated )(?<!linked )with)\b[^,;()]{0,40}$")
_RATIO_BEHIND = any_case(r"[^(),;\d]{0,30}\((?:adjusted |a|s)?(?:HR|OR|RR|hazard|odds|relative)\b")
#: "An antibody against |PD-L1", "in response to |IFN-γ", "mice given |EVs": handled, not measured.
_HANDLED_BEFORE = any_case(
    r"\b(?:inhibitors? of|inhibition of|antibod(?:y|ies) (?:to|against)|block(?:ing|ade of|ade)|knock-?down of|depletion of|depleted of"
    r"|depleting|lacking|deficient in|(?:in )?response to|given|giving|receiving|received|treated with|addition of|adding|exposure to"
    r"|exposed to|stimulat\w+ (?:by|with|of)|neutrali[sz]\w+(?: of)?|in the (?:presence|absence) of|injected with|infused with"
    r"|co-?cultured with|mediators by which|silencing(?: of)?|in (?:purified|sorted|isolated|cultured)|recombinant|exogenous|(?:mice"
    r"|patients|animals|those) with)"
    r"(?: (?:the|an?|such|their|both|human|murine|donor))* $|\banti-?$"
)
#: "thawed MSCs |suppressed the response|": who acts is not what is measured.
_ACTS_AFTER = any_case(
    r" (?:\w+ly )?(?:suppress|inhibit|reduc|lower|enhanc|prevent|restor|block|prolong|promot|induc|protect|attenuat|ameliorat|abolish"
    r"|abrogat"
    r"|dampen|curb|mitigat|alleviat|stimulat|accelerat|delay|rescu)ed (?!in\b|by\b|after\b|with\b|from\b|on\b|at\b|to\b|during\b"
    r"|and\b|but\b|as\b|when\b|while\b|more\b|less\b|\w+ly\b|\d)"
)
_HANDLED_AFTER = any_case(
    r"[- ](?:inhibitors?|inhibition|blockade|antibod(?:y|ies)|antagonists?|agonists?|knock-?(?:down|out)|deficien\w+|depletion|treated"
    r"|primed|specific|dependent|mediated|secreting|producing)\b"
)
#: "When |IDO| was inhibited, …": the circumstances.
_WHEN_BEFORE = any_case(r"(?:^|[;,] |\b(?:and|but|while|whereas) )(?:when|if|once|where|unless)\b[^,;]*$")
_ACTED_ON_AFTER = any_case(
    r"[^,;]{0,40}?\b(?:was|were|had been) (?:\w+ly )?(?:added|deplet\w+|inhibit\w+|block\w+|neutrali[sz]ed|removed|stimulated|activated"
    r"|cultured|co-?cultured|infused|injected|given|transferred|sorted|silenced|exposed|mixed|absent|present|omitted)\b"
)
#: "Cytopenia was the commonest |adverse event": the subject is counted.
_SUMS_UP_BEFORE = any_case(
    r"\b(?:was|were) (?:by far )?(?:the|an?) (?:(?:most (?:common|frequent)|commonest|main|leading|chief|only|sole|principal|predominant"
    r"|single) ){1,2}(?:\w+ )?$"
)
#: "A response, defined as |a gain in FEV1| of 10%, …".
_DEFINED_BEFORE = any_case(r"\b(?:defined as|that is|i\.e\.,?|meaning)\b[^,;)]{0,50}$")


def without_exposures(text: str, start: int, end: int, found: Sequence[OutcomeMention]) -> list[OutcomeMention]:
    """Mentions that can be results; ``text[start:end]`` is their sentence."""
    kept: list[OutcomeMention] = []
    for outcome in found:
        before = text[start : outcome.start]
        if kept and _BY_EXPOSURE.search(text[kept[-1].end : outcome.start]) and _RATIO_BEHIND.match(text, outcome.end, end):
            continue  # "survival was worse with liver GVHD (HR 1.5) and by remission (HR 1.7)"
        if (
            _SUMS_UP_BEFORE.search(before)
            or _DEFINED_BEFORE.search(before)
            or (outcome.is_weak and _is_handled(text, end, outcome, before))
        ):
            continue
        kept.append(outcome)
    return kept


def _is_handled(text: str, end: int, outcome: OutcomeMention, before: str) -> bool:
    if _HANDLED_BEFORE.search(before) is not None or _HANDLED_AFTER.match(text, outcome.end, end) is not None:
        return True
    if _ACTS_AFTER.match(text, outcome.end, end) is not None:
        return True
    return _WHEN_BEFORE.search(before) is not None and _ACTED_ON_AFTER.match(text, outcome.end, end) is not None
