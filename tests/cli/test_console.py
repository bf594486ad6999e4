import re

import pytest
import typer

from kg.cli.console import misuse, progress, run, write
from kg.errors import QueryError, SettingsError, StoreError


def ending(error):
    def command():
        raise error

    with pytest.raises(SystemExit) as ended:
        run(command)
    return ended.value.code


@pytest.mark.parametrize(
    ("error", "code"), [(StoreError("torn"), 1), (QueryError("no such"), 2), (SettingsError("out of range"), 2), (KeyboardInterrupt(), 130)]
)
def test_an_error_becomes_an_exit_code(error, code):
    assert ending(error) == code


def test_an_error_is_one_message_with_place_and_remedy(capsys):
    ending(StoreError("is damaged", location="output/store", remedy="Build it anew"))
    assert capsys.readouterr() == ("", "kg: output/store: is damaged. Build it anew\n")


def test_misuse_is_said_on_standard_error(capsys):
    with pytest.raises(typer.Exit) as ended:
        misuse("not like this")
    assert ended.value.exit_code == 2
    assert capsys.readouterr() == ("", "kg: not like this\n")


def test_an_answer_goes_to_standard_output(capsys):
    write("x\n")
    assert capsys.readouterr() == ("x\n", "")


def test_progress_is_a_line_per_tenth(capsys):
    with progress(quiet=False) as show:
        for done in range(1, 101):
            show("extract", done, 100)
    lines = capsys.readouterr().err.splitlines()
    assert lines == [f"extract {tenth}0/100" for tenth in range(1, 11)]


def test_each_stage_has_its_own_progress(capsys):
    with progress(quiet=False) as show:
        show("extract", 1, 1)
        show("write", 1, 1)
    assert capsys.readouterr().err == "extract 1/1\nwrite 1/1\n"


def test_quiet_progress_says_nothing(capsys):
    with progress(quiet=True) as show:
        show("extract", 1, 1)
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar_with_rate_and_time_left(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with progress(quiet=False) as show:
        show("extract", 1, 2)
        show("extract", 2, 2)
    drawn = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", capsys.readouterr().err)
    assert re.search(r"2/2 \d+\.\d/s +0:00:00", drawn)
