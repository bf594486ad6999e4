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
    r"|carrying|bearing|harbou?ring|expressing|producing|making|secreting|releasing|positive for|negative for"
    r"|co-?cultured with|mediators by which|silencing(?: of)?|in (?:purified|sorted|isolated|cultured)|recombinant|exogenous|(?:mice"
    r"|patients|animals|those) with)"
    r"(?: (?:the|an?|such|their|both|human|murine|donor))*(?: [\w-]+ (?:and|or))? $|\banti-?$"
)
#: "thawed MSCs |suppressed the response|": who acts is not what is measured.
_ACTS_AFTER = any_case(
    r" (?:(?:so|thus) \w+ed )?(?:\w+ly )?(?:suppress|inhibit|reduc|lower|enhanc|prevent|restor|block|prolong|promot|induc"
    r"|protect|attenuat|ameliorat|abolish|abrogat"
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
#: "STAT1 phosphorylation in |T cells|", "CD86 on |monocytes|": where it was measured, unless their change was.
_PLACE_BEFORE = any_case(
    r"[a-z\d)] (?:in|on|within|inside|upon|by|from|on the surface of)"
    r"(?: (?:the|donor|host|recipient|splenic|circulating|human|murine|purified|activated|cultured|stimulated|allogeneic|these|such"
    r"|their))* $"
)
_CHANGE_BEFORE = any_case(
    r"\b(?:increases?|decreases?|reductions?|rises?|falls?|drops?|declines?|changes?|shifts?|differences?|effects?|impact|influence"
    r"|expansion|gains?|loss(?:es)?|surge|growth|improvements?|alterations?|enrichment|depletion|resulted|ended|led"
    r"|enriched|poor|rich|higher|lower) (?:in|on|within|by)(?: [\w-]+)* $"
)
#: "When FEV1 |was followed over time|, …".
_LOOKED_AT_AFTER = any_case(
    r" (?:was|were) (?:\w+ly )?(?:followed|measured|assessed|examined|analy[sz]ed|considered|compared|plotted|taken)\b"
)
#: "Cytopenia was the commonest |adverse event": the subject is counted.
_SUMS_UP_BEFORE = any_case(
    r"\b(?:was|were) (?:by far )?(?:the|an?) (?:(?:most (?:common|frequent)|commonest|main|leading|chief|only|sole|principal|predominant"
    r"|single) ){1,2}(?:\w+ )?$"
)
#: "After |engraftment|", "at the time of |relapse|": what only says when.
_WHEN_NAMED = any_case(
    r"\b(?:after|before|until|since|following|upon|prior to|preceding|at(?: the)?(?: (?:time|moment|day|point) of)?|by the time of"
    r"|from the (?:time|day|date) of)"
    r"(?: (?:the|an?|their|his|her|its|any|first|initial|primary|sustained|full|complete|stable|documented|donor|neutrophil|platelet"
    r"|ha?emato(?:logic(?:al)?|poietic)|myeloid))* $"
)
_MOMENTS = frozenset(
    {
        "engraftment",
        "neutrophil engraftment",
        "platelet engraftment",
        "hematologic recovery",
        "cumulative incidence of relapse",
        "mortality",
    }
)
#: "The |engrafted| neutrophils", "patients with |relapsed| leukemia": a deed that describes a noun.
_DESCRIBING = any_case(r"(?:engrafted|relapsed|recovered|responding|improved|deceased|progressed|rejected)")
_DESCRIBED_AFTER = any_case(
    r" (?:donor |human |allogeneic )*(?:cells|neutrophils|platelets|granulocytes|lymphocytes|patients|children|recipients|mice|animals|rats"
    r"|grafts?|leuka?emias?|lymphomas?|disease|marrow|tissue|ones|donors?|MSCs?|stromal|stem)\b"
)
_DETERMINED_BEFORE = any_case(
    r"(?:^|[(;:,] ?|\b(?:the|an?|of|in|with|by|for|from|to|than|per|among|between|these|those|such|no|all|some|most|were|was|and|or) )$"
)
#: "Died of |relapse|, |GVHD|": the cause of what is counted.
_CAUSE_BEFORE = any_case(
    r"\b(?:died|dead|deaths?|dying|mortality|succumbed|perished|killed|fatal|lost (?:his|her|their) li(?:fe|ves))(?: \([^)]*\))?"
    r" (?:of|from|to|by|due to|because of|owing to|as a (?:result|consequence) of|on account of|attributed to|caused by)"
    r"(?: (?:the|an?|their|his|her))? $"
    r"|\b(?:died|deaths?|succumbed|perished)\b[^.;]{0,40}\b(?:neither|none|not)(?: of (?:them|these|which|whom))? (?:of|from|to) $"
)
#: "Headache, |the toxicity| most dreaded, was absent": another name for what stands before.
_OTHER_NAME = any_case(r", (?:the|an?) (?:\w+ )?")
_NAME_CLOSED = any_case(r"(?:(?!\b(?:was|were|is|are|had|has|did|could|rose|fell)\b)[^,.;()]){0,40},")
#: "They stayed |relapse|-free".
_FREE_AFTER = any_case(r"[-‐]free\b")
#: Cells that are given, not measured, unless their number, place or time is.
_GIVEN_CELLS = any_case(r".*\b(?:mesenchymal|stromal|vesicles?|exosomes?|progenitor)\b.* count")
#: "A response, defined as |a gain in FEV1| of 10%, …".
_DEFINED_BEFORE = any_case(r"\b(?:defined as|that is|i\.e\.,?|meaning)\b[^,;)]{0,50}$")


def without_exposures(text: str, start: int, end: int, found: Sequence[OutcomeMention]) -> list[OutcomeMention]:
    """Mentions that can be results; ``text[start:end]`` is their sentence."""
    kept: list[OutcomeMention] = []
    for outcome in found:
        before = text[start : outcome.start]
        if kept and _OTHER_NAME.fullmatch(text, kept[-1].end, outcome.start) and _NAME_CLOSED.match(text, outcome.end, end):
            continue
        if kept and _BY_EXPOSURE.search(text[kept[-1].end : outcome.start]) and _RATIO_BEHIND.match(text, outcome.end, end):
            continue  # "survival was worse with liver GVHD (HR 1.5) and by remission (HR 1.7)"
        if (
            _SUMS_UP_BEFORE.search(before)
            or _DEFINED_BEFORE.search(before)
            or (outcome.is_weak and _is_handled(text, end, outcome, before))
            or _only_names(text, end, outcome, before)
        ):
            continue
        kept.append(outcome)
    return kept


def _only_names(text: str, end: int, outcome: OutcomeMention, before: str) -> bool:
    """True for what names a time, a cause, or a part of another noun."""
    if text[outcome.end : outcome.end + 1] in ("-", "‐") and _FREE_AFTER.match(text, outcome.end, end) is None:
        return True
    if outcome.label in _MOMENTS and _WHEN_NAMED.search(before) is not None:
        return True
    if _LOOKED_AT_AFTER.match(text, outcome.end, end) is not None and _WHEN_BEFORE.search(before) is not None:
        return True
    if _CAUSE_BEFORE.search(before) is not None:
        return True
    if _DESCRIBED_AFTER.match(text, outcome.end, end) is None:
        return False
    if outcome.text.lower() in ("living", "alive", "dead"):
        return True
    return _DESCRIBING.fullmatch(outcome.text) is not None and _DETERMINED_BEFORE.search(before) is not None


def _is_handled(text: str, end: int, outcome: OutcomeMention, before: str) -> bool:
    if _GIVEN_CELLS.fullmatch(outcome.label) is not None:
        return True
    if _PLACE_BEFORE.search(before) is not None and _CHANGE_BEFORE.search(before) is None:
        return True
    if _HANDLED_BEFORE.search(before) is not None or _HANDLED_AFTER.match(text, outcome.end, end) is not None:
        return True
    if _ACTS_AFTER.match(text, outcome.end, end) is not None:
        return True
    return _WHEN_BEFORE.search(before) is not None and _ACTED_ON_AFTER.match(text, outcome.end, end) is not None
