"""Made-up trials and meta-analyses whose findings are set against each other, in our own words."""

from gold_world import RUN
from pyoxigraph import Quad

from kg.bundled import ontologies_folder
from kg.link import compare_claims
from kg.model import (
    Cell,
    CellRole,
    Design,
    Direction,
    Effect,
    Extraction,
    Finding,
    FindingKind,
    Intent,
    Link,
    LinkKind,
    LinkReason,
    Measure,
    Outcome,
    Paper,
    PValue,
    Span,
    Study,
    TextKind,
    Value,
    Values,
)
from kg.namespaces import sha256_hex
from kg.queries import read_claims, read_contexts
from kg.rdf import paper_quads
from kg.rdf.links import link_quads
from kg.store import LocalStore, PaperGraphs, vocabulary_quads
from kg.vocabulary import Vocabulary

CHRONIC, SURVIVAL = "incidence-of-chronic-gvhd", "overall-survival"
HAPLO = "haploidentical-hematopoietic-stem-cell-transplantation"
BENEFIT = "Chronic GVHD fell from 30% to 10% (P = 0.02)."
NO_BENEFIT = "Chronic GVHD was 25% and 27% (P = 0.8)."
POOL_A, POOL_B = "Chronic GVHD: RR 0.60 (0.40 to 0.90).", "Chronic GVHD: RR 0.80 (0.65 to 0.98)."


def _paper(number: int, author: str, title: str, text: str) -> Paper:
    return Paper(
        id=f"pmid-{number}",
        pmid=str(number),
        title=title,
        text=text,
        text_kind=TextKind.DIGEST,
        first_author=author,
        year=2000 + number % 100,
        source_format="jsonl",
        sha256=sha256_hex(text),
    )


def _read(paper: Paper, study: Study, cell: str, **stated: object) -> tuple[Paper, Extraction]:
    outcome = Outcome(label="incidence of chronic GVHD", concept=CHRONIC, start=0, end=12, text="Chronic GVHD")
    finding = Finding.model_validate(
        {
            "kind": FindingKind.EFFECT,
            "outcome": outcome,
            "intervention": "MSC",
            "comparator": "controls",
            "intervention_concepts": (cell,),
            "evidence": Span(start=0, end=len(paper.text)),
            **stated,
        }
    )
    cells = (Cell(cell="mesenchymal stromal cell", role=CellRole.INTERVENTION, concept=cell),)
    return paper, Extraction(id=paper.id, paper=paper.id, study=study, cells=cells, findings=(finding,))


def _pooled(value: float, low: float, high: float) -> dict[str, object]:
    effect = Effect(measure=Measure.RR, value=value, ci_low=low, ci_high=high)
    return {"direction": Direction.DECREASED, "significant": True, "effect": effect}


def _arms(one: float, two: float, p: float, direction: Direction) -> dict[str, object]:
    values = Values(intervention=Value(value=one, unit="%", text=f"{one:g}%"), comparator=Value(value=two, unit="%", text=f"{two:g}%"))
    return {"direction": direction, "significant": p < 0.05, "values": values, "p": PValue(operator="=", value=p)}


_ANEMIA = {"conditions": ("severe-aplastic-anemia",), "intent": Intent.COTRANSPLANTATION, "species": "human", "transplants": (HAPLO,)}
_POOL = {"design": Design.META_ANALYSIS, "intent": Intent.PROPHYLAXIS, "species": "human"}
_CORD, _MARROW = "umbilical-cord-derived-mesenchymal-stromal-cell", "bone-marrow-derived-mesenchymal-stromal-cell"

READ = (
    (
        _paper(302, "Aspen A", "A trial that one review misses", ""),
        Extraction(id="pmid-302", paper="pmid-302", no_findings_reason="no abstract"),
    ),
    (_paper(301, "Alder A", "A trial that others pool", ""), Extraction(id="pmid-301", paper="pmid-301", no_findings_reason="no abstract")),
    _read(
        _paper(316, "Ash A", "Cells with the graft in aplastic anemia", BENEFIT),
        Study(design=Design.RETROSPECTIVE_COHORT, n=90, **_ANEMIA),
        _CORD,
        **_arms(10, 30, 0.02, Direction.DECREASED),
    ),
    _read(
        _paper(319, "Birch B", "No use of cells with the graft in aplastic anemia", NO_BENEFIT),
        Study(design=Design.RCT, n=80, **_ANEMIA),
        _MARROW,
        **_arms(25, 27, 0.8, Direction.NO_DIFFERENCE),
    ),
    _read(
        _paper(311, "Cedar C", "Cells and chronic GVHD: a meta-analysis", POOL_A),
        Study(n=400, n_studies=6, **_POOL),
        "mesenchymal-stromal-cell",
        **_pooled(0.6, 0.4, 0.9),
    ),
    _read(
        _paper(314, "Dale D", "Chronic GVHD and cells: trials pooled again", POOL_B),
        Study(n=700, n_studies=9, **_POOL),
        "mesenchymal-stromal-cell",
        **_pooled(0.8, 0.65, 0.98),
    ),
)


def linked_store(vocabulary: Vocabulary) -> LocalStore:
    """The papers, what their findings say to each other, a trial that both meta-analyses pool, and another report of it that one pools."""
    graphs = {paper.id: paper_quads(paper, read, run=RUN, vocabulary=vocabulary) for paper, read in READ}
    links = [*_compared(graphs, vocabulary), *BETWEEN]
    store = _store(vocabulary)
    store.add_papers(
        [PaperGraphs(paper, quads, link_quads(each for each in links if each.subject_paper == paper)) for paper, quads in graphs.items()]
    )
    return store


def _compared(graphs: dict[str, list[Quad]], vocabulary: Vocabulary) -> tuple[Link, ...]:
    store = _store(vocabulary)
    store.add_papers([PaperGraphs(paper, quads) for paper, quads in graphs.items()])
    claims = read_claims(store, vocabulary=vocabulary)
    contexts = {each.paper: each for each in read_contexts(store, vocabulary=vocabulary)}
    return compare_claims(claims, claims, contexts=contexts, vocabulary=vocabulary)


def _store(vocabulary: Vocabulary) -> LocalStore:
    store = LocalStore.in_memory()
    store.replace_vocabulary(vocabulary_quads(ontologies_folder()), vocabulary.sha256)
    return store


def _tie(kind: LinkKind, subject: str, target: str, sign: str, score: float) -> Link:
    because = (LinkReason(sign=sign, text=f"so says the {sign}", weight=score),)
    return Link(kind=kind, subject=subject, object=target, subject_paper=subject, object_paper=target, score=score, because=because)


BETWEEN = (
    _tie(LinkKind.INCLUDES_STUDY, "pmid-311", "pmid-301", "reference", 0.7),
    _tie(LinkKind.INCLUDES_STUDY, "pmid-314", "pmid-301", "registration", 0.9),
    _tie(LinkKind.INCLUDES_STUDY, "pmid-314", "pmid-302", "scope", 0.4),
    _tie(LinkKind.SAME_COHORT, "pmid-302", "pmid-301", "registration", 0.95),
    _tie(LinkKind.RELATED, "pmid-319", "pmid-316", "title_word", 0.3),
)
