"""The rows of Evidence Inference 2.0 that have a recoverable label.

In: the folder with ``train.jsonl.gz`` and ``dev.jsonl.gz``. Out: prompts with cleaned abstracts, and whether their licence lets
weights that were trained on them be given away.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

#: The three labels; probabilities stand in this order.
LABELS = ("increased", "decreased", "no_difference")
#: Licences under which weights trained on a text may ship.
FREE_LICENCE = re.compile(r"CC BY(?: \d\.\d)?|CC0(?: \d\.\d)?|public domain")


@dataclass(frozen=True)
class Prompt:
    """One question to one abstract: did the intervention change the outcome against the comparator?"""

    id: str
    article: str
    intervention: str
    comparator: str
    outcome: str
    label: str
    #: True when the abstract itself holds a passage that annotators marked.
    in_abstract: bool
    licence: str
    title: str
    abstract: str
    #: Passages of the article that annotators marked, each once.
    evidence: tuple[str, ...]

    @property
    def is_free(self) -> bool:
        """True when weights trained on the text may ship."""
        return FREE_LICENCE.fullmatch(self.licence) is not None

    @property
    def answer(self) -> int:
        """Place of the label in ``LABELS``."""
        return LABELS.index(self.label)


def read_prompts(folder: Path) -> list[Prompt]:
    """All prompts of train and dev, in the order of the files."""
    return [_prompt(row) for name in ("train", "dev") for row in _rows(folder / f"{name}.jsonl.gz")]


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _prompt(row: Mapping[str, object]) -> Prompt:
    spans = row["evidence_spans"]
    passages = [str(span["text"]) for span in spans] if isinstance(spans, list) else []
    return Prompt(
        id=str(row["prompt_id"]),
        article=str(row["pmcid"]),
        intervention=str(row["intervention"]),
        comparator=str(row["comparator"]),
        outcome=str(row["outcome"]),
        label=str(row["label"]),
        in_abstract=bool(row["in_abstract"]),
        licence=str(row["licence"]),
        title=str(row["title"] or ""),
        abstract=_unglued(str(row["abstract"] or "")),
        evidence=tuple(dict.fromkeys(re.sub(r"\s+", " ", passage) for passage in passages)),
    )


_GLUED_HEADING = re.compile(
    r"(?:(?<=[.!?)])|^) ?(Background|Objectives?|Introduction|Aims?|Purpose|Methods?|(?:Materials?|Patients) and methods?|Results?"
    r"|Findings|Conclusions?|Discussion|Interpretation)(?::|(?=[A-Z0-9]))\s*"
)
_GLUED_STOP = re.compile(r"(?<=[a-z%)\]][.])(?=[A-Z][A-Za-z])")


def _unglued(text: str) -> str:
    """Headings and sentences get back the space between them: "in time.ResultsIn all patients"."""
    return _GLUED_STOP.sub(" ", _GLUED_HEADING.sub(r"\n\1: ", text)).strip()
