"""Sentences of scientific prose: what ends one and what does not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.sections import find_sections
from kg.extract.sentences import find_sentences


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_sentences(text, sections=find_sections(text))]


ONE_SENTENCE = [
    "Mice were given 1×10^6/kg of cells on day 2.",
    "Chronic disease was rarer with cells (P = .021), d +45 being the median onset.",
    "Survival was 71% vs. 58% at two years.",
    "The score fell (Fig. 1) and stayed low.",
    "Olesen et al. reported the same in sheep.",
    "Two markers, i.e. IL-6 and REG3A, rose.",
    "Relapse was 27·4% in the cell group.",
    "The hazard was .55 (95% CI, .36 to .84).",
    "Grafts went to ward No. 3 of the hospital.",
    "Cells came from J. R. Winter and E. coli was absent.",
    "Doses of 10(6)/kg were given; all were tolerated.",
    "The interval was 16.2% to 38.6% throughout.",
    "Children came from St. Jude and from Boston.",
    "Sites in the U.S. and in Japan took part.",
    "It took approx. 12 days and resp. 14 days.",
    "Cells (Lot A. See the supplement.) were thawed once.",
    "The dose, 2.0 × 10^6/kg (n = 14; median age, 9 yr), was repeated.",
    "There were three aims: safety; feasibility; survival.",
    "Cells were sent by Lonza Inc. Basel and thawed.",
]


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_inner_full_stops_end_no_sentence(text: str) -> None:
    assert split(text) == [text]


TWO_SENTENCES = [
    ("Relapse fell (P = .021).", "Deaths did not."),
    ("Relapse fell by P < .001.", "27 patients died."),
    ("Cells were washed.", "miR-21 was measured afterwards."),
    ("Cells were washed.", "β2-microglobulin rose."),
    ("The trial ran in the U.S.", "It closed early."),
    ("As in the work of Olesen et al.", "We found the same."),
    ("Infusion was safe.", "(Two patients had fever.)"),
    ("Is the effect real?", "Perhaps."),
    ('They called it "safe."', "Others disagreed."),
    ("All mice lived.", "≥20% of them relapsed."),
    ("No graft failed, and the answer is no.", "The rest is known."),
    ("Blood was drawn after 30 min.", "Then the cells were infused."),
    ("Mean dose was 10(6)/kg.", "CD4 counts rose."),
    ("Serum held vitamin C.", "It was measured twice."),
]


@pytest.mark.parametrize(("first", "second"), TWO_SENTENCES)
def test_a_sentence_ends_before_whatever_begins_the_next(first: str, second: str) -> None:
    assert split(f"{first} {second}") == [first, second]


def test_a_line_break_ends_a_sentence() -> None:
    assert split("Inclusion criteria apply\n- No prior therapy.\n- Chronic disease.") == [
        "Inclusion criteria apply",
        "- No prior therapy.",
        "- Chronic disease.",
    ]


def test_a_folded_line_goes_on() -> None:
    assert split("The cells were given in\ntwo infusions.") == ["The cells were given in\ntwo infusions."]


def test_headings_are_no_part_of_sentences() -> None:
    text = "Purpose Cells may help. Methods We gave cells. Results Among controls 9 died. Conclusion They help."
    assert split(text) == ["Cells may help.", "We gave cells.", "Among controls 9 died.", "They help."]


def test_headings_with_colon_and_break_are_left_out() -> None:
    assert split("BACKGROUND: It is rare.\nRESULTS: Six died.") == ["It is rare.", "Six died."]


def test_a_bracket_that_never_closes_is_forgotten() -> None:
    sentence = "The cells were given once more to those who had relapsed."
    text = " ".join(["Cells (as before were given.", *[sentence] * 8])
    assert len(split(text)) > 2


def test_an_empty_text_has_no_sentences() -> None:
    assert find_sentences("") == ()
    assert find_sentences(" \n ") == ()


@given(st.text(alphabet=st.sampled_from(list("Ab 1.?!;:()[]\n\"'%-–·^/")) | st.characters(codec="utf-8"), max_size=200))
def test_sentences_are_ordered_and_lose_only_white_space(text: str) -> None:
    spans = find_sentences(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert not text[end : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        end = span.end
    assert not text[end:].strip()


def _agreement(records: list[dict[str, object]]) -> tuple[int, int]:
    found = total = 0
    for record in records:
        text = str(record["text"])
        spans = {(span.start, span.end) for span in find_sentences(text, sections=find_sections(text))}
        findings = record["findings"]
        assert isinstance(findings, list)
        evidence = {(finding["evidence"]["start"], finding["evidence"]["end"]) for finding in findings}
        found += len(evidence & spans)
        total += len(evidence)
    return found, total


@pytest.mark.parametrize(
    ("name", "half", "cases", "floor"), [("dev", 0, 73, 0.97), ("dev", 1, 70, 0.93), ("hard_phrasings", None, 30, 0.97)]
)
def test_evidence_of_the_gold_files_is_one_sentence(name: str, half: int | None, cases: int, floor: float) -> None:
    path = Path(__file__).parents[1] / "gold" / f"{name}.jsonl"
    records = sorted((json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()), key=lambda record: record["id"])
    found, total = _agreement(records if half is None else records[half::2])
    assert total == cases
    assert found / total >= floor


def test_a_half_open_interval_closes_what_it_opens() -> None:
    text = "Response rose (one-sided 95% CI: [4.4, ∞); P = .03). Survival was 61% at one year."
    assert split(text) == ["Response rose (one-sided 95% CI: [4.4, ∞); P = .03).", "Survival was 61% at one year."]
