"""Phrases for a transplantation: donor, graft and "transplantation" in any order and number.

In: the words of a text. Out: candidates with the label that says most: "HLA-haploidentical hematopoietic stem-cell transplant" is a
haploidentical one, "allogeneic peripheral blood stem cell transplants" are allogeneic. Bare "transplantation" is no term.
"""

from collections.abc import Iterator, Sequence

from kg.extract.candidates import Candidate
from kg.extract.matcher import TermMatcher, Word
from kg.model import TermKind

_HEADS = frozenset({"transplant", "hsct", "hct", "sct", "bmt", "pbsct", "ucbt", "cbt", "allotransplant"})
#: What each head says by itself.
_IMPLIED = {"hsct": "hematopoietic", "hct": "hematopoietic", "bmt": "marrow", "pbsct": "peripheral", "ucbt": "cord", "cbt": "cord"}
_MODIFIERS = {
    "haploidentical": "haploidentical", "haplo": "haploidentical", "hid": "haploidentical", "haploid": "haploidentical",
    "allogeneic": "allogeneic", "allogenic": "allogeneic", "allo": "allogeneic", "autologous": "autologous", "auto": "autologous",
    "syngeneic": "syngeneic", "umbilical": "cord", "cord": "cord", "ucb": "cord", "cb": "cord", "double": "double", "dual": "double",
    "tandem": "double", "mismatched": "mismatched", "unrelated": "unrelated", "mmud": "mmud", "mud": "mud", "msd": "sibling",
    "sibling": "sibling", "related": "related", "second": "second", "depleted": "depleted", "replete": "replete", "peripheral": "peripheral",
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
_CO_INFUSION = frozenset({"cotransplant", "coinfusion", "coadministration"})


def transplant_phrases(words: Sequence[Word], matcher: TermMatcher) -> Iterator[Candidate]:
    """Every transplantation with its donor and graft."""
    for at, word in enumerate(words):
        if word.key in _HEADS and not _is_only_a_prefix(words, at):
            first = _first(words, at)
            label = _label(words[first : at + 1])
            concept = matcher.concept_named(label) if label is not None else None
            if label is not None and (first < at or word.key in _IMPLIED):
                yield Candidate(first, at + 1, TermKind.TRANSPLANT, label, None if concept is None else concept.slug)


def cell_transplants(words: Sequence[Word], cells: Sequence[Candidate], matcher: TermMatcher) -> Iterator[Candidate]:
    """ "MSC transplantation" and "MSC co-infusion": the stromal cell phrase before the noun is part of the term."""
    for cell in cells:
        label = _given_as_graft(words, cell.last)
        stromal = cell.concept is not None and matcher.vocabulary.is_a(cell.concept, "mesenchymal-stromal-cell")
        if label is not None and stromal:
            concept = matcher.concept_named(label[0])
            yield Candidate(cell.first, label[1], TermKind.TRANSPLANT, label[0], None if concept is None else concept.slug)


def _given_as_graft(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    keys = [word.key for word in words[at : at + 2]]
    if keys[:1] == ["transplant"]:
        return "mesenchymal stromal cell transplantation", at + 1
    joint = "co-transplantation of MSCs and hematopoietic stem cells"
    if keys[:1] and keys[0] in _CO_INFUSION:
        return joint, at + 1
    return (joint, at + 2) if keys in (["co", "transplant"], ["co", "infusion"], ["co", "administration"]) else None


def _is_only_a_prefix(words: Sequence[Word], at: int) -> bool:
    """True for "transplant-related mortality", "post-transplant cyclophosphamide", "HCT-CI": the noun is another."""
    after = words[at + 1].key if at + 1 < len(words) else ""
    return (
        words[at].key == "transplant" and after in {"related", "associated", "conditioning"} or (words[at].key == "hct" and after == "ci")
    )


def _first(words: Sequence[Word], head: int) -> int:
    """Where the phrase starts; "unrelated donor HSCT" is a donor phrase and a transplant, two terms."""
    first = head
    while first > 0:
        key = words[first - 1].key
        if key in {"or", "and", "/"} and first > 1 and {words[first - 2].key, words[first].key} <= {"blood", "marrow", "bone"}:
            first -= 2
        elif key == ")" and first > 2 and words[first - 3].key == "(" and words[first - 2].key in _MODIFIERS:
            first -= 3  # "umbilical cord blood (UCB) transplantation"
        elif key not in _MODIFIERS or (key == "donor" and _label(words[first : head + 1]) is not None):
            break
        else:
            first -= 1
    while first < head and words[first].key in {"cell", "donor", "t", "unit", "graft", "related"}:
        first += 1
    return first


def _label(words: Sequence[Word]) -> str | None:
    keys = {word.key for word in words}
    features = {_MODIFIERS.get(key, "") for key in keys} | {_IMPLIED.get(words[-1].key, "")} | (keys & {"matched"})
    if words[-1].key == "sct":
        features.add("stem")
    return next((label for needed, label in _LABELS if needed <= features), None)
