"""The baseline: a linear model over word sequences of the three likeliest sentences, arms and outcome replaced by marks.

This is our reading of the published-style "linear model with rich features" that the project set out to beat; its figures on the
same folds are the yardstick for paired comparisons.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from benchmarks.prompt_scenes import Candidate
from benchmarks.prompt_words import WORD, stem
from kg.extract.direction_features import p_class, ratio_class
from kg.extract.findings.scene import Scene

#: Sentences per prompt and longest word sequence.
_SENTENCES, _LONGEST = 3, 3
Features = dict[str, float]


def baseline_features(candidates: Sequence[Candidate], chances: npt.NDArray[np.float64]) -> Features:
    """Sequences of up to three words or marks; those of lower sentences count less and apart from the first one's."""
    found: Features = {}
    for rank, index in enumerate(np.argsort(-chances, kind="stable")[:_SENTENCES]):
        marks = list(_marks(candidates[index].scene))
        for size in range(1, _LONGEST + 1):
            for i in range(len(marks) - size + 1):
                name = f"{min(rank, 1)} {' '.join(marks[i : i + size])}"
                found[name] = max(found.get(name, 0.0), 1.0 / (1 + rank))
    return found


def fit_baseline(features: Sequence[Features], answers: Sequence[int]) -> Pipeline:
    """A logistic model over the sequences."""
    model = LogisticRegression(C=0.1, max_iter=300, class_weight="balanced")
    return make_pipeline(DictVectorizer(dtype=np.float32), model).fit(list(features), list(answers))


def _marks(scene: Scene) -> Iterator[str]:
    outcome = scene.outcomes[0]
    elements = [(outcome.start, outcome.end, "OUTCOME")] if outcome.end > outcome.start else []
    elements += [(m.start, m.end, f"ARM{m.number}") for m in scene.arms]
    elements += [(p.start, p.end, p_class(p.p).upper()) for p in scene.probabilities]
    elements += [(r.start, r.end, ratio_class(r.effect).upper()) for r in scene.ratios]
    elements += [(c.start, c.end, str(c.kind).upper()) for c in scene.cues]
    position = scene.start
    for start, end, mark in sorted(elements, key=lambda e: (e[0], -e[1])):
        if start >= position:
            yield from _words(scene, position, start)
            yield mark
            position = end
    yield from _words(scene, position, scene.end)


def _words(scene: Scene, start: int, end: int) -> Iterator[str]:
    for match in WORD.finditer(scene.text, start, end):
        yield "#" if match.group()[0].isdigit() else stem(match.group())
