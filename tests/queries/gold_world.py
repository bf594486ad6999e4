"""The annotated digests as a store, and the plain Python that says what a query over them must answer.

The annotation is read twice by separate code: as extractions that become a graph, and as the JSON it is, from which expected rows
are worked out without SPARQL.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.bundled import ontologies_folder
from kg.model import Extraction
from kg.rdf import Run, paper_quads
from kg.read.jsonl import parse_jsonl
from kg.store import PaperGraphs, Store, vocabulary_quads
from kg.vocabulary import Vocabulary

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold" / "dev.jsonl"
RUN = Run(engine="gold", version="1", vocabulary="0" * 64)

Line = dict[str, Any]


def read_lines() -> list[Line]:
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def gold_quads(lines: list[Line], vocabulary: Vocabulary) -> list[PaperGraphs]:
    """What the annotation says, paper by paper."""
    papers = [parse_jsonl(line) for line in lines]
    return [
        PaperGraphs(paper.id, paper_quads(paper, as_extraction(line, paper.id, vocabulary), run=RUN, vocabulary=vocabulary))
        for paper, line in zip(papers, lines, strict=True)
    ]


def fill(store: Store, papers: list[PaperGraphs], vocabulary: Vocabulary) -> None:
    """Vocabulary and papers in a store of any make."""
    store.replace_vocabulary(vocabulary_quads(ontologies_folder()), vocabulary.sha256)
    store.add_papers(papers)


def as_extraction(line: Line, paper: str, vocabulary: Vocabulary) -> Extraction:
    """The annotation with concepts for its labels; conditions and transplants are those the text mentions."""
    names = Names(vocabulary)
    terms = [{**term, "concept": names.slug(term["label"], term["kind"])} for term in line["terms"]]
    findings = [_with_concepts(finding, names) for finding in line["findings"]]
    study = {**line["study"], "conditions": names.mentioned(line, "condition"), "transplants": names.mentioned(line, "transplant")}
    return Extraction.model_validate(
        {
            **line,
            "paper": paper,
            "text_kind": "digest",
            "study": study,
            "terms": terms,
            "findings": findings,
            "no_findings_reason": line["study"]["design"] if not findings else None,
        }
    )


def _with_concepts(finding: Line, names: "Names") -> Line:
    return {
        **finding,
        "outcome": {**finding["outcome"], "concept": names.outcome(finding)},
        "intervention_concepts": names.given(finding["intervention"]),
        "comparator_concepts": names.given(finding["comparator"]),
    }


@dataclass(frozen=True)
class Names:
    """Labels of the annotation as concepts."""

    vocabulary: Vocabulary

    def slug(self, label: str | None, *kinds: str) -> str | None:
        for kind in kinds:
            found = None if label is None else self.vocabulary.find(label, kind=kind)
            if found is not None:
                return found.slug
        return None

    def label(self, label: str, *kinds: str) -> str:
        """The preferred label, or the annotation's where the vocabulary has none."""
        slug = self.slug(label, *kinds)
        return label if slug is None else self.vocabulary[slug].label

    def outcome(self, finding: Line) -> str | None:
        return self.slug(finding["outcome"]["label"], "outcome", "condition", "biomarker", "cell_type")

    def outcome_label(self, finding: Line) -> str:
        return self.label(finding["outcome"]["label"], "outcome", "condition", "biomarker", "cell_type")

    def given(self, label: str | None) -> list[str]:
        slug = self.slug(label, "cell_type", "drug", "biomarker")
        return [] if slug is None else [slug]

    def mentioned(self, line: Line, kind: str) -> list[str]:
        slugs = {self.slug(term["label"], kind) for term in line["terms"] if term["kind"] == kind}
        return sorted(slug for slug in slugs if slug is not None)

    def is_under(self, slug: str | None, top: str) -> bool:
        """True when the concept is ``top``, stands below it, or measures what does."""
        if slug is None:
            return False
        reached, waiting = set(), [slug]
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                concept = self.vocabulary[one]
                waiting += [*concept.broader, *([concept.measures] if concept.measures else [])]
        return top in reached

    def gives(self, line: Line, cell: str) -> bool:
        """True when an intervention cell of the record is ``cell`` or below it."""
        return any(self.is_under(self.slug(each["cell"], "cell_type"), cell) for each in intervention_cells(line))


def intervention_cells(line: Line) -> list[Line]:
    return [each for each in line["cells"] if each["role"] == "intervention"]


def findings(lines: list[Line]) -> Iterator[tuple[Line, Line]]:
    """Every finding with its record."""
    return ((line, finding) for line in lines for finding in line["findings"])


def paper_id(line: Line) -> str:
    source = line["source"]
    if source["pmid"]:
        return f"pmid-{source['pmid']}"
    return parse_jsonl(line).id


def sentence(line: Line, finding: Line) -> str:
    return str(line["text"][finding["evidence"]["start"] : finding["evidence"]["end"]])


def split(pairs: Iterator[tuple[Line, Line]], key: Callable[[Line, Line], Any]) -> Mapping[Any, list[tuple[Line, Line]]]:
    """Pairs by key, in order of the key."""
    groups: dict[Any, list[tuple[Line, Line]]] = {}
    for line, finding in pairs:
        groups.setdefault(key(line, finding), []).append((line, finding))
    return dict(sorted(groups.items()))
