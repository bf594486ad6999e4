"""What the model quoted, held against the text: a finding, or nothing, and what had to be dropped.

In: one quoted finding and what the rules know of the paper. Out: ``Grounded``. Evidence and outcome must stand in the text, or the
finding goes; any other quote that does not stand where it must goes alone. A printed P value or interval overrules what the model
says of significance, and without significance nothing is increased or decreased.
"""

from dataclasses import dataclass

from kg.extract.llm.printed import Material, Printed, read_printed
from kg.extract.llm.quotes import find_quote
from kg.extract.llm.reply import QuotedFinding
from kg.extract.numbers.values import PrintedValue
from kg.model import Direction, Finding, Outcome, Quote, Significance, Span, TermKind, Values
from kg.vocabulary import Concept

#: The engine says nothing of its confidence until somebody has scored it; 1 would be a claim.
UNMEASURED = 0.5
#: Evidence is one sentence, or two where the sense needs it; a quote of everything proves nothing.
_MOST_SENTENCES = 2
_MEASURED = (TermKind.CONDITION, TermKind.BIOMARKER, TermKind.CELL_TYPE, TermKind.PROCEDURE, TermKind.DRUG)
_GIVEN = (TermKind.CELL_TYPE, TermKind.DRUG, TermKind.PROCEDURE, TermKind.TRANSPLANT)
_SAID = {Significance.SIGNIFICANT: True, Significance.NOT_SIGNIFICANT: False, Significance.NOT_STATED: None}


@dataclass(frozen=True, slots=True)
class Grounded:
    """A finding that the text bears out, or None, with counts of what it does not."""

    finding: Finding | None
    #: Quotes that are not where they must be in the text; a finding that is gone counts as one.
    dropped_quotes: int = 0
    #: Quotes of numbers that hold no number of their kind, or several.
    unread_numbers: int = 0


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison, as a finding names it."""

    label: str | None = None
    concepts: tuple[str, ...] = ()
    arm: int | None = None


def ground(quoted: QuotedFinding, material: Material) -> Grounded:
    """Hold one finding against the text."""
    place = _place(quoted, material)
    if place is None:
        return Grounded(None, dropped_quotes=1)
    evidence, outcome = place
    printed = read_printed(quoted, evidence, material)
    return Grounded(
        _finding(quoted, evidence, _outcome(outcome, quoted.outcome_name, material), printed, material),
        dropped_quotes=sum(each.is_dropped for each in printed.lookups),
        unread_numbers=sum(each.is_unread for each in printed.lookups),
    )


def _place(quoted: QuotedFinding, material: Material) -> tuple[Span, Quote] | None:
    """The evidence, widened to whole sentences, and the outcome in it."""
    for quote in find_quote(material.text, quoted.evidence_quote, within=material.whole):
        sentences = [each for each in material.sentences if each.start < quote.end and quote.start < each.end]
        if 1 <= len(sentences) <= _MOST_SENTENCES:
            evidence = Span(start=sentences[0].start, end=sentences[-1].end)
            outcomes = find_quote(material.text, quoted.outcome_quote, within=evidence)
            if outcomes:
                return evidence, outcomes[0]
    return None


def _finding(quoted: QuotedFinding, evidence: Span, outcome: Outcome, printed: Printed, material: Material) -> Finding:
    intervention, comparator = _sides(printed, material)
    significant, rules = _significance(quoted, printed)
    direction = quoted.direction
    if significant is False and direction in (Direction.INCREASED, Direction.DECREASED):
        direction, rules = Direction.NO_DIFFERENCE, (*rules, "no direction without significance")
    effect, p, timepoint = printed.effect.found, printed.p.found, printed.timepoint.found
    return Finding(
        kind=quoted.kind,
        outcome=outcome,
        direction=direction,
        significant=significant,
        intervention=intervention.label,
        comparator=comparator.label,
        intervention_concepts=intervention.concepts,
        comparator_concepts=comparator.concepts,
        intervention_arm=intervention.arm,
        comparator_arm=comparator.arm,
        population=None if printed.population.found is None else printed.population.found.text,
        values=_values(printed.intervention_value.found, printed.comparator_value.found),
        effect=None if effect is None else effect.to_model(),
        p=None if p is None else p.to_model(),
        timepoint=None if timepoint is None else timepoint.iso,
        evidence=evidence,
        confidence=UNMEASURED,
        rules=("llm", *rules),
        cues=() if printed.cue.found is None else (printed.cue.found,),
    )


def _outcome(quote: Quote, name: str, material: Material) -> Outcome:
    """The outcome under its name in the vocabulary: by its own words, then by the model's name; else as printed."""
    terms = [each.label for each in material.terms if (each.start, each.end) == (quote.start, quote.end)]
    phrases = (quote.text, *terms, name)
    concept = _concept(phrases, (TermKind.OUTCOME,), material) or _concept(phrases, _MEASURED, material)
    return Outcome(
        start=quote.start,
        end=quote.end,
        text=quote.text,
        label=quote.text if concept is None else concept.label,
        concept=None if concept is None else concept.slug,
    )


def _concept(phrases: tuple[str, ...], kinds: tuple[TermKind, ...], material: Material) -> Concept | None:
    found = (material.vocabulary.find(phrase, kind=kind.value) for phrase in phrases for kind in kinds)
    return next((concept for concept in found if concept is not None), None)


def _sides(printed: Printed, material: Material) -> tuple[_Side, _Side]:
    """Both sides; where they would be the same arm, neither has one."""
    intervention, comparator = _side(printed.intervention.found, material), _side(printed.comparator.found, material)
    if intervention.arm is not None and intervention.arm == comparator.arm:
        return _Side(intervention.label, intervention.concepts), _Side(comparator.label, comparator.concepts)
    return intervention, comparator


def _side(quote: Quote | None, material: Material) -> _Side:
    """The side as quoted, with the concepts inside the quote and the arm that is mentioned there."""
    if quote is None:
        return _Side()
    inside = [each for each in material.terms if each.kind in _GIVEN and quote.start <= each.start and each.end <= quote.end]
    arms = [arm.number for arm in material.arms if any(m.start < quote.end and quote.start < m.end for m in arm.mentions)]
    concepts = dict.fromkeys(each.concept for each in inside if each.concept is not None)
    return _Side(quote.text, tuple(concepts), arms[0] if len(arms) == 1 else None)


def _significance(quoted: QuotedFinding, printed: Printed) -> tuple[bool | None, tuple[str, ...]]:
    """What a test says, and what told so: the P value, then the interval, then the model."""
    if printed.p.found is not None:
        said = printed.p.found.is_significant
        return said, () if said is None else ("P below .05" if said else "P not below .05",)
    effect = printed.effect.found
    if effect is not None and effect.interval is not None and effect.interval.is_confidence:
        excludes = not effect.interval.contains(1.0 if effect.is_ratio else 0.0)
        return excludes, ("interval excludes no effect" if excludes else "interval includes no effect",)
    return _SAID[quoted.significance], ()


def _values(intervention: PrintedValue | None, comparator: PrintedValue | None) -> Values:
    return Values(
        intervention=None if intervention is None else intervention.to_model(),
        comparator=None if comparator is None else comparator.to_model(),
    )
