"""What ``kg add`` is given: identifiers and files, told apart.

Imported inside command functions only.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from kg.cli.console import misuse
from kg.cli.engine import read_papers
from kg.cli.services import open_services
from kg.fetch.eutils import Link
from kg.fetch.identifiers import Identifier, read_identifier
from kg.fetch.lookup import look_up
from kg.read.batch import STDIN
from kg.read.outcome import Outcome
from kg.settings import Settings

#: By the words of ``kg add --with``.
_LINKS = {"citing": Link.CITED_BY, "cited": Link.CITES, "similar": Link.RELATED}


@contextmanager
def read_named(
    names: Sequence[str] | None, settings: Settings, *, body: bool, refresh: bool, links: Sequence[str]
) -> Iterator[Iterator[Outcome]]:
    """Outcomes of the files and identifiers, files first; services are opened only where an identifier asks for them.

    Raises:
        SettingsError: an identifier is given, and no e-mail address is set.
    """
    paths, identifiers = _told_apart(names or ())
    files = read_papers(paths, body=body) if paths or not identifiers else ()
    if links and not identifiers:
        misuse("--with goes with identifiers: files are not looked up")
    if not identifiers:
        yield iter(files)
        return
    with open_services(settings, refresh=refresh) as services:
        yield chain(files, look_up(identifiers, services, body=body, links=[_LINKS[each] for each in links]))


def _told_apart(names: Sequence[str]) -> tuple[list[Path], list[Identifier]]:
    """A file that exists is a file, whatever its name; what is neither a file nor an identifier is a path that the reader will name."""
    paths: list[Path] = []
    identifiers: list[Identifier] = []
    for name in names:
        identifier = None if name == STDIN or Path(name).exists() else read_identifier(name)
        if identifier is None:
            paths.append(Path(name))
        elif identifier not in identifiers:
            identifiers.append(identifier)
    return paths, identifiers
