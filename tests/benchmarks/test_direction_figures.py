"""Figures of the direction benchmark, worked out by hand; skipped where the benchmark's own packages are not installed."""

import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the dependency group 'benchmark' is not installed")
sys.path.insert(0, str(Path(__file__).parents[2]))  # benchmarks is no part of the installed package

from benchmarks.direction_training import LEAST_COUNT, Example, examples_of, fit_direction, pool, temperature_of
from benchmarks.evidence_inference import calibration_error, macro_f1, resamples
from benchmarks.prompt_scenes import find_candidates
from benchmarks.prompts import Prompt
from benchmarks.train_direction import threshold_of


def test_macro_f1_is_the_mean_of_three() -> None:
    gold, guess = np.array([0, 0, 1, 2]), np.array([0, 1, 1, 2])
    assert macro_f1(gold, guess) == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)


def test_a_class_that_is_never_guessed_counts_nothing() -> None:
    assert macro_f1(np.array([0, 1, 2]), np.array([0, 0, 0])) == pytest.approx((0.5 + 0 + 0) / 3)


def test_whole_articles_are_drawn() -> None:
    draws = resamples(["a", "a", "b"])
    assert all(len(set(np.flatnonzero(np.bincount(draw, minlength=3) > 0)) & {0, 1}) in (0, 2) for draw in draws)
    assert (resamples(["a", "a", "b"])[7] == draws[7]).all()


def test_calibration_error_is_the_gap_between_probability_and_share_right() -> None:
    probabilities = np.array([[0.85, 0.1, 0.05]] * 4)
    assert calibration_error(probabilities, np.array([0, 0, 0, 1])) == pytest.approx(0.10)


def test_sentences_are_pooled_by_the_square_of_their_chance() -> None:
    pooled = pool(np.array([0.5, 1.0]), np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]))
    assert pooled == pytest.approx([0.2, 0.8, 0.0])


def test_a_model_that_is_too_sure_is_cooled() -> None:
    probabilities = np.array([[0.99, 0.005, 0.005]] * 4)
    assert temperature_of(probabilities, np.array([0, 0, 0, 1])) > 1
    assert temperature_of(np.array([[0.6, 0.2, 0.2]] * 4), np.array([0, 0, 0, 0])) < 1


def test_the_threshold_is_the_lowest_that_is_right_often_enough() -> None:
    probabilities = np.array([[0.9, 0.05, 0.05], [0.6, 0.2, 0.2]])
    assert threshold_of(probabilities, np.array([0, 1])) == 0.61
    assert threshold_of(probabilities, np.array([0, 0])) == 0.34
    assert threshold_of(probabilities, np.array([1, 1])) == 1.0


def test_rare_features_get_no_weight_and_training_twice_gives_the_same_weights() -> None:
    common = [Example("a", True, {f"sign {n % 3}": 1.0}, n % 3) for n in range(3 * LEAST_COUNT)]
    rare = Example("a", True, {"rare": 1.0, "sign 0": 1.0}, 0)
    model = fit_direction([*common, rare], mirror_weight=0.0, strength=1.0, buckets=1024)
    assert model.score_features({"sign 1": 1.0}).values[1] > 0.5
    assert model.score_features({"rare": 1.0}).values == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert (fit_direction([*common, rare], mirror_weight=0.0, strength=1.0, buckets=1024).weights == model.weights).all()


def test_a_sentence_with_both_arms_is_learned_both_ways() -> None:
    text = "Fatigue was lower with yoga than with walking."
    prompt = Prompt("1", "A", "yoga", "walking", "fatigue", "decreased", True, "CC BY", "", text, (text,))
    plain, mirrored = examples_of(prompt, find_candidates(prompt, text))
    assert (plain.answer, plain.is_mirrored, mirrored.answer, mirrored.is_mirrored) == (1, False, 0, True)
    assert "arms 12" in plain.features
    assert "arms 21" in mirrored.features
