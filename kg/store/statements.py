"""Statements of a graph, read into the few facts that the summary is worked out from.

In: subject, predicate and object as strings, from quads or from rows of a query alike. Out: findings, studies, and what the
vocabulary says of cells and outcomes. Pure.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import CAUTION_OF_NOTICE, WITHDRAWN, Caution, Design, Desirable, Direction, FindingKind, Significance, TermKind
from kg.namespaces import GG, PREFIXES, concept_iri, notation_iri, scheme_iri

#: IRI, IRI, and an IRI or the words of a literal.
Statement = tuple[str, str, str]
Facts = Mapping[str, Mapping[str, list[str]]]

IDENTIFIER = PREFIXES["dcterms"] + "identifier"
_IN_SCHEME = PREFIXES["skos"] + "inScheme"
_BROADER = PREFIXES["skos"] + "broader"

#: Predicates of findings that the summary needs.
FINDING_FACTS = tuple(
    GG[name]
    for name in ("study", "findingKind", "outcome", "direction", "significance", "interventionConcept", "comparatorConcept", "population")
)
#: Predicates of papers, studies and registrations that it needs.
STUDY_FACTS = tuple(
    GG[name] for name in ("hasStudy", "design", "species", "hasRegistration", "registrationNumber", "retraction", "hasNotice", "noticeKind")
)
#: Predicates of concepts that it needs.
CONCEPT_FACTS = (_IN_SCHEME, _BROADER, GG["desirable"], GG["measures"])

_KINDS = {notation_iri(each, "finding_kind"): each for each in FindingKind}
_DIRECTIONS = {notation_iri(each, "direction"): each for each in Direction}
_SIGNIFICANCE = {notation_iri(each, "significance"): each for each in Significance}
_DESIRABLE = {notation_iri(each, "desirable"): each for each in Desirable}
_PRECLINICAL = {notation_iri(each, "design") for each in (Design.IN_VITRO, Design.IN_VIVO_PRECLINICAL)}
_POOLED = {notation_iri(each, "design") for each in (Design.META_ANALYSIS, Design.REVIEW)}
_HUMAN = concept_iri("human")
_REGISTRY_WORDS = re.compile(r"^(?:eudract|euctr)")


#: What a record says of itself by naming a notice.
_CAUTIONS = {notation_iri(notice, "notice"): caution for notice, caution in CAUTION_OF_NOTICE.items()}


class Setting(StrEnum):
    """Where a study counts; a pooled one sums up studies that the store may have too."""

    HUMAN = "human"
    PRECLINICAL = "preclinical"
    HUMAN_POOLED = "human_pooled"
    PRECLINICAL_POOLED = "preclinical_pooled"


@dataclass(frozen=True)
class FindingFacts:
    """A finding, by IRIs."""

    finding: str
    study: str
    kind: FindingKind
    direction: Direction
    significance: Significance
    outcome: str
    interventions: frozenset[str] = frozenset()
    comparators: frozenset[str] = frozenset()
    #: True when it is about a part of the participants.
    is_partial: bool = False


@dataclass(frozen=True)
class StudyFacts:
    """A study, by its IRI; ``setting`` is None when its paper was withdrawn or is doubted, so that it counts nowhere."""

    study: str
    setting: Setting | None
    #: Registration numbers in the form in which they compare; none for a review, whose numbers are those of its trials.
    keys: frozenset[str] = frozenset()
    #: IRI of the paper, and what is to be known of it; empty for a study as the summary has it.
    paper: str = ""
    cautions: frozenset[Caution] = frozenset()


@dataclass(frozen=True)
class Concepts:
    """What the vocabulary says of cells and outcomes, by IRIs."""

    cells: frozenset[str]
    broader: Mapping[str, tuple[str, ...]]
    stated_desirable: Mapping[str, Desirable]
    #: Condition -> the outcomes that measure it.
    measured_by: Mapping[str, tuple[str, ...]]
    known: frozenset[str]

    def line(self, concept: str) -> tuple[str, ...]:
        """The concept and all above it, nearest first."""
        found = {concept: None}
        rank = [concept]
        while rank:
            rank = [above for each in rank for above in self.broader.get(each, ()) if above not in found]
            found.update(dict.fromkeys(rank))
        return tuple(found)

    def desirable(self, concept: str) -> Desirable | None:
        """Stated, or inherited from the nearest concept above."""
        return next((self.stated_desirable[each] for each in self.line(concept) if each in self.stated_desirable), None)

    def outcome(self, concept: str) -> str:
        """The outcome that a condition stands for: the one that measures it; itself where there is none or more than one."""
        return self._outcomes.get(concept, concept)

    def named(self, outcome: str) -> tuple[str, ...]:
        """All concepts that stand for an outcome, itself included."""
        return (outcome, *(condition for condition, measure in self._outcomes.items() if measure == outcome))

    @cached_property
    def _outcomes(self) -> dict[str, str]:
        return {condition: outcomes[0] for condition, outcomes in self.measured_by.items() if len(outcomes) == 1}


def statements_of(quads: Iterable[Quad]) -> list[Statement]:
    """Quads as statements, their graph left out."""
    return [
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in quads
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
    ]


def gather(statements: Iterable[Statement]) -> Facts:
    """Statements by subject and predicate, each once, in the order given."""
    facts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in dict.fromkeys(statements):
        facts[subject][predicate].append(value)
    return facts


def find_findings(facts: Facts) -> list[FindingFacts]:
    """All findings, sorted by IRI."""
    return [_finding(subject, facts[subject]) for subject in sorted(facts) if GG["findingKind"] in facts[subject]]


def find_studies(facts: Facts, amended: Mapping[str, frozenset[Caution]] | None = None) -> list[StudyFacts]:
    """All studies, sorted by IRI; ``amended`` is what notices on a paper say, by its IRI."""
    told = amended or {}
    papers = [(study, paper) for paper, stated in facts.items() for study in stated.get(GG["hasStudy"], ())]
    return [_study(study, paper, facts, told.get(paper, frozenset())) for study, paper in sorted(papers)]


def find_concepts(facts: Facts) -> Concepts:
    """What the vocabulary graph says."""
    measured_by: defaultdict[str, list[str]] = defaultdict(list)
    for concept in sorted(facts):
        for condition in facts[concept].get(GG["measures"], ()):
            measured_by[condition].append(concept)
    cells = scheme_iri(TermKind.CELL_TYPE)
    return Concepts(
        cells=frozenset(each for each, stated in facts.items() if cells in stated.get(_IN_SCHEME, ())),
        broader={each: tuple(sorted(stated[_BROADER])) for each, stated in facts.items() if _BROADER in stated},
        stated_desirable={each: _DESIRABLE[stated[GG["desirable"]][0]] for each, stated in facts.items() if GG["desirable"] in stated},
        measured_by={condition: tuple(outcomes) for condition, outcomes in measured_by.items()},
        known=frozenset(each for each, stated in facts.items() if _IN_SCHEME in stated),
    )


def registration_key(number: str) -> str:
    """The number as it compares: case, signs and the registry's own word left out ("EUCTR2008-004014-27" is "200800401427")."""
    return _REGISTRY_WORDS.sub("", "".join(each for each in number.casefold() if each.isalnum()))


def _finding(finding: str, stated: Mapping[str, list[str]]) -> FindingFacts:
    def only(name: str) -> str:
        return stated[GG[name]][0]

    return FindingFacts(
        finding=finding,
        study=only("study"),
        kind=_KINDS[only("findingKind")],
        direction=_DIRECTIONS[only("direction")],
        significance=_SIGNIFICANCE[only("significance")],
        outcome=only("outcome"),
        interventions=frozenset(stated.get(GG["interventionConcept"], ())),
        comparators=frozenset(stated.get(GG["comparatorConcept"], ())),
        is_partial=GG["population"] in stated,
    )


def _study(study: str, iri: str, facts: Facts, amended: frozenset[Caution]) -> StudyFacts:
    paper, stated = facts[iri], facts.get(study, {})
    design = frozenset(stated.get(GG["design"], ()))
    numbers = [
        number
        for registration in (*paper.get(GG["hasRegistration"], ()), *stated.get(GG["hasRegistration"], ()))
        for number in facts.get(registration, {}).get(GG["registrationNumber"], ())
    ]
    keys = frozenset(key for key in map(registration_key, numbers) if key)
    is_pooled = not design.isdisjoint(_POOLED)
    is_animal = any(species != _HUMAN for species in stated.get(GG["species"], ()))
    is_preclinical = is_animal or not design.isdisjoint(_PRECLINICAL)
    cautions = amended | _own_cautions(paper, facts)
    setting = _SETTINGS[is_preclinical, is_pooled] if cautions.isdisjoint(WITHDRAWN) else None
    return StudyFacts(study, setting, frozenset() if is_pooled else keys, iri, cautions)


def _own_cautions(paper: Mapping[str, list[str]], facts: Facts) -> frozenset[Caution]:
    """What the paper's own record says."""
    kinds = {kind for notice in paper.get(GG["hasNotice"], ()) for kind in facts.get(notice, {}).get(GG["noticeKind"], ())}
    found = {_CAUTIONS[kind] for kind in kinds if kind in _CAUTIONS}
    return frozenset(found | ({Caution.RETRACTED} if GG["retraction"] in paper else set()))


_SETTINGS = {
    (False, False): Setting.HUMAN,
    (True, False): Setting.PRECLINICAL,
    (False, True): Setting.HUMAN_POOLED,
    (True, True): Setting.PRECLINICAL_POOLED,
}
