"""A process of its own that reads papers for the server: hostile or endless texts stop it and nothing else.

The engine takes seconds to load, so the process is started before it is needed and stays. It does one thing at a time. What takes
longer than it may is killed with the process; the store has each paper as a whole or not at all whenever that happens.
"""

import multiprocessing
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from time import monotonic
from typing import TypeVar

from kg.build import Pipeline
from kg.errors import GraftGraphError
from kg.report import BuildReport
from kg.web.adding.preview import Preview, make_plan, understand
from kg.web.adding.source import Source, read_outcomes
from kg.web.adding.tools import Tools


@dataclass(frozen=True)
class Planned:
    """What a job is about to add; ids."""

    new: tuple[str, ...]
    again: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """How far it is."""

    stage: str
    done: int
    total: int


Told = Planned | Step
_Answer = TypeVar("_Answer", Preview, BuildReport)


class BusyError(Exception):
    """The process is at work for others."""


class FellOverError(Exception):
    """The process took too long, or ended before it had an answer."""


class Desk:
    """Starts the process when it is first needed; may be asked from many threads."""

    def __init__(self, tools: Tools, *, time_s: float, wait_s: float) -> None:
        self._tools = tools
        self._time_s, self._wait_s = time_s, wait_s
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def warm(self) -> None:
        """Start the process, unless it is there or somebody is at it."""
        if self._lock.acquire(blocking=False):
            try:
                self._connect()
            finally:
                self._lock.release()

    def understand(self, source: Source) -> Preview:
        """Read what was given, and store nothing.

        Raises:
            BusyError: others are served, for longer than one waits.
            FellOverError: it took too long.
            GraftGraphError: a setting is missing, the store did not answer.
        """
        return self._ask("understand", source, Preview, lambda _: None)

    def add(self, source: Source, show: Callable[[Told], None]) -> BuildReport:
        """Put what was given into the store.

        Raises:
            BusyError, FellOverError, GraftGraphError: as with ``understand``.
        """
        return self._ask("add", source, BuildReport, show)

    def close(self) -> None:
        """End the process, in the middle of what it does if need be."""
        process = self._process
        if process is not None:
            process.kill()
            process.join()

    def _ask(self, task: str, source: Source, kind: type[_Answer], show: Callable[[Told], None]) -> _Answer:
        if not self._lock.acquire(timeout=self._wait_s):
            raise BusyError("The server is reading papers for others. Try again in a moment.")
        try:
            pipe = self._connect()
            pipe.send((task, source))
            return self._wait(pipe, kind, show)
        except (EOFError, OSError):
            self._drop()
            raise FellOverError("Reading broke off, since the process that reads ended. Try again; if it ends again, give less.") from None
        finally:
            self._lock.release()

    def _wait(self, pipe: Connection, kind: type[_Answer], show: Callable[[Told], None]) -> _Answer:
        deadline = monotonic() + self._time_s
        while pipe.poll(max(0.0, deadline - monotonic())):
            told = pipe.recv()
            if isinstance(told, Planned | Step):
                show(told)
            elif isinstance(told, GraftGraphError):
                raise told
            elif isinstance(told, kind):
                return told
        self._drop()
        raise FellOverError(f"Reading took longer than {self._time_s:g} s and was stopped. Give less at a time.")

    def _connect(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._drop()
            context = multiprocessing.get_context("spawn")
            self._pipe, other = context.Pipe()
            self._process = context.Process(target=work, args=(other, self._tools), daemon=True)
            self._process.start()
            other.close()
        return self._pipe

    def _drop(self) -> None:
        if self._process is not None and self._pipe is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
        self._process = self._pipe = None


def work(pipe: Connection, tools: Tools) -> None:
    """What the process does until its pipe is closed."""
    # The server decides when to stop, and stops this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipeline = tools.pipeline()
    while True:
        try:
            task, source = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(_TASKS[task](source, tools, pipeline, pipe))
        except GraftGraphError as error:
            pipe.send(error)


def _understand(source: Source, tools: Tools, pipeline: Pipeline, _: Connection) -> Preview:
    outcomes = read_outcomes(source, tools.fetch)
    with tools.open_store() as store:
        return understand(source.label, outcomes, store, pipeline)


def _add(source: Source, tools: Tools, _: Pipeline, pipe: Connection) -> BuildReport:
    pipe.send(Step("read", 0, 0))
    outcomes = read_outcomes(source, tools.fetch)
    with tools.open_store() as store:
        plan = make_plan(outcomes, store)
    pipe.send(Planned(plan.new, plan.again))
    return tools.add(outcomes, lambda stage, done, total: pipe.send(Step(stage, done, total)))


_TASKS: Mapping[str, Callable[[Source, Tools, Pipeline, Connection], Preview | BuildReport]] = {"understand": _understand, "add": _add}
