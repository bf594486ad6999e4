"""How the people of a clinical study came into it: by chance, by plan, or in hindsight.

In: material. Out: the design with the words that decided. A trial says that it is one; a study that only compares or only looks back
is a cohort, and a few cases without a comparison are a series.
"""

from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.facts.material import Hit, Material
from kg.extract.facts.people import count_patients
from kg.extract.facts.wording import Wording, wording
from kg.model import CellRole, Design, TermKind

RANDOMIZED = wording(
    "random|rct|lot|lots|ratio|1:1|2:1|coin",
    r"(?<!\w)(?<!non-)(?<!quasi-)(?<!non )(?<!not )(?<!without )(?<!future )(?<!Mendelian )(?:randomi[sz]ed(?! (?:controlled |clinical "
    r"|comparative )*(?:trials|studies)\b)|randomly|at random\b|in a random (?:way|manner|fashion|order)|randomi[sz]ation"
    r"|(?:two|three|both|these) (?:\w+ )?randomi[sz]ed (?:controlled )?(?:trials|studies)|RCT)(?! (?:selected|chosen|sampled))"
    r"|\b(?:by (?:drawing |casting )?lots?|(?:lots were|the) toss(?:ed)? of a coin|drawing of lots)\b"
    r"|\b(?:assigned|allocated|allotted|divided|split|enrolled|entered)\b[^.;]{0,80}?\b(?:[1-4] ?: ?[1-4](?: ?: ?[1-4])?"
    r"|ratio of \d (?:to|:) \d)",
)
_MASKED_PLACEBO = wording(
    "placebo",
    r"\bdouble[- ](?:blind(?:ed)?|masked)\b.{0,250}placebo|placebo.{0,250}double[- ](?:blind|masked)",
)
#: The placebo itself, where nothing is said of masking: whoever gets one was allocated.
_PLACEBO = wording("placebo", r"(?<!no )(?<!without )(?<!without a )\bplacebo\b(?! effect|[- ]controlled)")
#: Trials that are wished for, and those of others: "previous" must stand in the same noun phrase.
_OTHERS_TRIAL = any_case(
    r"\b(?:needed|required|warranted|should|need for|await\w*|lack of) [^.]{0,60}$"
    r"|\b(?:previous|prior|earlier|future|other|published|existing|available|no|several|many|few) (?:[\w-]+,? ){0,4}$",
)
#: A trial that has yet to come.
_TO_COME = any_case(
    r"^[^.;]{0,80}\b(?:(?:has|have) been (?:started|initiated|launched|planned)|(?:is|are) (?:now )?(?:under ?way|planned|ongoing"
    r"|needed|warranted"
    r"|required|awaited))\b",
)
#: Says outright that the study looks back.
_HINDSIGHT = wording(
    "retrospect|hindsight|registr|report|chart|record|files|notes|archive|real|histor|database|case-control|looking back|gone through",
    r"\b(?:retrospect\w+(?! (?:controls?|historical|comparison (?:group|cohort))\b)|in hindsight|looking back"
    r"|registry(?! (?:should|is needed|would|will|cohort|controls|patients|comparator))|registries|charts?|archives?"
    r"|(?:the|medical|clinical|patient|hospital|health) records|real[- ](?:world|life)"
    r"|(?:case|patient|hospital|laboratory)(?:'s|s'|s)? (?:files|notes)|the files of|databases?(?! (?:was|were) searched)"
    r"|reported to the|case-control|gone through)\b",
)
#: Lets it be understood: a span of years, results that are described, an experience.
_LOOKED_BACK = wording(
    "experience|match|propensity|19|20|review|were|describe|compassion|had been|bec|trac|market",
    r"\b(?:post-?marketing|propensity|matched[- ]pairs?|experience (?:with|in|of|using|from)|compassionate|were matched for|(?:19"
    r"|20)\d\d ?(?:and|to|through|until|till|[-–])"
    r" ?(?:[A-Z][a-z]+ )?(?:\d+, )?(?:19|20)\d\d(?!\d)|(?:patients|children|adults|recipients|persons|people|who|all) had (?:already )?been"
    r" (?:given|treated|infused|transplanted|grafted)|what (?:had )?bec[ao]me of|we traced|[Ww]e (?:have |now )?(?:analy[sz]ed"
    r"|examined|evaluated) (?:the )?(?:\w+ ){0,4}?\d+"
    r" (?:[\w-]+ ){0,3}(?:patients|children|adults|recipients|cases)|(?:we|were) (?:retrospectively )?reviewed\b"
    r"|(?:data|outcomes?|results) (?:of|on) (?:\w+ ){0,4}(?:patients|cases|children|adults) (?:\w+ ){0,6}"
    r"were (?:analy[sz]ed|reviewed|collected|compared)|describe (?:the )?(?:outcomes?|our|results|experience))\b",
)
#: Material is taken from people to see what it tells, whatever they are given.
_SAMPLED = wording(
    "sampl|serum|plasma|blood|circulating|level|frequenc|marker|subset|content|composition",
    r"\b(?:samples? (?:of|from)|(?:serum|sera|plasma|(?:peripheral )?blood) (?:was|were) (?:\w+ )?(?:sampled|collected|drawn|obtained"
    r"|taken)"
    r"|(?:measured|quantified|determined|profiled|counted|enumerated) [^.;]{0,60}\b(?:plasma|serum|blood|circulating|levels?"
    r"|frequenc\w+|markers?"
    r"|subsets?|content|composition))\b",
)
#: Only a trial of an intervention is called so.
_TRIAL = wording(
    "phase|trial|placebo|blind|open|single|escalation|first|expanded|nct|isrctn|chictr|eudract|umin",
    r"\b(?:phase ?(?:[1-4]|I{1,3}V?)[ab]?(?:\s?[/-]\s?(?:[1-4]|I{1,3}V?)[ab]?)?(?![\w.])|(?:clinical|pilot|feasibility|prospective|safety"
    r"|interventional"
    r"|multi-?cent(?:er|re)|efficacy|this) (?:\w+[ -]){0,3}trial|placebo|(?:double|single)[- ]blind(?:ed)?|open[- ]label|single[- ]arm"
    r"|dose[- ]escalation|first-in-(?:human|man)"
    r"|expanded access"
    r"|NCT ?\d{8}|ISRCTN\d+|ChiCTR[\w-]+|EudraCT|UMIN\d+)\b",
)
#: Says that people came in by plan, for a trial or to be watched.
_PLANNED = wording(
    "prospective|pilot|feasib|enrol|recruit|interventional|clinical study",
    r"\b(?:prospective(?:ly)?|pilot|feasibility|enrol\w*|recruit\w*|interventional study|clinical study)\b",
)
#: A second group of people; a study "without a control arm" has none.
_CONTROLLED = wording(
    "control|compar|reference|declined|refused|histor|match|concur|untreat|contempor|msc|without|not |placebo|alone|other half"
    "|best available|registry|earlier|preced|latter|versus|vs",
    r"(?<!without a )(?<!without )(?<!no )(?<!lack of )\b(?:(?:historical|retrospective|matched|concurrent|untreated"
    r"|contempora\w+) (?:\w+ )?"
    r"(?:controls?|patients|cohort|recipients|series)|registry (?:cohort|controls?|patients|comparator)|(?:by|of|to|with) (?:those|children"
    r"|patients|adults|recipients) (?:who (?:had )?preceded|transplanted (?:earlier|before))|(?:received|given|had) [^.;]{0,60} alone"
    r"|controls? (?:group|arm|cohort|patients|recipients)"
    r"|(?:in|of|than|with|to|among|as|and \d+) (?:the )?controls\b|non-?MSC group|(?:comparison|comparator|reference) (?:group|arm|cohort)"
    r"|(?:who|whose \w+) (?:had )?(?:declined|refused)|(?:were|was) followed (?:alongside|in parallel)|(?:patients|children"
    r"|adults|recipients|those|others|transplanted"
    r"|transplantation) (?:\w+ ){0,3}(?:without|not (?:given|receiving)) (?:\w+[ -]){0,2}(?:MSCs?|cells?|infusions?|Tregs?)"
    r"|with (?:\([^)]*\) )?"
    r"or without (?:\w+[- ]){0,2}(?:MSCs?|cells?|infusions?|Tregs?|ATG)|who (?:did not|had not) receiv\w+|placebo"
    r"|(?:prophylaxis|HSCT|transplantation|therapy|treatment) alone"
    r"|the other half|best available (?:therapy|treatment))",
)
CASE = wording(
    "case|patient|child|boy|girl|man|infant|male|women|men|sister|brother|twin|old",
    r"\b(?:case (?:report|series|study)|case reports|we (?:report|describe|present) (?:here )?(?:on )?(?:a|an|the|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|\d) (?:[\w-]+ ){0,4}(?:case|patient|child|boy|girl|man|woman|cases|patients|children)\b"
    r"|(?:two|three|four|five|six) (?:sisters|brothers|siblings|twins|boys|girls|men|women)"
    r"|in an? (?:[\w-]+ ){0,2}(?:patient|child|boy|girl|man|woman)\b|report of (?:\w+ ){0,3}cases?\b|\ban? \d+[- ](?:year"
    r"|month)s?[- ]old (?!(?:[\w-]+ )?(?:mice|mouse|rats?|dogs?|animals?)\b)\w+)",
)
_FEW = 10


@dataclass(frozen=True)
class Clues:
    """Words on how people came into the study, each the first of its kind."""

    randomized: Hit | None
    hindsight: Hit | None
    looked_back: Hit | None
    trial: Hit | None
    planned: Hit | None
    controlled: Hit | None
    case: Hit | None
    sampled: Hit | None

    @property
    def is_clinical(self) -> bool:
        """True when people must have been treated: the text looks back at them or calls itself a trial."""
        return any(clue is not None for clue in (self.hindsight, self.looked_back, self.trial))


def find_clues(material: Material) -> Clues:
    """Look each kind of words up once."""
    return Clues(
        randomized=find_randomization(material),
        hindsight=material.first(_HINDSIGHT),
        looked_back=material.first(_LOOKED_BACK),
        trial=material.first(_TRIAL),
        planned=material.first(_PLANNED),
        controlled=_of_this_trial(material, _CONTROLLED),
        case=material.first(CASE),
        sampled=material.first(_SAMPLED),
    )


def find_randomization(material: Material) -> Hit | None:
    """The words that leave the allocation in this study to chance; trials of others and those still needed are none."""
    # nobody is blind to an allocation that was not left to chance
    return _of_this_trial(material, RANDOMIZED) or _of_this_trial(material, _MASKED_PLACEBO) or _of_this_trial(material, _PLACEBO)


def _of_this_trial(material: Material, pattern: Wording) -> Hit | None:
    for hits in (material.in_sentences(pattern), material.in_title(pattern), material.in_citation(pattern)):
        own = next((hit for hit in hits if not _is_of_another_trial(hit)), None)
        if own is not None:
            return own
    return None


def _is_of_another_trial(hit: Hit) -> bool:
    text, start, end = hit.match.string, hit.match.start(), hit.match.end()
    return _OTHERS_TRIAL.search(text[max(0, start - 90) : start]) is not None or _TO_COME.match(text[end : end + 140]) is not None


def clinical_design(material: Material, clues: Clues, *, count: int | None) -> tuple[Design | None, Hit | None, str]:
    """The design, the words that decided and the name of the rule; ``count`` is the number of people found."""
    if clues.randomized is not None:
        return Design.RCT, clues.randomized, "allocated-at-random"
    if clues.hindsight is not None and clues.trial is None:
        return Design.RETROSPECTIVE_COHORT, clues.hindsight, "in-hindsight"
    few = count is not None and count <= _FEW and clues.controlled is None
    few = few or (clues.case is not None and count is None)
    # ten enrolled in a prospective study are no series; "pilot" is also said of the first few treated
    is_enrolled = clues.planned is not None and clues.planned.match.group().lower() != "pilot" and clues.case is None
    if few and clues.trial is None and not is_enrolled:
        return Design.CASE_SERIES, clues.case or clues.planned or clues.looked_back, "a-few-cases"
    if clues.sampled is not None and clues.trial is None and clues.controlled is None and _is_watched(material):
        return Design.OTHER, clues.sampled, "sampled-without-intervention"
    by_plan = clues.trial or clues.planned
    if by_plan is None:
        return _cohort(material, clues, count)
    if clues.trial is None and not _gives_something(material):
        return Design.OTHER, by_plan, "observed-without-intervention"
    compared = clues.controlled or next(material.in_title(_VERSUS), None)
    if compared is not None:
        return Design.NONRANDOMIZED_CONTROLLED, compared, "compared-without-chance"
    return Design.SINGLE_ARM, by_plan, "one-group"


def _cohort(material: Material, clues: Clues, count: int | None) -> tuple[Design | None, Hit | None, str]:
    """Without a word of plan: who is set against earlier patients is treated to see what it does.

    New cells are given by plan unless the text looks back; other treatments were given anyway.
    """
    historical = clues.controlled if clues.controlled is not None and _EARLIER.search(clues.controlled.match.group()) else None
    if historical is not None:
        return Design.NONRANDOMIZED_CONTROLLED, historical, "earlier-patients-as-controls"
    if clues.looked_back is None and (clues.controlled is not None or count is not None) and _gives_cells(material):
        design = Design.SINGLE_ARM if clues.controlled is None else Design.NONRANDOMIZED_CONTROLLED
        return design, clues.controlled, "cells-given"
    if clues.looked_back is not None or clues.controlled is not None or count is not None:
        return Design.RETROSPECTIVE_COHORT, clues.looked_back or clues.controlled, "no-plan-stated"
    return (Design.OTHER if count_patients(material) else None), None, "undecided"


#: Controls that did not come into the study with those treated.
_EARLIER = any_case(r"^(?:historical|retrospective|contempora\w+)")
_VERSUS = wording("versus|vs|compar", r"(?<!graft[- ])\b(?:versus|vs\.?|compared (?:with|to)|comparison)\b(?![- ]host)")
_GIVEN = wording(
    "infus|treat|admin|receiv|given|therap|prophyla|inject|dos|transplant|interven|efficacy|safety|salvage",
    r"\b(?:salvage|infus\w+|treat(?:ed|ment)|administ\w+|receiv\w+|given|therapy|prophyla\w+|inject\w+|dos(?:e|es|ed|ing)\b"
    r"|co-?transplant\w+"
    r"|interven\w+|efficacy|safety)",
)


#: What is looked for in samples: "kinetics of", "levels of", "reconstitution", "predict".
_WATCHED = wording(
    "serum|plasma|predict|marker|profile|reconstitut|recovery|kinetic|level|associat|relation|correlat|prognos|content|composition|dose of",
    r"\b(?:predict\w*|(?:bio)?markers?|profiles?|reconstitution|kinetics|levels?|associat\w+|relation\w*|correlat\w+|prognos\w+"
    r"|content|serum|plasma"
    r"|composition|dose of (?:[\w+]+ ){0,2}cells)\b",
)


def _is_watched(material: Material) -> bool:
    """True when the title, or without one the text, looks for something in people instead of giving it to them."""
    titled = next(material.in_title(_WATCHED), None) is not None
    return titled or (not material.title and next(material.in_sentences(_WATCHED), None) is not None) or not _gives_something(material)


def _gives_something(material: Material) -> bool:
    """True when something is given to see what it does; a graft's content or a marker is only watched."""
    is_named = next(material.in_title(_WATCHED), None) is None and any(
        term.kind in (TermKind.DRUG, TermKind.TRANSPLANT) for term in material.title_terms
    )
    is_titled = is_named or next(material.in_title(_GIVEN), None) is not None
    return _gives_cells(material) or is_titled or sum(1 for _ in material.in_sentences(_GIVEN)) > 1


def _gives_cells(material: Material) -> bool:
    """True for cells that are new enough to be given by plan; donor lymphocytes are everyday care."""
    return any(cell.role is CellRole.INTERVENTION and cell.cell != "donor lymphocyte" for cell in material.cells)
