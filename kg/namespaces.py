"""Prefixes, the IRIs of our own resources, and the closed sets of terms the code may write.

Strings only: no RDF library. ``GG["direktion"]`` raises, so a mistyped term never reaches a graph. Every IRI derives from
the paper id, the kind of thing and its span, so that re-reading a paper gives the same IRIs.
"""

import hashlib
import re
from urllib.parse import quote

from kg.errors import GraftGraphError

BASE = "https://w3id.org/graftgraph/"
#: What comes before an ORCID iD.
ORCID = "https://orcid.org/"
_DOI, _PUBMED = "https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/"

PREFIXES: dict[str, str] = {
    "gg": BASE + "ontology/",
    "ggv": BASE + "vocabulary/",
    "obo": "http://purl.obolibrary.org/obo/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "fabio": "http://purl.org/spar/fabio/",
    "cito": "http://purl.org/spar/cito/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "biolink": "https://w3id.org/biolink/vocab/",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "schema": "https://schema.org/",
}

#: Prefixes of the official terms that the vocabulary maps to; ``CL:0000134`` is the CURIE of ``…/obo/CL_0000134``.
CURIE_PREFIXES: dict[str, str] = {
    **{
        name: f"{PREFIXES['obo']}{name}_"
        for name in (
            "BFO", "CHEBI", "CL", "CTO", "DOID", "ECO", "HP", "IAO", "MAXO", "MONDO", "NCBITaxon", "NCIT", "OBCS", "OBI",
            "OGMS", "PATO", "RO", "SEPIO", "STATO", "UBERON",
        )
    },
    "DRUGBANK": "http://identifiers.org/drugbank/",
    "EFO": "http://www.ebi.ac.uk/efo/EFO_",
    "MESH": PREFIXES["mesh"],
    **{name: PREFIXES[name] for name in ("biolink", "cito", "dcat", "dcterms", "fabio", "foaf", "oa", "prov", "skos", "void")},
}  # fmt: skip

#: Closed schemes whose concepts are named by their value alone; in all others values would collide ("other", "single_arm").
_BARE_SCHEMES = frozenset({"direction", "significance"})


class ClosedNamespace:
    """A namespace that knows its terms: looking up any other name raises."""

    def __init__(self, base: str, terms: frozenset[str]) -> None:
        self.base = base
        self.terms = terms

    def __getitem__(self, term: str) -> str:
        if term not in self.terms:
            raise GraftGraphError(f"no term {term!r} in {self.base}", remedy="Mend the spelling, or declare it in the ontology and here")
        return self.base + term


#: Classes of our ontology.
CLASSES = frozenset(
    {
        "Paper", "Text", "Author", "Registration", "Notice",
        "Study", "Arm", "StudyCell", "Dose", "StudyFact",
        "Finding", "ArmValue", "EffectEstimate", "Inconsistency",
        "MeshTerm", "MeshHeading", "Section", "Span",
        "Mention", "UnmappedConcept", "ExtractionRun",
        "Concept", "Summary", "GraphDescription", "Dataset",
        "Link", "LinkReason", "Difference", "FactorCounts",
        "Decision", "DecisionStatus", "SupersededFinding", "CuratedFinding",
    }
)  # fmt: skip

#: Properties of our ontology, by the class they mostly describe.
PROPERTIES = frozenset(
    {
        # Paper
        "hasText", "hasStudy", "hasFinding", "journal", "year", "datePrinted", "publicationType", "meshTerm", "keyword",
        "majorMeshTerm", "qualifiedMeshTerm", "meshQualifier",
        "hasAuthor", "hasNotice", "hasRegistration", "retraction", "localId", "noFindingsReason", "firstAuthor",
        # Author, Registration, Notice
        "position", "familyName", "givenName", "orcid", "registrationNumber", "registry", "noticeKind", "noticePaper", "citation",
        # Text
        "sha256", "textKind", "length", "content", "licence", "sourceFormat", "otherAbstract", "abstractSource",
        "hasSection", "sectionLabel",
        # Study
        "design", "intent", "phase", "blinding", "species", "ageGroup", "allocation", "centers", "centerCount",
        "participantCount", "enrolledCount", "plannedCount", "interventionCount", "comparatorCount", "studyCount",
        "condition", "transplant", "hasArm", "hasCell", "hasDose", "infusionCount", "infusionRepetition", "schedule",
        "route", "infusionDay", "followUp", "primaryOutcome", "steroidResponse", "priorLines", "hasFact",
        # StudyCell, Arm, Dose, StudyFact
        "cell", "cellSource", "cellDonor", "cellRole", "armNumber", "armRole", "armCount", "given",
        "cellsPerKg", "cellsPerKgHigh", "field", "origin",
        # Finding
        "study", "paper", "findingKind", "intervention", "comparator", "interventionLabel", "comparatorLabel",
        "interventionConcept", "comparatorConcept", "outcome", "outcomeLabel", "direction", "significance", "pValue", "pOperator",
        "pText", "pSpan", "timepoint", "population", "confidence", "rule", "armValue", "effectEstimate", "cue",
        "curation",
        # Decision, DecisionStatus, SupersededFinding; names of their own, so that no question about findings meets what no longer stands
        "verdict", "reason", "decidedPaper", "decidedPaperId", "decidedKind", "decidedOutcome", "decidedOutcomeLabel", "alikeCount",
        "correction", "asExtracted", "asDecided", "ofDecision", "appliesTo", "outvotedBy", "staleBecause", "readsNow",
        "supersededIn", "supersededBy", "originalOutcome", "originalDirection", "originalSignificance",
        # ArmValue, EffectEstimate
        "arm", "side", "value", "unit", "count", "total", "ciLow", "ciHigh", "printed", "measure",
        # Inconsistency
        "hasInconsistency", "inconsistencyKind", "message",
        # Mention, UnmappedConcept
        "span", "outcomeSpan", "hasMention", "mentionOf", "termKind", "unmappedLabel",
        # Link, LinkReason, Difference
        "linkKind", "linkSubject", "linkObject", "subjectPaper", "objectPaper", "score", "because", "differs",
        "subjectSentence", "objectSentence", "sign", "weight", "factor", "subjectSays", "objectSays", "separation",
        # links graph, short
        "linkKey", "factorKey", "samePaper", "sameCohort", "includesStudy", "raisesConcernAbout",
        # vocabulary
        "desirable", "measures", "complementOf", "tissueSource", "tissueSourceLabel",
        # summary, derived
        "favours", "increases", "decreases", "noDifferenceIn", "mixed", "sumsCell", "sumsOutcome", "setting", "caution",
        "cohort", "cohortCount", "increasedCount", "decreasedCount", "noDifferenceCount", "unclearCount", "reportedCount",
        "significantIncreaseCount", "significantDecreaseCount", "testedNoDifferenceCount", "findingGroup", "bandCounts",
        # dataset
        "quadCount", "graphHash", "vocabularyHash", "softwareVersion", "notice", "pendingGraph",
    }
)  # fmt: skip

GG = ClosedNamespace(PREFIXES["gg"], CLASSES | PROPERTIES)
GGV = PREFIXES["ggv"]

_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def notation_iri(notation: str, scheme: str = "direction") -> str:
    """The IRI of the concept with that notation in a closed scheme: ``ggv:decreased``, ``ggv:phase-1-2``, ``ggv:design-rct``.

    Underscores and slashes become hyphens. The scheme is named as in ``Concept.kind`` ("finding_kind"); its name goes before the
    value except in "direction" and "significance".
    """
    slug = notation if scheme in _BARE_SCHEMES else f"{scheme}-{notation}"
    return GGV + slug.replace("_", "-").replace("/", "-")


def scheme_iri(scheme: str) -> str:
    """The IRI of a concept scheme: ``ggv:scheme-cell-type``."""
    return GGV + "scheme-" + scheme.replace("_", "-")


def concept_iri(slug: str) -> str:
    """The IRI of a vocabulary concept."""
    return GGV + slug


def curie(iri: str) -> str | None:
    """``MESH:D006086`` for the IRI of an official term, None where its namespace is unknown."""
    for prefix, namespace in CURIE_PREFIXES.items():
        if iri.startswith(namespace) and is_local_name(iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return None


def is_local_name(name: str) -> bool:
    """True when the name may stand after the colon of a prefixed name without escapes."""
    return _LOCAL_NAME.fullmatch(name) is not None


def data_iri(kind: str, *parts: str | int) -> str:
    """An IRI of a thing that a paper says: ``data_iri("finding", "pmid-1", "12-80-1")``."""
    return BASE + "/".join([kind, *(_encode(str(part)) for part in parts)])


#: A percent sign that does not begin an encoded byte.
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def _encode(part: str) -> str:
    """A part of an IRI path; what an id has encoded already (``doi-10.1%2Fx``) stays."""
    return quote(_BARE_PERCENT.sub("%25", part), safe="-._~%")


def id_in_iri(paper_id: str) -> str:
    """A paper id as it stands in an IRI; the id itself, but for signs that an IRI may not hold."""
    return _encode(paper_id)


def paper_iri(paper_id: str) -> str:
    """The IRI of a paper."""
    return data_iri("paper", paper_id)


def graph_iri(kind: str, paper_id: str | None = None) -> str:
    """The IRI of a named graph: vocabulary, curation, pooled, summary, dataset, or ``paper``/``links`` of one paper."""
    return BASE + "graph/" + kind if paper_id is None else BASE + "graph/" + kind + "/" + _encode(paper_id)


def doi_address(doi: str) -> str:
    """Where a DOI leads."""
    return _DOI + quote(doi, safe="/:;().")


def pubmed_address(pmid: str) -> str:
    """The page of a PubMed record."""
    return f"{_PUBMED}{pmid}/"


def sha256_hex(text: str) -> str:
    """SHA-256 of the text in UTF-8, hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
