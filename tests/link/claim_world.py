"""Claims to compare, made from what differs. By default: a trial of 2016 in which MSCs given to prevent lowered chronic GVHD."""

from kg.bundled import ontologies_folder
from kg.model import Claim, Effect, PValue, StudyContext, Value
from kg.vocabulary import Vocabulary, load_vocabulary

VOCABULARY: Vocabulary = load_vocabulary(ontologies_folder())

CHRONIC = "incidence-of-chronic-gvhd"
MSC = "mesenchymal-stromal-cell"
CORD_MSC = "umbilical-cord-derived-mesenchymal-stromal-cell"
MARROW_MSC = "bone-marrow-derived-mesenchymal-stromal-cell"


def claim(paper: str = "pmid-1", **stated: object) -> Claim:
    """One finding of a paper; its outcome's label is the vocabulary's."""
    fields: dict[str, object] = {
        "finding": f"https://example.org/finding/{paper}",
        "paper": paper,
        "year": 2016,
        "design": "rct",
        "intent": "prophylaxis",
        "species": "human",
        "kind": "effect",
        "cells": (MSC,),
        "outcome": CHRONIC,
        "direction": "decreased",
        "significant": True,
        "intervention": "MSC",
        "comparator": "controls",
        "sentence": f"The sentence of {paper}.",
        **stated,
    }
    outcome = str(fields["outcome"])
    label = VOCABULARY[outcome].label if outcome in VOCABULARY else outcome
    return Claim.model_validate({"outcome_label": label, **fields})


def other(**stated: object) -> Claim:
    """The finding of another paper, of 2012."""
    fields: dict[str, object] = {"paper": "pmid-2", "year": 2012, **stated}
    return claim(str(fields.pop("paper")), **fields)


def of(paper: str = "pmid-1", **stated: object) -> StudyContext:
    """What is known of a paper's study."""
    return StudyContext.model_validate({"paper": paper, **stated})


def percent(value: float, *, total: int | None = None) -> Value:
    return Value(value=value, unit="%", total=total, text=f"{value:g}%")


def count(number: int, total: int) -> Value:
    return Value(count=number, total=total, text=f"{number} of {total}")


def ratio(value: float, low: float | None = None, high: float | None = None, *, measure: str = "RR") -> Effect:
    return Effect.model_validate({"measure": measure, "value": value, "ci_low": low, "ci_high": high})


def p(operator: str, value: float) -> PValue:
    return PValue(operator=operator, value=value)
