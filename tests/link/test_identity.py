"""Two records of one publication."""

import pytest
from link_world import TEAM, TITLE, context, people

from kg.link import age_key, find_same_paper, link_papers
from kg.link.names import author_keys, fold_title, is_notice_title, is_same_author
from kg.model import Link, LinkKind, LinkReason, Notice, RelatedNotice


def signs(first: dict[str, object], second: dict[str, object]) -> list[str]:
    there, back = (find_same_paper(*pair) for pair in _both(first, second))
    assert sorted(each.sign for each in there) == sorted(each.sign for each in back)
    return [each.sign for each in there]


def _both(first: dict[str, object], second: dict[str, object]):  # type: ignore[no-untyped-def]
    one, other = context("pmid-1", **first), context("pmid-2", **second)
    return (one, other), (other, one)


@pytest.mark.parametrize("name", [{"pmid": "7"}, {"pmcid": "PMC7"}, {"doi": "10.1/x"}])
def test_records_with_one_identifier_are_one_paper(name: dict[str, object]) -> None:
    assert signs({**name, "title": "One"}, {**name, "title": "Other"}) == ["identifier"]


def test_a_notice_of_another_version_ties_the_versions() -> None:
    notice = RelatedNotice(kind=Notice.PREPRINT_OF, pmid="9")
    assert signs({"title": "First", "notices": [notice]}, {"title": "Second words", "pmid": "9"}) == ["preprint"]
    assert signs({"title": "First", "notices": [notice]}, {"title": "Second words", "pmid": "8"}) == []


def test_a_comment_is_another_paper() -> None:
    notice = RelatedNotice(kind=Notice.COMMENT_ON, pmid="9")
    assert signs({"title": "First", "notices": [notice]}, {"title": "Second words", "pmid": "9"}) == []


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({}, ["title", "authors"]),
        ({"title": TITLE.upper() + "."}, ["title", "authors"]),
        ({"title": TITLE.replace("-", " ")}, ["title", "authors"]),
        ({"year": 2017}, ["title", "authors"]),
        ({"year": 2018}, []),
        ({"year": None}, []),
        ({"authors": people("Ito B")}, []),
        ({"authors": people("Other A")}, []),
        ({"authors": (), "first_author": "Ito A"}, ["title", "authors"]),
        ({"authors": (), "first_author": None}, ["title"]),
        ({"title": "Erratum: " + TITLE}, []),
        ({"title": TITLE + " at 2 years"}, []),
        ({"title": "Cord cells given without the graft lower acute lung injury"}, []),
        ({"title": None}, []),
    ],
)
def test_a_title_ties_with_author_and_year(second: dict[str, object], expected: list[str]) -> None:
    assert signs({}, second) == expected


def test_a_title_that_says_little_ties_nothing() -> None:
    assert signs({"title": "Reply to the editor"}, {"title": "Reply to the editor"}) == []


def test_other_registrations_or_participants_speak_against_one_paper() -> None:
    assert signs({"registrations": ["NCT01"]}, {"registrations": ["NCT02"]}) == []
    assert signs({"registrations": ["NCT01"]}, {"registrations": ["nct 01"]}) == ["title", "authors"]
    assert signs({"n": 20}, {"n": 61}) == []
    assert signs({"n": 0}, {"n": 61}) == []


@pytest.mark.parametrize(
    "version", [{"journal": "medRxiv"}, {"publication_types": ["Meeting Abstract"]}, {"publication_types": ["Preprint"]}]
)
def test_a_preprint_or_talk_may_have_an_edited_title(version: dict[str, object]) -> None:
    edited = "Cord cells given with the graft reduce chronic graft-versus-host disease"
    assert signs({**version, "title": edited, "year": 2014}, {}) == ["version", "authors"]
    assert signs({**version, "title": edited, "year": 2012}, {}) == []
    assert signs({"title": edited, "year": 2014}, {}) == []
    assert signs({**version, "title": edited}, version) == []


def test_the_younger_paper_asserts_the_link() -> None:
    because = (LinkReason(sign="title", text="the same title", weight=0.95), LinkReason(sign="authors", text="…", weight=0.5))
    old, new = context("pmid-9", year=2015), context("pmid-10", year=2016)
    expected = Link(
        kind=LinkKind.SAME_PAPER,
        subject="pmid-10",
        object="pmid-9",
        subject_paper="pmid-10",
        object_paper="pmid-9",
        score=0.95,
        because=because,
    )
    assert link_papers(LinkKind.SAME_PAPER, old, new, because) == expected
    assert link_papers(LinkKind.SAME_PAPER, new, old, because) == expected


def test_papers_are_ordered_by_date_then_by_id() -> None:
    papers = [
        context("a", year=None),
        context("b", year=2015, date="2015-02"),
        context("pmid-9", year=2016),
        context("pmid-10", year=2016),
        context("c", year=2016, date="2016-01"),
    ]
    assert sorted((*papers[3:], *papers[:3]), key=age_key) == papers


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("Gao L", "gao l"),
        ("Le Blanc K", "le blanc k"),
        ("Gao, Lei", "gao l"),
        ("Müller-Quade J", "muller quade j"),
        ("Gao", "gao"),
        ("Robert D Danby", "danby r"),
    ],
)
def test_first_authors_compare_however_they_are_printed(printed: str, key: str) -> None:
    assert author_keys(context(authors=(), first_author=printed)) == (key,)
    assert author_keys(context(first_author=printed))[0] == "ito a"


def test_an_author_without_initial_may_be_any_of_the_family() -> None:
    assert is_same_author("gao", "gao l")
    assert not is_same_author("gao m", "gao l")
    assert not is_same_author("gao", "guo")


@pytest.mark.parametrize(
    "title",
    ["Erratum: Cells", "Correction to: Cells", "Retraction: Cells", "RETRACTED: Cells", "Expression of Concern: Cells",
     "Corrigendum for Cells", "Reply to: Cells", "[Retraction notice to: Cells]", "Author Correction: Cells"],
)  # fmt: skip
def test_a_notice_is_known_by_its_title(title: str) -> None:
    assert is_notice_title(title)


@pytest.mark.parametrize("title", ["Correction of anaemia by cells", "Response to cells in GVHD", "Comment", None])
def test_a_paper_on_corrections_is_no_notice(title: str | None) -> None:
    assert not is_notice_title(title)


def test_titles_compare_without_signs_and_spelling() -> None:
    assert fold_title("Haematopoietic TGF-β, for acute leukaemia.") == fold_title("hematopoietic TGF beta: for acute leukemia")
    assert len(TEAM) == 4
