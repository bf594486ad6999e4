"""Whether a sentence tells what was done and seen, or how things are.

A study is told in the past tense, what is known in the present and perfect, what is planned in the future; so that tense parts the
study's own sentences from those on the work of others better than place or topic does.
"""

import re

from kg.extract.any_case import any_case

_PAST = re.compile(
    r"\b(?:was|were|did|had|took|gave|underwent|began|rose|fell|grew|came|went|led|ran|saw|found|met|lost|shrank|arose|held|made"
    r"|brought|set|died|lived|kept|became)\b"
)
#: "MSCs inhibited the cells"; participles before their noun are often hyphened, or follow an auxiliary.
_PAST_FORM = re.compile(r"(?<!-)\b[a-z]{2,}ed\b(?!-)")
_PRESENT = re.compile(
    r"\b(?<![Tt]o )(?:is|are|has|have|do|does|may|can|cannot|might|should|must|will|would|remains?|seems?|appears?|occurs?|contributes?"
    r"|suggests?|shows?|indicates?|demonstrates?|includes?|represents?|offers?|plays?|exerts?|requires?|provides?|suppress(?:es)?"
    r"|modulates?|inhibits?|promotes?|reduces?|induces?|causes?|affects?|limits?|holds?|needs?|summari[sz]es?|discuss(?:es)?"
    r"|highlights?|focus(?:es)?|protects?|carry|carries|act|acts|share|shares|know|see|leads?|improves?|prolongs?|prevents?|increases"
    r"|decreases|lowers|enhances?|confers?)\b"
)
#: Whose study it is, and what it is called.
_NATION = (
    r"(?:American|Australian|Brazilian|British|Canadian|Chinese|Danish|Dutch|European|Finnish|French|German|Indian|Iranian|Israeli|Italian"
    r"|Japanese|Korean|Nordic|Norwegian|Polish|Russian|Spanish|Swedish|Swiss|Turkish)"
)
_OTHER = (
    rf"(?:another|an? {_NATION}|an? (?:earlier|previous|separate|parallel|\w+ed)"
    r"|our (?:own )?(?:earlier|previous)|(?:some|most|many) other)"
)
_WORK = r"(?:[\w-]+ ){0,2}(?:laborator(?:y|ies)|series|stud(?:y|ies)|trials?|work|reports?|cohort|registr(?:y|ies)|reviews?)"
_OF_OTHERS = any_case(
    r"\b(?:previous(?:ly)?|prior to|earlier|recent(?:ly)?|first (?:described|reported|used|given)|ago|since (?:then|its|their|the|19|20)"
    r"|of others|et al|decades?|until now|so far|licen[cs]ed(?! (?:with|by (?:IFN|interferon)))|approved"
    r"|until (?:19|20)\d\d|early (?:trials|studies|reports|series))\b",
)
#: Words on the work of others that no description of one's own patients uses.
_BY_OTHERS = any_case(
    rf"\b(?:in|from|by|of|at) {_OTHER} {_WORK}\b|\b(?:one|another) (?:laboratory|group|team) (?:had |has )?\w+ed\b|\bet al\b"
    r"|\b(?:previous|earlier|published|historical|some|several|most|other|various) (?:studies|reports|series|trials|authors|registries)\b"
    r"|\b(?:in|from) registry data\b|\b(?:in|from) the literature\b|\breported (?:\w+ ){0,3}(?:rates?|incidences?|figures?)\b"
    r"|\bothers (?:have |had )?\w+(?:ed|nd|wn)\b|\b(?:animal|preclinical|experimental) (?:work|studies|data|experiments)\b"
    r"|\b(?:an?|one|two|three|four|five|six|several) (?:[\w-]+ ){0,2}(?:trial|study|series|report|registry|survey)s?(?:, [^,;]{1,50},)?"
    r" (?:had |has |have )?(?:reported|found|showed|shown|saw|seen|described|observed|noted|put|gave|examined|looked)\b"
    r"|\b(?:has|have|had) been (?:put|estimated|placed|quoted|described|credited) (?:at|as|in|with|between)\b",
)
#: "Stool from relatives |had led| to responses": before the study began.
_PLUPERFECT = any_case(
    r"\bhad (?:\w+ly |also |already |even )?(?:been |(?:\w{2,}ed|led|brought|shown|found|given|risen|fallen|made|won|kept|held|begun"
    r"|done)\b)"
)


def tells_what_happened(sentence: str) -> bool:
    """True for the past tense: more past than present verbs, or a past form where no other verb can be."""
    present = len(_PRESENT.findall(sentence))
    past = len(_PAST.findall(sentence))
    return past > present or (present == 0 and _PAST_FORM.search(sentence) is not None)


def tells_how_things_are(sentence: str) -> bool:
    """True where the present, perfect or future is the tense."""
    return _PRESENT.search(sentence) is not None and not tells_what_happened(sentence)


def tells_what_went_before(sentence: str) -> bool:
    """True where every past verb is a pluperfect: what had happened before the study began."""
    within = [match.span() for match in _PLUPERFECT.finditer(sentence)]
    return bool(within) and all(any(a <= past.start() < b for a, b in within) for past in _PAST.finditer(sentence))


def is_by_others(sentence: str) -> bool:
    """True for what the sentence says outright that others did or found."""
    return _BY_OTHERS.search(sentence) is not None


def is_of_others(sentence: str) -> bool:
    """True for what was done before this study or by others."""
    return _OF_OTHERS.search(sentence) is not None
