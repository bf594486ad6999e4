"""Why the intervention was given: to prevent, to treat, along with the graft, or to learn how something works.

In: material and design. Out: the intent with the words that decided. The title speaks of the study's own purpose and outweighs the text;
words of prevention for the usual GVHD prophylaxis of a transplanted cohort are outweighed by those of treatment.
"""

from kg.extract.any_case import AnyCase, any_case
from kg.extract.cell_words import ALONG
from kg.extract.facts.material import OWN, Hit, Material
from kg.extract.facts.wording import Wording, wording
from kg.model import CellRole, Design, Fact, Intent, SectionLabel, Term, TermKind

_CO_TRANSPLANTATION = wording(
    "transplant|stem cell|infus|administ|adding|added|hsct|hsc|graft|haplo|ucbt|cd34",
    r"\b(?:(?:transplant\w*|HSCTs?|HSCs?|stem cells?|CD34\+? cells|grafts?|haplo\w*|UCBT)(?: \([^)]*\))?(?: from (?:\w+ ){1,5}?(?:was|were)"
    r" (?:given|infused|transplanted))? (?:combined|in combination|together|along"
    r"|supplemented"
    r"|plus|and|with or without)(?: with| and)? (?:[\w-]+ ){0,5}?(?:mesenchymal|\w*-?MSCs?)\b|co-?transplant\w*|co-?infus\w*"
    r"|co-?administ\w+|added [^.;]{0,30}to the (?:[\w-]+ )?graft|adding (?:mesenchymal|MSCs?)[^.;]{0,50}graft|(?:together|along"
    r"|simultaneous\w*|in combination) with (?:the "
    r"|allogeneic |autologous |haploidentical )*(?:graft|HSCs?\b|hematopoietic stem cells?|haematopoietic stem cells?))",
)
_PREVENTION = wording(
    "prevent|proph|empt|reduc|avert|lower|forestall|protect|ward|off|stav|at bay|delay",
    r"\b(?:prevent\w*|prophyla\w+|proph\w{2,6}xis|pre-?emptive\w*|(?:(?:reduc|lower)(?:es?|s|ed|ing)|(?:to|could|can|may|would|not) lower)"
    r" (?:the )?(?:risk|incidence"
    r"|(?:severe |overall )?(?:acute|chronic) (?:GVHD|GvHD|graft))|avert(?:s"
    r"|ed)?"
    r"|forestall\w*|protect(?:s|ed|ing|ion|ive)? (?:\w+ ){0,3}(?:from|against)|ward(?:s|ed|ing)? off|(?:h[eo]ld|stav(?:e[sd]?"
    r"|ing)|fend(?:s|ed|ing)?) (?:\w+ ){0,3}off"
    r"|(?:kept|keeps?|h[eo]ld) (?:\w+ ){0,6}at bay|delay(?:s|ed|ing)? (?:the |its )?onset)\b",
)
_TREATMENT = wording(
    "ameliorat|alleviat|attenuat|treat|refractory|resistant|salvage|line|cure|therap|failure|respon",
    r"\b(?:treat(?:ing|s)?|treatments?(?! (?:failure|arm|group|with (?:MSCs? )?prophyl))|treated (?:with|for|by|using"
    r"|successfully|it|them|the disease)"
    r"|refractory|resistant|ameliorat\w+|alleviat\w+|attenuat\w+|salvage|second-line|first-line|cure\w*|therap(?:y|ies|eutic)(?! prophyl)"
    r"|failure of|responded|responders|(?:complete|partial|overall|clinical|objective|best|organ|treatment|day-?28) responses?"
    r"|responses? (?:rates?|to (?:treat|therap)\w+|(?:was|were) (?:seen|achieved|observed)))\b",
)
_USUAL_PROPHYLAXIS = any_case(
    r"\b(?:GVHD|GvHD|graft[- ]versus[- ]host disease) prophylaxis (?:was|were|with|consist\w+|included|regimen)|(?:served|used"
    r"|given) as\b[^.;]{0,120} as prophylaxis|prophylaxis (?:of|against"
    r"|for)[^.;]{0,60}(?:relied|consist\w+|included)",
)
_TITLE_WEIGHT = 4
#: A title "MSCs for bronchiolitis" says what is treated.
_FOR = any_case(r"\b(?:for|treating|relie\w+|against) (?:[\w-]+ ){0,4}$")
#: What befalls people after a transplantation; a title that names it with cells says what these treat.
_COMPLICATION = any_case(
    r"cystitis|bronchiolitis|colitis|enteritis|hepatitis|pneumonitis|mucositis|poor graft function|encephalitis|cytopenia"
)
_WATCHED = wording("risk|predict|prognos", r"\b(?:risk factors?|predict\w*|prognos\w+)\b")
#: A title on donors, grafts or conditioning: the transplantation is what is given.
_TRANSPLANT = any_case(
    r"\b(?:donors?|haplo\w*|siblings?|unrelated|MUDs?|cord blood|(?:stem[- ]cell|graft) sources?|peripheral blood stem cells?"
    r"|conditioning|reduced[- ]intensity|myeloablative)\b"
)
_HOST = "graft-versus-host-disease"
_CLINICAL = frozenset(
    {Design.RCT, Design.NONRANDOMIZED_CONTROLLED, Design.SINGLE_ARM, Design.RETROSPECTIVE_COHORT, Design.CASE_SERIES, Design.PROTOCOL}
)
#: Given around a transplantation to keep GVHD away, whether or not the text says so.
_PREVENTIVE = frozenset({"antithymocyte-globulin", "post-transplant-cyclophosphamide", "letermovir"})
#: A review of both has one purpose only if it speaks of it that many times as often.
_CLEAR = 3
#: Mentions that make a review one of a purpose at all.
_SAID = 2
#: What cells are given around a transplantation for: to keep GVHD away, or to help the graft along.
_PART = {"regulatory T cell": Intent.PROPHYLAXIS, "mesenchymal stromal cell": Intent.COTRANSPLANTATION}
#: Texts on the studies of others: their background is their matter.
_OF_OTHERS = frozenset({Design.REVIEW, Design.META_ANALYSIS, Design.PROTOCOL})


def find_intent(material: Material, *, design: Design | None) -> tuple[Intent | None, tuple[Fact, ...]]:
    """The intent; studies of cells alone, and those that only watch, seek a mechanism."""
    if design is Design.IN_VITRO or (design is Design.OTHER and not _is_titled(material)):
        return Intent.MECHANISM, ()
    joint = next(material.in_title(_CO_TRANSPLANTATION), None)
    if joint is None and next(material.in_title(_PREVENTION), None) is None:
        joint = _done_or_repeated(material, _CO_TRANSPLANTATION)
    if joint is not None:
        return Intent.COTRANSPLANTATION, (joint.fact("intent", "given-with-the-graft"),)
    if design is Design.RETROSPECTIVE_COHORT and _is_of_transplants(material):
        return Intent.TREATMENT, ()
    timing = _by_onset(material) if design is Design.IN_VIVO_PRECLINICAL else None
    if timing is not None:
        return timing
    roles = frozenset(SectionLabel) if design in _OF_OTHERS else OWN | {SectionLabel.CONCLUSIONS}
    prevention, treatment = _weigh(material, _PREVENTION, roles), _weigh(material, _TREATMENT, roles)
    if design in _OF_OTHERS and _is_of_both(material, prevention, treatment, is_review=design is Design.REVIEW):
        return None, ()
    if max(prevention, treatment) < (_SAID if design is Design.REVIEW and material.title else 1):
        return _unsaid(material, design)
    intent, pattern = (Intent.PROPHYLAXIS, _PREVENTION) if prevention > treatment else (Intent.TREATMENT, _TREATMENT)
    hit = next(material.in_title(pattern), None) or material.first(pattern, roles=frozenset(SectionLabel))
    return intent, () if hit is None else (
        hit.fact("intent", "words-of-prevention" if intent is Intent.PROPHYLAXIS else "words-of-treatment"),
    )


def _is_of_transplants(material: Material) -> bool:
    """True where the title is on donors or grafts and names neither prevention nor drugs nor cells."""
    if _TRANSPLANT.search(material.title) is None or next(material.in_title(_PREVENTION), None) is not None:
        return False
    if any(cell.role is CellRole.INTERVENTION for cell in material.cells):
        return False
    return not any(term.kind in (TermKind.DRUG, TermKind.CELL_TYPE) for term in material.title_terms)


def _by_onset(material: Material) -> tuple[Intent, tuple[Fact, ...]] | None:
    """Animals given something before they are ill are protected, those that are ill already are treated; None where no time is told."""
    late, early = material.first(_WHEN_ILL), material.first(_WITH_THE_GRAFT)
    is_prevented = next(material.in_title(_PREVENTION), None) is not None
    if late is not None and not is_prevented:
        return Intent.TREATMENT, (late.fact("intent", "given-after-onset"),)
    if early is not None and next(material.in_title(_TREATMENT), None) is None:
        return Intent.PROPHYLAXIS, (early.fact("intent", "given-with-the-graft"),)
    return None


_WHEN_ILL = wording(
    "onset|established|manifest|ongoing|signs|symptom|with cgvhd|with gvhd|with acute|with chronic|appeared|already|diseased",
    r"\b(?:(?:after|at|upon|from|following|since) (?:the )?(?:clinical |disease )?onset|established (?:\w+ )?(?:GVHD|disease|graft)"
    r"|(?:had|has|have) (?:become manifest|set in|appeared|developed)|(?:once|when|after|until) [^.;,]{0,60}(?:appeared"
    r"|manifest|developed|signs"
    r"|symptoms|diseased)|ongoing (?:GVHD|disease)|(?:mice|rats|animals|recipients) with (?:\w+ ){0,2}c?a?G[Vv]HD"
    r"|already (?:ill|diseased))",
)
_WITH_THE_GRAFT = wording(
    "day|time of|with the|along|together|simultaneous|before|prior|conditioning|graft|hours|co-",
    r"\b(?:(?:on|from|at) (?:day )?(?:0|zero|[-−+]1)\b|(?:on|from) days? (?:0|zero|[-−+]?1)\b|on the (?:day|same day) (?:of|as)"
    r"|at the time of (?:\w+ ){0,3}(?:transplant|graft)\w*|(?:along|together|simultaneously|in combination) with (?:the )?(?:\w+ ){0,3}"
    r"(?:graft|marrow|splenocytes|T cells)|with the graft|co-?(?:transplant|inject|infus|administ)\w+|(?:before|prior to|ahead of)"
    r" (?:\w+ ){0,2}(?:transplant|graft|marrow)\w*|(?:day|days|hours) (?:before|after) (?:\w+ ){0,2}(?:transplant\w*|grafting|irradiation)"
    r"|(?:marrow|splenocytes|T cells) (?:plus|and|with or without) (?:\w+[- ]){0,4}?(?:MSCs?|Tregs?))",
)


def _is_of_both(material: Material, prevention: int, treatment: int, *, is_review: bool) -> bool:
    """True for a text on the studies of others whose title names both purposes, and for a review that speaks of both about as often."""
    titled = [next(material.in_title(pattern), None) is not None for pattern in (_PREVENTION, _TREATMENT)]
    few, many = sorted((prevention, treatment))
    return all(titled) or (is_review and not any(titled) and few > 0 and many < _CLEAR * few)


def _unsaid(material: Material, design: Design | None) -> tuple[Intent | None, tuple[Fact, ...]]:
    """Without a word of purpose of its own: what is given, and around what, tells; else the background, else that people are treated."""
    if next(material.in_title(_WATCHED), None) is not None:
        return None, ()
    by_term = _by_terms(material, design)
    if design is Design.REVIEW:
        # a disease in its title is what a review of cells or drugs would have treated
        is_given = any(cell.role is CellRole.INTERVENTION for cell in material.cells)
        is_of_disease = is_given and by_term is not None and by_term[2] == "disease-in-the-title"
        return (Intent.TREATMENT, (material.fact_of(by_term[1], "intent", rule=by_term[2]),)) if by_term and is_of_disease else (None, ())
    if by_term is not None:
        intent, term, rule = by_term
        return intent, (material.fact_of(term, "intent", rule=rule),)
    roles = frozenset(SectionLabel)
    prevention, treatment = _weigh(material, _PREVENTION, roles), _weigh(material, _TREATMENT, roles)
    if prevention == treatment == 0 or design is Design.IN_VIVO_PRECLINICAL:
        is_treated = (
            design in _CLINICAL
            or design is Design.META_ANALYSIS
            or (design is not None and any(cell.role is CellRole.INTERVENTION for cell in material.cells))
        )
        return (Intent.TREATMENT if is_treated else None), ()
    pattern = _PREVENTION if prevention > treatment else _TREATMENT
    hit = material.first(pattern, roles=roles)
    return (Intent.PROPHYLAXIS if prevention > treatment else Intent.TREATMENT), () if hit is None else (hit.fact("intent", "background"),)


def _by_terms(material: Material, design: Design | None) -> tuple[Intent, Term, str] | None:
    """A preventive drug, a disease that the title says is treated, or cells given around a transplantation.

    GVHD that a title names without a word of prevention is there already.
    """
    named = (*material.title_terms, *material.terms_in(OWN))
    preventive = next((term for term in named if term.concept in _PREVENTIVE and not _stands_behind(material, term, ALONG)), None)
    if preventive is not None:
        return Intent.PROPHYLAXIS, preventive, "preventive-drug"
    diseases = (term for term in material.title_terms if term.kind is TermKind.CONDITION)
    is_theirs = (
        term
        for term in diseases
        if _HOST in (term.concept or "") or _COMPLICATION.search(term.text) or _stands_behind(material, term, _FOR)
    )
    disease = next(is_theirs, None)
    if disease is not None:
        return Intent.TREATMENT, disease, "disease-in-the-title"
    given = next((cell for cell in material.cells if cell.role is CellRole.INTERVENTION and cell.cell in _PART), None)
    transplant = next((term for term in (*named, *material.terms) if term.kind is TermKind.TRANSPLANT), None)
    if given is None or transplant is None or design is Design.IN_VIVO_PRECLINICAL:
        return None
    late = material.first(_LATE) if _PART[given.cell] is Intent.COTRANSPLANTATION else None
    if late is not None:
        return Intent.PROPHYLAXIS, transplant, "cells-after-engraftment"
    return _PART[given.cell], transplant, "cells-in-a-transplantation"


#: Cells given weeks after the graft no longer help it along; they keep GVHD away.
_LATE = wording(
    "month|day",
    r"\b(?:from|on|at|in|after|since) (?:the )?(?:\w+ )?(?:months? (?:\d|one|two|three|four|five|six)|days? \+?(?:[3-9]\d|1\d\d))\b"
    r"|\b(?:every|each) month\b|\bmonthly\b",
)


def _stands_behind(material: Material, term: Term, words: AnyCase) -> bool:
    is_titled = any(term is each for each in material.title_terms)
    text = material.title if is_titled else material.paper.text
    return words.search(text[max(0, term.start - 40) : term.start]) is not None


def _is_titled(material: Material) -> bool:
    is_watched = next(material.in_title(_WATCHED), None) is not None
    return not is_watched and any(next(material.in_title(pattern), None) is not None for pattern in (_PREVENTION, _TREATMENT))


def _done_or_repeated(material: Material, pattern: Wording) -> Hit | None:
    hits = list(material.in_sentences(pattern, roles=OWN | {SectionLabel.CONCLUSIONS}))
    is_done = any(hit.role in (SectionLabel.METHODS, SectionLabel.OBJECTIVE) for hit in hits)
    return hits[0] if len(hits) > 1 or is_done else None


def _weigh(material: Material, pattern: Wording, roles: frozenset[SectionLabel]) -> int:
    titled = sum(1 for _ in material.in_title(pattern)) + sum(1 for _ in material.in_citation(pattern))
    said = sum(not _is_usual_prophylaxis(hit) for hit in material.in_sentences(pattern, roles=roles))
    return _TITLE_WEIGHT * titled + said


def _is_usual_prophylaxis(hit: Hit) -> bool:
    """True when the hit stands inside "GVHD prophylaxis consisted of": what every transplant gets."""
    start, end = max(0, hit.match.start() - 60), hit.match.end() + 60
    usual = _USUAL_PROPHYLAXIS.finditer(hit.match.string, start, end)
    return any(match.start() <= hit.match.start() < match.end() for match in usual)
