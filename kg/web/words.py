"""What pages call the parts of a view."""

from kg.network import Level, Sense
from kg.vocabulary import Vocabulary
from kg.web.findings import Kind

KINDS = {
    Kind.CONDITION: "condition",
    Kind.TRANSPLANT: "transplant",
    Kind.CELL: "cell",
    Kind.DRUG: "drug",
    Kind.OUTCOME: "outcome",
    Kind.PAPER: "paper",
}
SENSES = {
    Sense.INCREASED: "increased",
    Sense.DECREASED: "decreased",
    Sense.NO_DIFFERENCE: "no difference",
    Sense.MIXED: "mixed or unclear",
    Sense.REPORTED: "reported, not compared",
    Sense.SETTING: "studied in",
}
LEVELS = {Level.CLINICAL: "patients", Level.PRECLINICAL: "animals and cultures"}
FACETS = {
    "kind": "Kind of node",
    "direction": "Direction",
    "significance": "Significance",
    "group": "Outcome group",
    "source": "Cell source",
    "transplant": "Transplant",
    "condition": "Condition",
    "intent": "Intent",
    "design": "Design",
    "species": "Species",
    "years": "Year",
    "n": "Participants",
}


def value_label(value: str, vocabulary: Vocabulary) -> str:
    """A facet's value in words."""
    if value in vocabulary:
        return vocabulary[value].label
    if value.endswith("+"):
        return f"{value[:-1]} or more"
    return value.rpartition("/")[2].replace("_", " ").replace("-", "\u2013" if value[:1].isdigit() else " ")
