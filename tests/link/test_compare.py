"""New findings against known ones."""

from claim_world import CHRONIC, CORD_MSC, MARROW_MSC, VOCABULARY, claim, count, of, other, p, percent, ratio
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.link.compare import comparable_outcomes, compare, compare_claims
from kg.link.separations import find_separations
from kg.model import Claim, Difference, Link, LinkKind, LinkReason, StudyContext


def linked(one: Claim, two: Claim, *contexts: StudyContext, links: tuple[Link, ...] = ()) -> Link:
    found = compare(one, two, contexts={each.paper: each for each in contexts}, vocabulary=VOCABULARY, paper_links=links)
    assert found.link is not None, found.obstacle
    return found.link


def links_of(new: list[Claim], known: list[Claim], *contexts: StudyContext) -> tuple[Link, ...]:
    return compare_claims(new, known, contexts={each.paper: each for each in contexts}, vocabulary=VOCABULARY)


def because(link: Link) -> dict[str, str]:
    return {reason.sign: reason.text for reason in link.because}


def test_a_tension_is_explained_by_both_sentences_its_reasons_and_what_differs() -> None:
    cord = claim(
        first_author="Gao L",
        cells=(CORD_MSC,),
        significant=None,
        p=p("=", 0.021),
        values={"intervention": percent(27.4), "comparator": percent(49.0)},
        timepoint="P2Y",
    )
    marrow = other(
        first_author="Kuzmina L", cells=(MARROW_MSC,), intervention="bone marrow MSC", direction="no_difference", significant=None
    )
    contexts = (
        of("pmid-1", year=2016, is_repeated=True),
        of("pmid-2", year=2012, infusions=1, n_arms={"intervention": 19, "comparator": 18}),
    )
    assert linked(marrow, cord, *contexts) == Link(
        kind=LinkKind.TENSION,
        subject=cord.finding,
        object=marrow.finding,
        subject_paper="pmid-1",
        object_paper="pmid-2",
        score=1.0,
        because=(
            LinkReason(
                sign="verdict",
                text="Gao 2016: incidence of chronic GVHD: less, significant; 27.4% against 49%; P = .021. "
                "Kuzmina 2012: incidence of chronic GVHD: no difference, no test stated.",
            ),
            LinkReason(sign="outcome", text="Both measure incidence of chronic GVHD."),
            LinkReason(
                sign="population", text="Both in patients: mesenchymal stromal cell to prevent or with the graft, against a control group."
            ),
            LinkReason(sign="timepoint", text="The times differ: 2 years and not stated."),
            LinkReason(
                sign="power",
                text="Kuzmina 2012, with 19 and 18 participants, had a power of 27% to see chronic graft-versus-host disease in 27.4% "
                "against 49.0%: too small to rule it out. It could have seen a fall to 8.7%.",
                weight=0.268,
            ),
        ),
        differing=(
            Difference(factor="cell_source", subject="umbilical cord", object="bone marrow"),
            Difference(factor="infusions", subject="repeated", object="1 infusion"),
        ),
        subject_sentence="The sentence of pmid-1.",
        object_sentence="The sentence of pmid-2.",
    )


def test_survival_and_mortality_are_compared_with_one_read_the_other_way_round() -> None:
    better = claim(outcome="overall-survival", direction="increased")
    assert linked(better, other(outcome="mortality", direction="decreased")).kind is LinkKind.AGREES
    worse = linked(better, other(outcome="mortality", direction="increased"))
    assert worse.kind is LinkKind.CONTRADICTS
    assert because(worse)["outcome"].startswith("One outcome is the complement of the other")
    assert "overall survival: more, significant" in because(worse)["verdict"]
    assert "mortality: more, significant" in because(worse)["verdict"]


def test_a_trial_may_be_in_the_pool_of_a_younger_meta_analysis_only() -> None:
    pooled, trial = claim(design="meta_analysis", first_author="Wang L"), other(first_author="Ning H", significant=None)
    assert because(linked(pooled, trial))["pool"] == "Ning 2012 is a possible member of the pooled set of Wang 2016."
    assert "pool" not in because(linked(claim(), other(design="meta_analysis")))
    assert "pool" not in because(linked(pooled, other(design="case_series")))
    of_trials = claim(design="meta_analysis", title="Cells against GVHD: a meta-analysis of randomized controlled trials")
    assert "pool" not in because(linked(of_trials, other(design="retrospective_cohort")))
    assert "pool" in because(linked(of_trials, other()))
    of_coinfusion = claim(design="meta_analysis", intent="cotransplantation", title="Non-randomized trials of co-infusion")
    assert "pool" not in because(linked(of_coinfusion, other()))
    assert "pool" in because(linked(of_coinfusion, other(intent="cotransplantation", design="retrospective_cohort")))
    both = linked(pooled, other(design="meta_analysis"))
    assert because(both)["pool"] == "Both are meta-analyses and may have pooled the same studies."


def test_a_trial_that_is_known_to_be_pooled_is_no_mere_possibility() -> None:
    tie = Link(kind=LinkKind.INCLUDES_STUDY, subject="pmid-1", object="pmid-2", subject_paper="pmid-1", object_paper="pmid-2")
    found = linked(claim(design="meta_analysis"), other(), links=(tie,))
    assert because(found)["pool"] == "pmid-1 pools pmid-2."
    guess = linked(claim(design="meta_analysis"), other(design="case_series"), links=(tie.model_copy(update={"score": 0.4}),))
    assert because(guess)["pool"] == "pmid-2 is a possible member of the pooled set of pmid-1."


def test_the_score_is_the_chance_that_both_were_read_right() -> None:
    assert linked(claim(confidence=0.5), other(confidence=0.8)).score == 0.4


def test_a_test_that_does_not_decide_is_not_no_test() -> None:
    found = because(linked(claim(significant=None, p=p("=", 0.05)), other(significant=None)))["verdict"]
    assert found.startswith("pmid-1: incidence of chronic GVHD: less, the test does not decide; P = .05. ")
    assert found.endswith("pmid-2: incidence of chronic GVHD: less, no test stated.")


def test_only_new_findings_get_links_and_each_pair_one() -> None:
    first, second, third = claim(), other(), claim("pmid-3", year=2010)
    links = links_of([first], [first, second, third])
    assert [(each.subject_paper, each.object_paper) for each in links] == [("pmid-1", "pmid-2"), ("pmid-1", "pmid-3")]
    everything = links_of([first, second, third], [first, second, third])
    assert len(everything) == 3
    assert links_of([second], [second, first, third]) == tuple(
        each for each in everything if "pmid-2" in {each.subject_paper, each.object_paper}
    )


def test_the_order_of_claims_does_not_matter() -> None:
    claims = [claim(), other(), claim("pmid-3", direction="increased"), claim("pmid-4", direction="no_difference", significant=None)]
    assert links_of(claims, claims) == links_of(claims[::-1], claims[::-1])


def test_links_come_by_kind_with_weak_contrasts_after_tensions() -> None:
    claims = [
        claim(),
        other(),
        claim("pmid-3", direction="increased"),
        claim("pmid-4", direction="no_difference", significant=None),
        claim("pmid-5", direction="increased", significant=None),
    ]
    kinds = [each.kind.value for each in links_of(claims, claims)]
    assert kinds == ["contradicts"] * 2 + ["tension"] * 3 + ["weak_contrast"] * 3 + ["agrees"] * 2


def test_of_two_times_the_nearest_is_compared() -> None:
    early = claim(finding="early", timepoint="P1Y", direction="no_difference", significant=False)
    late = claim(finding="late", timepoint="P2Y")
    (found,) = links_of([early, late], [other(timepoint="P2Y")])
    assert (found.subject, found.kind) == ("late", LinkKind.AGREES)


def test_arms_of_one_paper_that_got_other_cells_are_linked_apart() -> None:
    def regulatory(paper: str, **stated: object) -> Claim:
        cells = {"cells": ("regulatory-t-cell",), "intervention": "Treg", "finding": f"{paper}-treg"}
        return claim(paper, **cells, **stated)

    found = links_of([claim(), regulatory("pmid-1")], [other(), regulatory("pmid-2", year=2012)])
    assert [(each.subject, each.object) for each in found] == [
        (claim().finding, other().finding),
        ("pmid-1-treg", "pmid-2-treg"),
    ]


def test_a_paper_that_says_two_things_of_one_outcome_is_held_to_what_it_tested() -> None:
    claims = [claim(finding="a"), claim(finding="b", direction="no_difference", significant=None)]
    (found,) = links_of(claims, [other()])
    assert found.subject == "a"
    undecided = [claim(finding="a"), claim(finding="b", direction="increased")]
    assert links_of(undecided, [other()]) == ()


def test_a_quantity_is_asked_for_under_all_its_names() -> None:
    assert comparable_outcomes([claim(outcome="overall-survival")], VOCABULARY) == {
        "6-month-survival",
        "day-100-mortality",
        "death",
        "mortality",
        "overall-survival",
        "survival-rate",
    }
    assert CHRONIC in comparable_outcomes([claim(outcome="chronic-graft-versus-host-disease")], VOCABULARY)
    assert comparable_outcomes([claim(outcome="unmapped/outcome/dry-eyes")], VOCABULARY) == frozenset()


def test_a_new_finding_meets_only_those_that_share_quantity_and_intervention() -> None:
    """A thousand papers on other outcomes add no comparison: the claims looked at are those of one group."""
    slugs = [each.slug for each in VOCABULARY.of_kind("outcome") if each.slug != CHRONIC]
    crowd = [claim(f"pmid-{1000 + number}", outcome=slugs[number % len(slugs)]) for number in range(300)]
    same = [each for each in crowd if each.outcome in comparable_outcomes([claim()], VOCABULARY)]
    assert links_of([claim()], [*crowd, other()]) == links_of([claim()], [*same, other()])


WAYS = st.sampled_from(["increased", "decreased", "no_difference"])
TESTS = st.sampled_from([True, False, None])
TURNED = {"increased": "decreased", "decreased": "increased", "no_difference": "no_difference"}


@given(WAYS, TESTS, WAYS, TESTS)
@settings(deadline=None)
def test_telling_deaths_as_survival_never_changes_the_verdict(way: str, tested: bool | None, second: str, also: bool | None) -> None:
    deaths, against = (
        claim(outcome="mortality", direction=way, significant=tested),
        other(outcome="mortality", direction=second, significant=also),
    )
    survival = claim(outcome="overall-survival", direction=TURNED[way], significant=tested)
    one = compare(deaths, against, contexts={}, vocabulary=VOCABULARY)
    two = compare(survival, against, contexts={}, vocabulary=VOCABULARY)
    assert (one.link and one.link.kind, one.obstacle) == (two.link and two.link.kind, two.obstacle)


@given(WAYS, TESTS, WAYS, TESTS)
@settings(deadline=None)
def test_what_was_not_tested_never_contradicts(way: str, tested: bool | None, second: str, also: bool | None) -> None:
    found = compare(claim(direction=way, significant=tested), other(direction=second, significant=also), contexts={}, vocabulary=VOCABULARY)
    if found.link is not None and found.link.kind is LinkKind.CONTRADICTS:
        assert tested is also is True
        assert {way, second} == {"increased", "decreased"}


def test_separations_may_be_given() -> None:
    nothing = find_separations([], VOCABULARY)
    found = compare_claims([claim()], [other(direction="increased")], contexts={}, vocabulary=VOCABULARY, separations=nothing)
    assert [each.kind for each in found] == [LinkKind.CONTRADICTS]


def test_an_interval_without_room_for_the_other_estimate_says_so() -> None:
    seen = claim(effect=ratio(0.5, 0.3, 0.8))
    narrow = other(direction="no_difference", significant=False, effect=ratio(1.0, 0.8, 1.2))
    wide = other(direction="no_difference", significant=False, effect=ratio(0.9, 0.4, 1.9))
    assert because(linked(seen, narrow))["interval"] == "The interval of pmid-2, 0.8 to 1.2, rules out the other's RR 0.5."
    assert because(linked(seen, wide))["interval"] == "The interval of pmid-2, 0.4 to 1.9, has room for the other's RR 0.5."
    other_scale = other(direction="no_difference", significant=False, effect=ratio(0.9, 0.4, 1.9, measure="HR"))
    assert "interval" not in because(linked(seen, other_scale))


def test_a_tension_says_which_way_the_finding_of_no_difference_leans() -> None:
    seen = claim()
    for value, words in ((0.8, "leans the same way"), (1.1, "does not lean that way")):
        unseen = other(direction="no_difference", significant=False, effect=ratio(value, 0.5, 1.5))
        assert because(linked(seen, unseen))["lean"] == f"pmid-2 found no difference; its estimate {words}."


def test_counts_give_the_numbers_per_arm() -> None:
    seen = claim(values={"intervention": percent(10), "comparator": percent(40)})
    unseen = other(direction="no_difference", significant=None, values={"intervention": count(9, 30), "comparator": count(10, 31)})
    assert because(linked(seen, unseen))["power"].startswith("pmid-2, with 30 and 31 participants, had a power of")


def test_papers_of_one_author_and_year_are_named_with_their_ids() -> None:
    one, two = (each.model_copy(update={"first_author": "Gao L", "year": 2016}) for each in (claim(), other(direction="increased")))
    (link,) = compare_claims([one], [two], contexts={}, vocabulary=VOCABULARY)
    assert "Gao 2016 (PMID 1): " in link.because[0].text
    assert "Gao 2016 (PMID 2): " in link.because[0].text
