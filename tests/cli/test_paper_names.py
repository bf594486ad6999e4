"""What people call a paper."""

import pytest

from kg.cli.paper_names import find_by_author_year, near_papers
from kg.queries import Listed, name_papers


def listed(id: str, author: str = "", year: str = "", local: str = "", title: str = "A title") -> Listed:
    return Listed(id, title, author, year, local)


MORO = listed("pmid-1", "Moro, Ana", "2019", title="Cord cells and relapse")
OTHER_MORO = listed("pmid-2", "Moro B", "2019")
LI = listed("pmid-3", "Wei Li", "2020")
LOCAL = listed("doi-10.5555%2Fx", local="tan2016-cord-cells")
PAPERS = [MORO, OTHER_MORO, LI, LOCAL]


def test_author_and_year_name_a_paper_only_where_it_is_alone() -> None:
    assert name_papers(PAPERS) == {"pmid-3": "Li 2020", "doi-10.5555%2Fx": "tan2016-cord-cells"}


@pytest.mark.parametrize("key", ["Li 2020", "li 2020", "Li et al. 2020", "Li (2020)", "Li, 2020", "li2020", "Wei Li 2020", "wei 2020"])
def test_a_paper_is_found_by_author_and_year(key: str) -> None:
    assert find_by_author_year(PAPERS, key) == [LI]


def test_a_paper_is_found_by_how_its_own_id_begins() -> None:
    assert find_by_author_year(PAPERS, "Tan 2016") == [LOCAL]


def test_two_papers_of_an_author_and_year_are_both_found() -> None:
    assert find_by_author_year(PAPERS, "Moro 2019") == [MORO, OTHER_MORO]


@pytest.mark.parametrize("key", ["Li 2021", "2020", "Moro", "L 2020"])
def test_what_is_no_author_and_year_finds_nothing(key: str) -> None:
    assert find_by_author_year(PAPERS, key) == []


@pytest.mark.parametrize(("key", "near"), [("Lii 2020", [LI]), ("Cord cells", [MORO]), ("10.5555/y", [LOCAL]), ("zzzzzz", [])])
def test_near_papers_are_offered(key: str, near: list[Listed]) -> None:
    assert near_papers(PAPERS, key) == near
