"""Phrases for a transplantation: donor, graft and "transplantation" in any order and number.

In: the words of a text. Out: candidates with the label that says most: "HLA-haploidentical hematopoietic stem-cell transplant" is a
haploidentical one, "allogeneic peripheral blood stem cell transplants" are allogeneic. Bare "transplantation" is no term.
"""

from collections.abc import Iterator, Sequence

from kg.extract.candidates import Candidate, Reading
from kg.model import TermKind

_HEADS = frozenset({"transplant", "hsct", "hct", "sct", "bmt", "pbsct", "ucbt", "cbt", "allotransplant"})
#: What each head says by itself.
_IMPLIED = {"hsct": "hematopoietic", "hct": "hematopoietic", "bmt": "marrow", "pbsct": "peripheral", "ucbt": "cord", "cbt": "cord"}
_MODIFIERS = {
    "haploidentical": "haploidentical", "haplo": "haploidentical", "hid": "haploidentical", "haploid": "haploidentical",
    "allogeneic": "allogeneic", "allogenic": "allogeneic", "allo": "allogeneic", "autologous": "autologous", "auto": "autologous",
    "syngeneic": "syngeneic", "umbilical": "cord", "cord": "cord", "ucb": "cord", "cb": "cord", "double": "double", "dual": "double",
    "tandem": "double", "mismatched": "mismatched", "unrelated": "unrelated", "mmud": "mmud", "mud": "mud", "msd": "sibling",
    "sibling": "sibling", "related": "related", "second": "second", "depleted": "depleted", "replete": "replete",
    "peripheral": "peripheral",
    "pbsc": "peripheral", "marrow": "marrow", "bm": "marrow", "hematopoietic": "hematopoietic", "hemopoietic": "hematopoietic",
    "hsc": "hematopoietic", "blood": "blood", "stem": "stem", "progenitor": "stem",
    # words that may stand among the others and add nothing
    "hla": "", "cell": "", "bone": "", "matched": "", "identical": "", "unit": "", "donor": "", "t": "", "family": "", "partially": "",
    "partial": "", "graft": "", "sct": "stem", "hsct": "hematopoietic",
}  # fmt: skip
#: First row whose features all stand in the phrase names it.
_LABELS: tuple[tuple[frozenset[str], str], ...] = tuple(
    (frozenset(features.split()), label)
    for features, label in (
        ("haploidentical", "haploidentical hematopoietic stem cell transplantation"),
        ("cord double", "double cord blood transplantation"),
        ("cord", "umbilical cord blood transplantation"),
        ("mmud", "mismatched unrelated donor transplantation"),
        ("mud", "matched unrelated donor transplantation"),
        ("mismatched unrelated", "mismatched unrelated donor transplantation"),
        ("matched unrelated", "matched unrelated donor transplantation"),
        ("unrelated", "unrelated donor transplantation"),
        ("sibling", "matched sibling donor transplantation"),
        ("matched related", "matched sibling donor transplantation"),
        ("syngeneic", "syngeneic transplantation"),
        ("double autologous", "tandem autologous transplantation"),
        ("autologous", "autologous hematopoietic stem cell transplantation"),
        ("second allogeneic", "second allogeneic transplantation"),
        ("second hematopoietic", "second allogeneic transplantation"),
        ("depleted", "T cell-depleted transplantation"),
        ("replete", "T cell-replete transplantation"),
        ("allogeneic", "allogeneic hematopoietic stem cell transplantation"),
        ("peripheral", "peripheral blood stem cell transplantation"),
        ("hematopoietic", "hematopoietic stem cell transplantation"),
        ("blood marrow", "hematopoietic stem cell transplantation"),
        ("marrow", "bone marrow transplantation"),
        ("blood stem", "hematopoietic stem cell transplantation"),
        ("stem", "stem cell transplantation"),
    )
)
#: Modifiers that a phrase does not begin with.
_NOT_FIRST = frozenset({"cell", "donor", "t", "unit", "graft", "related"})
_CO_INFUSION = frozenset({"cotransplant", "coinfusion", "coadministration"})


def transplant_phrases(reading: Reading) -> Iterator[Candidate]:
    """Every transplantation with its donor and graft."""
    for at, word in enumerate(reading.words):
        if word.key in _HEADS and not _is_only_a_prefix(reading, at):
            first = _first(reading, at)
            label = _label(reading.keys(first, at + 1))
            if label is not None and (first < at or word.key in _IMPLIED):
                yield reading.named(first, at + 1, TermKind.TRANSPLANT, label)


def cell_transplants(reading: Reading, cells: Sequence[Candidate]) -> Iterator[Candidate]:
    """Read "MSC transplantation" and "MSC co-infusion": the stromal cell phrase before the noun is part of the term."""
    for cell in cells:
        given = _given_as_graft(reading, cell.last)
        is_stromal = cell.concept is not None and reading.matcher.vocabulary.is_a(cell.concept, "mesenchymal-stromal-cell")
        if given is not None and is_stromal:
            label, last = given
            yield reading.named(cell.first, last, TermKind.TRANSPLANT, label)


def _given_as_graft(reading: Reading, at: int) -> tuple[str, int] | None:
    keys = reading.keys(at, at + 2)
    if keys[:1] == ["transplant"]:
        return "mesenchymal stromal cell transplantation", at + 1
    joint = "co-transplantation of MSCs and hematopoietic stem cells"
    if reading.key(at) in _CO_INFUSION:
        return joint, at + 1
    return (joint, at + 2) if keys in (["co", "transplant"], ["co", "infusion"], ["co", "administration"]) else None


def _is_only_a_prefix(reading: Reading, at: int) -> bool:
    """True for "transplant-related mortality" and "HCT-CI": the noun is another."""
    after = reading.key(at + 1)
    return (
        after == "ci"
        if reading.key(at) == "hct"
        else reading.key(at) == "transplant" and after in {"related", "associated", "conditioning"}
    )


def _first(reading: Reading, head: int) -> int:
    """Where the phrase starts; "unrelated donor HSCT" is a donor phrase and a transplant, two terms."""
    first = head
    while first > 0:
        key = reading.key(first - 1)
        if key in {"or", "and", "/"} and {reading.key(first - 2), reading.key(first)} <= {"blood", "marrow", "bone"}:
            first -= 2
        elif key == ")" and reading.key(first - 3) == "(" and reading.key(first - 2) in _MODIFIERS:
            first -= 3  # "umbilical cord blood (UCB) transplantation"
        elif key not in _MODIFIERS or (key == "donor" and _label(reading.keys(first, head + 1)) is not None):
            break
        else:
            first -= 1
    while first < head and reading.key(first) in _NOT_FIRST:
        first += 1
    return first


def _label(phrase: Sequence[str]) -> str | None:
    """The label that a phrase, given as keys, says most with; None for bare "transplantation"."""
    keys = set(phrase)
    features = {_MODIFIERS.get(key, "") for key in keys} | {_IMPLIED.get(phrase[-1], "")} | (keys & {"matched"})
    if phrase[-1] == "sct":
        features.add("stem")
    return next((label for needed, label in _LABELS if needed <= features), None)
