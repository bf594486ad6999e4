"""Direction words, and what negation makes of them."""

import pytest

from kg.extract.findings.cues import CueKind, find_cues

UP, DOWN, SAME = CueKind.UP, CueKind.DOWN, CueKind.SAME

SENTENCES = [
    ("Relapse was higher in the MSC group.", [("higher", UP)]),
    ("MSCs reduced chronic GVHD.", [("reduced", DOWN)]),
    ("MSCs did not reduce chronic GVHD.", [("did not reduce", SAME)]),
    ("There was no significant difference in relapse.", [("no significant difference", SAME)]),
    ("Survival was not significantly better with MSCs.", [("not significantly", CueKind.NOT_SIGNIFICANT), ("better", SAME)]),
    ("Engraftment was faster after cotransplantation.", [("faster", CueKind.FASTER)]),
    ("Onset was delayed by two weeks.", [("delayed", CueKind.SLOWER)]),
    ("A trend toward less relapse was seen.", [("trend toward", CueKind.TREND), ("less", DOWN)]),
    ("The gain fell short of significance.", [("gain", UP), ("fell short of significance", CueKind.NOT_SIGNIFICANT)]),
    ("The groups were comparable for infections.", [("comparable", SAME)]),
    ("Age was associated with relapse.", [("associated", CueKind.ASSOCIATED)]),
    ("Infections were evenly spread over the groups.", [("evenly spread", SAME)]),
    ("Sepsis struck as often with cells as without them.", [("as often with cells as", SAME)]),
    ("Engraftment was unimpaired.", [("unimpaired", SAME)]),
    ("T cells hardly stirred.", [("hardly stirred", SAME)]),
    ("Platelets recovered late, neutrophils did not.", [("did not", SAME)]),
    ("Relapse stayed where it was.", [("stayed where it was", SAME)]),
    ("There was little to choose between the arms.", [("little to choose", SAME)]),
    ("Relapse gave no such signal.", [("no such signal", SAME)]),
    ("Sepsis was half as common as in controls.", [("half as common", DOWN)]),
    ("Sepsis was three times as common.", [("three times as common", UP)]),
    ("Sepsis was not as common as in controls.", [("not as common", DOWN)]),
    ("Cells kept mice from losing weight.", [("kept mice from", DOWN)]),
    ("Platelets took longer to return.", [("took longer", CueKind.SLOWER)]),
    ("Age told against survival.", [("told against", CueKind.WORSE)]),
    ("Malignancy recurred with the same frequency.", [("with the same frequency", SAME)]),
    ("Pneumonia was seen as often.", [("as often", SAME)]),
    ("Regulatory T cells held their ground.", [("held their ground", SAME)]),
    ("Safety did not hinge on the dose.", [("did not hinge", SAME)]),
    ("Admissions grew rarer.", [("rarer", DOWN)]),
    ("Interleukin-2 did not budge.", [("did not budge", SAME)]),
    ("Weight loss set in a week later.", [("set in a week later", CueKind.SLOWER)]),
    ("Tregs went up, NK cells down.", [("went up", UP), ("down", DOWN)]),
    ("One fell ill.", []),
    ("Those who did not, and all who were not, left.", []),
    ("Two came down with sepsis.", []),
    ("As many as 12 died, as well as one control.", []),
    ("Calcineurin inhibitors and high-dose steroids were given.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_words_of_direction_are_found_with_their_negation(sentence: str, expected: list[tuple[str, CueKind]]) -> None:
    assert [(cue.text, cue.kind) for cue in find_cues(sentence)] == expected


def test_offsets_count_from_the_start_of_the_text() -> None:
    text = "Methods. Relapse was lower."
    cue = find_cues(text[9:], offset=9)[0]
    assert text[cue.start : cue.end] == cue.text == "lower"


def test_not_only_affirms() -> None:
    assert [cue.kind for cue in find_cues("MSCs not only reduced GVHD.")] == [DOWN]
