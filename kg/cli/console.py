"""What commands share: writing to the two streams, errors as one message, progress.

Answers go to standard output; everything said about the work goes to standard error.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import NoReturn

import typer

from kg.errors import GraftGraphError, QueryError, SettingsError, StoreError

#: Done, something failed or was refused, misuse, stopped by Ctrl-C.
DONE, FAILED, MISUSE, STOPPED = 0, 1, 2, 130

#: Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


def write(text: str) -> None:
    """Write an answer. A reader that has enough, such as ``head``, ends the command without a word.

    Raises:
        StoreError: the disk is full, or standard output is closed.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        raise typer.Exit(DONE) from None
    except OSError as exc:
        _discard_output()
        raise StoreError(f"cannot be written: {exc.strerror}", location="standard output") from exc


def _discard_output() -> None:
    """Python flushes once more on its way out; that has to go somewhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """Say something about the work."""
    print(text, file=sys.stderr, flush=True)


def misuse(text: str) -> NoReturn:
    """End with a message on how the command is used."""
    say(f"kg: {text}")
    raise typer.Exit(MISUSE)


def run(app: Callable[[], object]) -> NoReturn:
    """Run the application; errors raised on purpose become one message and an exit code."""
    _write_utf8()
    try:
        app()
    except GraftGraphError as error:
        say(f"kg: {error}")
        sys.exit(MISUSE if isinstance(error, QueryError | SettingsError) else FAILED)
    except KeyboardInterrupt:
        say("kg: stopped")
        sys.exit(STOPPED)
    sys.exit(DONE)


def _write_utf8() -> None:
    """What goes to a file or another program is UTF-8, whatever the locale; a terminal gets what its encoding has."""
    if isinstance(sys.stdout, TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal, a line per tenth elsewhere, nothing when quiet."""
    if quiet:
        yield lambda _stage, _done, _total: None
    elif sys.stderr.isatty():
        with _bars() as show:
            yield show
    else:
        yield _lines()


def _lines() -> Progress:
    shown: dict[str, int] = {}

    def show(stage: str, done: int, total: int) -> None:
        tenth = 10 * done // total if total else 10
        if tenth > shown.get(stage, 0):
            shown[stage] = tenth
            say(f"{stage} {done}/{total}")

    return show


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars
    from rich.text import Text

    class Rate(TextColumn):
        """Pieces a second, once it is known."""

        def __init__(self) -> None:
            super().__init__("")

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text("" if speed is None else f"{speed:.1f}/s")

    left = TimeRemainingColumn(elapsed_when_finished=True)
    columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn(), Rate(), left)
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show
