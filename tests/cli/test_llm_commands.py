"""``kg extract`` and ``kg evaluate`` with a language model behind a local server."""

import json
from pathlib import Path

import pytest
from llm_world import FULL, PATH, TEXT, completion
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner, Result

from kg.cli.app import app
from kg.errors import SettingsError

DIGEST = {"id": "trial", "source": {"title": "Stromal cells against placebo"}, "text": TEXT}
GOLD = DIGEST | {"sections": [], "study": {"design": "rct"}, "terms": [], "cells": [], "findings": [], "hard_negative": False}


def run(server: HTTPServer, path: Path, command: str, *options: str, key: str | None = None) -> Result:
    llm = ["--engine", "llm", "--base-url", server.url_for("/v1"), "--model", "small-1"]
    return CliRunner().invoke(app, [command, str(path), *llm, *options], env={"GRAFTGRAPH_LLM_KEY": key})


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text(json.dumps(DIGEST) + "\n", encoding="utf-8")
    return path


def test_extract_asks_the_model_with_the_key_of_the_environment(httpserver: HTTPServer, digest: Path) -> None:
    httpserver.expect_request(PATH, headers={"Authorization": "Bearer sk-1"}).respond_with_data(completion(FULL))
    done = run(httpserver, digest, "extract", "--format", "jsonl", key="sk-1")
    assert done.exit_code == 0
    extraction = json.loads(done.stdout)
    assert extraction["engine"] == "llm small-1"
    assert [finding["p"]["value"] for finding in extraction["findings"]] == [0.02]


def test_a_paper_that_the_endpoint_refuses_is_named_and_not_printed(httpserver: HTTPServer, digest: Path) -> None:
    httpserver.expect_request(PATH).respond_with_data("who are you", status=401)
    done = run(httpserver, digest, "extract")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "answered 401: who are you" in done.stderr


def test_evaluate_scores_the_model(httpserver: HTTPServer, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    httpserver.expect_request(PATH).respond_with_data(completion(FULL))
    done = run(httpserver, gold, "evaluate", "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["records"] == 1
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("command", ["extract", "evaluate"])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--engine", "llm"], "--engine llm needs --base-url and --model"),
        (["--engine", "llm", "--model", "small-1"], "--engine llm needs --base-url and --model"),
        (["--model", "small-1"], "--base-url and --model go with --engine llm"),
    ],
)
def test_half_a_choice_is_misuse(tmp_path: Path, command: str, options: list[str], message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    done = CliRunner().invoke(app, [command, str(path), *options])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"kg: {message}\n"


def test_a_wrong_key_is_not_shown(httpserver: HTTPServer, digest: Path) -> None:
    done = run(httpserver, digest, "extract", key="sk-1\n")
    assert isinstance(done.exception, SettingsError)
    assert "sk-1" not in str(done.exception)
    assert httpserver.log == []
