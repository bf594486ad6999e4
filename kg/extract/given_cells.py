"""Cells of whatever kind that a text gives, because it says so of them again and again.

In: a text and its terms. Out: the cell that is given most often. Stromal cells and their like are given wherever a study names them; of
any other cell only words of giving tell: "mononuclear cell therapy", "transplantation of pericytes". The cells of an ordinary graft
and those that make a disease model are not meant.
"""

from collections import Counter
from collections.abc import Sequence

from kg.extract.any_case import any_case
from kg.model import Term, TermKind

_BEFORE = any_case(
    r"\b(?:transplant(?:ation|ing|ed)|infus(?:ion|ions|ing)|administ(?:ration|ering)|inject(?:ion|ions|ing)|delivery|therapy"
    r"|treatment|transfer"
    r"|treated) (?:of|with) (?:the |these |\w+[- ]){0,3}$"
)
_AFTER = any_case(
    r"^(?: cells?)?(?: \([^()]*\))?[- ](?:cell )?(?:therap(?:y|ies)|treat(?:ment|ed)|infusions?|administration|injections?"
    r"|transplantation|transfer)\b"
)
#: Everyday grafts, what is counted in them, and blood products.
_NOT_MEANT = any_case(
    r"hematopoietic|peripheral blood stem|stem and progenitor|leuk[ae]mi|platelet|erythrocyte|granulocyte|neutrophil|lymphocyte"
    r"|splenocyte|tumou?r"
    r"|^(?:donor )?T cell|antigen-presenting"
)
_REPEATED = 2


def most_given_cell(text: str, terms: Sequence[Term], *, title: str, title_terms: Sequence[Term]) -> Term | None:
    """The mention of the text that names it first, else that of the title; None unless giving is told twice, or in the title."""
    told: Counter[str] = Counter()
    first: dict[str, Term] = {}
    for where, mentions, weight in ((text, terms, 1), (title, title_terms, _REPEATED)):
        for term in mentions:
            key = term.concept or term.label
            if term.kind is TermKind.CELL_TYPE and _NOT_MEANT.search(term.label) is None and _is_given(where, term):
                told[key] += weight
                first.setdefault(key, term)
    best = max(told, key=lambda key: told[key], default=None)
    return first[best] if best is not None and told[best] >= _REPEATED else None


def _is_given(text: str, term: Term) -> bool:
    before, after = text[max(0, term.start - 70) : term.start], text[term.end : term.end + 50]
    return _BEFORE.search(before) is not None or _AFTER.match(after) is not None
