"""From quotes to what is printed there: words, values, estimates, P values, time points.

In: one quoted finding, the evidence it stands in, and what the rules know of the paper. Out: ``Printed``. Numbers are those that
our own readers found in the text at the quoted place; what the model makes of them is never read.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.extract.llm.quotes import find_quote
from kg.extract.llm.reply import QuotedFinding
from kg.extract.numbers.effects import PrintedEffect
from kg.extract.numbers.numerals import HasSpan
from kg.extract.numbers.p_values import PrintedP
from kg.extract.numbers.reader import Numbers
from kg.extract.numbers.timepoints import Timepoint
from kg.extract.numbers.values import PrintedValue, ValueKind
from kg.model import Arm, Quote, Span, Term
from kg.vocabulary import Vocabulary

_T_co = TypeVar("_T_co", covariant=True)
_T = TypeVar("_T")
_P = TypeVar("_P", bound=HasSpan)


@dataclass(frozen=True, slots=True)
class Material:
    """What the rules know of a paper."""

    text: str
    sentences: Sequence[Span]
    numbers: Numbers
    terms: Sequence[Term]
    arms: Sequence[Arm]
    vocabulary: Vocabulary

    @property
    def whole(self) -> Span:
        """All of the text."""
        return Span(start=0, end=len(self.text))


@dataclass(frozen=True, slots=True)
class Lookup(Generic[_T_co]):
    """What a quote led to; neither dropped nor unread where nothing was quoted."""

    found: _T_co | None = None
    #: The quote does not stand where it must.
    is_dropped: bool = False
    #: It does, and holds no number of its kind, or several.
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed of a finding beside its outcome; arms and population anywhere in the text, all else in the evidence."""

    intervention: Lookup[Quote]
    comparator: Lookup[Quote]
    population: Lookup[Quote]
    cue: Lookup[Quote]
    intervention_value: Lookup[PrintedValue]
    comparator_value: Lookup[PrintedValue]
    effect: Lookup[PrintedEffect]
    p: Lookup[PrintedP]
    timepoint: Lookup[Timepoint]

    @property
    def lookups(self) -> tuple[Lookup[object], ...]:
        """All of them, for counting."""
        words = (self.intervention, self.comparator, self.population, self.cue)
        return (*words, self.intervention_value, self.comparator_value, self.effect, self.p, self.timepoint)


def read_printed(quoted: QuotedFinding, evidence: Span, material: Material) -> Printed:
    """Look up every quote but those of evidence and outcome."""
    text, numbers, whole = material.text, material.numbers, material.whole
    values = [each for each in numbers.values if each.kind is not ValueKind.GROUP_SIZE]
    p_values = [each for each in numbers.p_values if each.scope != "threshold"]
    timepoints = [each for each in numbers.timepoints if not each.is_follow_up]
    return Printed(
        intervention=_look_up(text, quoted.intervention_quote, whole, _itself),
        comparator=_look_up(text, quoted.comparator_quote, whole, _itself),
        population=_look_up(text, quoted.population_quote, whole, _itself),
        cue=_look_up(text, quoted.direction_quote, evidence, _itself),
        intervention_value=_look_up(text, quoted.intervention_value_quote, evidence, _only(values)),
        comparator_value=_look_up(text, quoted.comparator_value_quote, evidence, _only(values)),
        effect=_look_up(text, quoted.effect_quote, evidence, _only(numbers.effects)),
        p=_look_up(text, quoted.p_quote, evidence, _only(p_values)),
        timepoint=_look_up(text, quoted.timepoint_quote, evidence, _only(timepoints)),
    )


def _look_up(text: str, quote: str | None, within: Span, read: Callable[[Quote], _T | None]) -> Lookup[_T]:
    """What can be read at the first place of the quote where anything can."""
    if quote is None or not quote.strip():
        return Lookup()
    places = find_quote(text, quote, within=within)
    found = next((thing for place in places if (thing := read(place)) is not None), None)
    return Lookup(found, is_dropped=not places, is_unread=bool(places) and found is None)


def _itself(quote: Quote) -> Quote:
    return quote


def _only(printed: Iterable[_P]) -> Callable[[Quote], _P | None]:
    """A reader of the one number at a place; None where there is no number, or several."""

    def read(quote: Quote) -> _P | None:
        there = [each for each in printed if each.start < quote.end and quote.start < each.end]
        return there[0] if len(there) == 1 else None

    return read
