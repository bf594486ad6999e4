"""Concepts of ``ontologies/*.ttl`` with labels, synonyms and hierarchy.

In: a folder of SKOS schemes in Turtle and the table of ambiguous short forms. Out: an immutable ``Vocabulary`` that
extraction, queries and drawing look things up in. ``load_vocabulary`` reads files and is called at the edge only.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from kg.errors import VocabularyError
from kg.model import Extraction, TermKind
from kg.schemes import NO_SCHEMES, AmbiguousForm, Concept, Match, read_ambiguous_forms, read_official_labels, read_scheme
from kg.turtle import FREE_LAYOUT

__all__ = ["AmbiguousForm", "Concept", "Match", "Vocabulary", "fold", "load_vocabulary", "unmapped_phrases"]

OFFICIAL_FILE = "official-terms.ttl"
AMBIGUOUS_FILE = "ambiguous-abbreviations.tsv"

_TERM_KINDS = frozenset(kind.value for kind in TermKind)
_HYPHENS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")


@dataclass(frozen=True)
class Vocabulary:
    """Concepts by slug; look up with ``[]``, which raises ``VocabularyError`` for an unknown slug."""

    concepts: Mapping[str, Concept] = field(repr=False)
    #: SHA-256 over the Turtle files but the shapes, in order of name, and the table of ambiguous forms; hex.
    sha256: str = ""
    #: By form as printed; case matters.
    ambiguous: Mapping[str, AmbiguousForm] = field(default_factory=dict, repr=False)

    def __getitem__(self, slug: str) -> Concept:
        try:
            return self.concepts[slug]
        except KeyError:
            raise VocabularyError(f"no concept {slug!r}", remedy="Search with `kg vocabulary search`") from None

    def __contains__(self, slug: object) -> bool:
        return slug in self.concepts

    def __len__(self) -> int:
        return len(self.concepts)

    def label(self, slug: str) -> str:
        """The preferred label; a slug that the vocabulary lacks is its own."""
        return self.concepts[slug].label if slug in self.concepts else slug

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Slugs above, nearest first, without the concept itself."""
        if slug not in self._above:
            self._above[slug] = _walk(slug, lambda each: self[each].broader)
        return self._above[slug]

    def descendants(self, slug: str) -> tuple[str, ...]:
        """Slugs below, sorted, without the concept itself."""
        self[slug]
        return tuple(sorted(_walk(slug, lambda each: self._children.get(each, ()))))

    def is_a(self, slug: str, other: str) -> bool:
        """True when ``slug`` is ``other`` or below it."""
        return slug == other or other in self.ancestors(slug)

    def measuring(self, slug: str) -> frozenset[str]:
        """The concept, those below it, and the outcomes that measure one of them, with those below these."""
        wanted = {slug, *self.descendants(slug)}
        measures = [each.slug for each in self.concepts.values() if each.measures in wanted]
        return frozenset(wanted).union(*((each, *self.descendants(each)) for each in measures))

    def of_kind(self, kind: str) -> Iterable[Concept]:
        """Concepts of one scheme, sorted by slug."""
        return self._kinds.get(kind, ())

    def kinds(self) -> tuple[str, ...]:
        """The schemes' names, sorted."""
        return tuple(sorted(self._kinds))

    def find(self, label: str, *, kind: str | None = None) -> Concept | None:
        """The concept whose preferred label, synonym or variant equals ``label``, case folded, hyphens as blanks.

        A preferred label wins over a synonym, and without a kind a term over a closed value: "meta-analysis" is the study design.
        None where no concept, or more than one, goes by that name.
        """
        for names in self._names:
            found = [self.concepts[slug] for slug in names.get(fold(label), ())]
            found = [each for each in found if each.kind == kind] if kind is not None else _terms_first(found)
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def search(self, words: str, *, limit: int = 20) -> tuple[Concept, ...]:
        """Concepts with a name that holds ``words``: equal names first, then names that begin so, then the shortest."""
        wanted = fold(words)
        ranked = []
        for concept in self.concepts.values():
            hits = [name for name in map(fold, concept.phrases) if wanted in name]
            if hits:
                best = min(hits, key=lambda name: (name != wanted, not name.startswith(wanted), len(name), name))
                ranked.append((best != wanted, not best.startswith(wanted), len(best), concept.slug))
        return tuple(self.concepts[slug] for *_, slug in sorted(ranked)[:limit])

    @cached_property
    def _above(self) -> dict[str, tuple[str, ...]]:
        """What ``ancestors`` found before."""
        return {}

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        children: dict[str, list[str]] = defaultdict(list)
        for concept in self.concepts.values():
            for parent in concept.broader:
                children[parent].append(concept.slug)
        return {parent: tuple(sorted(slugs)) for parent, slugs in children.items()}

    @cached_property
    def _kinds(self) -> dict[str, tuple[Concept, ...]]:
        kinds: dict[str, list[Concept]] = defaultdict(list)
        for slug in sorted(self.concepts):
            kinds[self.concepts[slug].kind].append(self.concepts[slug])
        return {kind: tuple(concepts) for kind, concepts in kinds.items()}

    @cached_property
    def _names(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        preferred: dict[str, list[str]] = defaultdict(list)
        other: dict[str, list[str]] = defaultdict(list)
        for concept in self.concepts.values():
            preferred[fold(concept.label)].append(concept.slug)
            for name in sorted({fold(text) for text in concept.phrases[1:]}):
                other[name].append(concept.slug)
        return dict(preferred), dict(other)


def fold(phrase: str) -> str:
    """The phrase as it is compared: case folded, hyphens and white space as one blank."""
    return _HYPHENS.sub(" ", phrase).strip().casefold()


def unmapped_phrases(extractions: Iterable[Extraction], *, known: Vocabulary) -> list[tuple[str, str, int]]:
    """Kind, phrase and count of what the vocabulary lacks in terms and finding outcomes, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for extraction in extractions:
        counts.update((each.kind.value, fold(each.text)) for each in extraction.terms if each.concept is None)
        counts.update((TermKind.OUTCOME.value, fold(each.outcome.label)) for each in extraction.findings if each.outcome.concept is None)
    lacking = [(kind, phrase, count) for (kind, phrase), count in counts.items() if known.find(phrase, kind=kind) is None]
    return sorted(lacking, key=lambda row: (-row[2], row[0], row[1]))


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read all schemes of a folder.

    Raises:
        VocabularyError: a file is no Turtle, a concept lacks its scheme or label, names a concept that is not there, or stands
            above itself.
    """
    files = sorted(path for path in folder.glob("*.ttl") if path.name not in FREE_LAYOUT)
    if not files:
        raise VocabularyError("no Turtle files", location=str(folder), remedy="Name the folder that holds the SKOS schemes")
    stated = _read_schemes([path for path in files if path.name not in NO_SCHEMES], read_official_labels(folder / OFFICIAL_FILE))
    ambiguous = read_ambiguous_forms(folder / AMBIGUOUS_FILE)
    for slug in sorted({slug for form in ambiguous.values() for slug in form.concepts} - stated.keys()):
        raise VocabularyError(f"names {slug}, which no scheme holds", location=AMBIGUOUS_FILE, remedy="Mend the slug")
    return Vocabulary(
        concepts={slug: _inherit(stated[slug], stated) for slug in sorted(stated)},
        sha256=hashlib.sha256(b"".join(path.read_bytes() for path in (*files, folder / AMBIGUOUS_FILE))).hexdigest(),
        ambiguous=ambiguous,
    )


def _read_schemes(paths: Iterable[Path], official: Mapping[str, str]) -> dict[str, Concept]:
    """The concepts of all files as stated, by slug."""
    stated: dict[str, Concept] = {}
    home: dict[str, str] = {}
    for path in paths:
        for concept in read_scheme(path, official):
            if concept.slug in stated:
                other = home[concept.slug]
                raise VocabularyError(f"stands in {other} too", location=path.name, record=concept.slug, remedy="Rename one")
            stated[concept.slug], home[concept.slug] = concept, path.name
    for concept in stated.values():
        _check_references(concept, stated, file=home[concept.slug])
    return stated


def _terms_first(concepts: list[Concept]) -> list[Concept]:
    return [each for each in concepts if each.kind in _TERM_KINDS] or concepts


def _check_references(concept: Concept, stated: Mapping[str, Concept], *, file: str) -> None:
    for slug in (*concept.broader, concept.measures, concept.complement, concept.tissue_source):
        if slug is not None and slug not in stated:
            raise VocabularyError(f"names {slug}, which no scheme holds", location=file, record=concept.slug, remedy="Mend the slug")
    if concept.slug in _walk(concept.slug, lambda each: stated[each].broader if each in stated else ()):
        raise VocabularyError("is broader than itself", location=file, record=concept.slug, remedy="Break the ring")


def _inherit(concept: Concept, stated: Mapping[str, Concept]) -> Concept:
    """The concept with ``desirable`` and ``tissue_source`` of the nearest concept above that states them."""
    line = [concept, *(stated[slug] for slug in _walk(concept.slug, lambda each: stated[each].broader))]
    return replace(
        concept,
        desirable=next((each.desirable for each in line if each.desirable is not None), None),
        tissue_source=next((each.tissue_source for each in line if each.tissue_source is not None), None),
    )


def _walk(slug: str, step: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """What is reached from a slug, nearest first; the slug itself only where a ring leads back to it."""
    seen: dict[str, None] = {}
    rank = list(step(slug))
    while rank:
        seen.update(dict.fromkeys(rank))
        rank = [above for each in rank for above in step(each) if above not in seen]
    return tuple(seen)
