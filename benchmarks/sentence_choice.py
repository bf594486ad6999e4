"""Which sentences of an abstract answer a prompt: a logistic model trained on the passages that annotators marked."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.prompt_scenes import Candidate
from kg.extract.findings.cues import CueKind
from kg.extract.findings.governing import MOVES
from kg.model import SectionLabel

Array = npt.NDArray[np.float64]

_WORDINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:primary|secondary) (?:outcome|end)",
        r"\bwe (?:aim|hypoth|sought|invest|evaluat|compar)",
        r"\bbaseline\b|before (?:the )?(?:treatment|intervention|surgery)",
        r"\bno .{0,20}differ|not .{0,20}differ",
        r"\b(?:will|were randomi|was to|were assigned|were recruited|measured|assessed)\b",
    )
)
_RESUMES = re.compile(r"(?:However|But|There|This|These|The difference|No)\b")


def fit_choice(abstracts: Sequence[Sequence[Candidate]]) -> Pipeline:
    """A model of which candidates are evidence."""
    features = np.vstack([choice_features(candidates) for candidates in abstracts])
    is_evidence = np.array([c.is_evidence for candidates in abstracts for c in candidates])
    return make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=500)).fit(features, is_evidence)


def choose(model: Pipeline, candidates: Sequence[Candidate]) -> Array:
    """The chance of each candidate to be evidence."""
    chances: Array = model.predict_proba(choice_features(candidates))[:, 1]
    return chances


def choice_features(candidates: Sequence[Candidate]) -> Array:
    """One row per candidate of one abstract; shares count against the best of the abstract."""
    shares = [c.share for c in candidates]
    best, best_exact = max(shares) or 1.0, max(c.exact for c in candidates) or 1.0
    rows = []
    for i, candidate in enumerate(candidates):
        around = (shares[i - 1] if i else 0.0, shares[i + 1] if i + 1 < len(shares) else 0.0)
        compared = (
            candidate.share / best, candidate.share == best, sum(s > candidate.share for s in shares),
            candidate.exact / best_exact, candidate.exact == best_exact,
            bool(i) and around[0] == best and _RESUMES.match(candidate.scene.sentence) is not None, *around,
        )  # fmt: skip
        rows.append([float(value) for value in (*compared, *_own(candidate), *_crossed(candidate))])
    return np.array(rows)


def _own(candidate: Candidate) -> tuple[float, ...]:
    scene, outcome = candidate.scene, candidate.scene.outcomes[0]
    kinds = {cue.kind for cue in scene.cues}
    arms = {mention.number for mention in scene.arms}
    return (
        candidate.share, candidate.share > 0.99, candidate.share == 0, candidate.exact, candidate.index / candidate.n_sentences,
        candidate.index == candidate.n_sentences - 1, float(np.log1p(scene.end - scene.start)), outcome.end - outcome.start < 60,
        *(scene.role is role for role in SectionLabel), *(kind in kinds for kind in CueKind), bool(kinds & set(MOVES)),
        1 in arms, 2 in arms, len(arms) == 2, bool(scene.probabilities), bool(scene.ratios), bool(scene.numbers), len(scene.numbers) > 1,
        *(wording.search(scene.sentence) is not None for wording in _WORDINGS),
    )  # fmt: skip


def _crossed(candidate: Candidate) -> tuple[float, ...]:
    """The outcome's share together with what makes a sentence a result."""
    scene, share = candidate.scene, candidate.share
    signs = (
        any(cue.kind in MOVES for cue in scene.cues),
        bool(scene.probabilities),
        len({mention.number for mention in scene.arms}),
        scene.role is SectionLabel.RESULTS,
        scene.role is SectionLabel.CONCLUSIONS,
    )
    return tuple(share * sign for sign in signs)
