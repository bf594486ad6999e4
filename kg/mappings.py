"""Mappings of the vocabulary to official terms, as tables that other tools read.

In: a ``Vocabulary``, or the labels of official terms. Out: SSSOM TSV (https://mapping-commons.github.io/sssom/) and rows of CURIE
and label, as text. ``repairs`` reads the folder and says which files a curator's change has left behind; it writes nothing.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.namespaces import CURIE_PREFIXES, GGV, curie
from kg.turtle import canonical_files
from kg.vocabulary import Concept, Match, Vocabulary, load_vocabulary

MAPPINGS_FILE = "mappings.sssom.tsv"

_COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification")
#: A person compared the meaning of both terms.
_JUSTIFICATION = "semapv:ManualMappingCuration"


def repairs(folder: Path) -> dict[Path, str]:
    """Right text by path of each file that is not as it should be: Turtle not in canonical form, mappings not up to date."""
    path = folder / MAPPINGS_FILE
    table = sssom_table(load_vocabulary(folder))
    is_current = path.is_file() and path.read_text(encoding="utf-8") == table
    return canonical_files(folder) if is_current else {**canonical_files(folder), path: table}


def sssom_table(vocabulary: Vocabulary) -> str:
    """All mappings as SSSOM TSV with the metadata block in front, sorted by subject, strength and object."""
    rows = [(concept, match) for concept in _sorted(vocabulary) for match in concept.matches]
    lines = [*_metadata({match.curie.split(":")[0] for _, match in rows}), "\t".join(_COLUMNS)]
    lines += ["\t".join(_row(concept, match)) for concept, match in rows]
    return "\n".join(lines) + "\n"


def curie_pairs(official: Mapping[str, str]) -> str:
    """CURIE and official label of each term mapped to, a header first; ``official`` gives the label by IRI."""
    pairs = sorted((name, label) for iri, label in official.items() if (name := curie(iri)) is not None)
    return "curie\tlabel\n" + "".join(f"{name}\t{label}\n" for name, label in pairs)


def _sorted(vocabulary: Vocabulary) -> list[Concept]:
    return [vocabulary[slug] for slug in sorted(vocabulary.concepts)]


def _row(concept: Concept, match: Match) -> tuple[str, ...]:
    return (f"ggv:{concept.slug}", concept.label, f"skos:{match.relation}Match", match.curie, match.label, _JUSTIFICATION)


def _metadata(prefixes: Iterable[str]) -> list[str]:
    mapped = {prefix: CURIE_PREFIXES[prefix] for prefix in prefixes}
    known = {"ggv": GGV, "semapv": "https://w3id.org/semapv/vocab/", "skos": CURIE_PREFIXES["skos"], **mapped}
    return [
        "#mapping_set_id: https://w3id.org/graftgraph/mappings",
        "#mapping_set_description: GraftGraph vocabulary to official terms",
        "#license: https://creativecommons.org/licenses/by/4.0/",
        "#curie_map:",
        *(f"#  {prefix}: {known[prefix]}" for prefix in sorted(known)),
    ]
