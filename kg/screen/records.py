"""What screening says of a paper, and the closed lists it says it with."""

from enum import StrEnum

from kg.model import Origin, Paper, Record


class Decided(StrEnum):
    """Whether a paper goes into a review."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"


class Reason(StrEnum):
    """Why a paper is excluded, in the order in which one is chosen where several hold."""

    DUPLICATE = "duplicate"
    RETRACTED = "retracted"
    LANGUAGE = "wrong language"
    YEAR = "outside the years"
    NO_ABSTRACT = "no abstract"
    PUBLICATION_TYPE = "wrong publication type"
    REVIEW = "review"
    PROTOCOL = "protocol"
    DESIGN = "wrong study design"
    SPECIES = "wrong species"
    POPULATION = "wrong population"
    INTERVENTION = "wrong intervention"
    OTHER = "other"


class Standing(StrEnum):
    """How a paper stands to one criterion."""

    MEETS = "meets"
    FAILS = "fails"
    UNCLEAR = "unclear"


class Ground(Record):
    """What a paper says that a criterion may rest on: a concept, or a word where there is no concept for it."""

    #: Vocabulary slug, or a value of a closed set.
    value: str
    label: str
    origin: Origin = Origin.TEXT
    #: The words it was read from, and where they stand in the text.
    words: str | None = None
    start: int | None = None
    end: int | None = None


class Evidence(Record):
    """One criterion, how the paper stands to it, and what that rests on."""

    #: "design", "species", "population", "intervention", "language", "abstract", …
    criterion: str
    standing: Standing
    #: In words that can be shown as they stand.
    says: str
    grounds: tuple[Ground, ...] = ()
    #: The reason it gives for exclusion.
    reason: Reason | None = None


class Candidate(Record):
    """A paper as far as screening needs it."""

    paper: Paper
    #: Where the record came from: "PubMed", "Europe PMC", or a file's name.
    source: str
    has_abstract: bool
    design: Ground | None = None
    species: tuple[Ground, ...] = ()
    #: Conditions, transplants and age group of those studied.
    population: tuple[Ground, ...] = ()
    #: Cells, drugs and procedures that were given.
    interventions: tuple[Ground, ...] = ()
    #: All that title and abstract name.
    mentions: tuple[Ground, ...] = ()


class Review(Record):
    """A person's decision on a paper, as read from a file."""

    #: Ids of the paper, and its title as it compares.
    names: tuple[str, ...]
    decided: Decided
    reason: Reason | None = None
    #: Who decided; empty where the file does not say.
    reviewer: str = ""
    note: str = ""
    #: File and record.
    place: str = ""


class Screening(Record):
    """The decision on one paper."""

    candidate: Candidate
    decided: Decided
    reason: Reason | None = None
    #: What the rules say, whatever a person decides.
    rules_decided: Decided
    rules_reason: Reason | None = None
    evidence: tuple[Evidence, ...] = ()
    #: The persons whose decision holds; empty where it is that of the rules.
    by: str = ""
    note: str = ""
    #: Persons who disagree with each other, in words.
    disagreement: str | None = None

    @property
    def is_overruled(self) -> bool:
        """True where persons say otherwise than the rules, or disagree."""
        return self.decided is not self.rules_decided or self.disagreement is not None


def decide_by_rules(candidate: Candidate, decided: Decided, reason: Reason | None, evidence: tuple[Evidence, ...]) -> Screening:
    """A decision that no person has looked at."""
    return Screening(candidate=candidate, decided=decided, reason=reason, rules_decided=decided, rules_reason=reason, evidence=evidence)


def verdict_words(decided: Decided, reason: Reason | None) -> str:
    """``exclude (wrong species)``."""
    return decided.value if reason is None else f"{decided} ({reason})"
