"""Queries that set the findings of several papers against each other."""

from collections.abc import Callable

import pytest
from linked_world import BENEFIT, NO_BENEFIT, POOL_A, POOL_B

from kg.queries import Cell, SavedQuery, run
from kg.store import Store
from kg.vocabulary import Vocabulary

Picks = Callable[..., list[tuple[Cell, ...]]]


@pytest.fixture
def pick(linked: Store, queries: dict[str, SavedQuery], vocabulary: Vocabulary) -> Picks:
    """Some columns of an answer, named in one string."""

    def picked(name: str, columns: str, **parameters: str) -> list[tuple[Cell, ...]]:
        rows = run(linked, queries[name], parameters, vocabulary=vocabulary)
        return [tuple(row[column] for column in columns.split()) for row in rows.records()]

    return picked


def test_reviews_of_one_outcome_with_different_values_stand_side_by_side_once(pick: Picks) -> None:
    columns = (
        "outcome measure paper effect ci_low ci_high studies n other_paper other_effect other_ci_low other_ci_high other_studies other_n"
    )
    assert pick("reviews-that-differ", columns + " shared_studies sentence other_sentence") == [
        (
            *("incidence of chronic GVHD", "relative risk", "pmid-311", 0.6, 0.4, 0.9, 6, 400),
            *("pmid-314", 0.8, 0.65, 0.98, 9, 700, 1, POOL_A, POOL_B),
        )
    ]
    assert pick("reviews-that-differ", "paper", outcome="overall survival") == []


def test_reviews_of_the_digests_that_differ_are_the_two_on_chronic_gvhd(
    digests: Store, queries: dict[str, SavedQuery], vocabulary: Vocabulary
) -> None:
    rows = run(digests, queries["reviews-that-differ"], {}, vocabulary=vocabulary).records()
    found = {(row["outcome"], row["paper"], row["effect"], row["other_paper"], row["other_effect"]) for row in rows}
    wang, li = "doi-10.1007%2Fs00277-018-3384-8", "doi-10.1186%2Fs13287-021-02304-x"
    assert found == {("incidence of chronic GVHD", wang, 0.63, li, value) for value in (0.53, 0.5)}


def test_co_infusion_in_aplastic_anemia_is_told_by_outcome_with_all_sources_beside_each(pick: Picks) -> None:
    ways = "pmid-316: decreased; pmid-319: no difference"
    assert pick("aplastic-anemia-coinfusion", "outcome sources_on_outcome ways_on_outcome paper direction sentence") == [
        ("incidence of chronic GVHD", 2, ways, "pmid-319", "no difference", NO_BENEFIT),
        ("incidence of chronic GVHD", 2, ways, "pmid-316", "decreased", BENEFIT),
    ]
    assert pick("aplastic-anemia-coinfusion", "paper", outcome="overall survival") == []


def test_co_infusion_in_the_digests_contrasts_two_sources(digests: Store, queries: dict[str, SavedQuery], vocabulary: Vocabulary) -> None:
    rows = run(digests, queries["aplastic-anemia-coinfusion"], {}, vocabulary=vocabulary).records()
    assert {row["paper"] for row in rows} == {"doi-10.3389%2Ffmed.2025.1711958", "doi-10.1186%2Fs40001-018-0311-3"}


def test_pairs_that_stand_against_each_other_come_with_both_sentences_and_what_differs(pick: Picks) -> None:
    columns = "kind outcome paper direction other_paper other_direction differing sentence other_sentence"
    assert pick("contradictions", columns) == [
        (
            *("tension", "incidence of chronic GVHD", "pmid-319", "no difference", "pmid-316", "decreased"),
            "1. cell source: bone marrow against umbilical cord; 2. design: randomized controlled trial against retrospective cohort study",
            *(NO_BENEFIT, BENEFIT),
        )
    ]
    ((power, pool),) = pick("contradictions", "power pool")
    assert str(power).startswith("Birch 2019, with 40 and 40 participants, if shared out evenly, had a power of")
    assert pool is None


def test_pairs_are_narrowed_by_kind_paper_outcome_and_score(pick: Picks) -> None:
    assert pick("contradictions", "paper", kind="contradicts") == []
    assert pick("contradictions", "kind", kind="tension") == [("tension",)]
    assert pick("contradictions", "paper", paper="pmid-316") == pick("contradictions", "paper") == [("pmid-319",)]
    assert pick("contradictions", "paper", paper="pmid-311") == []
    assert pick("contradictions", "paper", outcome="chronic GVHD", min_score="1") == [("pmid-319",)]
    assert pick("contradictions", "paper", outcome="overall survival") == []


def test_agreements_come_with_what_both_rest_on(pick: Picks) -> None:
    (row,) = pick(
        "agreements", "outcome paper direction other_paper other_direction pool text_kind other_text_kind sentence other_sentence"
    )
    assert row == (
        *("incidence of chronic GVHD", "pmid-314", "decreased", "pmid-311", "decreased"),
        *("Both are meta-analyses and may have pooled the same studies.", "digest", "digest", POOL_B, POOL_A),
    )
    assert pick("agreements", "paper", paper="pmid-319") == []


def test_studies_of_reviews_make_a_matrix_with_who_misses_them(pick: Picks) -> None:
    assert pick("included-studies", "study_paper review_paper sign score also_in missed_by") == [
        ("pmid-301", "pmid-311", "reference", 0.7, "pmid-314", None),
        ("pmid-301", "pmid-314", "registration", 0.9, "pmid-311", None),
        ("pmid-302", "pmid-314", "scope", 0.4, None, "pmid-311"),
    ]
    assert pick("included-studies", "study_paper", paper="pmid-311") == [("pmid-301",)]
    assert pick("included-studies", "review_paper", paper="302") == [("pmid-314",)]
    assert pick("included-studies", "study_paper", min_score="0.8") == [("pmid-301",)]


def test_papers_on_the_same_participants_come_with_reasons(pick: Picks) -> None:
    assert pick("same-cohort", "kind paper other_paper reasons score") == [
        ("same cohort", "pmid-302", "pmid-301", "1. so says the registration", 0.95)
    ]
    assert pick("same-cohort", "paper", paper="pmid-301") == [("pmid-302",)]
    assert pick("same-cohort", "paper", paper="pmid-311") == []
    assert pick("same-cohort", "paper", min_score="0.96") == []


def test_related_papers_come_with_reasons(pick: Picks) -> None:
    assert pick("related-papers", "paper other_paper reasons score") == [("pmid-319", "pmid-316", "1. so says the title_word", 0.3)]
    assert pick("related-papers", "paper", paper="pmid-301") == []
    assert pick("related-papers", "paper", min_score="0.4") == []
