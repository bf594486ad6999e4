"""Outcomes told by verbs, grades and counts rather than by a term: "died without relapse", "alive", "ANC exceeded …".

Each row: what is said, the label (empty: as printed), how it is measured.
"""

from enum import StrEnum

from kg.extract.any_case import any_case


class Family(StrEnum):
    """How an outcome is measured, which decides how ratios and durations are read."""

    EVENT = "event"
    SURVIVAL = "survival"
    RESPONSE = "response"
    TIME = "time"
    ENGRAFTMENT = "engraftment"
    QUANTITY = "quantity"


#: Grades of acute GVHD, unless something else is graded.
_NOT_TOXIC = r"(?: disease| GVHD)?(?! (?:\w+ )?(?:toxicit|adverse|AEs?|infection|\w+penia|mucositis|event|hepat|renal))"
#: What stands before the grade of something else: "cytopenia of grade 3 or 4".
TOXIC_BEFORE = any_case(
    r"(?:penias?|toxicit(?:y|ies)|events?|infections?|mucositis|effects?|AEs?|bleeding|an?emia)(?: \([^)]*\))?(?: was"
    r"| were)?(?: of | \(| )$",
)
#: A word that can be part of a name: no article, preposition or participle.
_PLAIN_WORD = (
    r"(?!(?:the|a|an|this|these|that|all|both|each|mean|median|total|of|in|and|with|by|for|to|their|its|our|such|any|patients"
    r"|several|various|comparing"
    r"|comparison|low|high|higher|lower)\b)[\w/+-]+"
)
#: "0.5 × 10^9/L", "20,000/µL": the count at which engraftment is said to have happened.
_LEVEL = r"\d[\d.,]*(?: ?[×x] ?10\^?\d+)? ?/ ?(?:L|l|[µuμ]L|[µuμ]l|mm\^?3)"
_THRESHOLD = rf"(?: (?:>|≥|a |an )?{_LEVEL})?"
#: "counts above |", "count > |", "level of at least |".
_ABOVE = r"(?: counts?| levels?| recovery)?(?:,? (?:of|to|above|over|exceeding|reaching)(?: at least)?)? ?[>≥]? ?"
#: "50 × 10^9/L |": the level ahead of its cells.
_NEUTROPHILS, _PLATELETS = r"(?:(?:absolute )?neutrophils?|granulocytes?|ANC)", r"(?:platelets?|PLTs?|Plts?)"
_RECOVERED = r"(?:exceeded|recovered|engrafted|reached|rose above)"
GRAMMAR: tuple[tuple[str, str, str], ...] = (
    (r"(?:die|died|dying|deaths?) without (?:relapse|progression|recurrence)", "non-relapse mortality", "event"),
    (
        r"survived|(?:long-term |disease-free )survivors|(?:remained |remain |were |was |are )?(?:alive|living)",
        "overall survival",
        "survival",
    ),
    (
        r"overall(?=(?: \(OS\))?(?:,| and| or)(?: (?:\w+-)+\w+,?)*(?: and)? (?:(?:\w+-)+\w+|progression|relapse|disease|event"
        r"|failure)[ \w-]*?survivals?\b)",
        "overall survival",
        "survival",
    ),
    (r"(?<=proved )fatal to|succumbed", "mortality", "event"),
    (r"OR rates?", "overall response rate", "response"),
    (
        r"(?:acute|late|infusional|treatment-related|procedural|major|serious) complications|complications of (?:the )?(?:treatment"
        r"|infusions?|procedure|therapy)",
        "adverse event",
        "event",
    ),
    (r"died|deaths?(?! from the)|dead", "mortality", "event"),
    (r"responses? (?:lasted|duration)|durations? of responses?", "duration of response", "time"),
    (
        r"(?:overall |objective )?(?:responses?|responded)(?! to (?!(?:[\w-]+ )?(?:treatment|therapy)))"
        r"(?! (?:assessment|criteria|element))",
        "overall response rate",
        "response",
    ),
    (r"complete(?= in (?:\d|\w+(?:\b,| patients|\.| and)))", "complete response", "response"),
    (r"partial(?= in (?:\d|\w+(?:\b,| patients|\.| and)))", "partial response", "response"),
    (r"symptoms(?= (?:\w+ly )?(?:improved|resolved|regressed|worsened|subsided))", "graft-versus-host disease severity", "quantity"),
    (
        rf"(?:ANC|neutrophils?|neutrophil counts?)(?:(?= and platelets?(?: counts?)? (?:had )?{_RECOVERED})"
        rf"|(?: had)? {_RECOVERED}{_THRESHOLD})",
        "neutrophil engraftment",
        "engraftment",
    ),
    (
        rf"time (?:to|for|until) (?:an? |the )?(?:{_NEUTROPHILS}{_ABOVE}{_LEVEL}|{_LEVEL} (?:of )?{_NEUTROPHILS})",
        "time to neutrophil engraftment",
        "time",
    ),
    (
        rf"time (?:to|for|until) (?:an? |the )?(?:{_PLATELETS}{_ABOVE}{_LEVEL}|{_LEVEL} (?:of )?{_PLATELETS})",
        "time to platelet engraftment",
        "time",
    ),
    (
        r"platelet counts? (?:of|above|over|exceeding) (?:>|≥|at least )?\d[\d.,]*(?: ?[×x] ?10\^?\d+)?(?:/[LlµuμM]\w*)? (?:was"
        r"|were) (?:reached|achieved|attained)",
        "time to platelet engraftment",
        "time",
    ),
    (r"reactivations? of (?:the )?(?:[\w-]+(?: [\w-]+)? virus|cytomegalovirus|[A-Z]{3}\b)", "", "event"),
    (rf"platelets? (?:counts? )?(?:had )?{_RECOVERED}{_THRESHOLD}", "platelet engraftment", "engraftment"),
    (rf"{_NEUTROPHILS}{_ABOVE}{_LEVEL}", "neutrophil engraftment", "engraftment"),
    (rf"{_PLATELETS}{_ABOVE}{_LEVEL}", "platelet engraftment", "engraftment"),
    (r"chronic disease", "incidence of chronic GVHD", "event"),
    (
        r"(?:(?<=and )|(?<=or )|(?<=, ))(?:III|3) ?[-–] ?(?:IV|4)(?= \(|,| in| was| were)",
        "grade III-IV acute graft-versus-host disease",
        "event",
    ),
    (
        r"(?:(?<=and )|(?<=or )|(?<=, ))(?:II|2) ?[-–] ?(?:IV|4)(?= \(|,| in| was| were| and| or)",
        "grade II-IV acute graft-versus-host disease",
        "event",
    ),
    (
        r"limited(?= in (?:only |just )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten))",
        "limited chronic graft-versus-host disease",
        "event",
    ),
    (
        r"immunosuppress\w+ (?:had been|was|were|could be) (?:withdrawn|stopped|discontinued|tapered)",
        "immunosuppression withdrawal",
        "response",
    ),
    (
        r"(?:cortico)?steroids? (?:had been|was|were|could be) (?:withdrawn|stopped|discontinued|tapered|reduced)",
        "corticosteroid tapering",
        "response",
    ),
    (
        r"(?:(?:cortico)?steroid|prednisone|prednisolone) (?:doses?|intake|requirements?)|prednisone equivalents",
        "corticosteroid dose",
        "quantity",
    ),
    (r"CD\d+\+? (?:T[- ]cell )?counts?", "", "quantity"),
    (r"(?<=\d )(?<!-\d )(?<!-\d\d )responders", "overall response rate", "response"),
    (r"fatal events|fatalities", "mortality", "event"),
    (r"(?:lived|survived) (?:\w+ly )?longer|outlived", "survival time", "time"),
    (rf"grades? (?:III|3) ?(?:-|–|to|or|and|/) ?(?:IV|4){_NOT_TOXIC}", "grade III-IV acute graft-versus-host disease", "event"),
    (rf"grades? (?:II|2) ?(?:-|–|to|or|and|/) ?(?:IV|4){_NOT_TOXIC}", "grade II-IV acute graft-versus-host disease", "event"),
    (
        r"extensive(?= in (?:only |just )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten))",
        "extensive chronic graft-versus-host disease",
        "event",
    ),
    (rf"(?:{_PLAIN_WORD} )?(?:symptom )?scores?", "", "quantity"),
    (
        r"(?:(?:[TB]|NK)[- ]cell |lymphocyte |natural killer cell )?(?:proliferati(?:on|ve capacity)|cytotoxic(?:ity| activity)"
        r"|(?:immuno)?suppressive (?:activity|capacity)|immune responses?)",
        "",
        "quantity",
    ),
    (
        r"(?:production|secretion|release|expression|output|levels?|amounts?|concentrations?|numbers?|counts?|proportions?"
        rf"|frequency|ratio) of (?!cells\b|\d|(?:groups?|arms?|cohorts?|controls?)\b){_PLAIN_WORD}"
        r"(?: (?:cells?|lymphocytes?|to \w+ cells))?",
        "",
        "quantity",
    ),
)
GRAMMAR_PATTERN = any_case(r"\b(?:" + "|".join(rf"(?P<g{i}>(?:{pattern})\b)" for i, (pattern, _, _) in enumerate(GRAMMAR)) + ")")
_PREPOSITION_ONLY = any_case(r"(?<!patients )(?<!those )(?<!children )(?<!than )\b(?:in|for|against) (?:the )?$")
_VALUE_AFTER = any_case(r" \((?:\d[\d.]* ?%|\d+ (?:of|vs)|HR|RR|OR)")


def has_own_bracket(before: str, after: str) -> bool:
    """As in "chance decided in |relapse| (30% vs 28%)": its own numbers make a result of what a bare preposition leads to."""
    return _VALUE_AFTER.match(after) is not None and _PREPOSITION_ONLY.search(before) is not None
