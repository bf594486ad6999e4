"""RDF terms and statements: how a value of a record becomes a node of a graph.

Literals are written in the form in which Oxigraph keeps them (``0.021`` and not ``2.1E-2``, ``P1Y`` and not ``P12M``, Z and not
+00:00): what is read back from a store is, byte for byte, what was written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from functools import cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import GG, PREFIXES, concept_iri, data_iri, notation_iri

#: A node that a statement may end in; none is blank.
Node = NamedNode | Literal
#: The values of one predicate; None and an empty collection state nothing.
Values = Node | Iterable[Node] | None

_NUMBER = r"\d+(?:[.,]\d+)?"
_DURATION = re.compile(
    rf"P(?=[\dT])(?:(?P<years>{_NUMBER})Y)?(?:(?P<months>{_NUMBER})M)?(?:(?P<weeks>{_NUMBER})W)?(?:(?P<days>{_NUMBER})D)?"
    rf"(?:T(?=\d)(?:(?P<hours>{_NUMBER})H)?(?:(?P<minutes>{_NUMBER})M)?(?:(?P<seconds>{_NUMBER})S)?)?",
    re.ASCII,
)
#: A mean month of the Gregorian calendar, 30.4375 days; xsd:duration has no fraction of a month.
_DAYS_PER_MONTH = Fraction(487, 16)
_DATES = (
    (re.compile(r"\d{4}", re.ASCII), "gYear"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII), "gYearMonth"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII), "date"),
)


@cache
def term(name: str) -> NamedNode:
    """A term by its prefixed name; one of ours must be declared in ``kg.namespaces``."""
    prefix, local = name.split(":", 1)
    return NamedNode(GG[local] if prefix == "gg" else PREFIXES[prefix] + local)


A = term("rdf:type")
LABEL = term("rdfs:label")


def about(subject: NamedNode, facts: Mapping[NamedNode, Values]) -> Iterator[Triple]:
    """One statement per value, in the order given."""
    for predicate, values in facts.items():
        if isinstance(values, NamedNode | Literal):
            yield Triple(subject, predicate, values)
        elif values is not None:
            for value in values:
                yield Triple(subject, predicate, value)


def quoted(value: str) -> str:
    """The value as part of an IRI, percent-encoded."""
    return quote(value, safe="-._~")


def thing(kind: str, *parts: str | int) -> NamedNode:
    """The node of something that a paper says, named by paper id and place."""
    return NamedNode(data_iri(kind, *parts))


def concept(slug: str) -> NamedNode:
    """The node of a vocabulary concept."""
    return NamedNode(concept_iri(quoted(slug)))


def concepts(slugs: Iterable[str]) -> list[NamedNode]:
    """The nodes of vocabulary concepts."""
    return [concept(slug) for slug in slugs]


def closed(value: StrEnum | str | None, scheme: str) -> NamedNode | None:
    """The node of a value of a closed set, None where nothing is stated."""
    return None if value is None else NamedNode(notation_iri(quote(value, safe="-._~/"), scheme))


def text(value: str | None) -> Literal | None:
    """A string."""
    return None if value is None else Literal(value)


def texts(values: Iterable[str]) -> list[Literal]:
    """Strings."""
    return [Literal(value) for value in values]


def integer(value: int | None) -> Literal | None:
    """A count or position as xsd:integer."""
    return None if value is None else Literal(str(value), datatype=term("xsd:integer"))


def double(value: float | None) -> Literal | None:
    """A measured number as xsd:double."""
    return None if value is None else Literal(float(value))


def date(value: str | None) -> Literal | None:
    """A year, month or day with its XSD type; anything else stays a plain string, which the shapes refuse."""
    if value is None:
        return None
    for pattern, datatype in _DATES:
        if pattern.fullmatch(value):
            return Literal(value, datatype=term(f"xsd:{datatype}"))
    return Literal(value)


def date_time(value: str) -> Literal:
    """A moment as xsd:dateTime in UTC.

    Raises:
        ValueError: not ISO 8601, or without a time zone.
    """
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return Literal(moment.astimezone(UTC).isoformat().replace("+00:00", "Z"), datatype=term("xsd:dateTime"))


def duration(value: str | None) -> Literal | None:
    """An ISO 8601 duration as canonical xsd:duration; anything else stays a plain string, which the shapes refuse.

    Weeks become days. A fraction of a month becomes whole days: ``P12.9M`` is ``P1Y27D``.
    """
    if value is None:
        return None
    match = _DURATION.fullmatch(value)
    if match is None:
        return Literal(value)
    part = {name: Fraction((number or "0").replace(",", ".")) for name, number in match.groupdict().items()}
    months = part["years"] * 12 + part["months"]
    days = part["weeks"] * 7 + part["days"] + round(months % 1 * _DAYS_PER_MONTH)
    seconds = ((days * 24 + part["hours"]) * 60 + part["minutes"]) * 60 + part["seconds"]
    return Literal(_canonical_duration(int(months), round(seconds)), datatype=term("xsd:duration"))


def _canonical_duration(months: int, seconds: int) -> str:
    """XSD 1.1 part 2, E.2: months as years and months, seconds as days to seconds, zeros left out."""
    days, seconds = divmod(seconds, 24 * 60 * 60)
    date_part = _units((months // 12, "Y"), (months % 12, "M"), (days, "D"))
    time_part = _units((seconds // 3600, "H"), (seconds // 60 % 60, "M"), (seconds % 60, "S"))
    if not date_part and not time_part:
        return "PT0S"
    return f"P{date_part}T{time_part}" if time_part else f"P{date_part}"


def _units(*parts: tuple[int, str]) -> str:
    return "".join(f"{number}{unit}" for number, unit in parts if number)
