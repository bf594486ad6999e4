"""What commands that read papers put together: outcomes, the engine, the pipeline.

Imported inside command functions only, so that help and reading commands stay quick.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.build import Pipeline
from kg.cli.console import misuse, say
from kg.cli.parts import default_shapes, default_vocabulary
from kg.extract.pipeline import Extractor, build_extractor
from kg.model import Extraction
from kg.read.batch import STDIN, read_batch
from kg.read.outcome import Outcome
from kg.report import Failure, Trouble


@dataclass(frozen=True)
class DefaultPipeline:
    """Makes the pipeline of the default engine with the ontologies that ship; equal to its copy in another process."""

    run_time: str | None = None

    def __call__(self) -> Pipeline:
        """Read the ontologies and build the engine."""
        return Pipeline(default_extractor(), default_vocabulary(), default_shapes(), self.run_time)


@cache
def default_extractor() -> Extractor:
    """The default engine over the vocabulary that ships."""
    return build_extractor(default_vocabulary())


def read_papers(paths: Sequence[Path] | None, *, body: bool = False, takes_repeats: bool = False) -> Iterable[Outcome]:
    """Outcomes of the paths, or of what is piped in."""
    if not paths and sys.stdin.isatty():
        misuse("nothing to read. Name a file or folder, or pipe a file in")
    return read_batch(paths or [STDIN], stdin=sys.stdin.buffer, body=body, takes_repeats=takes_repeats)


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
