"""P values in every printed form, lists that share one "P" included.

In: text. Out: one ``PrintedP`` per value, in order. "NS" has no number: its value is None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.numbers.numerals import DECIMAL_POINT, SCIENTIFIC, UNSIGNED, Printed, parse_number
from kg.model import PValue

#: The level below which a difference counts as significant.
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class PrintedP(Printed):
    """A printed P value.

    ``position`` and ``size`` place it in a shared list ("P = .64, .19 and .33"): 0 of 1 for one that stands alone.
    """

    #: One of = < > <= >=.
    operator: str
    #: None for "NS".
    value: float | None
    #: "all" or "both" where one P speaks for several comparisons; "trend", "interaction", "heterogeneity"; "threshold" where the text
    #: only says which P counts as significant.
    scope: str | None = None
    position: int = 0
    size: int = 1

    @property
    def is_significant(self) -> bool | None:
        """True below .05, False from .05 up and for NS; None where the print does not tell (P = .05, P < .1)."""
        if self.value is None:
            return False
        if self.operator in ("<", "<="):
            return True if self.value <= ALPHA else None
        if self.operator in (">", ">="):
            return False if self.value >= ALPHA else None
        return None if self.value == ALPHA else self.value < ALPHA

    def to_model(self) -> PValue | None:
        """The record for a finding; None where no number is printed."""
        if self.value is None:
            return None
        return PValue(operator=self.operator, value=self.value, text=self.text, start=self.start, end=self.end)


_OPERATORS = {
    "=": "=", "<": "<", ">": ">", "≤": "<=", "≦": "<=", "⩽": "<=", "<=": "<=", "=<": "<=", "≥": ">=", "≧": ">=", "⩾": ">=", ">=": ">=",
    "=>": ">=", "<<": "<", "less than": "<", "below": "<", "under": "<", "greater than": ">", "more than": ">", "above": ">",
}  # fmt: skip
_SYMBOL = "<=|>=|=<|=>|<<|[=<>≤≦⩽≥≧⩾]"
_NUMBER = f"(?:{SCIENTIFIC}|{UNSIGNED})"
_NOT_SIGNIFICANT = r"(?:n\.s\.?|N\.S\.?|NS|ns|not significant|nonsignificant|non-significant)(?!\w)"
_P = re.compile(
    r"(?<![\w/%^-])(?:(?P<scope>all|both|each|every|any) (?:the )?)?(?:(?:log-?rank|two-sided|one-sided|2-sided|1-sided|adjusted|"
    r"corrected) )?"
    r"[Pp](?:[- ]?[Vv]alues?|s)?"
    r"(?:[-_ ]?\(?(?:for |of )?(?:the )?(?P<kind>trend|interaction|heterogeneity|difference|log-?rank|overall)\)?)?"
    rf"(?:\s?(?P<symbol>{_SYMBOL})\s?|,? (?:values? )?(?:of|was|were|is|being|are|:)\s(?:(?P<word>less than|below|under|"
    rf"greater than|more than|above|{_SYMBOL}) ?)?|\s?:\s?|\s(?=0?{DECIMAL_POINT}\d))"
    rf"(?:(?P<number>{_NUMBER})(?![\d%]|{DECIMAL_POINT}\d|\s?%)|(?P<ns>{_NOT_SIGNIFICANT}))"
)
#: Further values that share the "P": they must look like probabilities, so that "P = .02, 3 patients" stays one.
_FURTHER = re.compile(
    rf"(?P<joint>,? and |, |; |/| and, )(?:[Pp]\s?)?(?P<symbol>{_SYMBOL})?\s?(?P<number>(?:0?{DECIMAL_POINT}\d+|"
    rf"1{DECIMAL_POINT}0+))(?![\d%]|{DECIMAL_POINT}?\d| ?%| ?{SCIENTIFIC[:0]}[-–] ?[\d.])"
)
_THRESHOLD = any_case(r"(?:consider|regard|defin|set |deem|level|threshold|accept|significan(?:t|ce) (?:at|if|when))[^.;()]{0,60}$")
_THRESHOLD_AFTER = any_case(r"\s?(?:was|were|is|being) (?:considered|regarded|taken|deemed|accepted|defined|set|used)")


def find_p_values(text: str) -> tuple[PrintedP, ...]:
    """Every printed P value in order."""
    return tuple(found for match in _P.finditer(text) for found in _read(text, match))


def _read(text: str, match: re.Match[str]) -> Iterator[PrintedP]:
    operator = _OPERATORS[match["symbol"] or match["word"] or "="]
    scope = _scope(text, match)
    if match["ns"] is not None:
        yield PrintedP(match.start(), match.end(), match.group(), operator, None, scope)
        return
    value = parse_number(match["number"])
    if value > 1:
        return
    further = _further(text, match.end())
    yield PrintedP(match.start(), match.end(), match.group(), operator, value, scope, 0, len(further) + 1)
    for position, more in enumerate(further, start=1):
        if more["symbol"] is not None:
            operator = _OPERATORS[more["symbol"]]
        start = more.start("number") if more["symbol"] is None else more.start("symbol")
        yield PrintedP(
            start, more.end(), text[start : more.end()], operator, parse_number(more["number"]), scope, position, len(further) + 1
        )


def _further(text: str, end: int) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    while (match := _FURTHER.match(text, end)) is not None:
        found.append(match)
        end = match.end()
    return found


def _scope(text: str, match: re.Match[str]) -> str | None:
    before = text[max(0, match.start() - 80) : match.start()]
    if _THRESHOLD.search(before) is not None or _THRESHOLD_AFTER.match(text, match.end()) is not None:
        return "threshold"
    kind = match["kind"]
    if kind is not None and kind.lower() in ("trend", "interaction", "heterogeneity"):
        return kind.lower()
    return match["scope"]
