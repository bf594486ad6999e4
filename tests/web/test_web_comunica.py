"""Comunica, a SPARQL client in JavaScript, asks the endpoint. It comes by npm, so only where that is asked for:

GRAFTGRAPH_NPM=1 pytest -m npm
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_world import build_store, serving

pytestmark = pytest.mark.npm

#: Versions from 5 on need a newer Node than Debian has.
COMUNICA = "@comunica/query-sparql@4.5.0"
PAPERS = "SELECT ?paper WHERE { GRAPH ?g { ?paper a <https://w3id.org/graftgraph/ontology/Paper> } } ORDER BY ?paper"
FACTS = "CONSTRUCT { ?paper a ?kind } WHERE { GRAPH <https://w3id.org/graftgraph/graph/paper/pmid-101> { ?paper a ?kind } } LIMIT 5"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    npm = shutil.which("npm")
    if os.environ.get("GRAFTGRAPH_NPM") != "1" or npm is None:
        pytest.skip("Comunica comes by npm: install Node and set GRAFTGRAPH_NPM=1")
    folder = tmp_path_factory.mktemp("npm")
    subprocess.run([npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", COMUNICA], cwd=folder, check=True, capture_output=True)
    return folder / "node_modules" / ".bin" / "comunica-sparql"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(build_store(tmp_path_factory.mktemp("comunica") / "store")) as address:
        yield f"{address}/sparql"


def ask(client: Path, source: str, *query: str) -> str:
    done = subprocess.run([client, source, *query], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("source", ["sparql@{}", "{}"], ids=["told that it is an endpoint", "finding out by itself"])
def test_comunica_asks_it(client: Path, endpoint: str, source: str) -> None:
    found = json.loads(ask(client, source.format(endpoint), PAPERS, "-t", "application/json"))
    assert [each["paper"] for each in found] == [f"https://w3id.org/graftgraph/paper/{name}" for name in ("pmid-101", "pmid-102")]
    assert "<https://w3id.org/graftgraph/ontology/" in ask(client, source.format(endpoint), FACTS)
