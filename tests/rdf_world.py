"""Papers and extractions that the tests of graph, shapes and data model share: one with every field filled, and the gold records."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from kg.bundled import ontologies_folder
from kg.model import Extraction, Paper, TextKind
from kg.namespaces import sha256_hex
from kg.rdf import Run, paper_quads
from kg.read.identifiers import paper_id
from kg.shapes import Shapes, load_shapes
from kg.vocabulary import Vocabulary, load_vocabulary

GOLD = Path(__file__).parent / "gold" / "dev.jsonl"
TEXT = (
    "METHODS: We gave umbilical cord MSCs 1 x 10^6/kg to 30 of 61 patients.\n"
    "RESULTS: Chronic GVHD at 2 years fell from 49% to 27.4% (HR 0.55, P = .021). No patient relapsed."
)


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary(ontologies_folder())


@cache
def shapes() -> Shapes:
    return load_shapes(ontologies_folder() / "shapes.ttl", vocabulary())


def run(time: str = "2026-01-02T03:04:05Z") -> Run:
    return Run(engine="rules", version="0.1.0", vocabulary="ab12", time=time)


def at(words: str) -> dict[str, Any]:
    """The span of the words, which stand once in ``TEXT``."""
    start = TEXT.index(words)
    assert TEXT.count(words) == 1
    return {"start": start, "end": start + len(words), "text": words}


def full_paper(**changes: object) -> Paper:
    """A paper with every field filled."""
    fields: dict[str, object] = {
        "id": "pmid-101",
        "pmid": "101",
        "pmcid": "PMC202",
        "doi": "10.1234/abc(5)",
        "local_id": "line-7",
        "title": "Cord cells <i>in</i> GVHD",
        "text": TEXT,
        "text_kind": "full_text",
        "sections": [{"label": "methods", "start": 0, "end": 70}],
        "authors": [{"family": "Ito", "given": "Aya", "orcid": "0000-0002-1825-009X"}, {"family": "The Cord Group"}],
        "first_author": "Ito A",
        "journal": "Cord Letters",
        "year": 2016,
        "date": "2016-08",
        "date_printed": "2016 Autumn",
        "language": "eng",
        "publication_types": ["Randomized Controlled Trial", "Retracted Publication"],
        "mesh": [
            {"ui": "D006086", "label": "Graft vs Host Disease", "major": True, "qualifiers": ["prevention & control"]},
            {"label": "Cord Blood"},
        ],
        "keywords": ["cord"],
        "registrations": [{"number": "NCT00000101", "registry": "ClinicalTrials.gov"}],
        "notices": [
            {"kind": "retraction_in", "pmid": "303", "citation": "Cord Lett. 2017;1:1"},
            {"kind": "erratum_in", "doi": "10.1234/err"},
            {"kind": "comment_in", "citation": "Cord Lett. 2018;2:2"},
        ],
        "other_abstracts": [{"language": "jpn", "source": "publisher", "text": "Betsu no youyaku."}],
        "licence": "CC-BY-4.0",
        "source_format": "pubmed",
        "sha256": sha256_hex(TEXT),
    }
    return Paper.model_validate({**fields, **changes})


def full_finding(**changes: object) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "kind": "effect",
        "outcome": {"label": "incidence of chronic GVHD", "concept": "incidence-of-chronic-gvhd", **at("Chronic GVHD")},
        "direction": "decreased",
        "significant": True,
        "intervention": "cord MSCs",
        "comparator": "no cells",
        "intervention_concepts": ["umbilical-cord-derived-mesenchymal-stromal-cell"],
        "comparator_concepts": ["tacrolimus"],
        "intervention_arm": 1,
        "comparator_arm": 2,
        "population": "adults",
        "values": {
            "intervention": {"value": 27.4, "unit": "%", "count": 8, "total": 30, "ci_low": 16.2, "ci_high": 38.6, "text": "27.4%"},
            "comparator": {"value": 49, "unit": "%", "text": "49%"},
        },
        "effect": {"measure": "HR", "value": 0.55, "ci_low": 0.36, "ci_high": 0.84, "text": "HR 0.55"},
        "p": {"operator": "=", "value": 0.021, "text": "P = .021"},
        "timepoint": "P2Y",
        "evidence": at("RESULTS: Chronic GVHD at 2 years fell from 49% to 27.4% (HR 0.55, P = .021)."),
        "confidence": 0.93,
        "rules": ["verb", "from-to"],
        "curation": "accepted",
        "cues": [at("fell")],
    }
    return {**fields, **changes}


def full_extraction(**changes: object) -> Extraction:
    """An extraction of ``full_paper`` with every field filled."""
    relapse = {"outcome": {"label": "relapse of cord", **at("relapsed")}, "evidence": at("No patient relapsed."), "direction": "reported"}
    fields: dict[str, object] = {
        "id": "line-7",
        "paper": "pmid-101",
        "text_kind": "abstract",
        "sha256": sha256_hex(TEXT),
        "sections": [{"label": "methods", "start": 0, "end": 70}, {"label": "results", "start": 71, "end": len(TEXT)}],
        "study": {
            "design": "rct",
            "n": 61,
            "n_enrolled": 62,
            "n_planned": 80,
            "n_arms": {"intervention": 30, "comparator": 31},
            "n_studies": 4,
            "species": "human",
            "intent": "prophylaxis",
            "phase": "1/2",
            "registrations": ["NCT00000101", "UMIN000000202"],
            "is_randomized": True,
            "is_multicenter": False,
            "blinding": "double_blind",
            "n_centers": 1,
            "age_group": "pediatric",
            "conditions": ["chronic-graft-versus-host-disease"],
            "transplants": ["haploidentical-hematopoietic-stem-cell-transplantation"],
            "doses": [
                {
                    **at("1 x 10^6/kg"),
                    "value": 1e6,
                    "unit": "cells/kg",
                    "cells_per_kg": 1e6,
                    "cells_per_kg_high": 2e6,
                }
            ],
            "infusions": 4,
            "is_repeated": True,
            "schedule": "every 2 weeks",
            "route": "intravenous",
            "infusion_day": 0,
            "follow_up": "P18M",
            "primary_outcome": "chronic GVHD",
            "is_steroid_refractory": False,
            "prior_lines": 0,
            "facts": [
                {"field": "n", "origin": "text", "rule": "of-total", **at("61 patients")},
                {"field": "intent", "origin": "title", "text": "in GVHD"},
            ],
        },
        "terms": [
            {
                "kind": "cell_type",
                "label": "umbilical cord MSC",
                "concept": "umbilical-cord-derived-mesenchymal-stromal-cell",
                **at("umbilical cord MSCs"),
            },
            {"kind": "outcome", "label": "relapse of cord", **at("relapsed")},
        ],
        "cells": [
            {
                "cell": "mesenchymal stromal cell",
                "source": "umbilical cord",
                "donor": "third-party",
                "role": "intervention",
                "start": at("umbilical cord MSCs")["start"],
                "end": at("umbilical cord MSCs")["end"],
                "concept": "umbilical-cord-derived-mesenchymal-stromal-cell",
            },
            {"cell": "moon cell", "source": "moon rock", "role": "measured"},
        ],
        "arms": [
            {
                "number": 1,
                "label": "cord MSCs",
                "n": 30,
                "concepts": ["umbilical-cord-derived-mesenchymal-stromal-cell"],
                "mentions": [at("umbilical cord MSCs")],
            },
            {"number": 2, "label": "no cells", "is_control": True, "n": 31},
        ],
        "findings": [full_finding(), {"kind": "single_arm", "confidence": 0.5, **relapse}],
        "inconsistencies": [{"kind": "arm sizes", "message": "30 and 31 make 61", **at("30 of 61")}],
        "no_findings_reason": None,
        "engine": "rules 0.1.0",
    }
    return Extraction.model_validate({**fields, **changes})


def full_quads(**changes: object) -> list[Quad]:
    """The graph of the full paper; ``changes`` go into its extraction."""
    return paper_quads(full_paper(), full_extraction(**changes), run=run(), vocabulary=vocabulary())


@cache
def gold_records() -> tuple[tuple[Paper, Extraction], ...]:
    """All gold records with their papers, in the order of the file; labels that the vocabulary has are settled as concepts."""
    lines = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return tuple((gold_paper(line), gold_extraction(line)) for line in lines)


def gold_paper(line: Mapping[str, Any]) -> Paper:
    source = line["source"]
    identity = paper_id(pmid=source["pmid"], pmcid=None, doi=source["doi"], local_id=line["id"])
    known = {name: source[name] for name in ("title", "first_author", "year", "journal", "doi", "pmid")}
    return Paper(
        id=identity,
        local_id=line["id"],
        text=line["text"],
        text_kind=TextKind.DIGEST,
        sections=line["sections"],
        source_format="jsonl",
        sha256=sha256_hex(line["text"]),
        **known,
    )


def gold_extraction(line: Mapping[str, Any]) -> Extraction:
    paper = gold_paper(line)
    terms = [{**term, "concept": _slug(term["label"], term["kind"])} for term in line["terms"]]
    findings = [
        {**finding, "outcome": {**finding["outcome"], "concept": _slug(finding["outcome"]["label"])}} for finding in line["findings"]
    ]
    extra = {"paper": paper.id, "sha256": paper.sha256, "text_kind": "digest", "engine": "gold 1"}
    return Extraction.model_validate({**line, **extra, "terms": terms, "findings": findings})


def _slug(label: str, kind: str | None = None) -> str | None:
    found = vocabulary().find(label, kind=kind)
    return None if found is None else found.slug
