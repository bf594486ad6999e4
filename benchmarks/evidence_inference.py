"""Direction of effect on Evidence Inference 2.0: five folds over articles, in-abstract prompts of train and dev.

    GRAFTGRAPH_REFERENCE=<folder> python -m benchmarks.evidence_inference [--predictions FOLDER]

Prints macro F1 with bootstrap intervals over articles for the rules, the trained model and both together, and each one's paired
difference from the baseline. ``--predictions`` writes one JSON lines file per system in the form that ``score.py`` reads.
"""

import argparse
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline

from benchmarks.direction_training import MIRROR_WEIGHT, Example, examples_of, fit_direction, pool
from benchmarks.ngram_baseline import baseline_features, fit_baseline
from benchmarks.prompt_scenes import Candidate, draft_of, find_candidates, with_arms_exchanged
from benchmarks.prompts import LABELS, Prompt, read_prompts
from benchmarks.sentence_choice import choose, fit_choice
from kg.extract.direction_features import find_features
from kg.extract.findings.direction import judge
from kg.extract.learned import DirectionModel

Array = npt.NDArray[np.float64]

FOLDS, RESAMPLES, SEED = 5, 2000, 0
#: The rules speak alone from this certainty on.
SURE = 0.9
#: Weight of the rules where they are averaged with a model.
RULES_WEIGHT = 0.2


@dataclass(frozen=True)
class Data:
    """What the folds share; ``questions`` are the in-abstract prompts, ``examples`` all there is to learn from."""

    questions: list[Prompt]
    candidates: list[tuple[Candidate, ...]]
    examples: list[Example]


@dataclass
class Answers:
    """Probabilities per system, one row per question, filled fold by fold."""

    size: int
    by_system: dict[str, Array] = field(default_factory=dict)

    def put(self, system: str, index: int, probabilities: Array) -> None:
        """Keep one answer."""
        self.by_system.setdefault(system, np.zeros((self.size, len(LABELS))))[index] = probabilities


def main() -> None:
    """Run the folds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--predictions", type=Path, help="folder for one JSON lines file per system")
    options = parser.parse_args()
    data = read_data(Path(os.environ["GRAFTGRAPH_REFERENCE"]) / "benchmarks" / "evidence_inference")
    answers, chances, milliseconds = cross_validate(data)
    hit = np.mean([c[int(np.argmax(p))].is_evidence for c, p in zip(data.candidates, chances, strict=True)])
    print(f"{len(data.questions)} prompts of {len({q.article for q in data.questions})} articles; likeliest sentence marked in {hit:.3f}")
    report(data.questions, answers.by_system)
    print(f"\nrules, features and two models: {milliseconds:.2f} ms per sentence")
    if options.predictions:
        write_predictions(data.questions, answers.by_system, options.predictions)


def read_data(folder: Path) -> Data:
    """Prompts as candidates and examples."""
    prompts = read_prompts(folder)
    found = [find_candidates(prompt, prompt.abstract) if prompt.in_abstract else () for prompt in prompts]
    examples = [example for prompt, candidates in zip(prompts, found, strict=True) for example in examples_of(prompt, candidates)]
    asked = [i for i, prompt in enumerate(prompts) if prompt.in_abstract]
    return Data([prompts[i] for i in asked], [found[i] for i in asked], examples)


def cross_validate(data: Data) -> tuple[Answers, list[Array], float]:
    """Out-of-fold answers, chances of sentences, and milliseconds per scored sentence."""
    answers = Answers(len(data.questions))
    chances: list[Array] = [np.zeros(0)] * len(data.questions)
    groups = [question.article for question in data.questions]
    seconds = 0.0
    for train, test in GroupKFold(FOLDS).split(data.questions, groups=groups):
        held_out = {groups[i] for i in test}
        choice = fit_choice([data.candidates[i] for i in train])
        examples = [example for example in data.examples if example.article not in held_out]
        models = {
            "model": fit_direction(examples, mirror_weight=0.0),
            "model as it ships": fit_direction([e for e in examples if e.is_free], mirror_weight=MIRROR_WEIGHT),
        }
        baseline = _fit_baseline(data, choice, train)
        for i in test:
            chances[i] = choose(choice, data.candidates[i])
            clock = time.perf_counter()
            _answer(answers, i, data.candidates[i], chances[i], models)
            seconds += time.perf_counter() - clock
            linear = baseline.predict_proba([baseline_features(data.candidates[i], chances[i])])[0]
            answers.put("baseline", i, linear)
            answers.put("baseline and rules", i, linear + RULES_WEIGHT * answers.by_system["rules"][i])
    return answers, chances, 1000 * seconds / sum(map(len, data.candidates))


def _fit_baseline(data: Data, choice: Pipeline, train: Sequence[int]) -> Pipeline:
    features = [baseline_features(data.candidates[i], choose(choice, data.candidates[i])) for i in train]
    return fit_baseline(features, [data.questions[i].answer for i in train])


def _answer(answers: Answers, i: int, candidates: Sequence[Candidate], chances: Array, models: Mapping[str, DirectionModel]) -> None:
    rules, certainty = rules_answer(candidates, chances)
    answers.put("rules", i, rules)
    features = [find_features(c.scene, c.draft) for c in candidates]
    for name, model in models.items():
        directions = np.array([model.score_features(f).values for f in features])
        pooled = pool(chances, directions)
        answers.put(name, i, pooled)
        if name == "model as it ships":
            answers.put(f"{name}, arms exchanged", i, _exchanged(candidates, chances, model))
        if name == "model":
            marked = max((k for k, c in enumerate(candidates) if c.is_evidence), key=lambda k: chances[k])
            answers.put("model, marked sentence given", i, directions[marked])
            answers.put("rules where sure, else model", i, rules if certainty >= SURE else pooled)
            answers.put("model and rules averaged", i, pooled + RULES_WEIGHT * rules)


def _exchanged(candidates: Sequence[Candidate], chances: Array, model: DirectionModel) -> Array:
    """The answer to the opposite question, turned round: a reader that knows which arm is which gives the same one."""
    scenes = [with_arms_exchanged(c.scene) for c in candidates]
    directions = np.array([model.score(scene, draft_of(scene)).values for scene in scenes])
    return pool(chances, directions)[[1, 0, 2]]


def rules_answer(candidates: Sequence[Candidate], chances: Array) -> tuple[Array, float]:
    """The verdict on the likeliest of three sentences that has one, else no difference; with its certainty."""
    for k in np.argsort(-chances, kind="stable")[:3]:
        verdict = judge(candidates[k].scene, candidates[k].draft)
        if verdict.direction.value in LABELS:
            return _only(LABELS.index(verdict.direction.value)), verdict.certainty
    return _only(LABELS.index("no_difference")), 0.0


def _only(place: int) -> Array:
    answer = np.zeros(len(LABELS))
    answer[place] = 1.0
    return answer


# ---------------------------------------------------------------- report


def report(questions: Sequence[Prompt], by_system: Mapping[str, Array]) -> None:
    """Print figures of every system and the confusion of the model."""
    gold = np.array([q.answer for q in questions])
    draws = resamples([q.article for q in questions])
    base = by_system["baseline and rules"].argmax(axis=1)
    print(f"\n{'system':32s} macro F1 [95% interval]   accuracy   against baseline and rules [95%]   surest half")
    for name, probabilities in by_system.items():
        guess = probabilities.argmax(axis=1)
        value, right = macro_f1(gold, guess), gold == guess
        spread = np.array([macro_f1(gold[d], guess[d]) for d in draws])
        difference = spread - np.array([macro_f1(gold[d], base[d]) for d in draws])
        surest = np.argsort(-probabilities.max(axis=1), kind="stable")[: len(gold) // 2]
        against = f"{value - macro_f1(gold, base):+.3f} {_interval(difference)}"
        print(f"{name:32s} {value:.3f} {_interval(spread)}     {right.mean():.3f}      {against:34s} {right[surest].mean():.3f}")
    model = by_system["model"]
    print(f"\nexpected calibration error of the model, ten bins: {calibration_error(model, gold):.3f}")
    print("confusion of the model (rows gold):", *LABELS)
    print(confusion_matrix(gold, model.argmax(axis=1)))


def _interval(values: Array) -> str:
    low, high = np.percentile(values, [2.5, 97.5])
    return f"[{low:+.3f}, {high:+.3f}]" if low < 0 else f"[{low:.3f}, {high:.3f}]"


def macro_f1(gold: npt.NDArray[np.intp], guess: npt.NDArray[np.intp]) -> float:
    """Mean of the three classes' F1; a class that is neither asked nor guessed counts 0."""
    table = np.bincount(gold * len(LABELS) + guess, minlength=len(LABELS) ** 2).reshape(len(LABELS), len(LABELS))
    right, asked_or_guessed = np.diag(table), table.sum(axis=0) + table.sum(axis=1)
    return float(np.mean(2 * right / np.maximum(asked_or_guessed, 1)))


def resamples(articles: Sequence[str]) -> list[npt.NDArray[np.intp]]:
    """Bootstrap draws of whole articles, as places of their prompts."""
    names = sorted(set(articles))
    places = {name: np.flatnonzero(np.array(articles) == name) for name in names}
    random = np.random.default_rng(SEED)
    return [np.concatenate([places[names[k]] for k in random.integers(0, len(names), len(names))]) for _ in range(RESAMPLES)]


def calibration_error(probabilities: Array, gold: npt.NDArray[np.intp], *, bins: int = 10) -> float:
    """Mean gap between the highest probability and how often it is right, over bins of equal width."""
    highest, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == gold
    place = np.minimum((highest * bins).astype(int), bins - 1)
    return float(sum(np.mean(place == b) * abs(highest[place == b].mean() - right[place == b].mean()) for b in set(place.tolist())))


def write_predictions(questions: Sequence[Prompt], by_system: Mapping[str, Array], folder: Path) -> None:
    """One file per system."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, probabilities in by_system.items():
        rows = ({"prompt_id": q.id, "label": LABELS[int(p.argmax())]} for q, p in zip(questions, probabilities, strict=True))
        target = folder / f"{name.replace(',', '').replace(' ', '_')}.jsonl"
        target.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
