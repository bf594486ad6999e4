"""Shares of the patients in words: "two thirds of the children", "half of them", "one in five", "all but two", "most", "every patient".

In: text. Out: values without a number, since none is printed. What is half of something else ("half the dose", "half a year", "fell
by a third") is no share of patients.
"""

import re
from collections.abc import Iterator

from kg.extract.any_case import any_case
from kg.extract.numbers.numerals import WORD_NUMBER
from kg.extract.numbers.printed_value import PrintedValue, ValueKind

#: Whoever can be counted; "in all cases" and "in both groups" count nobody.
_PEOPLE = (
    r"(?:patients?|child(?:ren)?|adults?|infants?|recipients?|subjects?|participants?|individuals?|people|persons?|men|women"
    r"|animals?|mice|mouse|rats?|responders?|survivors?|(?<=the )(?:cohort|series|group)|evaluable|whom|them|these|those"
    r"|cultures?)(?![\w-])"
)
_NEARLY = (
    r"(?:(?:about|almost|nearly|roughly|around|some|approximately|(?:just |well |slightly )?(?:over|under)|more than|less than|fewer than"
    r"|close to|virtually|practically|only|barely) )"
)
_QUALITY = rf"(?!{WORD_NUMBER}|(?:in|of|for|with|at|on|by|after|who)\b)[A-Za-z][\w-]*"
#: Whom the share is taken of.
_OF_WHOM = rf"(?: of (?:the |these |those |our |all )?(?:{_QUALITY} ){{0,2}}?{_PEOPLE}| (?:the )?(?:{_QUALITY} )?{_PEOPLE})"
#: What they did, where they are not named.
_DID = (
    r"(?= (?:had|have|were|are|was|did|died|responded|improved|survived|relapsed|developed|achieved|attained|reached|showed|recovered"
    r"|remain\w*|experienced|suffered|required|needed|lived|engrafted|benefited|progressed|lost|gained|went|came|obtained|entered|also)\b)"
)
_SIZE = any_case(
    rf"\b{_NEARLY}?(?:(?:(?:a|one|the other) )?half|(?:a|one|two|three|four) (?:third|quarter|fifth)s?|(?:an?|{WORD_NUMBER}) "
    rf"(?:{_PEOPLE} )?(?:out of|in) (?:three|four|five|six|seven|eight|ten|fifteen|twenty)(?!-| (?:and|or|days|weeks|months|years)\b)"
    rf"|all (?:of them |patients |the patients |children |animals |mice )?but (?:{WORD_NUMBER}|\d{{1,3}}))(?P<whom>{_OF_WHOM})?"
)
_SOME = any_case(
    rf"\b(?:(?:(?:almost|nearly|virtually|practically) )?(?:all|every(?: single)?)|most|the (?:great |vast |large )?majority|many"
    rf"|a minority|several|a few|both(?= (?:of|had|were)\b))(?P<whom>{_OF_WHOM})?(?! (?:groups?|arms?|cohorts?|cases?)\b)"
)
#: A change by half, a comparison with half.
_NO_SHARE_BEFORE = any_case(r"\b(?:by|to|than|of|with) $")
_DOES = any_case(_DID)
_ALONE = any_case(rf"{_DID}|(?=[,.;)]| [(])")
_IN_BEFORE = any_case(r"\b(?:in|among|for) $")
_NO_SHARE_AFTER = any_case(r" (?:the|a|an|as|of|its|their|his|her|dose|year|month|way|that)\b|-")

#: "Two thirds (19/29)": the number says it.
_PRINTED_AFTER = re.compile(r" ?[(\[](?:n ?= ?)?\d")


def find_shares(text: str) -> Iterator[PrintedValue]:
    """Shares in words, those with a size before "all", "most" and "many" where they overlap."""
    sizes = [match for match in _SIZE.finditer(text) if _is_share(text, match)]
    yield from (PrintedValue(m.start(), m.end(), m.group(), ValueKind.SHARE) for m in sizes)
    for match in _SOME.finditer(text):
        is_free = all(match.end() <= size.start() or size.end() <= match.start() for size in sizes)
        if is_free and _is_share(text, match):
            yield PrintedValue(match.start(), match.end(), match.group(), ValueKind.SOME)


def _is_share(text: str, match: re.Match[str]) -> bool:
    """True where no number follows, and people are named, a verb or the end of the phrase follows, or "in" stands before."""
    if _PRINTED_AFTER.match(text, match.end()) is not None:
        return False
    if match["whom"] is not None:
        return True
    before = text[max(0, match.start() - 6) : match.start()]
    if _NO_SHARE_BEFORE.search(before) is not None or _NO_SHARE_AFTER.match(text, match.end()) is not None:
        return False
    if match.group().lower() == "all":  # "in all." is altogether
        return _DOES.match(text, match.end()) is not None
    return _ALONE.match(text, match.end()) is not None or _IN_BEFORE.search(before) is not None
