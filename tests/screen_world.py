"""Candidates with what a criterion asks about, and criteria that ask for MSCs in human GVHD trials."""

from rdf_world import vocabulary

from kg.model import Author, Notice, Origin, Paper, RelatedNotice
from kg.namespaces import sha256_hex
from kg.screen import Candidate, Criteria, screen, settle_criteria
from kg.screen.records import Ground, Screening

MSC, UC_MSC = "mesenchymal-stromal-cell", "umbilical-cord-derived-mesenchymal-stromal-cell"
GVHD, CHRONIC = "graft-versus-host-disease", "chronic-graft-versus-host-disease"
ABSTRACT = "METHODS: We gave MSCs to 40 patients with chronic GVHD. RESULTS: Twenty responded."


def paper(number: int = 1, **changes: object) -> Paper:
    fields: dict[str, object] = {
        "id": f"pmid-{number}",
        "pmid": str(number),
        "title": f"Stromal cells in patients with chronic GVHD, part {number}",
        "text": ABSTRACT,
        "authors": (Author(family="Moro", given="Ana"), Author(family="The GVHD Group")),
        "first_author": "Moro",
        "journal": "Cord Letters",
        "year": 2019,
        "date": "2019-03",
        "language": "en",
        "source_format": "pubmed",
        "sha256": sha256_hex(ABSTRACT),
    }
    return Paper.model_validate({**fields, **changes})


def ground(value: str, words: str | None = None, origin: Origin = Origin.TEXT) -> Ground:
    label = vocabulary()[value].label if value in vocabulary() else value.replace("_", " ")
    start = None if words is None else ABSTRACT.index(words)
    return Ground(
        value=value, label=label, origin=origin, words=words, start=start, end=None if start is None else start + len(words or "")
    )


def candidate(number: int = 1, *, record: dict[str, object] | None = None, **changes: object) -> Candidate:
    fields: dict[str, object] = {
        "paper": paper(number, **(record or {})),
        "source": "PubMed",
        "has_abstract": True,
        "design": ground("single_arm"),
        "species": (ground("human", "patients"),),
        "population": (ground(CHRONIC, "chronic GVHD"),),
        "interventions": (ground(UC_MSC, "MSCs"),),
    }
    return Candidate.model_validate({**fields, **changes})


def asks(**include: object) -> Criteria:
    return settle_criteria({"include": include}, location="test", vocabulary=vocabulary())


ALL = asks(design=["rct", "single_arm"], species=["human"], population=[GVHD], intervention=[MSC], language=["en"])
RETRACTED = {"notices": (RelatedNotice(kind=Notice.RETRACTION_IN, pmid="9"),)}


def screened(number: int = 1, criteria: Criteria = ALL, **changes: object) -> Screening:
    return screen(candidate(number, **changes), criteria, vocabulary())
