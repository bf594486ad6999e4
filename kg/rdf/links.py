"""Links of papers and findings, and the keys by which a paper is found again -> the quads of links graphs."""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from kg.model import Caution, Difference, Link, LinkKind, LinkReason
from kg.namespaces import BASE, data_iri, graph_iri, paper_iri
from kg.rdf.terms import A, Values, about, closed, double, integer, term, text, texts

#: Kinds that are stated as one triple too, and the score that they need for it.
_SHORT: dict[LinkKind, tuple[str, float]] = {
    LinkKind.SAME_PAPER: ("gg:samePaper", 0.0),
    LinkKind.SAME_COHORT: ("gg:sameCohort", 0.0),
    LinkKind.INCLUDES_STUDY: ("gg:includesStudy", 0.5),
    LinkKind.CITES: ("cito:cites", 0.0),
    LinkKind.AGREES: ("cito:agreesWith", 0.0),
    LinkKind.CONTRADICTS: ("cito:disagreesWith", 0.0),
}
_AMENDS = {Caution.RETRACTED: "cito:retracts", Caution.CONCERN: "gg:raisesConcernAbout", Caution.CORRECTED: "cito:corrects"}


def link_quads(links: Iterable[Link]) -> list[Quad]:
    """Links in the graphs of the papers that assert them; no blank node, the same for the same links."""
    quads = (Quad(each.subject, each.predicate, each.object, _graph(link.subject_paper)) for link in links for each in _triples(link))
    return list(dict.fromkeys(quads))


def key_quads(paper_id: str, keys: Iterable[str], *, factors: Iterable[str] = ()) -> list[Quad]:
    """What a paper is found by, and what it says of factors, in its links graph."""
    facts: dict[NamedNode, Values] = {term("gg:linkKey"): texts(keys), term("gg:factorKey"): texts(factors)}
    return [Quad(each.subject, each.predicate, each.object, _graph(paper_id)) for each in about(NamedNode(paper_iri(paper_id)), facts)]


def link_iri(link: Link) -> str:
    """The IRI of a link: its kind and both ends name it."""
    return data_iri(
        "link", link.subject_paper, link.kind.value.replace("_", "-"), *_place(link.subject), link.object_paper, *_place(link.object)
    )


def end_iri(end: str) -> str:
    """The IRI of an end of a link, which is a finding's IRI or a paper's id."""
    return end if end.startswith(BASE) else paper_iri(end)


def _triples(link: Link) -> Iterator[Triple]:
    node = NamedNode(link_iri(link))
    reasons = [(NamedNode(f"{node.value}/because/{place}"), place, each) for place, each in enumerate(link.because, 1)]
    differences = [(NamedNode(f"{node.value}/differs/{place}"), place, each) for place, each in enumerate(link.differing, 1)]
    facts: dict[NamedNode, Values] = {
        A: term("gg:Link"),
        term("gg:linkKind"): closed(link.kind, "link_kind"),
        term("gg:linkSubject"): NamedNode(end_iri(link.subject)),
        term("gg:linkObject"): NamedNode(end_iri(link.object)),
        term("gg:subjectPaper"): NamedNode(paper_iri(link.subject_paper)),
        term("gg:objectPaper"): NamedNode(paper_iri(link.object_paper)),
        term("gg:score"): double(link.score),
        term("gg:because"): [reason for reason, _, _ in reasons],
        term("gg:differs"): [difference for difference, _, _ in differences],
        term("gg:subjectSentence"): text(link.subject_sentence),
        term("gg:objectSentence"): text(link.object_sentence),
    }
    yield from about(node, facts)
    for reason, place, stated in reasons:
        yield from _reason(reason, place, stated)
    for difference, place, told in differences:
        yield from _difference(difference, place, told)
    for name in _short_names(link):
        yield Triple(NamedNode(end_iri(link.subject)), term(name), NamedNode(end_iri(link.object)))


def _reason(node: NamedNode, place: int, reason: LinkReason) -> Iterator[Triple]:
    yield from about(
        node,
        {
            A: term("gg:LinkReason"),
            term("gg:position"): integer(place),
            term("gg:sign"): text(reason.sign),
            term("gg:message"): text(reason.text),
            term("gg:weight"): double(reason.weight),
        },
    )


def _difference(node: NamedNode, place: int, difference: Difference) -> Iterator[Triple]:
    yield from about(
        node,
        {
            A: term("gg:Difference"),
            term("gg:position"): integer(place),
            term("gg:factor"): text(difference.factor),
            term("gg:subjectSays"): text(difference.subject),
            term("gg:objectSays"): text(difference.object),
            term("gg:separation"): double(difference.separation),
        },
    )


def _short_names(link: Link) -> Iterator[str]:
    """The properties by which a link is stated as one triple."""
    if link.kind in _SHORT:
        name, least = _SHORT[link.kind]
        if link.score >= least:
            yield name
    elif link.kind is LinkKind.AMENDS:
        yield from (_AMENDS[Caution(each.sign)] for each in link.because)


def _place(end: str) -> tuple[str, ...]:
    """What names a finding within its paper; nothing for a paper."""
    return (end.rpartition("/")[2],) if end.startswith(BASE) else ()


def _graph(paper_id: str) -> NamedNode:
    return NamedNode(graph_iri("links", paper_id))
