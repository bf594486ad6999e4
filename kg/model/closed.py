"""Closed sets: string enums whose values equal the ``skos:notation`` of the concept in ``ontologies/``."""

from collections.abc import Iterable
from enum import StrEnum


class TextKind(StrEnum):
    """What a text is: the paper's own words, or ours."""

    ABSTRACT = "abstract"
    FULL_TEXT = "full_text"
    PAGE = "page"
    DIGEST = "digest"


class SectionLabel(StrEnum):
    """Rhetorical part of an abstract."""

    BACKGROUND = "background"
    OBJECTIVE = "objective"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSIONS = "conclusions"


class TermKind(StrEnum):
    """Kind of a vocabulary term."""

    CELL_TYPE = "cell_type"
    TISSUE_SOURCE = "tissue_source"
    TRANSPLANT = "transplant"
    CONDITION = "condition"
    DRUG = "drug"
    OUTCOME = "outcome"
    SPECIES = "species"
    PROCEDURE = "procedure"
    STUDY_DESIGN = "study_design"
    BIOMARKER = "biomarker"


class Design(StrEnum):
    """Study design of a paper."""

    RCT = "rct"
    NONRANDOMIZED_CONTROLLED = "nonrandomized_controlled"
    SINGLE_ARM = "single_arm"
    RETROSPECTIVE_COHORT = "retrospective_cohort"
    CASE_SERIES = "case_series"
    IN_VIVO_PRECLINICAL = "in_vivo_preclinical"
    IN_VITRO = "in_vitro"
    META_ANALYSIS = "meta_analysis"
    REVIEW = "review"
    PROTOCOL = "protocol"
    OTHER = "other"


class Intent(StrEnum):
    """Why the intervention was given."""

    PROPHYLAXIS = "prophylaxis"
    TREATMENT = "treatment"
    COTRANSPLANTATION = "cotransplantation"
    MECHANISM = "mechanism"


class Phase(StrEnum):
    """Trial phase."""

    PHASE_1 = "1"
    PHASE_1_2 = "1/2"
    PHASE_2 = "2"
    PHASE_2_3 = "2/3"
    PHASE_3 = "3"
    PHASE_4 = "4"


class Blinding(StrEnum):
    """Who did not know the allocation."""

    OPEN_LABEL = "open_label"
    SINGLE_BLIND = "single_blind"
    DOUBLE_BLIND = "double_blind"
    TRIPLE_BLIND = "triple_blind"


class CellRole(StrEnum):
    """What a cell does in a study."""

    INTERVENTION = "intervention"
    MEASURED = "measured"
    GRAFT = "graft"


class FindingKind(StrEnum):
    """What a finding compares."""

    EFFECT = "effect"
    SINGLE_ARM = "single_arm"
    BEFORE_AFTER = "before_after"
    SUBGROUP = "subgroup"
    MECHANISM = "mechanism"


class Direction(StrEnum):
    """The outcome quantity in the intervention arm against the comparator; not good or bad."""

    INCREASED = "increased"
    DECREASED = "decreased"
    NO_DIFFERENCE = "no_difference"
    REPORTED = "reported"
    UNCLEAR = "unclear"


class Significance(StrEnum):
    """Whether a test says that arms differ; the record keeps it as true, false or null."""

    SIGNIFICANT = "significant"
    NOT_SIGNIFICANT = "not_significant"
    NOT_STATED = "not_stated"


class Favours(StrEnum):
    """Whom a finding favours; derived from direction and the outcome's desirable direction, never stored with it."""

    INTERVENTION = "intervention"
    COMPARATOR = "comparator"
    NEITHER = "neither"


class Desirable(StrEnum):
    """Which direction of an outcome is good for the patient."""

    LOWER = "lower"
    HIGHER = "higher"
    NONE = "none"


class Measure(StrEnum):
    """Effect measure as printed; adjusted odds ratios are OR."""

    HR = "HR"
    RR = "RR"
    OR = "OR"
    MD = "MD"
    SMD = "SMD"
    RD = "RD"
    R = "r"


class Origin(StrEnum):
    """Where a study fact was read."""

    TEXT = "text"
    TITLE = "title"
    CITATION = "citation"
    METADATA = "metadata"


class Notice(StrEnum):
    """How another PubMed record relates to a paper (NLM element CommentsCorrections, attribute RefType)."""

    RETRACTION_IN = "retraction_in"
    RETRACTION_OF = "retraction_of"
    PARTIAL_RETRACTION_IN = "partial_retraction_in"
    PARTIAL_RETRACTION_OF = "partial_retraction_of"
    EXPRESSION_OF_CONCERN_IN = "expression_of_concern_in"
    EXPRESSION_OF_CONCERN_FOR = "expression_of_concern_for"
    ERRATUM_IN = "erratum_in"
    ERRATUM_FOR = "erratum_for"
    CORRECTED_AND_REPUBLISHED_IN = "corrected_and_republished_in"
    CORRECTED_AND_REPUBLISHED_FROM = "corrected_and_republished_from"
    RETRACTED_AND_REPUBLISHED_IN = "retracted_and_republished_in"
    RETRACTED_AND_REPUBLISHED_FROM = "retracted_and_republished_from"
    UPDATE_IN = "update_in"
    UPDATE_OF = "update_of"
    COMMENT_IN = "comment_in"
    COMMENT_ON = "comment_on"
    PREPRINT_IN = "preprint_in"
    PREPRINT_OF = "preprint_of"
    CITES = "cites"
    OTHER = "other"


class Verdict(StrEnum):
    """What a curator says of a finding."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


class Caution(StrEnum):
    """What is to be known before a paper is relied on; worked out from its own record and from notices on it, the gravest one first."""

    RETRACTED = "retracted"
    CONCERN = "concern"
    CORRECTED = "corrected"


#: Nothing rests on a paper under these, unless it is asked for.
WITHDRAWN = frozenset({Caution.RETRACTED, Caution.CONCERN})
#: What a record says of itself by naming a notice.
CAUTION_OF_NOTICE: dict[Notice, Caution] = {
    Notice.RETRACTION_IN: Caution.RETRACTED,
    Notice.RETRACTED_AND_REPUBLISHED_IN: Caution.RETRACTED,
    Notice.EXPRESSION_OF_CONCERN_IN: Caution.CONCERN,
    Notice.ERRATUM_IN: Caution.CORRECTED,
    Notice.PARTIAL_RETRACTION_IN: Caution.CORRECTED,
    Notice.CORRECTED_AND_REPUBLISHED_IN: Caution.CORRECTED,
}


def gravest(cautions: Iterable[Caution]) -> Caution | None:
    """The one that weighs most; None where there is none."""
    found = set(cautions)
    return next((each for each in Caution if each in found), None)


class LinkKind(StrEnum):
    """How two papers, or two findings of different papers, stand to each other."""

    #: Two records of one publication: preprint and version of record, meeting abstract and article, corrected and republished.
    SAME_PAPER = "same_paper"
    #: Two publications on the same participants.
    SAME_COHORT = "same_cohort"
    #: A review or meta-analysis and a study it pools.
    INCLUDES_STUDY = "includes_study"
    CITES = "cites"
    #: A notice and the paper that it corrects, doubts or withdraws.
    AMENDS = "amends"
    RELATED = "related"
    AGREES = "agrees"
    #: Opposite directions, both significant.
    CONTRADICTS = "contradicts"
    #: One significant; the other found no difference, or leans the other way without significance.
    TENSION = "tension"
    #: They differ, and at least one was never tested.
    WEAK_CONTRAST = "weak_contrast"
