import pytest

from kg.model import Claim, Design, Direction, FindingKind
from kg.network import MAIN_OUTCOMES, Edge, Level, Node, NodeKind, Sense, build_graph, edges_of, nodes_of, place
from kg.vocabulary import Concept, Vocabulary

VOCABULARY = Vocabulary(
    concepts={
        concept.slug: concept
        for concept in (
            Concept("uc-msc", "cell_type", "umbilical cord MSC"),
            Concept("ruxolitinib", "drug", "ruxolitinib"),
            Concept("irradiation", "procedure", "irradiation"),
            Concept("haplo", "transplant", "haploidentical transplantation"),
            Concept("relapse", "outcome", "relapse"),
            Concept("chronic-gvhd", "outcome", "chronic GVHD"),
            Concept("severe-chronic-gvhd", "outcome", "severe chronic GVHD", broader=("chronic-gvhd",)),
        )
    }
)


def claim(paper="p1", outcome="chronic-gvhd", direction=Direction.DECREASED, **fields):
    values = {
        "finding": f"{paper}/{outcome}/{direction}",
        "kind": FindingKind.EFFECT,
        "cells": ("uc-msc",),
        "outcome_label": outcome.replace("-", " "),
        "sentence": "Fewer patients had it.",
    } | fields
    return Claim(paper=paper, outcome=outcome, direction=direction, **values)


def edge(graph, source, target):
    found = [each for each in edges_of(graph) if (each.source, each.target) == (source, target)]
    assert len(found) == 1
    return found[0]


def test_a_finding_ties_cell_and_paper_to_the_outcome():
    only = claim()
    graph = build_graph([only], VOCABULARY)
    assert edges_of(graph) == [
        Edge("cell:uc-msc", "outcome:chronic-gvhd", Sense.DECREASED, Level.CLINICAL, (only,)),
        Edge("paper:p1", "outcome:chronic-gvhd", Sense.DECREASED, Level.CLINICAL, (only,)),
    ]
    assert nodes_of(graph) == [
        Node("cell:uc-msc", NodeKind.CELL, "umbilical cord MSC", 1),
        Node("outcome:chronic-gvhd", NodeKind.OUTCOME, "chronic GVHD", 1, "chronic-gvhd"),
        Node("paper:p1", NodeKind.PAPER, "p1", 1),
    ]


def test_two_papers_that_agree_make_one_thicker_edge():
    graph = build_graph([claim("p1"), claim("p2")], VOCABULARY)
    assert edge(graph, "cell:uc-msc", "outcome:chronic-gvhd").studies == 2


def test_two_findings_of_one_paper_count_as_one_study():
    graph = build_graph([claim(finding="a"), claim(finding="b")], VOCABULARY)
    found = edge(graph, "cell:uc-msc", "outcome:chronic-gvhd")
    assert (found.studies, len(found.claims)) == (1, 2)


@pytest.mark.parametrize(
    ("directions", "sense"),
    [
        (("decreased", "increased"), Sense.MIXED),
        (("decreased", "no_difference"), Sense.MIXED),
        (("decreased", "reported"), Sense.DECREASED),
        (("no_difference", "unclear"), Sense.NO_DIFFERENCE),
        (("reported", "reported"), Sense.REPORTED),
        (("unclear",), Sense.MIXED),
        (("reported", "unclear"), Sense.MIXED),
    ],
)
def test_an_edge_says_what_its_findings_say_together(directions, sense):
    claims = [claim(f"p{n}", direction=Direction(direction)) for n, direction in enumerate(directions)]
    assert edge(build_graph(claims, VOCABULARY), "cell:uc-msc", "outcome:chronic-gvhd").sense is sense


@pytest.mark.parametrize(
    "fields", [{"design": Design.IN_VITRO}, {"species": "mouse"}, {"design": Design.IN_VIVO_PRECLINICAL, "species": "human"}]
)
def test_animals_and_cultures_keep_their_own_edges(fields):
    graph = build_graph([claim("p1", species="human"), claim("p2", direction=Direction.INCREASED, **fields)], VOCABULARY)
    found = [(each.level, each.sense) for each in edges_of(graph) if each.source == "cell:uc-msc"]
    assert found == [(Level.CLINICAL, Sense.DECREASED), (Level.PRECLINICAL, Sense.INCREASED)]


def test_a_retracted_paper_is_shown_and_supports_no_effect():
    graph = build_graph([claim(is_retracted=True)], VOCABULARY)
    assert [each.source for each in edges_of(graph)] == ["paper:p1"]
    assert [node.is_retracted for node in nodes_of(graph) if node.kind is NodeKind.PAPER] == [True]


def test_a_risk_factor_is_no_effect_of_the_cell():
    graph = build_graph([claim(kind=FindingKind.SUBGROUP)], VOCABULARY)
    assert [each.source for each in edges_of(graph)] == ["paper:p1"]


def test_drugs_are_nodes_and_procedures_are_not():
    graph = build_graph([claim(cells=(), interventions=("irradiation", "ruxolitinib"))], VOCABULARY)
    assert [each.source for each in edges_of(graph)] == ["drug:ruxolitinib", "paper:p1"]


def test_a_transplant_setting_leads_to_what_was_given_in_it():
    graph = build_graph([claim(transplants=("haplo",))], VOCABULARY)
    assert edge(graph, "transplant:haplo", "cell:uc-msc").sense is Sense.SETTING


def test_words_the_vocabulary_lacks_are_shown_as_printed():
    graph = build_graph([claim(outcome="x-lung-score", outcome_label="lung score", cells=("odd-cell",))], VOCABULARY)
    assert {node.id: node.label for node in nodes_of(graph)} == {
        "cell:odd-cell": "odd cell",
        "outcome:x-lung-score": "lung score",
        "paper:p1": "p1",
    }


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"first_author": "Gao, Lei", "year": 2016}, "Gao 2016"),
        ({"title": "A trial of cells", "year": None}, "A trial of cells"),
        ({"first_author": "Ning H", "title": "A trial"}, "Ning H"),
    ],
)
def test_a_paper_goes_by_author_and_year_or_title(fields, label):
    assert [node.label for node in nodes_of(build_graph([claim(**fields)], VOCABULARY)) if node.kind is NodeKind.PAPER] == [label]


def many(papers, outcomes):
    return [
        claim(f"p{n:04}", outcome=f"o{m:03}", cells=(f"cell-{m % 70}",), transplants=("haplo",))
        for n in range(papers)
        for m in {n % outcomes, (n * 7) % outcomes}
    ]


def test_no_two_nodes_lie_on_each_other():
    graph = build_graph(many(300, 90), VOCABULARY)
    points = sorted(place(graph).values(), key=lambda point: (point.x, point.y))
    near = [(a, b) for a in points for b in points if a is not b and abs(a.x - b.x) < 230 and abs(a.y - b.y) < 30]
    assert len(points) == len(nodes_of(graph)) > 400
    assert near == []


def test_places_do_not_depend_on_the_order_of_claims():
    claims = many(40, 60)
    assert place(build_graph(claims, VOCABULARY)) == place(build_graph(reversed(claims), VOCABULARY))


def test_columns_run_from_setting_to_paper():
    points = place(build_graph([claim(transplants=("haplo",))], VOCABULARY))
    columns = [points[node].x for node in ("transplant:haplo", "cell:uc-msc", "outcome:chronic-gvhd", "paper:p1")]
    assert columns == sorted(set(columns))


def test_outcomes_of_one_family_stand_together():
    claims = [claim(outcome="chronic-gvhd"), claim(outcome="severe-chronic-gvhd"), claim(outcome="relapse"), claim("p2", outcome="relapse")]
    points = place(build_graph(claims, VOCABULARY))
    rows = sorted((points[f"outcome:{name}"].y, name) for name in ("relapse", "severe-chronic-gvhd", "chronic-gvhd"))
    assert [name for _, name in rows] == ["chronic-gvhd", "severe-chronic-gvhd", "relapse"]


def test_outcomes_with_fewest_studies_go_below():
    claims = [claim("p1", outcome=f"o{n:02}") for n in range(MAIN_OUTCOMES + 1)] + [
        claim("p2", outcome=f"o{n:02}") for n in range(1, MAIN_OUTCOMES + 1)
    ]
    points = place(build_graph(claims, VOCABULARY))
    assert max(points, key=lambda node: points[node].y) == "outcome:o00"


def test_no_claims_make_an_empty_graph():
    graph = build_graph([], VOCABULARY)
    assert (nodes_of(graph), edges_of(graph), place(graph)) == ([], [], {})


def test_a_point_is_whole_pixels():
    assert all(isinstance(value, int) for point in place(build_graph(many(20, 30), VOCABULARY)).values() for value in (point.x, point.y))


def test_papers_on_the_same_participants_count_once():
    graph = build_graph([claim("p1", cohort="c1"), claim("p2", cohort="c1"), claim("p3")], VOCABULARY)
    assert edge(graph, "cell:uc-msc", "outcome:chronic-gvhd").studies == 2
    assert {node.id: node.studies for node in nodes_of(graph)}["outcome:chronic-gvhd"] == 2


def test_no_edge_from_a_concept_rests_on_a_paper_that_is_doubted():
    graph = build_graph([claim("p1", caution="concern"), claim("p2", caution="corrected")], VOCABULARY)
    assert [each.paper for each in edge(graph, "cell:uc-msc", "outcome:chronic-gvhd").claims] == ["p2"]
