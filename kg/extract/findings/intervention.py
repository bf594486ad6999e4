"""What one paper gives: the product that its title names, else the one that its text names most often.

In: terms of title and text. Out: the terms of the intervention, with the more and less specific names that the text uses for it.
"""

from collections.abc import Sequence

from kg.extract.any_case import any_case
from kg.extract.findings.arm_words import CONTROL_GROUP
from kg.extract.findings.comparisons import term_key
from kg.model import Term, TermKind
from kg.vocabulary import Vocabulary

#: "Microbiota transfer |after| transplantation": what came before is not what is tested.
_AFTER_IT = any_case(r"\b(?:after|following|before|undergoing|post)(?: [\w-]+){0,2} $")


#: Cells that are given as a product; other cells are measured or grafted.
_PRODUCTS = (
    "mesenchymal-stromal-cell",
    "decidua-stromal-cell",
    "regulatory-t-cell",
    "msc-derived-extracellular-vesicle",
    "msc-conditioned-medium",
)


_PRODUCT_WORDS = any_case(r"\b(?:stromal|progenitor|stem) cell|vesicle|exosome|infusion")


_GIVEN_PROCEDURES = any_case(r"photopheresis|lymphocyte infusion|cell infusion|microbiota|PUVA|plasma exchange")
#: What nearly every transplant recipient gets; the intervention only where the title says so.
_BACKGROUND_DRUGS = any_case(
    r"^(?:corticosteroid|prednis|methylprednis|cyclosporin|ciclosporin|tacrolimus|methotrexate|mycophenol|calcineurin"
    r"|fludarabine|busulfan|melphalan|cytarabine"
    r"|granulocyte)",
)


def main_intervention(title: str, title_terms: Sequence[Term], terms: Sequence[Term], vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The product the title names; else the product named most often in the text, the earlier one on a tie."""
    in_title = [term for term in title_terms if _is_product(term, vocabulary) and not _AFTER_IT.search(title[: term.start])]
    cells = [term for term in in_title if term.kind is TermKind.CELL_TYPE]
    if cells or in_title:
        return _expand((cells or in_title)[0], terms, vocabulary)
    transplants = [term for term in title_terms if term.kind is TermKind.TRANSPLANT and not _AFTER_IT.search(title[: term.start])]
    if transplants and not any(_is_product(t, vocabulary) and t.kind is TermKind.CELL_TYPE for t in terms):
        return (transplants[0],)
    counts: dict[str, int] = {}
    first: dict[str, Term] = {}
    for term in terms:
        if _is_product(term, vocabulary):
            counts[term_key(term)] = counts.get(term_key(term), 0) + (3 if term.kind is TermKind.CELL_TYPE else 1)
            first.setdefault(term_key(term), term)
    if not counts:
        return ()
    best = max(counts, key=lambda key: (counts[key], -first[key].start))
    return _expand(first[best], terms, vocabulary)


def most_specific(intervention: Sequence[Term], vocabulary: Vocabulary) -> str | None:
    """The label of the term that has the most ancestors, the earlier one on a tie; None when nothing is given."""
    if not intervention:
        return None
    depth = [len(vocabulary.ancestors(t.concept)) if t.concept is not None and t.concept in vocabulary else 0 for t in intervention]
    return intervention[depth.index(max(depth))].label


def _is_product(term: Term, vocabulary: Vocabulary) -> bool:
    if term.kind is TermKind.DRUG:
        return CONTROL_GROUP.fullmatch(term.text) is None and _BACKGROUND_DRUGS.search(term.label) is None
    if term.kind is TermKind.PROCEDURE:
        return _GIVEN_PROCEDURES.search(term.label) is not None
    if term.kind is not TermKind.CELL_TYPE:
        return False
    listed = term.concept is not None and any(p in vocabulary.concepts and vocabulary.is_a(term.concept, p) for p in _PRODUCTS)
    return listed or (_PRODUCT_WORDS.search(term.label) is not None and "hematopoietic" not in term.label)


def _expand(main: Term, terms: Sequence[Term], vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The product with the more and less specific names the text uses for it; of rival kinds, such as two tissues, none is told."""
    if main.concept is None or main.concept not in vocabulary.concepts:
        return (main,)
    chosen = {term_key(main): main}
    for term in terms:
        if term.kind is not main.kind or term.concept is None or term.concept not in vocabulary.concepts:
            continue
        if vocabulary.is_a(term.concept, main.concept) or (_is_product(term, vocabulary) and vocabulary.is_a(main.concept, term.concept)):
            chosen.setdefault(term_key(term), term)
    narrower = [
        t.concept
        for t in chosen.values()
        if t.concept is not None and t.concept != main.concept and vocabulary.is_a(t.concept, main.concept)
    ]
    rivals = {one for one in narrower if not all(vocabulary.is_a(one, two) or vocabulary.is_a(two, one) for two in narrower)}
    return tuple(t for t in chosen.values() if t.concept not in rivals)
