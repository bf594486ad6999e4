"""Training of the direction model on prompts: which sentences are learned from, and how.

A prompt is learned from each marked sentence of its abstract and, where the abstract holds none, from the best sentence of each
marked passage of the article. A sentence that names both arms can be learned a second time with its arms exchanged: trials name
the intervention first so often that a model trained without it reads a control named first wrongly. Features are hashed exactly as
at run time; the fitted weights run in numpy.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.prompt_scenes import Candidate, draft_of, find_candidates, with_arms_exchanged
from benchmarks.prompts import Prompt
from kg.extract.direction_features import Features, find_features
from kg.extract.findings.arm_book import CONTROL, INTERVENTION
from kg.extract.learned import DIRECTIONS, DirectionModel, bucket_of

Array = npt.NDArray[np.float64]

BUCKETS = 1 << 15
#: Inverse strength of the penalty; from .01 to .1 the cross-validated figures differ by less than .01.
STRENGTH = 0.03
#: Weight of a sentence with its arms exchanged, in the model that ships: .35 costs .002 of macro F1 in five folds and brings .08
#: where the arms of the tested sentences are exchanged.
MIRROR_WEIGHT = 0.35
#: Features of fewer training sentences are left out.
LEAST_COUNT = 4
#: Passages outside these lengths are headings or whole paragraphs.
_PASSAGE_LENGTHS = range(31, 1500)


@dataclass(frozen=True)
class Example:
    """A sentence to learn from."""

    article: str
    is_free: bool
    features: Features
    answer: int
    #: True for a sentence with its arms, and so its answer, exchanged.
    is_mirrored: bool = False


def examples_of(prompt: Prompt, candidates: Sequence[Candidate]) -> list[Example]:
    """What one prompt teaches; ``candidates`` are those of its abstract."""
    if prompt.in_abstract:
        chosen = [c for c in candidates if c.is_evidence]
    else:
        passages = [find_candidates(prompt, passage) for passage in prompt.evidence if len(passage) in _PASSAGE_LENGTHS]
        chosen = [max(passage, key=_aptness) for passage in passages if passage]
    return [example for candidate in chosen for example in _both_ways(prompt, candidate)]


def _both_ways(prompt: Prompt, candidate: Candidate) -> Iterator[Example]:
    scene = candidate.scene
    yield Example(prompt.article, prompt.is_free, find_features(scene, candidate.draft), prompt.answer)
    if {m.number for m in scene.arms} == {INTERVENTION, CONTROL}:
        mirrored = with_arms_exchanged(scene)
        exchanged = (1, 0, 2)[prompt.answer]
        yield Example(prompt.article, prompt.is_free, find_features(mirrored, draft_of(mirrored)), exchanged, is_mirrored=True)


def _aptness(candidate: Candidate) -> float:
    """How likely a sentence of a passage is the one that tells the result."""
    scene = candidate.scene
    arms = {mention.number for mention in scene.arms}
    return candidate.share + 0.3 * bool(scene.cues) + 0.2 * bool(scene.probabilities) + 0.1 * len(arms)


def fit_direction(
    examples: Sequence[Example], *, mirror_weight: float, strength: float = STRENGTH, buckets: int = BUCKETS
) -> DirectionModel:
    """A model fitted with every class weighing the same; deterministic."""
    examples = [e for e in examples if mirror_weight > 0 or not e.is_mirrored]
    counts = Counter(name for example in examples for name in example.features)
    kept = {name for name, count in counts.items() if count >= LEAST_COUNT}
    matrix = _matrix((e.features for e in examples), kept, buckets)
    answers = np.array([e.answer for e in examples])
    used = np.unique(matrix.indices)
    fitted = LogisticRegression(C=strength, max_iter=300, tol=1e-4, class_weight="balanced", fit_intercept=False)
    fitted.fit(matrix[:, used], answers, sample_weight=[mirror_weight if e.is_mirrored else 1.0 for e in examples])
    weights = np.zeros((buckets, len(DIRECTIONS)), dtype=np.float32)
    weights[used] = fitted.coef_.T.astype(np.float16)  # as they are stored
    return DirectionModel(weights)


def _matrix(rows: Iterable[Features], kept: set[str], buckets: int) -> csr_matrix:
    data: list[float] = []
    columns: list[int] = []
    edges = [0]
    for features in rows:
        for name, value in features.items():
            if name in kept:
                columns.append(bucket_of(name, buckets))
                data.append(value)
        edges.append(len(columns))
    return csr_matrix((data, columns, edges), shape=(len(edges) - 1, buckets))


def pool(chances: Array, directions: Array, *, most: int = 4) -> Array:
    """One answer from several sentences: their probabilities weighed by the square of their chance to be evidence."""
    best = np.argsort(-chances, kind="stable")[:most]
    weights = chances[best] ** 2
    pooled: Array = (directions[best] * weights[:, None]).sum(axis=0) / weights.sum()
    return pooled


def temperature_of(probabilities: Array, answers: npt.NDArray[np.intp]) -> float:
    """The divisor of scores that makes out-of-fold probabilities likeliest, to two digits."""
    logs = np.log(np.clip(probabilities, 1e-9, 1))

    def loss(temperature: float) -> float:
        scaled = logs / temperature
        scaled -= np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return -float(scaled[np.arange(len(answers)), answers].mean())

    return min((round(0.5 + 0.02 * step, 2) for step in range(76)), key=loss)
