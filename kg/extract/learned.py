"""A small trained model of direction, for what the rules cannot settle.

In: a weights file, then scenes and drafts. Out: probabilities of increased, decreased and no difference. The model is linear over
hashed feature names (``direction_features``), so scoring needs numpy only; it is trained by ``benchmarks/train_direction.py`` and
described in ``docs/direction-model.md``.
"""

import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.errors import ExtractionError
from kg.extract.direction_features import Features, find_features
from kg.extract.findings.direction import Verdict
from kg.extract.findings.draft import Draft
from kg.extract.findings.records import SCORED
from kg.extract.findings.scene import Scene
from kg.model import Direction

#: Trained by ``benchmarks/train_direction.py``.
SHIPPED_MODEL = Path(__file__).with_name("direction_model.npz")
#: Columns of the weights.
DIRECTIONS = SCORED


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Chances that sum to 1; below ``threshold`` the model abstains."""

    increased: float
    decreased: float
    no_difference: float
    threshold: float = 0.0

    @property
    def values(self) -> tuple[float, float, float]:
        """In the order of ``DIRECTIONS``."""
        return self.increased, self.decreased, self.no_difference

    @property
    def highest(self) -> float:
        """The chance of the likeliest direction."""
        return max(self.values)

    @property
    def direction(self) -> Direction | None:
        """The likeliest direction, or None where the model abstains."""
        if self.highest < self.threshold:
            return None
        return DIRECTIONS[self.values.index(self.highest)]


@dataclass(frozen=True, eq=False)
class DirectionModel:
    """Weights of a multinomial logistic model; ``weights`` has one row per hash bucket, one column per direction."""

    weights: npt.NDArray[np.float32]
    #: Divides the scores before they become probabilities; fitted on texts that were not trained on.
    temperature: float = 1.0
    #: Below this probability the model abstains.
    threshold: float = 0.0

    def score(self, scene: Scene, draft: Draft, verdict: Verdict | None = None) -> Probabilities:
        """The probabilities for one comparison; numbers of the draft must be bound to arms."""
        return self.score_features(find_features(scene, draft, verdict))

    def score_features(self, features: Features) -> Probabilities:
        """The same from features."""
        buckets = len(self.weights)
        rows = np.array([bucket_of(name, buckets) for name in features], dtype=np.intp)
        values = np.array(list(features.values()), dtype=np.float32)
        scores = (values @ self.weights[rows]).astype(np.float64) / self.temperature
        exponents = np.exp(scores - scores.max())
        up, down, same = (exponents / exponents.sum()).tolist()
        return Probabilities(up, down, same, self.threshold)


@lru_cache(maxsize=50_000)
def bucket_of(name: str, buckets: int) -> int:
    """The row of a feature: CRC-32 of its name, the same on every machine."""
    return zlib.crc32(name.encode()) % buckets


def load_direction_model(path: Path) -> DirectionModel:
    """Read weights that ``save_direction_model`` wrote.

    Raises:
        ExtractionError: the file is missing, is no weights file, or lacks an array.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            weights = np.zeros((int(arrays["buckets"]), len(DIRECTIONS)), dtype=np.float32)
            weights[arrays["rows"]] = arrays["weights"]
            return DirectionModel(weights, float(arrays["temperature"]), float(arrays["threshold"]))
    except (OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile) as error:
        raise ExtractionError(
            f"the direction model cannot be read: {error}", location=str(path), remedy="Train it again or install the package again"
        ) from error


def save_direction_model(model: DirectionModel, path: Path) -> None:
    """Write the rows that are not zero; the same model gives the same bytes."""
    rows = np.flatnonzero(np.any(model.weights != 0, axis=1))
    arrays = {
        "buckets": np.array(len(model.weights)),
        "rows": rows.astype(np.uint32),
        "weights": model.weights[rows].astype(np.float16),
        "temperature": np.array(model.temperature),
        "threshold": np.array(model.threshold),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as stream:
                np.lib.format.write_array(stream, array, allow_pickle=False)
