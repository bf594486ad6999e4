"""The default engine: a paper in, an extraction out. Deterministic, offline, no model download.

Stages go from values to values: sections, sentences, roles, abbreviations, numbers, terms, cells, study, arms, scenes,
findings, inconsistencies. ``Extractor`` is the protocol that any other engine meets.
"""

from dataclasses import dataclass
from typing import Protocol

from kg.extract.abbreviations import find_abbreviations
from kg.extract.cells import find_cells
from kg.extract.consistency import find_inconsistencies
from kg.extract.field import is_outside_the_field
from kg.extract.findings.arm_book import read_arms
from kg.extract.findings.arms import arm_records
from kg.extract.findings.assemble import find_findings
from kg.extract.findings.confidence import SHIPPED_CONFIDENCE, Weigher
from kg.extract.findings.records import Context, DirectionScorer
from kg.extract.findings.scenes import build_scenes
from kg.extract.learned import SHIPPED_MODEL, load_direction_model
from kg.extract.matcher import TermMatcher, build_matcher
from kg.extract.numbers.reader import read_numbers
from kg.extract.roles import find_roles
from kg.extract.sections import find_sections
from kg.extract.sentences import find_sentences
from kg.extract.study import find_study
from kg.extract.terms import find_terms
from kg.model import Design, Extraction, Finding, Paper
from kg.vocabulary import Vocabulary

VERSION = "0.1.0"


class Extractor(Protocol):
    """Anything that reads a paper into an extraction."""

    def extract(self, paper: Paper) -> Extraction:
        """Read one paper; raises ``ExtractionError`` when the engine cannot answer."""
        ...


@dataclass(frozen=True)
class RuleExtractor:
    """The rules, with the vocabulary they look things up in; keeps no state between papers."""

    vocabulary: Vocabulary
    matcher: TermMatcher
    #: Asked where the rules leave a direction unclear; None leaves it unclear.
    scorer: DirectionScorer | None = None
    #: How sure each finding is.
    weigher: Weigher = SHIPPED_CONFIDENCE

    def extract(self, paper: Paper) -> Extraction:
        """Read one paper."""
        text = paper.text
        sections = find_sections(text, given=paper.sections)
        sentences = find_sentences(text, sections=sections)
        roles = find_roles(sentences, sections, text)
        abbreviations = find_abbreviations(text, title=paper.title)
        terms = find_terms(text, self.matcher, abbreviations=abbreviations)
        title_terms = find_terms(paper.title or "", self.matcher, abbreviations=abbreviations)
        numbers = read_numbers(text)
        cells = find_cells(paper, sentences, roles, terms=terms, title_terms=title_terms, vocabulary=self.vocabulary)
        study = find_study(
            paper, sentences, roles, terms=terms, title_terms=title_terms, cells=cells, numbers=numbers, vocabulary=self.vocabulary
        )
        book = read_arms(paper.title, text, terms, title_terms, self.vocabulary)
        told = () if is_outside_the_field(paper.title, text) else sentences
        scenes = build_scenes(text, told, roles[: len(told)], numbers=numbers, terms=terms, book=book, vocabulary=self.vocabulary)
        findings = find_findings(scenes, Context(book, study.design, self.vocabulary, self.scorer, self.weigher))
        return Extraction(
            id=paper.local_id or paper.id,
            paper=paper.id,
            text_kind=paper.text_kind,
            sha256=paper.sha256,
            sections=sections,
            study=study,
            terms=terms,
            cells=cells,
            arms=arm_records(book, (mention for scene in scenes for mention in scene.arms), used=_arms_used(findings)),
            findings=findings,
            inconsistencies=find_inconsistencies(findings, study, text, numbers=numbers),
            no_findings_reason=_why_none(paper, study.design, findings),
            engine=f"rules {VERSION}",
        )


def build_extractor(vocabulary: Vocabulary) -> RuleExtractor:
    """The default engine over a vocabulary, with the direction model that ships; build it once and use it for many papers."""
    return RuleExtractor(vocabulary, build_matcher(vocabulary), load_direction_model(SHIPPED_MODEL))


def _arms_used(findings: tuple[Finding, ...]) -> set[int]:
    return {arm for f in findings for arm in (f.intervention_arm, f.comparator_arm) if arm is not None}


def _why_none(paper: Paper, design: Design | None, findings: tuple[Finding, ...]) -> str | None:
    if findings:
        return None
    if not paper.text:
        return "no abstract"
    if design in (Design.REVIEW, Design.PROTOCOL):
        return str(design.value)
    if is_outside_the_field(paper.title, paper.text):
        return "outside the field"
    return "nothing recognised"
