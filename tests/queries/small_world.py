"""A trial, a retracted cohort and a record without abstract, in our own words, with the facts that the digests lack."""

from gold_world import RUN

from kg.model import (
    Arm,
    ArmCounts,
    Cell,
    CellRole,
    Design,
    Direction,
    Dose,
    Effect,
    Extraction,
    Finding,
    FindingKind,
    Inconsistency,
    Intent,
    Measure,
    Notice,
    Outcome,
    Paper,
    Phase,
    PValue,
    Registration,
    RelatedNotice,
    Span,
    Study,
    Term,
    TermKind,
    TextKind,
    Value,
    Values,
)
from kg.namespaces import sha256_hex
from kg.rdf import paper_quads
from kg.store import PaperGraphs
from kg.vocabulary import Vocabulary

TRIAL_TEXT = "Response was seen in 14 of 20 children given MSCs and in 9 given ruxolitinib (P = 0.04). Two of 19 died, 12%."
COHORT_TEXT = "Relapse was rarer after MSCs, OR 0.40."

RESPONSE = Finding(
    kind=FindingKind.EFFECT,
    outcome=Outcome(label="overall response rate", concept="overall-response-rate", start=0, end=8, text="Response"),
    direction=Direction.INCREASED,
    significant=True,
    intervention="MSCs",
    comparator="ruxolitinib",
    intervention_arm=1,
    comparator_arm=2,
    comparator_concepts=("ruxolitinib",),
    values=Values(intervention=Value(count=14, total=20, text="14 of 20"), comparator=Value(count=9, text="9")),
    p=PValue(operator="=", value=0.04),
    timepoint="P28D",
    evidence=Span(start=0, end=88),
    confidence=0.9,
)
DEATH = Finding(
    kind=FindingKind.SINGLE_ARM,
    outcome=Outcome(label="mortality", concept="mortality", start=99, end=103, text="died"),
    direction=Direction.REPORTED,
    intervention="MSCs",
    intervention_concepts=("umbilical-cord-derived-mesenchymal-stromal-cell", "mesenchymal-stromal-cell", "cyclosporine"),
    values=Values(intervention=Value(value=12, unit="%", count=2, total=19, text="Two of 19")),
    population="grade IV",
    evidence=Span(start=89, end=len(TRIAL_TEXT)),
    confidence=0.0,
)
RELAPSE = Finding(
    kind=FindingKind.EFFECT,
    outcome=Outcome(label="cumulative incidence of relapse", concept="cumulative-incidence-of-relapse", start=0, end=7, text="Relapse"),
    direction=Direction.DECREASED,
    effect=Effect(measure=Measure.OR, value=0.4, ci_low=0.0, ci_high=1.5, text="OR 0.40"),
    evidence=Span(start=0, end=len(COHORT_TEXT)),
)

TRIAL = Paper(
    id="pmid-101",
    pmid="101",
    doi="10.5555/abc",
    title="A small trial",
    text=TRIAL_TEXT,
    first_author="Nobody A",
    year=2020,
    registrations=(Registration(number="NCT00000001", registry="ClinicalTrials.gov"),),
    source_format="jsonl",
    sha256=sha256_hex(TRIAL_TEXT),
)
COHORT = Paper(
    id="pmid-102",
    pmid="102",
    title="A withdrawn cohort",
    text=COHORT_TEXT,
    year=2012,
    notices=(
        RelatedNotice(kind=Notice.RETRACTION_IN, pmid="103", citation="J Tests. 2013;1:1"),
        RelatedNotice(kind=Notice.COMMENT_IN, pmid="104"),
    ),
    source_format="jsonl",
    sha256=sha256_hex(COHORT_TEXT),
)
DOUBTED = Paper(
    id="pmid-105",
    pmid="105",
    notices=(RelatedNotice(kind=Notice.EXPRESSION_OF_CONCERN_IN, pmid="106"),),
    text="",
    source_format="jsonl",
    sha256=sha256_hex(""),
)
TRIAL_READ = Extraction(
    id="pmid-101",
    paper="pmid-101",
    text_kind=TextKind.ABSTRACT,
    study=Study(
        design=Design.RCT,
        intent=Intent.TREATMENT,
        phase=Phase.PHASE_2,
        species="human",
        n=39,
        n_enrolled=41,
        n_planned=60,
        n_arms=ArmCounts(intervention=20, comparator=19),
        registrations=("NCT00000001", "EUCTR2008-004014-27"),
        age_group="pediatric",
        is_steroid_refractory=True,
        conditions=("chronic-graft-versus-host-disease",),
        transplants=("haploidentical-hematopoietic-stem-cell-transplantation", "umbilical-cord-blood-transplantation"),
        doses=(
            Dose(text="2×10^6/kg", value=2.0, unit="10^6 cells/kg", cells_per_kg=2e6),
            Dose(text="1 to 4×10^6/kg", cells_per_kg=1e6, cells_per_kg_high=4e6),
        ),
        infusions=4,
        is_repeated=True,
        schedule="every week",
        route="intravenous",
        infusion_day=0,
    ),
    terms=(Term(kind=TermKind.DRUG, label="ruxolitinib", concept="ruxolitinib", start=65, end=76, text="ruxolitinib"),),
    cells=(
        Cell(
            cell="mesenchymal stromal cell",
            source="umbilical cord",
            role=CellRole.INTERVENTION,
            concept="umbilical-cord-derived-mesenchymal-stromal-cell",
        ),
        Cell(cell="mesenchymal stromal cell", source="hair bulb", role=CellRole.INTERVENTION),
        Cell(cell="natural killer cell", role=CellRole.MEASURED),
    ),
    arms=(
        Arm(number=1, label="MSC", n=20, concepts=("mesenchymal-stromal-cell", "cyclosporine")),
        Arm(number=2, label="drug", is_control=True, n=18, concepts=("ruxolitinib", "cyclosporine")),
    ),
    findings=(RESPONSE, DEATH),
    inconsistencies=(Inconsistency(kind="count against per cent", message="2 of 19 is 10.5%, not 12%", start=89, end=len(TRIAL_TEXT)),),
)
COHORT_READ = Extraction(
    id="pmid-102",
    paper="pmid-102",
    study=Study(design=Design.RETROSPECTIVE_COHORT, n=80),
    cells=(Cell(cell="mesenchymal stromal cell", role=CellRole.INTERVENTION),),
    findings=(RELAPSE,),
)
DOUBTED_READ = Extraction(id="pmid-105", paper="pmid-105", no_findings_reason="no abstract")

READ = ((TRIAL, TRIAL_READ), (COHORT, COHORT_READ), (DOUBTED, DOUBTED_READ))


def small_graphs(vocabulary: Vocabulary) -> list[PaperGraphs]:
    return [PaperGraphs(paper.id, paper_quads(paper, read, run=RUN, vocabulary=vocabulary)) for paper, read in READ]
