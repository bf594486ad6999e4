"""The rhetorical role of each sentence of an abstract.

In: sentences, sections, text. Out: one label per sentence: that of its section or, where the text has none, what its words and its
place say ("We aimed", "has been shown", "These results suggest"). Background and cited claims must not pass for results.
"""

import re
from collections.abc import Sequence

from kg.extract.any_case import any_case
from kg.extract.openings import with_look_ahead
from kg.extract.tense import is_by_others, is_of_others, tells_how_things_are, tells_what_happened, tells_what_went_before
from kg.model import Section, SectionLabel, Span

B, A, M, R, C = SectionLabel.BACKGROUND, SectionLabel.OBJECTIVE, SectionLabel.METHODS, SectionLabel.RESULTS, SectionLabel.CONCLUSIONS

_CONCLUSION = any_case(
    r"^(?:In (?:conclusion|summary)|To conclude|(?:We|It is|It was) (?:therefore |thus )?conclude|Taken together|Collectively|"
    r"Altogether|Thus|Therefore|Hence|Overall, (?:our|these|the present)"
    r"|(?:These|Our|The present|The) (?:[\w-]+ ){0,2}(?:results|data|findings|study|observations|work|trials?|studies|analys[ei]s"
    r"|experiences?|series|evidence|comparisons?|meta-analys[ei]s) "
    r"(?:thus |therefore |clearly |also |further )?(?:suggests?|shows?|indicates?|demonstrates?|supports?|confirms?|bears?|are|is"
    r"|provides?|favou?rs?|impl(?:y|ies)|reveals?|underlines?|highlights?|points?|argues?)\b"
    r"|This (?:study|work|trial|analysis) (?:suggests|shows|demonstrates|indicates|confirms|supports|provides))"
    r"|\bwe conclude\b|\bto our knowledge\b|\b(?:further|larger|prospective|randomi[sz]ed|future) (?:\w+ )?(?:studies|trials|"
    r"research|investigation)s? \w*(?:is|are|will|should|needed|warranted|required|must)\b"
    r"|\bwarrants? (?:further|investigation|study)|\bthe stage is\b|\bour (?:data|results|findings) (?:suggest|indicate|support|"
    r"show|favou?r|bear|are)\b",
)
_HEDGED = any_case(
    r"\b(?:thus|therefore|hence)\b.*\b(?:may|might|could|should|can|seems?|appears?|proved?)\b|\b(?:may|might|could|should|can|"
    r"seems?|appears?)\b[^.]*\b(?:thus|therefore|hence)\b",
)
_OBJECTIVE = any_case(
    r"\bwe (?:therefore |thus |then |now |here )?(?:aimed?|sought|set out|wanted|wished|hypothesi[sz]ed?|asked|intended)\b|"
    r"\b(?:aim|purpose|objective|goal)s? (?:of (?:this|the|our)|was|is|were)\b"
    r"|\b(?:was|were) (?:designed|undertaken|initiated) to\b|\bin order to (?:evaluate|assess|determine|investigate)\b|"
    r"\bthis (?:\w+ ){0,3}(?:study|work|trial|review|analysis),?(?: \w+)* (?:aims|aimed|examines|evaluates|investigates|evaluated|"
    r"assessed|explores)\b"
    r"|\bhere,? we (?:investigate|examine|review|describe|assess|ask|test)\b|\bwe (?:describe|report on|present) the (?:outcome|"
    r"results|experience)|\bthe (?:present|current) (?:work|study) (?:examines|investigates|addresses)",
)
_BACKGROUND = any_case(
    r"\b(?:has|have) (?:\w+ ){0,2}(?:been (?:\w+ )?(?:shown|reported|used|proposed|demonstrated|suggested|described|found|"
    r"developed|implicated|known|compared|prepared|studied|tested|tried|observed|the main)|emerged|shown|entered|looked|become|"
    r"weighed|attracted)\b"
    r"|\b(?:remains?|is|are) (?:\w+ )?(?:unclear|unknown|controversial|uncertain|understood|elusive|debated|scarce|scant|lacking|"
    r"limited|challenging|unresolved)\b|\b(?:little|not much) is known\b|\bit is (?:unclear|uncertain|unknown|not known)\b"
    r"|\b(?:is|are|remains?) (?:often |frequently )?(?:an?|one of|the) (?:[\w-]+ ){0,3}(?:cause|complication|option|standard|"
    r"mainstay|treatment|therapy|problem|obstacle|disorder|disease|challenge|barrier|kind|population|source)s?\b|\b(?:are|"
    r"is) known\b"
    r"|\b(?:previous(?:ly)?|recent(?:ly)?|earlier|several|many|few) (?:\w+ )?(?:studies|reports|trials|data|work)\b|\bet al\b|"
    r"\bin recent years\b|\bno standard\b",
)
_METHODS = any_case(
    r"\bwe (?:\w+ ){0,2}(?:enrolled|randomi[sz]ed|reviewed|analy[sz]ed|compared|studied|performed|conducted|treated|searched|"
    r"evaluated|investigated|examined|carried out|ran|used|included|report an?|collected|tested|transplanted|infused|measured)\b"
    r"|(?<!that )(?<!who )(?<!which )\b(?:was|were) (?:\w+ ){0,2}(?:randomi[sz]ed|randomly|enrolled|allocated|assigned|recruited|"
    r"matched|included|searched|assessed (?:by|using|with)|measured (?:by|using|with)|administered|cultured|isolated|collected|"
    r"analy[sz]ed|defined|summari[sz]ed|eligible|conditioned|grown|examined|optimi[sz]ed|evaluated)\b"
    r"|\b(?:primary|secondary|key) (?:end ?points?|outcomes?|objectives?)\b|\btook part\b|\beligib|\binclusion criteria\b|"
    r"\bstudy topics?\b|\bregistered\b|\bNCT\d{8}\b",
)
#: Who may take part, what a word means and how the sample was planned are methods wherever they are told.
_LAID_DOWN = any_case(
    r"^eligible (?:was|were|are)\b|\b(?:was|were|are) (?:only )?eligible (?:if|when|unless|who|provided)\b|\b(?:in|ex)clusion criteria\b"
    r"|\b(?:was|were|had been) (?:defined|classified|regarded|taken) as\b|\bsample size\b|\ba (?:sample|power) of \d"
    r"|\bstopping rules\b|\b(?:fixed|laid down|set|chosen) beforehand\b|\bnon-?inferiority (?:required|margin|was to be)\b"
    r"|\b(?:with|at) (?:a |\d+ ?% )power\b|\b(?:was|were) (?:excluded|ineligible) (?:if|when|unless|because|for)\b"
)
#: "A trial is under way", "would be desirable": what is still to be done.
_PLANNED = any_case(
    r"\b(?:is|are) (?:(?:now|currently|also|already|still) )*(?:under ?way|in preparation|planned|ongoing|recruiting|called for|awaited"
    r"|being (?:studied|tested|planned|prepared|conducted|enrolled|evaluated|examined|explored|investigated|extended))\b"
    r"|\bwe are (?:now|currently)\b|\bwill (?:be|tell|show|look|enrol\w*|include|compare|test|examine|have to)\b"
    r"|\b(?:deserves?|merits?|would be desirable|should be (?:tested|studied|examined|compared|confirmed|sought|explored))\b"
)
#: The study's own voice.
_OWN = any_case(
    r"\b(?:we|our(?! (?:own )?(?:earlier|previous|prior|former)\b)|us|here|herein"
    r"|(?:this|the present|the current) (?:\w+ )?(?:study|trial|work|analysis|cohort|report|series))\b"
)
#: Tests and estimates belong to results, whatever verb stands beside them.
_TESTED = re.compile(
    with_look_ahead(r"\b[Pp] ?[=<>≤]|\bCI[,:]? ?[-−–]?\d|\d ?% (?:vs\.?|versus|compared)|\b(?:HR|OR|RR|SMD)\b ?[=,]? ?[-−–]?\d")
)
_FIGURES = re.compile(
    with_look_ahead(
        rf"{_TESTED.pattern}|\d ?%|\b[Mm]edian\b[^.]{{0,60}}\d|\b\d+ (?:of|out of) (?:the )?\d+|\b\d+/\d+ patients|"
        r"\bafter (?:a median of )?\d+ (?:days|weeks|months)\b[^.]{0,60}\bafter \d+|\bday \d+ \((?:range|IQR)"
        r"|\b\d+ (?:days|weeks|months)\b[^.;]{0,40}\b(?:and|vs\.?|versus|against) \d+"
    )
)
#: What was seen, in the past tense: background tells the same in the present.
_OBSERVED = any_case(
    r"\b(?:(?:was|were) (?:\w+ ){0,2}(?:inhibited|suppressed|reduced|increased|decreased|lowered|enhanced|induced|prolonged|"
    r"attenuated|observed|seen|noted|found|associated|similar|higher|lower|alive|achieved|blocked|restored|killed|abolished)"
    r"|did not|failed|rose|fell|showed|developed|occurred|responded|survived|died|differed|correlated|revealed|abolished|"
    r"reproduced|depended|had an? (?:complete|partial|overall)|turned out|proved|we found|swung|restrained|engrafted|recovered|exceeded|"
    r"prolonged|delayed|lessened|lowered|contained|remained|relapsed|had no (?:influence|effect|impact)|"
    r"(?:was|were) (?:about )?the same)\b",
)
_COMPARED = any_case(
    r"\b(?:significant(?:ly)?|higher|lower|better|worse|fewer|improved|reduced|increased|decreased|confirmed|reached|suppressed|"
    r"inhibited|prevented|achieved|more|less|rarer|milder|faster|slower|sooner|later|longer|shorter|comparable|similar|equal(?:ly)?|"
    r"none|unchanged|raised|lost|gained)\b",
)
#: What is done to people and materials: in the past tense these are methods, all else that happened is a result.
_ACTED = any_case(
    r"\b(?:given|gave|infused|injected|administered|transplanted|transfused|treated|irradiated|followed|received|receiving|underwent"
    r"|took (?!(?:\d|longer|less|as long|\w+ (?:days|weeks)))"
    r"|begun|added|cultured|harvested|isolated|obtained|collected|stained|sorted|labelled|labeled|measured|assessed|monitored|graded|scored"
    r"|sampled"
    r"|matched|performed|carried out|served as|assigned|allotted|allocated|enrolled|entered|included|chosen|selected|offered|invited"
    r"|reviewed"
    r"|compared|analy[sz]ed|sought|searched|pooled|exposed|co-?cultured|incubated|stimulated|grafted|conditioned|planned|designed"
    r"|described?"
    r"|report|asked|tested|examined|studied|drew|set)\b"
)
#: "The survivors are thriving", "X is identified as": how people do at the end and what is shown are results, though told in the present.
_STATUS = any_case(
    r"\b(?:patients|children|adults|recipients|survivors|both|all|neither|none|he|she|they|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|\d+)(?: of (?:them|whom))? (?:are|is|remains?|has|have)\b|\balive\b"
    r"|\b(?:is|are) (?:\w+ly )?(?:identified|shown|demonstrated|found|revealed|seen|observed)\b"
    r"|\bwe (?:show|find|demonstrate|identify|report)\b"
)
#: Share of the abstract before which nothing concludes, and up to which a sentence without cues still introduces.
_CONCLUSIONS_FROM, _BACKGROUND_UNTIL = 0.5, 0.34


def find_roles(sentences: Sequence[Span], sections: Sequence[Section], text: str) -> tuple[SectionLabel, ...]:
    """One label per sentence: that of its section, else what its words and place say."""
    if sections:
        return tuple(_section_label(sentence, sections) for sentence in sentences)
    roles: list[SectionLabel] = []
    for index, sentence in enumerate(sentences):
        place = index / len(sentences)
        roles.append(_role(text[sentence.start : sentence.end], place, roles[-1] if roles else B))
    return tuple(_with_closing(roles, [text[s.start : s.end] for s in sentences]))


def _with_closing(roles: list[SectionLabel], sentences: Sequence[str]) -> list[SectionLabel]:
    """Behind results told in the past, what closes the abstract in the present and without figures concludes: "X leads to lower Y"."""
    last = len(roles)
    while last and (roles[last - 1] is C or (roles[last - 1] is R and _closes(sentences[last - 1]))):
        last -= 1
    told = any(role is R and tells_what_happened(sentence) for role, sentence in zip(roles[:last], sentences, strict=False))
    return [*roles[:last], *(C for _ in roles[last:])] if told else roles


def _closes(sentence: str) -> bool:
    return tells_how_things_are(sentence) and _FIGURES.search(sentence) is None and _STATUS.search(sentence) is None


def _section_label(sentence: Span, sections: Sequence[Section]) -> SectionLabel:
    """The label of the section it lies in; between sections, what comes before the first is background."""
    label = B
    for section in sections:
        if section.start > sentence.start:
            break
        label = section.label
    return label


def _role(sentence: str, place: float, before: SectionLabel) -> SectionLabel:
    """What the sentence does, given the role of the one before it; ``place`` is 0 for the first, towards 1 for the last."""
    has_figures = _FIGURES.search(sentence) is not None
    if place >= _CONCLUSIONS_FROM and not has_figures and (_CONCLUSION.search(sentence) or _HEDGED.search(sentence)):
        return C
    if _TESTED.search(sentence) is None and _is_laid_down(sentence, place):
        return M
    if before is C:
        return R if has_figures else C
    is_early = before in (B, A) and place <= _CONCLUSIONS_FROM
    if (is_early or not tells_what_happened(sentence)) and _is_known(sentence, is_opening=is_early and before is B):
        return B
    opening = _opening_role(sentence) if before in (B, A) and place <= _CONCLUSIONS_FROM else None
    if opening is not None:
        return opening
    does_methods = _METHODS.search(sentence) is not None
    if has_figures:
        return M if does_methods and before in (B, A) and _TESTED.search(sentence) is None else R
    if does_methods and before is not R:
        return M
    return _unmarked(sentence, place, before)


def _is_laid_down(sentence: str, place: float) -> bool:
    """True for criteria and definitions, and at the end for what is still to be done."""
    is_to_come = place >= _CONCLUSIONS_FROM and _PLANNED.search(sentence) is not None and not tells_what_happened(sentence)
    return is_to_come or _LAID_DOWN.search(sentence) is not None


def _is_known(sentence: str, *, is_opening: bool) -> bool:
    """True ahead of the study for what others found, with whatever figures, and before its aim for how things are or had been."""
    is_others = is_by_others(sentence)
    if _TESTED.search(sentence) is not None or (_OWN.search(sentence) is not None and not (is_others and tells_what_went_before(sentence))):
        return False
    return is_others or (is_opening and (tells_how_things_are(sentence) or tells_what_went_before(sentence)))


def _opening_role(sentence: str) -> SectionLabel | None:
    """Objective or background, where the sentence says so."""
    if _OBJECTIVE.search(sentence) is not None:
        return A
    is_background = _BACKGROUND.search(sentence) is not None and not sentence.startswith(("We ", "Here"))
    return B if is_background and _TESTED.search(sentence) is None else None


def _unmarked(sentence: str, place: float, before: SectionLabel) -> SectionLabel:
    """Without a cue of its own a sentence goes on with what is being done; after aims and methods, observations are results."""
    is_observed = _OBSERVED.search(sentence) is not None
    is_compared = _COMPARED.search(sentence) is not None
    is_own = tells_what_happened(sentence) and not is_of_others(sentence)
    if before is B:
        if (is_observed and place > 0) or (is_compared and (place >= _BACKGROUND_UNTIL or (is_own and place > 0))):
            return R
        is_about_people = (
            place > 0
            or re.search(
                r"\b(?:patients|children|infants|adults|recipients|women|men|mice|rats|were (?:added|cultured|given|infused))\b", sentence
            )
            is not None
        )
        return M if is_own and is_about_people and _ACTED.search(sentence) is not None else B
    if before in (A, M) and is_own and _ACTED.search(sentence) is None:
        return R
    if before in (A, M) and not is_observed and not is_compared and place < _CONCLUSIONS_FROM:
        return M
    return R
