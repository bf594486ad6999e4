"""The study design, in the eleven classes of the gold standard.

In: material. Out: the class with the words that decided. What the record's indexers say comes first; then what kind of text it is
(protocol, pooled analysis, review), what is studied (animals, cells), and for people how they came into the study: by chance, by plan, or
in hindsight. Rules stand in one list, the first that holds decides, its name is kept.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.facts.material import OWN, Hit, Material
from kg.extract.facts.people import count_patients, is_about_animals
from kg.extract.facts.wording import wording
from kg.model import CellRole, Design, Fact, Origin, SectionLabel

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
_FUTURE = wording(
    "will",
    r"\bwill (?:then |also |first )*(?:be (?:\w+ )?(?:enrol\w*|recruit\w+|randomi[sz]\w+|assign\w+|allocat\w+|includ\w+|follow\w+"
    r"|assess\w+|treat\w+|evaluat\w+|administer\w+"
    r"|infus\w+|given|measured|compared|conducted|performed|collected|monitored|analy[sz]ed)|enrol|recruit|include|randomi[sz]e|receive"
    r"|undergo|compare|evaluate|assess)\b",
)
_PROTOCOL_TITLE = wording(
    "protocol|rationale",
    r"\b(?:(?:study|trial|review) protocol|protocol (?:for|of) (?:a|an|the)|: (?:a )?protocol\b|protocol\s*$|rationale and design)",
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
    r"\bmeta-? ?analysis\b(?! of (?:previous|earlier|published))|\bpooled analysis\b",
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
_RANDOMIZED = wording(
    "random|rct",
    r"(?<!\w)(?<!non-)(?<!quasi-)(?<!non )(?<!not )(?<!without )(?<!future )(?<!Mendelian )(?:randomi[sz]ed(?! (?:controlled |clinical "
    r"|comparative )*(?:trials|studies)\b)|randomly|at random\b|randomi[sz]ation|RCT)(?! (?:selected|chosen|sampled))",
)
_OTHERS_TRIAL = re.compile(
    r"\b(?:needed|required|warranted|previous|prior|earlier|future|other|should|published|need for|await\w*|lack of|no) [^.]{0,60}$",
    re.IGNORECASE,
)
_MASKED_PLACEBO = wording(
    "placebo",
    r"\bdouble[- ](?:blind(?:ed)?|masked)[^.]{0,60}placebo|placebo[^.]{0,60}double[- ](?:blind|masked)",
)
_RETROSPECTIVE = wording(
    "retrospect|registr|chart|record|real|propensity|match|histor|database|report|compassion|experience|case|19|20|review|were|describe",
    r"\b(?:retrospect\w+|registry|registries|chart review|medical records|real[- ](?:world|life)|propensity|matched[- ]pairs?"
    r"|historical cohort|database|reported to the|compassionate"
    r"|experience (?:with|in|of|using|from)|were matched for|case-control|(?:took place|performed|transplanted|treated"
    r"|underwent[^.]{0,60}|diagnosed|received[^.]{0,60}) (?:between|from|in the period) (?:\w+,? )?(?:\d+, )?(?:19|20)\d\d (?:and|to"
    r"|through|until|till)"
    r"|(?:we|were) (?:retrospectively )?reviewed\b|(?:data|outcomes?|results) of (?:\w+ ){0,4}(?:patients|cases|children"
    r"|adults) (?:\w+ ){0,6}were (?:analy[sz]ed|reviewed|collected|compared)"
    r"|describe (?:the )?(?:outcomes?|our|results|experience))\b",
)
_TRIAL = wording(
    "phase|clinical|open|single|pilot|feasib|escalation|prospective|safety|intervention|multi|first|expanded|nct|isrctn|chictr|eudract|umin|registered",
    r"\b(?:phase ?(?:[1-4]|I{1,3}V?)(?:[ab])?(?:\s?[/-]\s?(?:[1-4]|I{1,3}V?)[ab]?)?(?![\w.])|(?:clinical|open-label|single-arm|pilot"
    r"|feasibility|dose-escalation|prospective|safety|interventional|multi-?cent(?:er|re)) (?:\w+[ -]){0,3}(?:trial|study)"
    r"|open[- ]label|single[- ]arm|dose[- ]escalation|first-in-(?:human|man)|prospective(?:ly)?|pilot|expanded access|NCT ?\d{8}"
    r"|ISRCTN\d+|ChiCTR[\w-]+|EudraCT|UMIN\d+|registered (?:at|with|in|as))\b",
)
_CONTROLLED = wording(
    "control|msc|without|compared|two|group|versus|vs|both|half|placebo|between|other",
    r"\b(?:(?:historical|matched|concurrent|untreated|contemporary) (?:\w+ )?controls?|controls? (?:group|arm|cohort|patients|recipients)"
    r"|(?:in|of|than|with|to|among|as) (?:the )?controls\b|non-?MSC group|without (?:MSCs?|\w+ infusion)"
    r"|compared (?:with|to) (?:\w+ ){0,6}(?:who|patients|controls|group|alone|without|recipients)|two (?:groups|arms|cohorts)|group (?:1"
    r"|I|A|one)\b|(?<![-])(?:versus|vs\.?)(?![- ](?:host|leuk|tumou?r))|both (?:groups|arms)|the other (?:half|group)|placebo"
    r"|between (?:the )?groups)",
)
_CASE = wording(
    "case|patient|child|boy|girl|man",
    r"\b(?:case (?:report|series|study)|case reports|we (?:report|describe|present) (?:here )?(?:on )?(?:a|an|the|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|\d) (?:\w+ ){0,4}(?:case|patient|child|boy|girl|man|woman|cases|patients|children)\b)",
)
_IN_VITRO = wording(
    "vitro|cultur|elis|lymphocyte|transwell|cytometr|assay|lines|line|isolated|supernatant|expression|pcr|blot",
    r"\b(?:in vitro|co-?cultur\w+|cultured?|ELISPOT|ELISA|mixed lymphocyte|transwell|flow cytometr\w+|assays?|cell lines?|isolated"
    r"|supernatants?|gene expression|qPCR|RT-PCR|Western blot)\b",
)
_FEW = 10


@dataclass(frozen=True)
class Clues:
    """What several rules ask for, looked up once."""

    randomized: Hit | None
    retrospective: Hit | None
    trial: Hit | None
    controlled: Hit | None
    patients: int
    #: True when people of the study were counted.
    has_people: bool
    is_about_animals: bool


_Rule = Callable[[Material, Clues], Hit | None]


def find_design(material: Material, *, count: int | None) -> tuple[Design | None, tuple[Fact, ...]]:
    """The class and the fact behind it; ``count`` is the number of people found, which tells a few cases from a cohort."""
    for name, design in _PUBLICATION_TYPES:
        if name in material.paper.publication_types:
            return design, (Fact(field="design", origin=Origin.METADATA, text=name, rule="publication-type"),)
    clues = find_clues(material, count=count)
    for rule, design in _BY_TEXT:
        hit = rule(material, clues)
        if hit is not None:
            return design, (hit.fact("design", rule.__name__.strip("_").replace("_", "-")),)
    return _clinical(material, clues, count)


def find_clues(material: Material, *, count: int | None = None) -> Clues:
    """The words that several rules ask for."""
    return Clues(
        randomized=_own_randomization(material),
        retrospective=material.first(_RETROSPECTIVE),
        trial=material.first(_TRIAL),
        controlled=material.first(_CONTROLLED),
        patients=count_patients(material),
        has_people=count is not None,
        is_about_animals=is_about_animals(material),
    )


def _own_randomization(material: Material) -> Hit | None:
    for hits in (material.in_sentences(_RANDOMIZED), material.in_title(_RANDOMIZED), material.in_citation(_RANDOMIZED)):
        for hit in hits:
            if _OTHERS_TRIAL.search(hit.match.string[max(0, hit.match.start() - 90) : hit.match.start()]) is None:
                return hit
    # nobody is blind to an allocation that was not left to chance
    return material.first(_MASKED_PLACEBO)


def _protocol(material: Material, _: Clues) -> Hit | None:
    titled = next(material.in_title(_PROTOCOL_TITLE), None)
    future = list(material.in_sentences(_FUTURE, roles=_ALL))
    happened = sum(1 for _ in material.in_sentences(_PAST_RESULT, roles=_ALL))
    if titled is not None and happened < 2:
        return titled
    if len(future) >= 2 and happened <= len(future) // 2:
        return future[0]
    entry = _REGISTRY_ENTRY.search(material.paper.text)
    return Hit(Origin.TEXT, entry, entry.start(), entry.end()) if entry is not None and happened == 0 else None


def _pooled_analysis(material: Material, _: Clues) -> Hit | None:
    titled = next(material.in_title(_META_ANALYSIS), None)
    if titled is None and next(material.in_title(_RANDOMIZED), None) is not None:
        return None  # a trial that names the meta-analyses of others
    return titled or next(material.in_sentences(_OWN_META_ANALYSIS), None)


def _review(material: Material, clues: Clues) -> Hit | None:
    titled = next(material.in_title(_REVIEW_TITLE), None)
    is_case = next(material.in_title(_CASE), None) is not None
    has_own_people = clues.has_people and (titled is None or is_case)
    if is_case or has_own_people or clues.randomized is not None or next(material.in_sentences(_OWN_DATA, roles=_TOLD), None) is not None:
        return None
    said = next(material.in_sentences(_REVIEW_TEXT, roles=_ALL), None)
    return titled or said or _tells_of_others(material)


def _tells_of_others(material: Material) -> Hit | None:
    """The first sentence of a text of some length that reports neither numbers nor, in the past tense, what was done."""
    happened = sum(1 for _ in material.in_sentences(_PAST, roles=_ALL))
    return next(material.in_sentences(_SENTENCE, roles=_ALL), None) if len(material.sentences) >= 3 and happened < 3 else None


_TOLD = OWN | {SectionLabel.CONCLUSIONS}
_PAST = wording("was|were|did|had", r"\b(?:was|were|did|had)\b")
_SENTENCE = wording(" ", r"\S[^.;]*")
_OWN_DATA = wording(
    "we |p|%|were|was",
    r"(?:\b[Ww]e (?:\w+ )?(?:treated|enrolled|infused|studied|randomi[sz]ed|transplanted|cultured|isolated|injected|measured|tested|found"
    r"|observed|add|compared|analy[sz]ed"
    r"|evaluated|investigated|show|showed|demonstrate[d]?|report|assessed|examined|retrospectively|ran|reviewed|recorded|sought|set out"
    r"|undertook|looked)\b|\b[pP] ?[<=>≤] ?[0.]|\(\d[\d.]* ?%|\d ?% (?:vs|versus|and \d|\()"
    r"|\b(?:were|was) (?:\w+ )?(?:enrolled|infused|cultured|injected|randomi[sz]ed|treated|suppressed|inhibited|abolished|prolonged"
    r"|isolated|co-?cultured|incubated|analy[sz]ed|reviewed|measured)\b)",
    flags=re.RegexFlag(0),
)


def _animals(material: Material, clues: Clues) -> Hit | None:
    if clues.is_about_animals:
        return next(material.in_sentences(_ANIMAL), None) or next(material.in_title(_ANIMAL), None)
    # recipients that are no patients: "delivered into the spleen", "in vivo"
    in_vivo = {hit.match.group().lower(): hit for hit in material.in_sentences(_IN_VIVO, roles=_ALL)}
    return next(iter(in_vivo.values())) if clues.patients == 0 and len(in_vivo) > 1 else None


_IN_VIVO = wording(
    "vivo|administered|injected|delivered|placed|infused|recipients|spleen",
    r"\bin vivo\b|\b(?:administered|injected|delivered|placed|infused) (?:systemically|intravenously|intraperitoneally"
    r"|(?:straight )?into)\b|\brecipients\b|\b(?:cells|MSCs|MAPCs) (?:that were )?(?:administered|injected|infused)\b|\bspleen\b",
)
_ANIMAL = wording(
    "mice|mouse|murine|rat|rabbit|dog|canine|pig|sheep|monkey|macaque|animal|cat|horse|vivo|xeno|preclinical",
    r"\b(?:mice|mouse|murine|rats?|rabbits?|dogs?|canine|pigs?|sheep|monkeys?|macaques?|animals?|cats?|horses?|in vivo|xeno\w*"
    r"|preclinical)\b",
)


def _cells_only(material: Material, clues: Clues) -> Hit | None:
    hit = next(material.in_sentences(_IN_VITRO), None) or next(material.in_title(_IN_VITRO), None)
    return hit if clues.patients <= 1 and clues.trial is None and clues.randomized is None else None


_BY_TEXT: tuple[tuple[_Rule, Design], ...] = (
    (_protocol, Design.PROTOCOL),
    (_pooled_analysis, Design.META_ANALYSIS),
    (_review, Design.REVIEW),
    (_animals, Design.IN_VIVO_PRECLINICAL),
    (_cells_only, Design.IN_VITRO),
)


def _clinical(material: Material, clues: Clues, count: int | None) -> tuple[Design | None, tuple[Fact, ...]]:
    """The design of a study of people."""
    design, hit, rule = _of_people(material, clues, count)
    return design, () if hit is None else (hit.fact("design", rule),)


def _of_people(material: Material, clues: Clues, count: int | None) -> tuple[Design | None, Hit | None, str]:
    case = material.first(_CASE)
    is_small = count is not None and count <= _FEW
    if clues.randomized is not None:
        return Design.RCT, clues.randomized, "allocated-at-random"
    if clues.retrospective is not None and not _is_planned(clues):
        return Design.RETROSPECTIVE_COHORT, clues.retrospective, "in-hindsight"
    if is_small and clues.controlled is None and not _is_formal_trial(clues):
        return Design.CASE_SERIES, case or clues.trial or clues.retrospective, "a-few-cases"
    if case is not None and count is None:
        return Design.CASE_SERIES, case, "case-report"
    if clues.trial is not None and not _is_planned_giving(clues) and not _gives_something(material):
        return Design.OTHER, clues.trial, "observed-without-intervention"
    if clues.controlled is not None and (clues.trial is not None or count is not None):
        return Design.NONRANDOMIZED_CONTROLLED, clues.controlled, "compared-without-chance"
    if clues.trial is not None or count is not None:
        return Design.SINGLE_ARM, clues.trial, "one-group"
    return (Design.OTHER if clues.patients else None), None, ""


def _is_planned(clues: Clues) -> bool:
    """True when the text calls the study a trial: "retrospective" then speaks of its controls or its follow-up."""
    return (
        clues.trial is not None
        and re.search(r"phase|trial|open|arm|escalation|first|access|prospective", clues.trial.match.group(), re.IGNORECASE) is not None
    )


def _is_formal_trial(clues: Clues) -> bool:
    return (
        clues.trial is not None and re.search(r"phase|clinical|open|NCT|escalation", clues.trial.match.group(), re.IGNORECASE) is not None
    )


_GIVEN = wording(
    "infus|treat|admin|receiv|given|therap|prophyla|inject|dos|transplant|interven|efficacy|safety",
    r"\b(?:infus\w+|treat(?:ed|ment)|administ\w+|receiv\w+|given|therapy|prophyla\w+|inject\w+|dos(?:e|es|ed|ing)\b|co-?transplant\w+"
    r"|interven\w+|efficacy|safety)",
)


def _is_planned_giving(clues: Clues) -> bool:
    """True for words that only a trial of an intervention bears; "prospective" may be mere watching."""
    return (
        clues.trial is not None
        and re.search(r"phase|trial|open|arm|escalation|first|access|NCT", clues.trial.match.group(), re.IGNORECASE) is not None
    )


def _gives_something(material: Material) -> bool:
    """True when something is given to see what it does; a graft's content or a marker is only watched."""
    if any(cell.role is CellRole.INTERVENTION for cell in material.cells):
        return True
    return next(material.in_title(_GIVEN), None) is not None or sum(1 for _ in material.in_sentences(_GIVEN)) > 1
