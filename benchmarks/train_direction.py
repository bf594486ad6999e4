"""Train the direction model that ships, on prompts whose licence lets weights be given away.

    GRAFTGRAPH_REFERENCE=<folder> python -m benchmarks.train_direction [--output FILE]

Only rows marked CC BY, CC0 or public domain are read for training. Temperature and threshold come from five folds over articles of
the same rows. The same rows and the same rules give the same file; train again when the rules of ``kg.extract`` change, because
features are what the rules found.
"""

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold

from benchmarks.direction_training import MIRROR_WEIGHT, Example, examples_of, fit_direction, temperature_of
from benchmarks.prompt_scenes import find_candidates
from benchmarks.prompts import read_prompts
from kg.extract import learned
from kg.extract.learned import DirectionModel, save_direction_model

Array = npt.NDArray[np.float64]

FOLDS = 5
#: Out of fold, what the model answers must be right this often; below the probability that brings it there it abstains.
WANTED_ACCURACY = 0.9
OUTPUT = Path(learned.__file__).with_name("direction_model.npz")


def main() -> None:
    """Train, save, and print what the model card tells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    output = parser.parse_args().output
    examples = free_examples(Path(os.environ["GRAFTGRAPH_REFERENCE"]) / "benchmarks" / "evidence_inference")
    model = train(examples)
    save_direction_model(model, output)
    rows = int(np.any(model.weights != 0, axis=1).sum())
    printed = [e for e in examples if not e.is_mirrored]
    articles = len({e.article for e in printed})
    print(f"{len(printed)} sentences of {articles} articles, {len(examples) - len(printed)} of them also with their arms exchanged")
    print(f"{rows} rows of weights, {output.stat().st_size} bytes")
    print(f"temperature {model.temperature}, threshold {model.threshold}")


def free_examples(folder: Path) -> list[Example]:
    """What the rows under free licences teach."""
    prompts = [prompt for prompt in read_prompts(folder) if prompt.is_free]
    return [e for prompt in prompts for e in examples_of(prompt, find_candidates(prompt, prompt.abstract) if prompt.in_abstract else ())]


def train(examples: Sequence[Example]) -> DirectionModel:
    """The model of all examples, calibrated on folds."""
    places = [i for i, e in enumerate(examples) if not e.is_mirrored]
    answers = np.array([examples[i].answer for i in places])
    probabilities = _out_of_fold(examples)[places]
    temperature = temperature_of(probabilities, answers)
    cooled = probabilities ** (1 / temperature)
    cooled /= cooled.sum(axis=1, keepdims=True)
    threshold = threshold_of(cooled, answers)
    said = cooled.max(axis=1) >= threshold
    right = cooled.argmax(axis=1) == answers
    print(f"out of fold: {right.mean():.3f} right; above the threshold {said.mean():.3f} of the sentences, {right[said].mean():.3f} right")
    return replace(fit_direction(examples, mirror_weight=MIRROR_WEIGHT), temperature=temperature, threshold=threshold)


def _out_of_fold(examples: Sequence[Example]) -> Array:
    probabilities = np.zeros((len(examples), 3))
    for train_places, test_places in GroupKFold(FOLDS).split(examples, groups=[e.article for e in examples]):
        model = fit_direction([examples[i] for i in train_places], mirror_weight=MIRROR_WEIGHT)
        for i in test_places:
            probabilities[i] = model.score_features(examples[i].features).values
    return probabilities


def threshold_of(probabilities: Array, answers: npt.NDArray[np.intp]) -> float:
    """The lowest probability, in steps of .01, from which on answers are right as often as wanted; 1 when none is."""
    highest, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == answers
    steps = (round(step / 100, 2) for step in range(34, 100))
    return next((t for t in steps if (highest >= t).any() and right[highest >= t].mean() >= WANTED_ACCURACY), 1.0)


if __name__ == "__main__":
    main()
