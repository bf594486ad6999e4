"""Gold records and predictions -> ``Evaluation``: figures with intervals, confusion, disagreements, calibration."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.errors import GoldError
from kg.evaluate import bootstrap
from kg.evaluate.bootstrap import Estimate, Numbers, draw_weights, estimate
from kg.evaluate.calibration import Calibration, calibrate
from kg.evaluate.counting import F1_KEYS, KNOWN_LABEL_KEYS, SHARE_KEYS, Judged, Key, count, judge
from kg.evaluate.gold import GoldFinding, GoldRecord, Half
from kg.model import Direction, Extraction, Finding, Span
from kg.vocabulary import Vocabulary


@dataclass(frozen=True)
class F1:
    """Precision, recall and their harmonic mean."""

    group: str
    name: str
    precision: Estimate
    recall: Estimate
    f1: Estimate
    gold: int
    predicted: int


@dataclass(frozen=True)
class Share:
    """How many of ``n`` are right; no value where there is nothing to judge."""

    group: str
    name: str
    right: Estimate | None
    n: int


@dataclass(frozen=True)
class Disagreement:
    """One finding on which gold and prediction differ."""

    record: str
    #: "missed", "spurious", or "wrong direction,values".
    what: str
    #: The evidence, gold's where there is one.
    text: str
    gold: GoldFinding | None
    predicted: Finding | None


@dataclass(frozen=True)
class Evaluation:
    """How well predictions agree with gold."""

    records: int
    #: Gold records without a prediction; they count as empty.
    without_prediction: int
    #: Predictions for an id that gold does not have; they count nowhere.
    without_gold: int
    f1: tuple[F1, ...]
    shares: tuple[Share, ...]
    #: Findings predicted on texts that report none.
    on_hard_negatives: int
    #: Matched findings by gold and predicted direction.
    confusion: Mapping[tuple[Direction, Direction], int]
    #: Those of the developing half, and of the measuring half only on demand.
    disagreements: tuple[Disagreement, ...]
    #: How many there are of each sort, over all records.
    disagreement_counts: Mapping[str, int]
    #: How many are counted above and not listed, because they stand in the measuring half.
    withheld: int
    calibration: Calibration
    #: Seconds per abstract, as the caller measured them.
    seconds_per_record: float | None


def evaluate(
    gold: Sequence[GoldRecord],
    predictions: Iterable[Extraction],
    *,
    seconds: float | None = None,
    seed: int = 0,
    resamples: int = 1000,
    vocabulary: Vocabulary | None = None,
    list_measuring_half: bool = False,
) -> Evaluation:
    """Score predictions, paired with gold by ``id``.

    ``seconds`` is what all predictions took together. With a vocabulary, labels that it holds are scored apart. Disagreements
    of the measuring half are counted and never listed unless ``list_measuring_half`` says so.

    Raises:
        GoldError: no gold records, or two predictions for one id.
    """
    if not gold:
        raise GoldError("no gold records to score against")
    by_id = _by_id(predictions)
    judged = [judge(each, by_id.get(each.id)) for each in gold]
    weights = draw_weights(len(gold), resamples=resamples, seed=seed)
    counts = [count(each, vocabulary) for each in judged]
    f1_keys = F1_KEYS if vocabulary is None else (*F1_KEYS, *KNOWN_LABEL_KEYS)
    disagreements = [(each.gold.half, found) for each in judged for found in _disagreements(each)]
    listed = tuple(found for half, found in disagreements if list_measuring_half or half is Half.DEVELOPING)
    return Evaluation(
        records=len(gold),
        without_prediction=sum(each.id not in by_id for each in gold),
        without_gold=len(by_id.keys() - {each.id for each in gold}),
        f1=tuple(_f1(key, _triples(counts, key), weights) for key in f1_keys),
        shares=tuple(_share(key, _triples(counts, key), weights) for key in SHARE_KEYS),
        on_hard_negatives=sum(len(each.predicted.findings) for each in judged if each.gold.hard_negative),
        confusion=_confusion(judged),
        disagreements=listed,
        disagreement_counts=dict(sorted(Counter(found.what for _, found in disagreements).items())),
        withheld=len(disagreements) - len(listed),
        calibration=calibrate(judged, weights),
        seconds_per_record=None if seconds is None else seconds / len(gold),
    )


def _by_id(predictions: Iterable[Extraction]) -> dict[str, Extraction]:
    by_id: dict[str, Extraction] = {}
    for each in predictions:
        if each.id in by_id:
            raise GoldError("two predictions for one record", record=each.id, remedy="Predict each record once")
        by_id[each.id] = each
    return by_id


def _triples(counts: Sequence[Mapping[Key, tuple[int, int, int]]], key: Key) -> Numbers:
    return np.array([each.get(key, (0, 0, 0)) for each in counts], dtype=np.float64)


def _f1(key: Key, triples: Numbers, weights: Numbers) -> F1:
    totals, resampled = triples.sum(axis=0), weights @ triples
    precision, recall, f1 = (
        estimate(float(measure(totals)), measure(resampled)) for measure in (bootstrap.precision, bootstrap.recall, bootstrap.f1)
    )
    return F1(*key, precision=precision, recall=recall, f1=f1, gold=int(totals[1]), predicted=int(totals[2]))


def _share(key: Key, triples: Numbers, weights: Numbers) -> Share:
    totals = triples.sum(axis=0)
    if totals[1] == 0:
        return Share(*key, right=None, n=0)
    return Share(*key, right=estimate(float(bootstrap.share(totals)), bootstrap.share(weights @ triples)), n=int(totals[1]))


def _confusion(judged: Iterable[Judged]) -> dict[tuple[Direction, Direction], int]:
    counter = Counter(
        (each.gold.findings[pair.gold].direction, each.predicted.findings[pair.predicted].direction)
        for each in judged
        for pair in each.pairs
    )
    return dict(sorted(counter.items()))


def _disagreements(judged: Judged) -> list[Disagreement]:
    """Wrong pairs, then missed, then spurious findings of one record."""
    gold, predicted = judged.gold.findings, judged.predicted.findings
    wrong = [(pair, ",".join(pair.agreement.wrong())) for pair in judged.pairs if pair.agreement.wrong()]

    def disagreement(what: str, evidence: Span, one: GoldFinding | None, other: Finding | None) -> Disagreement:
        return Disagreement(judged.gold.id, what, judged.gold.text[evidence.start : evidence.end], one, other)

    return [
        *(disagreement(f"wrong {names}", gold[pair.gold].evidence, gold[pair.gold], predicted[pair.predicted]) for pair, names in wrong),
        *(disagreement("missed", each.evidence, each, None) for each in judged.missed()),
        *(disagreement("spurious", each.evidence, None, each) for each in judged.spurious()),
    ]
