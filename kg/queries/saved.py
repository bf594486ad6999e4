"""``queries/*.rq`` -> ``SavedQuery``: the SPARQL with what its header says of it.

A header is made of comment lines before the first line of SPARQL::

    # title: Null results
    # theme: effects
    # question: Q08
    # description: One line that says what a row is.
    # parameter: outcome
    #   kind: outcome or condition
    #   description: only this outcome, narrower ones included
    #   example: incidence of chronic GVHD

Each parameter has one line ``VALUES ?outcome { UNDEF }`` in the query, and nothing else on that line.
"""

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from kg.errors import QueryError

#: Kinds of parameter that are no concept of the vocabulary.
PLAIN_KINDS = ("text", "integer", "number", "paper")
#: A concept of whatever scheme.
ANY_KIND = "any"

_PARAMETER_LINE = re.compile(r"^[ \t]*VALUES \?(\w+) \{ UNDEF \}[ \t]*$", re.MULTILINE)
_HEADER_LINE = re.compile(r"#\s*(\w+):\s*(.*)")
_QUERY_FIELDS = ("title", "theme", "question", "description")
_PARAMETER_FIELDS = ("kind", "description", "example")


@dataclass(frozen=True)
class Parameter:
    """What a query may be narrowed by; unset, it narrows nothing."""

    name: str
    #: "text", "integer", "number", "paper", "any", or the schemes whose concepts it takes, first choice first.
    kinds: tuple[str, ...]
    description: str
    example: str


@dataclass(frozen=True)
class SavedQuery:
    """A question with its SPARQL."""

    #: File name without ``.rq``.
    name: str
    title: str
    description: str
    #: Id in ``docs/questions.md``; None for one that is not listed there.
    question: str | None
    parameters: tuple[Parameter, ...]
    text: str
    #: What it is listed under; None for a query of the user's own.
    theme: str | None = None

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name.

        Raises:
            QueryError: there is none; the message lists those there are.
        """
        for each in self.parameters:
            if each.name == name:
                return each
        allowed = ", ".join(each.name for each in self.parameters) or "none"
        raise QueryError(f"no parameter {name!r}", location=self.name, remedy=f"Parameters: {allowed}")


def list_queries(folder: Path) -> tuple[SavedQuery, ...]:
    """All queries of a folder, by name.

    Raises:
        QueryError: a file cannot be read, its header lacks a field, or header and ``VALUES`` lines name other parameters.
    """
    return tuple(read_query(path) for path in sorted(folder.glob("*.rq")))


def find_query(folder: Path, name: str) -> SavedQuery:
    """The query of that name.

    Raises:
        QueryError: there is none; the remedy names the nearest.
    """
    queries = {each.name: each for each in list_queries(folder)}
    if name in queries:
        return queries[name]
    near = get_close_matches(name, queries, n=3, cutoff=0.5)
    remedy = f"Did you mean {' or '.join(near)}?" if near else "List the saved queries with `kg query`"
    raise QueryError(f"no saved query {name!r}", remedy=remedy)


def read_query(path: Path) -> SavedQuery:
    """One file.

    Raises:
        QueryError: as ``list_queries``.
    """
    text = _read_text(path)
    fields, parameters = _read_header(text, location=path.name)
    lines = _PARAMETER_LINE.findall(text)
    if sorted(lines) != sorted(each.name for each in parameters):
        stated = ", ".join(each.name for each in parameters) or "none"
        message = f"header names parameters {stated}, VALUES lines {', '.join(lines) or 'none'}"
        raise QueryError(message, location=path.name, remedy="Give each parameter one line VALUES ?name { UNDEF }")
    return SavedQuery(path.stem, fields["title"], fields["description"], fields.get("question"), parameters, text, fields.get("theme"))


def read_own_query(path: Path) -> SavedQuery:
    """A file of the user's own; it needs no header.

    Raises:
        QueryError: it cannot be read, or its header has a field that is none.
    """
    return unnamed_query(_read_text(path), name=str(path))


def unnamed_query(text: str, *, name: str) -> SavedQuery:
    """A query of the user's own; parameters in its header count, and none is needed."""
    fields, parameters = _header_fields(text, location=name)
    title = fields.get("title", name)
    return SavedQuery(name, title, fields.get("description", title), fields.get("question"), parameters, text)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise QueryError(f"cannot be read: {exc.strerror}", location=str(path)) from exc
    except UnicodeDecodeError as exc:
        raise QueryError(f"is no text in UTF-8: {exc.reason} at byte {exc.start}", location=str(path)) from exc


def _read_header(text: str, *, location: str) -> tuple[dict[str, str], tuple[Parameter, ...]]:
    fields, parameters = _header_fields(text, location=location)
    for field in ("title", "description"):
        if not fields.get(field):
            raise QueryError(f"header has no {field}", location=location, remedy=f"Add a line '# {field}: …'")
    return fields, parameters


def _header_fields(text: str, *, location: str) -> tuple[dict[str, str], tuple[Parameter, ...]]:
    fields: dict[str, str] = {}
    parameters: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            break
        match = _HEADER_LINE.match(line)
        if match is None:
            continue
        name, value = match[1], match[2].strip()
        if name == "parameter":
            parameters.append(Parameter(value, (), "", ""))
        elif parameters and name in _PARAMETER_FIELDS:
            parameters[-1] = _with_field(parameters[-1], name, value)
        elif not parameters and name in _QUERY_FIELDS:
            fields[name] = value
        else:
            raise QueryError(f"header has an unknown field {name!r}", location=location, record=f"line {number}")
    for each in parameters:
        if not (each.kinds and each.description and each.example):
            raise QueryError(f"parameter {each.name!r} lacks kind, description or example", location=location)
    return fields, tuple(parameters)


def _with_field(parameter: Parameter, name: str, value: str) -> Parameter:
    if name == "kind":
        return replace(parameter, kinds=tuple(re.split(r",\s*|\s+or\s+", value)))
    return replace(parameter, description=value) if name == "description" else replace(parameter, example=value)
