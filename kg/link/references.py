"""What a record says of other records: citations, included studies, and notices that correct or withdraw. Pure."""

from collections.abc import Iterator

from kg.link.cohorts import differ, is_pooled
from kg.link.identity import age_key, names_in, names_of, paper_link
from kg.model import CAUTION_OF_NOTICE, WITHDRAWN, Caution, Design, Link, LinkKind, LinkReason, Notice, RelatedNotice, StudyContext
from kg.store.statements import registration_key

#: What a notice says of the paper that it names.
_ON_OTHER = {
    Notice.RETRACTION_OF: Caution.RETRACTED,
    Notice.PARTIAL_RETRACTION_OF: Caution.CORRECTED,
    Notice.EXPRESSION_OF_CONCERN_FOR: Caution.CONCERN,
    Notice.ERRATUM_FOR: Caution.CORRECTED,
    Notice.CORRECTED_AND_REPUBLISHED_FROM: Caution.CORRECTED,
    Notice.RETRACTED_AND_REPUBLISHED_FROM: Caution.RETRACTED,
}
_WORDS = {Caution.RETRACTED: "retraction", Caution.CONCERN: "expression of concern", Caution.CORRECTED: "correction"}
_PRIMARY = frozenset(Design) - {Design.META_ANALYSIS, Design.REVIEW, Design.PROTOCOL, Design.IN_VITRO, Design.OTHER}


def find_citations(first: StudyContext, second: StudyContext) -> Iterator[Link]:
    """Links from a paper that has the other in its reference list."""
    for citing, cited in ((first, second), (second, first)):
        if any(each.kind is Notice.CITES and _points_to(each, cited) for each in citing.notices):
            reason = LinkReason(sign="reference", text=f"{citing.paper} has {cited.paper} in its reference list", weight=1.0)
            yield paper_link(LinkKind.CITES, citing, cited, (reason,))


def find_amendments(first: StudyContext, second: StudyContext) -> Iterator[Link]:
    """Links from a notice to the paper that it corrects, doubts or withdraws, whichever of the two records says so."""
    for notice, paper in ((first, second), (second, first)):
        stated = {_ON_OTHER[each.kind] for each in notice.notices if each.kind in _ON_OTHER and _points_to(each, paper)}
        stated |= {CAUTION_OF_NOTICE[each.kind] for each in paper.notices if each.kind in CAUTION_OF_NOTICE and _points_to(each, notice)}
        if stated:
            reasons = tuple(LinkReason(sign=each, text=f"{_WORDS[each]} of {paper.paper}", weight=1.0) for each in sorted(stated))
            yield paper_link(LinkKind.AMENDS, notice, paper, reasons)


def find_included(first: StudyContext, second: StudyContext) -> Iterator[Link]:
    """A link from a review to a study that it pools, or may pool: score 0.9 by registration, 0.7 by citation, 0.4 where all else fits."""
    for review, study in ((first, second), (second, first)):
        if is_pooled(review) and study.design in _PRIMARY and _may_pool(review, study):
            reasons = tuple(_membership(review, study))
            if reasons:
                yield paper_link(LinkKind.INCLUDES_STUDY, review, study, reasons)


def _membership(review: StudyContext, study: StudyContext) -> Iterator[LinkReason]:
    numbers = {registration_key(each) for each in study.registrations}
    for number in review.registrations:
        if registration_key(number) in numbers:
            yield LinkReason(sign="registration", text=f"the review lists {number}", weight=0.9)
    if any(each.kind is Notice.CITES and _points_to(each, study) for each in review.notices):
        yield LinkReason(sign="reference", text="the review cites the study", weight=0.7)
    if review.design is Design.META_ANALYSIS and review.n_studies is not None and _fits(review, study):
        common = len(set(review.mentions) & set(study.mentions))
        text = f"fits what the {review.n_studies} pooled studies are about, {common} concepts in common"
        yield LinkReason(sign="scope", text=text, weight=0.4)


def _may_pool(review: StudyContext, study: StudyContext) -> bool:
    """Not younger, the same species, not withdrawn, the same purpose, and no larger than the whole."""
    return (
        age_key(study)[0] <= age_key(review)[0]
        and study.caution not in WITHDRAWN
        and not differ(review.species, study.species)
        and not differ(review.intent, study.intent)
        and not (study.n is not None and review.n is not None and study.n > review.n)
    )


def _fits(review: StudyContext, study: StudyContext) -> bool:
    """Everything that can be compared is known and agrees: purpose, cells, transplant or condition."""
    return (
        review.intent is not None
        and study.intent is review.intent
        and study.design is not Design.CASE_SERIES
        and review.species is not None
        and study.species == review.species
        and bool(review.cells)
        and bool(study.cells)
        and not {*review.conditions, *review.transplants}.isdisjoint({*study.conditions, *study.transplants})
    )


def _points_to(notice: RelatedNotice, paper: StudyContext) -> bool:
    return not names_in(notice).isdisjoint(names_of(paper))
