"""What one record adds to each figure: hits, gold items, predicted items.

Every figure is a sum of such triples over records, so that a bootstrap over records only has to weigh them. A share (accuracy)
is a triple whose gold and predicted counts are equal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluate.gold import GoldFinding, GoldRecord
from kg.evaluate.matching import Pair, normal, overlaps, pair_findings
from kg.model import Extraction, Finding, FindingKind, Term
from kg.vocabulary import Vocabulary

#: Group and name of a figure, such as ("findings headline", "direction").
Key = tuple[str, str]
#: Hits, gold items, predicted items.
Triple = tuple[int, int, int]

#: Kinds of finding that the headline figures count; the others are subgroup and mechanism.
HEADLINE_KINDS = frozenset({FindingKind.EFFECT, FindingKind.SINGLE_ARM, FindingKind.BEFORE_AFTER})
LABEL_KINDS = (
    "cells",
    "cell_type",
    "tissue_source",
    "transplant",
    "condition",
    "drug",
    "outcome",
    "biomarker",
    "procedure",
    "study_design",
)

_FIELDS = ("direction", "significant", "values", "effect", "p", "timepoint")
_PRINTED_FIELDS = ("values", "effect", "p")
_FOUND = ("detected", "direction", "exact")

FINDING_KEYS: tuple[Key, ...] = tuple((group, name) for group in ("findings headline", "findings all") for name in _FOUND)
LABEL_KEYS: tuple[Key, ...] = tuple(("labels", kind) for kind in LABEL_KINDS)
SPAN_KEYS: tuple[Key, ...] = (("terms", "spans"),)
MATCHED_KEYS: tuple[Key, ...] = tuple(
    ("matched", name)
    for field in _FIELDS
    for name in ((field, f"{field} printed", f"{field} not printed") if field in _PRINTED_FIELDS else (field,))
)
STUDY_KEYS: tuple[Key, ...] = tuple(("study", name) for name in ("design", "intent", "species", "n"))
RECORD_KEYS: tuple[Key, ...] = (("records", "wholly right"),)
#: Labels that the vocabulary has; counted only where a vocabulary is given.
KNOWN_LABEL_KEYS: tuple[Key, ...] = tuple(("labels in vocabulary", kind) for kind in LABEL_KINDS if kind != "cells")

F1_KEYS: tuple[Key, ...] = (*FINDING_KEYS, *LABEL_KEYS, *SPAN_KEYS)
SHARE_KEYS: tuple[Key, ...] = (*MATCHED_KEYS, *STUDY_KEYS, *RECORD_KEYS)


@dataclass(frozen=True)
class Judged:
    """A gold record beside its prediction, with the pairs of findings that mean the same."""

    gold: GoldRecord
    predicted: Extraction
    pairs: tuple[Pair, ...]

    def missed(self) -> tuple[GoldFinding, ...]:
        """Gold findings without a pair."""
        paired = {pair.gold for pair in self.pairs}
        return tuple(each for i, each in enumerate(self.gold.findings) if i not in paired)

    def spurious(self) -> tuple[Finding, ...]:
        """Predicted findings without a pair."""
        paired = {pair.predicted for pair in self.pairs}
        return tuple(each for j, each in enumerate(self.predicted.findings) if j not in paired)


def judge(gold: GoldRecord, predicted: Extraction | None) -> Judged:
    """Pair the findings; nothing pairs on a hard negative, and a record without prediction counts as empty."""
    extraction = predicted if predicted is not None else Extraction(id=gold.id, paper=gold.paper)
    return Judged(gold, extraction, () if gold.hard_negative else pair_findings(gold.findings, extraction.findings))


def count(judged: Judged, vocabulary: Vocabulary | None) -> Mapping[Key, Triple]:
    """What the record adds to each figure it has a say in."""
    counts = {**_count_findings(judged), **_count_labels(judged), **_count_study(judged), **_count_pairs(judged)}
    counts["terms", "spans"] = _count_spans(judged)
    counts["records", "wholly right"] = (int(_is_wholly_right(judged)), 1, 1)
    return counts if vocabulary is None else {**counts, **_count_known_labels(judged, vocabulary)}


def _count_findings(judged: Judged) -> dict[Key, Triple]:
    counts: dict[Key, Triple] = {}
    findings = judged.gold.findings
    for group, kinds in (("findings headline", HEADLINE_KINDS), ("findings all", frozenset(FindingKind))):
        hits = [pair.agreement for pair in judged.pairs if findings[pair.gold].kind in kinds]
        # A prediction paired with a gold finding of another kind is neither right nor wrong here.
        sizes = (
            0 if judged.gold.hard_negative else sum(each.kind in kinds for each in findings),
            len(judged.spurious()) + len(hits),
        )
        counts[group, "detected"] = (len(hits), *sizes)
        counts[group, "direction"] = (sum(each.direction for each in hits), *sizes)
        counts[group, "exact"] = (sum(each.is_exact for each in hits), *sizes)
    return counts


def _count_labels(judged: Judged) -> dict[Key, Triple]:
    return {("labels", kind): _compare(_labels(judged.gold, kind), _labels(judged.predicted, kind)) for kind in LABEL_KINDS}


def _count_known_labels(judged: Judged, vocabulary: Vocabulary) -> dict[Key, Triple]:
    counts: dict[Key, Triple] = {}
    for group, kind in KNOWN_LABEL_KEYS:
        known = {normal(concept.label) for concept in vocabulary.of_kind(kind)}
        gold = {label for label in _term_labels(judged.gold, kind) if label in known}
        counts[group, kind] = _compare(gold, {label for label in _term_labels(judged.predicted, kind) if label in known})
    return counts


def _compare(gold: Iterable[object], predicted: Iterable[object]) -> Triple:
    one, other = set(gold), set(predicted)
    return len(one & other), len(one), len(other)


def _labels(record: Extraction, kind: str) -> set[object]:
    if kind == "cells":
        return {(normal(cell.cell), normal(cell.source)) for cell in record.cells}
    return set(_term_labels(record, kind))


def _term_labels(record: Extraction, kind: str) -> set[str]:
    return {normal(term.label) for term in record.terms if term.kind == kind}


def _count_spans(judged: Judged) -> Triple:
    """Each gold mention takes the first predicted one of its kind and label that overlaps it."""
    left = list(judged.predicted.terms)
    hits = 0
    for term in judged.gold.terms:
        match = next((other for other in left if _is_same_mention(term, other)), None)
        if match is not None:
            hits += 1
            left.remove(match)
    return hits, len(judged.gold.terms), len(judged.predicted.terms)


def _is_same_mention(one: Term, other: Term) -> bool:
    return one.kind is other.kind and normal(one.label) == normal(other.label) and overlaps(one, other)


def _count_study(judged: Judged) -> dict[Key, Triple]:
    gold, predicted = judged.gold.study, judged.predicted.study
    right = {
        "design": gold.design == predicted.design,
        "intent": gold.intent == predicted.intent,
        "species": normal(gold.species) == normal(predicted.species),
        "n": predicted.n in {gold.n, *gold.n_alternatives},
    }
    return {("study", name): (int(is_right), 1, 1) for name, is_right in right.items()}


def _count_pairs(judged: Judged) -> dict[Key, Triple]:
    counts: dict[Key, Triple] = {}
    for pair in judged.pairs:
        finding = judged.gold.findings[pair.gold]
        for field in _FIELDS:
            is_right = int(field not in pair.agreement.wrong())
            names = (
                (field, f"{field} {'printed' if _is_printed(finding, field) else 'not printed'}") if field in _PRINTED_FIELDS else (field,)
            )
            for name in names:
                hits, total, _ = counts.get(("matched", name), (0, 0, 0))
                counts["matched", name] = (hits + is_right, total + 1, total + 1)
    return counts


def _is_printed(finding: GoldFinding, field: str) -> bool:
    if field == "values":
        return finding.values.intervention is not None or finding.values.comparator is not None
    return getattr(finding, field) is not None


def _is_wholly_right(judged: Judged) -> bool:
    return (
        not judged.spurious() and len(judged.pairs) == len(judged.gold.findings) and all(each.agreement.is_exact for each in judged.pairs)
    )
