"""What counts, told case by case on a store in memory."""

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode
from store_world import GG, GGV, SUMMARY, counts, filled, finding, other_vocabulary, paper, shortcuts, tie

from kg.errors import StoreError
from kg.model import Finding, Link
from kg.rdf import link_quads
from kg.store import LocalStore, PaperGraphs, Store


@pytest.fixture
def store() -> Iterator[LocalStore]:
    with LocalStore.in_memory() as opened:
        yield opened


def favours(store: Store) -> list[str]:
    rows = store.select(f"SELECT ?o {{ GRAPH <{SUMMARY}> {{ ?s <{GG}favours> ?o }} }}").rows
    return sorted(term.value.removeprefix(GGV) for (term,) in rows if isinstance(term, NamedNode))


def test_each_cohort_counts_once_by_direction(store: LocalStore) -> None:
    filled(
        store,
        paper("p1", finding()),
        paper("p2", finding()),
        paper("p3", finding(direction="increased")),
        paper("p4", finding(direction="no_difference", significant=False)),
    )
    assert counts(store) == {"cohortCount": 4, "decreasedCount": 2, "increasedCount": 1, "noDifferenceCount": 1}


def test_papers_of_one_registration_are_one_cohort_however_it_is_spelled(store: LocalStore) -> None:
    filled(
        store,
        paper("p1", finding(), registrations=["NCT00366145"]),
        paper("p2", finding(), registrations=["nct-00366145"]),
        paper("p3", finding(), registrations=["EUCTR2008-004014-27"]),
        paper("p4", finding(), registrations=["2008-004014-27"]),
        paper("p5", finding()),
    )
    assert counts(store) == {"cohortCount": 3, "decreasedCount": 3}


def test_a_paper_that_ties_two_cohorts_changes_pairs_it_does_not_speak_of(store: LocalStore) -> None:
    filled(store, paper("p1", finding(), registrations=["NCT1"]), paper("p2", finding(), registrations=["NCT2"]))
    assert counts(store)["cohortCount"] == 2
    tie = paper("p3", finding("survival", "increased"), registrations=["NCT1", "NCT2"])
    store.add_paper(tie.paper_id, tie.quads)
    assert counts(store)["cohortCount"] == 1
    store.drop_paper("p3")
    assert counts(store)["cohortCount"] == 2


def test_a_review_does_not_tie_the_trials_it_lists(store: LocalStore) -> None:
    filled(
        store,
        paper("p1", finding(), registrations=["NCT1"]),
        paper("p2", finding(), registrations=["NCT2"]),
        paper("p3", finding(), design="meta_analysis", registrations=["NCT1", "NCT2"]),
    )
    assert counts(store) == {"cohortCount": 2, "decreasedCount": 2}
    assert counts(store, setting="human_pooled") == {"cohortCount": 1, "decreasedCount": 1}


def test_preclinical_studies_are_counted_apart_and_make_no_shortcut(store: LocalStore) -> None:
    filled(
        store,
        paper("p1", finding(), design="in_vivo_preclinical", species="mouse"),
        paper("p2", finding(), design="in_vitro", species="human"),
        paper("p3", finding(), design=None, species="mouse"),
        paper("p4", finding(), design="meta_analysis", species="mouse"),
    )
    assert counts(store) == {}
    assert counts(store, setting="preclinical") == {"cohortCount": 3, "decreasedCount": 3}
    assert counts(store, setting="preclinical_pooled") == {"cohortCount": 1, "decreasedCount": 1}
    assert shortcuts(store) == set()


def test_a_retracted_paper_counts_nowhere_but_its_finding_still_favours(store: LocalStore) -> None:
    filled(store, paper("p1", finding(), is_retracted=True), paper("p2", finding(direction="increased")))
    assert counts(store) == {"cohortCount": 1, "increasedCount": 1}
    assert shortcuts(store) == {"msc increases incidence-of-gvhd"}
    assert favours(store) == ["favours-comparator", "favours-intervention"]


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([finding()], "decreased"),
        ([finding(), finding(direction="no_difference", significant=False)], "decreased"),
        ([finding(), finding(direction="increased")], "unclear"),
        ([finding(significant=None), finding(direction="no_difference", significant=None)], "unclear"),
        ([finding(significant=None), finding(direction="reported", significant=None)], "decreased"),
        ([finding(direction="reported", significant=None, kind="single_arm")], "reported"),
        ([finding(direction="unclear", significant=None)], "unclear"),
        ([finding(direction="increased", kind="before_after"), finding(significant=None)], "decreased"),
        ([finding(direction="increased", kind="before_after"), finding(direction="reported", kind="single_arm")], "increased"),
        ([finding(direction="increased", population="children"), finding(direction="no_difference", significant=False)], "noDifference"),
    ],
)
def test_the_best_findings_of_a_cohort_decide(store: LocalStore, findings: list[Finding], expected: str) -> None:
    filled(store, paper("p1", *findings))
    assert counts(store) == {"cohortCount": 1, f"{expected}Count": 1}


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([finding()], {"msc decreases incidence-of-gvhd"}),
        ([finding(direction="increased")], {"msc increases incidence-of-gvhd"}),
        ([finding(), finding(direction="increased")], {"msc mixed incidence-of-gvhd"}),
        ([finding(), finding(direction="no_difference", significant=False)], {"msc decreases incidence-of-gvhd"}),
        ([finding(direction="no_difference", significant=False)], {"msc noDifferenceIn incidence-of-gvhd"}),
        ([finding(direction="no_difference", significant=None)], set()),
        ([finding(significant=None)], set()),
        ([finding(kind="before_after")], set()),
        ([finding(kind="subgroup")], set()),
        ([finding(kind="mechanism")], set()),
        ([finding(population="children")], set()),
    ],
)
def test_a_shortcut_needs_significant_comparisons_that_agree(store: LocalStore, findings: list[Finding], expected: set[str]) -> None:
    filled(store, *(paper(f"p{number}", each) for number, each in enumerate(findings)))
    assert shortcuts(store) == expected


def test_a_row_says_how_many_cohorts_its_shortcut_rests_on(store: LocalStore) -> None:
    filled(
        store,
        paper("p1", finding(), finding(timepoint="P2Y"), registrations=["NCT1"]),
        paper("p2", finding(direction="increased"), registrations=["NCT1"]),
        paper("p3", finding(), finding(direction="no_difference", significant=False)),
        paper("p4", finding(significant=None)),
    )
    row = f"<{GGV.replace('vocabulary', 'summary')}msc/incidence-of-gvhd/human>"
    names = ("significantDecreaseCount", "significantIncreaseCount", "testedNoDifferenceCount")
    rows = store.select(f"SELECT * {{ GRAPH <{SUMMARY}> {{ {row} {' ; '.join(f'<{GG}{name}> ?{name}' for name in names)} }} }}").rows
    assert rows == ((Literal(2), Literal(1), Literal(1)),)
    assert counts(store) == {"cohortCount": 3, "decreasedCount": 2, "unclearCount": 1}


@pytest.mark.parametrize("kind", ["subgroup", "mechanism"])
def test_findings_on_who_responds_or_why_do_not_count(store: LocalStore, kind: str) -> None:
    filled(store, paper("p1", finding(kind=kind)))
    assert counts(store) == {}


def test_a_condition_counts_as_the_outcome_that_measures_it(store: LocalStore) -> None:
    filled(store, paper("p1", finding("gvhd")), paper("p2", finding("incidence-of-gvhd", "increased")))
    assert counts(store) == {"cohortCount": 2, "decreasedCount": 1, "increasedCount": 1}
    assert shortcuts(store) == {"msc mixed incidence-of-gvhd"}
    store.drop_paper("p2")
    assert shortcuts(store) == {"msc decreases incidence-of-gvhd"}


def test_a_phrase_without_a_concept_does_not_count(store: LocalStore) -> None:
    filled(store, paper("p1", finding(None)))
    assert store.count(SUMMARY) == 2  # cohort and setting of the study


def test_only_the_narrowest_cells_count_and_drugs_never(store: LocalStore) -> None:
    filled(store, paper("p1", finding(cells=("msc", "uc-msc", "ruxolitinib"))))
    assert counts(store) == {}
    assert shortcuts(store) == {"uc-msc decreases incidence-of-gvhd"}


@pytest.mark.parametrize(
    ("cells", "against", "expected"),
    [
        (("uc-msc",), ("bm-msc",), set()),
        (("uc-msc",), ("msc",), set()),
        (("msc",), ("msc",), set()),
        (("msc", "hsc"), ("hsc",), {"msc decreases incidence-of-gvhd"}),
        (("msc",), ("ruxolitinib",), {"msc decreases incidence-of-gvhd"}),
    ],
)
def test_a_comparison_within_one_family_says_nothing_of_what_cells_do(
    store: LocalStore, cells: tuple[str, ...], against: tuple[str, ...], expected: set[str]
) -> None:
    filled(store, paper("p1", finding(cells=cells, against=against)))
    assert shortcuts(store) == expected


@pytest.mark.parametrize(
    ("outcome", "direction", "expected"),
    [
        ("incidence-of-gvhd", "decreased", ["favours-intervention"]),
        ("incidence-of-gvhd", "no_difference", ["favours-neither"]),
        ("early-survival", "decreased", ["favours-comparator"]),
        ("t-cell-count", "increased", []),
        ("incidence-of-gvhd", "reported", []),
        (None, "decreased", []),
    ],
)
def test_whom_a_finding_favours_follows_from_the_outcome(
    store: LocalStore, outcome: str | None, direction: str, expected: list[str]
) -> None:
    filled(store, paper("p1", finding(outcome, direction)))
    assert favours(store) == expected


def test_another_vocabulary_changes_what_follows_from_it(store: LocalStore) -> None:
    filled(store, paper("p1", finding("gvhd"), finding("survival", "increased")))
    assert favours(store) == ["favours-intervention", "favours-intervention"]
    assert store.replace_vocabulary(other_vocabulary(), "v2")
    assert favours(store) == ["favours-comparator", "favours-intervention"]
    assert shortcuts(store) == {"msc decreases gvhd", "msc increases survival"}


# ---------------------------------------------------------------- what links say


def linked(paper_id: str, *links: Link, **stated: object) -> PaperGraphs:
    return paper(paper_id, finding(), links=link_quads(links), **stated)


def cautions(store: Store) -> set[str]:
    """Cautions of the summary: "p1 caution-retracted"."""
    rows = store.select(f"SELECT ?s ?o {{ GRAPH <{SUMMARY}> {{ ?s <{GG}caution> ?o }} }}").rows
    return {" ".join(term.value.rpartition("/")[2] for term in row if isinstance(term, NamedNode)) for row in rows}


@pytest.mark.parametrize("kind", ["same_paper", "same_cohort"])
def test_papers_that_a_link_ties_count_once(store: LocalStore, kind: str) -> None:
    filled(store, paper("p1", finding()), linked("p2", tie(kind, "p2", "p1")), linked("p3", tie(kind, "p3", "p2")), paper("p4", finding()))
    assert counts(store) == {"cohortCount": 2, "decreasedCount": 2}
    store.drop_paper("p2")
    assert counts(store) == {"cohortCount": 3, "decreasedCount": 3}


@pytest.mark.parametrize("kind", ["related", "cites", "includes_study", "agrees"])
def test_papers_that_are_merely_near_count_apart(store: LocalStore, kind: str) -> None:
    filled(store, paper("p1", finding()), linked("p2", tie(kind, "p2", "p1")))
    assert counts(store)["cohortCount"] == 2


def test_a_link_to_a_paper_that_is_not_there_ties_nothing(store: LocalStore) -> None:
    filled(store, linked("p1", tie("same_cohort", "p1", "p9")), linked("p2", tie("same_cohort", "p2", "p9")))
    assert counts(store)["cohortCount"] == 2
    store.add_paper("p9", paper("p9", finding()).quads)
    assert counts(store) == {"cohortCount": 1, "decreasedCount": 1}


def test_links_given_later_change_what_counts(store: LocalStore) -> None:
    filled(store, paper("p1", finding()), paper("p2", finding()))
    store.add_papers([], relinked={"p2": link_quads([tie("same_cohort", "p2", "p1")])})
    assert counts(store)["cohortCount"] == 1
    store.add_papers([], relinked={"p2": []})
    assert counts(store)["cohortCount"] == 2


def test_links_of_a_paper_that_is_not_there_are_refused(store: LocalStore) -> None:
    with pytest.raises(StoreError, match="p1: is not in the store"):
        store.add_papers([], relinked={"p1": link_quads([tie("same_cohort", "p1", "p2")])})


@pytest.mark.parametrize(
    ("sign", "remaining"), [("retracted", {}), ("concern", {}), ("corrected", {"cohortCount": 1, "decreasedCount": 1})]
)
def test_a_notice_marks_the_paper_whichever_comes_first(store: LocalStore, sign: str, remaining: dict[str, int]) -> None:
    article = paper("p1", finding())
    notice = paper("n1", links=link_quads([tie("amends", "n1", "p1", sign)]))
    for order in ((article, notice), (notice, article)):
        filled(store)
        for each in order:
            store.add_paper(each.paper_id, each.quads, links=each.links)
        assert counts(store) == remaining
        assert cautions(store) == {f"p1 caution-{sign}"}
        store.drop_paper("n1")
        assert (counts(store), cautions(store)) == ({"cohortCount": 1, "decreasedCount": 1}, set())
        store.drop_paper("p1")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("retraction_in", {"p1 caution-retracted"}),
        ("expression_of_concern_in", {"p1 caution-concern"}),
        ("erratum_in", {"p1 caution-corrected"}),
        ("retraction_of", set()),
        ("comment_in", set()),
    ],
)
def test_what_the_record_itself_says_is_stated(store: LocalStore, kind: str, expected: set[str]) -> None:
    filled(store, paper("p1", finding(), notices=[kind]))
    assert cautions(store) == expected
    assert counts(store) == ({} if expected & {"p1 caution-retracted", "p1 caution-concern"} else {"cohortCount": 1, "decreasedCount": 1})


def test_one_notice_of_two_that_goes_leaves_the_other(store: LocalStore) -> None:
    first, second = (paper(name, links=link_quads([tie("amends", name, "p1", "retracted")])) for name in ("n1", "n2"))
    filled(store, paper("p1", finding()), first, second)
    store.drop_paper("n1")
    assert (counts(store), cautions(store)) == ({}, {"p1 caution-retracted"})
