"""The clinical setting: conditions, kinds of transplantation, steroid refractoriness, primary outcome.

In: material and vocabulary. Out: vocabulary slugs, the most specific first, and where they stand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.facts.material import OWN, Material
from kg.extract.facts.wording import wording
from kg.model import Fact, SectionLabel, Term, TermKind
from kg.vocabulary import Vocabulary

_PRIMARY = wording(
    "primary",
    r"\bprimary (?:efficacy |safety )?(?:end[- ]?points?|outcomes?(?: measures?)?|objectives?)\b",
)
_SECONDARY = any_case(r"\bsecondary\b")
_REFRACTORY = wording(
    "refractory|resistant|unresponsive|failed|failure|respond|despite",
    r"\b(?:cortico|gluco)?(?:steroid|corticoid)s?[- ](?:refractory|resistant|unresponsive)\b|\b(?:refractory|resistant"
    r"|unresponsive) to (?:\w+[- ]){0,2}(?:cortico|gluco)?(?:steroids|corticoids)\b"
    r"|\b(?:failed|failure of|(?:not|never) respond(?:ed|ing)? to|no response to) (?:\w+[- ]){0,2}(?:(?:cortico"
    r"|gluco)?(?:steroids|corticoids)"
    r"|methylprednisolone|prednisone)\b|\b(?:steroids|corticosteroids|glucocorticoids) (?:had|have) failed\b",
)
_PLANNED = frozenset({SectionLabel.OBJECTIVE, SectionLabel.METHODS})


@dataclass(frozen=True)
class Setting:
    """Who is treated in what course of treatment."""

    conditions: tuple[str, ...] = ()
    transplants: tuple[str, ...] = ()
    is_steroid_refractory: bool | None = None
    primary_outcome: str | None = None
    facts: tuple[Fact, ...] = ()


def find_setting(material: Material, *, vocabulary: Vocabulary) -> Setting:
    """Conditions and transplants named in the title and the study's own sentences."""
    facts: list[Fact] = []
    return Setting(
        conditions=_slugs(material, TermKind.CONDITION, "conditions", vocabulary, facts),
        transplants=_slugs(material, TermKind.TRANSPLANT, "transplants", vocabulary, facts),
        is_steroid_refractory=_refractory(material, facts),
        primary_outcome=_primary_outcome(material, facts),
        facts=tuple(facts),
    )


def _slugs(material: Material, kind: TermKind, field: str, vocabulary: Vocabulary, facts: list[Fact]) -> tuple[str, ...]:
    """Slugs without those that a more specific one covers; conditions of results are outcomes and stay out."""
    roles = _PLANNED if kind is TermKind.CONDITION else OWN
    named = material.terms_in(roles)
    found: dict[str, Fact] = {}
    for terms in (material.title_terms, named, material.terms_in(OWN)):
        if kind is TermKind.CONDITION and found and terms is not named:
            continue
        for term in terms:
            if term.kind is kind and term.concept is not None and not term.concept.endswith("conditioning"):
                found.setdefault(term.concept, material.fact_of(term, field))
    above = {slug: vocabulary.ancestors(slug) for slug in found}
    kept = [slug for slug in found if not any(slug in ancestors for ancestors in above.values())]
    facts += [found[slug] for slug in kept]
    return tuple(sorted(kept, key=lambda slug: -len(above[slug])))


def _refractory(material: Material, facts: list[Fact]) -> bool | None:
    hit = material.first(_REFRACTORY)
    if hit is not None:
        facts.append(hit.fact("is_steroid_refractory", "steroid-refractory"))
        return True
    return None


def _primary_outcome(material: Material, facts: list[Fact]) -> str | None:
    """The outcome nearest to the words "primary end point" in their sentence; what is called secondary is not it."""
    for hit in material.in_sentences(_PRIMARY, roles=frozenset(SectionLabel)):
        if hit.start is None or hit.end is None:
            continue
        sentence = next(span for span, _ in material.sentences if span.start <= hit.start < span.end)
        stop = _SECONDARY.search(material.paper.text, hit.end, sentence.end)
        end = sentence.end if stop is None else stop.start()
        measured = [
            t for t in material.terms if t.kind in (TermKind.OUTCOME, TermKind.CONDITION) and sentence.start <= t.start and t.end <= end
        ]
        nearest = _nearest(measured, hit.start, hit.end)
        if nearest is not None:
            facts.append(material.fact_of(nearest, "primary_outcome"))
            return nearest.label
    return None


def _nearest(terms: Sequence[Term] | Iterable[Term], start: int, end: int) -> Term | None:
    return min(terms, key=lambda term: max(term.start - end, start - term.end), default=None)
