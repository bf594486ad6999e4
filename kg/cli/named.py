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
from kg.errors import ReadError
from kg.fetch.eutils import Link
from kg.fetch.identifiers import Identifier, read_identifier
from kg.fetch.lookup import look_up
from kg.read.batch import STDIN
from kg.read.outcome import Outcome, as_outcome
from kg.settings import Settings

#: By the words of ``kg add --with``.
_LINKS = {"citing": Link.CITED_BY, "cited": Link.CITES, "similar": Link.RELATED}


@contextmanager
def read_named(
    names: Sequence[str] | None, settings: Settings, *, body: bool, refresh: bool, quiet: bool, links: Sequence[str]
) -> Iterator[Iterator[Outcome]]:
    """Outcomes of the files and identifiers, files first; services are opened only where an identifier asks for them.

    Raises:
        SettingsError: an identifier is given, and no e-mail address is set.
    """
    paths, identifiers = _told_apart(names or ())
    missing = [each for each in paths if str(each) != STDIN and not each.exists()]
    there = [each for each in paths if each not in missing]
    files = chain(map(_nothing, missing), read_papers(there, body=body) if there or not (identifiers or missing) else ())
    if links and not identifiers:
        misuse("--with goes with identifiers: files are not looked up")
    if not identifiers:
        yield files
        return
    with open_services(settings, quiet=quiet, refresh=refresh) as services:
        yield chain(files, look_up(identifiers, services, body=body, links=[_LINKS[each] for each in links]))


def _nothing(path: Path) -> Outcome:
    return as_outcome(ReadError("is no file here, and no PMID, DOI, PMCID or NCT number"), location=str(path))


def _told_apart(names: Sequence[str]) -> tuple[list[Path], list[Identifier]]:
    """A file that exists is a file, whatever its name; what is neither a file nor an identifier is a path that is not there."""
    paths: list[Path] = []
    identifiers: list[Identifier] = []
    for name in names:
        identifier = None if name == STDIN or Path(name).exists() else read_identifier(name)
        if identifier is None:
            paths.append(Path(name))
        elif identifier not in identifiers:
            identifiers.append(identifier)
    return paths, identifiers
