"""The trained model of direction: its file, its numbers, and what the weights that ship say of plain sentences."""

import time
from pathlib import Path

import numpy as np
import pytest

from kg.errors import ExtractionError
from kg.extract import learned
from kg.extract.direction_features import find_features, p_class, ratio_class
from kg.extract.findings.arm_votes import assign_arms
from kg.extract.findings.arm_words import CONTROL, INTERVENTION
from kg.extract.findings.arms import ArmMention
from kg.extract.findings.binding import bind
from kg.extract.findings.clauses import find_clauses
from kg.extract.findings.cues import find_cues
from kg.extract.findings.draft import Draft
from kg.extract.findings.elements import read_elements
from kg.extract.findings.outcome_grammar import Family
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Scene
from kg.extract.learned import DIRECTIONS, DirectionModel, Probabilities, bucket_of, load_direction_model, save_direction_model
from kg.extract.numbers.reader import read_numbers
from kg.model import Desirable, Direction, Effect, Measure, PValue, SectionLabel

SHIPPED = Path(learned.__file__).with_name("direction_model.npz")


def scene_of(text: str, *, outcome: str, arms: dict[str, int], desirable: Desirable = Desirable.LOWER) -> tuple[Scene, Draft]:
    """One sentence with one outcome, and its first draft with numbers given to arms."""
    at = text.index(outcome)
    mention = OutcomeMention(at, at + len(outcome), outcome, outcome, None, Family.EVENT, desirable)
    named = sorted(
        (ArmMention(text.index(name), text.index(name) + len(name), name, number, number == CONTROL) for name, number in arms.items()),
        key=lambda m: m.start,
    )
    elements = read_elements(text, read_numbers(text), ())
    scene = Scene(
        text=text, start=0, end=len(text), role=SectionLabel.RESULTS, clauses=find_clauses(text, 0, len(text)), outcomes=(mention,),
        arms=tuple(named), numbers=elements.numbers, ratios=elements.ratios, probabilities=elements.probabilities, cues=find_cues(text),
        is_comparative=True,
    )  # fmt: skip
    draft = bind(scene)[0]
    return scene, assign_arms(scene, draft, default_order=True) if len(draft.numbers) == 2 else draft


PLAIN = scene_of(
    "Relapse was higher with MSCs than with placebo (30% vs 20%, P = 0.01).",
    outcome="Relapse",
    arms={"MSCs": INTERVENTION, "placebo": CONTROL},
)


def hand_made() -> DirectionModel:
    """Two buckets: all features fall into them, with weights that are easy to add up."""
    return DirectionModel(np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], dtype=np.float32), threshold=0.5)


def test_probabilities_are_the_softmax_of_the_summed_weights() -> None:
    first = next(name for name in "abcdefgh" if bucket_of(name, 2) == 0)
    second = next(name for name in "abcdefgh" if bucket_of(name, 2) == 1)
    found = hand_made().score_features({first: 1.0, second: 0.5})
    shares = np.exp([1.0, 0.5, 0.0]) / np.exp([1.0, 0.5, 0.0]).sum()
    assert found.values == pytest.approx(tuple(shares))
    assert found.direction is Direction.INCREASED


def test_temperature_flattens_the_probabilities() -> None:
    first = next(name for name in "abcdefgh" if bucket_of(name, 2) == 0)
    cold = DirectionModel(hand_made().weights).score_features({first: 1.0})
    warm = DirectionModel(hand_made().weights, temperature=4.0).score_features({first: 1.0})
    assert warm.highest < cold.highest
    assert warm.direction is cold.direction is Direction.INCREASED


@pytest.mark.parametrize(
    ("values", "threshold", "expected"),
    [
        ((0.7, 0.2, 0.1), 0.6, Direction.INCREASED),
        ((0.2, 0.7, 0.1), 0.6, Direction.DECREASED),
        ((0.2, 0.1, 0.7), 0.7, Direction.NO_DIFFERENCE),
        ((0.5, 0.4, 0.1), 0.6, None),
    ],
)
def test_the_model_abstains_below_its_threshold(values: tuple[float, float, float], threshold: float, expected: Direction | None) -> None:
    assert Probabilities(*values, threshold).direction is expected


def test_a_saved_model_is_read_back_and_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    weights = np.zeros((64, 3), dtype=np.float32)
    weights[[3, 60]] = [[0.5, -0.25, 0.0], [0.0, 0.0, 1.5]]
    model = DirectionModel(weights, temperature=1.25, threshold=0.6)
    for name in ("one.npz", "two.npz"):
        save_direction_model(model, tmp_path / name)
    again = load_direction_model(tmp_path / "one.npz")
    assert (again.weights == weights).all()
    assert (again.temperature, again.threshold) == (1.25, 0.6)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.npz"
    broken.write_bytes(b"no weights")
    lacking = tmp_path / "lacking.npz"
    np.savez(lacking, buckets=np.array(4))
    for path in (tmp_path / "missing.npz", broken, lacking):
        with pytest.raises(ExtractionError, match=path.stem):
            load_direction_model(path)


def test_features_name_rules_cues_and_order_but_no_word_of_the_text() -> None:
    features = find_features(*PLAIN)
    assert {"words increased", "numbers increased", "own test p below", "arms 12", "order outcome > up"} <= features.keys()
    assert not any("relapse" in name or "msc" in name.lower() for name in features)
    assert all(0 <= value <= 1 for value in features.values())


def test_a_bare_outcome_has_features_too() -> None:
    scene, draft = scene_of("Relapse did not differ between groups.", outcome="Relapse", arms={})
    features = find_features(scene, draft)
    assert {"words no_difference", "arms none", "tests none", "phrase between groups null"} <= features.keys()


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("<", 0.05, "p below"),
        ("=", 0.049, "p below"),
        ("=", 0.05, "p above"),
        (">", 0.05, "p above"),
        ("<", 0.1, "p open"),
        (">", 0.01, "p open"),
    ],
)
def test_p_values_fall_into_three_classes(operator: str, value: float, expected: str) -> None:
    assert p_class(PValue(operator=operator, value=value)) == expected


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (Effect(measure=Measure.HR, value=0.5, ci_low=0.3, ci_high=0.9), "lower clear"),
        (Effect(measure=Measure.OR, value=1.4, ci_low=0.9, ci_high=2.0), "higher open"),
        (Effect(measure=Measure.MD, value=0.4), "higher"),
        (Effect(measure=Measure.MD, value=0.4, ci_low=0.0, ci_high=0.8), "higher open"),
    ],
)
def test_estimates_are_classed_by_side_and_interval(effect: Effect, expected: str) -> None:
    assert ratio_class(effect) == expected


SENTENCES = [
    ("Relapse was higher with MSCs than with placebo (30% vs 20%, P = 0.01).", Direction.INCREASED),
    ("Relapse was lower with MSCs than with placebo (10% vs 20%, P = 0.01).", Direction.DECREASED),
    ("Relapse was lower with placebo than with MSCs (10% vs 20%, P = 0.01).", Direction.INCREASED),
    ("Relapse was 20% with placebo and 10% with MSCs (P = 0.01).", Direction.DECREASED),
    ("Relapse did not differ between MSCs and placebo (18% vs 20%, P = 0.6).", Direction.NO_DIFFERENCE),
    ("Compared with placebo, MSCs significantly reduced Relapse.", Direction.DECREASED),
    ("Relapse was similar with MSCs and with placebo.", Direction.NO_DIFFERENCE),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_the_weights_that_ship_read_plain_sentences(text: str, expected: Direction) -> None:
    scene, draft = scene_of(text, outcome="Relapse", arms={"MSCs": INTERVENTION, "placebo": CONTROL})
    assert load_direction_model(SHIPPED).score(scene, draft).direction is expected


def test_the_weights_that_ship_are_small_and_fast() -> None:
    assert SHIPPED.stat().st_size < 5_000_000
    model = load_direction_model(SHIPPED)
    started = time.perf_counter()
    for _ in range(50):
        model.score(*PLAIN)
    assert (time.perf_counter() - started) / 50 < 0.02  # measured 0.00015; the bound leaves room for a busy machine


def test_columns_are_the_three_directions_of_a_comparison() -> None:
    assert DIRECTIONS == (Direction.INCREASED, Direction.DECREASED, Direction.NO_DIFFERENCE)
