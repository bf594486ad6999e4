"""Whether a text speaks of the field at all: stem and stromal cells, transplantation, graft-versus-host disease.

What the rules know of outcomes and arms holds in this field. A paper on running speed or pesticides has sentences of the same make, and
what would be read from them is nonsense.
"""

from kg.extract.any_case import lowered

#: Every paper of the field says one of these somewhere; organs and vessels are transplanted and grafted too.
_WORDS = (
    "stem cell", "stem-cell", "stromal", "progenitor", "graft-versus", "graft versus", "gvhd", "msc", "marrow", "chimerism", "hsct",
    "engraft", "hematopoie", "haematopoie", "allogeneic", "donor lymphocyte", "cord blood transplant", "haploidentical", "leukemia",
    "leukaemia", "graft failure", "busulfan", "treosulfan", "non-relapse", "nonrelapse", "myeloablative", "myelodysplas",
)  # fmt: skip
#: A text shorter than that, such as a sentence by itself, is too little to tell.
_ENOUGH = 400


def is_outside_the_field(title: str | None, text: str) -> bool:
    """True for a whole abstract that, title included, has no word of the field."""
    return len(text) >= _ENOUGH and not any(word in words for words in (lowered(text), lowered(title or "")) for word in _WORDS)
