"""What the extraction must not fall below, on the digests its rules were made with and on the hard phrasings.

Floors stand a little under the figures of ``docs/extraction.md``. The measuring half has none: it is looked at, not fitted.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.bundled import ontologies_folder
from kg.evaluate import Evaluation, GoldRecord, evaluate, read_gold, split_halves
from kg.extract.pipeline import build_extractor
from kg.model import Paper
from kg.read.batch import read_batch
from kg.read.outcome import Read
from kg.vocabulary import load_vocabulary

GOLD = Path(__file__).parents[1] / "gold"
DIGESTS, HARD = GOLD / "dev.jsonl", GOLD / "hard_phrasings.jsonl"


def papers(path: Path) -> dict[str, Paper]:
    return {each.paper.local_id or each.paper.id: each.paper for each in read_batch([path]) if isinstance(each, Read)}


def measured(records: Sequence[GoldRecord], path: Path) -> Evaluation:
    extractor, texts = build_extractor(load_vocabulary(ontologies_folder())), papers(path)
    return evaluate(records, [extractor.extract(texts[record.id]) for record in records], resamples=10)


def value_of(evaluation: Evaluation, figure: str) -> float:
    (found,) = [each for each in evaluation.f1 if f"{each.group}: {each.name}" == figure]
    return found.f1.value


@pytest.fixture(scope="module")
def developing() -> Evaluation:
    return measured(split_halves(read_gold(DIGESTS))[0], DIGESTS)


@pytest.mark.parametrize(
    ("figure", "floor"),
    [("findings headline: direction", 0.86), ("findings headline: exact", 0.85), ("labels: cells", 0.95), ("labels: outcome", 0.95)],
)
def test_the_developing_half_stays_above_its_floor(developing: Evaluation, figure: str, floor: float) -> None:
    assert value_of(developing, figure) >= floor


def test_hard_phrasings_stay_above_their_floor() -> None:
    assert value_of(measured(read_gold(HARD), HARD), "findings headline: direction") >= 0.9


def test_texts_that_report_nothing_give_nothing() -> None:
    assert measured(read_gold(DIGESTS), DIGESTS).on_hard_negatives == 0
