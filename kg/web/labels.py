"""What terms are called on pages, and where their links lead."""

from collections.abc import Collection
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.namespaces import BASE, PREFIXES
from kg.store import LocalStore

_NAMES = ("skos:prefLabel", "rdfs:label", "dcterms:title", "gg:outcomeLabel", "gg:unmappedLabel")
_AT_ONCE = 400


@dataclass(frozen=True)
class Shown:
    """A term as a page shows it: text, the address of its page where it has one here, and its IRI."""

    text: str
    path: str | None = None
    iri: str | None = None


def read_labels(store: LocalStore, iris: Collection[str]) -> dict[str, str]:
    """The label of each IRI that has one, a preferred label before others.

    Raises:
        StoreError: the store did not answer.
    """
    properties = [_iri(name) for name in _NAMES]
    found: dict[str, dict[str, str]] = {}
    ordered = sorted(iris)
    for at in range(0, len(ordered), _AT_ONCE):
        nodes = " ".join(str(NamedNode(each)) for each in ordered[at : at + _AT_ONCE])
        names = " ".join(f"<{each}>" for each in properties)
        sparql = f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {nodes} }} VALUES ?p {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        for subject, predicate, label in store.select(sparql).rows:
            if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(label, Literal):
                known = found.setdefault(subject.value, {})
                known[predicate.value] = min(label.value, known.get(predicate.value, label.value))
    return {iri: next(names[each] for each in properties if each in names) for iri, names in found.items()}


def local_path(iri: str) -> str | None:
    """The address here of an IRI of ours; None for others."""
    return "/" + iri.removeprefix(BASE) if iri.startswith(BASE) else None


def short_name(iri: str) -> str:
    """``skos:broader`` for an IRI of a known namespace, a path for one of ours, else the IRI."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(BASE)


def _iri(name: str) -> str:
    prefix, local = name.split(":")
    return PREFIXES[prefix] + local
