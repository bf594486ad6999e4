"""The paper itself: identifiers, authors, indexing, notices, registrations, and the texts that come with it."""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.model import Author, MeshHeading, OtherAbstract, Paper, RelatedNotice, Section, TextKind
from kg.namespaces import PREFIXES, paper_iri, sha256_hex
from kg.rdf.flags import Retraction
from kg.rdf.reading import Reading, span_key, text_node
from kg.rdf.terms import LABEL, A, Values, about, closed, date, integer, quoted, term, text, texts, thing
from kg.read.identifiers import paper_id


def paper_triples(reading: Reading) -> Iterator[Triple]:
    """All that is said of the paper and its texts."""
    paper = reading.paper
    yield from about(reading.paper_node, {A: term("gg:Paper"), **_identity(paper), **_publication(paper), **_parts(reading)})
    for position, author in enumerate(paper.authors, 1):
        yield from _author(reading.node("author", position), position, author)
    for number, heading in enumerate(paper.mesh, 1):
        yield from _heading(reading, number, heading)
    for number, notice in enumerate(paper.notices, 1):
        yield from _notice(reading.node("notice", number), notice)
    for registration in paper.registrations:
        yield from registration_triples(reading, registration.number, registration.registry)
    yield from _text(reading)
    for other in paper.other_abstracts:
        yield from _other_text(reading, other)


def registration_triples(reading: Reading, number: str, registry: str | None = None) -> Iterator[Triple]:
    """A trial registration; the same number in the record and in the text is one node."""
    facts = {A: term("gg:Registration"), term("gg:registrationNumber"): text(number), term("gg:registry"): text(registry)}
    yield from about(registration_node(reading, number), facts)


def registration_node(reading: Reading, number: str) -> NamedNode:
    """The node of a registration number as printed."""
    return reading.node("registration", number)


def _identity(paper: Paper) -> dict[NamedNode, Values]:
    return {
        term("dcterms:identifier"): text(paper.id),
        term("fabio:hasPubMedId"): text(paper.pmid),
        term("fabio:hasPubMedCentralId"): text(paper.pmcid),
        term("prism:doi"): text(paper.doi),
        term("gg:localId"): text(paper.local_id),
    }


def _publication(paper: Paper) -> dict[NamedNode, Values]:
    return {
        term("dcterms:title"): text(paper.title),
        term("gg:firstAuthor"): text(paper.first_author),
        term("gg:journal"): text(paper.journal),
        term("gg:year"): integer(paper.year),
        term("dcterms:issued"): date(paper.date),
        term("gg:datePrinted"): text(paper.date_printed),
        term("dcterms:language"): text(paper.language),
        term("gg:publicationType"): texts(paper.publication_types),
        term("gg:keyword"): texts(paper.keywords),
        term("gg:retraction"): closed(Retraction.RETRACTED, "retraction") if paper.is_retracted else None,
    }


def _parts(reading: Reading) -> dict[NamedNode, Values]:
    paper = reading.paper
    return {
        term("gg:hasText"): reading.text_node,
        term("gg:otherAbstract"): [text_node(sha256_hex(other.text)) for other in paper.other_abstracts],
        term("gg:hasAuthor"): [reading.node("author", position) for position, _ in enumerate(paper.authors, 1)],
        term("gg:meshTerm"): [_mesh_node(heading) for heading in paper.mesh],
        term("gg:majorMeshTerm"): [_mesh_node(heading) for heading in paper.mesh if heading.major],
        term("gg:qualifiedMeshTerm"): [reading.node("heading", number) for number, each in enumerate(paper.mesh, 1) if each.qualifiers],
        term("gg:hasNotice"): [reading.node("notice", number) for number, _ in enumerate(paper.notices, 1)],
        term("gg:hasRegistration"): [registration_node(reading, each.number) for each in paper.registrations],
        term("gg:hasStudy"): reading.study_node,
        term("gg:noFindingsReason"): text(reading.extraction.no_findings_reason),
    }


def _author(node: NamedNode, position: int, author: Author) -> Iterator[Triple]:
    yield from about(
        node,
        {
            A: term("gg:Author"),
            term("gg:position"): integer(position),
            term("gg:familyName"): text(author.family),
            term("gg:givenName"): text(author.given),
            term("gg:orcid"): None if author.orcid is None else NamedNode("https://orcid.org/" + quoted(author.orcid)),
        },
    )


def _mesh_node(heading: MeshHeading) -> NamedNode:
    """The descriptor, or a node of ours for a heading that came without its id."""
    return thing("mesh-heading", heading.label) if heading.ui is None else NamedNode(PREFIXES["mesh"] + quoted(heading.ui))


def _heading(reading: Reading, number: int, heading: MeshHeading) -> Iterator[Triple]:
    yield from about(_mesh_node(heading), {A: term("gg:MeshTerm"), LABEL: text(heading.label)})
    if heading.qualifiers:
        facts: dict[NamedNode, Values] = {A: term("gg:MeshHeading"), term("gg:meshTerm"): _mesh_node(heading)}
        facts[term("gg:meshQualifier")] = texts(heading.qualifiers)
        yield from about(reading.node("heading", number), facts)


def _notice(node: NamedNode, notice: RelatedNotice) -> Iterator[Triple]:
    is_known = notice.pmid is not None or notice.doi is not None
    yield from about(
        node,
        {
            A: term("gg:Notice"),
            term("gg:noticeKind"): closed(notice.kind, "notice"),
            term("gg:noticePaper"): NamedNode(paper_iri(paper_id(pmid=notice.pmid, pmcid=None, doi=notice.doi))) if is_known else None,
            term("fabio:hasPubMedId"): text(notice.pmid),
            term("prism:doi"): text(notice.doi),
            term("gg:citation"): text(notice.citation),
        },
    )


def _text(reading: Reading) -> Iterator[Triple]:
    paper, node = reading.paper, reading.text_node
    if node is None:
        return
    sections = reading.extraction.sections or paper.sections
    yield from about(
        node,
        {
            A: term("gg:Text"),
            term("gg:textKind"): closed(paper.text_kind, "text_kind"),
            term("gg:sha256"): text(paper.sha256),
            term("gg:length"): integer(len(paper.text)),
            term("gg:content"): text(paper.text) if reading.may_show_text else None,
            term("gg:licence"): text(paper.licence),
            term("gg:sourceFormat"): text(paper.source_format),
            term("gg:hasSection"): [_section_node(reading, section) for section in sections],
            term("prov:wasDerivedFrom"): reading.paper_node,
        },
    )
    for section in sections:
        yield from _section(reading, section)


def _section(reading: Reading, section: Section) -> Iterator[Triple]:
    reading.quote(section.start, section.end)
    yield from about(
        _section_node(reading, section),
        {
            A: term("gg:Section"),
            term("gg:sectionLabel"): closed(section.label, "section_label"),
            term("oa:start"): integer(section.start),
            term("oa:end"): integer(section.end),
        },
    )


def _section_node(reading: Reading, section: Section) -> NamedNode:
    return reading.node("section", span_key(section.start, section.end))


def _other_text(reading: Reading, other: OtherAbstract) -> Iterator[Triple]:
    sha256 = sha256_hex(other.text)
    yield from about(
        text_node(sha256),
        {
            A: term("gg:Text"),
            term("gg:textKind"): closed(TextKind.ABSTRACT, "text_kind"),
            term("gg:sha256"): text(sha256),
            term("gg:length"): integer(len(other.text)),
            term("gg:content"): text(other.text) if reading.paper.licence is not None else None,
            term("gg:licence"): text(reading.paper.licence),
            term("gg:abstractSource"): text(other.source),
            term("dcterms:language"): text(other.language),
            term("prov:wasDerivedFrom"): reading.paper_node,
        },
    )
