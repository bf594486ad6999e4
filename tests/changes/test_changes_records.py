"""Links as a paper sees them, and counts."""

import pytest
from changes_world import changes, link, paper

from kg.changes import seen_from
from kg.changes.records import COMPARED, TIED, by_weight
from kg.changes.sayings import headed_links
from kg.model import Difference, LinkKind


def test_a_link_seen_from_its_other_paper_is_turned_round_in_every_part() -> None:
    turned = seen_from(link(), "p1")
    assert (turned.subject, turned.object, turned.subject_paper, turned.object_paper) == ("p1/1", "p2/1", "p1", "p2")
    assert (turned.subject_sentence, turned.object_sentence) == ("Relapse rose.", "Relapse fell.")
    assert turned.differing == (
        Difference(factor="cell_source", subject="bone marrow", object="umbilical cord"),
        Difference(factor="dose", subject="2e6/kg"),
    )
    assert seen_from(turned, "p2") == link() == seen_from(link(), "p2")


def test_contradictions_come_first_then_tensions_and_the_surest_of_each() -> None:
    kinds = [LinkKind.RELATED, LinkKind.WEAK_CONTRAST, LinkKind.AGREES, LinkKind.TENSION, LinkKind.SAME_COHORT, LinkKind.CONTRADICTS]
    assert [each.kind for each in by_weight([link(kind) for kind in kinds])] == [
        LinkKind.CONTRADICTS, LinkKind.TENSION, LinkKind.AGREES, LinkKind.WEAK_CONTRAST, LinkKind.SAME_COHORT, LinkKind.RELATED,
    ]  # fmt: skip
    assert [each.score for each in by_weight([link(score=0.2), link(score=0.7)])] == [0.7, 0.2]


@pytest.mark.parametrize(("papers", "count"), [((), 0), ((paper(),), 1), ((paper(), paper(links=(link(), link(LinkKind.AGREES)))), 1)])
def test_a_contradiction_between_two_new_papers_counts_once(papers: tuple, count: int) -> None:
    assert changes(*papers).count(LinkKind.CONTRADICTS) == count


def test_every_kind_of_link_has_its_place_and_its_heading() -> None:
    assert [kind for kind, _, _ in headed_links(paper(links=tuple(link(kind) for kind in LinkKind)))] == [*COMPARED, *TIED]
    assert set(LinkKind) == {*COMPARED, *TIED}
