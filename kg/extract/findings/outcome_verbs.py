"""Outcomes that verbs tell: "the leukaemia came back", "six were freed of all signs", "steroids could be stopped", "ulcers closed".

Rows of one class are complete for the class: all subjects with all verbs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.any_case import AnyCase, any_case
from kg.extract.numbers.numerals import WORD_NUMBER

#: Cancers for which people are transplanted; the plain "disease" is as often GVHD.
_MALIGNANCY = (
    r"(?:leuka?emia|lymphoma|myeloma|malignancy|malignant disease|(?:underlying|original|primary) (?:disease|malignancy|cancer)|blast)s?"
)
_BACK = r"(?:had |has |have )?(?:came back|come back|returned|recurred|relapsed|reappeared|grew back)"
_VIRUS = (
    r"(?:cytomegalovirus|CMV|Epstein[-–]Barr virus|EBV|adenovirus|(?:BK|JC) (?:poly\w*)?virus|polyomavirus|human herpes ?virus 6|HHV-?6"
    r"|(?:varicella|herpes) zoster(?: virus)?|hepatitis B virus|toxoplasm\w+)"
)
_STEROID = (
    r"(?:(?:cortico|gluco\w*)?steroids?|(?:methyl)?predniso(?:lo)?ne|immunosuppress\w+|c[iy]closporine?|tacrolimus|mycophenolate"
    r"|calcineurin inhibitors?|ruxolitinib)"
)
_STOPPED = (
    r"(?:withdrawn|stopped|discontinued|tapered|reduced|halved|weaned|lowered|cut(?: back| down)?|dropped|spared|suspended|phased out"
    r"|dispensed with)"
)
_BLOOD = (
    r"(?:(?:blood |peripheral (?:blood )?)?counts|all (?:three )?(?:cell )?(?:lines|lineages)|ha?ematopoiesis|blood (?:formation|cells)"
    r"|marrow function)"
)
_REGAINED = (
    r"(?:had |has |have )?(?:been )?(?:came back|come back|returned|recovered|reappeared|restored|regained|reconstituted|normali[sz]ed"
    r"|re-?established)"
)
_COMPLAINT = (
    r"(?:bleeding|ha?ematuria|diarrh\w+|pain|symptoms?|ulcers?|(?:skin )?lesions?|rash(?:es)?|jaundice|complaints?|itch(?:ing)?|dysuria"
    r"|wounds?|fistulas?|skin(?: (?:disease|changes|lesions))?|(?:liver|gut|lung|oral|eye|ocular|joint) (?:disease|lesions?|symptoms?))"
)
_EASED = (
    r"(?:had |has |have )?(?:stopped|ceased|resolved|healed|closed|disappeared|vanished|subsided|cleared(?: up)?|eased|abated|regressed"
    r"|improved|receded|faded|softened|settled|let up|dried up|remitted|got better|went away)"
)
#: Whoever did something: a number, a share or people, before the verb.
_WHO = (
    rf"(?:\d[\d.]*%?|{WORD_NUMBER}|half|thirds?|quarters?|fifths?|all|most|many|some|none|nobody|everyone|both|majority|minority"
    rf"|others?|rest"
    r"|patients?|child(?:ren)?|adults?|recipients?|participants?|mice|animals|mouse|patient|cases|them|those|who|whom|these|they|group|arm"
    r"|cohort|one)"
)
_AUX = r"(?:had|have|has|did|were|was|also|then|later|eventually|finally|soon|not|still|clearly|thus|so|at least|in all)"
_PERSONS_BEFORE = any_case(rf"\b{_WHO}(?: \([^)]*\))?(?: {_AUX}| \w+ly)* $")
_RESPONDED_BEFORE = any_case(rf"\b(?:respon\w+|remission|resol\w+|improv\w+|cleared)\b.*\b{_WHO}(?: (?:did so|so|had|were|was))? $")
_RESPONSE_NOUN_BEFORE = any_case(r"\b(?:respon[ds]\w*|remissions?)\b")
_COUNTED = rf"(?:\d|{WORD_NUMBER})"
#: "FEV1 rose in two, |was stable| in three": one subject, several courses, each with its count.
_PART_OF_SERIES = any_case(
    rf"\b(?:rose|improved|fell|worsened|increased|decreased|declined|resolved|complete|partial|mild|moderate|severe|stable|was"
    rf"|were)\b[^.;]*"
    rf"(?:{_COUNTED}).*(?:,|\band) $|\b(?:was|were) $"
)
_GVHD_BEFORE = any_case(r"\b[ac]?G[Vv]HD\b|graft[- ]versus[- ]host|\bdisease\b")
_TAPERED_BEFORE = any_case(rf"\b{_STEROID}\b.*\band $")
_NEED_BEFORE = any_case(
    r"\b(?:needed|required?|requiring|needing|in need of|dependent on|free (?:of|from)|independen(?:t|ce) (?:of|from)|the need for"
    r"|needs? for)"
    r"(?: (?:no|more|fewer|less|further|another|any|the|a|an|additional|\w+er)){0,3} $"
)


@dataclass(frozen=True, slots=True)
class Row:
    """What is said, its label (empty: as printed) and how it is measured."""

    pattern: str
    label: str
    family: str
    #: What must stand before it for it to be an outcome; None: anything.
    needed: AnyCase | None = None
    #: True where the verb alone, without a number, says that it happened.
    is_statement: bool = False


VERBS: tuple[Row, ...] = (
    # tolerance
    Row(
        r"(?:was|were|proved|been)(?: \w+ly| very)? well tolerated|tolerated (?:\w+ ){0,4}well"
        r"|tolerated without (?:incident|difficulty|problems?)",
        "safety",
        "response",
        is_statement=True,
    ),
    # the malignancy
    Row(rf"{_MALIGNANCY} {_BACK}", "cumulative incidence of relapse", "event"),
    Row(rf"(?:return|recurrences?|reappearance|regrowth) of (?:the |their )?{_MALIGNANCY}", "cumulative incidence of relapse", "event"),
    Row(r"lost (?:the|their) remission", "cumulative incidence of relapse", "event"),
    # life and death
    Row(
        r"(?:lived|live|lives|living|survived|alive)(?: and well| on)? (?:without|free (?:of|from)) (?:any )?(?:disease|relapse|leuka?emia"
        r"|malignancy|lymphoma)",
        "disease-free survival",
        "survival",
    ),
    Row(r"alive (?:and )?(?:disease-free|in (?:complete |continuous )*remission)", "disease-free survival", "survival"),
    Row(r"perished|passed away|did not survive|lost (?:his|her|their) (?:life|lives)|(?:was|were|proved) fatal", "mortality", "event"),
    Row(r"lived(?! (?:long|short))", "overall survival", "survival", needed=_PERSONS_BEFORE),
    Row(
        r"(?:mortality|deaths?|died|dying) (?:from|of|due to) (?:causes|anything|reasons) other than (?:relapse|the underlying disease)"
        r"|(?:mortality|deaths?) (?:without|unrelated to) (?:prior )?relapse",
        "non-relapse mortality",
        "event",
    ),
    # weight
    Row(r"(?:lost|losing|lose)(?= (?:less|more|as much|little|no|hardly any|(?:no )?further) weight)", "body weight loss", "quantity"),
    Row(r"(?:lost|losing|lose) weight", "body weight loss", "quantity"),
    # response
    Row(
        r"(?:freed|rid|cleared) of (?:all |any )?(?:the )?(?:signs|symptoms|manifestations|evidence|traces?)(?: of (?:the "
        r"|their )?disease)?",
        "complete response",
        "response",
    ),
    Row(
        r"(?:completely|fully|in full|entirely|totally)(?= ?[.,;:]|$| (?:in|by|after"
        r"|and)\b)",
        "complete response",
        "response",
        needed=_RESPONDED_BEFORE,
    ),
    Row(
        r"(?:partially|partly|in part|incompletely)(?= ?[.,;:]|$| (?:in|by|after|and)\b)",
        "partial response",
        "response",
        needed=_RESPONDED_BEFORE,
    ),
    Row(r"complete(?= and (?:[\w.%]+ ){1,6}?partial (?:response|remission)s?)", "complete response", "response"),
    Row(r"complete(?= (?:or|and) partial (?:response|remission)s?)", "complete response", "response"),
    Row(r"(?:remission|response)s? (?:had been |was |were |proved )complete", "complete response", "response"),
    Row(r"(?:remission|response)s? (?:had been |was |were |proved )partial", "partial response", "response"),
    Row(r"complete(?= in \w+)|(?<=, )complete(?= in)", "complete response", "response", needed=_RESPONSE_NOUN_BEFORE),
    Row(r"partial(?= in \w+)", "partial response", "response", needed=_RESPONSE_NOUN_BEFORE),
    Row(
        r"(?:improved|benefit(?:t)?ed|profited|got better|recovered|stabili[sz]ed)(?: or (?:improved|stabili[sz]ed"
        r"|recovered))?(?! (?:the|their)\b)",
        "overall response rate",
        "response",
        needed=_PERSONS_BEFORE,
    ),
    Row(r"responding(?! (?:patients|children|to)\b)", "overall response rate", "response", needed=_PERSONS_BEFORE),
    Row(
        rf"(?:(?:was|were|remained) )?(?:stable|unchanged|absent|mild|moderate|severe|worsened|deteriorated|fell"
        rf"|declined)(?= in {_COUNTED})",
        "",
        "response",
        needed=_PART_OF_SERIES,
    ),
    Row(r"lost (?:the|their) responses?|losses? of response", "loss of response", "event"),
    Row(r"flare(?:d|s)?(?:[- ]ups?)?", "flare", "event"),
    Row(r"progressed(?! to)", "disease progression", "event", needed=_PERSONS_BEFORE),
    # forms of GVHD named by what sets them apart
    Row(
        r"(?:its |the |an? )?severe(?:st)? (?:form|variety|kind)s?",
        "grade III-IV acute graft-versus-host disease",
        "event",
        needed=_GVHD_BEFORE,
    ),
    Row(r"(?:its |the |an? )?chronic (?:form|variety|kind)s?", "incidence of chronic GVHD", "event", needed=_GVHD_BEFORE),
    Row(r"(?:its |the |an? )?acute (?:form|variety|kind)s?", "incidence of acute GVHD", "event", needed=_GVHD_BEFORE),
    Row(
        r"(?:its |the |an? )?extensive (?:form|variety|kind)s?", "extensive chronic graft-versus-host disease", "event", needed=_GVHD_BEFORE
    ),
    Row(r"(?:its |the |an? )?limited (?:form|variety|kind)s?", "limited chronic graft-versus-host disease", "event", needed=_GVHD_BEFORE),
    Row(r"(?:become|became|turned?|grown?|turn) (?:into )?chronic", "incidence of chronic GVHD", "event", needed=_GVHD_BEFORE),
    Row(
        r"(?:above|beyond|worse than|higher than|exceed(?:ed|ing)?|more (?:severe )?than) grade (?:II|2)",
        "grade III-IV acute graft-versus-host disease",
        "event",
    ),
    # grafts and blood
    Row(
        r"(?:grafts?|transplants?) (?:had been |was |were )?(?:lost|rejected|failed)|(?:lost|rejected|rejection of|loss of) (?:the"
        r"|their|his|her"
        r"|its) (?:second )?grafts?|graft loss",
        "graft failure",
        "event",
    ),
    Row(
        rf"(?:ANC|neutrophils?(?: counts?)?|granulocytes|white cells?) {_REGAINED}",
        "neutrophil engraftment",
        "engraftment",
        is_statement=True,
    ),
    Row(rf"platelets?(?: counts?)? {_REGAINED}", "platelet engraftment", "engraftment", is_statement=True),
    Row(
        r"(?:ANC|neutrophils?(?: counts?)?|granulocytes|white cells?) (?=(?:took|needed) .{0,20}to (?:recover|come back|return|engraft"
        r"|reappear))",
        "time to neutrophil engraftment",
        "time",
    ),
    Row(
        r"platelets?(?: counts?)?(?= (?:took|needed) .{0,20}to (?:recover|come back|return|engraft|reappear))",
        "time to platelet engraftment",
        "time",
    ),
    Row(rf"{_BLOOD} {_REGAINED}", "hematologic recovery", "engraftment", is_statement=True),
    # infection
    Row(rf"{_VIRUS} (?:had |was |were |has been )?reactivat(?:ed|ions?)", "", "event", is_statement=True),
    Row(rf"{_VIRUS}(?= (?:and|or) {_VIRUS} (?:had |was |were )?reactivat)", "", "event"),
    # drugs that can be spared
    Row(
        rf"{_STEROID}(?: treatment| therapy| doses?)? (?:had been|have been|was|were|could be|being|to be)(?: \w+ly)? {_STOPPED}"
        r"(?: (?:altogether|entirely|for good))?",
        "corticosteroid tapering",
        "response",
        is_statement=True,
    ),
    Row(rf"{_STEROID}(?: doses?)? (?:was|were) down to", "corticosteroid tapering", "response", is_statement=True),
    Row(
        rf"(?:came|come|were|was|are|got|be|been|taken|weaned|been) off (?:all )?{_STEROID}",
        "corticosteroid tapering",
        "response",
        is_statement=True,
    ),
    Row(
        rf"(?:stopped|discontinued|tapered|halved|cut|reduced) (?:their "
        rf"|all )?{_STEROID}(?: doses?)?",
        "corticosteroid tapering",
        "response",
        needed=_PERSONS_BEFORE,
    ),
    Row(rf"{_STOPPED}(?= (?:altogether |entirely )?(?:in|by) )", "corticosteroid tapering", "response", needed=_TAPERED_BEFORE),
    Row(
        r"had to (?:stop|discontinue|give up)(?: (?:treatment|therapy|the drug|it))?|stopped (?:treatment|therapy"
        r"|the drug)",
        "treatment discontinuation",
        "event",
    ),
    # complaints
    Row(rf"{_COMPLAINT} (?:\w+ly )?{_EASED}", "", "response", is_statement=True),
    # what is needed
    Row(
        r"(?:red (?:blood )?cell |platelet |blood )*transfusions?|(?:mechanical )?ventilation|dialysis|intensive care|oxygen"
        r"|(?:second|third|further)-line (?:\w+ )?(?:therapy|treatment|drugs|agents)|parenteral nutrition|readmission"
        r"|hospitali[sz]ation|surgery"
        r"|an? second transplant(?:ation)?|(?:second )?transplant(?:ation)?",
        "",
        "event",
        needed=_NEED_BEFORE,
    ),
    # harm
    Row(
        r"(?:infusion(?:al)? |allergic |acute |immediate |untoward |adverse |hypersensitivity )*reactions? (?:to|during"
        r"|after) (?:the )?(?:cells|infusions?|products?|drug)",
        "infusion-related toxicity",
        "event",
    ),
    Row(
        r"(?:safety (?:concerns?|signals?|problems?|issues?)|untoward (?:events?|effects?)|unwanted effects?|ill effects?)",
        "adverse event",
        "event",
    ),
)
_PATTERNS = tuple(row.pattern for row in VERBS)
_ROWS = tuple(any_case(rf"\b(?:{pattern})(?![\w-])") for pattern in _PATTERNS)
_ANY = any_case(r"\b(?:" + "|".join(_PATTERNS) + r")(?![\w-])")
_SHORT = {
    "cmv": "cytomegalovirus",
    "ebv": "Epstein-Barr virus",
    "epstein-barr virus": "Epstein-Barr virus",
    "epstein–barr virus": "Epstein-Barr virus",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome that a verb tells, with its span."""

    start: int
    end: int
    label: str
    family: str
    is_statement: bool = False


def told_by_verbs(text: str, start: int, end: int) -> Iterator[Told]:
    """Outcomes of ``text[start:end]`` in order; where a row lacks what it needs before it, the next row that fits is taken."""
    for match in _ANY.finditer(text, start, end):
        for row, pattern in zip(VERBS, _ROWS, strict=True):
            found = pattern.match(text, match.start(), end)
            if found is not None and (row.needed is None or row.needed.search(text[start : found.start()]) is not None):
                yield Told(found.start(), found.end(), row.label or _printed_label(found.group()), row.family, row.is_statement)
                break


def _printed_label(printed: str) -> str:
    """What is printed, in lower case; a virus that reactivates is its reactivation."""
    virus = re.match(_VIRUS, printed, re.IGNORECASE)
    if virus is None:
        return printed.lower()
    name = virus.group().lower()
    return f"{_SHORT.get(name, name)} reactivation"
