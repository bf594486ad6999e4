"""Phrases for graft-versus-host disease: "grade II to IV steroid-refractory aGVHD", "GVHD of the gut", "acute GVHD (grades 3-4)".

In: the words of a text. Out: one candidate for each mention of the disease with all that qualifies it. Refractoriness, grade, organ,
extent and severity combine freely, so that no list holds all phrases; the label is the most telling combination that the vocabulary has.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.candidates import Candidate, Reading
from kg.extract.matcher import TermMatcher
from kg.model import TermKind

_DISEASE = "graft-versus-host disease"
_HEADS = {"gvhd": "", "agvhd": "acute", "cgvhd": "chronic"}
_ACUITY = frozenset({"acute", "chronic"})
_STEROIDS = frozenset({"steroid", "corticosteroid", "glucocorticoid", "prednisone", "prednisolone", "methylprednisolone"})
_REFRACTORY = frozenset({"refractory", "resistant", "nonresponsive", "unresponsive"})
_GRADES = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "0": 0}
_ROMAN = ("0", "I", "II", "III", "IV")
_GRADE_NOUNS = frozenset({"grade", "stage", "graded"})
_GRADE_LINKS = frozenset({"to", "/", "and", "or", "through"})
_ORGANS = {
    "skin": "cutaneous", "cutaneous": "cutaneous", "lung": "pulmonary", "pulmonary": "pulmonary", "liver": "hepatic",
    "hepatic": "hepatic", "gut": "gastrointestinal", "gi": "gastrointestinal", "gastrointestinal": "gastrointestinal",
    "intestinal": "gastrointestinal", "bowel": "gastrointestinal", "eye": "ocular", "ocular": "ocular", "oral": "oral", "mouth": "oral",
}  # fmt: skip
_EXTENTS = {
    "extensive": "extensive chronic", "sclerotic": "sclerotic chronic", "sclerodermatous": "sclerotic chronic", "overlap": "overlap",
    "late": "late-onset acute", "severe": "severe", "moderate": "",
}  # fmt: skip
#: Words that may stand among the others and change nothing.
_FILLERS = frozenset(
    {"onset", "limited", "mild", "active", "overt", "clinical", "clinicl", "classic", "visceral", "systemic", "lower", "upper", "type"}
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    first: int
    last: int
    acuity: str = ""
    is_refractory: bool = False
    grades: tuple[int, ...] = ()
    organ: str = ""
    extent: str = ""
    is_moderate: bool = False


def gvhd_phrases(reading: Reading) -> Iterator[Candidate]:
    """Every mention of the disease with what qualifies it before and behind."""
    for at, word in enumerate(reading.words):
        head = _head(reading, at) if word.key in _HEADS or word.key == "graft" else None
        if head is not None:
            phrase = _behind(reading, _before(reading, head))
            yield reading.named(phrase.first, phrase.last, TermKind.CONDITION, _label(phrase, reading.matcher))


def _head(reading: Reading, at: int) -> _Phrase | None:
    key = reading.key(at)
    if key in _HEADS:
        return _Phrase(at, at + 1, acuity=_HEADS[key])
    if key != "graft":
        return None
    following = [key for key in reading.keys(at + 1, at + 6) if key != "."]
    if following[:3] == ["versus", "host", "disease"]:
        return _Phrase(at, at + 4 + (reading.key(at + 2) == "."))
    return None


def _before(reading: Reading, phrase: _Phrase) -> _Phrase:
    """The phrase grown to the left over words that qualify it."""
    while phrase.first > 0:
        grown = _grown(reading, phrase)
        if grown is None:
            return phrase
        phrase = grown
    return phrase


def _grown(reading: Reading, phrase: _Phrase) -> _Phrase | None:
    at = phrase.first - 1
    key = reading.key(at)
    if key == ")":  # "severe (grade III-IV) acute GVHD"
        inner = _grade_before(reading, at)
        is_closed = inner is not None and inner[0] > 0 and reading.key(inner[0] - 1) == "("
        return replace(phrase, first=inner[0] - 1, grades=inner[1]) if inner is not None and is_closed else None
    if key in _ACUITY:
        return replace(phrase, first=at, acuity=phrase.acuity or key)
    if key in _REFRACTORY or key in {"sr", "dependent"}:
        return _grown_by_response(reading, phrase, at)
    if key in _ORGANS:
        return replace(phrase, first=at, organ=_ORGANS[key])
    if key in _EXTENTS:
        return _grown_by_extent(reading, phrase, at)
    if key in _FILLERS:
        return replace(phrase, first=at)
    grades = _grade_before(reading, phrase.first)
    return replace(phrase, first=grades[0], grades=grades[1]) if grades is not None else None


def _grown_by_response(reading: Reading, phrase: _Phrase, at: int) -> _Phrase | None:
    """Take "steroid-refractory", and with "steroid-dependent" what it is joined to: "steroid-refractory or -dependent aGVHD"."""
    is_dependent = reading.key(at) == "dependent"
    first = at - (reading.key(at - 1) in _STEROIDS)
    joined = reading.key(first - 1) in {"or", "/", "and"} and reading.key(first - 2) in _REFRACTORY
    if is_dependent and not joined:
        return replace(phrase, first=first) if first < at else None
    return replace(phrase, first=first - 1 if is_dependent else first, is_refractory=not is_dependent)


def _grown_by_extent(reading: Reading, phrase: _Phrase, at: int) -> _Phrase:
    if reading.key(at) == "moderate":
        return replace(phrase, first=at, is_moderate=True)
    is_range = at > 1 and reading.key(at - 2) == "moderate" and reading.key(at - 1) in {"to", "/", "or", "and"}
    return replace(phrase, first=at - 2 if is_range else at, extent=_EXTENTS[reading.key(at)], is_moderate=is_range)


def _grade_before(reading: Reading, end: int) -> tuple[int, tuple[int, ...]] | None:
    """Where a grade that ends before word ``end`` starts, and its numbers: "II-IV", "grade 3 or 4", "stage II"."""
    at = end - 1
    if at < 0 or reading.key(at) not in _GRADES:
        return None
    numbers: tuple[int, ...] = (_GRADES[reading.key(at)],)
    at -= 1
    if at >= 1 and reading.key(at) in _GRADE_LINKS and reading.key(at - 1) in _GRADES:
        at -= 1
    if at >= 0 and reading.key(at) in _GRADES:
        numbers = (_GRADES[reading.key(at)], *numbers)
        at -= 1
    if at >= 0 and reading.key(at) in _GRADE_NOUNS:
        return at, numbers
    # without the noun only a printed range of Roman numerals is a grade: "4 acute GVHD cases" is a count
    is_roman_range = len(numbers) == 2 and reading.key(end - 1).isalpha()
    return (at + 1, numbers) if is_roman_range else None


def _behind(reading: Reading, phrase: _Phrase) -> _Phrase:
    """The phrase grown to the right over "of grades II-IV", "(grade III-IV)", "of the gut"."""
    at = phrase.last
    keys = reading.keys(at, at + 10)
    if keys[:1] == ["("] and reading.key(at + 1) in _HEADS and keys[2:3] == [")"] and "grade" in keys[3:5]:
        at, keys = at + 3, keys[3:]
    if keys[:2] == ["of", "the"] and reading.key(at + 2) in _ORGANS and not phrase.organ:
        return replace(phrase, last=at + 3, organ=_ORGANS[keys[2]])
    is_bracketed = keys[:1] == ["("]
    skipped = 1 if is_bracketed or keys[:1] == ["of"] else 0
    noun = keys[skipped : skipped + 1]
    if not noun or noun[0] not in _GRADE_NOUNS:
        return phrase
    for length in (4, 3, 2):
        end = at + skipped + length
        found = _grade_before(reading, end) if end <= len(reading.words) else None
        if found is not None and found[0] == at + skipped:
            has_close = is_bracketed and end < len(reading.words) and reading.key(end) == ")"
            return replace(phrase, last=end + has_close, grades=found[1]) if has_close or not is_bracketed else phrase
    return phrase


def _label(phrase: _Phrase, matcher: TermMatcher) -> str:
    """The most telling label that the vocabulary has; a grade is kept even if it has none."""
    base = f"{phrase.acuity} {_DISEASE}".strip()
    if phrase.is_refractory:
        return f"steroid-refractory {base}"
    if phrase.grades and phrase.acuity != "chronic":
        return f"grade {'-'.join(_ROMAN[grade] for grade in phrase.grades)} acute {_DISEASE}"
    options = [
        f"{phrase.organ} {_DISEASE}" if phrase.organ else "",
        f"moderate-to-severe {base}" if phrase.is_moderate and phrase.extent else "",
        f"{phrase.extent} {_DISEASE}" if phrase.extent not in ("", "severe") else "",
        f"severe {base}" if phrase.extent == "severe" else "",
    ]
    return next((label for label in options if label and matcher.concept_named(label) is not None), base)
