"""Where the numbers of a finding stand in the text."""

from collections.abc import Iterator

from kg.bundled import sample_corpus
from kg.extract.pipeline import RuleExtractor
from kg.model import Effect, Finding, PValue, Value
from kg.read.batch import read_batch
from kg.read.outcome import Read
from tests.extract.findings.test_findings import paper_of

_TITLE = "Mesenchymal stromal cells to prevent chronic GVHD: a randomized trial"
_AIM = "We randomly assigned 100 patients to MSCs or placebo. "


def numbers_of(finding: Finding) -> Iterator[Value | Effect | PValue]:
    for each in (finding.values.intervention, finding.values.comparator, finding.effect, finding.p):
        if each is not None:
            yield each


def places(extractor: RuleExtractor, sentence: str, outcome: str) -> list[tuple[int, str]]:
    """Places in the sentence, and the words there, of the numbers of the finding on an outcome."""
    text = _AIM + sentence
    (finding,) = (each for each in extractor.extract(paper_of(text, _TITLE)).findings if each.outcome.label == outcome)
    return [(each.start - len(_AIM), text[each.start : each.end]) for each in numbers_of(finding) if each.start is not None]


def test_the_same_number_printed_twice_is_two_places(extractor: RuleExtractor) -> None:
    sentence = "Overall survival was 61% with MSCs and 61% with placebo."
    assert places(extractor, sentence, "overall survival") == [(21, "61%"), (39, "61%")]


def test_each_of_two_equal_p_values_belongs_to_its_outcome(extractor: RuleExtractor) -> None:
    sentence = "With MSCs, infections were fewer (P = .02), and overall survival was longer than with placebo (P = .02)."
    assert places(extractor, sentence, "infection incidence") == [(sentence.index("P = .02"), "P = .02")]
    assert places(extractor, sentence, "overall survival") == [(sentence.rindex("P = .02"), "P = .02")]


def test_an_estimate_stands_with_its_interval(extractor: RuleExtractor) -> None:
    sentence = "Relapse was less frequent with MSCs than with placebo (HR 0.61, 95% CI 0.40 to 0.93; P = .02)."
    assert places(extractor, sentence, "cumulative incidence of relapse") == [(55, "HR 0.61, 95% CI 0.40 to 0.93"), (85, "P = .02")]


def test_a_zero_in_words_stands_where_the_words_are(extractor: RuleExtractor) -> None:
    sentence = "Relapse occurred in none of those given MSCs and in 12% of those given placebo."
    assert places(extractor, sentence, "cumulative incidence of relapse") == [(20, "none"), (52, "12%")]


def test_every_number_of_the_sample_is_what_the_text_prints_there(extractor: RuleExtractor) -> None:
    read = [(each.paper, extractor.extract(each.paper)) for each in read_batch([sample_corpus()]) if isinstance(each, Read)]
    placed = [(paper.text, each) for paper, found in read for finding in found.findings for each in numbers_of(finding)]
    assert len(placed) > 200
    assert [each.text for text, each in placed if each.text != "none" and text[each.start : each.end] != each.text] == []
