"""Citations, studies that reviews include, and notices."""

import pytest
from link_world import context

from kg.link import find_amendments, find_citations, find_included
from kg.model import Link, Notice, RelatedNotice, StudyContext


def told(links: object) -> list[tuple[str, str, str, float]]:
    assert not isinstance(links, Link)
    return [(each.kind.value, each.subject, each.object, each.score) for each in links]  # type: ignore[attr-defined]


def naming(kind: Notice, **other: str) -> dict[str, object]:
    return {"notices": [RelatedNotice(kind=kind, **other)]}


def numbered(number: int, **stated: object) -> StudyContext:
    return context(f"pmid-{number}", pmid=str(number), doi=f"10.1/{number}", **stated)


@pytest.mark.parametrize("name", [{"pmid": "1"}, {"doi": "10.1/1"}])
def test_a_reference_is_a_citation_whichever_paper_is_looked_at_first(name: dict[str, str]) -> None:
    citing, cited = numbered(2, **naming(Notice.CITES, **name)), numbered(1)
    expected = [("cites", "pmid-2", "pmid-1", 1.0)]
    assert told(find_citations(citing, cited)) == told(find_citations(cited, citing)) == expected
    assert told(find_citations(numbered(2, **naming(Notice.COMMENT_ON, **name)), cited)) == []


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        (Notice.RETRACTION_OF, "retracted"),
        (Notice.RETRACTED_AND_REPUBLISHED_FROM, "retracted"),
        (Notice.EXPRESSION_OF_CONCERN_FOR, "concern"),
        (Notice.ERRATUM_FOR, "corrected"),
        (Notice.PARTIAL_RETRACTION_OF, "corrected"),
    ],
)
def test_a_notice_amends_the_paper_that_it_names(kind: Notice, sign: str) -> None:
    (link,) = find_amendments(numbered(1), numbered(2, **naming(kind, pmid="1")))
    assert (link.kind, link.subject, link.object, [each.sign for each in link.because]) == ("amends", "pmid-2", "pmid-1", [sign])


def test_a_paper_that_names_the_notice_on_it_says_the_same() -> None:
    (link,) = find_amendments(numbered(1, **naming(Notice.RETRACTION_IN, pmid="2")), numbered(2))
    assert (link.subject, link.object, [each.sign for each in link.because]) == ("pmid-2", "pmid-1", ["retracted"])
    assert told(find_amendments(numbered(1, **naming(Notice.COMMENT_IN, pmid="2")), numbered(2))) == []


REVIEW = {"design": "meta_analysis", "species": "human", "intent": "prophylaxis", "n": 400, "year": 2020}
STUDY = {"design": "rct", "species": "human", "intent": "prophylaxis", "n": 40, "year": 2012}
SCOPE = {"conditions": ["acute-graft-versus-host-disease"], "cells": ["mesenchymal-stromal-cell"]}


def included(review: dict[str, object] | None = None, study: dict[str, object] | None = None) -> list[tuple[str, str, str, float]]:
    return told(find_included(numbered(9, **{**REVIEW, **(review or {})}), numbered(1, **{**STUDY, **(study or {})})))


def test_a_review_includes_what_it_lists_or_cites() -> None:
    registered = {"registrations": ["NCT00000001"]}
    cites = naming(Notice.CITES, pmid="1")
    assert included(registered, registered) == [("includes_study", "pmid-9", "pmid-1", 0.9)]
    assert included(cites) == [("includes_study", "pmid-9", "pmid-1", 0.7)]
    assert included() == []


@pytest.mark.parametrize(
    ("review", "study"),
    [
        ({}, {"year": 2021}),
        ({}, {"design": "review"}),
        ({}, {"design": "in_vitro"}),
        ({"design": "rct"}, {}),
        ({}, {"intent": "treatment"}),
        ({}, {"species": "mouse"}),
        ({}, {"n": 401}),
        ({}, {"is_retracted": True, "caution": "retracted"}),
    ],
)
def test_a_review_does_not_include_what_it_cannot_pool(review: dict[str, object], study: dict[str, object]) -> None:
    assert included({**naming(Notice.CITES, pmid="1"), **review}, study) == []


def test_a_study_in_the_scope_of_a_pooled_set_may_be_a_member() -> None:
    pooled = {**SCOPE, "n_studies": 6}
    assert included(pooled, SCOPE) == [("includes_study", "pmid-9", "pmid-1", 0.4)]
    assert included(SCOPE, SCOPE) == []
    assert included(pooled, {**SCOPE, "conditions": ["aplastic-anemia"]}) == []
    assert included(pooled, {**SCOPE, "design": "case_series"}) == []
