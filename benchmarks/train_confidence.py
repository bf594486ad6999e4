"""Fit the weights by which findings state their confidence, on annotated digests in the format of the gold file.

    python -m benchmarks.train_confidence --fresh benchmarks/digests/fresh-*.jsonl --seen benchmarks/digests/seen-*.jsonl \\
        --developing GOLD

The digests beside this script are the project's own. Of GOLD only the developing half is read.

Fresh digests are those that the rules were not developed on. Seen ones help to tell how much each piece of evidence counts, but not how
often findings are right: every file has a level of its own in the fit, and the level that ships is the mean over the fresh files. Each
fresh file is also left out in turn, and what the others say of it is printed: that is how well confidence holds on new texts. The
fit is convex, so the same files and rules give the same weights. Paste what is printed into ``kg/extract/findings/confidence.py``.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from kg.bundled import ontologies_folder
from kg.evaluate.gold import Half, read_gold
from kg.evaluate.matching import pair_findings
from kg.extract.findings.confidence import SENSE, SHIPPED_CONFIDENCE, Confidence, Evidence
from kg.extract.pipeline import RuleExtractor, build_extractor
from kg.model import Finding
from kg.read.papers import read_papers
from kg.vocabulary import load_vocabulary

Array = npt.NDArray[np.float64]

#: Weight of the squared weights against the likelihood.
PENALTY = 3.0
#: Findings are told apart by how far the number that stands for their confidence is from 1.
_STEP = 1e-6


@dataclass(frozen=True)
class Example:
    """What a finding rests on, and whether its outcome and direction are right."""

    evidence: Evidence
    is_right: bool


@dataclass
class Recorder:
    """Stands where the weights stand and keeps what it is asked to weigh; its answer is the place where that is kept."""

    kept: list[Evidence] = field(default_factory=list)

    def weigh(self, evidence: Evidence) -> float:
        self.kept.append(evidence)
        return 1 - len(self.kept) * _STEP

    def evidence_of(self, finding: Finding) -> Evidence:
        return self.kept[round((1 - finding.confidence) / _STEP) - 1]


def main() -> None:
    """Fit, tell how well the fit holds on files left out, and print the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fresh", type=Path, nargs="+", required=True)
    parser.add_argument("--seen", type=Path, nargs="*", default=[])
    parser.add_argument("--developing", type=Path, metavar="GOLD")
    given = parser.parse_args()
    extractor = build_extractor(load_vocabulary(ontologies_folder()))
    fresh = {path: examples_of(path, extractor) for path in given.fresh}
    seen = {path: examples_of(path, extractor) for path in given.seen}
    if given.developing is not None:
        seen[given.developing] = examples_of(given.developing, extractor, only=Half.DEVELOPING)
    for path, examples in fresh.items():
        others = fit({p: e for p, e in fresh.items() if p != path}, seen) if len(fresh) > 1 else SHIPPED_CONFIDENCE
        print(
            f"{path.name}: {len(examples)} findings; left out {_told(examples, others)}; as shipped {_told(examples, SHIPPED_CONFIDENCE)}"
        )
    fitted = fit(fresh, seen)
    print(f"level {fitted.level:.2f}")
    for name, weight in fitted.weights.items():
        print(f'        "{name}": {weight:.2f},')


def examples_of(path: Path, extractor: RuleExtractor, *, only: Half | None = None) -> list[Example]:
    """Every finding that the extractor reads in an annotated file, or in one half of it, judged by the annotation."""
    papers = {paper.local_id: paper for paper in read_papers(path.read_bytes(), location=str(path))}
    found = []
    for record in read_gold(path):
        if only is not None and record.half is not only:
            continue
        recorder = Recorder()
        findings = replace(extractor, weigher=recorder).extract(papers[record.id]).findings
        right = {pair.predicted for pair in pair_findings(record.findings, findings) if pair.agreement.direction}
        found += [Example(recorder.evidence_of(finding), i in right) for i, finding in enumerate(findings)]
    return found


def fit(fresh: Mapping[Path, Sequence[Example]], seen: Mapping[Path, Sequence[Example]]) -> Confidence:
    """The likeliest weights, none of a sign against sense, with a level for each file; the mean of the fresh files' levels."""
    groups = [*fresh.values(), *seen.values()]
    names = list(SENSE)
    evidence = np.array([[e.evidence.get(name, 0.0) for name in names] for group in groups for e in group])
    member = np.repeat(np.eye(len(groups)), [len(group) for group in groups], axis=0)
    columns = np.hstack([evidence, member])
    right = np.array([e.is_right for group in groups for e in group], dtype=np.float64)
    penalty = np.array([PENALTY] * len(names) + [0.0] * len(groups))

    def loss(weights: Array) -> tuple[float, Array]:
        scores = columns @ weights
        value = float((np.logaddexp(0, scores) - right * scores).sum() + (penalty * weights**2).sum() / 2)
        return value, columns.T @ (1 / (1 + np.exp(-scores)) - right) + penalty * weights

    bounds = [(0.0 if sense > 0 else None, 0.0 if sense < 0 else None) for sense in SENSE.values()] + [(None, None)] * len(groups)
    found = minimize(loss, np.zeros(columns.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    level = float(found[len(names) : len(names) + len(fresh)].mean())
    weights = {name: round(float(weight), 2) + 0.0 for name, weight in zip(names, found, strict=False)}
    return Confidence(round(level, 2), MappingProxyType(weights))


def _told(examples: Sequence[Example], confidence: Confidence) -> str:
    """Mean distance between stated confidence and share right over tenths, and the share right of the surer half."""
    stated = np.array([confidence.weigh(e.evidence) for e in examples])
    right = np.array([float(e.is_right) for e in examples])
    tenth = np.minimum((stated * 10).astype(int), 9)
    error = sum(abs(stated[tenth == i].sum() - right[tenth == i].sum()) for i in range(10)) / len(examples)
    surest = np.argsort(-stated, kind="stable")[: len(examples) // 2]
    return f"calibration error {error:.3f}, surer half right {right[surest].mean():.2f}"


if __name__ == "__main__":
    main()
