"""The links of the sample corpus with ten made-up digests, and the page that lists them with a reader's verdict."""

import json
import re
from collections import Counter
from math import sqrt
from pathlib import Path
from urllib.parse import unquote

import pytest
from claim_world import VOCABULARY
from corpus_world import DIGESTS, corpus

from kg.link import compare_claims
from kg.link.matching import Obstacle
from kg.model import Claim, Link, LinkKind

PAGE = Path(__file__).parents[2] / "docs" / "linking.md"
KINDS = {kind.value.replace("_", " "): kind for kind in (LinkKind.CONTRADICTS, LinkKind.TENSION, LinkKind.WEAK_CONTRAST, LinkKind.AGREES)}
FLAGGED = ("contradicts", "tension", "weak contrast")
GAO, KUZMINA = "doi-10.1200%2Fjco.2015.65.3642", "doi-10.1155%2F2012%2F968213"
NING, META_2018 = "pmid-18185520", "doi-10.1007%2Fs00277-018-3384-8"
Row = tuple[str, str, str, str]


def row(link: Link) -> Row:
    outcomes = dict.fromkeys((corpus().outcome_of(link.subject), corpus().outcome_of(link.object)))
    return link.kind.value.replace("_", " "), unquote(link.subject_paper), unquote(link.object_paper), " / ".join(outcomes)


def read_rows() -> list[tuple[Row, str]]:
    """Pairs of the page with the reader's verdict."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.read_text(encoding="utf-8").splitlines() if "|" in line]
    return [((each[0], each[1], each[2], each[3]), each[4]) for each in cells if len(each) == 6 and each[0] in KINDS]


def between(kind: LinkKind, one: str, two: str) -> list[Link]:
    return [each for each in corpus().links if each.kind is kind and {each.subject_paper, each.object_paper} == {one, two}]


def test_ten_digests_are_ours_and_made_up() -> None:
    digests = [json.loads(line) for line in DIGESTS.read_text(encoding="utf-8").splitlines()]
    assert len(digests) == 10
    assert all(each["id"].startswith("made-up-") and each["text_kind"] == "digest" for each in digests)


def test_every_verdict_and_every_obstacle_occurs() -> None:
    assert {link.kind for link in corpus().links} == set(KINDS.values())
    assert corpus().obstacles() == set(Obstacle)


def test_every_flagged_pair_was_read_and_no_other_is_listed() -> None:
    listed = Counter(each for each, _ in read_rows() if each[0] in FLAGGED)
    found = Counter(each for each in map(row, corpus().links) if each[0] in FLAGGED)
    assert found - listed == Counter(), "read these pairs and add them to docs/linking.md"
    assert listed - found == Counter(), "these pairs are no longer found: take them out of docs/linking.md"


def test_at_least_nine_in_ten_flagged_pairs_stand_and_the_figures_are_those_of_the_rows() -> None:
    rows = read_rows()
    stand = Counter(kind for (kind, *_), verdict in rows if verdict == "stands")
    pairs = Counter(kind for (kind, *_), _ in rows)
    stand["all flagged"], pairs["all flagged"] = (sum(each[kind] for kind in FLAGGED) for each in (stand, pairs))
    page = PAGE.read_text(encoding="utf-8")
    for kind, n in pairs.items():
        low, high = wilson(stand[kind], n)
        assert f"| {kind} | {n} | {stand[kind]} | {stand[kind] / n:.0%}, {100 * low:.0f} to {100 * high:.0f} |" in page
    assert stand["all flagged"] / pairs["all flagged"] >= 0.9


def test_gao_and_kuzmina_stand_in_tension_on_chronic_gvhd_with_what_differs() -> None:
    (link,) = between(LinkKind.TENSION, GAO, KUZMINA)
    assert "27.4% (95% CI, 16.2% to 38.6%) against 49.0%" in link.because[0].text
    assert "P = .021" in link.because[0].text
    assert "no difference" in link.because[0].text
    assert {(each.factor, each.subject, each.object) for each in link.differing} >= {
        ("cell_source", "umbilical cord", "bone marrow"),
        ("infusions", "repeated", "1 infusion"),
    }
    assert link.subject_sentence is not None
    assert link.subject_sentence.startswith("Among non-MSC controls")
    assert (
        link.object_sentence == "The two groups did not differ as regards infectious complications, chronic GVHD or rejection of the graft."
    )


def test_relapse_in_a_small_trial_is_a_weak_contrast_to_the_meta_analysis_that_may_pool_it() -> None:
    (link,) = between(LinkKind.WEAK_CONTRAST, META_2018, NING)
    because = {reason.sign: reason.text for reason in link.because}
    assert because["outcome"] == "Both measure cumulative incidence of relapse."
    assert "no difference, not significant; RR 1.02" in because["verdict"]
    assert "more, no test stated; Six patients (60.0%) against three (20.0%)" in because["verdict"]
    assert because["pool"] == "Ning 2008 is a possible member of the pooled set of Wang 2018."


def test_benefit_and_no_benefit_in_aplastic_anemia_stand_in_tension_with_the_power_question_answered() -> None:
    links = between(LinkKind.TENSION, "made-up-saa-benefit", "made-up-saa-no-benefit")
    assert len(links) == 3
    answers = [reason.text for link in links for reason in link.because if reason.sign == "power"]
    assert all(re.match(r"Brook 2023, with 48 and 48 participants.*, had a power of \d\d%", answer) for answer in answers)
    assert all("too small to rule it out" in answer for answer in answers)


def test_relapse_in_opposite_directions_is_a_contradiction_with_what_differs_ranked() -> None:
    links = between(LinkKind.CONTRADICTS, "made-up-relapse-less", "made-up-relapse-more")
    relapse = next(each for each in links if "relapse" in each.because[1].text)
    told = {each.factor: (each.subject, each.object) for each in relapse.differing}
    assert told["conditioning"] == ("reduced intensity", "myeloablative")
    assert told["donor"] == ("haploidentical", "matched sibling")
    assert told["timing"] == ("day 45", "day 0")


@pytest.mark.parametrize("is_backwards", [False, True])
def test_papers_that_come_one_by_one_get_the_links_that_they_get_together(is_backwards: bool) -> None:
    """Separations apart, which are figures of the whole graph at the time."""
    papers = sorted({each.paper for each in corpus().claims}, reverse=is_backwards)
    known: list[Claim] = []
    found: list[Link] = []
    for paper in papers:
        new = [each for each in corpus().claims if each.paper == paper]
        found += compare_claims(new, known, contexts=corpus().contexts, vocabulary=VOCABULARY)
        known += new
    assert {without_separations(each) for each in found} == {without_separations(each) for each in corpus().links}
    assert len(found) == len(corpus().links)


def without_separations(link: Link) -> Link:
    factors = sorted((each.model_copy(update={"separation": None}) for each in link.differing), key=lambda each: each.factor)
    return link.model_copy(update={"differing": tuple(factors)})


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson (1927), 95%."""
    z = 1.959964
    share, spread = successes / n, z * z / n
    middle, half = (share + spread / 2) / (1 + spread), z / (1 + spread) * sqrt(share * (1 - share) / n + spread / (4 * n))
    return middle - half, middle + half
