"""What studies say of the factors in which they may differ, and what each factor is worth."""

import pytest
from claim_world import CORD_MSC, MARROW_MSC, VOCABULARY, claim, of, other

from kg.link.factors import FACTORS, read_factors
from kg.link.matching import Profile, profile_of
from kg.link.separations import Separations, differing_factors, find_separations
from kg.model import Claim, Difference


def profile(finding: Claim, **stated: object) -> Profile:
    return profile_of(finding, of(finding.paper, **stated), VOCABULARY)


def shown(finding: Claim | None = None, **stated: object) -> dict[str, str]:
    read = read_factors(profile(finding if finding is not None else claim(design=None), **stated), VOCABULARY)
    return {factor: said.shown for factor, said in read.items()}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, {}),
        ({"cell_sources": ("umbilical cord", "bone marrow")}, {"cell_source": "bone marrow; umbilical cord"}),
        ({"cells_per_kg": 9e5}, {"dose": "0.9×10^6 cells/kg"}),
        ({"infusion_day": 0}, {"timing": "day 0"}),
        ({"infusion_day": -1}, {"timing": "day -1"}),
        ({"infusions": 1}, {"infusions": "1 infusion"}),
        ({"infusions": 4, "is_repeated": True}, {"infusions": "4 infusions"}),
        ({"is_repeated": True}, {"infusions": "repeated"}),
        ({"is_repeated": False}, {"infusions": "1 infusion"}),
        ({"donors": ("third-party",)}, {"cell_donor": "third-party"}),
        ({"transplants": ("haploidentical-hematopoietic-stem-cell-transplantation",)}, {"donor": "haploidentical"}),
        ({"transplants": ("double-cord-blood-transplantation",)}, {"donor": "umbilical cord blood"}),
        ({"transplants": ("non-myeloablative-conditioning",)}, {"conditioning": "reduced intensity"}),
        ({"mentions": ("myeloablative-conditioning",)}, {"conditioning": "myeloablative"}),
        ({"mentions": ("myeloablative-conditioning", "reduced-intensity-conditioning")}, {}),
        ({"conditions": ("severe-aplastic-anemia",)}, {"condition": "aplastic anemia"}),
        ({"age_group": "pediatric"}, {"age_group": "pediatric"}),
        ({"is_steroid_refractory": True}, {"steroid_response": "steroid-refractory"}),
        ({"is_steroid_refractory": False}, {"steroid_response": "not steroid-refractory"}),
        ({"n": 0}, {"n": "0"}),
        ({"follow_up": "P1Y6M"}, {"follow_up": "18 months"}),
        ({"follow_up": "P26W"}, {"follow_up": "6 months"}),
        ({"follow_up": "PT3H"}, {}),
    ],
)
def test_a_factor_is_shown_where_the_paper_says_it(stated: dict[str, object], expected: dict[str, str]) -> None:
    assert shown(**stated) == expected


def test_some_factors_are_in_the_finding_itself() -> None:
    found = shown(claim(design="rct", cells=(CORD_MSC,), intent="cotransplantation", population="grade III-IV", n=61))
    assert found == {"cell_source": "umbilical cord", "timing": "with the graft", "grade": "grade III-IV", "n": "61"} | {
        "design": "randomized controlled trial"
    }


def differing(one: Profile, two: Profile, separations: Separations | None = None) -> tuple[Difference, ...]:
    return differing_factors(one, two, separations if separations is not None else Separations(), VOCABULARY)


def test_values_of_one_band_do_not_differ_and_what_one_paper_omits_comes_last() -> None:
    one = profile(claim(n=183), infusion_day=0, age_group="adult", cells_per_kg=1e6)
    two = profile(other(n=190), infusion_day=1, cells_per_kg=2e6)
    assert differing(one, two) == (
        Difference(factor="dose", subject="1×10^6 cells/kg", object="2×10^6 cells/kg"),
        Difference(factor="age_group", subject="adult", object=None),
    )


def trials(*ways: tuple[str, str, int]) -> list[Profile]:
    """So many papers of each cell and direction, all of one design."""
    made = []
    for cell, direction, number in ways:
        for each in range(number):
            paper = f"{cell}-{direction}-{each}"
            made.append(
                profile(claim(paper, cells=(cell,), intervention="cells", direction=direction, significant=direction != "no_difference"))
            )
    return made


def test_a_factor_that_parts_the_sides_ranks_above_one_that_does_not() -> None:
    graph = trials((CORD_MSC, "decreased", 6), (MARROW_MSC, "no_difference", 6))
    one = profile(claim(cells=(CORD_MSC,), design="rct"), infusions=1)
    two = profile(other(cells=(MARROW_MSC,), design="retrospective_cohort", direction="no_difference", significant=None), infusions=4)
    found = differing(one, two, find_separations([*graph, one, two], VOCABULARY))
    assert [each.factor for each in found] == ["cell_source", "design", "infusions"]
    assert found[0].separation == pytest.approx(1 - 1 / (2 * 14) * 1.4427, abs=0.002)
    # One cohort among thirteen trials says little of design, and two papers say nothing of infusions.
    assert found[1].separation is not None
    assert found[1].separation < 0.1
    assert found[2].separation is None


def test_a_factor_spread_evenly_separates_nothing() -> None:
    even = trials(
        (CORD_MSC, "decreased", 4), (MARROW_MSC, "decreased", 4), (CORD_MSC, "no_difference", 4), (MARROW_MSC, "no_difference", 4)
    )
    one, two = even[0], even[-1]
    (difference,) = differing(one, two, find_separations(even, VOCABULARY))
    assert (difference.factor, difference.separation) == ("cell_source", 0.0)


@pytest.mark.parametrize(
    "graph",
    [
        trials((CORD_MSC, "decreased", 3), (MARROW_MSC, "no_difference", 2)),
        trials((CORD_MSC, "decreased", 8), (MARROW_MSC, "no_difference", 1)),
    ],
    ids=["five papers", "one paper on a side"],
)
def test_too_few_papers_say_nothing(graph: list[Profile]) -> None:
    (difference,) = differing(graph[0], graph[-1], find_separations(graph, VOCABULARY))
    assert difference.separation is None


def test_reviews_and_retracted_papers_do_not_count() -> None:
    graph = trials((CORD_MSC, "decreased", 3), (MARROW_MSC, "no_difference", 3))
    counted = find_separations(graph, VOCABULARY)
    more = [
        profile(claim("review", cells=(MARROW_MSC,), intervention="cells", design="meta_analysis")),
        profile(claim("withdrawn", cells=(MARROW_MSC,), intervention="cells", is_retracted=True)),
    ]
    assert find_separations([*graph, *more], VOCABULARY) == counted


def test_a_paper_counts_once_however_many_findings_it_has() -> None:
    graph = trials((CORD_MSC, "decreased", 3), (MARROW_MSC, "no_difference", 3))
    assert find_separations([*graph, *graph], VOCABULARY) == find_separations(graph, VOCABULARY)


def test_every_factor_of_the_record_can_be_read() -> None:
    described = (
        "cell_source dose timing infusions cell_donor donor conditioning condition age_group grade steroid_response design n follow_up"
    )
    assert " ".join(FACTORS) == described
