"""Abstracts per second, one core: all findings of the rules, against spaCy's bare tokenizer and medspaCy's default pipeline.

    python -m benchmarks.speed [FILE …] [--medspacy PYTHON] [--repeats N]

Every round reads the same texts with each reader in turn, so that a busy machine slows all alike; rates are medians over rounds, ratios
medians of the rounds' ratios, and time is processor time. Extraction is text to findings: no files, no SHACL, no store. medspaCy
stays out of this project's environment: ``--medspacy`` names the interpreter of one that has it, which runs as a process of its own and
tells its own processor time; its debug log is off. Without files the digests that come with the package are read.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import spacy

from kg.bundled import ontologies_folder, sample_corpus
from kg.extract.pipeline import build_extractor
from kg.model import Paper
from kg.read.papers import read_papers
from kg.vocabulary import load_vocabulary

OURS, TOKENIZER, MEDSPACY = "findings of the rules", "bare tokenizer", "medspaCy default"

#: Runs in the other environment: texts in, then seconds for each line that asks for a round.
WORKER = """
import json, sys, time
import medspacy
nlp = medspacy.load()
texts = json.loads(sys.stdin.readline())
print(json.dumps(list(nlp.pipe_names)), flush=True)
for _ in sys.stdin:
    start = time.process_time()
    for text in texts:
        nlp(text)
    print(time.process_time() - start, flush=True)
"""

#: Reads all texts once and says how many seconds of the processor that took.
Reader = Callable[[], float]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Speed:
    """One reader's rate, and how many times as fast the rules are."""

    name: str
    per_second: float
    ratio: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--medspacy", type=Path, metavar="PYTHON")
    parser.add_argument("--repeats", type=int, default=7)
    given = parser.parse_args(arguments)
    papers = [
        paper for file in given.files or [sample_corpus()] for paper in read_papers(file.read_bytes(), location=str(file)) if paper.text
    ]
    texts = [paper.text for paper in papers]
    print(f"{len(texts)} abstracts of {statistics.mean(map(len, texts)):.0f} characters, {given.repeats} rounds")
    with ExitStack() as stack:
        readers = {OURS: rules_over(papers), TOKENIZER: tokenizer_over(texts)}
        if given.medspacy is not None:
            readers[MEDSPACY] = medspacy_over(texts, given.medspacy, stack)
        for speed in compare(readers, len(texts), given.repeats):
            print(f"{speed.name:24} {speed.per_second:9.1f} abstracts/s   the rules: {speed.ratio:.3g} times")
    if given.medspacy is None:
        print(f"{MEDSPACY:24} not measured: name an interpreter that has it with --medspacy")


def compare(readers: dict[str, Reader], texts: int, repeats: int) -> list[Speed]:
    """Rates of all readers over the same rounds; the first round warms up and does not count."""
    rounds = [{name: read() for name, read in readers.items()} for _ in range(repeats + 1)][1:]
    return [
        Speed(
            name,
            texts / statistics.median(seconds[name] for seconds in rounds),
            statistics.median(seconds[name] / seconds[OURS] for seconds in rounds),
        )
        for name in readers
    ]


def rules_over(papers: Sequence[Paper]) -> Reader:
    """The default engine over papers."""
    extractor = build_extractor(load_vocabulary(ontologies_folder()))
    return lambda: _seconds(extractor.extract, papers)


def tokenizer_over(texts: Sequence[str]) -> Reader:
    """The tokenizer of spaCy's empty English pipeline; its cache of words is emptied each round, since new texts bring new words."""

    def read() -> float:
        return _seconds(spacy.blank("en").tokenizer, texts)

    return read


def medspacy_over(texts: Sequence[str], python: Path, stack: ExitStack) -> Reader:
    """The default pipeline in the environment of another interpreter; ``stack`` ends its process."""
    quiet = {**os.environ, "LOGURU_AUTOINIT": "False", "PYTHONWARNINGS": "ignore", "OMP_NUM_THREADS": "1"}
    for name in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"):
        quiet.pop(name, None)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    worker = stack.enter_context(subprocess.Popen([str(python), "-c", WORKER], text=True, env=quiet, **pipes))

    def ask(line: str) -> str:
        try:
            worker.stdin.write(line + "\n")
            worker.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended already: told below
        answer = worker.stdout.readline()
        if not answer:
            sys.exit(f"{python} cannot run medspaCy: install it there, or leave --medspacy out")
        return answer

    print(f"{MEDSPACY}: {', '.join(json.loads(ask(json.dumps(list(texts)))))}")
    return lambda: float(ask(""))


def _seconds(read: Callable[[Item], object], items: Sequence[Item]) -> float:
    start = time.process_time()
    for item in items:
        read(item)
    return time.process_time() - start


if __name__ == "__main__":
    main()
