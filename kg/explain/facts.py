"""What there is to say about a paper, its study and its findings, in words; the page and the terminal only lay it out.

In: paper, extraction, vocabulary. Out: rows and lists of plain text with spans.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.explain.marks import Mark, Role
from kg.extract.roles import find_roles
from kg.extract.sentences import find_sentences
from kg.model import Cell, Design, Extraction, Fact, Finding, Inconsistency, Origin, Paper, SectionLabel, Span, Study, Value
from kg.rdf.favours import favours
from kg.vocabulary import Vocabulary, unmapped_phrases
from kg.wording import duration_words, effect_words, p_words

_STUDY_NAMES = {
    "design": "design",
    "intent": "intent",
    "phase": "phase",
    "is_randomized": "randomized",
    "blinding": "blinding",
    "is_multicenter": "several centres",
    "n_centers": "number of centres",
    "n": "analysed",
    "n_enrolled": "enrolled",
    "n_planned": "planned",
    "n_arms": "in the arms",
    "n_studies": "studies pooled",
    "species": "species",
    "age_group": "age group",
    "conditions": "conditions",
    "transplants": "transplants",
    "is_steroid_refractory": "steroid-refractory",
    "prior_lines": "prior lines of treatment",
    "doses": "dose",
    "infusions": "infusions",
    "is_repeated": "repeated infusions",
    "schedule": "schedule",
    "route": "route",
    "infusion_day": "day of infusion",
    "follow_up": "follow-up",
    "primary_outcome": "primary outcome",
    "registrations": "registrations",
}
#: These report nothing of their own, so that no sentence of theirs lacks a finding.
_WITHOUT_RESULTS = frozenset({Design.REVIEW, Design.PROTOCOL})


@dataclass(frozen=True)
class StudyRow:
    """One study fact with the places where it was read; none where it follows from others."""

    name: str
    value: str
    places: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Gaps:
    """What was not understood."""

    #: Kind, phrase, count.
    phrases: tuple[tuple[str, str, int], ...]
    #: Sentences among the results that gave no finding.
    sentences: tuple[Span, ...]
    #: Numbers in sentences with findings that no finding uses.
    numbers: tuple[Mark, ...]
    inconsistencies: tuple[Inconsistency, ...]
    #: Why there are no findings at all.
    reason: str | None

    @property
    def is_empty(self) -> bool:
        """True when everything was understood."""
        return not (self.phrases or self.sentences or self.numbers or self.inconsistencies or self.reason)


def bibliography(paper: Paper) -> list[str]:
    """First author, journal, date and identifiers, what is known of them."""
    authors = [author.family for author in paper.authors] or [name for name in [paper.first_author] if name is not None]
    who = f"{authors[0]} et al." if len(authors) > 1 else "".join(authors)
    when = paper.date or paper.date_printed or ("" if paper.year is None else str(paper.year))
    ids = [f"PMID {paper.pmid}" if paper.pmid else "", paper.pmcid or "", f"doi:{paper.doi}" if paper.doi else ""]
    return [part for part in (who, paper.journal or "", when, *ids) if part] or [paper.id]


def notices(paper: Paper) -> list[str]:
    """Corrections, concerns and retractions that the record names; what merely cites or comments is left out."""
    told = [notice for notice in paper.notices if any(word in notice.kind for word in ("retract", "concern", "erratum", "corrected"))]
    return [": ".join(part for part in (each.kind.replace("_", " "), each.citation or each.doi or each.pmid) if part) for each in told]


def study_rows(extraction: Extraction, vocabulary: Vocabulary) -> Iterator[StudyRow]:
    """The study's facts, what is known of them, in reading order; then the cells."""
    study = extraction.study
    for name, words in _STUDY_NAMES.items():
        value = _study_value(study, name, vocabulary)
        if value:
            yield StudyRow(words, value, tuple(fact for fact in study.facts if fact.field == name))
    if extraction.cells:
        places = tuple(fact for fact in study.facts if fact.field == "cell_source")
        yield StudyRow("cells", "; ".join(map(_cell_words, extraction.cells)), places)


def place_words(fact: Fact) -> str:
    """Where a fact was read, with the words it was read from."""
    where = "text" if fact.origin is Origin.TEXT else fact.origin.value
    return f"{where}: “{fact.text.strip()}”" if fact.text else where


def favours_words(finding: Finding, vocabulary: Vocabulary) -> str:
    """Whom the finding favours, or nothing where that cannot be said."""
    concept = finding.outcome.concept
    desirable = vocabulary[concept].desirable if concept is not None and concept in vocabulary else None
    return favours(finding.direction, desirable) or ""


def statistics_words(finding: Finding) -> tuple[str, str]:
    """The effect estimate and the P value, each empty where there is none."""
    effect, p = finding.effect, finding.p
    return "" if effect is None else effect_words(effect), "" if p is None else p_words(p.operator, p.value)


def significance_words(finding: Finding) -> str:
    """Significant, not significant, or nothing where no test is stated."""
    return "" if finding.significant is None else "significant" if finding.significant else "not significant"


def value_words(value: Value | None) -> tuple[str, str]:
    """A value as printed, and as it was read where that says more."""
    if value is None:
        return "", ""
    is_count = value.count is not None and value.value in (None, value.count)
    number = "" if value.value is None or is_count else f"{value.value:g}"
    read = f"{number}{value.unit}" if value.unit == "%" else " ".join(part for part in (number, value.unit) if part and number)
    counted = "" if value.count is None else str(value.count) if value.total is None else f"{value.count} of {value.total}"
    limits = "" if value.ci_low is None or value.ci_high is None else f"CI {value.ci_low:g} to {value.ci_high:g}"
    parsed = ", ".join(part for part in (read, counted, limits) if part)
    return value.text, "" if parsed == value.text else parsed


def find_gaps(paper: Paper, extraction: Extraction, marks: Sequence[Mark], vocabulary: Vocabulary) -> Gaps:
    """What was not understood; ``marks`` are those of ``find_marks``."""
    sentences = find_sentences(paper.text, sections=extraction.sections)
    roles = find_roles(sentences, extraction.sections, paper.text)
    evidence = [finding.evidence for finding in extraction.findings]
    has_results = extraction.study.design not in _WITHOUT_RESULTS
    with_findings = [s for s in sentences if any(e.start < s.end and s.start < e.end for e in evidence)]
    return Gaps(
        phrases=tuple(unmapped_phrases([extraction], known=vocabulary)),
        sentences=tuple(
            s for s, role in zip(sentences, roles, strict=True) if has_results and role is SectionLabel.RESULTS and s not in with_findings
        ),
        numbers=tuple(
            mark
            for mark in marks
            if mark.role in (Role.NUMBER, Role.P)
            and mark.style == "unused"
            and any(s.start <= mark.start and mark.end <= s.end for s in with_findings)
        ),
        inconsistencies=extraction.inconsistencies,
        reason=None if extraction.findings else extraction.no_findings_reason or "nothing recognised",
    )


def _study_value(study: Study, name: str, vocabulary: Vocabulary) -> str:
    value = getattr(study, name)
    if value is None or value == ():
        return ""
    if name == "n_arms":
        sizes = (("intervention", study.n_arms.intervention), ("comparator", study.n_arms.comparator)) if study.n_arms else ()
        return ", ".join(f"{size} {arm}" for arm, size in sizes if size is not None)
    if name == "doses":
        return "; ".join(dose.text for dose in study.doses)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(vocabulary[slug].label if slug in vocabulary else slug for slug in value)
    return duration_words(value) if name == "follow_up" else str(value).replace("_", " ")


def _cell_words(cell: Cell) -> str:
    about = ", ".join(part for part in (cell.source, cell.donor, cell.role.value) if part is not None)
    return f"{cell.cell} ({about})"
