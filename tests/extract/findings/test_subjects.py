"""Outcomes that only their predicate shows, and subjects that measure nothing."""

import pytest

from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import DOWN, ONE_ARM, SAME, UP, paper_of

SHOWN = [
    ("Stool volume shrank after MSCs.", [("stool volume", DOWN)]),
    (
        "Days in hospital were fewer with MSCs, and so were days on intravenous feeding.",
        [("days in hospital", DOWN), ("days on intravenous feeding", DOWN)],
    ),
    ("After six weeks, bacterial diversity and bile acids rose.", [("bacterial diversity", UP), ("bile acids", UP)]),
    ("Liver and lung histology was unchanged by MSCs.", [("lung histology", SAME)]),
    ("Mice on MSCs had less collagen than controls.", [("collagen", DOWN)]),
    (
        "Graft failure and the need for oxygen were alike with MSCs and in controls.",
        [("graft failure", SAME), ("need for oxygen", SAME)],
    ),
    (
        "MSCs had no bearing on infection, organ system complications or death.",
        [("infection incidence", SAME), ("organ system complications", SAME), ("mortality", SAME)],
    ),
    ("Bacterial and viral infections were fewer with MSCs.", [("viral infection", DOWN)]),
    ("MSCs shortened the stay in hospital.", [("stay in hospital", DOWN)]),
    ("The urinary load of BK virus stayed where it was.", [("urinary load of BK virus", SAME)]),
]
NOT_SHOWN = [
    "Patients rose early.",
    "The dose was increased in five.",
    "The differences were similar in the two groups.",
    "The MSC group was larger.",
    "Patients whose skin had changed were excluded.",
    "We reduced the interval between infusions.",
    "Relapse went with higher ferritin at baseline.",
    "Neither contact nor serum was needed.",
    "Previous therapy was similar.",
]


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_a_predicate_shows_what_was_measured(extractor: RuleExtractor, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(f.outcome.label, f.direction.value) for f in extractor.extract(paper_of(text)).findings] == expected


COURSES = [
    ("Stools returned to normal in two.", [("stools returned to normal", "two")]),
    ("Air in the mediastinum was resorbed in two patients.", [("air in the mediastinum was resorbed", "two patients")]),
    ("Thereafter the loss came to a halt in 19.", [("loss came to a halt", "19")]),
]
NO_COURSES = [
    "Cells were given in two patients.",
    "The dose was raised in five.",
    "Chimerism was measured in 12 patients.",
    "Patients were seen in 12 hospitals.",
]


@pytest.mark.parametrize(("text", "expected"), COURSES)
def test_what_befell_a_number_of_patients_is_an_outcome(extractor: RuleExtractor, text: str, expected: list[tuple[str, str]]) -> None:
    findings = extractor.extract(paper_of(text, ONE_ARM)).findings
    assert [(f.outcome.label, f.values.intervention.text) for f in findings if f.values.intervention] == expected


@pytest.mark.parametrize("text", NO_COURSES)
def test_what_was_done_to_a_number_of_patients_is_none(extractor: RuleExtractor, text: str) -> None:
    assert extractor.extract(paper_of(text, ONE_ARM)).findings == ()


def test_unknown_members_of_a_counted_list_are_outcomes(extractor: RuleExtractor) -> None:
    text = "Bacteremia occurred in 3 patients, cytomegalovirus viremia in 5 and adenovirus ureteritis in 2."
    found = [(f.outcome.label, f.values.intervention.text) for f in extractor.extract(paper_of(text)).findings if f.values.intervention]
    assert found == [("bacteremia", "3 patients"), ("cytomegalovirus infection", "5"), ("adenovirus ureteritis", "2")]


@pytest.mark.parametrize("text", NOT_SHOWN)
def test_people_treatments_and_differences_measure_nothing(extractor: RuleExtractor, text: str) -> None:
    assert extractor.extract(paper_of(text)).findings == ()
