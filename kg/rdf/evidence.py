"""The sentence behind a finding as a Web Annotation, and the run that read it.

W3C Web Annotation Data Model, sections 4.2.4 and 4.2.5. Offsets are xsd:integer, since stores do not keep
xsd:nonNegativeInteger apart from it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from kg.model import Span
from kg.rdf.reading import Reading, span_key
from kg.rdf.terms import LABEL, A, about, date_time, integer, term, text, thing

#: Characters kept before and after a quote, so that it is found again in another copy of the text.
_CONTEXT = 32


@dataclass(frozen=True)
class Run:
    """One extraction run; everything about it is an argument, the clock too."""

    #: Name of the engine: "rules".
    engine: str
    version: str
    #: ``Vocabulary.sha256``.
    vocabulary: str
    #: ISO 8601 with a time zone; without it the graph does not say when, so that the same input gives the same bytes.
    time: str | None = None

    @property
    def node(self) -> NamedNode:
        """The run, named by all that makes it differ from another."""
        key = "\n".join((self.engine, self.version, self.vocabulary, *(moment.value for moment in self.moments)))
        return thing("run", hashlib.sha256(key.encode()).hexdigest()[:16])

    @property
    def moments(self) -> list[Literal]:
        """The time as xsd:dateTime, or nothing."""
        return [] if self.time is None else [date_time(self.time)]


def run_triples(reading: Reading, run: Run) -> Iterator[Triple]:
    """The run and the software that did it."""
    agent = thing("engine", run.engine, run.version)
    yield from about(
        run.node,
        {
            A: term("gg:ExtractionRun"),
            term("prov:used"): reading.text_node or reading.paper_node,
            term("prov:wasAssociatedWith"): agent,
            term("prov:startedAtTime"): run.moments,
            term("gg:vocabularyHash"): text(run.vocabulary),
        },
    )
    name = {A: term("prov:SoftwareAgent"), LABEL: text(run.engine), term("gg:softwareVersion"): text(run.version)}
    yield from about(agent, name)


def evidence_triples(reading: Reading, key: str, span: Span) -> Iterator[Triple]:
    """The annotation that ties a finding to its sentence."""
    place = span_key(span.start, span.end)
    target, quote, position = (reading.node(kind, place) for kind in ("target", "quote", "position"))
    yield from about(
        reading.node("evidence", key),
        {
            A: term("oa:Annotation"),
            term("oa:hasBody"): reading.node("finding", key),
            term("oa:hasTarget"): target,
            term("oa:motivatedBy"): term("oa:describing"),
        },
    )
    yield from about(
        target,
        {A: term("oa:SpecificResource"), term("oa:hasSource"): reading.text_node, term("oa:hasSelector"): (quote, position)},
    )
    whole = reading.paper.text
    yield from about(
        quote,
        {
            A: term("oa:TextQuoteSelector"),
            term("oa:exact"): text(reading.quote(span.start, span.end)),
            term("oa:prefix"): text(whole[max(0, span.start - _CONTEXT) : span.start]),
            term("oa:suffix"): text(whole[span.end : span.end + _CONTEXT]),
        },
    )
    yield from about(
        position, {A: term("oa:TextPositionSelector"), term("oa:start"): integer(span.start), term("oa:end"): integer(span.end)}
    )
