"""Papers near each other, the keys they are found by, and all links of some papers together."""

import math

import pytest
from link_world import context, people

from kg.link import Topics, find_links, find_related, identity_keys, stored_keys, topic_keys
from kg.link.related import MOST_RELATED
from kg.model import LinkKind, Notice, RelatedNotice, StudyContext
from kg.vocabulary import Vocabulary

NOTHING = Vocabulary({})


def near(paper: str, *words: str, **stated: object) -> StudyContext:
    return context(paper, title=" ".join(words), authors=(), **stated)


def topics(paper: StudyContext, *others: StudyContext, papers: int = 100) -> Topics:
    return Topics({key: {each.paper for each in others if key in topic_keys(each)} for key in topic_keys(paper)}, papers)


def related(paper: StudyContext, *others: StudyContext, papers: int = 100) -> list[tuple[str, float]]:
    known = {each.paper: each for each in (paper, *others)}
    links = find_related(paper, topics(paper, *others, papers=papers), known, vocabulary=NOTHING)
    return [(link.object_paper if link.subject_paper == paper.paper else link.subject_paper, link.score) for link in links]


def test_the_paper_that_shares_the_rare_is_nearer() -> None:
    common = [near(f"c{number}", "decidua", f"other{number}", f"matter{number}") for number in range(20)]
    rare = near("r", "secretome", "other", "matter")
    found = related(near("new", "decidua", "secretome"), rare, *common)
    assert found[0][0] == "r"
    assert len(found) == MOST_RELATED


def test_papers_with_the_same_keys_score_one_and_with_none_are_not_linked() -> None:
    assert related(near("new", "decidua", "secretome"), near("a", "decidua", "secretome"), near("b", "osteoblast")) == [("a", 1.0)]


def test_a_paper_on_much_else_is_further_away() -> None:
    narrow, broad = near("a", "secretome", "kidney"), near("b", "secretome", *(f"matter{number}" for number in range(30)))
    scores = dict(related(near("new", "secretome", "decidua"), narrow, broad))
    shared, own = math.log(101 / 3) ** 2, math.log(101 / 3) ** 2 + math.log(101) ** 2
    assert scores["a"] == pytest.approx(shared / math.sqrt(own * (shared + own / 2)), abs=0.001)
    assert scores.get("b", 0.0) < scores["a"]


def test_what_every_paper_has_ties_none() -> None:
    others = [near(f"c{number}", "decidua") for number in range(9)]
    assert related(near("new", "decidua"), *others, papers=9) == []


def test_a_withdrawn_paper_is_nobodys_neighbour() -> None:
    gone = near("a", "secretome", caution="concern")
    assert related(near("new", "secretome"), gone) == []
    assert related(gone, near("new", "secretome")) == []


def test_reasons_name_what_is_shared_the_rarest_first_with_its_part_of_the_score() -> None:
    new, other = near("new", "decidua", "secretome"), near("a", "decidua", "secretome")
    more = [near(f"c{number}", "decidua") for number in range(3)]
    known = {each.paper: each for each in (new, other, *more)}
    link = find_related(new, topics(new, other, *more), known, vocabulary=NOTHING)[0]
    assert [each.text for each in link.because] == [
        "both titles say secretome, as 2 of 100 papers do",
        "both titles say decidua, as 5 of 100 papers do",
    ]
    assert sum(each.weight for each in link.because) == pytest.approx(link.score, abs=0.002)
    weights = topics(new, other, *more).weights
    assert weights["word:secretome"] == pytest.approx(math.log(101 / 2))


# ---------------------------------------------------------------- keys


def test_a_paper_is_found_by_what_it_is_and_what_it_is_about() -> None:
    paper = context(
        "pmid-7",
        pmid="7",
        title="Secretome of cord cells",
        year=2016,
        authors=people("Gao L", "Liu Q", "Zhang X"),
        registrations=["NCT 00000001"],
        notices=[RelatedNotice(kind=Notice.CITES, pmid="3")],
        mentions=["ruxolitinib", "unmapped/drug/x"],
    )
    assert stored_keys(paper) == (
        *("by:gao l:2016", "by:zhang x:2016", "in:ruxolitinib", "is:pmid-7", "reg:nct00000001"),
        *("title:secretome of cord cells", "to:pmid-3", "word:secretome"),
    )
    assert topic_keys(paper) == ("in:ruxolitinib", "to:pmid-3", "word:secretome")
    asked = identity_keys(paper)
    assert {"is:pmid-3", "is:pmid-7", "to:pmid-7", "reg:nct00000001", "by:gao l:2008", "by:zhang x:2024"} <= set(asked)
    assert not {"by:liu q:2016", "by:gao l:2007", "in:ruxolitinib"} & set(asked)


def test_whatever_ties_two_papers_is_a_key_of_both() -> None:
    citing = context("pmid-2", pmid="2", notices=[RelatedNotice(kind=Notice.CITES, doi="10.1/1")], authors=(), title="One")
    cited = context("pmid-1", doi="10.1/1", authors=(), title="Other")
    assert set(identity_keys(citing)) & set(stored_keys(cited))
    assert set(identity_keys(cited)) & set(stored_keys(citing))


# ---------------------------------------------------------------- all together


def test_papers_are_linked_with_each_other_and_with_those_known_each_pair_once() -> None:
    registered = {"registrations": ["NCT01"], "title": None}
    known = context("pmid-1", pmid="1", year=2010, **registered)
    new = [
        context("pmid-2", pmid="2", year=2012, notices=[RelatedNotice(kind=Notice.CITES, pmid="1")], **registered),
        context("pmid-3", pmid="3", year=2014, **registered),
    ]
    none = {each.paper: Topics({}, 3) for each in new}
    links = find_links(new, [known], topics=none, vocabulary=NOTHING)
    assert [(each.kind, each.subject, each.object) for each in links] == [
        (LinkKind.CITES, "pmid-2", "pmid-1"),
        (LinkKind.SAME_COHORT, "pmid-2", "pmid-1"),
        (LinkKind.SAME_COHORT, "pmid-3", "pmid-1"),
        (LinkKind.SAME_COHORT, "pmid-3", "pmid-2"),
    ]


def test_records_of_one_paper_are_no_cohort_beside() -> None:
    one, other = context("pmid-1", doi="10.1/1"), context("pmid-2", doi="10.1/1")
    links = find_links([one], [other], topics={"pmid-1": Topics({}, 2)}, vocabulary=NOTHING)
    assert [each.kind for each in links] == [LinkKind.SAME_PAPER]
