"""Counts: "2 of 31", "6/10 (60%)", "15 patients (50.0%)", "54.9% (39 patients)", "seven patients", "none", "n = 12".

Each function reads at one numeral, or gives None. HLA matches ("9/10 MMUD"), ages, grades, lines of therapy and other numbers that
only name something are no counts.
"""

import re
from collections.abc import Iterator, Mapping

from kg.extract.any_case import any_case
from kg.extract.numbers.intervals import PrintedInterval
from kg.extract.numbers.numerals import DECIMAL_POINT, UNSIGNED, WORD_NUMBER, parse_amount, parse_count, parse_number
from kg.extract.numbers.printed_value import PrintedValue, ValueKind
from kg.extract.occurrence import FARED, HAD

_NUMBER = rf"(?:{UNSIGNED}|{WORD_NUMBER})"
_PEOPLE = (
    r"(?:patients?|pts|children|child|adults?|infants?|recipients?|subjects?|participants?|individuals?|people|persons?|men|women|"
    r"boys?|girls?|donors?"
    r"|controls?|cases?|deaths?|events?|episodes?|infections?|relapses?|animals?|mice|mouse|rats?|dogs?|cats?|survivors?|grafts?|"
    r"responders?|responses?|transplants?|eyes)(?![\w-])"
)
#: What can stand before the noun that is counted: no preposition, article or verb, as in "five |lost the response".
_QUALITY = r"(?!(?:on|in|at|as|to|the|a|an|of|by|with|had|has|were|was|did|lost|got|came|went|whose|that|who)\b)[A-Za-z][\w/-]+"
_NOUN = rf"(?: {_QUALITY}){{0,3}}? {_PEOPLE}"
_INSIDE = r"(?!\s*-?(?:vs|v|versus|and|to|compared|in|CI|confidence|credible)\b)[^()\[\]]{0,60}?"
#: "3 |of the control group| (18.8%)".
_OF_GROUP = (
    r" (?:(?:of|in) the [\w+-]+(?: [\w+-]+)? (?:group|arm|cohort)|(?:of|in) (?:group|arm|cohort) \w+"
    r"|(?:given|receiving|with|without|treated with|on) [\w+-]+(?: [\w+-]+)?)"
)
_FRACTION = any_case(
    rf"(?P<count>{_NUMBER})(?:(?: ?/ ?|(?:{_NOUN})? (?:out of|of|from among|among) )(?:the |all |a total of |these |"
    rf"our )*)(?P<total>{_NUMBER})(?![\w/-]|{DECIMAL_POINT}\d| ?%)"
    rf"(?:(?:(?:{_NOUN})?,? ?(?P<open>[\[(])|, )(?P<percent>{UNSIGNED}) ?%(?(open)(?P<inside>{_INSIDE})[\])]))?",
)
_COUNT_PERCENT = any_case(
    rf"(?P<count>{_NUMBER})(?:(?:{_NOUN})?{_OF_GROUP}|{_NOUN}|(?: (?!years?\b|months?\b|weeks?\b|days?\b|"
    rf"hours?\b)[a-z-]+){{1,2}})? ?[\[(](?P<percent>{UNSIGNED}) ?%(?P<inside>{_INSIDE})[\])]"
    rf"(?:(?:{_NOUN})? (?:out )?of (?:the |all )?(?P<total>{_NUMBER})(?![\w/%]|{DECIMAL_POINT}\d))?",
)
#: "six of the 10| patients given MSCs (60%)": the words between a fraction and its per cent; the arithmetic must agree.
_PERCENT_AFTER = re.compile(rf"(?:[ -][A-Za-z][\w/+-]*){{1,8}} ?[\[(](?P<percent>{UNSIGNED}) ?%(?P<inside>{_INSIDE})[\])]")
#: "(|16 patients, 55%|)", "(|7; 24%|)": the count before its per cent.
_COUNT_THEN_PERCENT = any_case(
    rf"(?<=[(\[])(?P<count>{_NUMBER})(?: ?/ ?(?P<total>{_NUMBER}))?(?:{_NOUN})?[,;] (?P<percent>{UNSIGNED})"
    rf" ?%(?=[)\];,])"
)
_PERCENT_COUNT = any_case(
    rf"(?P<percent>{UNSIGNED})(?: ?%| ?per ?cent)(?: of (?:the )?{_PEOPLE})? ?[\[(](?:[nN] ?= ?)?(?P<count>{_NUMBER})(?:(?: ?/ ?|"
    rf" of | out of )(?:the )?(?P<total>{_NUMBER}))?(?:{_NOUN})?"
    rf"(?:[;,] ?{_INSIDE})?[\])]",
)
_COUNT = any_case(
    rf"(?P<count>{_NUMBER})(?:(?: of (?:the|these|those|our|them|their|its)\b)?(?:{_NOUN})(?! (?:group|arm|cohort)\b)"
    rf"| of (?:them|these|whom|those)\b(?! ?\w*s\b))",
)
_EVENTS = (
    r"(?:(?:serious |severe |grade \S+ |infusion(?:al|-related)? |treatment-related |adverse |acute |toxic |side |graft |such |"
    r"ectopic |late |early |major |clinical |other |further |immediate )*"
    r"(?:events?|(?<=side )effects?|(?<=adverse )effects?|(?<=toxic )effects?|reactions?|toxicit(?:y|ies)|complications?|"
    r"failures?|rejections?|side-effects?|relapses?|recurrences?|deaths?|tumou?rs?|malignanc(?:y|ies)|tissue|infections?|cases?|"
    r"episodes?|patients?"
    r"|mortality|progression|responses?)(?![\w-]))"
)
_NONE = any_case(
    rf"\b(?:(?P<none>none|nobody|no one|not one|no(?:{_NOUN}))(?: (?:(?:out )?of|(?<=none )in) (?:the |these |those |"
    rf"all )?(?P<total>{_NUMBER})(?![\w/%]|{DECIMAL_POINT}\d)(?:{_NOUN})?)?"
    rf"|(?:no|neither|without any|without|nor) {_EVENTS}|(?:was|were) (?:entirely |completely )?absent)",
)
_GROUP_SIZE = re.compile(r"\b[nN] ?= ?$")
_HLA = any_case(r"[ -]?(?:HLA|MMUD|MUD|mismatch|match|allele|loc|unrelated|antigen)")
#: What stands before a number that names something.
_NAME_BEFORE = any_case(
    r"(?:\b(?:grades?|stages?|phases?|groups?|arms?|types?|lines?|levels?|versions?|class|cohorts?|ages?|aged|older than|"
    r"younger than|under|over|table|fig(?:ure)?\.?|panel|exon"
    r"|no\.|nos\.|number|ref(?:erence)?s?\.?|category|step|cycles?|volume|chapter|(?<!\d )(?:weeks?|days?|years?|months?)|criteria"
    r"|ratio of|"
    r"at least|at most|least|most|more than|less than|than|up to|HLA|KPS|ECOG|factor|about one"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)(?:(?:[ -][\dIVX]+|(?<=s))"
    r"(?: ?(?:and|or|to|vs\.?|versus|-|–))?)?|[≥≤<>~=]|:(?=$)|\bday \+) ?$"
)
#: "four in |group 1 and| nine in group 2": what follows is no further name when it is a word or has decimals.
_GROUP_AND = any_case(r"\b(?:group|arm|cohort) \w+,? (?:and|or|vs\.?|versus|to) $")
_NAME_AFTER = re.compile(
    r"\s?(?:(?:years?|yrs?|months?)? ?(?:of age|old\b|-old)|-|:\d"
    r"|(?: (?!(?:in|of|with|for|from|among)\b)[a-z]+)?? (?:doses?|infusions?|injections?|cent(?:er|re)s?|"
    r"stud(?:y|ies)|trials?|RCTs|arms?|groups?|lines?|cycles?|sites?|hospitals?|databases?|articles?"
    r"|reports?|countries|cohorts?|kinds?|types?|ways?|main|different|distinct|secondary|primary|antigens?|loci|allel\w+|January|"
    r"February|March|April|May|June|July|August|September|October|November|December)\b"
    r"| to \d+ (?:days|weeks|months|years)\b|–\d|/\d|\.\d|\)|\s?%)"
)
#: "skin (9 patients), liver (|3|)": a count in brackets behind others.
_LISTED = any_case(r"\(\d+ (?:patients|children|cases|recipients|episodes|eyes|mice|animals|of)\b[^()]*\)[^.;]*\($")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: A number word is a count only where no noun of its own follows: "two a partial response", "in eight, and".
_WORD_ALONE = any_case(
    rf"(?: (?:an?|did|died|from|because of|with|on|under|without|among|in (?!{WORD_NUMBER}|\d)|after|received|given|and|vs\.?|versus"
    rf"|more|others?|completely|each|{HAD}|{FARED})\b"
    r"| of (?:them|whom|those|these|the|group|arm|cohort)\b|[,.;)])"
)


#: "In |group| 2 (18%)", not "in the MSC |group| 2 (18%)".
_ORDINAL_BEFORE = any_case(
    r"(?:\b(?:phases?|grades?|stages?|class|types?|CD)"
    r"|(?:^|[.,;:(] ?|\b(?:in|of|with|than|for|from|and|or|versus|vs\.?|to|among|by|under|on|both) )(?:groups?|arm|cohort)) ?$"
)


def match_counted(text: str, start: int, intervals: Mapping[int, PrintedInterval]) -> PrintedValue | None:
    """A count with its total or its per cent; "phase 1/2" is none."""
    if _ORDINAL_BEFORE.search(text, max(0, start - 20), start) is not None:
        return None
    for pattern, kind in (
        (_FRACTION, ValueKind.FRACTION),
        (_COUNT_PERCENT, ValueKind.COUNT),
        (_COUNT_THEN_PERCENT, ValueKind.COUNT),
        (_PERCENT_COUNT, ValueKind.PERCENT),
    ):
        match = pattern.match(text, start)
        if match is None:
            continue
        count, total = parse_count(match["count"]), parse_count(match["total"]) if match["total"] else None
        if count is None or (match["total"] and total is None) or (total is not None and (count > total or _HLA.match(text, match.end()))):
            continue
        percent, end = parse_number(match["percent"]) if match["percent"] else None, match.end()
        further = _PERCENT_AFTER.match(text, end) if percent is None and total else None
        if further is not None and total and abs(100 * count / total - parse_number(further["percent"])) < 1:
            percent, end = parse_number(further["percent"]), further.end()
        interval = next((intervals[place] for place in range(match.start() + 1, end) if place in intervals), None)
        unit = None if percent is None else "%"
        found = ValueKind.FRACTION if total is not None and kind is ValueKind.COUNT else kind
        return PrintedValue(match.start(), end, text[match.start() : end], found, percent, unit, count, total, interval)
    return None


def match_plain(text: str, numeral: re.Match[str]) -> PrintedValue | None:
    """A group size, a count of people, or a number alone; None where the words around say that it only names something."""
    start, printed = numeral.start(), numeral.group()
    before = text[max(0, start - 30) : start]
    if _GROUP_SIZE.search(before) is not None:
        return PrintedValue(start, numeral.end(), printed, ValueKind.GROUP_SIZE, count=parse_count(printed))
    if _NAME_BEFORE.search(before) is not None and (printed.isdigit() or _GROUP_AND.search(before) is None):
        return None
    counted = _COUNT.match(text, start)
    if counted is not None and (count := parse_count(counted["count"])) is not None:
        return PrintedValue(start, counted.end(), counted.group(), ValueKind.COUNT, count=count)
    is_listed = text[numeral.end() : numeral.end() + 1] == ")" and _LISTED.search(text, max(0, start - 200), start) is not None
    if (_NAME_AFTER.match(text, numeral.end()) is not None and not is_listed) or _YEAR.fullmatch(printed) is not None:
        return None
    if printed.isalpha() and _WORD_ALONE.match(text, numeral.end()) is None:
        return None
    return PrintedValue(start, numeral.end(), printed, ValueKind.NUMBER, parse_amount(printed), count=parse_count(printed))


def find_none(text: str) -> Iterator[PrintedValue]:
    """Zero in words: "none of 48", "no patients", "no serious adverse events", "were absent"."""
    for match in _NONE.finditer(text):
        total = parse_count(match["total"]) if match["total"] else None
        yield PrintedValue(match.start(), match.end(), match.group(), ValueKind.NONE, 0.0, count=0, total=total)
