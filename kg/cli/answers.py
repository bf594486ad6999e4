"""Ask a store, and write the answer; an answer without rows says what would have been there.

Imported inside command functions only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from textwrap import fill
from typing import TYPE_CHECKING

from kg.bundled import SAMPLE_NOTICE
from kg.cli.console import misuse
from kg.cli.parts import default_vocabulary
from kg.cli.reading_view import reading_view
from kg.cli.tables import RowFormat, render_rows
from kg.namespaces import GG, graph_iri
from kg.queries import Rows, SavedQuery, ask, bind, list_papers, name_papers

if TYPE_CHECKING:
    from kg.store import Store

_NOTICE = f"SELECT ?notice WHERE {{ GRAPH <{graph_iri('dataset')}> {{ ?dataset <{GG['notice']}> ?notice }} }}"
_SIZE = (
    "SELECT (COUNT(DISTINCT ?paper) AS ?papers) (COUNT(DISTINCT ?finding) AS ?findings) WHERE { GRAPH ?graph { "
    f"{{ ?paper a <{GG['Paper']}> }} UNION {{ ?finding a <{GG['Finding']}> }} }} }}"
)
_WIDTH = 80
_KIND_COLUMNS = frozenset({"text_kind", "text_kinds"})


@dataclass(frozen=True)
class Answer:
    """What goes to standard output, and what is said beside it."""

    text: str
    remark: str = ""


@dataclass(frozen=True)
class Question:
    """A query with what it is narrowed by."""

    query: SavedQuery
    parameters: Mapping[str, str]
    #: Whether papers count that were retracted or are doubted.
    include_withdrawn: bool = False

    @property
    def sparql(self) -> str:
        """The SPARQL to run."""
        return bind(self.query, self.parameters, default_vocabulary(), include_withdrawn=self.include_withdrawn)


def answer_with_rows(store: "Store", question: Question, form: RowFormat) -> Answer:
    """The rows in that format; where there are none, why, and what would be there."""
    rows = _ask(store, question)
    notice = _notice(store, rows)
    if not rows.rows:
        why = "".join(f"{fill(line, _WIDTH)}\n" for line in _nothing(store, question))
        return Answer(render_rows(rows.columns, (), form), why) if form.is_data else Answer(why)
    if form.is_data:
        return Answer(render_rows(rows.columns, rows.rows, form, notice=notice))
    head, texts = reading_view(rows.columns, rows.rows, name_papers(list_papers(store)) if "paper" in "".join(rows.columns) else {})
    return Answer(render_rows(head, texts, form, notice=notice))


def answer_with_triples(store: "Store", question: Question) -> Answer:
    """The triples of a CONSTRUCT or DESCRIBE as Turtle."""
    from pyoxigraph import Quad

    from kg.rdf import sorted_trig
    from kg.store import Statements

    answer = store.query(question.sparql)
    if not isinstance(answer, Statements):
        misuse(f"{question.query.name} answers with rows; choose another format than ttl")
    # TriG with nothing but a default graph is Turtle.
    text = sorted_trig(Quad(each.subject, each.predicate, each.object) for each in answer.triples).decode("utf-8")
    return Answer(text, "" if text else f"No triples. {_hint(question.query)}".rstrip())


def _ask(store: "Store", question: Question) -> Rows:
    return ask(store, question.sparql, location=question.query.name)


def _notice(store: "Store", rows: Rows) -> str | None:
    """The sample notice where rows rest on digests; where rows do not say what they rest on, what the store says of itself."""
    if _KIND_COLUMNS & set(rows.columns):
        return SAMPLE_NOTICE if rows.quotes_digests else None
    said = ask(store, _NOTICE, location="notice").rows
    return str(said[0][0]) if said and rows.rows else None


def _nothing(store: "Store", question: Question) -> Iterator[str]:
    query, parameters = question.query, question.parameters
    papers, findings = ask(store, _SIZE, location="size of the store").rows[0]
    asked = ", ".join(f"{name} = {value}" for name, value in parameters.items())
    yield f"Not in this corpus: {query.title}{f', with {asked}' if asked else ''}."
    if papers == 0:
        yield "The store holds no papers: add some with kg add, or build it anew with kg build."
        return
    counts = f"{papers} {'paper' if papers == 1 else 'papers'} with {findings} {'finding' if findings == 1 else 'findings'}"
    yield f"The corpus has {counts}. {query.description if query.theme is not None else _hint(query)}".rstrip()
    for name in parameters:
        others = {other: value for other, value in parameters.items() if other != name}
        count = len(_ask(store, replace(question, parameters=others)).rows)
        yield f"Without {name} = {parameters[name]}: {count} {'row' if count == 1 else 'rows'}"


def _hint(query: SavedQuery) -> str:
    """What most often makes one's own SPARQL find nothing."""
    return "" if "GRAPH" in query.text.upper() else "Nothing is outside the named graphs: put every pattern inside GRAPH ?g { … }."
