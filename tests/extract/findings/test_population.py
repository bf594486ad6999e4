"""The part of the participants that a finding is about, read from its own sentence."""

import pytest

from tests.extract.findings.test_findings import paper_of

PARTS = [
    pytest.param(
        "In children, overall survival was 78% with MSCs and 50% with placebo (P = .02).",
        ["children"],
        "Some adults were included.",
        id="an age at the head",
    ),
    pytest.param(
        "Overall survival was 78% with MSCs versus 50% with placebo in adults (P = .02).",
        ["adults"],
        "Some children were included.",
        id="an age behind the arms",
    ),
    pytest.param(
        "Among patients with gut involvement, overall survival was 61% with MSCs and 33% with placebo (P = .04).",
        ["gut involvement"],
        "",
        id="patients with something",
    ),
    pytest.param(
        "Among patients without gut involvement, overall survival was 61% with MSCs and 33% with placebo (P = .04).",
        ["without gut involvement"],
        "",
        id="patients without something",
    ),
    pytest.param(
        "In the subgroup with unrelated donors, relapse was 41% with MSCs and 22% with placebo (P = .01).",
        ["unrelated donors"],
        "",
        id="a subgroup",
    ),
    pytest.param(
        "In steroid-refractory patients overall survival was 44% with MSCs and 31% with placebo (P = .03).",
        ["steroid-refractory"],
        "",
        id="a mark before the noun",
    ),
    pytest.param("The overall response rate was 72% in grade B and 60% in grade D.", ["grade B", "grade D"], "", id="a grade each"),
    pytest.param(
        "In aGVHD the overall response rate was 81%; in cGVHD the overall response rate was 65%.",
        ["aGVHD", "cGVHD"],
        "",
        id="a disease each",
    ),
    pytest.param("Responses were seen in skin (61%), liver (26%) and gut (45%).", ["skin", "liver", "gut"], "", id="organ by organ"),
    pytest.param(
        "The overall response rate in adults at day 28 was 60%.", ["adults"], "Some children were included.", id="before the number"
    ),
    pytest.param("Overall survival at 2 years was 70% in responders.", ["responders"], "", id="responders behind the number"),
    pytest.param(
        "Overall survival was 80%, in treatment-naive patients 90%.", [None, "treatment-naive"], "", id="a number after the whole"
    ),
    pytest.param(
        "Chronic GVHD was less frequent with MSCs (RCTs: risk ratio 0.53, P = .01; nRCTs: risk ratio 0.50, P = .01).",
        ["RCTs", "nRCTs"],
        "",
        id="labels in brackets",
    ),
]

WHOLE = [
    pytest.param("Overall survival was 78% with MSCs and 50% with placebo.", id="nobody named"),
    pytest.param("In the MSC group relapse was 12%, in the placebo group relapse was 15%.", id="arms"),
    pytest.param("Overall survival was higher in responders than in non-responders (64% vs 20%; P < .001).", id="sides of a contrast"),
    pytest.param("Overall survival was 64% in responders and 20% in non-responders (P < .001).", id="a side for each number"),
    pytest.param("Relapse and infections were similar in both groups.", id="both groups"),
    pytest.param("The incidence of grade III-IV acute GVHD was 12% with MSCs and 24% with placebo (P = .03).", id="the outcome"),
    pytest.param("With MSCs the risk of acute GVHD was lower, and relapse did not differ.", id="another outcome"),
    pytest.param("In children, overall survival was 78% with MSCs and 50% with placebo (P = .02).", id="only children took part"),
    pytest.param("Patients with liver involvement had worse overall survival (P = .02).", id="the exposed"),
    pytest.param("In patients without MSCs, chronic GVHD was 40%.", id="an arm at the head"),
    pytest.param(
        "For acute GVHD of the skin, relapse and infections no difference was seen between MSCs and placebo.", id="a list of outcomes"
    ),
    pytest.param(
        "For chronic GVHD, the incidence was 12% with MSCs and 24% with placebo; acute GVHD was rare.", id="the outcome at the head"
    ),
    pytest.param(
        "In evaluable patients with available data, overall survival was 78% with MSCs and 50% with placebo.", id="those with data"
    ),
    pytest.param("The overall response rate was better in patients with skin disease (P = .02).", id="a side whose other side is unsaid"),
]


@pytest.mark.parametrize(("sentence", "expected", "aside"), PARTS)
def test_the_part_is_read_in_its_own_words(extractor, sentence: str, expected: list[str | None], aside: str) -> None:  # type: ignore[no-untyped-def]
    found = extractor.extract(paper_of(f"{sentence} {aside}".strip())).findings
    assert [f.population for f in found] == expected


@pytest.mark.parametrize("sentence", WHOLE)
def test_no_part_is_named(extractor, sentence: str) -> None:  # type: ignore[no-untyped-def]
    found = extractor.extract(paper_of(sentence)).findings
    assert found
    assert {f.population for f in found} == {None}


def test_what_the_opening_says_of_everyone_is_no_part(extractor) -> None:  # type: ignore[no-untyped-def]
    opening = "We treated 40 patients with gut involvement. "
    rest = " The infusions were well tolerated, and nobody withdrew. Follow-up was complete for all participants of the trial."
    sentence = "In patients with gut involvement overall survival was 61% with MSCs and 33% with placebo (P = .04)."
    assert extractor.extract(paper_of(opening + sentence + rest)).findings[0].population is None
    assert extractor.extract(paper_of(sentence + rest)).findings[0].population == "gut involvement"
