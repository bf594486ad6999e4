"""What a title or an aim sets against each other, and which of the two is the intervention."""

import pytest

from kg.extract.findings.arm_book import read_arms
from kg.extract.findings.arm_words import CONTROL, INTERVENTION
from kg.extract.findings.arms import find_arm_mentions
from kg.extract.pipeline import RuleExtractor
from kg.extract.terms import find_terms


def arms_of(extractor: RuleExtractor, title: str, aim: str, result: str) -> list[tuple[str, int]]:
    text = f"{aim} {result}"
    terms, title_terms = find_terms(text, extractor.matcher), find_terms(title, extractor.matcher)
    book = read_arms(title, text, terms, title_terms, extractor.vocabulary)
    found = find_arm_mentions(text, len(aim), len(text), book=book, terms=terms, vocabulary=extractor.vocabulary)
    return [(mention.text, mention.number) for mention in found]


SIDES = [
    pytest.param(
        "Umbilical cord versus bone marrow mesenchymal stem cells in mice",
        "Mice got umbilical cord mesenchymal stem cells (UC-MSCs) or bone marrow mesenchymal stem cells (BM-MSCs).",
        "Survival was 60% after BM-MSCs and 80% after UC-MSCs.",
        [("BM-MSCs", CONTROL), ("UC-MSCs", INTERVENTION)],
        id="the first side leaves its noun out",
    ),
    pytest.param(
        "Globulin at 7.5 versus 10 mg/kg before transplantation",
        "Half of the patients got 7.5 mg/kg and half 10 mg/kg.",
        "Relapse was 20% with 10 mg/kg and 12% with the lower dose.",
        [("10 mg/kg", CONTROL), ("lower dose", INTERVENTION)],
        id="doses, by amount and by size",
    ),
    pytest.param(
        "Marrow or mobilized blood from siblings",
        "We asked if blood should replace marrow.",
        "Relapse was 20% after marrow and 12% after blood.",
        [("marrow", CONTROL), ("blood", INTERVENTION)],
        id="what replaces is the intervention",
    ),
    pytest.param(
        "One or two cord blood units",
        "Two units were infused in place of one in 100 patients.",
        "Relapse was 20% after one unit and 12% in the double-unit group.",
        [("one unit", CONTROL), ("double-unit group", INTERVENTION)],
        id="number words and their adjectives",
    ),
    pytest.param(
        "Treosulfan or busulfan with fludarabine",
        "We randomized 200 patients.",
        "Relapse was 20% with busulfan and 12% with treosulfan.",
        [("busulfan", CONTROL), ("treosulfan", INTERVENTION)],
        id="or in the title, drugs that nearly everyone gets",
    ),
    pytest.param(
        "Conditioning in remission",
        "Busulfan was compared with treosulfan in 200 patients; treosulfan might displace busulfan.",
        "Relapse was 20% with busulfan and 12% with treosulfan.",
        [("busulfan", CONTROL), ("treosulfan", INTERVENTION)],
        id="an aim in the passive",
    ),
    pytest.param(
        "Haploidentical versus matched sibling transplantation",
        "We studied 100 haplo and 200 MSD transplants.",
        "Relapse was 20% in the MSD cohort and 12% in the haplo cohort.",
        [("MSD cohort", CONTROL), ("haplo cohort", INTERVENTION)],
        id="clipped words and initials",
    ),
    pytest.param(
        "Weekly or monthly rituximab",
        "We randomized 50 patients.",
        "Relapse was 20% with the monthly schedule and 12% with the weekly schedule.",
        [("monthly schedule", CONTROL), ("weekly schedule", INTERVENTION)],
        id="the same drug on both sides",
    ),
    pytest.param(
        "Haploidentical transplantation for aplastic anemia",
        "Of 158 patients 89 went straight to haploidentical transplantation while 69 began with IST.",
        "Survival was 84% among transplant recipients; it was 39% in the IST group.",
        [("IST group", CONTROL)],
        id="how the patients were split",
    ),
    pytest.param(
        "Unmanipulated haploidentical versus matched unrelated transplantation",
        "We reviewed 98 adults with a haploidentical donor in 61 and a matched unrelated donor in 37.",
        "Relapse was 12% in haploidentical recipients and 20% in unrelated recipients.",
        [("haploidentical recipients", INTERVENTION), ("unrelated recipients", CONTROL)],
        id="a graft that is not manipulated is not the usual one",
    ),
    pytest.param(
        "Tregs beat post-transplant cyclophosphamide in haploidentical transplantation",
        "Grafts were preceded by regulatory T cells (Treg protocol, n = 50) or followed by cyclophosphamide (PTCy protocol, n = 72).",
        "Relapse was 8% under the Treg protocol and 26% under the PTCy protocol.",
        [("Treg protocol", INTERVENTION), ("PTCy protocol", CONTROL)],
        id="protocols",
    ),
    pytest.param(
        "Outcome of cord blood transplantation compared with haploidentical transplantation",
        "Cord blood (UCB) was used in 60, a haploidentical donor in 80.",
        "Relapse was 12% with UCB and 20% with haploidentical grafts.",
        [("UCB", INTERVENTION), ("haploidentical grafts", CONTROL)],
        id="a short form that begins with another letter",
    ),
    pytest.param(
        "Sirolimus added to tacrolimus: randomized trial",
        "Patients received tacrolimus with or without sirolimus.",
        "Relapse was 12% with sirolimus and 20% with standard prophylaxis.",
        [("sirolimus", INTERVENTION), ("standard prophylaxis", CONTROL)],
        id="what everyone gets, behind a number",
    ),
    pytest.param(
        "Fecal microbiota transfer after allogeneic transplantation",
        "Patients took oral microbiota capsules or matching placebo.",
        "Infections came in 21% with microbiota and 11% with placebo.",
        [("microbiota", INTERVENTION), ("placebo", CONTROL)],
        id="what is given against a placebo",
    ),
    pytest.param(
        "Sorafenib after transplantation",
        "Patients got sorafenib or nothing.",
        "Toxicity came in 7% of the treated and in 3% of the untreated.",
        [("the treated", INTERVENTION), ("the untreated", CONTROL)],
        id="participles for people",
    ),
]


@pytest.mark.parametrize(("title", "aim", "result", "expected"), SIDES)
def test_sides_of_title_or_aim_name_the_arms(
    extractor: RuleExtractor, title: str, aim: str, result: str, expected: list[tuple[str, int]]
) -> None:
    assert arms_of(extractor, title, aim, result) == expected


NO_SIDES = [
    pytest.param("Acute versus chronic GVHD after transplantation", "Acute GVHD came in 30%, chronic GVHD in 40%.", id="diseases"),
    pytest.param(
        "MSCs for GVHD", "Most patients had received cyclosporine or tacrolimus. Response to MSCs was 60%.", id="never used again"
    ),
    pytest.param("Sibling versus unrelated versus haploidentical donors", "Relapse was 12% with sibling donors.", id="three things"),
]


@pytest.mark.parametrize(("title", "text"), NO_SIDES)
def test_what_is_not_given_or_never_comes_back_is_no_arm(extractor: RuleExtractor, title: str, text: str) -> None:
    book = read_arms(title, text, find_terms(text, extractor.matcher), find_terms(title, extractor.matcher), extractor.vocabulary)
    assert not book.is_comparative
