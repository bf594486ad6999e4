"""``kg fetch``, ``kg add`` by identifier, ``kg watch`` and ``kg reextract``, against services on this machine."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fetch_world import FakePaper, FakeServices, burst, make_papers
from pytest_httpserver import HTTPServer
from test_commands import KG, Done, kg

from kg.screen import parse_searches


@pytest.fixture
def world() -> FakeServices:
    return FakeServices(make_papers(3))


@pytest.fixture
def settings(world: FakeServices) -> Iterator[dict[str, str]]:
    """What a command needs to find the services."""
    with HTTPServer(threaded=True) as server:
        yield {
            **world.install(server),
            "GRAFTGRAPH_EMAIL": "moro@example.org",
            "GRAFTGRAPH_REQUESTS_PER_SECOND": "1000",
            "GRAFTGRAPH_FETCH_TIMEOUT_S": "20",
        }


@pytest.fixture
def run(settings: dict[str, str], tmp_path: Path):
    """Run a command in an empty folder."""

    def command(*arguments: str, stdin: str | None = None) -> Done:
        return kg(*arguments, stdin=stdin, cwd=tmp_path, **settings)

    return command


# ------------------------------------------------------------ fetch


def test_what_is_found_is_in_the_store(run, world: FakeServices) -> None:
    done = run("fetch", "stromal")
    assert (done.returncode, done.stderr) == (0, "fetch 1/3\nfetch 2/3\nfetch 3/3\n")
    assert done.stdout == "found                   3\nnew                     3\n"
    shown = run("show", "40000002")
    assert "trial 40000002" in shown.stdout
    assert "chronic GVHD: decreased" in shown.stdout


def test_a_bar_begins_when_it_is_known_how_many_papers_there_are(run, world: FakeServices) -> None:
    done = run("fetch", "stromal", "--source", "europepmc")
    assert (done.returncode, done.stderr) == (0, "fetch 3/3\n")


@pytest.mark.parametrize("command", [("fetch", " "), ("watch", "add", "all", "")])
def test_an_empty_query_is_refused(run, command: tuple[str, ...]) -> None:
    done = run(*command)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the query is empty" in done.stderr


def test_a_second_fetch_asks_nobody(run, world: FakeServices) -> None:
    run("fetch", "stromal")
    asked = len(world.asked)
    assert run("fetch", "stromal").stdout == "found                   3\nin the store            3\nnew                     0\n"
    assert len(world.asked) == asked


def test_refresh_asks_again_and_adds_nothing_twice(run, world: FakeServices) -> None:
    run("fetch", "stromal")
    asked = len(world.asked)
    assert (
        run("fetch", "stromal", "--refresh").stdout == "found                   3\nnew                     0\nread again              3\n"
    )
    assert len(world.asked) > asked


def test_europe_pmc_since_and_limit(run, world: FakeServices) -> None:
    done = run("fetch", "stromal", "--source", "europepmc", "--since", "2025-01-01", "--limit", "2", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    queries = {params["query"].split(" TO ")[0] for tool, params in world.asked if tool == "search"}
    assert queries == {"(stromal) AND (FIRST_IDATE:[2025-01-01"}
    assert "40000001" in run("show", "40000001").stdout
    assert run("show", "40000003").returncode != 0


def test_no_paper_is_said_with_what_the_service_remarks(run) -> None:
    done = run("fetch", "stromol")
    assert (done.returncode, done.stdout) == (0, "found                   0\nnew                     0\n")
    assert done.stderr == "pubmed: no paper has “stromol”\n"


def test_each_search_is_logged_beside_the_store(settings: dict[str, str], tmp_path: Path) -> None:
    settings["SOURCE_DATE_EPOCH"] = "1772366400"
    for command in (["stromal"], ["stromal"], ["stromal", "--source", "europepmc", "--since", "2025-01-01", "--limit", "2"]):
        kg("fetch", *command, cwd=tmp_path, **settings)
    searches = parse_searches((tmp_path / "output" / "searches.jsonl").read_bytes(), location="log")
    assert [(each.source, each.query, each.since, each.limit) for each in searches] == [
        ("pubmed", "stromal", None, None),
        ("pubmed", "stromal", None, None),
        ("europepmc", "stromal", "2025-01-01", 2),
    ]
    assert [(each.hits, each.retrieved) for each in searches[:2]] == [(3, 3), (3, 0)]
    assert {each.date for each in searches} == {"2026-03-01T12:00:00+00:00"}


def test_who_asks_is_said_to_both_services(run, world: FakeServices) -> None:
    run("fetch", "stromal")
    run("fetch", "stromal", "--source", "europepmc")
    assert all("moro@example.org" in headers["User-Agent"] for headers in world.headers)
    for tool, params in world.asked:
        assert tool == "search" or (params["tool"], params["email"]) == ("graftgraph", "moro@example.org")
    assert all(
        headers["From"] == "moro@example.org" for (tool, _), headers in zip(world.asked, world.headers, strict=True) if tool == "search"
    )


def test_without_an_address_nobody_is_asked(settings: dict[str, str], tmp_path: Path, world: FakeServices) -> None:
    del settings["GRAFTGRAPH_EMAIL"]
    for command in (["fetch", "stromal"], ["add", "40000001"], ["watch", "run"]):
        done = kg(*command, cwd=tmp_path, **settings)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("kg: environment: GRAFTGRAPH_EMAIL is not set")
    assert world.asked == []
    assert list(tmp_path.iterdir()) == []


def test_a_key_goes_out_and_is_shown_nowhere(settings: dict[str, str], tmp_path: Path, world: FakeServices) -> None:
    settings["GRAFTGRAPH_NCBI_API_KEY"] = "k-123456"
    world.faults = burst("html", range(1))
    done = kg("fetch", "stromal", cwd=tmp_path, **settings)
    assert done.returncode == 0
    assert {params["api_key"] for _, params in world.asked} == {"k-123456"}
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"k-123456" in each for each in written)
    assert "k-123456" not in done.stdout + done.stderr


def test_a_paper_that_is_not_sent_is_named_and_the_rest_is_stored(run, world: FakeServices) -> None:
    class Gone(FakeServices):
        def _efetch(self, params: dict[str, str], fault: str | None):
            return FakeServices(world.papers[1:], _sets=self._sets)._efetch(params, fault)

    world.__class__ = Gone
    done = run("fetch", "stromal")
    assert done.returncode == 1
    assert "failed: PubMed, PMID 40000001: PubMed has no such record, or does not send it\n" in done.stderr
    assert done.stdout == "found                   3\nnew                     2\nnot taken               1\n"


def test_ctrl_c_leaves_a_state_that_goes_on(settings: dict[str, str], tmp_path: Path, world: FakeServices) -> None:
    world.faults = lambda number, _tool: "slow" if number == 1 else None
    environment = {**os.environ, **settings, "PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(
        [sys.executable, KG, "fetch", "stromal"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Where the tests run in the background of a shell, Ctrl-C is ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # no other thread holds a lock that it needs
    )
    pause = threading.Event()
    while len(world.asked) < 2 and running.poll() is None:
        pause.wait(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert said.endswith("kg: stopped; what was fetched is in the store, and the same command goes on from there\n")
    (job,) = (tmp_path / "output" / "fetch").iterdir()
    assert '"total":3,"done":0' in job.read_text(encoding="utf-8")
    world.faults = lambda _number, _tool: None
    asked = len(world.asked)
    done = kg("fetch", "stromal", cwd=tmp_path, **settings)
    assert done.stdout == "found                   3\nnew                     3\n"
    assert world.tools()[asked:] == ["efetch"]
    assert list((tmp_path / "output" / "fetch").iterdir()) == []


# ------------------------------------------------------------ add


def test_papers_are_added_by_every_identifier(run, world: FakeServices) -> None:
    world.papers.append(replace(make_papers(1, first=41_000_000)[0], pmcid="PMC77", doi=None, registration=None))
    done = run("add", "40000001", "https://doi.org/10.5555/trial.40000002", "NCT40000003", "PMC77")
    assert (done.returncode, done.stderr) == (0, "extract 1/4\nextract 2/4\nextract 3/4\nextract 4/4\n")
    assert done.stdout.startswith("papers                  4\n")
    for pmid in ("40000001", "40000002", "40000003", "41000000"):
        assert run("show", pmid).returncode == 0


def test_identifiers_files_and_standard_input_go_together(run, world: FakeServices, tmp_path: Path) -> None:
    ris = "TY  - JOUR\nTI  - {0}\nDO  - 10.5555/{0}\nAB  - Chronic GVHD was rarer with MSCs (P = .03).\nER  -\n"
    (tmp_path / "12345678").write_text(ris.format("file"), encoding="utf-8")
    done = run("add", "12345678", "-", "40000001", stdin=ris.format("pipe"))
    assert done.returncode == 0
    assert done.stdout.startswith("papers                  3\n")
    assert world.tools() == ["epost", "efetch"]


def test_what_is_neither_file_nor_identifier_is_named(run) -> None:
    done = run("add", "no-such-file.xml", "40000001")
    assert done.returncode == 1
    assert "failed: no-such-file.xml: is no file here, and no PMID, DOI, PMCID or NCT number" in done.stderr
    assert done.stdout.startswith("papers                  1\n")
    nothing = run("add", "nosuch")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert nothing.stderr.endswith("nosuch: is no file here, and no PMID, DOI, PMCID or NCT number\nkg: no paper was added\n")


def test_an_unknown_identifier_is_a_failure(run) -> None:
    done = run("add", "999", "10.5555/nothing")
    assert done.returncode == 1
    assert "failed: PubMed, PMID 999: PubMed has no such record" in done.stderr
    assert "failed: DOI 10.5555/nothing: Neither PubMed nor Europe PMC has it" in done.stderr


def test_full_text_is_read_where_it_is_open(run, world: FakeServices) -> None:
    world.papers = [replace(make_papers(1)[0], pmcid="PMC77", licence="cc by")]
    assert run("add", "40000001", "--full-text", "--quiet").returncode == 0
    assert "fever after the infusion" in run("export").stdout


def test_papers_that_cite_one_are_added_with_it(run, world: FakeServices) -> None:
    world.papers.append(replace(make_papers(1, first=41_000_000)[0], cites=("40000001",)))
    assert run("add", "40000001", "--with", "citing").stdout.startswith("papers                  2\n")
    assert run("show", "41000000").returncode == 0
    done = run("add", "file.xml", "--with", "citing")
    assert (done.returncode, done.stderr) == (2, "kg: --with goes with identifiers: files are not looked up\n")


def test_the_report_on_what_is_added_is_short_unless_all_is_asked_for(run) -> None:
    short = run("add", "40000001").stdout.partition("What is new")[2]
    assert short.endswith("All of it: kg diff 40000001\n")
    assert len(short.splitlines()) < 10
    assert "chronic GVHD: decreased" not in short
    assert "chronic GVHD: decreased" in run("add", "40000002", "--verbose").stdout


# ------------------------------------------------------------ waiting


def test_a_pause_is_told_of_unless_quiet(run, world: FakeServices) -> None:
    world.faults = burst("429", range(1))
    told = run("fetch", "stromal")
    assert (told.returncode, told.stderr.count("asking again in")) == (0, 1)
    assert told.stderr.startswith("kg: PubMed answered 429: ")


@pytest.mark.parametrize("command", [("fetch", "stromal"), ("watch", "add", "msc", "stromal")])
def test_a_day_that_is_none_is_refused_in_words(run, command: tuple[str, ...]) -> None:
    done = run(*command, "--since", "2026-13-01")
    assert done.returncode == 2
    assert "'2026-13-01' is no day; write it as 2026-01-31" in done.stderr


# ------------------------------------------------------------ watch


def test_a_watch_from_adding_to_removing(run, world: FakeServices, tmp_path: Path) -> None:
    assert run("watch", "add", "msc", "stromal", "--since", "2025-01-01").stdout == "msc: pubmed, from 2025-01-01\n"
    assert "never" in run("watch", "list").stdout
    first = run("watch", "run", "--exit-code")
    assert first.returncode == 10
    told, feed, page = first.stdout.rsplit("\n", 3)[:3]
    assert told == "msc: 3 new of 3 since 2025-01-01\n  pmid-40000001\n  pmid-40000002\n  pmid-40000003"
    assert (Path(feed).name, Path(page).name) == ("msc.atom", "msc.html")
    assert "pmid-40000003" in (tmp_path / feed).read_text()
    world.papers.append(FakePaper("41000000", "Stromal cells again", (), datetime.now(UTC).date()))
    again = run("watch", "run")
    assert again.returncode == 0
    assert again.stdout.startswith("msc: 1 new of ")
    assert "\n  pmid-41000000\n" in again.stdout
    listed = run("watch", "list").stdout
    assert "pubmed" in listed
    assert "never" not in listed
    searches = parse_searches((tmp_path / "output" / "searches.jsonl").read_bytes(), location="log")
    assert [(each.query, each.since is None, each.hits) for each in searches][:1] == [("stromal", False, 3)]
    assert len(searches) == 2
    assert run("watch", "remove", "msc").returncode == 0
    assert "msc" not in run("watch", "list").stdout


def test_a_watch_is_replaced_on_request_only(run) -> None:
    run("watch", "add", "msc", "stromal", "--since", "2025-01-01")
    refused = run("watch", "add", "msc", "placenta")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "kg: there is a search msc already: stromal. Choose another name, or say --replace\n"
    assert run("watch", "add", "msc", "placenta", "--replace").returncode == 0
    listed = run("watch", "list").stdout
    assert ("placenta" in listed, "stromal" in listed) == (True, False)


def test_nothing_new_ends_with_0_either_way(run) -> None:
    run("watch", "add", "msc", "stromal", "--since", "2025-01-01")
    run("watch", "run")
    assert run("watch", "run").returncode == 0
    done = run("watch", "run", "--exit-code", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_service_that_refuses_ends_with_1_and_the_other_search_is_run(run, world: FakeServices) -> None:
    run("watch", "add", "a-broken", "stromal", "--since", "2025-01-01", "--source", "europepmc")
    run("watch", "add", "b-well", "stromal", "--since", "2025-01-01")
    world._europepmc = lambda *_arguments: __import__("werkzeug").Response("no", status=403)  # type: ignore[method-assign]
    done = run("watch", "run", "--exit-code")
    assert done.returncode == 1
    assert "kg: a-broken: " in done.stderr
    assert "query “stromal”: answered 403: no; no paper was got" in done.stderr
    assert "b-well: 3 new of 3" in done.stdout


def test_an_unknown_search_is_misuse(run) -> None:
    assert run("watch", "remove", "nobody").returncode == 2
    done = run("watch", "run", "nobody")
    assert (done.returncode, done.stderr) == (2, "kg: no standing search “nobody”. Those there are: none\n")


# ------------------------------------------------------------ reextract


def test_papers_are_read_again_without_asking(run, world: FakeServices) -> None:
    run("fetch", "stromal")
    asked = len(world.asked)
    done = run("reextract")
    assert (done.returncode, done.stderr) == (0, "extract 1/3\nextract 2/3\nextract 3/3\n")
    assert done.stdout.startswith("papers                  3\n")
    assert len(world.asked) == asked


def test_only_the_papers_named_are_read_again(run) -> None:
    run("fetch", "stromal")
    assert run("reextract", "40000002").stdout.startswith("papers                  1\n")
    done = run("reextract", "999")
    assert (done.returncode, done.stdout) == (2, "")
    assert "pmid-999: is no paper of the store" in done.stderr


def test_a_paper_whose_text_is_nowhere_is_skipped_by_name(run, tmp_path: Path) -> None:
    (tmp_path / "one.ris").write_text(
        "TY  - JOUR\nTI  - One\nDO  - 10.5555/one\nAB  - Chronic GVHD was rarer with MSCs (P = .03).\nER  -\n", encoding="utf-8"
    )
    run("add", "one.ris")
    done = run("reextract")
    assert done.returncode == 0
    assert "skipped: doi-10.5555%2Fone: its text is not kept" in done.stderr
