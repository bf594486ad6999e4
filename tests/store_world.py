"""Papers, a vocabulary and servers that the tests of stores share."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from requests.auth import HTTPDigestAuth

from kg.model import Extraction, Finding, Link, LinkReason, Outcome, Paper, Registration, RelatedNotice, Span, Study
from kg.namespaces import PREFIXES, graph_iri, paper_iri, sha256_hex
from kg.rdf import Run, paper_quads
from kg.rdf.write import sorted_nquads
from kg.schemes import Concept
from kg.store import PaperGraphs, RemoteStore, Server, Store, oxigraph_server, virtuoso_server
from kg.store.papers import PaperStore
from kg.store.reading import read_rows
from kg.vocabulary import Vocabulary

GG, GGV = PREFIXES["gg"], PREFIXES["ggv"]
SUMMARY = graph_iri("summary")
TEXT = "MSC lowered GVHD."

_PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
_CELLS = """
ggv:msc skos:inScheme ggv:scheme-cell-type .
ggv:uc-msc skos:inScheme ggv:scheme-cell-type ; skos:broader ggv:msc .
ggv:bm-msc skos:inScheme ggv:scheme-cell-type ; skos:broader ggv:msc .
ggv:hsc skos:inScheme ggv:scheme-cell-type .
ggv:ruxolitinib skos:inScheme ggv:scheme-drug .
"""
_OUTCOMES = """
ggv:survival skos:inScheme ggv:scheme-outcome ; gg:desirable ggv:desirable-higher .
ggv:early-survival skos:inScheme ggv:scheme-outcome ; skos:broader ggv:survival .
ggv:incidence-of-gvhd skos:inScheme ggv:scheme-outcome ; gg:desirable ggv:desirable-lower ; gg:measures ggv:gvhd .
ggv:gvhd skos:inScheme ggv:scheme-condition ; gg:desirable ggv:desirable-lower .
ggv:t-cell-count skos:inScheme ggv:scheme-outcome ; gg:desirable ggv:desirable-none .
"""
_OTHER_OUTCOMES = _OUTCOMES.replace("; gg:measures ggv:gvhd", "").replace("desirable-higher", "desirable-lower")

_LOOKED_UP = Vocabulary({"human": Concept("human", "species", "human"), "mouse": Concept("mouse", "species", "mouse")})


def vocabulary(text: str = _CELLS + _OUTCOMES) -> list[Quad]:
    graph = NamedNode(graph_iri("vocabulary"))
    return [Quad(each.subject, each.predicate, each.object, graph) for each in parse(_PREFIXES + text, RdfFormat.TURTLE)]


def other_vocabulary() -> list[Quad]:
    """No outcome measures GVHD, and survival should be low."""
    return vocabulary(_CELLS + _OTHER_OUTCOMES)


def finding(
    outcome: str | None = "incidence-of-gvhd",
    direction: str = "decreased",
    *,
    significant: bool | None = True,
    cells: Sequence[str] = ("msc",),
    against: Sequence[str] = (),
    kind: str = "effect",
    population: str | None = None,
    timepoint: str | None = "P1Y",
) -> Finding:
    return Finding(
        kind=kind,
        outcome=Outcome(text="GVHD", label="GVHD", concept=outcome, start=12, end=16),
        direction=direction,
        significant=significant,
        intervention_concepts=tuple(cells),
        comparator_concepts=tuple(against),
        population=population,
        timepoint=timepoint,
        evidence=Span(start=0, end=len(TEXT)),
    )


def paper(
    paper_id: str,
    *findings: Finding,
    design: str | None = "rct",
    species: str | None = "human",
    registrations: Sequence[str] = (),
    is_retracted: bool = False,
    notices: Sequence[str] = (),
    title: str = "A trial",
    links: Sequence[Quad] = (),
) -> PaperGraphs:
    record = Paper(
        id=paper_id,
        title=title,
        text=TEXT,
        source_format="text",
        sha256=sha256_hex(TEXT),
        registrations=tuple(Registration(number=number) for number in registrations),
        publication_types=("Retracted Publication",) if is_retracted else (),
        notices=tuple(RelatedNotice(kind=kind, pmid="9") for kind in notices),
    )
    extraction = Extraction(id=paper_id, paper=paper_id, study=Study(design=design, species=species), findings=findings)
    return PaperGraphs(paper_id, paper_quads(record, extraction, run=Run("rules", "0", "v1"), vocabulary=_LOOKED_UP), links)


def link(paper_id: str, other: str) -> Quad:
    graph = NamedNode(graph_iri("links", paper_id))
    return Quad(NamedNode(paper_iri(paper_id)), NamedNode(PREFIXES["cito"] + "agreesWith"), NamedNode(paper_iri(other)), graph)


def tie(kind: str, subject: str, other: str, sign: str = "title") -> Link:
    """A link between two papers."""
    because = (LinkReason(sign=sign, text="so it is", weight=0.9),)
    return Link(kind=kind, subject=subject, object=other, subject_paper=subject, object_paper=other, because=because)


def filled(store: PaperStore, *papers: PaperGraphs) -> PaperStore:
    store.replace_vocabulary(vocabulary(), "v1")
    store.add_papers(papers)
    return store


def shortcuts(store: Store) -> set[str]:
    """Shortcuts of the summary: "msc decreases incidence-of-gvhd"."""
    names = "gg:increases, gg:decreases, gg:noDifferenceIn, gg:mixed"
    rows = store.select(f"PREFIX gg: <{GG}> SELECT ?s ?p ?o {{ GRAPH <{SUMMARY}> {{ ?s ?p ?o }} FILTER(?p IN ({names})) }}").rows
    return {" ".join(term.value.rpartition("/")[2] for term in row if isinstance(term, NamedNode)) for row in rows}


def counts(store: Store, cell: str = "msc", outcome: str = "incidence-of-gvhd", setting: str = "human") -> dict[str, int]:
    """Cohorts in a summary row by what they say, what is zero left out; empty where there is no row."""
    row = graph_iri("").removesuffix("graph/") + f"summary/{cell}/{outcome}/{setting}"
    rows = store.select(f"SELECT ?p ?o {{ GRAPH <{SUMMARY}> {{ <{row}> ?p ?o }} }}").rows
    named = [(p.value.removeprefix(GG), o.value) for p, o in rows if isinstance(p, NamedNode) and isinstance(o, Literal)]
    return {
        name: int(value)
        for name, value in named
        if name.endswith("Count") and not name.startswith(("significant", "tested")) and int(value) != 0
    }


def check_whole(store: PaperStore) -> None:
    """Every graph of a paper equals its row, every row has its graph, and the summary equals one that is rebuilt."""
    before = store.dump()
    graphs: dict[str, list[Quad]] = {}
    for quad in parse(before, RdfFormat.N_QUADS):
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    parts = {name: quads for name, quads in graphs.items() if "/graph/paper/" in name or "/graph/links/" in name}
    rows = {name: row for name, row in read_rows(store.select).items() if name in parts or "/graph/vocabulary" not in name}
    assert {name: (row.quads, row.sha256) for name, row in rows.items()} == {
        name: (len(quads), sha256_hex(sorted_nquads(quads).decode())) for name, quads in parts.items()
    }
    store.rebuild_summary()
    assert store.dump() == before


# ---------------------------------------------------------------- engines


@dataclass(frozen=True)
class Engine:
    """A kind of store, and in what it differs from the standards or from the others; ``docs/stores.md`` tells the same."""

    name: str
    #: Literals that come back in another form: written -> read, as N-Triples.
    rewrites: Mapping[str, str] = field(default_factory=dict)
    #: The same where a dump differs from a query.
    dump_rewrites: Mapping[str, str] = field(default_factory=dict)
    #: True when a pattern outside GRAPH sees all graphs.
    default_graph_is_union: bool = False
    #: Most rows of one answer, as the server is set up here.
    row_limit: int | None = None
    #: True when whatever is stored comes back byte for byte.
    is_faithful: bool = True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph() -> Iterator[Server]:
    """A new Oxigraph server, in memory."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--bind", f"127.0.0.1:{port}"]
    with running(command, f"http://127.0.0.1:{port}/"):
        yield oxigraph_server(f"http://127.0.0.1:{port}/")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """A new Virtuoso server whose files are in the folder."""
    binary = shutil.which("virtuoso-t")
    if binary is None:
        pytest.skip("virtuoso-t not found: Debian's package virtuoso-opensource-7 has it")
    port, sql_port = free_port(), free_port()
    files = {"DatabaseFile": "db", "ErrorLogFile": "log", "LockFile": "lck", "TransactionFile": "trx", "xa_persistent_file": "pxa"}
    (folder / "virtuoso.ini").write_text(
        "[Database]\n"
        + "".join(f"{key} = {folder}/virtuoso.{suffix}\n" for key, suffix in files.items())
        + f"[TempDatabase]\nDatabaseFile = {folder}/temp.db\nTransactionFile = {folder}/temp.trx\n"
        f"[Parameters]\nServerPort = 127.0.0.1:{sql_port}\nDisableUnixSocket = 1\nCheckpointInterval = 0\nCaseMode = 2\n"
        f"[HTTPServer]\nServerPort = 127.0.0.1:{port}\nServerRoot = {folder}\nServerThreads = 5\n"
        "[SPARQL]\nResultSetMaxRows = 10000\n"
    )
    with running([binary, "+foreground", "+configfile", str(folder / "virtuoso.ini")], f"http://127.0.0.1:{port}/sparql"):
        yield virtuoso_server(f"http://127.0.0.1:{port}")


@contextmanager
def running(command: Sequence[str], url: str) -> Iterator[None]:
    """A server process until the block ends; starts when the address answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                requests.get(url, timeout=5)
                break
            except requests.ConnectionError:
                with_patience(process)
        else:
            pytest.fail(f"{command[0]} did not start")
        yield
    finally:
        process.kill()
        process.wait()


def with_patience(process: subprocess.Popen[bytes]) -> None:
    """Wait a moment; fail when the process has ended."""
    try:
        code = process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return
    pytest.fail(f"the server ended with code {code}")


def session_for(server: Server) -> requests.Session:
    session = requests.Session()
    if "sparql-auth" in server.query_url:
        session.auth = HTTPDigestAuth("dba", "dba")
    return session


def clear(server: Server) -> None:
    """Drop every graph of ours."""
    with session_for(server) as session:
        store = RemoteStore(server, session=session)
        ours = f'FILTER(STRSTARTS(STR(?g), "{graph_iri("")}"))'
        for (graph,) in store.select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {ours} }}").rows:
            text = f"DROP SILENT GRAPH {graph}"
            session.post(server.update_url, data=text, headers={"Content-Type": "application/sparql-update"}, timeout=30).raise_for_status()
