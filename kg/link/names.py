"""Titles and authors in the form in which they compare. Pure."""

import re
import unicodedata
from functools import lru_cache

from kg.model import Author, StudyContext

_NOT_A_WORD = re.compile(r"[^\w]+")
_NUMERALS = re.compile(r"\d+(?:[.,]\d+)*")
#: What stands before the title of another record in the title of a notice on it.
_NOTICE_TITLE = re.compile(
    r"\W*(?:(?:publisher|author)(?:['’]s)?\s+)?"
    r"(?:(?:erratum|errata|corrigend(?:um|a)|correction|retraction|retracted|withdrawn|expression of concern)"
    r"(?:\s+(?:note|article|notice))?\s*(?:[:\]–—-]|to\b|for\b)"
    r"|(?:comment|reply|response)(?:\s+(?:on|to))?\s*:)",
    re.IGNORECASE,
)
_SPELLINGS = {"haemato": "hemato", "tumour": "tumor", "leukaemia": "leukemia", "anaemia": "anemia", "paediatric": "pediatric"}


@lru_cache(maxsize=4096)
def fold_title(title: str | None) -> str:
    """Words in lower case without accents and signs, one blank between them, spelled as in American English."""
    folded = _plain(title or "").replace("\N{GREEK SMALL LETTER ALPHA}", "alpha").replace("\N{GREEK SMALL LETTER BETA}", "beta")
    for british, american in _SPELLINGS.items():
        folded = folded.replace(british, american)
    return _NOT_A_WORD.sub(" ", folded).strip()


def title_numbers(title: str | None) -> tuple[str, ...]:
    """The numerals of a title in order: what tells a series of reports apart."""
    return tuple(_NUMERALS.findall(title or ""))


def is_notice_title(title: str | None) -> bool:
    """True for "Erratum to: …" and its like, whose title is that of the record it is about."""
    return title is not None and _NOTICE_TITLE.match(title) is not None


def author_key(author: Author) -> str:
    """Family name and first initial: "gao l"; a family name alone where no given name is known."""
    initial = _plain(author.given or "")[:1]
    return f"{_name(author.family)} {initial}".strip()


def author_keys(context: StudyContext) -> tuple[str, ...]:
    """All authors in printed order, or the first alone where a record has no list."""
    if context.authors:
        return tuple(author_key(each) for each in context.authors)
    return () if context.first_author is None else (_printed_key(context.first_author),)


def family_of(key: str) -> str:
    """The family name of an author key."""
    family, _, initial = key.rpartition(" ")
    return family if family and len(initial) == 1 else key


def is_same_author(first: str, second: str) -> bool:
    """Same family name, and no two different initials."""
    return first == second or (family_of(first) == family_of(second) and family_of(first) in {first, second})


def _printed_key(printed: str) -> str:
    """The key of "Gao L", "Le Blanc K", "Gao, Lei", "Lei Gao" and "Gao"; a name printed in full ends in the family's."""
    family, comma, given = printed.partition(",")
    if comma:
        return author_key(Author(family=family, given=given.strip() or None))
    *others, last = printed.split() or [printed]
    if not others:
        return author_key(Author(family=last))
    is_initials = last.isupper() and len(last) <= 3
    return author_key(Author(family=" ".join(others), given=last) if is_initials else Author(family=last, given=others[0]))


def _name(text: str) -> str:
    return _NOT_A_WORD.sub(" ", _plain(text)).strip()


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))
