"""The speed benchmark."""

import sys
from pathlib import Path

import pytest

from benchmarks.speed import MEDSPACY, OURS, TOKENIZER, compare, main


def scripted(*seconds: float):
    told = iter(seconds)
    return lambda: next(told)


def test_rates_and_ratios_are_medians_over_rounds_after_the_first() -> None:
    readers = {OURS: scripted(9.0, 1.0, 2.0, 4.0), TOKENIZER: scripted(9.0, 0.5, 0.4, 2.0)}
    ours, tokenizer = compare(readers, texts=10, repeats=3)
    assert (ours.name, ours.per_second, ours.ratio) == (OURS, 5.0, 1.0)
    assert (tokenizer.name, tokenizer.per_second, tokenizer.ratio) == (TOKENIZER, 20.0, 0.5)


def test_readers_take_turns_in_every_round() -> None:
    turns: list[str] = []

    def reader(name: str):
        return lambda: turns.append(name) or 1.0

    compare({OURS: reader("a"), TOKENIZER: reader("b")}, texts=1, repeats=2)
    assert turns == ["a", "b"] * 3


@pytest.fixture
def abstract(tmp_path: Path) -> str:
    file = tmp_path / "abstract.txt"
    file.write_text("Relapse was 12% with MSCs and 31% in controls (P = .01). Survival was similar.", encoding="utf-8")
    return str(file)


def test_without_an_interpreter_medspacy_is_not_measured(abstract: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([abstract, "--repeats", "1"])
    told = capsys.readouterr().out
    assert OURS in told
    assert f"{MEDSPACY:24} not measured" in told


def interpreter(folder: Path, module: str) -> Path:
    """An interpreter in whose environment ``medspacy`` is the given module."""
    (folder / "medspacy.py").write_text(module, encoding="utf-8")
    script = folder / "python"
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}" exec "{sys.executable}" "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return script


def test_medspacy_runs_in_the_environment_that_has_it(abstract: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = "class load:\n    pipe_names = ['stand_in']\n    def __call__(self, text):\n        sum(range(20000))\n"
    main([abstract, "--repeats", "1", "--medspacy", str(interpreter(tmp_path, module))])
    told = capsys.readouterr().out
    assert f"{MEDSPACY}: stand_in" in told
    assert "not measured" not in told


def test_an_interpreter_without_medspacy_is_named(abstract: str, tmp_path: Path) -> None:
    broken = interpreter(tmp_path, "raise ImportError('none')\n")
    with pytest.raises(SystemExit, match=str(broken)):
        main([abstract, "--repeats", "1", "--medspacy", str(broken)])
