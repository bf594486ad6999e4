"""The study design, in the eleven classes of the gold standard.

In: material. Out: the class with the words that decided. What the record's indexers say comes first; then what kind of text it is
(protocol, pooled analysis, review), what is studied (animals, cells), and for people how they came into the study: by chance, by plan, or
in hindsight. Rules stand in one list, the first that holds decides, its name is kept.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.facts.clinical_design import CASE, RANDOMIZED, clinical_design, find_clues
from kg.extract.facts.laboratory import animals_studied, cells_studied
from kg.extract.facts.material import OWN, Hit, Material
from kg.extract.facts.people import count_patients, is_about_animals
from kg.extract.facts.wording import wording
from kg.extract.numbers.numerals import WORD_NUMBER
from kg.extract.tense import is_of_others, tells_how_things_are, tells_what_happened
from kg.model import Design, Fact, Origin, SectionLabel

_PUBLICATION_TYPES: tuple[tuple[str, Design], ...] = (
    ("Clinical Trial Protocol", Design.PROTOCOL),
    ("Meta-Analysis", Design.META_ANALYSIS),
    ("Network Meta-Analysis", Design.META_ANALYSIS),
    ("Randomized Controlled Trial", Design.RCT),
    ("Pragmatic Clinical Trial", Design.RCT),
    ("Systematic Review", Design.REVIEW),
    ("Review", Design.REVIEW),
    ("Practice Guideline", Design.REVIEW),
    ("Guideline", Design.REVIEW),
    ("Editorial", Design.OTHER),
    ("Case Reports", Design.CASE_SERIES),
)
_ALL = frozenset(SectionLabel)
#: What is planned; a wish or a forecast ("will need", "will benefit") is no plan.
_FUTURE = wording(
    "will|planned|are to|is to|being",
    r"\bwill (?:(?:then|also|first|be) )*(?!be|need|require|profit|benefit|help|depend|show|become|remain|likely|probably|have|not)\w+"
    r"|\b(?:is|are) (?:planned to (?:be )?|to be |being )(?:randomi[sz]|enrol|recruit|treat|includ|assign|allocat|follow)\w*",
)
_PROTOCOL_TITLE = wording(
    "protocol|rationale|design",
    r"\b(?:(?:study|trial|review) protocol|protocol (?:for|of) (?:a|an|the)|(?:rationale|study design) (?:and|of)\b)|: (?:a "
    r"|the )?protocol\b",
)
_REGISTRY_ENTRY = re.compile(
    r"(?:^|\n| )(?:Inclusion [Cc]riteria|Exclusion [Cc]riteria|Eligibility [Cc]riteria|Arms of the [Ss]tudy|Estimated [Ee]nrol\w+) ?:"
)
_PAST_RESULT = wording(
    "were|was",
    r"\b(?:were|was) (?:\w+ )?(?:enrolled|included|randomi[sz]ed|treated|observed|seen|achieved|found|reached|reported|higher|lower"
    r"|noted)\b",
)
_META_ANALYSIS = wording(
    "meta|pooled",
    r"\b(?:meta-? ?analy[sz]\w+|pooled (?:analysis|evidence|data from (?:\w+ ){0,2}(?:studies|trials)))\b",
)
_OWN_META_ANALYSIS = wording(
    "meta|pooled",
    r"\bmeta-? ?analysis\b(?! of (?:previous|earlier|published))|\bpooled analysis\b|\b[Ww]e pooled (?:[\w-]+ ){0,4}(?:trials"
    r"|studies|reports)\b",
)
#: How a pooled analysis comes by its material, and what it makes of it; both are needed.
_SEARCHED = wording(
    "search|systematic|studies|trials|articles|retrieved|identified|pubmed|medline|embase|cochrane|web of science",
    r"\b(?:(?:retrieved|identified|collected|gathered|assembled|drawn|obtained) [^.;]{0,60}?(?:from|in"
    r"|through) (?:the )?(?:PubMed|MEDLINE|Embase"
    r"|Cochrane|Scopus|Web of Science|CENTRAL|\w+ databases|the literature)|systematic(?:ally)? (?:literature )?(?:review"
    r"|search)\w*|(?:databases?|sources?|literature|PubMed|MEDLINE|Embase|CENTRAL"
    r"|Cochrane(?: Library)?)\b[^.;]{0,40} (?:was|were) (?:systematically )?searched|we searched|a search"
    rf"|(?:\d+|{WORD_NUMBER}) (?:[\w-]+ ){{0,4}}(?:studies|trials|articles)\b[^.;]{{0,60}} (?:were|met) (?:\w+ ){{0,2}}(?:included|eligible"
    r"|retained|pooled|identified|criteria|analy[sz]ed))\b",
)
_ESTIMATED = wording(
    "pool|random|ci|rr|or|hr|smd|network|heterogeneity",
    r"\b(?:pooled|network|heterogeneity|random[- ]effects?|(?:95 ?% )?CI\b|(?:RR|OR|HR|SMD|WMD)s? ?[=,(]? ?[-−]?\d)",
    heeds_case=True,
)
_REVIEW_TITLE = wording(
    "review|state of the art|current|perspective|overview|recent|update|guideline|consensus|recommendation|challenge|where|what",
    r"(?<!retrospective )(?<!chart )(?<!record )\breviews?\b(?! of (?:\w+ )?(?:\d+|patients|cases|records))|\b(?:state of the art"
    r"|current (?:status|concepts|evidence|understanding)|perspectives?|overview"
    r"|recent advances|update|guidelines?|consensus|recommendations|challenges|where (?:are|do) we|what (?:do )?we know)\b",
)
_REVIEW_TEXT = wording(
    "review|article|overview|chapter|we |systematic|literature|discussed|summari",
    r"\b(?:(?:this|the present|our|in this|present) (?:\w+ )?(?:review|article|overview|chapter)\b|(?:here,? )?we (?:here )?(?:briefly "
    r"|critically |also )?(?:review|summari[sz]e|discuss|outline|highlight)\b"
    r"|systematic(?:ally)? (?:literature )?(?:review|search)\w*|literature (?:was|were) (?:reviewed|searched)|(?:is|are) (?:reviewed"
    r"|discussed|summari[sz]ed)\b)",
)


@dataclass(frozen=True)
class Look:
    """What the rules on kinds of text ask for, looked up once."""

    randomized: Hit | None
    trial: Hit | None
    patients: int
    #: True when people of the study were counted.
    has_people: bool
    #: True when they only lent their cells.
    is_lending: bool
    is_about_animals: bool
    #: True when the text looks back at treated people or calls itself a trial.
    is_clinical: bool


_Rule = Callable[[Material, Look], Hit | None]


def find_design(material: Material, *, count: int | None, is_lending: bool = False) -> tuple[Design | None, tuple[Fact, ...]]:
    """The class and the fact behind it.

    ``count`` is the number of people found, which tells a few cases from a cohort; ``is_lending`` that they only lent their cells.
    """
    for name, design in _PUBLICATION_TYPES:
        if name in material.paper.publication_types:
            return design, (Fact(field="design", origin=Origin.METADATA, text=name, rule="publication-type"),)
    clues = find_clues(material)
    look = Look(
        clues.randomized,
        clues.trial,
        count_patients(material),
        count is not None,
        is_lending,
        is_about_animals(material),
        clues.is_clinical,
    )
    for rule, design in _BY_TEXT:
        hit = rule(material, look)
        if hit is not None:
            return design, (hit.fact("design", rule.__name__.strip("_").replace("_", "-")),)
    decided, hit, name = clinical_design(material, clues, count=count)
    return decided, () if hit is None else (hit.fact("design", name),)


def _protocol(material: Material, _: Look) -> Hit | None:
    titled = next(material.in_title(_PROTOCOL_TITLE), None)
    future = [hit for hit in material.in_sentences(_FUTURE, roles=_ALL) if not _is_supposed(hit)]
    happened = sum(1 for _ in material.in_sentences(_PAST_RESULT, roles=_ALL))
    if titled is not None and happened < 2:
        return titled
    if len(future) >= 2 and happened <= len(future) // 2:
        return future[0]
    entry = _REGISTRY_ENTRY.search(material.paper.text)
    return Hit(Origin.TEXT, entry, entry.start(), entry.end()) if entry is not None and happened == 0 else None


def _is_supposed(hit: Hit) -> bool:
    """True for what is only expected: "we hypothesised that the cells will"."""
    return _SUPPOSITION.search(hit.match.string[max(0, hit.match.start() - 100) : hit.match.start()]) is not None


_SUPPOSITION = any_case(r"\b(?:hypothes\w+|whether|expect\w*|suppos\w+|believe\w*)\b[^.]*$")


def _pooled_analysis(material: Material, _: Look) -> Hit | None:
    titled = next(material.in_title(_META_ANALYSIS), None)
    if titled is None and next(material.in_title(RANDOMIZED), None) is not None:
        return None  # a trial that names the meta-analyses of others
    own = next(material.in_sentences(_OWN_META_ANALYSIS), None)
    searched = next(material.in_sentences(_SEARCHED), None)
    return titled or own or (searched if next(material.in_sentences(_ESTIMATED), None) is not None else None)


def _review(material: Material, look: Look) -> Hit | None:
    titled = next(material.in_title(_REVIEW_TITLE), None)
    is_case = next(material.in_title(CASE), None) is not None
    if _is_own_study(material, look, is_case=is_case, titled=titled):
        return None
    return titled or next(material.in_sentences(_REVIEW_TEXT, roles=_ALL), None) or _tells_of_others(material)


def _is_own_study(material: Material, look: Look, *, is_case: bool, titled: Hit | None) -> bool:
    """True for people counted, an allocation, or what only authors do; figures count too where no title says "review"."""
    if is_case or look.randomized is not None or (look.has_people and titled is None):
        return True
    own = (_OWN_DOING,) if titled is not None else (_OWN_DOING, _OWN_FIGURES)
    return any(next(material.in_sentences(pattern, roles=_TOLD), None) is not None for pattern in own)


def _tells_of_others(material: Material) -> Hit | None:
    """The first sentence of a text of some length that mostly says how things are, not what happened."""
    sentences = [material.paper.text[span.start : span.end] for span, _ in material.sentences]
    general = sum(tells_how_things_are(sentence) for sentence in sentences)
    happened = sum(tells_what_happened(sentence) and not is_of_others(sentence) for sentence in sentences)
    is_general = len(sentences) >= 3 and general > happened
    return next(material.in_sentences(_SENTENCE, roles=_ALL), None) if is_general else None


def _essay(material: Material, look: Look) -> Hit | None:
    """What is neither animals nor culture, counts nobody and hardly tells what was done, tells of others, in whatever tense."""
    done = sum(1 for _ in material.in_sentences(_WAS, roles=_ALL))
    is_essay = len(material.sentences) >= 3 and done < 3 and not look.is_clinical
    is_own = _is_own_study(material, look, is_case=material.first(CASE) is not None, titled=None)
    return next(material.in_sentences(_SENTENCE, roles=_ALL), None) if is_essay and not is_own else None


_WAS = wording("was|were|did|had", r"\b(?:was|were|did|had)\b")
_TOLD = OWN | {SectionLabel.CONCLUSIONS}
_SENTENCE = wording(" ", r"\S[^.;]*")
#: What only the authors of a study do, and have to show for it.
_OWN_DOING = wording(
    "we |were|was",
    r"(?:\b[Ww]e (?:\w+ )?(?:treated|enrolled|infused|studied|randomi[sz]ed|transplanted|cultured|isolated|injected|measured|tested|found"
    r"|observed|add|compared|analy[sz]ed|evaluated|investigated|show|showed|demonstrate[d]?|report|assessed|examined|retrospectively|ran"
    r"|reviewed|recorded|sought|set out|undertook|looked)\b"
    r"|\b(?:were|was) (?:\w+ )?(?:enrolled|infused|cultured|injected|randomi[sz]ed|treated|suppressed|inhibited|abolished|prolonged"
    r"|isolated|co-?cultured|incubated|analy[sz]ed|reviewed|measured)\b)",
    heeds_case=True,
)
_OWN_FIGURES = wording("p|%", r"\b[pP] ?[<=>≤] ?[0.]|\(\d[\d.]* ?%|\d ?% (?:vs|versus|and \d|\()", heeds_case=True)


def _animals(material: Material, look: Look) -> Hit | None:
    return animals_studied(material, patients=look.patients, is_about_animals=look.is_about_animals, is_clinical=look.is_clinical)


def _survey(material: Material, look: Look) -> Hit | None:
    if look.randomized is not None:
        return None
    return next(material.in_sentences(_QUESTIONNAIRE), None) or next(material.in_title(_QUESTIONNAIRE), None)


_QUESTIONNAIRE = wording(
    "questionnaire|survey",
    r"\b(?:questionnaires?|survey) (?:was|were) (?:e-?mailed|mailed|sent|distributed|circulated)\b"
    r"|\bsurvey (?:of|among) (?:[\w-]+ ){0,3}(?:physicians|clinicians|cent(?:er|re)s|practices?)\b",
)


def _cells_only(material: Material, look: Look) -> Hit | None:
    if look.trial is not None or look.randomized is not None:
        return None
    return cells_studied(material, patients=look.patients, has_people=look.has_people, is_lending=look.is_lending)


_BY_TEXT: tuple[tuple[_Rule, Design], ...] = (
    (_protocol, Design.PROTOCOL),
    (_pooled_analysis, Design.META_ANALYSIS),
    (_review, Design.REVIEW),
    (_survey, Design.OTHER),
    (_animals, Design.IN_VIVO_PRECLINICAL),
    (_cells_only, Design.IN_VITRO),
    (_essay, Design.REVIEW),
)
