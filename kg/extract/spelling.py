"""One key for the many spellings of a word: plural, possessive, British, Greek letter, accent.

In: one word as printed. Out: a key that is equal for its variants. Keys are compared with keys only and never shown, so that a
key need not be a word ("disease" and "diseases" may share any string).
"""

import re
import unicodedata
from functools import lru_cache

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "θ": "theta", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "µ": "mu", "φ": "phi", "ϕ": "phi", "χ": "chi", "ω": "omega", "Δ": "delta", "Φ": "phi",
}  # fmt: skip
_IRREGULAR = {
    "mice": "mouse", "murine": "mouse", "transplantation": "transplant", "transplanted": "transplant", "cotransplantation": "cotransplant",
    "cyclosporin": "cyclosporine", "ciclosporin": "cyclosporine", "acyclovir": "aciclovir", "rifampicin": "rifampin",
    "positive": "+", "(+)": "+", "⁺": "+", "vs": "versus", "feces": "feces", "centre": "center", "fibre": "fiber",
    "aids": "aids", "series": "series", "species": "species", "diabetes": "diabetes", "herpes": "herpes", "rabies": "rabies",
}  # fmt: skip
#: British spellings; safe on any word because both sides of every comparison pass through.
_BRITISH = (
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"ours?$"), "or"),
    (re.compile(r"is(?=(?:e|ed|er|es|ing|ation)$)"), "iz"),
)
_POSSESSIVE = re.compile(r"['’]s$")


@lru_cache(maxsize=50_000)
def word_key(word: str) -> str:
    """The key of a word, a number or a sign; two spellings of one word have the same key."""
    if word in _GREEK:
        return _GREEK[word]
    is_plural_abbreviation = len(word) > 2 and word[-1] == "s" and word[:-1].isupper()
    folded = _fold(_POSSESSIVE.sub("", word[:-1] if is_plural_abbreviation else word))
    singular = _IRREGULAR.get(folded) or _singular(folded)
    singular = _IRREGULAR.get(singular, singular)
    return _american(singular) if len(singular) > 4 else singular


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word).casefold() if not unicodedata.combining(c))


def _singular(word: str) -> str:
    if len(word) <= 3 or word[-1] != "s" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("yses", "eses", "oses")):
        return word[:-2] + "is"
    return word[:-2] if word.endswith(("xes", "shes", "ches", "sses")) else word[:-1]


def _american(word: str) -> str:
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    if len(word) > 8 and word.endswith("ly"):  # "retrospectively studied" is a retrospective study
        word = word[:-2]
    return word[:-2] if len(word) > 7 and word.endswith("ical") else word
