"""What the endpoint says of itself: SPARQL 1.1 Service Description, and VoID of the data set."""

from pyoxigraph import Literal, NamedNode, Triple, serialize

from kg.namespaces import BASE, PREFIXES, data_iri
from kg.web.answering import GRAPHS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID, _DCTERMS, _RDF = PREFIXES["void"], PREFIXES["dcterms"], PREFIXES["rdf"]
#: https://www.w3.org/ns/formats/
_RESULT_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"),
)

_Facts = list[tuple[NamedNode, str, NamedNode | Literal]]


def service_description(endpoint: str, media_type: str) -> bytes:
    """The description in RDF; the endpoint names itself, so that it is right behind a proxy too."""
    service, dataset = NamedNode(endpoint), NamedNode(data_iri("dataset"))
    facts: _Facts = [
        (service, _RDF + "type", NamedNode(_SD + "Service")),
        (service, _SD + "endpoint", service),
        (service, _SD + "supportedLanguage", NamedNode(_SD + "SPARQL11Query")),
        (service, _SD + "feature", NamedNode(_SD + "UnionDefaultGraph")),
        *((service, _SD + "resultFormat", NamedNode(_FORMATS + name)) for name in _RESULT_FORMATS),
        (service, _SD + "defaultDataset", dataset),
        (dataset, _RDF + "type", NamedNode(_SD + "Dataset")),
    ]
    return _written(facts, media_type, {"sd": _SD, "formats": _FORMATS})


def void_description(endpoint: str, *, triples: int, papers: int, media_type: str) -> bytes:
    """The data set in VoID (https://www.w3.org/TR/void/)."""
    dataset = NamedNode(data_iri("dataset"))
    whole = NamedNode(PREFIXES["xsd"] + "integer")
    facts: _Facts = [
        (dataset, _RDF + "type", NamedNode(_VOID + "Dataset")),
        (dataset, _DCTERMS + "title", Literal("GraftGraph")),
        (dataset, _VOID + "sparqlEndpoint", NamedNode(endpoint)),
        (dataset, _VOID + "uriSpace", Literal(BASE)),
        (dataset, _VOID + "vocabulary", NamedNode(PREFIXES["gg"].removesuffix("/"))),
        (dataset, _VOID + "triples", Literal(str(triples), datatype=whole)),
        (dataset, _VOID + "documents", Literal(str(papers), datatype=whole)),
        (dataset, _DCTERMS + "license", NamedNode("https://creativecommons.org/licenses/by/4.0/")),
    ]
    return _written(facts, media_type, {"void": _VOID, "dcterms": _DCTERMS})


def _written(facts: _Facts, media_type: str, prefixes: dict[str, str]) -> bytes:
    triples = [Triple(subject, NamedNode(predicate), value) for subject, predicate, value in facts]
    content = serialize(triples, format=GRAPHS[media_type], prefixes=prefixes)
    if content is None:
        raise RuntimeError("the engine wrote nothing")
    return content
