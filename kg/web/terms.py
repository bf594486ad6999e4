"""Names that SPARQL on this graph uses: our classes and properties, our concepts, and the words of the language."""

from kg.namespaces import CLASSES, PROPERTIES
from kg.vocabulary import Vocabulary

_KEYWORDS = (
    "ASK", "BIND", "CONSTRUCT", "COUNT", "DESCRIBE", "DISTINCT", "FILTER", "FROM", "GRAPH", "GROUP BY", "HAVING", "LIMIT", "MINUS",
    "OFFSET", "OPTIONAL", "ORDER BY", "PREFIX", "SELECT", "UNION", "VALUES", "WHERE",
)  # fmt: skip


def find_terms(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Each name with what it means, sorted."""
    ours = [(f"gg:{name}", "class" if name in CLASSES else "property") for name in CLASSES | PROPERTIES]
    concepts = [(f"ggv:{slug}", concept.label) for slug, concept in vocabulary.concepts.items()]
    return sorted([*ours, *concepts, *((word, "SPARQL") for word in _KEYWORDS)])
