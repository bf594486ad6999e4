"""One answer of each read operation, as the description of the API shows it; the texts are our own."""

from collections.abc import Mapping

Shown = dict[int | str, dict[str, object]]

OUTCOME, CELL, PAPER = "outcome:incidence-of-chronic-gvhd", "cell:umbilical-cord-derived-mesenchymal-stromal-cell", "pmid-101"
FINDING = "https://w3id.org/graftgraph/finding/pmid-101/812-934-1"
_LABEL, _STUDY, _TITLE = "incidence of chronic GVHD", "Mueller 2019", "Cord cells after transplantation"
_SENTENCE = "Chronic GVHD fell to 27.4%."

HITS = {"items": [{"id": OUTCOME, "kind": "outcome", "label": _LABEL, "synonym": "", "findings": 2}]}
_NODE = {
    "id": OUTCOME,
    "kind": "outcome",
    "label": _LABEL,
    "studies": 2,
    "is_opened": True,
    "more": 0,
    "is_withdrawn": False,
    "x": 160,
    "y": 24,
}
GRAPH = {
    "nodes": [_NODE],
    "edges": [],
    "facets": {"direction": [{"value": "decreased", "label": "decreased", "count": 2}]},
    "findings": 2,
    "left_out": 0,
    "has_path": True,
}
EVIDENCE = {
    "total": 1,
    "items": [
        {
            "finding": FINDING,
            "paper": PAPER,
            "study": _STUDY,
            "year": 2019,
            "title": _TITLE,
            "n": 61,
            "outcome": _LABEL,
            "arms": "cord cells against control",
            "values": "27.4% against 49%",
            "effect": "HR 0.55",
            "interval": "0.36 to 0.84",
            "p": "P = .021",
            "time": "2 years",
            "population": "",
            "direction": "decreased",
            "significance": "significant",
            "favours": "intervention",
            "confidence": 0.93,
            "is_doubtful": False,
            "caution": "",
            "curation": "",
            "sentence": _SENTENCE,
            "pieces": [{"text": "Chronic GVHD", "role": "outcome"}, {"text": " fell to 27.4%.", "role": ""}],
            "opposed": [],
            "records": [{"name": "PubMed", "address": "https://pubmed.ncbi.nlm.nih.gov/101/"}],
        }
    ],
    "next": None,
}
PAPERS = {"total": 1, "items": [{"id": PAPER, "label": _STUDY, "title": _TITLE, "year": 2019, "is_withdrawn": False}], "next": None}
TERMS = {"items": [{"name": "gg:outcome", "label": "property"}]}


def showing(example: Mapping[str, object]) -> Shown:
    """What a route says of its answer: the example, and that who has seen this state of the graph gets nothing again."""
    return {
        200: {"content": {"application/json": {"example": example}}},
        304: {"description": "The graph is in the state that If-None-Match names"},
    }
