"""How a trial was run: phase, allocation, blinding, centres, registrations.

In: material. Out: values with where they stand; the study's own sentences come first, then the title, then a citation line.
"""

import re
from dataclasses import dataclass

from kg.extract.facts.clinical_design import find_randomization
from kg.extract.facts.material import Hit, Material
from kg.extract.facts.wording import Wording, wording
from kg.extract.numbers.numerals import WORD_NUMBER, parse_count
from kg.model import Blinding, Design, Fact, Origin, Phase, SectionLabel

_STEP = r"(?:[1-4]|IV|I{1,3})"
_PHASE = wording(
    "phase",
    rf"\bphases? ?(?P<first>{_STEP})[ab]?(?: ?(?:/|-|–|and|to) ?(?P<second>{_STEP})[ab]?)?(?![\w.]\w)(?! of (?:the )?(?:disease"
    rf"|culture))",
)
_ARABIC = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_BLINDING: tuple[tuple[Blinding, Wording], ...] = (
    (Blinding.TRIPLE_BLIND, wording("blind|mask|open", r"\btriple[- ](?:blind(?:ed)?|masked)\b")),
    (Blinding.DOUBLE_BLIND, wording("blind|mask|open", r"\bdouble[- ](?:blind(?:ed)?|masked)\b")),
    (
        Blinding.SINGLE_BLIND,
        wording("blind|mask", r"\b(?:single[- ](?:blind(?:ed)?|masked)|(?:assessor|observer|evaluator|patient)[- ]blind(?:ed)?)\b"),
    ),
    (Blinding.OPEN_LABEL, wording("blind|mask|open", r"\b(?:open[- ]label(?:l?ed)?|unblinded|unmasked)\b")),
)
_MULTICENTER = wording(
    "multi|international",
    r"\b(?:multi-?(?: ?)cent(?:er|re|ric)|multi-?institution\w*|multinational|international (?:\w+ )?(?:trial|study))",
)
_SINGLE_CENTER = wording(
    "single|one|mono",
    r"\b(?:single|one)[- ](?:cent(?:er|re)|institution)\b|\bmono-?cent(?:er|re|ric)\b",
)
_CENTERS = wording(
    "centers|centres|hospitals|sites|institutions",
    rf"\b(?P<number>\d{{1,3}}|{WORD_NUMBER}) (?:\w+ )?(?:(?:transplant(?:ation)?|study|clinical|medical|participating|European|Chinese|US"
    rf"|tertiary|academic) ){{0,2}}(?:cent(?:er|re)s|hospitals|sites|institutions)\b",
)
_REGISTRATION = wording(
    "nct|isrctn|chictr|eudract|umin|actrn|irct|ctri|drks|jprn|japic|kct|ntr|prospero|crd",
    r"\b(?:NCT ?\d{8}|ISRCTN ?\d{8}|ChiCTR[-\w]*\d{6,}|EudraCT(?: (?:number|no\.?|nr\.?))?[ :#]*\d{4}-\d{6}-\d{2}"
    r"|(?<=EudraCT )\d{4}-\d{6}-\d{2}|UMIN ?\d{9}|ACTRN\d{14}|IRCT\w{10,}|CTRI/\d{4}/\d+/\d+|DRKS\d{8}|JPRN-\w+"
    r"|JapicCTI-\d+|KCT\d{7}|NTR ?\d{3,4}|PROSPERO[ :]*(?:\w+ )?CRD ?\d+|CRD ?\d{11,})\b",
    heeds_case=True,
)
_WITHOUT_NAME = re.compile(r"^(?:EudraCT(?: (?:number|no\.?|nr\.?))?|PROSPERO(?: \w+(?= CRD))?)[ :#]*")
_ALL = frozenset(SectionLabel)


@dataclass(frozen=True)
class Conduct:
    """What a text says of how the trial was run."""

    phase: Phase | None = None
    is_randomized: bool | None = None
    blinding: Blinding | None = None
    is_multicenter: bool | None = None
    n_centers: int | None = None
    registrations: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


_NO_TRIAL = frozenset(
    {Design.RETROSPECTIVE_COHORT, Design.CASE_SERIES, Design.META_ANALYSIS, Design.REVIEW, Design.IN_VITRO, Design.IN_VIVO_PRECLINICAL}
)


def find_conduct(material: Material, *, design: Design | None) -> Conduct:
    """Phase, allocation, blinding, centres and registrations."""
    facts: list[Fact] = []
    return Conduct(
        phase=_phase(material, facts, design),
        is_randomized=_allocation(material, facts, design),
        blinding=_blinding(material, facts),
        is_multicenter=_multicenter(material, facts),
        n_centers=_centers(material, facts),
        registrations=_registrations(material, facts),
        facts=tuple(facts),
    )


def _phase(material: Material, facts: list[Fact], design: Design | None) -> Phase | None:
    """As told of the study; in the background only where the study is a trial, elsewhere that is the trial of others."""
    elsewhere = None if design in _NO_TRIAL else next(material.in_sentences(_PHASE, roles=_ALL), None)
    for hit in (material.first(_PHASE), elsewhere):
        if hit is not None:
            steps = [_ARABIC.get(step.upper(), step) for step in (hit.match["first"], hit.match["second"]) if step is not None]
            name = "/".join(dict.fromkeys(steps))
            if name in {phase.value for phase in Phase}:
                facts.append(hit.fact("phase", "phase-printed"))
                return Phase(name)
    return None


def _allocation(material: Material, facts: list[Fact], design: Design | None) -> bool | None:
    hit = find_randomization(material)
    if hit is not None and design in (Design.RCT, Design.PROTOCOL, None):
        facts.append(hit.fact("is_randomized", "allocated-at-random"))
        return True
    if design is Design.RCT:
        facts.append(Fact(field="is_randomized", origin=Origin.METADATA, rule="follows-from-design"))
        return True
    return (
        False if design in (Design.SINGLE_ARM, Design.NONRANDOMIZED_CONTROLLED, Design.RETROSPECTIVE_COHORT, Design.CASE_SERIES) else None
    )


def _blinding(material: Material, facts: list[Fact]) -> Blinding | None:
    for blinding, pattern in _BLINDING:
        hit = material.first(pattern)
        if hit is not None:
            facts.append(hit.fact("blinding", "blinding-printed"))
            return blinding
    return None


def _multicenter(material: Material, facts: list[Fact]) -> bool | None:
    for pattern, is_multicenter in ((_MULTICENTER, True), (_SINGLE_CENTER, False)):
        hit = material.first(pattern)
        if hit is not None:
            facts.append(hit.fact("is_multicenter", "centers-named"))
            return is_multicenter
    hit = _center_count(material)
    if hit is None or parse_count(hit.match["number"]) in (None, 0, 1):
        return None
    facts.append(hit.fact("is_multicenter", "centers-counted"))
    return True


def _center_count(material: Material) -> Hit | None:
    return material.first(_CENTERS)


def _centers(material: Material, facts: list[Fact]) -> int | None:
    hit = _center_count(material)
    if hit is None:
        return None
    facts.append(hit.fact("n_centers", "centers-counted"))
    return parse_count(hit.match["number"])


def _registrations(material: Material, facts: list[Fact]) -> tuple[str, ...]:
    """As printed, in order; those of the record that the text does not print come last."""
    found: list[str] = []
    hits = [*material.in_sentences(_REGISTRATION, roles=_ALL), *material.in_title(_REGISTRATION), *material.in_citation(_REGISTRATION)]
    for hit in hits:
        number = _WITHOUT_NAME.sub("", hit.match.group())
        if number not in found:
            found.append(number)
            facts.append(hit.fact("registrations", "registration-printed"))
    for registration in material.paper.registrations:
        if registration.number not in found:
            found.append(registration.number)
            facts.append(Fact(field="registrations", origin=Origin.METADATA, text=registration.number, rule="record"))
    return tuple(found)
