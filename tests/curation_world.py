"""A paper with findings of several kinds, and curators who decide on them."""

from rdf_world import vocabulary

from kg.curation import Overlay, Source, StoredPaper, Word, curated, decide, lay_over, overlay_quads
from kg.model import Decision, Effect, Extraction, Finding, FindingKind, Outcome, Paper, PValue, Quote, Span, Value, Values, Verdict
from kg.namespaces import sha256_hex
from kg.rdf import Run, paper_quads

ANA, BEN = "0000-0002-1825-0097", "0000-0002-1694-233X"
RELAPSE = "Relapse at 2 years was 20% with MSCs and 35% without (HR 0.6, P = .03)."
CHRONIC = "Chronic GVHD was seen in 12% at 1 year and in 30% at 3 years."
SURVIVAL = "Survival did not differ."
TEXT = f"We gave MSCs to 40 patients. {RELAPSE} {CHRONIC} {SURVIVAL}"

VOCABULARY = vocabulary()
RUN = Run(engine="fake", version="1", vocabulary="ab")


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def quote(words: str, text: str = TEXT) -> Quote:
    return Quote(**span(words, text).model_dump(), text=words)


def outcome(words: str, concept: str | None, text: str = TEXT, label: str | None = None) -> Outcome:
    return Outcome(**quote(words, text).model_dump(), label=label or (concept or words).replace("-", " "), concept=concept)


def relapse(text: str = TEXT, **changes: object) -> Finding:
    fields: dict[str, object] = {
        "kind": FindingKind.EFFECT,
        "outcome": outcome("Relapse", "cumulative-incidence-of-relapse", text),
        "direction": "decreased",
        "significant": True,
        "intervention": "MSCs",
        "intervention_concepts": ("mesenchymal-stromal-cell",),
        "comparator": "without",
        "values": Values(intervention=Value(value=20, unit="%", text="20%"), comparator=Value(value=35, unit="%", text="35%")),
        "effect": Effect(measure="HR", value=0.6, text="HR 0.6"),
        "p": PValue(operator="=", value=0.03, text="P = .03"),
        "timepoint": "P24M",
        "evidence": span(RELAPSE, text),
        "confidence": 0.7,
        "rules": ("pair", "against"),
        "cues": (quote("without", text),),
    }
    return Finding.model_validate({**fields, **changes})


def chronic(share: str, timepoint: str, text: str = TEXT, **changes: object) -> Finding:
    fields: dict[str, object] = {
        "kind": FindingKind.SINGLE_ARM,
        "outcome": outcome("Chronic GVHD", "incidence-of-chronic-gvhd", text),
        "direction": "reported",
        "values": Values(intervention=Value(value=float(share[:-1]), unit="%", text=share)),
        "timepoint": timepoint,
        "evidence": span(CHRONIC, text),
        "confidence": 0.8,
    }
    return Finding.model_validate({**fields, **changes})


def survival(text: str = TEXT, **changes: object) -> Finding:
    fields: dict[str, object] = {
        "kind": FindingKind.EFFECT,
        "outcome": outcome("Survival", "overall-survival", text),
        "direction": "no_difference",
        "significant": False,
        "evidence": span(SURVIVAL, text),
    }
    return Finding.model_validate({**fields, **changes})


def findings(text: str = TEXT) -> list[Finding]:
    return [relapse(text), chronic("12%", "P1Y", text), chronic("30%", "P3Y", text), survival(text)]


def source(text: str = TEXT, paper: str = "pmid-1", *names: str) -> Source:
    return Source(paper, frozenset({paper, *names}), text)


def says(verdict: str = "rejected", curator: str = ANA, day: int = 1, reason: str = "misread", **changes: str) -> Word:
    return Word(Verdict(verdict), curator, f"2026-03-{day:02}T12:00:00Z", reason, changes or None)


def decision(place: int, word: Word, read: list[Finding] | None = None, text: str = TEXT, earlier: tuple[Decision, ...] = ()) -> Decision:
    overlay = lay_over(findings() if read is None else read, text, earlier)
    return decide(overlay.entries[place], overlay, source(text), word, vocabulary=VOCABULARY)


def overlaid(*decisions: Decision, read: list[Finding] | None = None, text: str = TEXT) -> Overlay:
    return lay_over(findings(text) if read is None else read, text, decisions)


def paper(text: str = TEXT, **changes: object) -> Paper:
    return Paper.model_validate({"id": "pmid-1", "pmid": "1", "text": text, "source_format": "ris", "sha256": sha256_hex(text), **changes})


def extraction(text: str = TEXT, read: list[Finding] | None = None) -> Extraction:
    return Extraction(id="pmid-1", paper="pmid-1", sha256=sha256_hex(text), findings=tuple(findings(text) if read is None else read))


def built(*decisions: Decision, record: Paper | None = None, read: Extraction | None = None) -> StoredPaper:
    """The two graphs of a paper that is read and has decisions laid over."""
    record, read = record or paper(), read or extraction()
    overlay = lay_over(read.findings, record.text, decisions)
    quads = paper_quads(record, curated(read, overlay), run=RUN, vocabulary=VOCABULARY)
    return StoredPaper(record.id, tuple(quads), tuple(overlay_quads(record.id, record.text, overlay)))
