"""What a curator changes of a finding, as ``field=value``. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from kg.errors import CurationError
from kg.model import Direction, Effect, Finding, FindingKind, Measure, Outcome, PValue, Significance, TermKind
from kg.rdf.terms import duration
from kg.vocabulary import Vocabulary

_Closed = TypeVar("_Closed", bound=StrEnum)
#: What empties a field.
NOTHING = "none"

_MAY_BE_OUTCOMES = frozenset({TermKind.OUTCOME, TermKind.CONDITION, TermKind.BIOMARKER})
_P = re.compile(r"(?:[Pp]\s*)?(?P<operator><=|>=|[=<>≤≥])\s*(?P<value>0?\.\d+(?:[eE]-?\d+)?|[01](?:\.0*)?)")
_OPERATORS = {"≤": "<=", "≥": ">="}
_NUMBER = r"-?\d*\.?\d+"
_EFFECT = re.compile(
    rf"(?P<measure>[A-Za-z]+)\s*=?\s*(?P<value>{_NUMBER})(?:\s*\(\s*(?P<low>{_NUMBER})\s*(?:-|–|to|,)\s*(?P<high>{_NUMBER})\s*\))?"
)
_SIGNIFICANT = {Significance.SIGNIFICANT: True, Significance.NOT_SIGNIFICANT: False, Significance.NOT_STATED: None}


def parse_changes(stated: Sequence[str]) -> dict[str, str]:
    """``["direction=decreased"]`` as fields and values.

    Raises:
        CurationError: no equals sign, an unknown field, or a field stated twice.
    """
    changes: dict[str, str] = {}
    for each in stated:
        name, sign, value = (part.strip() for part in each.partition("="))
        if not sign or not value:
            raise CurationError(f"{each!r} is no correction", remedy="Write field=value, such as direction=decreased")
        if name not in FIELDS:
            raise CurationError(f"{name!r} is no field that can be corrected", remedy=f"Choose from {', '.join(FIELDS)}")
        if name in changes:
            raise CurationError(f"{name} is corrected twice", remedy="State each field once")
        changes[name] = value
    return changes


def stated(finding: Finding) -> dict[str, str]:
    """The value of each field that can be corrected, as a curator states it; empty where there is none."""
    return {
        "direction": finding.direction.value,
        "significance": next(each.value for each, is_so in _SIGNIFICANT.items() if is_so is finding.significant),
        "outcome": finding.outcome.label,
        "kind": finding.kind.value,
        "intervention": finding.intervention or "",
        "comparator": finding.comparator or "",
        "population": finding.population or "",
        "timepoint": finding.timepoint or "",
        "p": "" if finding.p is None else f"{finding.p.operator}{finding.p.value:g}",
        "effect": "" if finding.effect is None else _effect_stated(finding.effect),
    }


def find_changes(finding: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Fields whose wanted value is not the one ``stated``; one that was emptied becomes ``none``. Fields not named stay."""
    changed = {name: value.strip() for name, value in wanted.items() if name in FIELDS and value.strip() != finding[name]}
    return {name: value or NOTHING for name, value in changed.items()}


def correct(finding: Finding, changes: Mapping[str, str], vocabulary: Vocabulary) -> Finding:
    """The finding with other values of some fields; what it rested on is left out where that field is changed.

    Raises:
        CurationError: a value that the field does not take, or nothing changed.
    """
    updates: dict[str, object] = {}
    for name, value in changes.items():
        updates |= FIELDS[name](finding, value, vocabulary)
    corrected = finding.model_copy(update=updates)
    if corrected == finding:
        raise CurationError("the correction changes nothing", remedy="Accept the finding as it is, or state another value")
    return corrected


def _direction(_finding: Finding, value: str, _vocabulary: Vocabulary) -> dict[str, object]:
    return {"direction": _closed(Direction, value, "direction"), "cues": ()}


def _significance(_finding: Finding, value: str, _vocabulary: Vocabulary) -> dict[str, object]:
    return {"significant": _SIGNIFICANT[_closed(Significance, value, "significance")]}


def _kind(_finding: Finding, value: str, _vocabulary: Vocabulary) -> dict[str, object]:
    return {"kind": _closed(FindingKind, value, "kind")}


def _outcome(finding: Finding, value: str, vocabulary: Vocabulary) -> dict[str, object]:
    """A concept of the vocabulary by slug or label; the words in the text stay."""
    concept = vocabulary[value] if value in vocabulary else vocabulary.find(value, kind=TermKind.OUTCOME) or vocabulary.find(value)
    if concept is None or concept.kind not in _MAY_BE_OUTCOMES:
        remedy = "Name it by a label or slug; kg vocabulary search finds them"
        raise CurationError(f"{value!r} is no outcome of the vocabulary", record="outcome", remedy=remedy)
    words = finding.outcome.model_dump(include={"start", "end", "text"})
    return {"outcome": Outcome(**words, label=concept.label, concept=concept.slug)}


def _text(name: str) -> Callable[[Finding, str, Vocabulary], dict[str, object]]:
    def change(_finding: Finding, value: str, _vocabulary: Vocabulary) -> dict[str, object]:
        return {name: None if value.casefold() == NOTHING else value}

    return change


def _side(name: str) -> Callable[[Finding, str, Vocabulary], dict[str, object]]:
    """A side by another name: the arm and the concepts of the old name go with it."""

    def change(_finding: Finding, value: str, vocabulary: Vocabulary) -> dict[str, object]:
        label = None if value.casefold() == NOTHING else value
        found = None if label is None else vocabulary.find(label)
        return {name: label, f"{name}_arm": None, f"{name}_concepts": () if found is None else (found.slug,)}

    return change


def _timepoint(_finding: Finding, value: str, _vocabulary: Vocabulary) -> dict[str, object]:
    if value.casefold() == NOTHING:
        return {"timepoint": None}
    found = duration(value)
    if found is None or not found.datatype.value.endswith("duration"):
        raise CurationError(f"{value!r} is no ISO 8601 duration", record="timepoint", remedy="Write P28D for 28 days, P2Y for two years")
    return {"timepoint": found.value}


def _p(_finding: Finding, value: str, _vocabulary: Vocabulary) -> dict[str, object]:
    if value.casefold() == NOTHING:
        return {"p": None}
    found = _P.fullmatch(value)
    if found is None:
        raise CurationError(f"{value!r} is no P value", record="p", remedy='Write it with its sign: "p==0.03", "p=<0.001"')
    operator = _OPERATORS.get(found["operator"], found["operator"])
    return {"p": PValue(operator=operator, value=float(found["value"]), text=value)}


def _effect(_finding: Finding, value: str, _vocabulary: Vocabulary) -> dict[str, object]:
    if value.casefold() == NOTHING:
        return {"effect": None}
    found = _EFFECT.fullmatch(value)
    if found is None:
        raise CurationError(f"{value!r} is no effect estimate", record="effect", remedy="Write HR 0.55 or HR 0.55 (0.36-0.84)")
    low, high = (None if found[name] is None else float(found[name]) for name in ("low", "high"))
    measure = next((each for each in Measure if each.casefold() == found["measure"].casefold()), None)
    if measure is None:
        raise CurationError(f"{found['measure']!r} is no effect measure", record="effect", remedy=f"Choose from {', '.join(Measure)}")
    return {"effect": Effect(measure=measure, value=float(found["value"]), ci_low=low, ci_high=high, text=value)}


def _effect_stated(effect: Effect) -> str:
    limits = "" if effect.ci_low is None or effect.ci_high is None else f" ({effect.ci_low:g}-{effect.ci_high:g})"
    return f"{effect.measure} {effect.value:g}{limits}"


def _closed(values: type[_Closed], value: str, name: str) -> _Closed:
    wanted = value.casefold().replace(" ", "_").replace("-", "_")
    found = next((each for each in values if each.value == wanted), None)
    if found is None:
        raise CurationError(f"{value!r} is no {name}", record=name, remedy=f"Choose from {', '.join(values)}")
    return found


#: What can be corrected, and what a value of it changes.
FIELDS: Mapping[str, Callable[[Finding, str, Vocabulary], dict[str, object]]] = {
    "direction": _direction,
    "significance": _significance,
    "outcome": _outcome,
    "kind": _kind,
    "intervention": _side("intervention"),
    "comparator": _side("comparator"),
    "population": _text("population"),
    "timepoint": _timepoint,
    "p": _p,
    "effect": _effect,
}
