"""The spellings by which results call one side of a comparison.

In: the words that only one side has, and those of the other. Out: names in lower case. Doses are called by size ("the lower
dose"), number words by their adjectives ("double-unit" for "two units"), long forms by the short form that the text defines.
"""

import re
from collections.abc import Iterator, Sequence

from kg.extract.any_case import lowered

_LOW, _HIGH = ("low", "lower", "smaller", "reduced"), ("high", "higher", "larger", "greater", "full")
_TIMES = {
    "one": ("one", "single"),
    "two": ("two", "double"),
    "three": ("three", "triple"),
    "single": ("single", "one"),
    "double": ("double", "two"),
}
#: What a phrase says of how its things were given, and no thing itself.
NO_NAMES = frozenset(
    {
        "only", "plus", "as", "well", "also", "addition", "was", "were", "used", "given", "infused", "injected", "chosen", "no", "none",
        "not", "along", "later", "took", "started", "randomization", "drug", "drugs", "care", "one", "so", "without", "together", "added",
        "on", "top", "by", "itself", "too", "day", "days", "from", "into", "at", "begun",
    }
)  # fmt: skip
_AMOUNT = re.compile(r"^\d[\d.,]*$")
#: "2 mg/kg", "1 × 10^6 cells/kg".
_DOSE = re.compile(r"(?<![\w.])(?P<number>\d+(?:\.\d+)?) ?(?:[×x] ?10 ?\^?(?P<power>\d+)|(?:mg|g|µg|μg|Gy|million)\b)")
_AMOUNTS = {"one": 1, "single": 1, "once": 1, "two": 2, "double": 2, "twice": 2, "three": 3, "triple": 3, "thrice": 3, "four": 4}
#: "|to two| (group II", "(n = 18) |had one infusion|".
_HOW_OFTEN = re.compile(
    r"(?: \([^()]*\))?[ ,:]*(?:(?:or|and|to|either|had|got|a|received|were|was|given) )*"
    r"(one|single|once|two|double|twice|three|triple|thrice|four)\b(?! (?:hundred|of)\b)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"^(?:m|µ|μ)?g(?:/\S+)?$|^(?:million|units?|gy|cgy)$", re.IGNORECASE)


def spellings(words: Sequence[str], other: Sequence[str], text: str) -> tuple[str, ...]:
    """Names of the side; ``other`` are the words of the other side, which may print a unit for both."""
    if _AMOUNT.match(words[0]) and _AMOUNT.match(other[0]):
        return tuple(_of_amount(words, other, text))
    if words[0] in _TIMES and other[0] in _TIMES:
        nouns = ("unit", "units", "dose", "infusion", "infusions", "injection")
        return tuple(dict.fromkeys(name for time in _TIMES[words[0]] for name in (*(f"{time} {noun}" for noun in nouns), time)))
    head, _, rest = words[0].partition("-")
    sizes = _LOW if head in _LOW else _HIGH if head in _HIGH else ()
    if sizes and (rest == "dose" or words[1:2] == ["dose"] or not rest):
        return tuple(name for size in sizes for name in (f"{size} dose", size))
    return (" ".join(words),)


def amount_of(words: str) -> float | None:
    """The first dose in some words, None without one; the two doses of a comparison are printed in one unit."""
    match = _DOSE.search(words)
    if match is not None:
        return float(match["number"]) * 10.0 ** int(match["power"] or 0)
    times = _HOW_OFTEN.match(words)
    return None if times is None else float(_AMOUNTS[times[1].lower()])


def short_forms(name: str, text: str) -> Iterator[str]:
    """Short forms of a name in lower case: defined right behind it, its initials, or its clipped first word.

    As in "matched sibling donor (MSD)", "MSD" for "matched sibling" and "haplo" for "haploidentical".
    """
    parts = re.split(r"[- ]", name)
    spelled = r"[- ]".join(re.escape(part) for part in parts)
    behind = (
        rf"(?<![\w-]){spelled}s?(?: \((?P<own>[A-Za-z][\w/+-]{{1,7}})|(?: [\w-]+){{0,2}}? \((?P<short>{name[0]}[\w/+-]{{1,14}}))(?=[),;])"
    )
    for match in re.finditer(behind, text, re.IGNORECASE):
        yield (match["own"] or match["short"]).lower().removesuffix("s")
    initials = "".join(part[0] for part in parts).upper()
    if len(parts) > 1 and initials in text and all(len(part) > 3 for part in parts):
        yield from dict.fromkeys(m.group().lower() for m in re.finditer(rf"(?<![\w-]){initials}[DT]?(?![\w-])", text))
    clipped = parts[0][:5]
    if len(parts[0]) > 8 and clipped in lowered(text) and re.search(rf"(?<![\w-]){clipped}(?![\w-])", text, re.IGNORECASE):
        yield clipped


def _of_amount(words: Sequence[str], other: Sequence[str], text: str) -> Iterator[str]:
    units = [word for word in (*words[1:], *other[1:]) if _UNIT.match(word)]
    if units:
        yield f"{words[0]} {units[0]}"
        other_form = words[0].removesuffix(".0") if words[0].endswith(".0") else f"{words[0]}.0"
        if f"{other_form} {units[0]}" in text:
            yield f"{other_form} {units[0]}"
    yield from dict.fromkeys(m.group().lower() for m in re.finditer(rf"(?<![\w-])[A-Za-z]{{2,}}-{re.escape(words[0])}(?![\w.])", text))
    yield from (name for size in (_LOW if _amount(words[0]) < _amount(other[0]) else _HIGH) for name in (f"{size} dose", size))


def _amount(word: str) -> float:
    return float(word.replace(",", ""))
