"""Whether a disease is only named ("for steroid-refractory GVHD", "GVHD prophylaxis") or is what was counted."""

from kg.extract.any_case import any_case
from kg.extract.findings.outcome_grammar import has_own_bracket

#: A disease after these is what was compared, whatever preposition stands between.
_LICENSED_BEFORE = any_case(
    r"(?:\b(?:ratios?|HR|RR|OR|trend|differences?|effects?|impact|benefit|increases?|reductions?|decreases?|improvements?"
    r"|changes?|rise|fall|drop|toll|price|penalty|cost|gains?|loss(?:es)?|advantages?|disadvantages?|excess|figures?|rates?"
    r"|protect(?:ed|ion|s)?(?: \w+ly)?|results?|outcomes?)(?: \([^)]*\))? (?:for|in|on|of|against)"
    r"|\b(?:alike|similar|comparable|indistinguishable|level|matched|balanced|no different|equal|equivalent|differ(?:ed|ent)?|the same"
    r"|identical|better|worse) (?:in|for|as to"
    r"|with respect to|regarding)"
    r"|\bdifferences?(?: between [^.;]{1,60}?)? (?:was|were|could be) (?:\w+ )?(?:found|seen|noted|observed|detected|shown|evident|apparent"
    r"|recorded|documented|present) (?:for|in|on|as to|regarding|with (?:respect|regard) to)"
    r"|(?:^|[;:,(]|\b(?:and|but))\s*for) (?:the |both |either )?$",
)
_CONTEXT_BEFORE = any_case(
    r"(?:\b(?:patients?|children|adults?|subjects?|individuals|recipients|those|mice|animals|people|cases?) (?:\w+ )?(?:with"
    r"|who had|having|suffering from)"
    r"|\b(?:whose|their|turning to|as (?:for|to)|for|against|because of|treatment of|therapy (?:of|for)|management of"
    r"|prophylaxis (?:of|against)"
    r"|prevention of|due to|history of|model of|onset of"
    r"|diagnosis of|in the setting of|to prevent|to treat|treated for|prophylaxis for|caused by|attributed to|given for|such as|like"
    r"|(?:response|remission)s?(?: \([^)]*\))? of|died (?:of|from)|deaths? (?:from|due to)|after|outcome in|evaluable for|in))"
    r"(?: (?:the|a|an|their|his|her|established|refractory|severe|ongoing|existing|active|such|concomitant|concurrent|simultaneous"
    r"|steroid-refractory"
    r"|\w+-refractory|grade [IV-]+|high-risk))* ?$",
)
_CONTEXT_AFTER = any_case(
    r"^(?:[- ](?:patients?|prophyla\w+|prevention|treatment|therapy|model|models|setting|onset|diagnosis|management"
    r"|risk (?:score|group)|biomarkers?|subjects|recipients"
    r"|cells? (?:line|dose)|cases|mice|consensus|criteria|lines?)\b|, (?:whose|which is)\b)",
)
#: "Eleven |had to be treated for| sepsis": they had it.
_TREATED_FOR = any_case(
    r"\b(?:had to be|needed to be|required|needed) (?:treated|treatment|hospitali[sz]ed|hospitali[sz]ation|therapy) for (?:an? |\w+ )?$"
)


def is_context(before: str, after: str) -> bool:
    """True where a disease is only named as context, by the words before and after it in its sentence."""
    if _CONTEXT_AFTER.match(after) is not None:
        return True
    if has_own_bracket(before, after):
        return False
    is_named = _CONTEXT_BEFORE.search(before) is not None and _LICENSED_BEFORE.search(before) is None
    return is_named and _TREATED_FOR.search(before) is None
