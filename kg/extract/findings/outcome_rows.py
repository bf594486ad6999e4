"""The table of outcomes that verbs tell: "the leukaemia came back", "six were freed of all signs", "steroids could be stopped".

Rows of one class are complete for the class: all subjects with all verbs.
"""

from dataclasses import dataclass

from kg.extract.any_case import AnyCase
from kg.extract.findings.outcome_words import (
    BACK,
    BLOOD,
    COMPLAINT,
    COUNTED,
    DISEASE,
    EASED,
    GONE,
    GONE_BEFORE,
    GVHD_BEFORE,
    HARM_BEFORE,
    LATE_TO,
    MALIGNANCY,
    NEED_BEFORE,
    PART_OF_SERIES,
    PERSONS_BEFORE,
    RECURRENCE,
    REGAINED,
    RELAPSE,
    RESPONDED_BEFORE,
    RESPONSE_NOUN_BEFORE,
    STEROID,
    STOPPED,
    TAPERED_BEFORE,
    VIRUS,
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
    Row(rf"{MALIGNANCY}{BACK}", "cumulative incidence of relapse", "event"),
    Row(rf"{RECURRENCE}{MALIGNANCY}", "cumulative incidence of relapse", "event"),
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
    Row(r"lived(?! (?:long|short|with\b))", "overall survival", "survival", needed=PERSONS_BEFORE),
    Row(
        r"(?:mortality|deaths?|died|dying) (?:from|of|due to) (?:causes|anything|reasons) other than (?:relapse|the underlying disease)"
        r"|(?:mortality|deaths?) (?:without|unrelated to) (?:prior )?relapse",
        "non-relapse mortality",
        "event",
    ),
    Row(
        rf"survival (?:without|free (?:of|from)) (?:(?:severe|chronic|acute|either) )*{DISEASE}(?:,? (?:and|or|nor) |/){RELAPSE}"
        rf"|survival (?:without|free (?:of|from)) {RELAPSE}(?:,? (?:and|or|nor) |/)(?:(?:severe|chronic|acute) )*{DISEASE}",
        "GVHD-free, relapse-free survival",
        "survival",
    ),
    Row(rf"survival (?:without|free (?:of|from)) {RELAPSE}", "relapse-free survival", "survival"),
    Row(
        r"(?:was|were|are|remain(?:ed)?|stayed) free of (?:the )?(?:disease|relapse|leuka?emia"
        r"|malignancy)",
        "disease-free survival",
        "survival",
    ),
    Row(
        r"(?:died|deaths?|dying|die) (?:of|from|for|due to) (?:causes|reasons) (?:related to (?:the )?transplant(?:ation)?"
        r"|(?:unconnected with|unrelated to|not related to) relapse)",
        "non-relapse mortality",
        "event",
    ),
    # weight
    Row(r"(?:lost|losing|lose)(?= (?:less|more|as much|little|no|hardly any|(?:no )?further) weight)", "body weight loss", "quantity"),
    Row(r"(?:lost|losing|lose) weight", "body weight loss", "quantity"),
    # response
    Row(rf"{DISEASE} {GONE}", "complete response", "response"),
    Row(rf"(?:abated|lessened|eased|receded|subsided|improved)(?= in {COUNTED})", "partial response", "response", needed=GONE_BEFORE),
    Row(
        r"(?:saw|had|drew|derived) no (?:benefit|response)|did not (?:respond|benefit|improve)|(?:was|were) not helped",
        "no response",
        "response",
        needed=PERSONS_BEFORE,
    ),
    Row(r"(?:grew|got|became) worse|worsened|deteriorated", "disease progression", "event", needed=PERSONS_BEFORE),
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
        needed=RESPONDED_BEFORE,
    ),
    Row(
        r"(?:partially|partly|in part|incompletely)(?= ?[.,;:]|$| (?:in|by|after|and)\b)",
        "partial response",
        "response",
        needed=RESPONDED_BEFORE,
    ),
    Row(r"complete(?= and (?:[\w.%]+ ){1,6}?partial (?:response|remission)s?)", "complete response", "response"),
    Row(r"complete(?= (?:or|and) partial (?:response|remission)s?)", "complete response", "response"),
    Row(r"(?:remission|response)s? (?:had been |was |were |proved )complete", "complete response", "response"),
    Row(r"(?:remission|response)s? (?:had been |was |were |proved )partial", "partial response", "response"),
    Row(r"complete(?= in \w+)|(?<=, )complete(?= in)", "complete response", "response", needed=RESPONSE_NOUN_BEFORE),
    Row(r"partial(?= in \w+)", "partial response", "response", needed=RESPONSE_NOUN_BEFORE),
    Row(
        r"(?:improved|benefit(?:t)?ed|profited|got better|recovered|stabili[sz]ed)(?: or (?:improved|stabili[sz]ed"
        r"|recovered))?(?! (?:the|their)\b)",
        "overall response rate",
        "response",
        needed=PERSONS_BEFORE,
    ),
    Row(r"responding(?! (?:patients|children|to)\b)", "overall response rate", "response", needed=PERSONS_BEFORE),
    Row(
        rf"(?:(?:was|were|remained) )?(?:stable|unchanged|absent|mild|moderate|severe|worsened|deteriorated|fell"
        rf"|declined)(?= in {COUNTED})",
        "",
        "response",
        needed=PART_OF_SERIES,
    ),
    Row(r"lost (?:the|their) responses?|losses? of response", "loss of response", "event"),
    Row(r"flare(?:d|s)?(?:[- ]ups?)?", "flare", "event"),
    Row(r"progressed(?! to)", "disease progression", "event", needed=PERSONS_BEFORE),
    # forms of GVHD named by what sets them apart
    Row(
        r"(?:its |the |an? )?severe(?:st)? (?:form|variety|kind)s?",
        "grade III-IV acute graft-versus-host disease",
        "event",
        needed=GVHD_BEFORE,
    ),
    Row(r"(?:its |the |an? )?chronic (?:form|variety|kind)s?", "incidence of chronic GVHD", "event", needed=GVHD_BEFORE),
    Row(r"(?:its |the |an? )?acute (?:form|variety|kind)s?", "incidence of acute GVHD", "event", needed=GVHD_BEFORE),
    Row(
        r"(?:its |the |an? )?extensive (?:form|variety|kind)s?", "extensive chronic graft-versus-host disease", "event", needed=GVHD_BEFORE
    ),
    Row(r"(?:its |the |an? )?limited (?:form|variety|kind)s?", "limited chronic graft-versus-host disease", "event", needed=GVHD_BEFORE),
    Row(r"(?:its|the) chronic counterpart", "incidence of chronic GVHD", "event", needed=GVHD_BEFORE),
    Row(r"(?<!have )(?<!with )(?<!having )extensive disease", "extensive chronic graft-versus-host disease", "event", needed=GVHD_BEFORE),
    Row(r"(?:become|became|turned?|grown?|turn) (?:into )?chronic", "incidence of chronic GVHD", "event", needed=GVHD_BEFORE),
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
        rf"(?:ANC|neutrophils?(?: counts?)?|granulocytes|white cells?) {REGAINED}",
        "neutrophil engraftment",
        "engraftment",
        is_statement=True,
    ),
    Row(rf"platelets?(?: counts?)? {REGAINED}", "platelet engraftment", "engraftment", is_statement=True),
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
    Row(
        rf"(?:ANC|neutrophils?(?: counts?)?|granulocytes|white cells?)(?= {LATE_TO} (?:recover|come back|return|engraft|reappear))",
        "time to neutrophil engraftment",
        "time",
    ),
    Row(
        rf"platelets?(?: counts?)?(?= {LATE_TO} (?:recover|come back|return|engraft|reappear))",
        "time to platelet engraftment",
        "time",
    ),
    Row(rf"{BLOOD} {REGAINED}", "hematologic recovery", "engraftment", is_statement=True),
    # infection
    Row(rf"{VIRUS} (?:had |was |were |has been )?reactivat(?:ed|ions?)", "", "event", is_statement=True),
    Row(rf"{VIRUS}(?= (?:and|or) {VIRUS} (?:had |was |were )?reactivat)", "", "event"),
    # drugs that can be spared
    Row(
        rf"{STEROID}(?: treatment| therapy| doses?)? (?:had been|have been|was|were|could be|being|to be)(?: \w+ly)? {STOPPED}"
        r"(?: (?:altogether|entirely|for good))?",
        "corticosteroid tapering",
        "response",
        is_statement=True,
    ),
    Row(rf"still on {STEROID}", "immunosuppression", "event"),
    Row(
        rf"(?:able to|could) (?:give up|come off|stop|discontinue|dispense with) (?:all |their )?{STEROID}",
        "corticosteroid tapering",
        "response",
        needed=PERSONS_BEFORE,
    ),
    Row(rf"{STEROID}(?: doses?)? (?:was|were) down to", "corticosteroid tapering", "response", is_statement=True),
    Row(
        rf"(?:came|come|were|was|are|got|be|been|taken|weaned|been) off (?:all |systemic |their )*{STEROID}",
        "corticosteroid tapering",
        "response",
        is_statement=True,
    ),
    Row(
        rf"(?:stopped|discontinued|tapered|halved|cut|reduced) (?:their "
        rf"|all )?{STEROID}(?: doses?)?",
        "corticosteroid tapering",
        "response",
        needed=PERSONS_BEFORE,
    ),
    Row(rf"{STOPPED}(?= (?:altogether |entirely )?(?:in|by) )", "corticosteroid tapering", "response", needed=TAPERED_BEFORE),
    Row(
        r"had to (?:stop|discontinue|give up)(?: (?:treatment|therapy|the drug|it))?|stopped (?:treatment|therapy"
        r"|the drug)",
        "treatment discontinuation",
        "event",
    ),
    # complaints
    Row(rf"{COMPLAINT} (?:\w+ly )?{EASED}", "", "response", is_statement=True),
    # what is needed
    Row(
        r"(?:need|requirement)s? for (?:an? |the )?(?!more|less|fewer)[\w-]+(?: (?:transplant\w*|drugs?|therapy|treatment|support|feeding"
        r"|nutrition|care|transfusions?|ventilation|cells))?",
        "",
        "quantity",
    ),
    Row(
        r"(?:red (?:blood )?cell |platelet |blood )*transfusions?|(?:mechanical )?ventilation|dialysis|intensive care|oxygen"
        r"|(?:second|third|further)-line (?:\w+ )?(?:therapy|treatment|drugs|agents)|parenteral nutrition|readmission"
        r"|hospitali[sz]ation|surgery"
        r"|an? second transplant(?:ation)?|(?:second )?transplant(?:ation)?",
        "",
        "event",
        needed=NEED_BEFORE,
    ),
    # harm
    Row(r"low (?:blood )?platelets?(?: counts?)?", "thrombocytopenia", "event"),
    Row(r"low (?:neutrophils?|granulocytes)(?: counts?)?", "neutropenia", "event"),
    Row(r"low (?:white (?:blood )?cells?|leu[ck]ocytes?)(?: counts?)?", "leukopenia", "event"),
    Row(r"low blood counts", "cytopenia", "event"),
    Row(r"(?:high|raised|elevated|rise of) (?:bilirubin|transaminases|creatinine|liver enzymes|blood pressure|triglycerides)", "", "event"),
    Row(
        r"(?:infusion(?:al)? |allergic |acute |immediate |untoward |adverse |hypersensitivity )*reactions? (?:to|during"
        r"|after) (?:the )?(?:cells|infusions?|products?|drug)",
        "infusion-related toxicity",
        "event",
    ),
    Row(r"reactions?", "infusion-related toxicity", "event", needed=HARM_BEFORE),
    Row(
        r"(?:safety (?:concerns?|signals?|problems?|issues?)|untoward (?:events?|effects?)|unwanted effects?|ill effects?)",
        "adverse event",
        "event",
    ),
)
