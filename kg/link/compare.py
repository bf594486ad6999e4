"""Findings of new papers against what is known: agreement, contradiction, tension and weak contrast, explained.

In: claims and what is known of their studies. Out: ``Link``s between findings of different papers, or for two claims a
``Comparison`` that says why they are not compared. Pure. Known findings are looked up by quantity and by what was given, so that
a new paper meets only those that share both.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.link.identity import age_key
from kg.link.matching import Profile, Profiler, Reason, find_obstacle, profile_of
from kg.link.quantities import outcomes_of, quantity_of
from kg.link.questions import Question, question_of
from kg.link.reasons import reasons_for
from kg.link.separations import Separations, differing_factors, find_separations, group_of
from kg.link.ties import Ties
from kg.link.verdicts import verdict
from kg.model import Claim, FindingKind, Link, LinkKind, StudyContext
from kg.vocabulary import Vocabulary


@dataclass(frozen=True)
class Comparison:
    """Two claims side by side: a link, or why there is none."""

    link: Link | None
    #: None where there is a link.
    obstacle: Reason | None


def compare(
    one: Claim,
    other: Claim,
    *,
    contexts: Mapping[str, StudyContext],
    vocabulary: Vocabulary,
    paper_links: Sequence[Link] = (),
    separations: Separations | None = None,
) -> Comparison:
    """How two claims stand to each other, whatever their order; contexts are by paper id."""
    pair = [profile_of(each, contexts.get(each.paper), vocabulary) for each in (one, other)]
    found = separations if separations is not None else find_separations(pair, vocabulary)
    return _compare(pair[0], pair[1], _Known(found, Ties.of(paper_links), vocabulary))


def compare_claims(
    new: Sequence[Claim],
    known: Sequence[Claim],
    *,
    contexts: Mapping[str, StudyContext],
    vocabulary: Vocabulary,
    paper_links: Sequence[Link] = (),
    separations: Separations | None = None,
) -> tuple[Link, ...]:
    """Links between new and known findings, sorted by kind, subject and object.

    ``known`` may hold the new claims too, and needs no more than the claims on ``comparable_outcomes``. Of several findings that two
    papers have on one quantity and part of the participants, the nearest in time are linked, then the surest. ``paper_links`` say
    which papers are one, share a cohort, or pool one another. The separations are worked out from both lists where none are given.
    """
    profiler = Profiler(vocabulary)
    profiles = {each.finding: profiler.profile(each, contexts.get(each.paper)) for each in (*known, *new)}
    found = separations if separations is not None else find_separations(profiles.values(), vocabulary)
    asked = _Known(found, Ties.of(paper_links), vocabulary)
    added = {each.finding for each in new}
    best: dict[_Place, tuple[_Rank, Link]] = {}
    for subject, other in _pairs(_by_question(_settled(profiles.values())), added):
        link = _compare(subject, other, asked).link
        if link is not None:
            place = (link.subject_paper, link.object_paper, group_of(subject), subject.population.part, subject.claim.kind)
            rank = (subject.claim.timepoint != other.claim.timepoint, -link.score, link.subject, link.object)
            best[place] = min(best.get(place, (rank, link)), (rank, link), key=lambda each: each[0])
    return tuple(sorted((link for _, link in best.values()), key=lambda link: (_ORDER.index(link.kind), link.subject, link.object)))


def comparable_outcomes(claims: Iterable[Claim], vocabulary: Vocabulary) -> frozenset[str]:
    """Outcome slugs that findings may have which are to be compared with these claims."""
    quantities = {quantity.concept for each in claims if (quantity := quantity_of(each.outcome, vocabulary)) is not None}
    return outcomes_of(quantities, vocabulary)


#: Two papers, what they speak of, in whom, and by what kind of contrast: of all pairs there the best is linked.
_Place = tuple[str, str, str | None, str | None, FindingKind]
_Rank = tuple[bool, float, str, str]
_ORDER = (LinkKind.CONTRADICTS, LinkKind.TENSION, LinkKind.WEAK_CONTRAST, LinkKind.AGREES)


@dataclass(frozen=True)
class _Known:
    """What all comparisons rest on."""

    separations: Separations
    ties: Ties
    vocabulary: Vocabulary


def _compare(one: Profile, other: Profile, known: _Known) -> Comparison:
    obstacle = find_obstacle(one, other, ties=known.ties, vocabulary=known.vocabulary)
    if obstacle is not None or one.stance is None or other.stance is None:
        return Comparison(link=None, obstacle=obstacle)
    elder, subject = sorted((one, other), key=lambda each: (age_key(each.context), each.claim.finding))
    kind = verdict(one.stance, other.stance)
    link = Link(
        kind=kind,
        subject=subject.claim.finding,
        object=elder.claim.finding,
        subject_paper=subject.claim.paper,
        object_paper=elder.claim.paper,
        score=round(subject.claim.confidence * elder.claim.confidence, 3),
        because=reasons_for(subject, elder, kind, ties=known.ties, vocabulary=known.vocabulary),
        differing=() if kind is LinkKind.AGREES else differing_factors(subject, elder, known.separations, known.vocabulary),
        subject_sentence=subject.claim.sentence,
        object_sentence=elder.claim.sentence,
    )
    return Comparison(link=link, obstacle=None)


def _pairs(index: Mapping[Question, Sequence[Profile]], added: Collection[str]) -> Iterator[tuple[Profile, Profile]]:
    """Each pair of one question with at least one finding that is added, once."""
    for members in index.values():
        for subject in (each for each in members if each.claim.finding in added):
            for other in members:
                if other.claim.finding not in added or other.claim.finding < subject.claim.finding:
                    yield subject, other


def _by_question(profiles: Iterable[Profile]) -> dict[Question, list[Profile]]:
    index: dict[Question, list[Profile]] = defaultdict(list)
    for profile in profiles:
        question = question_of(profile)
        if question is not None:
            index[question].append(profile)
    return index


def _settled(profiles: Iterable[Profile]) -> Iterator[Profile]:
    """Without findings in which a paper says two things of one quantity at one time: what was tested stands, else none does.

    Most are findings of parts of the participants that the text does not name in the same sentence.
    """
    said: dict[tuple[object, ...], list[Profile]] = defaultdict(list)
    for each in profiles:
        said[each.claim.paper, group_of(each), each.population.part, each.claim.timepoint].append(each)
    for same in said.values():
        tested = [each for each in same if each.stance is not None and each.stance.significant is not None]
        for candidates in (same, tested):
            if len({each.stance.way for each in candidates if each.stance is not None}) == 1:
                yield from candidates
                break
