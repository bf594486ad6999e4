"""What commands put together before they run: papers, vocabulary, pipeline.

Imported inside command functions only, so that help stays quick.
"""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.build import Pipeline
from kg.bundled import ontologies_folder
from kg.cli.console import misuse, say
from kg.errors import StoreError
from kg.extract.pipeline import Extractor, build_extractor
from kg.model import Extraction
from kg.read.batch import STDIN, read_batch
from kg.read.outcome import Outcome
from kg.report import Failure, Trouble
from kg.settings import load_settings
from kg.shapes import Shapes, load_shapes
from kg.store import LocalStore, vocabulary_quads
from kg.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True)
class DefaultPipeline:
    """Makes the pipeline of the default engine with the ontologies that ship; equal to its copy in another process."""

    run_time: str | None = None

    def __call__(self) -> Pipeline:
        """Read the ontologies and build the engine."""
        return Pipeline(default_extractor(), default_vocabulary(), default_shapes(), self.run_time)


# Values that never change and take a second to read; one command may need them more than once.


@cache
def default_vocabulary() -> Vocabulary:
    """The vocabulary that ships."""
    return load_vocabulary(ontologies_folder())


@cache
def default_extractor() -> Extractor:
    """The default engine over the vocabulary that ships."""
    return build_extractor(default_vocabulary())


@cache
def default_shapes() -> Shapes:
    """The shapes that ship."""
    return load_shapes(ontologies_folder() / "shapes.ttl", default_vocabulary())


def open_store(path: Path | None) -> LocalStore:
    """The store of that path or of the settings, to read.

    Raises:
        StoreError: there is none, or it cannot be opened.
    """
    place = load_settings().store_path if path is None else path
    if not place.is_dir():
        raise StoreError("there is no store", location=str(place), remedy="Make one with kg build, or name it with --store")
    return LocalStore.open_readonly(place)


@contextmanager
def store_to_write(path: Path | None) -> Iterator[LocalStore]:
    """The store of that path or of the settings, made where there is none, with the vocabulary that ships.

    Raises:
        StoreError: it cannot be opened.
    """
    place = load_settings().store_path if path is None else path
    place.parent.mkdir(parents=True, exist_ok=True)
    with LocalStore.open(place) as store:
        store.replace_vocabulary(vocabulary_quads(ontologies_folder()), default_vocabulary().sha256)
        yield store


@contextmanager
def new_store(path: Path) -> Iterator[LocalStore]:
    """An empty store at that path; what an interrupted build left there is thrown away."""
    shutil.rmtree(path, ignore_errors=True)
    with store_to_write(path) as store:
        yield store


def read_papers(paths: Sequence[Path] | None, *, body: bool = False) -> Iterable[Outcome]:
    """Outcomes of the paths, or of what is piped in."""
    if not paths and sys.stdin.isatty():
        misuse("nothing to read. Name a file or folder, or pipe a file in")
    return read_batch(paths or [STDIN], stdin=sys.stdin.buffer, body=body)


def name_failures(failures: Iterable[Failure], *, quiet: bool = False) -> bool:
    """Say each failure; true when one of them makes the exit code 1."""
    failed = False
    for failure in failures:
        is_skip = failure.trouble is Trouble.SKIPPED
        failed |= not is_skip
        if not (quiet and is_skip):
            say(str(failure))
    return failed


def keep_confident(extraction: Extraction, min_confidence: float) -> Extraction:
    """The extraction without findings below that confidence."""
    kept = tuple(finding for finding in extraction.findings if finding.confidence >= min_confidence)
    return extraction.model_copy(update={"findings": kept})
