"""Findings compared over the annotated digests: what linking finds where every sentence is read as a person reads it."""

import pytest

from kg.link import compare_claims
from kg.model import Link, LinkKind
from kg.queries import read_claims, read_contexts
from kg.store import Store
from kg.vocabulary import Vocabulary

NING, META_2018 = "pmid-18185520", "doi-10.1007%2Fs00277-018-3384-8"
GAO, KUZMINA = "doi-10.1200%2Fjco.2015.65.3642", "doi-10.1155%2F2012%2F968213"


@pytest.fixture(scope="module")
def links(digests: Store, vocabulary: Vocabulary) -> tuple[Link, ...]:
    claims = read_claims(digests, vocabulary=vocabulary)
    contexts = {each.paper: each for each in read_contexts(digests, vocabulary=vocabulary)}
    return compare_claims(claims, claims, contexts=contexts, vocabulary=vocabulary)


def between(links: tuple[Link, ...], kind: LinkKind, one: str, two: str) -> list[Link]:
    return [each for each in links if each.kind is kind and (each.subject_paper, each.object_paper) == (one, two)]


def test_relapse_in_a_small_trial_is_a_weak_contrast_to_the_meta_analysis_that_may_pool_it(links: tuple[Link, ...]) -> None:
    (link,) = between(links, LinkKind.WEAK_CONTRAST, META_2018, NING)
    because = {reason.sign: reason.text for reason in link.because}
    assert because["outcome"] == "Both measure cumulative incidence of relapse."
    assert "no difference, not significant; RR 1.02 (CI 0.7 to 1.5)" in because["verdict"]
    assert "more, no test stated; Six patients (60.0%) against three (20.0%)" in because["verdict"]
    assert because["pool"] == "Ning 2008 is a possible member of the pooled set of Wang 2018."


def test_cord_and_marrow_cells_stand_in_tension_on_chronic_gvhd(links: tuple[Link, ...]) -> None:
    (link,) = between(links, LinkKind.TENSION, GAO, KUZMINA)
    assert ("cell_source", "umbilical cord", "bone marrow") in {(each.factor, each.subject, each.object) for each in link.differing}


def test_nothing_in_the_digests_contradicts(links: tuple[Link, ...]) -> None:
    assert [each for each in links if each.kind is LinkKind.CONTRADICTS] == []
