"""Outcomes that name people instead of telling what became of them: "patients who had achieved a complete response".

In: the words before and behind a mention. Out: whether it says who is spoken of.
"""

from kg.extract.any_case import any_case

#: "Those |who had| responded": a deed that names a group, not a result.
_DEED = any_case(r"(?:died|survived|responded|relapsed|improved|recovered|engrafted|progressed|benefit(?:t)?ed|were alive|alive|flared)\b")
_WHO_BEFORE = any_case(r"(?<!,) (?:who|that) (?:(?:had|have|has|did|were|was|later|then|\w+ly) )*$")
#: "Patients with a complete response": a response that names a group.
_GROUP_BEFORE = any_case(
    r"\b(?:patients|children|adults|those|recipients|subjects|individuals|participants)"
    r" (?:with|in|(?:who|that) (?:had |have )?(?:had|achieved?|attained|reached|obtained|showed)|achieving|attaining|having|without|not in)"
    r" (?:an? |any |either |partial |complete |day[- ]\+?\d+ |response |remission |or |and |\w+/|[CP]R |\([CP]R\) )*$",
)
#: "|The proportion of| patients achieving a complete response", "|45%| of patients with …": those are counted, not named.
_COUNTED_BEFORE = any_case(
    r"(?:\b(?:proportion|percentage|share|fraction|number|rate|probability|most|majority|half|third|quarter|all|many|few|more|fewer)"
    r"(?: of)?(?: the| all| these| those)?|(?<!in )(?<![\d.])\d[\d.]* ?%(?: of)?(?: the)?) $"
)
_GROUP_AFTER = any_case(
    r"(?:(?:complete|partial|early|late|day[- ]\d+) )?(?:non[- ]?)?responders\b|(?:CR|PR|NR|SD|complete response|partial response"
    r"|no response)(?:/\w+)? (?:patients?|group|children)\b",
)


#: "|The proportion of patients who| relapsed": how many did is the result.
_SHARE_WHO = any_case(
    r"\b(?:proportions?|percentages?|shares?|fractions?|numbers?|rates?|odds|chances?|likelihood|probabilit(?:y|ies)) (?:of|for) "
    r"(?:(?:the|these|those|all|our|evaluable|treated) )*(?:\w+ )?(?:patients|children|adults|recipients|people|participants|subjects"
    r"|survivors|individuals|mice|animals|those) (?:who|that) (?:(?:had|have|has|did|were|was|later|then|\w+ly) )*$"
)


def names_group(before: str) -> bool:
    """True behind "patients who achieved a", unless it is told how many those are."""
    match = _GROUP_BEFORE.search(before)
    return match is not None and _COUNTED_BEFORE.search(before, 0, match.start()) is None


def names_responders(mention: str) -> bool:
    """True for "complete responders", "CR patients": ``mention`` is the outcome with the words behind it."""
    return _GROUP_AFTER.match(mention) is not None


def names_doers(before: str, mention: str) -> bool:
    """True for "those who had responded", not for "the share of patients who responded"."""
    return _DEED.match(mention) is not None and _WHO_BEFORE.search(before) is not None and _SHARE_WHO.search(before) is None
