"""Cell and drug doses, with cells per kg worked out.

In: text. Out: one ``PrintedDose`` per dose, in order. Flattened superscripts ("2x106/kg") are read as powers of ten and marked,
because nobody is given 212 cells per kg.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.numbers.numerals import MINUS, POWER_OF_TEN, UNSIGNED, WORD_NUMBER, Printed, parse_amount, parse_number, times_power_of_ten
from kg.model import Dose


@dataclass(frozen=True, slots=True)
class PrintedDose(Printed):
    """A dose as printed; a range has ``high``."""

    value: float
    #: "cells/kg", "cells", or the drug's unit as printed without spaces: "mg/kg/day".
    unit: str
    high: float | None = None
    #: True where the exponent was printed as plain digits and read as an exponent.
    is_flattened: bool = False

    @property
    def is_cell_dose(self) -> bool:
        """True for a number of cells, per kg or fixed."""
        return self.unit.startswith("cells")

    def to_model(self) -> Dose:
        """The record for a study."""
        per_kg = self.unit == "cells/kg"
        return Dose(
            text=self.text,
            value=self.value,
            unit=self.unit,
            cells_per_kg=self.value if per_kg else None,
            cells_per_kg_high=self.high if per_kg else None,
            start=self.start,
            end=self.end,
        )


_SCALES = {"million": 1e6, "billion": 1e9}
_TO = rf"(?: ?(?:to|and|{MINUS}|~) ?)"
_ASIDE = r"(?:[\[(](?:range|IQR)?[:,]? ?[\d.·]+ ?(?:-|–|to) ?[\d.·]+[\])] ?)?"
_PER_KG = r"(?: ?(?:/|per|·|⋅|\.)? ?(?:kg|kilogram)(?:\^?-1|\(-1\)|⁻¹)?(?![A-Za-z]))"
_CELLS = r"(?: ?(?:[A-Za-z0-9+^()-]+ ){0,3}?[A-Za-z0-9+-]*(?:cells?|MSCs?|Tregs?|MNCs?)(?:\([+-]\))?(?![A-Za-z]))"
_CELL_DOSE = any_case(
    rf"(?:(?P<low>{UNSIGNED})(?:{times_power_of_ten('low_power')})?(?:{_TO}(?P<high>{UNSIGNED}))? ?{_ASIDE}{times_power_of_ten('power')}"
    rf"|(?P<lone>{POWER_OF_TEN})"
    rf"|(?P<count>{UNSIGNED}|{WORD_NUMBER})(?:{_TO}(?P<count_high>{UNSIGNED}|{WORD_NUMBER}))? (?P<scale>million|billion))"
    rf"(?P<cells>{_CELLS})?(?P<per_kg>{_PER_KG})?",
)
#: Where a cell dose may be: a power of ten or a scale word. Looking for these first spares the long pattern nearly everywhere.
_ANCHOR = re.compile(rf"{POWER_OF_TEN}|[mb]illion")
_DRUG_DOSE = re.compile(
    rf"(?<![\w.±])(?P<low>{UNSIGNED})(?:{_TO}(?P<high>{UNSIGNED}))?[ -]?(?P<unit>(?:mg|g|µg|μg|mcg|ug|ng|IU|U|Gy|cGy)(?: ?(?:/|per|"
    rf"·) ?(?:[kK]g|m2|m²|m\^2|day|d|dose|24 h|12 h|h))*)"
    rf"(?![A-Za-z/]| ?±| (?:vs|versus|compared)|\)| ?/ ?(?:d?[lL]|mL))"
)
_FLATTENED = re.compile(r"10 ?[3-9]")
#: How far before its power of ten a dose may begin ("5.3 (range 2.0-13.5) × 10^8/kg"), and how far it may go on after.
_REACH_BEFORE, _REACH_AFTER = 45, 60


def find_doses(text: str) -> tuple[PrintedDose, ...]:
    """Every dose in order; cell doses go before drug doses where both could be read."""
    found = list(_cell_doses(text))
    for match in _DRUG_DOSE.finditer(text):
        if not any(dose.start < match.end() and match.start() < dose.end for dose in found):
            high = parse_number(match["high"]) if match["high"] else None
            found.append(
                PrintedDose(match.start(), match.end(), match.group(), parse_number(match["low"]), match["unit"].replace(" ", ""), high)
            )
    return tuple(sorted(found, key=lambda dose: dose.start))


def _cell_doses(text: str) -> Iterator[PrintedDose]:
    done = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() < done:
            continue
        begin = max(done, anchor.start() - _REACH_BEFORE)
        match = _last_reaching(text, begin, anchor)
        if match is None or (match["per_kg"] is None and match["cells"] is None):
            continue
        low, high, power = _amounts(match)
        is_flattened = power is not None and _FLATTENED.fullmatch(power) is not None
        if low < 1 or (is_flattened and match["lone"] and match["per_kg"] is None):
            continue
        yield PrintedDose(match.start(), match.end(), match.group(), low, "cells/kg" if match["per_kg"] else "cells", high, is_flattened)
        done = match.end()


def _last_reaching(text: str, begin: int, anchor: re.Match[str]) -> re.Match[str] | None:
    """The first dose pattern from ``begin`` on that covers the anchor."""
    for match in _CELL_DOSE.finditer(text, begin, min(len(text), anchor.end() + _REACH_AFTER)):
        if match.end() >= anchor.end():
            return match if match.start() <= anchor.start() else None
    return None


def _amounts(match: re.Match[str]) -> tuple[float, float | None, str | None]:
    """Low, high and the power of ten as printed."""
    if match["scale"]:
        scale, high = _SCALES[match["scale"].lower()], match["count_high"]
        return parse_amount(match["count"]) * scale, None if high is None else parse_amount(high) * scale, None
    if match["lone"]:
        return _power(match["lone"]), None, match["lone"]
    factor = _power(match["power"])
    low = parse_number(match["low"]) * (factor if match["low_power"] is None else _power(match["low_power"]))
    return low, None if match["high"] is None else parse_number(match["high"]) * factor, match["power"]


def _power(printed: str) -> float:
    return parse_number("1×" + printed)
