"""Names that sources give to the ties between records (corrections, retractions, comments)."""

import re

from kg.model import Notice

_LETTERS = re.compile(r"[^a-z]")
_BY_NAME = {_LETTERS.sub("", kind.value): kind for kind in Notice}


def notice_kind(name: str) -> Notice:
    """The kind for "RetractionIn" (PubMed), "Retraction in" (Europe PMC); unknown names are ``OTHER``."""
    return _BY_NAME.get(_LETTERS.sub("", name.lower()), Notice.OTHER)
