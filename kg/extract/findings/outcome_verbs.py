"""Outcomes that verbs tell: "the leukaemia came back", "six were freed of all signs", "steroids could be stopped", "ulcers closed".

Each row: what is said, the label (empty: as printed), how it is measured, and what must stand before it for it to be an outcome (None:
anything). Rows of one class are complete for the class: all subjects with all verbs.
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
_GVHD_BEFORE = any_case(r"\b[ac]?G[Vv]HD\b|graft[- ]versus[- ]host|\bdisease\b")
_TAPERED_BEFORE = any_case(rf"\b{_STEROID}\b.*\band $")
_NEED_BEFORE = any_case(
    r"\b(?:needed|required?|requiring|needing|in need of|dependent on|free (?:of|from)|independen(?:t|ce) (?:of|from)|the need for"
    r"|needs? for)"
    r"(?: (?:no|more|fewer|less|further|another|any|the|a|an|additional|\w+er)){0,3} $"
)

Row = tuple[str, str, str, AnyCase | None]
VERBS: tuple[Row, ...] = (
    # the malignancy
    (rf"{_MALIGNANCY} {_BACK}", "cumulative incidence of relapse", "event", None),
    (
        rf"(?:return|recurrences?|reappearance|regrowth) of (?:the |their )?{_MALIGNANCY}",
        "cumulative incidence of relapse",
        "event",
        None,
    ),
    (r"lost (?:the|their) remission", "cumulative incidence of relapse", "event", None),
    # life and death
    (
        r"(?:lived|live|lives|living|survived|alive)(?: and well| on)? (?:without|free (?:of|from)) (?:any )?(?:disease|relapse|leuka?emia"
        r"|malignancy|lymphoma)",
        "disease-free survival",
        "survival",
        None,
    ),
    (r"alive (?:and )?(?:disease-free|in (?:complete |continuous )*remission)", "disease-free survival", "survival", None),
    (r"perished|passed away|did not survive|lost (?:his|her|their) (?:life|lives)|(?:was|were|proved) fatal", "mortality", "event", None),
    (r"lived(?! (?:long|short))", "overall survival", "survival", _PERSONS_BEFORE),
    # response
    (
        r"(?:freed|rid|cleared) of (?:all |any )?(?:the )?(?:signs|symptoms|manifestations|evidence|traces?)(?: of (?:the "
        r"|their )?disease)?",
        "complete response",
        "response",
        None,
    ),
    (r"(?:completely|fully|in full|entirely|totally)(?= ?[.,;:]|$| (?:in|by|after"
        r"|and)\b)", "complete response", "response", _RESPONDED_BEFORE),
    (r"(?:partially|partly|in part|incompletely)(?= ?[.,;:]|$| (?:in|by|after|and)\b)", "partial response", "response", _RESPONDED_BEFORE),
    (r"complete(?= and (?:[\w.%]+ ){1,6}?partial (?:response|remission)s?)", "complete response", "response", None),
    (r"complete(?= (?:or|and) partial (?:response|remission)s?)", "complete response", "response", None),
    (r"(?:remission|response)s? (?:had been |was |were |proved )complete", "complete response", "response", None),
    (r"(?:remission|response)s? (?:had been |was |were |proved )partial", "partial response", "response", None),
    (r"complete(?= in \w+)|(?<=, )complete(?= in)", "complete response", "response", _RESPONSE_NOUN_BEFORE),
    (r"partial(?= in \w+)", "partial response", "response", _RESPONSE_NOUN_BEFORE),
    (
        r"(?:improved|benefit(?:t)?ed|profited|got better|recovered|stabili[sz]ed)(?: or (?:improved|stabili[sz]ed"
        r"|recovered))?(?! (?:the|their)\b)",
        "overall response rate",
        "response",
        _PERSONS_BEFORE,
    ),
    (r"responding(?! (?:patients|children|to)\b)", "overall response rate", "response", _PERSONS_BEFORE),
    (r"lost (?:the|their) responses?|losses? of response", "loss of response", "event", None),
    (r"flare(?:d|s)?(?:[- ]ups?)?", "flare", "event", None),
    (r"progressed(?! to)", "disease progression", "event", _PERSONS_BEFORE),
    # forms of GVHD named by what sets them apart
    (r"(?:its |the |an? )?severe(?:st)? (?:form|variety|kind)s?", "grade III-IV acute graft-versus-host disease", "event", _GVHD_BEFORE),
    (r"(?:its |the |an? )?chronic (?:form|variety|kind)s?", "incidence of chronic GVHD", "event", _GVHD_BEFORE),
    (r"(?:its |the |an? )?acute (?:form|variety|kind)s?", "incidence of acute GVHD", "event", _GVHD_BEFORE),
    (r"(?:its |the |an? )?extensive (?:form|variety|kind)s?", "extensive chronic graft-versus-host disease", "event", _GVHD_BEFORE),
    (r"(?:its |the |an? )?limited (?:form|variety|kind)s?", "limited chronic graft-versus-host disease", "event", _GVHD_BEFORE),
    (r"(?:become|became|turned?|grown?|turn) (?:into )?chronic", "incidence of chronic GVHD", "event", _GVHD_BEFORE),
    (
        r"(?:above|beyond|worse than|higher than|exceed(?:ed|ing)?|more (?:severe )?than) grade (?:II|2)",
        "grade III-IV acute graft-versus-host disease",
        "event",
        None,
    ),
    # grafts and blood
    (
        r"(?:grafts?|transplants?) (?:had been |was |were )?(?:lost|rejected|failed)|(?:lost|rejected|rejection of|loss of) (?:the"
        r"|their|his|her"
        r"|its) (?:second )?grafts?|graft loss",
        "graft failure",
        "event",
        None,
    ),
    (rf"(?:ANC|neutrophils?(?: counts?)?|granulocytes|white cells?) {_REGAINED}", "neutrophil engraftment", "engraftment", None),
    (rf"platelets?(?: counts?)? {_REGAINED}", "platelet engraftment", "engraftment", None),
    (
        r"(?:ANC|neutrophils?(?: counts?)?|granulocytes|white cells?) (?=(?:took|needed) .{0,20}to (?:recover|come back|return|engraft"
        r"|reappear))",
        "time to neutrophil engraftment",
        "time",
        None,
    ),
    (
        r"platelets?(?: counts?)?(?= (?:took|needed) .{0,20}to (?:recover|come back|return|engraft|reappear))",
        "time to platelet engraftment",
        "time",
        None,
    ),
    (rf"{_BLOOD} {_REGAINED}", "hematologic recovery", "engraftment", None),
    # infection
    (rf"{_VIRUS} (?:had |was |were |has been )?reactivat(?:ed|ions?)", "", "event", None),
    (rf"{_VIRUS}(?= (?:and|or) {_VIRUS} (?:had |was |were )?reactivat)", "", "event", None),
    # drugs that can be spared
    (
        rf"{_STEROID}(?: treatment| therapy| doses?)? (?:had been|have been|was|were|could be|being|to be)(?: \w+ly)? {_STOPPED}"
        r"(?: (?:altogether|entirely|for good))?",
        "corticosteroid tapering",
        "response",
        None,
    ),
    (rf"{_STEROID}(?: doses?)? (?:was|were) down to", "corticosteroid tapering", "response", None),
    (rf"(?:came|come|were|was|are|got|be|been|taken|weaned|been) off (?:all )?{_STEROID}", "corticosteroid tapering", "response", None),
    (rf"(?:stopped|discontinued|tapered|halved|cut|reduced) (?:their "
        rf"|all )?{_STEROID}(?: doses?)?", "corticosteroid tapering", "response", _PERSONS_BEFORE),
    (rf"{_STOPPED}(?= (?:altogether |entirely )?(?:in|by) )", "corticosteroid tapering", "response", _TAPERED_BEFORE),
    (r"had to (?:stop|discontinue|give up)(?: (?:treatment|therapy|the drug|it))?|stopped (?:treatment|therapy"
        r"|the drug)", "treatment discontinuation", "event", None),
    # complaints
    (rf"{_COMPLAINT} (?:\w+ly )?{_EASED}", "", "response", None),
    # what is needed
    (
        r"(?:red (?:blood )?cell |platelet |blood )*transfusions?|(?:mechanical )?ventilation|dialysis|intensive care|oxygen"
        r"|(?:second|third|further)-line (?:\w+ )?(?:therapy|treatment|drugs|agents)|parenteral nutrition|readmission"
        r"|hospitali[sz]ation|surgery"
        r"|an? second transplant(?:ation)?|(?:second )?transplant(?:ation)?",
        "",
        "event",
        _NEED_BEFORE,
    ),
    # harm
    (
        r"(?:infusion(?:al)? |allergic |acute |immediate |untoward |adverse |hypersensitivity )*reactions? (?:to|during"
        r"|after) (?:the )?(?:cells|infusions?|products?|drug)",
        "infusion-related toxicity",
        "event",
        None,
    ),
    (
        r"(?:safety (?:concerns?|signals?|problems?|issues?)|untoward (?:events?|effects?)|unwanted effects?|ill effects?)",
        "adverse event",
        "event",
        None,
    ),
)  # fmt: skip
_ROWS = tuple(any_case(rf"\b(?:{pattern})(?![\w-])") for pattern, _, _, _ in VERBS)
_ANY = any_case(r"\b(?:" + "|".join(pattern for pattern, _, _, _ in VERBS) + r")(?![\w-])")
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


def told_by_verbs(text: str, start: int, end: int) -> Iterator[Told]:
    """Outcomes of ``text[start:end]`` in order; where a row lacks what it needs before it, the next row that fits is taken."""
    for match in _ANY.finditer(text, start, end):
        for (_, label, family, needed), row in zip(VERBS, _ROWS, strict=True):
            found = row.match(text, match.start(), end)
            if found is not None and (needed is None or needed.search(text[start : found.start()]) is not None):
                yield Told(found.start(), found.end(), label or _printed_label(found.group()), family)
                break


def _printed_label(printed: str) -> str:
    """What is printed, in lower case; a virus that reactivates is its reactivation."""
    virus = re.match(_VIRUS, printed, re.IGNORECASE)
    if virus is None:
        return printed.lower()
    name = virus.group().lower()
    return f"{_SHORT.get(name, name)} reactivation"
