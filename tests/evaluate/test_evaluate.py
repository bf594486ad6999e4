"""Figures over gold and predictions written in sight."""

import json
import xml.etree.ElementTree as ET

import pytest

from kg.errors import GoldError
from kg.evaluate import (
    Evaluation,
    GoldFinding,
    GoldRecord,
    GoldStudy,
    Half,
    evaluate,
    reliability_plot,
    render_json,
    render_markdown,
    render_table,
)
from kg.evaluate.gold import Equivalent, EquivalentValues
from kg.model import (
    Cell,
    CellRole,
    Design,
    Direction,
    Effect,
    Extraction,
    Finding,
    FindingKind,
    Measure,
    Outcome,
    PValue,
    Span,
    Study,
    Term,
    TermKind,
    Value,
    Values,
)
from kg.schemes import Concept
from kg.vocabulary import Vocabulary

TEXT = "Relapse fell from 30% to 20% (P = 0.04). Infections did not differ."
RELAPSE = Finding(
    kind=FindingKind.EFFECT,
    outcome=Outcome(label="cumulative incidence of relapse", start=0, end=7, text="Relapse"),
    direction=Direction.DECREASED,
    significant=True,
    values=Values(intervention=Value(value=20, unit="%", text="20%"), comparator=Value(value=30, unit="%", text="30%")),
    p=PValue(operator="=", value=0.04),
    evidence=Span(start=0, end=40),
)
INFECTION = Finding(
    kind=FindingKind.SUBGROUP,
    outcome=Outcome(label="infection incidence", start=41, end=51, text="Infections"),
    direction=Direction.NO_DIFFERENCE,
    evidence=Span(start=41, end=67),
)


def gold(*findings: Finding, id_: str = "a", **fields: object) -> GoldRecord:
    return GoldRecord(id=id_, paper=id_, text=TEXT, findings=tuple(GoldFinding(**dict(each)) for each in findings), **fields)


def predicted(*findings: Finding, id_: str = "a", **fields: object) -> Extraction:
    return Extraction(id=id_, paper=id_, findings=findings, **fields)


def changed(finding: Finding, **fields: object) -> Finding:
    return finding.model_copy(update=fields)


def f1(evaluation: Evaluation, group: str, name: str) -> tuple[float, float, float]:
    (found,) = [each for each in evaluation.f1 if (each.group, each.name) == (group, name)]
    return tuple(round(each.value, 3) for each in (found.precision, found.recall, found.f1))


def share(evaluation: Evaluation, group: str, name: str) -> tuple[float | None, int]:
    (found,) = [each for each in evaluation.shares if (each.group, each.name) == (group, name)]
    return (None if found.right is None else round(found.right.value, 3)), found.n


def test_the_same_findings_score_one() -> None:
    evaluation = evaluate([gold(RELAPSE, INFECTION)], [predicted(RELAPSE, INFECTION)])
    assert f1(evaluation, "findings all", "exact") == (1, 1, 1)
    assert share(evaluation, "records", "wholly right") == (1, 1)
    assert evaluation.disagreements == ()


def test_headline_figures_leave_subgroups_out_and_do_not_punish_finding_them() -> None:
    evaluation = evaluate([gold(RELAPSE, INFECTION)], [predicted(RELAPSE, INFECTION)])
    (headline,) = [each for each in evaluation.f1 if (each.group, each.name) == ("findings headline", "direction")]
    assert (headline.gold, headline.predicted) == (1, 1)


def test_a_wrong_direction_is_detected_and_not_counted_as_direction() -> None:
    evaluation = evaluate([gold(RELAPSE)], [predicted(changed(RELAPSE, direction=Direction.INCREASED))])
    assert f1(evaluation, "findings headline", "detected") == (1, 1, 1)
    assert f1(evaluation, "findings headline", "direction") == (0, 0, 0)
    assert evaluation.confusion == {(Direction.DECREASED, Direction.INCREASED): 1}


def test_an_accepted_other_direction_is_right() -> None:
    record = gold(RELAPSE)
    record = record.model_copy(
        update={"findings": (record.findings[0].model_copy(update={"direction_alternatives": (Direction.NO_DIFFERENCE,)}),)}
    )
    evaluation = evaluate([record], [predicted(changed(RELAPSE, direction=Direction.NO_DIFFERENCE))])
    assert share(evaluation, "matched", "direction") == (1, 1)


def test_the_complement_of_an_outcome_is_read_with_its_own_direction_and_values() -> None:
    free = Outcome(label="relapse-free proportion", start=0, end=7, text="Relapse")
    other = Equivalent(
        outcome="relapse free proportion",
        direction=Direction.INCREASED,
        values=EquivalentValues(intervention=80, comparator=70),
    )
    record = gold(RELAPSE)
    record = record.model_copy(update={"findings": (record.findings[0].model_copy(update={"equivalent": other}),)})
    turned = Values(intervention=Value(value=80, text="80%"), comparator=Value(value=70, text="70%"))
    reading = changed(RELAPSE, outcome=free, direction=Direction.INCREASED, values=turned)
    assert evaluate([record], [predicted(reading)]).disagreements == ()


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("p", PValue(operator="<", value=0.04), "wrong p"),
        ("p", None, "wrong p"),
        ("significant", None, "wrong significant"),
        ("timepoint", "P28D", "wrong timepoint"),
        ("effect", Effect(measure=Measure.HR, value=0.5), "wrong effect"),
        ("values", Values(intervention=RELAPSE.values.comparator, comparator=RELAPSE.values.intervention), "wrong values"),
    ],
)
def test_each_wrong_field_is_named(field: str, value: object, wrong: str) -> None:
    evaluation = evaluate([gold(RELAPSE)], [predicted(changed(RELAPSE, **{field: value}))])
    assert [each.what for each in evaluation.disagreements] == [wrong]
    assert evaluation.disagreement_counts == {wrong: 1}


@pytest.mark.parametrize(("one", "other"), [("P4W", "P28D"), ("P12M", "P1Y"), ("P1.5Y", "P18M")])
def test_the_same_duration_in_other_units_is_right(one: str, other: str) -> None:
    evaluation = evaluate([gold(changed(RELAPSE, timepoint=one))], [predicted(changed(RELAPSE, timepoint=other))])
    assert share(evaluation, "matched", "timepoint") == (1, 1)


def test_a_count_is_right_without_its_percentage() -> None:
    printed = Values(intervention=Value(value=20, unit="%", count=2, total=10, text="2/10 (20%)"))
    read = Values(intervention=Value(count=2, total=10, text="2/10"))
    evaluation = evaluate([gold(changed(RELAPSE, values=printed))], [predicted(changed(RELAPSE, values=read))])
    assert share(evaluation, "matched", "values printed") == (1, 1)


def test_the_right_count_of_another_total_is_wrong() -> None:
    printed, read = (Values(intervention=Value(count=2, total=total, text=f"2/{total}")) for total in (10, 12))
    evaluation = evaluate([gold(changed(RELAPSE, values=printed))], [predicted(changed(RELAPSE, values=read))])
    assert share(evaluation, "matched", "values printed") == (0, 1)


def test_a_zero_that_the_text_does_not_print_is_wrong() -> None:
    read = changed(INFECTION, values=Values(intervention=Value(value=0, text="0")))
    evaluation = evaluate([gold(INFECTION)], [predicted(read)])
    assert share(evaluation, "matched", "values not printed") == (0, 1)


def test_evidence_that_is_the_whole_text_matches_nothing() -> None:
    wide = changed(INFECTION, evidence=Span(start=0, end=1000))
    evaluation = evaluate([gold(INFECTION)], [predicted(wide)])
    assert evaluation.disagreement_counts == {"missed": 1, "spurious": 1}


def test_two_predictions_for_one_gold_finding_pair_once_and_the_better_one_wins() -> None:
    worse = changed(RELAPSE, direction=Direction.INCREASED)
    evaluation = evaluate([gold(RELAPSE)], [predicted(worse, RELAPSE)])
    assert f1(evaluation, "findings all", "direction") == (0.5, 1, 0.667)
    assert evaluation.disagreement_counts == {"spurious": 1}


def test_every_finding_on_a_hard_negative_is_wrong() -> None:
    evaluation = evaluate([gold(hard_negative=True)], [predicted(RELAPSE, INFECTION)])
    assert evaluation.on_hard_negatives == 2
    assert f1(evaluation, "findings all", "detected") == (0, 0, 0)
    assert share(evaluation, "records", "wholly right") == (0, 1)


def test_a_finding_annotated_on_a_hard_negative_is_not_to_be_found() -> None:
    assert f1(evaluate([gold(RELAPSE, hard_negative=True)], [predicted()]), "findings all", "detected") == (1, 1, 1)


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    assert f1(evaluate([gold()], [predicted()]), "findings all", "detected") == (1, 1, 1)


def test_a_record_without_prediction_counts_as_empty() -> None:
    evaluation = evaluate([gold(RELAPSE)], [])
    assert evaluation.without_prediction == 1
    assert evaluation.disagreement_counts == {"missed": 1}


def test_a_prediction_for_an_id_that_gold_lacks_is_said_and_not_counted() -> None:
    evaluation = evaluate([gold()], [predicted(), predicted(RELAPSE, id_="b")])
    assert (evaluation.without_gold, f1(evaluation, "findings all", "detected")) == (1, (1, 1, 1))
    assert "not counted: 1" in render_table(evaluation)


def test_labels_are_compared_without_case_and_hyphens_once_per_record() -> None:
    cell = Cell(cell="mesenchymal stromal cell", source="bone marrow", role=CellRole.INTERVENTION)
    terms = tuple(
        Term(kind=TermKind.DRUG, label=label, start=0, end=7, text="Relapse") for label in ("Anti-Thymocyte globulin", "ruxolitinib")
    )
    read = tuple(Term(kind=TermKind.DRUG, label=label, start=0, end=7, text="Relapse") for label in ("anti thymocyte globulin",) * 2)
    evaluation = evaluate([gold(cells=(cell,), terms=terms)], [predicted(cells=(cell.model_copy(update={"source": None}),), terms=read)])
    assert f1(evaluation, "labels", "drug") == (1, 0.5, 0.667)
    assert f1(evaluation, "labels", "cells") == (0, 0, 0)
    assert f1(evaluation, "terms", "spans") == (0.5, 0.5, 0.5)


def test_labels_outside_the_vocabulary_are_left_out_where_one_is_given() -> None:
    vocabulary = Vocabulary({"ruxolitinib": Concept(slug="ruxolitinib", kind="drug", label="ruxolitinib")})
    terms = tuple(Term(kind=TermKind.DRUG, label=label, start=0, end=7, text="Relapse") for label in ("ruxolitinib", "willow bark"))
    evaluation = evaluate([gold(terms=terms)], [predicted(terms=terms[:1])], vocabulary=vocabulary)
    assert f1(evaluation, "labels", "drug") == (1, 0.5, 0.667)
    assert f1(evaluation, "labels in vocabulary", "drug") == (1, 1, 1)


def test_another_accepted_count_of_participants_is_right() -> None:
    record = gold(study=GoldStudy(n=40, n_alternatives=(44,), design=Design.RCT, species="human"))
    evaluation = evaluate([record], [predicted(study=Study(n=44, design=Design.RCT))])
    assert [share(evaluation, "study", name)[0] for name in ("n", "design", "intent", "species")] == [1, 1, 1, 0]


def test_intervals_hold_the_figure_and_are_the_same_for_the_same_seed() -> None:
    records = [gold(RELAPSE, id_=str(i)) for i in range(20)]
    predictions = [predicted(*([RELAPSE] if i % 4 else []), id_=str(i)) for i in range(20)]
    one, again, other = (evaluate(records, predictions, seed=seed) for seed in (1, 1, 2))
    (recall,) = [each.recall for each in one.f1 if (each.group, each.name) == ("findings all", "detected")]
    assert recall.value == 0.75
    # Exact binomial limits for 15 of 20 are .51 and .91.
    assert 0.5 <= recall.low <= 0.6
    assert 0.85 <= recall.high <= 0.95
    assert render_json(one) == render_json(again)
    assert render_json(one) != render_json(other)


def test_calibration_compares_confidence_with_what_came_true() -> None:
    sure = [gold(RELAPSE, id_=str(i)) for i in range(4)]
    doubtful = [gold(RELAPSE, id_=str(i)) for i in range(4, 8)]
    predictions = [predicted(changed(RELAPSE, confidence=0.95), id_=each.id) for each in sure]
    predictions += [predicted(changed(RELAPSE, confidence=0.45), id_=each.id) for each in doubtful[:1]]
    predictions += [predicted(changed(RELAPSE, confidence=0.45, direction=Direction.INCREASED), id_=each.id) for each in doubtful[1:]]
    calibration = evaluate(sure + doubtful, predictions).calibration
    assert [(each.low, each.n, each.right) for each in calibration.bins if each.n] == [(0.4, 4, 0.25), (0.9, 4, 1.0)]
    # Half of the weight is .05 away from the truth, half .20.
    assert calibration.expected_error.value == pytest.approx(0.125)
    assert calibration.upper_half.value == 1.0


def test_ties_at_the_edge_of_the_more_confident_half_count_in_part() -> None:
    wrong = changed(RELAPSE, direction=Direction.INCREASED)
    records = [gold(RELAPSE, id_=str(i)) for i in range(4)]
    predictions = [predicted(each, id_=str(i)) for i, each in enumerate((RELAPSE, RELAPSE, RELAPSE, wrong))]
    assert evaluate(records, predictions).calibration.upper_half.value == 0.75


def test_certainty_of_one_stands_in_the_last_bin_and_no_prediction_has_no_error() -> None:
    assert evaluate([gold(RELAPSE)], [predicted(RELAPSE)]).calibration.bins[-1].n == 1
    assert evaluate([gold(RELAPSE)], []).calibration.expected_error is None


def test_disagreements_of_the_measuring_half_are_counted_and_not_shown() -> None:
    records = [gold(RELAPSE, id_="a"), gold(INFECTION, id_="b", half=Half.MEASURING)]
    evaluation = evaluate(records, [])
    assert [each.record for each in evaluation.disagreements] == ["a"]
    assert (evaluation.disagreement_counts, evaluation.withheld) == ({"missed": 2}, 1)
    for rendered in (render_table(evaluation, errors=9), render_markdown(evaluation, errors=9), render_json(evaluation, errors=9)):
        assert "Infections" not in rendered
        assert "Relapse fell" in rendered
    opened = evaluate(records, [], list_measuring_half=True)
    assert [each.record for each in opened.disagreements] == ["a", "b"]


def test_a_disagreement_shows_text_gold_predicted_and_rules() -> None:
    read = changed(RELAPSE, direction=Direction.INCREASED, rules=("verb.fall", "arms.from-to"))
    shown = render_table(evaluate([gold(RELAPSE)], [predicted(read)]), errors=1)
    assert "a: wrong direction\n  text: Relapse fell from 30% to 20% (P = 0.04)." in shown
    assert "gold: cumulative incidence of relapse decreased (significant); values 20 against 30; effect -; p = 0.04; time -" in shown
    assert "predicted: cumulative incidence of relapse increased" in shown
    assert "rules: verb.fall, arms.from-to" in shown
    assert "  text:" not in render_table(evaluate([gold(RELAPSE)], [predicted(read)]))


def test_seconds_are_given_per_abstract() -> None:
    records = [gold(id_="a"), gold(id_="b")]
    assert evaluate(records, [], seconds=0.5).seconds_per_record == 0.25
    assert "250.0 ms per abstract" in render_table(evaluate(records, [], seconds=0.5))
    assert "per abstract" not in render_table(evaluate(records, []))


def test_json_holds_every_figure_with_its_limits() -> None:
    report = json.loads(render_json(evaluate([gold(RELAPSE)], [predicted(RELAPSE)])))
    detected = next(each for each in report["f1"] if (each["group"], each["name"]) == ("findings all", "detected"))
    assert detected["f1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert {each["name"]: each["value"] for each in report["accuracy"]}["effect printed"] is None


def test_markdown_tables_have_as_many_cells_as_their_heads() -> None:
    tables = [block for block in render_markdown(evaluate([gold(RELAPSE)], [])).split("\n\n") if block.startswith("|")]
    assert len(tables) == 5
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_the_reliability_plot_is_xml_with_one_dot_per_filled_bin() -> None:
    findings = (changed(RELAPSE, confidence=0.55), changed(INFECTION, confidence=0.95))
    root = ET.fromstring(reliability_plot(evaluate([gold(RELAPSE, INFECTION)], [predicted(*findings)]).calibration))  # noqa: S314 - our own text
    assert len(root.findall(".//{http://www.w3.org/2000/svg}circle")) == 2


def test_two_predictions_for_one_record_are_refused() -> None:
    with pytest.raises(GoldError, match="two predictions"):
        evaluate([gold()], [predicted(), predicted()])
    with pytest.raises(GoldError, match="no gold"):
        evaluate([], [])
