"""Values of parameters become RDF terms."""

import pytest

from kg.errors import QueryError
from kg.queries import bind, unnamed_query
from kg.schemes import Concept
from kg.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    {
        each.slug: each
        for each in (
            Concept("relapse", "condition", "relapse of malignancy", synonyms=("disease recurrence",)),
            Concept("relapse-rate", "outcome", "relapse rate", synonyms=("disease recurrence",)),
            Concept("design-rct", "design", "randomized controlled trial", notation="rct"),
            Concept("msc", "cell_type", "mesenchymal stromal cell", synonyms=("MSC",)),
        )
    }
)
GGV = "https://w3id.org/graftgraph/vocabulary/"


def bound(kind: str, value: str) -> str:
    """What stands in the place of UNDEF."""
    text = f"# parameter: x\n#   kind: {kind}\n#   description: d\n#   example: e\nSELECT * {{\n  VALUES ?x {{ UNDEF }}\n}}\n"
    return bind(unnamed_query(text, name="q"), {"x": value}, VOCABULARY).split("VALUES ?x { ")[1].rsplit(" }\n}", 1)[0]


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("outcome", "relapse-rate", f"<{GGV}relapse-rate>"),
        ("outcome", "Relapse Rate", f"<{GGV}relapse-rate>"),
        ("outcome", f"{GGV}relapse-rate", f"<{GGV}relapse-rate>"),
        ("outcome", "ggv:relapse-rate", f"<{GGV}relapse-rate>"),
        ("outcome or condition", "disease recurrence", f"<{GGV}relapse-rate>"),
        ("condition or outcome", "disease recurrence", f"<{GGV}relapse>"),
        ("outcome or condition", "relapse", f"<{GGV}relapse>"),
        ("design", "rct", f"<{GGV}design-rct>"),
        ("any", "MSC", f"<{GGV}msc>"),
        ("outcome", "https://w3id.org/graftgraph/unmapped/outcome/mood", "<https://w3id.org/graftgraph/unmapped/outcome/mood>"),
        ("text", 'a "quote" \\ } UNDEF\n', '"a \\"quote\\" \\\\ } UNDEF\\n"'),
        ("integer", "2015", '"2015"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("number", "0", '"0"^^<http://www.w3.org/2001/XMLSchema#double>'),
        ("paper", "pmid-1", '"pmid-1"'),
        ("paper", "https://w3id.org/graftgraph/paper/doi-10.1%252Fx", '"doi-10.1%2Fx"'),
        ("paper", "PMID: 27400945", '"27400945"'),
        ("paper", "https://pubmed.ncbi.nlm.nih.gov/27400945/", '"27400945"'),
        ("paper", "https://doi.org/10.1200/JCO.2015", '"10.1200/jco.2015"'),
    ],
)
def test_a_value_becomes_a_term(kind: str, value: str, term: str) -> None:
    assert bound(kind, value) == term


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("outcome", "relaps rate", "q, parameter x: no outcome named 'relaps rate'. Did you mean relapse rate?"),
        ("outcome", "msc", "no outcome named 'msc'. Example: e"),
        ("outcome or condition", "", "no outcome or condition named ''"),
        ("outcome", "https://x/ } DROP", "is no IRI"),
        ("integer", "two", "q, parameter x: 'two' is no whole number"),
        ("integer", "1.5", "is no whole number"),
        ("number", "nan", "is no number"),
        ("number", "high", "q, parameter x: 'high' is no number"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(kind: str, value: str, message: str) -> None:
    with pytest.raises(QueryError) as error:
        bound(kind, value)
    assert message in str(error.value)


def test_an_unset_parameter_leaves_its_line_out() -> None:
    text = "# parameter: x\n#   kind: text\n#   description: d\n#   example: e\nSELECT * {\n  VALUES ?x { UNDEF }\n}\n"
    assert bind(unnamed_query(text, name="q"), {}, VOCABULARY).endswith("SELECT * {\n}\n")


def test_a_value_cannot_reach_another_parameter() -> None:
    header = "".join(f"# parameter: {name}\n#   kind: text\n#   description: d\n#   example: e\n" for name in "xy")
    text = header + "SELECT * {\n  VALUES ?x { UNDEF }\n  VALUES ?y { UNDEF }\n}\n"
    sparql = bind(unnamed_query(text, name="q"), {"x": "\n  VALUES ?y { UNDEF }\n", "y": "two"}, VOCABULARY)
    assert sparql.endswith('  VALUES ?x { "\\n  VALUES ?y { UNDEF }\\n" }\n  VALUES ?y { "two" }\n}\n')


def test_a_wrong_parameter_lists_those_there_are() -> None:
    text = "# parameter: x\n#   kind: text\n#   description: d\n#   example: e\nSELECT * {\n  VALUES ?x { UNDEF }\n}\n"
    with pytest.raises(QueryError, match=r"q: no parameter 'outcom'\. Parameters: x"):
        bind(unnamed_query(text, name="q"), {"outcom": "1"}, VOCABULARY)
    with pytest.raises(QueryError, match="Parameters: none"):
        bind(unnamed_query("ASK {}", name="q"), {"outcome": "1"}, VOCABULARY)
