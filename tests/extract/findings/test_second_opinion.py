"""What is asked when the rules leave a direction open."""

from dataclasses import dataclass, replace

from kg.extract.findings.direction import Verdict
from kg.extract.findings.draft import Draft
from kg.extract.findings.scene import Scene
from kg.extract.pipeline import RuleExtractor
from kg.model import DOUBTFUL_BELOW, Direction
from tests.extract.findings.test_findings import paper_of

#: A test found something, but no word or number says which way.
OPEN = "Overall survival varied with MSCs against controls (P = .008)."
CLEAR = "Overall survival was higher with MSCs than in controls (P = .008)."


@dataclass(frozen=True)
class Told:
    values: tuple[float, float, float]


@dataclass(frozen=True)
class Scorer:
    """Always of one opinion."""

    values: tuple[float, float, float]

    def score(self, scene: Scene, draft: Draft, verdict: Verdict | None = None) -> Told:
        return Told(self.values)


def direction(extractor: RuleExtractor, text: str, values: tuple[float, float, float] | None) -> tuple[Direction, float]:
    asked = replace(extractor, scorer=None if values is None else Scorer(values))
    finding = asked.extract(paper_of(text)).findings[0]
    return finding.direction, finding.confidence


def test_without_a_scorer_an_open_direction_stays_unclear(extractor: RuleExtractor) -> None:
    assert direction(extractor, OPEN, None)[0] is Direction.UNCLEAR


def test_a_sure_scorer_settles_an_open_direction(extractor: RuleExtractor) -> None:
    assert direction(extractor, OPEN, (0.1, 0.8, 0.1))[0] is Direction.DECREASED


def test_an_unsure_scorer_settles_nothing(extractor: RuleExtractor) -> None:
    assert direction(extractor, OPEN, (0.4, 0.3, 0.3))[0] is Direction.UNCLEAR


def test_a_scorer_never_overrules_the_rules_but_tempers_their_confidence(extractor: RuleExtractor) -> None:
    agreeing, against = direction(extractor, CLEAR, (0.95, 0.03, 0.02)), direction(extractor, CLEAR, (0.2, 0.7, 0.1))
    assert agreeing[0] is against[0] is Direction.INCREASED
    assert agreeing[1] > 0.8
    assert against[1] < DOUBTFUL_BELOW


def test_words_and_a_test_that_contradict_each_other_decide_nothing(extractor: RuleExtractor) -> None:
    text = "Overall survival was unchanged with MSCs against controls (P < .0001)."
    assert direction(extractor, text, None)[0] is Direction.UNCLEAR
