"""How papers print numbers: decimals with point or middle dot, thousands, powers of ten, words to ninety-nine.

Pattern strings here are parts of the patterns of the sibling modules; ``parse_number`` and ``parse_count`` read what they match.
"""

import re
from dataclasses import dataclass
from typing import Protocol


class HasSpan(Protocol):
    """Whatever covers a half-open range of the text."""

    @property
    def start(self) -> int:
        """First code point."""
        ...

    @property
    def end(self) -> int:
        """One past the last code point."""
        ...


@dataclass(frozen=True, slots=True)
class Printed:
    """A stretch of the text as printed; ``text`` equals the slice from ``start`` to ``end``."""

    start: int
    end: int
    text: str


#: Lancet journals print a middle dot for the decimal point; some XML has the bullet operators.
DECIMAL_POINT = "[.·•∙⋅‧]"
MINUS = "[-−–‐‑]"
_THOUSANDS = r"[1-9]\d{0,2}(?:,\d{3})+(?!\d)"
#: "0,05" with a decimal comma: only after a lone zero, elsewhere a comma is a thousands mark or a list.
_DECIMAL_COMMA = r"(?<![\d.,])0,\d{1,4}(?![\d,])"
UNSIGNED = rf"(?:{_THOUSANDS}(?:{DECIMAL_POINT}\d+)?|{_DECIMAL_COMMA}|\d+(?:{DECIMAL_POINT}\d+)?|{DECIMAL_POINT}\d+)"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
#: An exponent that shows as one: "10^6", "10(6)", "10⁶", "10e6", "10-9".
_MARKED = (
    rf"(?:\^ ?\{{?{MINUS}?\d{{1,2}}\}}?|\({MINUS}? ?\d{{1,2}}\)|[⁻⁺]?[{_SUPERSCRIPTS}]{{1,2}}|[eE]{MINUS}?\d{{1,2}}|{MINUS} ?\d{{1,2}})"
)
#: "106" for ten to the sixth, where the superscript was lost; only behind a times sign or before "/kg" is that a power.
_FLATTENED = rf"[3-9](?!\d|{DECIMAL_POINT}\d)"
_TIMES = "[×x✕*X]"
#: Middle dots are decimal points too, so behind one an exponent must show: "0·106" is a decimal.
_DOT = "[·∙⋅]"
POWER_OF_TEN = rf"10 ?(?:{_MARKED}|{_FLATTENED})"
_LONE_POWER_OF_TEN = rf"10 ?{_MARKED}"


def times_power_of_ten(name: str) -> str:
    """The pattern of a times sign and a power of ten, the power in a group of that name."""
    return rf"(?: ?{_TIMES} ?| ?{_DOT} ?(?={_LONE_POWER_OF_TEN}))(?P<{name}>{POWER_OF_TEN})"


SCIENTIFIC = (
    rf"(?:{UNSIGNED}(?: ?{_TIMES} ?{POWER_OF_TEN}| ?{_DOT} ?{_LONE_POWER_OF_TEN})|{_LONE_POWER_OF_TEN}|{UNSIGNED}[eE]{MINUS}\d{{1,3}})"
)

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_UNITS)},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
    **{
        f"{ten}{joint}{unit}": 10 * t + u
        for t, ten in enumerate(_TENS, start=2)
        for u, unit in enumerate(_UNITS[1:10], start=1)
        for joint in "- "
    },
}
#: Longest first, so that "twenty-four" is not read as "twenty"; for use before a hyphen ("two-year").
NUMBER_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
#: A number word that ends there.
WORD_NUMBER = rf"{NUMBER_WORD}(?![-\w])"

_TO_ASCII = str.maketrans(
    {**dict.fromkeys("·•∙⋅‧", "."), **dict.fromkeys("−–‐‑⁻", "-"), **{s: str(n) for n, s in enumerate(_SUPERSCRIPTS)}, "⁺": ""}
)
_COMMA_DECIMAL = re.compile(r"0,\d{1,4}")
_POWER = re.compile(
    rf"(?:(?P<factor>{UNSIGNED})(?: ?{_TIMES} ?| ?{_DOT} ?(?={_LONE_POWER_OF_TEN})))?10 ?(?P<exponent>{_MARKED}|{_FLATTENED})"
    rf"|(?P<mantissa>{UNSIGNED})[eE](?P<power>{MINUS}\d{{1,3}})"
)


def parse_number(printed: str) -> float:
    """The value of what ``UNSIGNED``, with or without a minus sign, or ``SCIENTIFIC`` matched.

    Raises:
        ValueError: the text is no number.
    """
    negative = printed[:1] in "-−–‐‑"
    plain = printed[1:].strip() if negative else printed
    value = _parse_unsigned(plain)
    return -value if negative else value


def parse_count(printed: str) -> int | None:
    """The whole number that digits or words print, None for anything else ("4.5", "many")."""
    word = WORDS.get(printed.lower())
    if word is not None:
        return word
    digits = printed.replace(",", "")
    return int(digits) if digits.isdecimal() else None


def parse_amount(printed: str) -> float:
    """The value of digits or words; a whole number in words may be up to ninety-nine.

    Raises:
        ValueError: the text is no number.
    """
    count = parse_count(printed)
    return parse_number(printed) if count is None else float(count)


def _parse_unsigned(printed: str) -> float:
    power = None if printed.isdecimal() else _POWER.fullmatch(printed)
    if power is not None:
        factor, exponent = power["factor"] or power["mantissa"] or "1", power["exponent"] or power["power"]
        return float(f"{_parse_unsigned(factor)}e{re.sub(r'[^-0-9]', '', exponent.translate(_TO_ASCII))}")
    plain = printed.translate(_TO_ASCII)
    return float(plain.replace(",", ".") if _COMMA_DECIMAL.fullmatch(plain) else plain.replace(",", ""))
