"""Which concept a name means in this text, when it could mean several or none.

In: a match and the keys of all words of the text. Out: one entry, or None. A short form that the table of ambiguous forms lists
counts only where the text speaks of its long form elsewhere; "RR 0.53" is a ratio, whatever RR means besides.
"""

from collections.abc import Iterable, Sequence

from kg.extract.matcher import Entry, Match, TermMatcher, Word, words_of_name

#: Words that stand in so many names that they tell nothing.
_GENERIC = frozenset(
    {"disease", "cell", "syndrome", "rate", "infection", "therapy", "acute", "chronic", "and", "the", "for", "with", "human", "derived"}
)
#: Abbreviations of statistics: followed by a number they are never anything else.
STATISTICS = frozenset({"RR", "OR", "HR", "SD", "CI", "MD", "RD", "ES", "SE", "IR"})


def choose_entry(match: Match, words: Sequence[Word], keys: frozenset[str], matcher: TermMatcher) -> Entry | None:
    """The entry meant; None where the text bears none out."""
    entries = match.entries
    form = _form(match, words)
    ambiguous = matcher.ambiguous_form(form)
    if ambiguous is None and len({entry.slug for entry in entries}) == 1:
        return entries[0]
    if not entries[0].is_abbreviation:
        return _preferred(entries, ambiguous.concepts if ambiguous is not None else ())
    if form in STATISTICS and is_followed_by_number(match.last, words):
        return None
    scored = [(_borne_out(matcher.context.get(entry.slug, ()), keys), entry) for entry in entries]
    best, entry = max(scored, key=lambda pair: pair[0])
    rival = _borne_out((_content(other) for other in ambiguous.others), keys) if ambiguous is not None else 0.0
    return entry if best >= 0.5 and best >= rival else None


def _form(match: Match, words: Sequence[Word]) -> str:
    printed = "".join(word.text for word in words[match.first : match.last])
    return printed[:-1] if len(printed) > 2 and printed.endswith("s") and printed[:-1].isupper() else printed


def _preferred(entries: Sequence[Entry], order: Sequence[str]) -> Entry:
    """Of spelled-out homonyms the one that bears the name as its label, then the first of the table."""
    named = [entry for entry in entries if entry.name == entry.label]
    listed = [entry for slug in order for entry in entries if entry.slug == slug]
    return (named or listed or list(entries))[0]


def is_followed_by_number(at: int, words: Sequence[Word]) -> bool:
    """True when a number follows word ``at - 1``, a sign or "of" between at most."""
    after = words[at : at + 2]
    signs = {"=", ":", ",", ")", "of", "was"}
    return bool(after) and (after[0].text.isdigit() or (len(after) == 2 and after[0].key in signs and after[1].text.isdigit()))


def _borne_out(names: Iterable[frozenset[str]], keys: frozenset[str]) -> float:
    """The largest share of telling words of one spelled-out name that the text holds, 0 to 1."""
    return max((len(told & keys) / len(told) for name in names if (told := name - _GENERIC)), default=0.0)


def _content(name: str) -> frozenset[str]:
    return frozenset(word.key for word in words_of_name(name) if len(word.key) > 2)
