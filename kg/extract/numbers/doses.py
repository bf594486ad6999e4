"""Cell and drug doses, with cells per kg worked out.

In: text. Out: one ``PrintedDose`` per dose, in order. Flattened superscripts ("2x106/kg") are read as powers of ten and marked,
because nobody is given 212 cells per kg.
"""

import re
from dataclasses import dataclass

from kg.extract.numbers.numerals import MINUS, POWER_OF_TEN, TIMES, UNSIGNED, WORD_NUMBER, Printed, parse_count, parse_number
from kg.model import Dose


@dataclass(frozen=True, slots=True)
class PrintedDose(Printed):
    """A dose as printed; a range has ``high``."""

    value: float
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


_RANGE = rf"(?: ?(?:to|and|{MINUS}|~) ?)"
_PER_KG = r"(?: ?(?:/|per|·|⋅| \. )(?: ?(?:kg|kilogram)(?:-1|\^-1|⁻¹)?)| ?kg(?:-1|\^-1|\(-1\)|⁻¹))"
_CELLS = r"(?: ?(?:[A-Za-z0-9+^()-]+ ){0,3}?(?:[A-Za-z0-9+-]*(?:cells?|MSCs?|Tregs?|MNCs?|stem cells))(?:\([+-]\))?)"
_CELL_DOSE = re.compile(
    rf"(?:(?P<low>{UNSIGNED})(?: ?{TIMES} ?(?P<low_power>{POWER_OF_TEN}))?(?:{_RANGE}(?P<high>{UNSIGNED}))? ?(?:\((?:range:?,? )?[\d.\-–to ]+\) ?)?{TIMES} ?(?P<power>{POWER_OF_TEN})"
    rf"|(?P<lone>{POWER_OF_TEN})|(?P<count>{UNSIGNED}|{WORD_NUMBER})(?:{_RANGE}(?P<count_high>{UNSIGNED}|{WORD_NUMBER}))? (?P<scale>million|billion))"
    rf"(?P<cells>{_CELLS})?(?P<per_kg>{_PER_KG}(?![A-Za-z]))?(?: body ?weight)?",
    re.IGNORECASE,
)
_DRUG_DOSE = re.compile(
    rf"(?<![\w.])(?P<low>{UNSIGNED})(?:{_RANGE}(?P<high>{UNSIGNED}))? ?(?P<unit>(?:mg|g|µg|μg|mcg|ug|IU|U|mL|ml|Gy|cGy)(?: ?(?:/|per|·) ?(?:kg|m2|m²|m\^2|day|d|dose|24 h|12 h))*)(?![A-Za-z/])"
)
_SCALES = {"million": 1e6, "billion": 1e9}
_FLATTENED = re.compile(r"10 ?[3-9]")


def find_doses(text: str) -> tuple[PrintedDose, ...]:
    """Every dose in order."""
    found = [dose for match in _CELL_DOSE.finditer(text) if (dose := _cell_dose(match)) is not None]
    taken = [(dose.start, dose.end) for dose in found]
    for match in _DRUG_DOSE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            high = parse_number(match["high"]) if match["high"] else None
            found.append(
                PrintedDose(match.start(), match.end(), match.group(), parse_number(match["low"]), match["unit"].replace(" ", ""), high)
            )
    return tuple(sorted(found, key=lambda dose: dose.start))


def _cell_dose(match: re.Match[str]) -> PrintedDose | None:
    if match["per_kg"] is None and match["cells"] is None:
        return None
    unit = "cells/kg" if match["per_kg"] else "cells"
    low, high, printed_power = _amounts(match)
    is_flattened = printed_power is not None and _FLATTENED.fullmatch(printed_power) is not None
    return PrintedDose(match.start(), match.end(), match.group(), low, unit, high, is_flattened)


def _amounts(match: re.Match[str]) -> tuple[float, float | None, str | None]:
    if match["scale"]:
        scale = _SCALES[match["scale"].lower()]
        high = match["count_high"]
        return _amount(match["count"]) * scale, None if high is None else _amount(high) * scale, None
    if match["lone"]:
        return _power(match["lone"]), None, match["lone"]
    factor = _power(match["power"])
    low = parse_number(match["low"]) * (factor if match["low_power"] is None else _power(match["low_power"]))
    high = None if match["high"] is None else parse_number(match["high"]) * factor
    return low, high, match["power"]


def _amount(printed: str) -> float:
    count = parse_count(printed)
    return parse_number(printed) if count is None else float(count)


def _power(printed: str) -> float:
    return parse_number("1×" + printed)
